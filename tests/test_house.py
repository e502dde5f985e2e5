"""What holds everywhere: strangers get in nowhere, and nobody sees a record beyond their reach."""

import json
import re
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

import views.door
from forms.interview import FIELD_BUILDERS
from interview.access import REMITS, Act, Reach, Role
from interview.letter_words import wording_for
from interview.letters import Body
from interview.questions import Kind
from records.base import Base, new_id
from records.letters import add_letter
from records.papers import begin_paper
from records.people import NARROWEST_FIRST
from records.reach import WITHIN_REACH
from records.tables import Interview
from records.tablets import tablet_of, take
from tests.conftest import Visit
from tests.crawler import Crawler, addresses_of, pages_without_an_id, seen
from tests.houses import close
from tests.people import (
    Kid,
    People,
    Someone,
    a_concern,
    a_finished_talk,
    a_request,
    a_review,
    an_episode,
    an_interview,
    keeping,
)
from tests.visitor import Visitor
from views.moments import now
from views.pages import NAVIGATION

# Truly for all: each line here is read twice.
OPEN_TO_ALL = {
    "sign_in.sign_in",
    "health.health",
    "static",
    "tablet.shell",
    "tablet.page",
    "tablet.worker",
    "tablet.manifest",
    "sync.contact",
    "sync.hand_in",
    "sync.sign_in",
}
ALL = set(Role)
HOLDER, OFFICE = Role.INTERVIEWER, Role.COORDINATOR
MANAGER, REVIEWER = Role.HOME_MANAGER, Role.REVIEWING_OFFICER
# Whose remit a page is, by its endpoint or what that begins with. A new page is on this list or fails.
REMIT_OF: dict[str, set[Role]] = {
    "start": ALL,
    "sign_in.sign_out": ALL,
    "episodes": {OFFICE},
    "interviews": {HOLDER},
    "talk": {HOLDER},
    "sync": {HOLDER},
    "drafts": {HOLDER},
    "late": {HOLDER, OFFICE},
    "tablets": {HOLDER, OFFICE},
    "again": {HOLDER},
    "read_back": {HOLDER},
    "welcome": {HOLDER},
    "put_off": {HOLDER},
    "numbers": {HOLDER},
    "found.how_was_it": {HOLDER},
    "found.talks": {OFFICE},
    "finish": {HOLDER},
    "hand_over": {HOLDER},
    "translations": {HOLDER},
    "versions": {HOLDER},
    "concerns": {HOLDER, OFFICE},
    "from_home": {HOLDER, OFFICE},
    "marked": {OFFICE},
    "urgent": {HOLDER},
    "to_ring": {OFFICE},
    "clips": {HOLDER},
    "tablet.take_with_me": {HOLDER},
    "languages": {OFFICE},
    "letters": {HOLDER, REVIEWER, OFFICE},
    "hand_over.take_letter_back": {HOLDER, REVIEWER, OFFICE},
    "links": {OFFICE},
    "languages.my_language": {HOLDER, MANAGER, REVIEWER, OFFICE},
    "papers": {HOLDER, MANAGER, REVIEWER, OFFICE},
    "files": {HOLDER, REVIEWER, OFFICE},
    "files.review_pdf": {REVIEWER},
    "files.review_docx": {REVIEWER},
    "files.review_json": {REVIEWER},
    "sharing.share_review": {REVIEWER},
    "sharing.share": {REVIEWER, OFFICE},
    "sharing.shared": {HOLDER, REVIEWER, OFFICE},
    "police": {OFFICE},
    "requests": {MANAGER, REVIEWER, OFFICE},
    "requests.guide": {HOLDER, REVIEWER, OFFICE},
    "summaries.child": {HOLDER, REVIEWER, OFFICE},
    "summaries.home": {MANAGER, OFFICE},
    "reviews": {REVIEWER},
    "reports": {MANAGER, OFFICE},
    "reports.talks-csv": {OFFICE},
}
# Who reaches what is about Robin; about Sasha, Omar holds the talk, Mark manages and Iris reviews.
REACHED: dict[str, dict[str, set[str]]] = {
    "robin": {
        "child_id": {"ines", "maya", "ivan", "cora"},
        "episode_id": {"ines", "maya", "ivan", "cora"},
        "interview_id": {"ines", "maya", "ivan", "cora"},
        "home_id": {"ines", "maya", "ivan", "cora"},
        "concern_id": {"ines", "cora"},
        "letter_id": {"ines", "ivan", "cora"},
        "request_id": {"ines", "maya", "ivan", "cora"},
        "authority_id": {"cora"},
        "paper_id": {"ines"},
        "review_id": {"ivan", "cora"},
        "tablet_id": {"ines", "cora"},
    },
    "sasha": {
        "child_id": {"omar", "mark", "iris"},
        "episode_id": {"omar", "mark", "iris"},
        "interview_id": {"omar", "mark", "iris"},
        "home_id": {"omar", "mark", "iris"},
        "concern_id": {"omar"},
        "letter_id": {"omar", "iris"},
        "request_id": {"omar", "mark", "iris"},
        "authority_id": set(),
        "paper_id": {"omar"},
        "review_id": {"iris"},
        "tablet_id": {"omar"},
    },
}
NAMES = ("ines", "omar", "maya", "mark", "ivan", "iris", "cora")
NOWHERE = "there-is-no-such-id"


