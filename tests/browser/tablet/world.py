"""Whom the proofs are about: three talks to hold in one day, and one in which every word is a marker."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from flask import Flask

from interview.questions import QUESTIONS, TALK, Kind, Question
from records.database import db
from records.tables import Child, Home
from tests.browser.conftest import Kept
from tests.browser.tablet.traces import marker
from tests.people import (
    People,
    a_child,
    a_finished_talk,
    an_episode,
    an_interview,
    an_offer,
    answer,
    keeping,
)
from views.moments import now

CHILDREN = ("Robin Achebe", "Jo Petrescu", "Amal Warsame")


@dataclass(frozen=True)
class Day:
    """Three talks that Ines is to hold, and with whom."""

    talks: tuple[Kept, ...]
    names: tuple[str, ...] = CHILDREN


def a_day(app: Flask, people: People) -> Day:
    """Three children have come back."""
    with keeping(app):
        kids = [people.robin, *(a_child(name, people.larch, people.fenmoor) for name in CHILDREN[1:])]
        ids = [an_interview(people, kid=kid).id for kid in kids]
    return Day(tuple(Kept(app, one) for one in ids))


def a_talk_of_omar(app: Flask, people: People) -> None:
    """Omar, too, is to hold a talk: with Sasha."""
    with keeping(app):
        an_interview(people, kid=people.sasha, interviewer=people.omar)


@dataclass
class Marks:
    """Gives marker words, each once, and knows which it gave."""

    given: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def more(self, how_many: int = 1) -> str:
        """The next ones, as a sentence."""
        words = [marker(next(self.numbers)) for _ in range(how_many)]
        self.given += words
        return " ".join(words)


def words_asked(*, of_the_child: bool) -> list[Question]:
    """The questions that are answered in words."""
    found = [q for q in QUESTIONS.values() if q.kind in {Kind.WORDS, Kind.LINE}]
    return [q for q in found if (q.section in TALK) == of_the_child]


def a_marked_talk(app: Flask, people: People, marks: Marks) -> Kept:
    """A talk with a child whose whole record is made of markers: name, home, brief, what was said before."""
    with keeping(app):
        kid = a_child(f"Robin {marks.more()}", people.larch, people.fenmoor)
        child = db.session.get_one(Child, kid.id)
        for name in ("tells_best", "careful_of", "needs", "ethnicity"):
            setattr(child, name, marks.more(2))
        db.session.get_one(Home, people.larch.id).name = f"Larch {marks.more()}"
    with keeping(app):
        said = [answer(q.key, marks.more(2)) for q in words_asked(of_the_child=True)]
        a_finished_talk(people, {}, said, kid=kid, held_at=now() - timedelta(days=9))
        episode = an_episode(people, kid, missing_from=marks.more(), found_where=marks.more())
        an_offer(people, episode, by_whom=marks.more(), carer_says=marks.more())
        return Kept(app, an_interview(people, episode).id)
