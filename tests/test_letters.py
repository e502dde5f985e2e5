"""The letter to a child: what they asked for and what came of it, given or told, and what they said to it."""

import re
import subprocess
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from interview.letter_words import WHY, Why
from interview.letters import LETTERS_IN_A_LINE, LINES_AROUND, LINES_ON_PAPER
from interview.requests import Owner, State, Step, Stepped
from records.database import db
from records.letters import to_tell
from records.pins import set_pin
from records.requests import take_step
from records.sessions import IDLE
from records.tables import Child, Interview, Letter, Person, Reason, Request, RequestStep
from tests.conftest import Visit
from tests.people import PASSWORD, People, Someone, a_finished_talk, keeping
from tests.visitor import filled_in, page_of
from views.catalogues import CATALOGUES, compiled
from views.moments import now, today

KEY = "I want a key to my own room."
NAN = "I want to see my nan at the weekend."
SHOUTS = "I want the night staff to stop shouting."
HAS_KEY = "You have a key now."
TWO_AWAKE = "Two adults have to be awake at night."
PIN = "260931"


Typed = Mapping[str, Any]


def all_of(typed: Iterable[Typed]) -> dict[str, Any]:
    """All that was typed."""
    return {name: value for part in typed for name, value in part.items()}


class Office:
    """Robin has asked for three things: one for the home too, one not, and one that nobody has answered."""

    def __init__(self, app: Flask, people: People, visit: Visit) -> None:
        self.app, self.people, self.visit = app, people, visit
        with keeping(app):
            self.talk = a_finished_talk(people)
            self.key = self.asked(KEY, Step.DONE, HAS_KEY, for_home=True, on_day=date(2026, 11, 3))
            self.shouts = self.asked(SHOUTS, Step.NOT_POSSIBLE, TWO_AWAKE)
            self.nan = self.asked(NAN, for_home=True)
        self.page = f"/children/{people.robin.id}/letters"

    def asked(self, words: str, answer: Step | None = None, said: str = "", **facts: Any) -> str:
        """Something that Robin asked for, and what was answered to it four days ago."""
        on_day = facts.pop("on_day", None)
        request = a_request(self.talk, words, **facts)
        if answer:
            self.answer(request, answer, said, on_day, days=4)
        return request.id

    def answer(
        self, request: Request, kind: Step, said: str, on_day: date | None = None, days: int = 0
    ) -> None:
        """Maya, or Cora for others, answers."""
        at = now() - timedelta(days=days)
        step = Stepped(kind, at, "", Owner(request.asked_of), on_day=on_day, words=said)
        take_step(request, step, self.people.maya.id, at)

    def write(self, *typed: Typed, writer: Someone | None = None, language: str = "en") -> TestResponse:
        """A letter with everything that the page offers by itself, and what is typed."""
        visitor = self.visit(writer or self.people.ines)
        page = f"{self.page}/new?language={language}"
        sent = filled_in(page_of(visitor.get(page)).find("form", method="post")[-1])
        return visitor.post(page, sent | all_of(typed))

    def letter(self, *typed: Typed, writer: Someone | None = None, language: str = "en") -> str:
        """The address of a letter that somebody has written."""
        written = self.write(*typed, writer=writer, language=language)
        assert written.status_code == 302, written.text
        return str(written.location)

    def give(self, address: str, *typed: Typed, giver: Someone | None = None) -> TestResponse:
        """Somebody notes how Robin got it."""
        visitor = self.visit(giver or self.people.ines)
        return visitor.submit(f"{address}/told", None, **({"how": "told"} | all_of(typed)))

    def request(self, request_id: str) -> Request:
        """A request as it stands now."""
        with self.app.app_context():
            return db.session.get_one(Request, request_id)

    def steps(self, request_id: str) -> list[tuple[str, str]]:
        """What came after the answer to a request: the kind of each step, and its words."""
        with self.app.app_context():
            search = sa.select(RequestStep).where(
                RequestStep.request_id == request_id, RequestStep.letter_id.is_not(None)
            )
            rows = db.session.scalars(search.order_by(RequestStep.number))
            return [(row.kind, row.words) for row in rows]

    def waits(self, reader: Someone) -> list[tuple[int, bool]]:
        """What there is to tell, as somebody finds it."""
        with self.app.app_context():
            return [(one.requests, one.not_so) for one in to_tell(reader.reader)]


