"""What somebody tries who badly wants to know: a manager, an interviewer, another site's page."""

import pytest
from flask import Flask

from interview.access import COUNCIL
from records.answers import answers_of, keep
from records.database import db
from records.tables import Interview
from tests.conftest import Visit
from tests.crawler import seen
from tests.people import People, a_finished_talk, an_interview, answer, keeping
from tests.visitor import Visitor, page_of
from views.moments import now
from views.sign_in import safe_path


def the_home_reads(visit: Visit, people: People) -> str:
    """Maya's summary of her home, as it can be seen."""
    return seen(visit(people.maya).get(f"/homes/{people.larch.id}/summary")).body.decode()


# What was kept from the home ---------------------------------------------------------------------------


def test_maya_cannot_tell_that_the_biggest_reason_is_not_on_her_page(
    app: Flask, people: People, visit: Visit
) -> None:
    cards = {"chosen": ["A9", "A5"], "biggest": "A9", "home": ["A9"]}
    with keeping(app):
        talk = a_finished_talk(people, {"reasons": cards})
    before = the_home_reads(visit, people)
    with keeping(app):
        same = db.session.get_one(Interview, talk.id)
        finished, same.finished_at = same.finished_at, None
        (first,) = answers_of(same)
        other = answer("reasons", cards | {"biggest": "A5"}, base_op=first.op_id)
        assert keep(same, [other], people.ines.id, now()).accepted
        same.finished_at = finished
    assert "I was bored" in before
    assert before == the_home_reads(visit, people)


def test_maya_cannot_tell_that_a_choice_was_kept_from_its_words(
    app: Flask, people: People, visit: Visit
) -> None:
    with keeping(app):
        more = [answer("safe_here", "no", audience=COUNCIL)]
        a_finished_talk(people, {"safe_here_words": "It was not like that before."}, more)
    shown = the_home_reads(visit, people)
    assert "Do you feel safe where you live?" in shown
    assert "It was not like that before." in shown


def test_a_script_in_a_childs_words_stays_words(app: Flask, people: People, visit: Visit) -> None:
    with keeping(app):
        a_finished_talk(people, {"why": "<script>alert(1)</script><img src=x onerror=alert(1)>"})
    page = page_of(visit(people.maya).get(f"/homes/{people.larch.id}/summary"))
    assert page.find("img") == []
    assert "<script>alert(1)</script>" in page.text


# What an interviewer sends ------------------------------------------------------------------------------


def test_no_answer_is_lost_under_that_of_another_question(app: Flask, people: People) -> None:
    with keeping(app):
        talk, first = an_interview(people), answer("why", "I was afraid.")
        keep(talk, [first], people.ines.id, now())
        later = answer("trigger", "A row", base_op=first.op_id)
        together = [first, answer("going_to", "My sister", base_op=first.op_id)]
        assert keep(talk, [later], people.ines.id, now()).accepted == ()
        assert keep(talk, together, people.ines.id, now()).accepted == (first.op_id,)
        assert [one.value for one in answers_of(talk)] == ["I was afraid."]


def test_an_answer_that_builds_upon_itself_is_refused_and_not_swallowed(app: Flask, people: People) -> None:
    with keeping(app):
        receipt = keep(an_interview(people), [answer(op_id="round", base_op="round")], people.ines.id, now())
    assert receipt.accepted == ()
    assert "Reload the page" in receipt.refused[0][1]


def test_omar_can_open_nothing_of_a_talk_that_is_not_his(app: Flask, people: People, visit: Visit) -> None:
    with keeping(app):
        talk = an_interview(people)
    omar = visit(people.omar)
    for page in ("", "/talk", "/record", "/read-back", "/finish", "/token", "/translations"):
        assert omar.get(f"/interviews/{talk.id}{page}").status_code == 404, page


# Pages of somebody else's ---------------------------------------------------------------------------------


@pytest.mark.parametrize("signed_in", [True, False])
def test_what_anothers_page_sends_is_not_given_back_to_be_sent_again(
    people: People, visit: Visit, signed_in: bool
) -> None:
    visitor: Visitor = visit(people.cora if signed_in else None)
    visitor.get("/")
    answered = visitor.open(
        "/episodes/new", "POST", data={"found_where": "planted"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answered.status_code == 400
    assert "planted" not in answered.text
    assert "Set-Cookie" not in answered.headers


@pytest.mark.parametrize(
    "path", ["/\r\nX-Mine: yes", "/\t/elsewhere.example", "/a\x00b", "//elsewhere.example", "/\\x"]
)
def test_signing_in_leads_nowhere_else(path: str) -> None:
    assert safe_path(path) is None
