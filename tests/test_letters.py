"""The letter to a child: what they asked for and what came of it, given or told, and what they said to it."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from interview.access import COUNCIL, EVERYONE
from interview.requests import State, Step
from records.database import db
from records.pins import set_pin
from records.tables import Letter, Person, Request, RequestStep
from tests.conftest import Visit
from tests.people import Kid, People, Someone, a_finished_talk, keeping
from tests.visitor import Visitor, page_of
from views.moments import now, today

KEY = "I want a key to my own room."
NAN = "I want to see my nan at the weekend."
SHOUTS = "I want the night staff to stop shouting."
PIN = "260931"


class Office:
    """Robin has asked for three things: one for the home too, one not, and one that nobody has answered."""

    def __init__(self, app: Flask, people: People, visit: Visit) -> None:
        self.app, self.people, self.visit = app, people, visit
        with keeping(app):
            self.talk = a_finished_talk(people)
            self.key = self.asked(KEY, State.DONE, "You have a key now.", for_home=True).id
            self.shouts = self.asked(SHOUTS, State.NOT_POSSIBLE, "Two adults have to be awake.").id
            self.nan = self.asked(NAN, State.OPEN, for_home=True).id
        self.page = f"/children/{people.robin.id}/letters"

    def asked(
        self, words: str, state: State, answer: str = "", *, for_home: bool = False, **facts: Any
    ) -> Request:
        """Something that Robin asked for, and where it stands."""
        return a_request(self.people, self.talk, words, state, answer, for_home=for_home, **facts)

    def write(self, writer: Someone | None = None, language: str = "en", **typed: Any) -> TestResponse:
        """A letter with everything that the page offers by itself."""
        visitor = self.visit(writer or self.people.ines)
        return visitor.submit(f"{self.page}/new?language={language}", **typed)

    def letter(self, **typed: Any) -> str:
        """The address of a letter that Ines has written."""
        written = self.write(**typed)
        assert written.status_code == 302, written.text
        return str(written.location)

    def request(self, request_id: str) -> Request:
        """A request as it stands now."""
        with self.app.app_context():
            return db.session.get_one(Request, request_id)

    def steps(self, request_id: str) -> list[tuple[str, str]]:
        """What happened to a request: the kind of each step, and its words."""
        with self.app.app_context():
            search = sa.select(RequestStep).where(RequestStep.request_id == request_id)
            rows = db.session.scalars(search.order_by(RequestStep.at, RequestStep.id))
            return [(row.kind, row.words) for row in rows]


def a_request(
    people: People, talk: Any, words: str, state: State, answer: str = "", *, for_home: bool, **facts: Any
) -> Request:
    """A request out of a talk, answered where it is not open."""
    audience = EVERYONE if for_home else COUNCIL
    answered = {"answered_at": now() - timedelta(days=4), "answered_by": people.maya.id}
    row = Request(
        **{
            "child_id": talk.child_id,
            "interview_id": talk.id,
            "home_id": talk.home_id,
            "authority_id": talk.authority_id,
            "question": "would_help",
            "asked_of": "home" if for_home else "social-worker",
            "asked_home": for_home,
            "asked_at": now() - timedelta(days=9),
            "due_on": today(),
            "state": state,
            "for_social_worker": True,
            "for_reviewing_officer": "reviewing-officer" in audience,
            "for_home": for_home,
            "words": words,
            "answer": answer,
        }
        | (answered if answer else {})
        | facts
    )
    db.session.add(row)
    db.session.flush()
    return row


@pytest.fixture
def office(app: Flask, people: People, visit: Visit) -> Office:
    """The office on a day on which there is something to tell."""
    return Office(app, people, visit)


def test_ines_writes_a_letter_and_looks_at_it(office: Office) -> None:
    address = office.letter()
    shown = office.visit(office.people.ines).get(address)
    assert KEY in shown.text and "You have a key now." in shown.text
    paper = office.visit(office.people.ines).get(f"{address}/paper").text
    assert KEY in paper and NAN in paper
    assert "Nobody has given an answer yet." in paper
    assert SHOUTS not in paper and "Two adults" not in paper
    read = office.visit(office.people.ines).get(f"{address}/read").text
    assert SHOUTS in read and "They said no." in read
