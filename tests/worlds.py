"""Whole databases that are alike but for what a home must not know: for the twin test."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from interview.access import COUNCIL, EVERYONE, Audience
from interview.addenda import Addition
from interview.answers import SaidBy, Skip
from interview.concerns import ConcernKind, Entry, Telling
from interview.duties import Danger
from interview.late import How as Settled
from interview.late import Why, as_addition
from interview.letter_words import How, wording_for
from interview.letter_words import Said as ChildSaid
from interview.letters import Body, Item, came_of
from interview.requests import Owner, State, Step, Stepped
from records.addenda import add_addendum
from records.answers import Incoming, keep
from records.concerns import concerns_of, note_dangers, raise_concern, tell, write_down
from records.database import db
from records.guarded import guard
from records.interviews import finish
from records.late import Sent, keep_late, settle
from records.letters import Given, Heard, add_letter, give, keep_said, matters_of
from records.raised import raise_concerns
from records.requests import requests_of_talk, take_step
from records.tables import Concern, Disclosure, Interview, Request
from records.tablets import report_lost, tablet_of, take
from records.translations import Translator, add_translation
from tests.people import (
    Kid,
    People,
    a_child,
    a_skip,
    an_episode,
    an_interview,
    an_offer,
    answer,
    by_worker,
    covered_by,
)
from views.came import read
from views.came_late import write_down_danger
from views.late_answers import as_answer

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
SAID = "Nobody here listens to me, and it is always cold."
ACCUSED = "One of the adults at night pushed me against the door. "


# What the home must not know: a worker's words, a reason that is not for it with words that would be, words
# of an allegation for which the child ticked everything, and a carer's view of the reasons.
ADDED_IN_SECRET = (
    Addition(SaidBy.WORKER, ACCUSED, "The child rang.", ("B2",), ("B2",), EVERYONE),
    Addition(SaidBy.WORD_FOR_WORD, ACCUSED, "The child rang.", ("C1", "A1"), (), EVERYONE),
    Addition(SaidBy.WORD_FOR_WORD, ACCUSED, "The child rang.", ("A5",), ("A5",), EVERYONE),
    Addition(SaidBy.CHILD_TYPED, ACCUSED, "The child wrote.", (), (), COUNCIL),
    Addition(SaidBy.CARER, ACCUSED, "The carer rang.", ("D1",), ("D1",), EVERYONE),
)
ADDED_QUIETLY = tuple(said for said in ADDED_IN_SECRET if "A5" not in said.codes)
ADDED = "I also want my own key."


@dataclass(frozen=True)
class World:
    """Whether all that the home must not know is in it, and whether the child let the home read it."""

    withheld: bool
    shared: bool = False
    # In how many of the talks the home has answered what it was asked.
    answered: int = 4


PLAIN, TWIN = World(withheld=False), World(withheld=True)
TOLD = World(withheld=True, shared=True)


class Seeded:
    """Ids that are the same in every world, step by step, whatever more one of them did before."""

    def __init__(self) -> None:
        self.name, self.number = "", 0

    def step(self, name: str) -> None:
        """Begin a step."""
        self.name, self.number = name, 0

    def token_urlsafe(self, _length: int) -> str:
        """The next id of this step."""
        self.number += 1
        return sha256(f"{self.name} {self.number}".encode()).hexdigest()[:22]


# In these talks there is an allegation, in the world that has any: what was said in words around it stays
# from the home with it, and to the home it is as if the child had kept it back.
ACCUSING = frozenset({0, 1})
OF_ANOTHER_TABLET = {"chosen": ["B1", "A1", "C1", "A4"], "biggest": "C1", "home": ["A1", "B1", "C1"]}


def said_everywhere(number: int, world: World) -> list[Incoming]:
    """What is said in both worlds, and partly for the home."""
    kept_anyway = number in ACCUSING and not world.withheld
    words: dict[str, Any] = {"audience": COUNCIL if kept_anyway else EVERYONE}
    return [
        answer("ready", "yes", op_id=f"{number}-ready"),
        answer("being_back", "2", op_id=f"{number}-back"),
        answer("why", f"{SAID} That is the {number}th time.", op_id=f"{number}-why", **words),
        answer("where_went", "To the sea", op_id=f"{number}-where", audience=COUNCIL),
        answer("would_help", "A lock on my own door", op_id=f"{number}-help", **words),
        answer("rules_tried", "My phone at night", op_id=f"{number}-rules", **words),
        answer("bullied_here", "sometimes", op_id=f"{number}-bullied"),
        by_worker("place", "A café", op_id=f"{number}-place"),
    ]


def reasons(number: int, world: World) -> Incoming:
    for_home: dict[str, Any] = {"chosen": ["A1", "B1"], "biggest": None, "home": ["A1", "B1"]}
    if not world.withheld or number not in ACCUSING:
        return answer("reasons", for_home, op_id=f"{number}-reasons")
    more = {
        "chosen": ["A5", "A1", "A4", "B1"],
        "biggest": "A5",
        # The child may tick what they like: neither goes to the home with an allegation.
        "home": ["A1", "B1", "A5"] if number % 2 else ["A1", "B1", "A4"],
        "told": {"A5": {"question": "adult_hurt_words", "words": ACCUSED.strip()}},
    }
    return answer("reasons", for_home | more, op_id=f"{number}-reasons")


def withheld(number: int, world: World) -> list[list[Incoming]]:
    """What only one world knows, in many versions; the child kept it from the home, in the end."""
    for_whom = EVERYONE if world.shared else COUNCIL
    first_open: list[Incoming] = [
        _version(number, 0, "safe_here_words", "I did not say", EVERYONE),
        _version(number, 0, "adult_hurt", "no", EVERYONE),
        answer("going_to", "To my sister", op_id=f"{number}-g0", audience=EVERYONE),
    ]
    accusing = number in ACCUSING
    versions = [
        [
            _version(number, n, "safe_here_words", ACCUSED * n, EVERYONE if accusing else for_whom),
            _version(number, n, "adult_hurt", "yes" if accusing else "no", EVERYONE),
            _version(number, n, "adult_hurt_words", ACCUSED * n, EVERYONE),
        ]
        for n in range(1, 9)
    ]
    last = [
        a_skip("going_to", Skip.LEFT_OUT, op_id=f"{number}-g1", base_op=f"{number}-g0", audience=COUNCIL),
        answer("trigger", "صرخ في وجهي", op_id=f"{number}-t", audience=COUNCIL, language="ar",
               said_by=SaidBy.INTERPRETER),
        answer("keep_back", "All of that", op_id=f"{number}-k", audience=frozenset()),
        answer("want_to_see", f"{ACCUSED} I want my sister.", op_id=f"{number}-see", audience=COUNCIL),
        answer("support_wanted", ACCUSED, op_id=f"{number}-sup", audience=COUNCIL),
        # From another tablet: of these nobody has settled which counts, and one of each is not for the home.
        answer("trigger", ACCUSED, op_id=f"{number}-t-b", audience=EVERYONE),
        answer("going_to", ACCUSED, op_id=f"{number}-g-b", base_op=f"{number}-g0", audience=EVERYONE),
        answer("reasons", OF_ANOTHER_TABLET, op_id=f"{number}-reasons-b"),
        by_worker("staff_concern", "yes" if accusing else "no", op_id=f"{number}-s"),
        by_worker("staff_concern_words", ACCUSED * 20, op_id=f"{number}-sw"),
        by_worker("harm_words", ACCUSED, op_id=f"{number}-hw"),
        by_worker("worker_view", "I believe it.", op_id=f"{number}-v"),
    ]  # fmt: skip
    return [first_open, *versions, last]


def _version(number: int, n: int, question: str, value: str, audience: frozenset[Audience]) -> Incoming:
    base = f"{number}-{question}-{n - 1}" if n else None
    return answer(question, value, op_id=f"{number}-{question}-{n}", base_op=base, audience=audience)


def hold(people: People, kid: Kid, number: int, world: World, chance: Seeded) -> Interview:
    """One talk: offered, held and finished at the same moments in every world."""
    chance.step(f"episode {number}")
    back = NOW - timedelta(days=9 * (4 - number), hours=5)
    episode = an_episode(people, kid, returned_at=back, found_where=ACCUSED if world.withheld else "")
    an_offer(people, episode, why=ACCUSED if world.withheld else "Asked at breakfast")
    chance.step(f"talk {number}")
    talk = an_interview(people, episode)
    held = back + timedelta(hours=20)
    keep(talk, [*said_everywhere(number, world), reasons(number, world)], people.ines.id, held)
    if world.withheld:
        for version in withheld(number, world):
            keep(talk, version, people.ines.id, held + timedelta(minutes=7))
    if world.withheld and number == 0:
        raise_concerns(talk, ["adult_hurt"], people.ines.id, held + timedelta(minutes=7))
    chance.step(f"finished {number}")
    finish(talk, held + timedelta(minutes=50))
    chance.step(f"added {number}")
    said = Addition(
        SaidBy.WORD_FOR_WORD,
        f"{ADDED} ({number})",
        "The child rang.",
        ("E1",),
        ("E1",),
        EVERYONE if world.withheld or number not in ACCUSING else COUNCIL,
    )
    add_addendum(talk, people.ines.id, held + timedelta(days=1), said)
    return talk


def write_down_at_once(concern: Concern, people: People) -> None:
    """Someone is not safe: what the worker wrote about the home's staff, and whom she told by name."""
    concern.recorded_at, concern.not_safe = NOW, "another-child"
    note_dangers(concern, [Danger.NOW, Danger.SEXUAL_ABUSE], NOW)
    write_down(concern, Entry(NOW, people.ines.name, ACCUSED * 3, "Nobody at Larch House was told."))
    officer = Telling("designated-officer", NOW, people.ines.name, ACCUSED, "Ms Vane", "020 7946 0103")
    tell(concern, [officer], people.ines.id)