def remit_of(endpoint: str) -> set[Role]:
    """Whose remit this page is."""
    fitting = [
        name for name in REMIT_OF if f"{endpoint}.".startswith(f"{name}.") or endpoint == f"{name}_pdf"
    ]
    assert fitting, f"Say in REMIT_OF whose remit {endpoint} is."
    return REMIT_OF[max(fitting, key=len)]


@pytest.fixture(autouse=True)
def _quick_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    # What is on the paper is tested elsewhere; here it is only asked for, again and again.
    monkeypatch.setattr("views.paper.made", lambda _kind, _html: b"%PDF")


@pytest.fixture
def ids(app: Flask, people: People) -> dict[str, dict[str, str]]:
    """For each child the id of one record of each kind."""
    with keeping(app):
        return {
            "robin": ids_about(people, people.robin, people.ines),
            "sasha": ids_about(people, people.sasha, people.omar),
        }


def ids_about(people: People, kid: Kid, interviewer: Someone) -> dict[str, str]:
    episode = an_episode(people, kid)
    talk = an_interview(people, episode, interviewer=interviewer, language="cy")
    concern = a_concern(talk, interviewer)
    return {
        "child_id": kid.id,
        "episode_id": episode.id,
        "interview_id": talk.id,
        "home_id": kid.home.id,
        "concern_id": concern.id,
        "letter_id": a_letter(kid, interviewer),
        "request_id": a_request(talk).id,
        "authority_id": kid.council.id,
        "paper_id": a_paper(kid, interviewer),
        "review_id": a_review(kid).id,
        "tablet_id": a_tablet(talk, interviewer),
    }


def a_letter(kid: Kid, written_by: Someone) -> str:
    """A letter to this child, in which nothing stands yet."""
    body = Body(wording_for(None).version, ())
    return add_letter(kid.id, "en", body, written_by.id, now()).id


def a_paper(kid: Kid, asked_by: Someone) -> str:
    """A file about a child that its interviewer has asked for, and that is not made yet."""
    facts = {"act": Act.READ_CHILD_SUMMARY, "kind": "pdf", "name": "summary.pdf", "page": "/"}
    return begin_paper(asked_by.id, now(), child_id=kid.id, **facts).id


def a_tablet(talk: Interview, of: Someone) -> str:
    """A tablet of this interviewer, with this talk on it."""
    tablet = tablet_of(new_id(), new_id(), of.id, "", now())
    assert tablet is not None
    take(tablet, talk, now())
    return tablet.id


# Strangers -----------------------------------------------------------------------------------------


def test_the_short_list_of_what_is_open(app: Flask) -> None:
    assert views.door.OPEN_TO_ALL == OPEN_TO_ALL
    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= OPEN_TO_ALL


def every_address(app: Flask, ids: dict[str, str]) -> list[tuple[str, str]]:
    """Every method of every page that is not open, with real ids."""
    return [
        (method, address)
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
        for endpoint, address in addresses_of(app, ids, method)
        if endpoint not in OPEN_TO_ALL
    ]


def pages_about(app: Flask, ids: dict[str, str]) -> list[str]:
    """Every page about one of these records."""
    return [address for _, address in addresses_of(app, ids) if any(one in address for one in ids.values())]


