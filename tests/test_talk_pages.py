"""The talk, the read-back, the record and the finish as pages without a script: nothing needs one."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from interview.answers import Answer, SaidBy, Skip, current, heads
from records.answers import answers_of
from records.database import db
from records.tables import Interview, Placement
from tests.conftest import Visit
from tests.people import PASSWORD, People, an_interview, keeping
from tests.visitor import Visitor, filled_in, page_of
from views.moments import now, today

WHY = "Nobody listens to me here. They shout all day."
SAID: dict[str, Any] = {
    "ready": "yes",
    "why": WHY,
    "reasons": ["A1", "B1"],
    "reasons__biggest": "A1",
    "safe_here": "sometimes",
    "where_went__skip": "rather-not-say",
    "would_help": "Somebody who asks me.",
}

RECORD: dict[str, Any] = {"harm": "no", "options_talked": "yes", "helplines_given": "childline"}


class Talk:
    """One talk, and what is kept of it."""

    def __init__(self, app: Flask, people: People) -> None:
        self.app = app
        with keeping(app):
            self.id = an_interview(people).id
        self.page = f"/interviews/{self.id}"

    def rows(self, question: str) -> list[Answer]:
        """Every answer to a question, oldest first."""
        with self.app.app_context():
            found = answers_of(db.session.get_one(Interview, self.id))
        return [one for one in found if one.question == question]

    def __getitem__(self, question: str) -> Answer:
        return current(self.rows(question))[question]

    def finish(self) -> None:
        """Somebody has finished it."""
        with keeping(self.app):
            interview = db.session.get_one(Interview, self.id)
            interview.held_at = interview.finished_at = now()


@pytest.fixture
def talk(app: Flask, people: People) -> Talk:
    """A talk that Ines is to hold with Robin."""
    return Talk(app, people)


@pytest.fixture
def ines(visit: Visit, people: People) -> Visitor:
    """Ines, signed in."""
    return visit(people.ines)


def test_a_child_is_heard_without_a_script(ines: Visitor, visit: Visit, people: People, talk: Talk) -> None:
    led_to = ines.submit(f"{talk.page}/talk", **SAID, go="read-back")
    assert led_to.location == f"{talk.page}/read-back"
    checked: dict[str, Any] = {
        "would_help__check": "leave-out",
        "A1__told": "why|They shout all day.",
        "for_home": ["B1"],
    }
    ines.submit(f"{talk.page}/read-back", **checked, agrees="partly", agrees_why="Not all day.", go="on")
    ines.submit(f"{talk.page}/record", **RECORD)
    finished = ines.follow(ines.submit(f"{talk.page}/finish"))
    assert "The talk is finished" in finished.text
    review = visit(people.ivan).get(f"/children/{people.robin.id}/summary").text
    assert "They shout all day." in review
    assert "Somebody who asks me." not in review
    home = page_of(visit(people.maya).get(f"/homes/{people.larch.id}/summary")).find("main")[0].text
    assert "I wanted to see my mum, dad or family" in home
    assert not [kept_back for kept_back in ("They shout", "picking on me", "Robin") if kept_back in home]


def home_of(visit: Visit, people: People) -> str:
    """What Maya reads of her home."""
    page = page_of(visit(people.maya).get(f"/homes/{people.larch.id}/summary"))
    return page.find("main")[0].text


def test_ines_keeps_from_the_home_what_would_bring_harm(
    ines: Visitor, visit: Visit, people: People, talk: Talk
) -> None:
    said = SAID | {"why__for": ["home"], "would_help__for": ["home", "social-worker"]}
    ines.submit(f"{talk.page}/talk", **said)
    ines.submit(f"{talk.page}/read-back", for_home=["A1", "B1"], go="on")
    ines.submit(f"{talk.page}/record", **RECORD)
    assert "They shout all day." in ines.get(f"{talk.page}/finish").text
    ines.submit(f"{talk.page}/finish", keep_back=["why", "A1"])
    home = home_of(visit, people)
    assert "Somebody who asks me." in home
    assert not [back for back in ("They shout", "picking on me") if back in home]
    assert talk["why"].value == WHY


def test_the_home_hears_of_no_reason_without_a_read_back(
    ines: Visitor, visit: Visit, people: People, talk: Talk
) -> None:
    ines.submit(f"{talk.page}/talk", **SAID)
    ines.submit(f"{talk.page}/record", **RECORD)
    ines.submit(f"{talk.page}/finish")
    assert "I wanted to see my mum" not in home_of(visit, people)


def test_the_words_of_a_hidden_reason_are_hidden_with_it(
    ines: Visitor, visit: Visit, people: People, talk: Talk
) -> None:
    ines.submit(f"{talk.page}/talk", **SAID | {"why__for": ["home"], "reasons": ["A5", "B1"]})
    ines.submit(f"{talk.page}/read-back", A5__told="why|They shout all day.", for_home=["B1"], go="on")
    ines.submit(f"{talk.page}/record", **RECORD)
    ines.submit(f"{talk.page}/finish")
    home = home_of(visit, people)
    assert "I wanted to see my mum" in home
    assert "They shout" not in home


def test_living_here_is_told_to_the_home_where_the_child_lives(
    app: Flask, ines: Visitor, visit: Visit, people: People, talk: Talk
) -> None:
    ines.submit(f"{talk.page}/talk", **SAID | {"safe_here__for": ["home"], "would_help__for": ["home"]})
    ines.submit(f"{talk.page}/record", **RECORD)
    with keeping(app):
        for placement in db.session.scalars(sa.select(Placement).filter_by(child_id=people.robin.id)):
            placement.ends = today() - timedelta(days=1)
    ines.submit(f"{talk.page}/finish")
    home = home_of(visit, people)
    assert "Somebody who asks me." in home
    assert "Do you feel safe" not in home


def test_what_was_said_stands_in_the_page_again(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/talk", **SAID, go="stay")
    sent = filled_in(page_of(ines.get(f"{talk.page}/talk")).find("form", id="talk")[0])
    # That the child wants to talk is not asked again.
    said = {key: listed(value) for key, value in SAID.items() if key != "ready"}
    assert {key: sorted(sent[key]) for key in said} == said
    assert "ready" not in sent


def listed(value: Any) -> list[Any]:
    """As a form sends it."""
    return value if isinstance(value, list) else [value]


def test_a_page_sent_again_is_no_new_answer(ines: Visitor, talk: Talk) -> None:
    shown = ines.get(f"{talk.page}/talk")
    ines.send(shown, **SAID)
    ines.send(shown, **SAID)  # the Back button, and once more
    ines.submit(f"{talk.page}/talk")  # the page as it stands now, without a change
    assert [len(talk.rows(key)) for key in ("why", "reasons", "where_went", "need_now")] == [1, 1, 1, 0]


def test_a_change_follows_what_it_changes(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/talk", why="First.")
    ines.submit(f"{talk.page}/talk", why="Second.")
    assert [one.value for one in talk.rows("why")] == ["First.", "Second."]
    assert [one.value for one in heads(talk.rows("why"))["why"]] == ["Second."]


def test_two_pages_open_at_once_keep_both(ines: Visitor, talk: Talk) -> None:
    one, other = ines.get(f"{talk.page}/talk"), ines.get(f"{talk.page}/talk")
    ines.send(one, why="From one page.")
    ines.send(other, why="From the other.")
    assert [kept.value for kept in heads(talk.rows("why"))["why"]] == ["From one page.", "From the other."]


@pytest.mark.parametrize(
    "words", ["\n\nTwo lines above.", "  two spaces\n\n\n", "لا أحد يسمعني", "ą" * 20_000]
)
def test_words_are_kept_to_the_letter(ines: Visitor, talk: Talk, words: str) -> None:
    ines.submit(f"{talk.page}/talk", why=words.replace("\n", "\r\n"))
    ines.submit(f"{talk.page}/talk")
    assert [one.value for one in talk.rows("why")] == [words]


def test_words_that_are_too_long_come_back_with_a_sentence(ines: Visitor, talk: Talk) -> None:
    shown = ines.submit(f"{talk.page}/talk", why="a" * 20_001, safe_here="no")
    assert fault(shown, "why")
    assert "a" * 20_001 in shown.text
    assert talk["safe_here"].value == "no"


def fault(shown: TestResponse, question: str) -> str:
    """The sentence beside a question."""
    box = page_of(shown).find("fieldset", id=f"f-{question}")[0]
    return " ".join(line.text for line in box.find("p", **{"class": "fault"}))


def test_a_number_in_words_comes_back_with_a_sentence(ines: Visitor, talk: Talk) -> None:
    shown = ines.submit(f"{talk.page}/talk", moves="lots")
    assert fault(shown, "moves")
    assert page_of(shown).find("input", name="moves")[0].attributes["value"] == "lots"


def test_a_skip_after_words_keeps_the_words(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/talk", why=WHY)
    ines.submit(f"{talk.page}/talk", why__skip="rather-not-say")
    assert (talk["why"].value, talk["why"].skipped) == (WHY, Skip.RATHER_NOT_SAY)


@pytest.mark.parametrize("question", ["why", "reasons"])
def test_what_a_child_would_rather_not_say_is_in_no_summary(
    ines: Visitor, visit: Visit, people: People, talk: Talk, question: str
) -> None:
    ines.submit(f"{talk.page}/talk", **SAID)
    ines.submit(f"{talk.page}/talk", **{f"{question}__skip": "rather-not-say"})
    talk.finish()
    review = page_of(visit(people.ivan).get(f"/children/{people.robin.id}/summary")).find("main")[0].text
    said = WHY if question == "why" else "I wanted to see my mum, dad or family"
    assert said not in review


def test_who_is_writing_goes_with_new_words(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/talk", why=WHY)
    ines.submit(f"{talk.page}/talk", trigger="A row.", writer="child-typed")
    assert (talk["why"].said_by, talk["trigger"].said_by) == (SaidBy.WORD_FOR_WORD, SaidBy.CHILD_TYPED)


def test_a_session_that_ended_gives_back_what_was_typed(ines: Visitor, people: People, talk: Talk) -> None:
    shown = ines.get(f"{talk.page}/talk")
    ines.sign_out()
    given_back = ines.send(shown, **SAID | {"why": WHY})
    assert (given_back.status_code, WHY in given_back.text) == (401, True)
    ines.submit("/sign-in", name=people.ines.sign_in_name, password=PASSWORD)  # on another page
    asked_to_look = ines.send(given_back)
    assert (asked_to_look.status_code, WHY in asked_to_look.text) == (400, True)
    assert ines.send(asked_to_look).status_code == 302
    assert (talk["why"].value, talk["reasons"].value["chosen"]) == (WHY, ["A1", "B1"])


def test_a_talk_finished_elsewhere_is_not_changed_and_the_words_come_back(ines: Visitor, talk: Talk) -> None:
    shown = ines.get(f"{talk.page}/talk")
    talk.finish()
    refused = ines.send(shown, why=WHY)
    assert (refused.status_code, talk.rows("why")) == (409, [])
    assert WHY in refused.text


@pytest.mark.parametrize("page", ["talk", "record", "read-back"])
def test_a_finished_talk_is_read_on_its_own_page(ines: Visitor, talk: Talk, page: str) -> None:
    talk.finish()
    assert ines.get(f"{talk.page}/{page}").location == talk.page


def test_the_read_back_saves_before_it_leads_anywhere(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/talk", **SAID)
    led_to = ines.submit(f"{talk.page}/read-back", why__check="leave-out", go="living")
    assert led_to.location == f"{talk.page}/talk#living"
    assert (talk["why"].value, talk["why"].skipped) == (None, Skip.LEFT_OUT)
    assert "You asked to leave these out" in ines.get(f"{talk.page}/read-back").text


def test_the_read_back_changes_one_answer_and_leaves_the_others(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/talk", **SAID)
    ines.submit(f"{talk.page}/read-back", why__check="change", why__words="They shout.", go="stay")
    assert [one.value for one in talk.rows("why")] == [WHY, "They shout."]
    assert len(talk.rows("would_help")) == len(talk.rows("safe_here")) == 1


def test_a_reason_is_left_out_at_the_read_back(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/talk", **SAID)
    ines.submit(f"{talk.page}/read-back", left_out=["A1"], go="on")
    assert talk["reasons"].value == {"chosen": ["B1"], "biggest": None, "told": {}, "home": []}


def test_the_home_hears_of_no_reason_that_the_child_has_not_ticked(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/talk", **SAID)
    assert ticked_for_home(ines, talk) == []
    ines.submit(f"{talk.page}/read-back", why__check="right", go="stay")
    assert talk["reasons"].value.get("home", []) == ticked_for_home(ines, talk) == []
    ines.submit(f"{talk.page}/read-back", for_home=["B1"], go="stay")
    ines.submit(f"{talk.page}/read-back", go="on")
    assert talk["reasons"].value["home"] == ticked_for_home(ines, talk) == ["B1"]


def ticked_for_home(ines: Visitor, talk: Talk) -> list[str]:
    """The reasons that stand ticked for the home at the read-back."""
    ticks = page_of(ines.get(f"{talk.page}/read-back")).find("input", name="for_home", checked="")
    return [tick.attributes["value"] for tick in ticks]


def test_a_card_chosen_later_keeps_what_the_read_back_said(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/talk", **SAID)
    ines.submit(f"{talk.page}/read-back", A1__told="why|They shout all day.", for_home=["B1"], go="next")
    ines.submit(f"{talk.page}/talk", reasons=["A1", "A3", "B1"])
    assert talk["reasons"].value["told"] == {"A1": {"question": "why", "words": "They shout all day."}}
    assert talk["reasons"].value["home"] == ["B1"]


def test_what_is_missing_is_said_and_the_talk_stays_open(ines: Visitor, talk: Talk) -> None:
    ines.submit(f"{talk.page}/talk", why=WHY)
    page = ines.get(f"{talk.page}/finish")
    assert "Before this talk can be finished" in page.text
    assert "What made you want to go?" not in page.text
    assert ines.post(f"{talk.page}/finish").status_code == 200
    assert "Go on with the talk" in ines.get(talk.page).text


@pytest.mark.parametrize(
    ("said", "leads_to"),
    [
        ({}, "welcome"),
        ({"talk": {"why": WHY}}, "talk"),
        ({"talk": {"why": WHY}, "read-back": {"agrees": "yes"}}, "record"),
        ({"talk": {"why": WHY}, "record": {"place": "In the park"}}, "record"),
        ({"talk": SAID, "record": RECORD}, "finish"),
    ],
)
def test_the_brief_leads_to_the_next_step(
    ines: Visitor, talk: Talk, said: dict[str, dict[str, Any]], leads_to: str
) -> None:
    for page, answers in said.items():
        ines.submit(f"{talk.page}/{page}", **answers, go="stay")
    buttons = page_of(ines.get(talk.page)).find("a", **{"class": "govuk-button"})
    assert buttons[0].attributes["href"] == f"{talk.page}/{leads_to}"


@pytest.mark.parametrize("page", ["", "/talk", "/record", "/read-back", "/finish", "/token"])
def test_a_talk_is_its_interviewers_alone(visit: Visit, people: People, talk: Talk, page: str) -> None:
    theirs = {one.id: visit(one).get(f"{talk.page}{page}").status_code for one in (people.omar, people.iris)}
    assert set(theirs.values()) == {404}
    assert visit(people.maya).get(f"{talk.page}{page}").status_code in {403, 404}


def test_a_page_that_came_back_with_a_sentence_can_be_changed_and_sent(ines: Visitor, talk: Talk) -> None:
    came_back = ines.submit(f"{talk.page}/talk", why="First.", moves="lots")
    assert ines.send(came_back, why="Second.", moves="4").status_code == 302
    assert [one.value for one in heads(talk.rows("why"))["why"]] == ["Second."]
    assert talk["moves"].value == 4