def accuse(talk: Interview, number: int, people: People) -> str:
    """What follows from an allegation: the concern, an addendum, a translation, a disclosure."""
    # In one talk it was raised while it was held, in the other one somebody marks it afterwards.
    known = [] if number else list(concerns_of(talk))
    concern = known[0] if known else raise_concern(talk, ConcernKind.ALLEGATION, ACCUSED, people.ines.id, NOW)
    write_down_at_once(concern, people)
    guard(talk, NOW)
    for said in ADDED_IN_SECRET:
        add_addendum(talk, people.ines.id, NOW, said)
    add_translation(talk, answer(op_id=f"{number}-t"), "He shouted at me", Translator("A. Translator"), NOW)  # type: ignore[arg-type]
    db.session.add(
        Disclosure(child_id=talk.child_id, at=NOW, shared_by=people.cora.id, basis="s47", child_told=True,
                   what=ACCUSED, with_whom="The designated officer", why="An allegation")
    )  # fmt: skip
    return concern.id


def come_late(people: People, talk: Interview, number: int) -> None:
    """What came from a tablet after the end, all of it for everyone as far as the child is asked.

    One of it is added to the talk, one waits to be settled; the tablet was reported lost.
    """
    slot = f"tablet-of-talk-number-{number}"
    tablet = tablet_of(slot, slot, people.ines.id, "iPad", NOW)
    assert tablet is not None
    take(tablet, talk, NOW)
    for question in ("adult_hurt_words", "worker_view", "where_went"):
        for n in range(2):
            content = {
                "kind": "answer", "op_id": f"{number}-{question}-late-{n}", "interview": talk.id,
                "question": question, "set": talk.question_set, "value": ACCUSED,
                "said_by": "worker" if question == "worker_view" else "child-typed",
                "audience": list(EVERYONE),
            }  # fmt: skip
            late = keep_late(talk, content, Sent(people.ines.id, Why.FINISHED, NOW, slot), NOW)
            said = read(content)
            if said is not None and not n:
                add_addendum(talk, people.ines.id, NOW, as_addition(as_answer(said), "It came late."))
                settle(late, Settled.ADDENDUM, people.ines.id, NOW)
    if number in ACCUSING:
        write_down_danger(talk, answer("adult_hurt", "yes", op_id=f"{number}-hurt-late"), people.ines.id)
    report_lost(tablet, people.cora.id, NOW)