def a_request(talk: Interview, words: str, *, for_home: bool = False, **facts: Any) -> Request:
    """Something that was asked for in a talk nine days ago, and is not answered."""
    defaults: dict[str, Any] = {
        "question": "would_help",
        "asked_of": Owner.HOME if for_home else Owner.SOCIAL_WORKER,
        "asked_home": for_home,
        "asked_at": now() - timedelta(days=9),
        "due_on": today(),
        "for_social_worker": True,
        "for_reviewing_officer": True,
        "for_home": for_home,
        "words": words,
    }
    places = {name: getattr(talk, name) for name in ("child_id", "home_id", "authority_id")}
    request = Request(interview_id=talk.id, **places, **(defaults | facts))
    db.session.add(request)
    db.session.flush()
    return request


@pytest.fixture(autouse=True)
def _spoken_here(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Welsh and Arabic, also while a sentence is new in them."""
    for language in ("cy", "ar"):
        spoken = compiled(CATALOGUES / language / "LC_MESSAGES" / "child.po")
        monkeypatch.setitem(app.extensions["heard.catalogues"].compiled, language, spoken)


@pytest.fixture
def office(app: Flask, people: People, visit: Visit) -> Office:
    """The office on a day on which there is something to tell."""
    return Office(app, people, visit)


def pages_in(pdf: bytes) -> int:
    """How many pages a PDF has."""
    told = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return int(re.search(r"Pages:\s+(\d+)", told)[1])  # type: ignore[index]


# Writing ---------------------------------------------------------------------------------------------


def test_ines_writes_a_letter_and_paper_holds_only_what_may_lie_about(office: Office) -> None:
    address, ines = office.letter(), office.visit(office.people.ines)
    shown = ines.get(address).text
    assert all(words in shown for words in (KEY, HAS_KEY, SHOUTS, TWO_AWAKE, NAN))
    paper = ines.get(f"{address}/paper").text
    assert all(words in paper for words in (KEY, HAS_KEY, NAN, "This was done on 3 November 2026."))
    assert "There is no answer yet. That is not because of you." in paper
    assert not [words for words in (SHOUTS, TWO_AWAKE, "The answer is no") if words in paper]
    told = ines.get(f"{address}/read").text
    assert all(words in told for words in (KEY, SHOUTS, "The answer is no. This is why."))


def test_paper_names_nobody_and_says_not_what_it_is_about(office: Office) -> None:
    address = office.letter()
    for page in (f"{address}/paper", f"{address}/read"):
        text = office.visit(office.people.ines).get(page).text
        for secret in ("Robin", "Achebe", "Larch", "Fenmoor", "Ines", "Maya", "Heard", "nterview", "issing"):
            assert secret not in text.replace("Runaway Helpline", ""), (page, secret)


def test_the_childs_first_name_stands_there_only_when_the_worker_wants_it(office: Office) -> None:
    ines = office.visit(office.people.ines)
    paper = ines.get(f"{office.letter({'named': 'y'})}/paper").text
    assert "Hello Robin" in paper
    assert "Achebe" not in paper


def test_what_is_withheld_from_the_home_cannot_be_put_on_paper(office: Office) -> None:
    refused = office.write({f"where_{office.shouts}": "paper"})
    assert refused.status_code == 200
    assert "Choose one of these." in refused.text
    page = office.visit(office.people.ines).get(f"{office.page}/new").text
    assert "The child did not say this for the home." in page


def test_an_answer_that_tells_a_stranger_too_much_is_said_again(office: Office) -> None:
    for words in (
        "Maya has a key for you.",
        "At Larch you can have one.",
        "You may, if you are not missing.",
    ):
        refused = office.write({f"words_{office.key}": words})
        assert "On paper this tells a stranger too much" in refused.text
        assert words in refused.text
        told = office.write({f"words_{office.key}": words, f"where_{office.key}": "told"})
        assert told.status_code == 302


def test_what_is_left_out_is_not_in_it_and_is_still_to_tell(office: Office) -> None:
    address = office.letter({f"where_{office.key}": "out", f"where_{office.nan}": "out"})
    office.give(address)
    assert KEY not in office.visit(office.people.ines).get(f"{address}/read").text
    assert office.waits(office.people.ines) == [(1, False)]
    assert office.steps(office.key) == []


def test_a_letter_in_another_language_needs_each_answer_in_it_and_who_put_it_there(office: Office) -> None:
    refused = office.write(language="cy")
    assert "Write for the child what came of it." in refused.text
    assert "Write what the child asked for in this language." in refused.text
    assert "Write who put these words into this language." in refused.text
    out = {f"where_{office.shouts}": "out", f"where_{office.nan}": "out"}
    welsh = {f"words_{office.key}": "Mae gen ti allwedd.", f"asked_{office.key}": "Allwedd i fy ystafell"}
    address = office.letter({"translator": "Bethan Rowe"}, out, welsh, language="cy")
    ines = office.visit(office.people.ines)
    paper = ines.get(f"{address}/paper").text
    assert '<html lang="cy"' in paper
    assert "Mae gen ti allwedd." in paper
    assert HAS_KEY not in paper
    shown = ines.get(address).text
    assert all(words in shown for words in (KEY, HAS_KEY, "Bethan Rowe"))


def test_a_letter_goes_on_saying_what_it_said(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    out = {f"where_{office.shouts}": "out", f"where_{office.nan}": "out"}
    welsh = {f"words_{office.key}": "Mae gen ti allwedd.", f"asked_{office.key}": "Allwedd"}
    address = office.letter({"translator": "Bethan Rowe"}, out, welsh, language="cy")
    ines = office.visit(office.people.ines)
    before = ines.get(f"{address}/paper").text
    assert "Ffonio, am ddim" in before
    # The language lacks a sentence by now, so it is not offered any more.
    monkeypatch.delitem(office.app.extensions["heard.catalogues"].compiled, "cy")
    assert ines.get(f"{address}/paper").text == before
    ines.submit(f"{address}/change", **{f"words_{office.key}": "Dyma dy allwedd."})
    assert "Ffonio, am ddim" in ines.get(f"{address}/paper").text


def test_a_drawing_without_words_stands_there_as_a_drawing(office: Office) -> None:
    with keeping(office.app):
        office.asked(" ", Step.DONE, "You have it.", for_home=True)
    address = office.letter()
    assert "You drew it." in office.visit(office.people.ines).get(f"{address}/paper").text


def test_a_language_that_is_not_complete_is_not_offered(office: Office) -> None:
    page = office.visit(office.people.ines).get(f"{office.page}/new?language=vi").text
    assert "in English, in words for the child" in page


def test_a_letter_that_was_not_given_is_changed_and_one_that_was_stays(office: Office) -> None:
    address, ines = office.letter(), office.visit(office.people.ines)
    ines.submit(f"{address}/change", **{f"words_{office.key}": "The key is yours."})
    assert "The key is yours." in ines.get(f"{address}/paper").text
    before = ines.get(f"{address}/change")
    office.give(address)
    assert ines.get(f"{address}/change").location == address
    late = ines.post(f"{address}/change", filled_in(page_of(before).find("form", method="post")[-1]))
    assert late.status_code == 200
    assert "The child has got this letter meanwhile" in late.text
    assert "The key is yours." in late.text


def test_a_newer_answer_is_pointed_out_and_is_not_told_by_the_old_letter(office: Office) -> None:
    address = office.letter()
    with keeping(office.app):
        office.answer(db.session.get_one(Request, office.key), Step.NOT_POSSIBLE, "The lock broke.")
    assert "There is a newer answer" in office.visit(office.people.ines).get(address).text
    office.give(address)
    assert office.waits(office.people.ines) == [(1, False)]


def test_a_second_letter_begins_with_what_is_new(office: Office) -> None:
    office.give(office.letter())
    with keeping(office.app):
        office.answer(db.session.get_one(Request, office.nan), Step.WILL_DO, "Nan comes.", today())
    second = office.letter()
    read = office.visit(office.people.ines).get(f"{second}/read").text
    assert "Nan comes." in read
    assert KEY not in read
    listed = office.visit(office.people.cora).get(office.page).text
    assert "Told face to face" in listed
    assert "Not given yet" in listed


def test_beside_a_danger_nothing_goes_on_paper_by_itself(office: Office) -> None:
    ines = office.visit(office.people.ines)
    assert KEY in ines.get(f"{office.letter()}/paper").text
    with keeping(office.app):
        readers = {"for_social_worker": True, "for_reviewing_officer": True, "for_home": False}
        about = {"child_id": office.talk.child_id, "interview_id": office.talk.id}
        db.session.add(Reason(code="G4", biggest=False, **about, **readers))
    assert WHY[Why.BESIDE_DANGER] in page_of(ines.get(f"{office.page}/new")).text
    assert KEY not in ines.get(f"{office.letter()}/paper").text
    assert KEY in ines.get(f"{office.letter({f'where_{office.key}': 'paper'})}/paper").text


# On one page -----------------------------------------------------------------------------------------


def test_paper_is_one_page(office: Office) -> None:
    made = office.visit(office.people.ines).get(f"{office.letter()}/paper.pdf")
    assert made.mimetype == "application/pdf"
    assert made.headers["Content-Disposition"] == 'inline; filename="for-you.pdf"'
    assert pages_in(made.data) == 1


SENTENCE = {
    "en": "You can go there on Saturdays with an adult you like. ",
    "ar": "يمكنك أن تذهب إلى هناك يوم السبت مع شخص كبير تحبه. ",
}
HOW_MANY = (1, 2, 4, 5)


@pytest.mark.parametrize("many", HOW_MANY)
@pytest.mark.parametrize("language", SENTENCE)
def test_as_much_as_may_stand_there_is_still_one_page(office: Office, language: str, many: int) -> None:
    """The most words that the page takes, about few requests and about many; in a taller script, too."""
    asked, facts = SENTENCE[language].strip(), {"for_home": True, "language": language}
    with keeping(office.app):
        more = [office.asked(asked, Step.WILL_DO, "x", on_day=today(), **facts) for _ in range(many)]
    here = {f"where_{one}": "out" for one in (office.key, office.nan, office.shouts)}
    lines = min(LINES_ON_PAPER // many - LINES_AROUND - 1, 9)
    words = (SENTENCE[language] * 20)[: lines * LETTERS_IN_A_LINE - 1].strip()
    said = {f"words_{one}": words for one in more}
    address = office.letter({"translator": "Hana"}, here, said, language=language)
    made = office.visit(office.people.ines).get(f"{address}/paper.pdf")
    assert pages_in(made.data) == 1


def test_more_than_a_page_is_said_at_once(office: Office) -> None:
    long = {f"words_{office.key}": "You can have it. " * 35, f"words_{office.nan}": "Nobody can. " * 48}
    refused = office.write(long)
    assert "This is more than one page." in refused.text
    with keeping(office.app):
        more = [
            office.asked("A bike", Step.DONE, "Yes.", for_home=True)
            for _ in range(LINES_ON_PAPER // LINES_AROUND)
        ]
    # What does not fit is to be told, until the writer wants it otherwise.
    assert office.write().status_code == 302
    assert "This is more than one page." in office.write({f"where_{one}": "paper" for one in more}).text


# Given, told, and what the child says -----------------------------------------------------------------


def test_what_was_told_is_kept_with_who_and_when_and_nobody_waits_any_more(office: Office) -> None:
    assert office.waits(office.people.ines) == [(2, False)]
    address = office.letter()
    noted = office.give(address, {"how": "phone"}, {"by_whom": "Bea, an advocate"})
    assert noted.location == address
    shown = office.visit(office.people.cora).get(address).text
    assert "Told on the phone" in shown
    assert "Bea, an advocate" in shown
    assert office.steps(office.key) == [("told", "")]
    assert office.waits(office.people.ines) == []
    assert office.request(office.key).told_child_at is not None


def test_who_waits_is_listed_with_how_long(office: Office, people: People) -> None:
    for mine in (people.ines, people.ivan, people.cora):
        listed = office.visit(mine).get("/letters").text
        assert "Robin Achebe" in listed
        assert "2 answers" in listed
        assert "for 4 days" in listed
    assert office.visit(people.maya).get("/letters").status_code == 403
    assert "Robin" not in office.visit(people.iris).get("/letters").text
    office.give(office.letter(), {f"said_{office.key}": "not-true"})
    listed = office.visit(people.cora).get("/letters").text
    assert "A child says that an answer is not true" in listed
    assert "To tell the child" not in listed


def test_paper_tells_only_what_stands_on_it(office: Office) -> None:
    office.give(office.letter(), {"how": "paper"})
    assert office.steps(office.key) == [("told", "")]
    assert office.steps(office.shouts) == []
    assert office.waits(office.people.cora) == [(1, False)]
    office.give(office.letter(), {"how": "paper"}, {"rest": "y"})
    assert office.steps(office.shouts) == [("told", "")]


def test_it_helped(office: Office) -> None:
    office.give(office.letter(), {f"said_{office.key}": "helped", f"heard_{office.key}": "I sleep now."})
    assert office.steps(office.key) == [("told", ""), ("helped", "I sleep now.")]
    assert office.request(office.key).state == State.DONE


def test_that_is_not_true_asks_again_and_is_seen(office: Office) -> None:
    address = office.letter()
    office.give(address, {f"said_{office.key}": "not-true", f"heard_{office.key}": "I have no key."})
    again = office.request(office.key)
    assert again.state == State.OPEN
    assert again.due_on is not None
    assert again.due_on > today()
    # The home is not told what the child says of it: somebody else goes after it.
    assert again.asked_of == Owner.SOCIAL_WORKER
    for reader in (office.people.cora, office.people.ivan):
        assert office.waits(reader) == [(1, True)]
        shown = office.visit(reader).get(address).text
        assert "The child says: that is not true" in shown
        assert "I have no key." in shown


def test_the_child_may_say_it_later_and_may_want_the_home_to_read_it(office: Office) -> None:
    address = office.letter()
    office.give(address)
    ines = office.visit(office.people.ines)
    said = {f"said_{office.key}": "not-true", f"heard_{office.key}": "No.", f"home_{office.key}": "y"}
    assert ines.submit(f"{address}/told", **said).location == address
    assert office.request(office.key).asked_of == Owner.HOME
    assert office.steps(office.key) == [("told", ""), ("not-true", "No.")]


def test_two_who_note_it_at_once(office: Office) -> None:
    address = office.letter()
    ines, cora = office.visit(office.people.ines), office.visit(office.people.cora)
    typed = filled_in(page_of(cora.get(f"{address}/told")).find("form", method="post")[-1])
    office.give(address, {"how": "paper"}, {"by_whom": "Ines"})
    heard = {f"said_{office.key}": "helped", f"heard_{office.key}": "It was good."}
    late = cora.post(f"{address}/told", typed | {"how": "phone"} | heard)
    assert late.status_code == 200
    assert "Somebody has noted already" in late.text
    assert "It was good." in late.text
    assert "Given on paper" in ines.get(address).text
    assert office.steps(office.key) == [("told", "")]


def test_nobody_is_told_tomorrow(office: Office) -> None:
    tomorrow = (now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert "This is still to come." in office.give(office.letter(), {"at": tomorrow}).text
    assert "Choose how the child got it." in office.give(office.letter(), {"how": ""}).text


# On the tablet ---------------------------------------------------------------------------------------


def test_a_tablet_with_a_letter_on_it_leads_nowhere_else(office: Office) -> None:
    with keeping(office.app):
        set_pin(db.session.get_one(Person, office.people.ines.id), PIN)
    address, other = office.letter(), office.letter()
    tablet = office.visit(office.people.ines)
    given = tablet.submit(address, f"{address}/hand-over")
    assert given.location == f"{address}/read"
    assert given.headers["Clear-Site-Data"] == '"cache"'
    elsewhere = ("/", address, f"{other}/read", f"{address}/paper", f"{address}/told", office.page,
                 f"/interviews/{office.talk.id}/talk", f"/interviews/{office.talk.id}/grown-up")  # fmt: skip
    for path in elsewhere:
        assert tablet.get(path).location == f"{address}/read", path
    assert tablet.post(f"{address}/told", {"how": "told"}).status_code == 403
    read = tablet.get(f"{address}/read").text
    assert not [secret for secret in ("Ines", "Robin", "Larch", "Sign out") if secret in read]
    assert "That is not the PIN" in tablet.submit(f"{address}/grown-up", pin="000111").text
    assert tablet.submit(f"{address}/grown-up", pin=PIN, go="take").location == address
    assert tablet.get("/").status_code == 200


def test_without_a_pin_the_password_takes_it_back(office: Office) -> None:
    address, tablet = office.letter(), office.visit(office.people.ivan)
    tablet.submit(address, f"{address}/hand-over")
    assert tablet.get("/").location == f"{address}/read"
    assert tablet.submit(f"{address}/grown-up", password=PASSWORD, go="take").location == address


def test_a_letter_that_has_lain_there_for_long_falls_asleep(office: Office) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        address, tablet = office.letter(), office.visit(office.people.ines)
        tablet.submit(address, f"{address}/hand-over")
        clock.shift(IDLE)
        assert tablet.get(f"{address}/read").location == f"{address}/grown-up"
        assert KEY not in tablet.get(f"{address}/grown-up").text
        woken = tablet.submit(f"{address}/grown-up", password=PASSWORD, go="wake")
        assert woken.location == f"{address}/read"
        assert KEY in tablet.follow(woken).text


def test_the_child_says_it_on_the_tablet(office: Office) -> None:
    address, tablet = office.letter(), office.visit(office.people.ines)
    tablet.submit(address, f"{address}/hand-over")
    said = {f"said_{office.key}": "not-true", f"heard_{office.key}": "There is no key."}
    done = tablet.submit(f"{address}/read", **said)
    assert "Thank you. It is written down." in tablet.follow(done).text
    assert office.steps(office.key) == [("told", ""), ("not-true", "There is no key.")]
    assert office.steps(office.nan) == [("told", "")]
    shown = office.visit(office.people.cora).get(address).text
    assert "Shown on the tablet" in shown
    assert "Ines Okafor" in shown


def test_who_only_looks_at_it_tells_nobody(office: Office) -> None:
    address, ines = office.letter(), office.visit(office.people.ines)
    assert "I have read it" not in ines.get(f"{address}/read").text
    ines.post(f"{address}/read", {f"said_{office.key}": "helped"})
    assert office.steps(office.key) == []


# Who ----------------------------------------------------------------------------------------------------


def test_nobody_but_those_who_tell_this_child_finds_it(office: Office, people: People) -> None:
    address = office.letter()
    pages = (
        address,
        f"{address}/paper",
        f"{address}/paper.pdf",
        f"{address}/read",
        f"{address}/told",
        f"{address}/change",
    )
    for stranger in (people.omar, people.mark, people.iris, people.maya):
        visitor = office.visit(stranger)
        assert [visitor.get(page).status_code for page in pages] == [404] * len(pages)
    for mine in (people.ines, people.ivan, people.cora):
        assert office.visit(mine).get(address).status_code == 200


def test_the_reviewing_officer_reads_of_a_letter_what_was_said_for_them(office: Office) -> None:
    with keeping(office.app):
        db.session.get_one(Request, office.shouts).for_reviewing_officer = False
    address, ivan = office.letter(), office.visit(office.people.ivan)
    for page in (address, f"{address}/read", f"{address}/told", f"{address}/change"):
        text = ivan.get(page).text
        assert KEY in text
        assert SHOUTS not in text
        assert TWO_AWAKE not in text
    ivan.submit(f"{address}/change", **{f"words_{office.key}": "The key is yours."})
    kept = office.visit(office.people.ines).get(address).text
    assert SHOUTS in kept
    assert "The key is yours." in kept
    office.give(address, giver=office.people.ivan)
    assert office.steps(office.shouts) == []
    assert office.steps(office.key) == [("told", "")]


def test_a_letter_of_which_the_reviewing_officer_reads_nothing_is_not_there(office: Office) -> None:
    with keeping(office.app):
        db.session.get_one(Request, office.shouts).for_reviewing_officer = False
    address = office.letter({f"where_{office.key}": "out", f"where_{office.nan}": "out"})
    ivan = office.visit(office.people.ivan)
    pages = [f"{address}{page}" for page in ("", "/paper", "/paper.pdf", "/read", "/told", "/change")]
    assert [ivan.get(page).status_code for page in pages] == [404] * len(pages)
    assert ivan.post(f"{address}/hand-over").status_code == 404
    assert "No letter has been written yet." in ivan.get(office.page).text
    assert address in office.visit(office.people.cora).get(office.page).text


def test_the_letter_lies_sealed(office: Office) -> None:
    office.letter()
    with office.app.app_context():
        letter = db.session.scalars(sa.select(Letter)).one()
        assert KEY.encode() not in bytes(letter.body_sealed or b"")
        assert KEY in letter.body


def test_the_words_are_for_the_age(office: Office) -> None:
    ines = office.visit(office.people.ines)
    with keeping(office.app):
        db.session.get_one(Child, office.people.robin.id).born = today() - timedelta(days=9 * 366)
    young = ines.get(f"{office.letter()}/paper").text
    assert "Here you can read what happened." in young
    with keeping(office.app):
        db.session.get_one(Child, office.people.robin.id).born = today() - timedelta(days=15 * 366)
    assert "This is what came of each one." in ines.get(f"{office.letter()}/paper").text
    # What was written before stays in its words.
    with office.app.app_context():
        oldest = db.session.scalars(sa.select(Letter).order_by(Letter.made_at)).first()
    assert oldest is not None
    assert "Here you can read what happened." in ines.get(f"/letters/{oldest.id}/paper").text


@pytest.mark.parametrize("ending", ["paper", "paper.pdf"])
def test_where_nothing_stands_on_paper_its_own_page_says_so(office: Office, ending: str) -> None:
    nothing = {f"where_{one}": "told" for one in (office.key, office.shouts, office.nan)}
    ines = office.visit(office.people.ines)
    shown = ines.client.get(f"{office.letter(nothing)}/{ending}", follow_redirects=True)
    assert "Nothing of it stands on paper: tell it, or show it on the tablet." in shown.text
    assert KEY in shown.text