def test_strangers_get_in_nowhere(app: Flask, visit: Visit, ids: dict[str, dict[str, str]]) -> None:
    stranger = visit()
    stranger.get("/sign-in")
    for method, address in every_address(app, ids["robin"]):
        sent = {"data": {"csrf_token": stranger.token}} if method == "POST" else {}
        answer = stranger.open(address, method, **sent)
        if answer.status_code == 302:
            assert answer.location.startswith("/sign-in"), (method, address)
        else:
            assert answer.status_code == 401, (method, address)


def test_what_is_there_and_what_is_not_are_the_same_to_a_stranger(
    app: Flask, visit: Visit, ids: dict[str, dict[str, str]]
) -> None:
    stranger = visit()
    for address in pages_about(app, ids["robin"]):
        about = address
        for one in ids["robin"].values():
            about = about.replace(one, NOWHERE)
        there, not_there = (stranger.get(path) for path in (address, about))
        assert there.status_code == not_there.status_code
        for one in ids["robin"].values():
            assert there.text.replace(one, NOWHERE) == not_there.text or one not in address


def test_an_address_that_is_nobodys_is_shut_too(visit: Visit) -> None:
    assert visit().get("/no-such-page").location.startswith("/sign-in")


# Outsiders -----------------------------------------------------------------------------------------


def expected(endpoint: str, about: str, address: str, ids: dict[str, str], person: Someone) -> int | None:
    """404 out of reach, 403 in reach without the act; None for whoever may."""
    asked = next(name for name, one in ids.items() if one in address)
    if person.sign_in_name not in REACHED[about][asked]:
        return 404
    return None if person.role in remit_of(endpoint) else 403


@pytest.mark.parametrize("name", NAMES)
def test_everyone_reaches_their_own_and_nothing_else(
    app: Flask, people: People, visit: Visit, ids: dict[str, dict[str, str]], name: str
) -> None:
    person: Someone = getattr(people, name)
    visitor = visit(person)
    wrong = []
    for method, about in product(("GET", "POST"), ids):
        for endpoint, address in addresses_of(app, ids[about], method):
            if not any(one in address for one in ids[about].values()):
                continue
            answer = visitor.get(address) if method == "GET" else visitor.post(address)
            due = expected(endpoint, about, address, ids[about], person)
            if not is_as_expected(answer.status_code, due):
                wrong.append((method, endpoint, about, answer.status_code, due))
    assert wrong == []


def is_as_expected(status: int, due: int | None) -> bool:
    """Whether a refusal is the one that is due; or, where none is due, whether there was none."""
    return status == due if due else status not in {401, 403, 404, 500}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_for_those_whose_remit_it_is(app: Flask, people: People, visit: Visit, name: str) -> None:
    person: Someone = getattr(people, name)
    visitor = visit(person)
    for rule in app.url_map.iter_rules():
        if rule.arguments or rule.endpoint in OPEN_TO_ALL or "GET" not in (rule.methods or ()):
            continue
        due = 200 if person.role in remit_of(rule.endpoint) else 403
        assert visitor.get(rule.rule).status_code == due, rule.rule


@pytest.mark.parametrize("name", NAMES)
def test_what_is_out_of_reach_is_as_if_it_were_not_there(
    app: Flask, people: People, visit: Visit, ids: dict[str, dict[str, str]], name: str
) -> None:
    visitor = visit(getattr(people, name))
    about = "sasha" if name in REACHED["robin"]["child_id"] else "robin"
    for address in pages_about(app, ids[about]):
        nowhere = address
        for one in ids[about].values():
            nowhere = nowhere.replace(one, NOWHERE)
        assert seen(visitor.get(address)) == seen(visitor.get(nowhere)), address


@pytest.mark.parametrize("name", NAMES)
def test_nobodys_pages_name_a_child_beyond_their_reach(
    app: Flask, people: People, visit: Visit, ids: dict[str, dict[str, str]], name: str
) -> None:
    with keeping(app):
        a_finished_talk(people)
        a_finished_talk(people, kid=people.sasha, interviewer=people.omar)
    others = people.sasha if name in REACHED["robin"]["child_id"] else people.robin
    about = ids["sasha" if others is people.sasha else "robin"]
    shown = Crawler(visit(getattr(people, name)), sends=False).go(pages_without_an_id(app))
    for step, page in shown.items():
        for never in (
            others.name,
            others.id,
            about["episode_id"],
            about["interview_id"],
            about["concern_id"],
        ):
            assert never not in page.body.decode(errors="replace"), (step, never)


# Beside each table stands one test: it has a row for every member ----------------------------------