def come_late_to_all(people: People, talks: list[Interview]) -> None:
    """The same to each talk."""
    for number, talk in enumerate(talks):
        come_late(people, talk, number)


def answer_for_home(people: People, talk: Interview, number: int, chance: Seeded) -> None:
    """What the home says to what it was asked in a talk: each time something else."""
    chance.step(f"the home answers {number}")
    asked = sa.select(Request).where(Request.interview_id == talk.id, Request.asked_home, Request.for_home)
    mine = db.session.scalars(asked)
    for place, request in enumerate(sorted(mine, key=lambda one: one.question)):
        kind = (Step.DONE, Step.WILL_DO, Step.NOT_POSSIBLE, Step.PASSED_ON)[(2 * number + place) % 4]
        step = Stepped(
            kind,
            NOW,
            people.maya.name,
            Owner.HOME,
            NOW.date(),
            Owner.SOCIAL_WORKER if kind is Step.PASSED_ON else None,
            words=f"Said the home ({number}).",
        )
        take_step(request, step, people.maya.id, NOW)


def answer_in_secret(people: People, talk: Interview) -> None:
    """What others do with requests that the home never had or has answered, and what the child says."""
    for request in db.session.scalars(sa.select(Request).where(Request.interview_id == talk.id)).all():
        kinds = [Step.TOLD, Step.NOT_TRUE, Step.NOT_POSSIBLE, Step.DAY_SET, Step.HELPED]
        if request.asked_of == Owner.HOME and request.state in {State.OPEN, State.WILL_DO}:
            kinds = [Step.TOLD, Step.HELPED]
        for kind in kinds:
            told = {"on_day": NOW.date() + timedelta(days=40), "for_whom": "Ms Vane", "words": ACCUSED}
            step = Stepped(kind, NOW, people.cora.name, Owner(request.asked_of), **told)  # type: ignore[arg-type]
            take_step(request, step, people.cora.id, NOW)


def tell_the_child(people: People, talk: Interview) -> str:
    """The id of a letter about all that the child asked for in a talk, and what the child says to it."""
    reader = people.ines.reader
    mine = [one.key for one in requests_of_talk(reader, talk.id)]
    found = [one for one in matters_of(reader, talk.child_id).all if one.key in mine]
    items = tuple(
        Item(one.key, one.words, came_of(one, NOW.date()), one.answer, answered_at=one.answered_at)
        for one in found
    )
    body = Body(wording_for(None).version, items)
    letter = add_letter(talk.child_id, "en", body, people.ines.id, NOW)
    give(letter, items, Given(NOW, How.PAPER, people.ines.name), reader, NOW)
    heard = [Heard(one.key, ChildSaid.NOT_TRUE, ACCUSED) for one in found if one.for_home]
    keep_said(letter, heard, reader, NOW)
    return letter.id


def a_secret_request(talk: Interview) -> str:
    """The id of a request that the home must not know of."""
    search = sa.select(Request.id).where(Request.interview_id == talk.id, Request.question == "want_to_see")
    return db.session.scalars(search).one()


def furnish(people: People, world: World, chance: Seeded) -> dict[str, str]:
    """Everything that happened. Gives the ids that somebody could try."""
    chance.step("children")
    jo, sam = (a_child(name, people.larch, people.fenmoor) for name in ("Jo Penhallow", "Sam Okoro"))
    talks = [
        hold(people, kid, number, world, chance)
        for number, kid in enumerate((people.robin, jo, people.robin, sam))
    ]
    chance.step("one who is still away, and a talk that is not finished")
    an_episode(people, jo, returned_at=None, missing_at=NOW - timedelta(hours=7))
    open_talk = an_interview(people, an_episode(people, sam))
    keep(open_talk, [answer(op_id="open-why")], people.ines.id, NOW)
    concern = request = letter = "there-is-none"
    for number, talk in enumerate(talks):
        # Some answers come at once, some never.
        if world.answered > number:
            answer_for_home(people, talk, number, chance)
    if world.withheld:
        chance.step("in secret")
        for talk in talks:
            answer_in_secret(people, talk)
        request = a_secret_request(talks[0])
        letter = tell_the_child(people, talks[0])
        keep(open_talk, [answer("adult_hurt", "yes", op_id="open-hurt")], people.ines.id, NOW)
        concern, *_others = [accuse(talks[number], number, people) for number in sorted(ACCUSING)]
        come_late_to_all(people, talks)
        for talk in (talk for number, talk in enumerate(talks) if number not in ACCUSING):
            for said in ADDED_QUIETLY:
                add_addendum(talk, people.ines.id, NOW, said)
    db.session.flush()
    return {
        "child_id": people.robin.id,
        "home_id": people.larch.id,
        "episode_id": covered_by(talks[0]),
        "interview_id": talks[0].id,
        "concern_id": concern,
        "request_id": request,
        "letter_id": letter,
    }