TABLES_BY_MEMBER: dict[str, tuple[Any, Any]] = {
    "every role has its remit": (REMITS, Role),
    "every role has its ways": (NAVIGATION, Role),
    "every role is narrower than the next": (NARROWEST_FIRST, Role),
    "every kind has its field": (FIELD_BUILDERS, Kind),
}


@pytest.mark.parametrize("said", TABLES_BY_MEMBER)
def test_a_table_has_a_row_for_every_member(said: str) -> None:
    table, members = TABLES_BY_MEMBER[said]
    assert set(table) == set(members)


@pytest.mark.parametrize("table", WITHIN_REACH, ids=lambda table: table.__tablename__)
def test_every_reach_is_a_search(table: type[Base]) -> None:
    assert set(WITHIN_REACH[table]) == set(Reach)


def test_every_act_is_in_someones_remit() -> None:
    assert {act for remit in REMITS.values() for act in remit.acts} == set(Act)


def test_every_table_of_the_practice_is_there() -> None:
    named = {
        "authority", "home", "person", "post", "child", "placement", "episode", "offer", "interview",
        "answer", "reason", "concern", "request", "review", "disclosure", "access_log", "sign_in_session",
    }  # fmt: skip
    assert named <= {table.name for table in Base.metadata.sorted_tables}


# Every page ----------------------------------------------------------------------------------------


def test_an_id_in_an_address_is_never_a_counter_and_never_a_name(
    ids: dict[str, dict[str, str]], people: People
) -> None:
    given = [one for about in ids.values() for one in about.values()]
    assert all(len(one) == 22 for one in given)
    assert len(set(given)) == len(given)


def test_no_title_names_a_child(
    app: Flask, visit: Visit, people: People, ids: dict[str, dict[str, str]]
) -> None:
    # A browser writes titles into its history: they outlive signing out on whatever device it was.
    told = 0
    for person in (people.ines, people.maya, people.ivan, people.cora):
        visitor = visit(person)
        for address in [*pages_without_an_id(app), *pages_about(app, ids["robin"])]:
            answer = visitor.get(address)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                title = answer.text.partition("<title>")[2].partition("</title>")[0]
                assert not {*people.robin.name.split()} & {*re.findall(r"\w+", title)}, address
                told += people.robin.name in answer.text
    assert told > 10


ERRORS: dict[str, tuple[int, Callable[[Visitor], Any]]] = {
    "not here": (404, lambda visitor: visitor.get("/no-such-page")),
    "not this way": (405, lambda visitor: visitor.open("/", "POST", data={"csrf_token": visitor.token})),
    "not without its token": (400, lambda visitor: visitor.open("/sign-out", "POST")),
    "too long": (413, lambda visitor: visitor.post("/sign-out", {"more": "x" * 5_000_000})),
}


@pytest.mark.parametrize("said", ERRORS)
def test_an_error_is_a_page_that_says_what_to_do(visit: Visit, people: People, said: str) -> None:
    visitor = visit(people.maya)
    visitor.get("/")
    status, ask = ERRORS[said]
    answer = ask(visitor)
    assert answer.status_code == status
    assert "<h1" in answer.text


def test_a_page_that_broke_is_a_page_that_says_so(
    app_in_use: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("views.interviews.to_hold", lambda *_a, **_k: 1 // 0)
    answer = Visitor(app_in_use, people.ines).get("/interviews")
    assert answer.status_code == 500
    assert "Nothing was changed" in answer.text


def test_health_says_fit_and_nothing_else(visit: Visit, people: People) -> None:
    assert visit().get("/health").text == "fit\n"
    assert visit(people.maya).get("/health").text == "fit\n"


def test_health_says_when_the_database_is_not_fit(models: Any, tmp_path: Path) -> None:
    house = models("sqlite").copy(tmp_path / "instance")
    (house.folder / "heard.sqlite").write_bytes(b"This is no database. " * 500)
    app = house.open()
    answer = Visitor(app).get("/health")
    close(app)
    assert (answer.status_code, answer.text) == (503, "not fit\n")


def test_health_says_when_the_keys_are_not_those_of_the_records(models: Any, tmp_path: Path) -> None:
    house = models("sqlite").copy(tmp_path / "instance")
    kept = house.folder / "keys.json"
    kept.write_text(json.dumps(json.loads(kept.read_text()) | {"wrapping": {"1": "ab" * 32}}))
    app = house.open()
    answer = Visitor(app).get("/health")
    close(app)
    assert answer.status_code == 503
