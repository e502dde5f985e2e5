"""What came of what the children of the retold cases asked for. Where nothing stands here, nobody answered.

The cases of which the published accounts say that nobody acted stay so: C01, C02, C05, C06 and C16.
"""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from interview.requests import Owner, Step, Stepped
from records.base import fetch_keys
from records.database import db
from records.requests import take_step
from records.samples.people import MANAGED
from records.samples.retold import Case
from records.samples.scene import Scene, TellingError
from records.tables import Child, Interview, Request


@dataclass(frozen=True)
class Came:
    """One step: of which question of which talk, so many days after it was asked; `day` counts from then.

    Without `by`, whoever manages the home says it, or the coordinator for whom it is asked of.
    """

    talk: int
    question: str
    after: int
    kind: Step
    words: str
    day: int | None = None
    to: Owner | None = None
    by: str = ""
    for_whom: str = ""


DONE, WILL_DO, NOT_POSSIBLE = Step.DONE, Step.WILL_DO, Step.NOT_POSSIBLE
PASSED_ON, PUT_RIGHT = Step.PASSED_ON, Step.PUT_RIGHT

CAME: dict[str, tuple[Came, ...]] = {
    "C03": (
        Came(0, "need_now", 0, DONE, "We rang your mum that evening.", day=0, for_whom="the duty team"),
        Came(
            0,
            "want_to_see",
            9,
            DONE,
            "Whoever is there sits outside the room now, and shows you what they write.",
            day=9,
            for_whom="Ms Adair, social worker",
        ),
        Came(
            0,
            "would_help",
            4,
            PASSED_ON,
            "A night away from here is not ours to allow.",
            to=Owner.SOCIAL_WORKER,
        ),
        Came(
            0,
            "would_help",
            30,
            NOT_POSSIBLE,
            "The court has said no nights at home yet. Your social worker asks again in January, and "
            "you can say what you want to the judge.",
            for_whom="Ms Adair, social worker",
        ),
        Came(
            1,
            "want_to_see",
            12,
            WILL_DO,
            "Somebody whom you know drives you.",
            day=40,
            for_whom="Ms Adair, social worker",
        ),
        Came(
            1,
            "would_help",
            6,
            DONE,
            "Somebody from the home drives you to your mum every second Saturday.",
            day=22,
        ),
    ),
    "C05": (
        Came(
            0,
            "would_help",
            10,
            WILL_DO,
            "Time with your mum in town will be asked for.",
            day=24,
            for_whom="Mr Kerr, social worker",
        ),
    ),
    "C07": (
        Came(0, "rules_tried", 5, WILL_DO, "We ask for a standing yes to overnights.", day=20),
        Came(
            0,
            "rules_tried",
            26,
            PASSED_ON,
            "We asked twice. The home cannot agree to overnights by itself.",
            to=Owner.SOCIAL_WORKER,
        ),
        Came(
            0,
            "rules_tried",
            33,
            DONE,
            "You may stay with two friends on Fridays and Saturdays. You tell the home by eight.",
            day=32,
            for_whom="Ms Hadley, social worker",
        ),
        Came(
            0,
            "would_help",
            8,
            NOT_POSSIBLE,
            "Not one person for everything: someone is always off. Each shift has one who can say yes.",
        ),
        Came(
            0,
            "would_help",
            40,
            DONE,
            "One adult can say yes by herself until ten. She wrote it in the book, and you have read it.",
            day=39,
        ),
        Came(
            1,
            "support_wanted",
            11,
            WILL_DO,
            "A visit to your brother.",
            day=45,
            for_whom="Ms Hadley, social worker",
        ),
    ),
    "C08": (
        Came(
            0,
            "need_now",
            3,
            DONE,
            "You have a box with a lock, and the only key.",
            day=2,
            for_whom="Mrs Garnett, foster carer",
        ),
        Came(
            0,
            "want_to_see",
            10,
            DONE,
            "Your gran comes to you, on the first Sunday of each month.",
            day=33,
            for_whom="Ms Obi, social worker",
        ),
    ),
    "C09": (
        Came(
            0,
            "would_help",
            2,
            PUT_RIGHT,
            "Where Chantelle lives is for her review.",
            to=Owner.REVIEWING_OFFICER,
            by="cora",
        ),
        Came(
            0,
            "would_help",
            16,
            NOT_POSSIBLE,
            "Nobody could promise a year. The review asked that you are told of a move a month before.",
            by="ivan",
        ),
        Came(
            0,
            "want_to_see",
            8,
            DONE,
            "The lady next door has done your hair again.",
            day=20,
            for_whom="Ms Obi, social worker",
        ),
    ),
    "C11a": (
        Came(
            0,
            "need_now",
            1,
            DONE,
            "All four of you were told that you stay together.",
            day=1,
            for_whom="the duty team",
        ),
        Came(
            0,
            "support_wanted",
            9,
            DONE,
            "Your dog lives with a family that has a garden. There is a photograph.",
            day=8,
            for_whom="Mr Kerr, social worker",
        ),
    ),
    "C11d": (
        Came(
            0,
            "would_help",
            1,
            PUT_RIGHT,
            "The unit cannot have dogs; her social worker knows where he is.",
            to=Owner.SOCIAL_WORKER,
            by="cora",
        ),
        Came(
            0,
            "would_help",
            9,
            NOT_POSSIBLE,
            "Your dog cannot live with you now. You get a photograph every month, and can visit at "
            "Christmas.",
            for_whom="Mr Kerr, social worker",
        ),
    ),
    "C13": (
        Came(0, "need_now", 0, DONE, "You slept until noon. Nobody woke you.", day=0),
        Came(0, "would_help", 7, WILL_DO, "Somebody whom you choose goes with you.", day=35),
        Came(
            0,
            "would_help",
            36,
            DONE,
            "You went together, and stayed as long as you wanted.",
            day=34,
        ),
        Came(
            0,
            "support_wanted",
            12,
            WILL_DO,
            "The imam who works with young people will come.",
            day=30,
            for_whom="Ms Hadley, social worker",
        ),
        Came(
            1,
            "would_help",
            1,
            PUT_RIGHT,
            "A place at a school is for the virtual school to find.",
            to=Owner.SCHOOL,
            by="cora",
        ),
        Came(
            1,
            "would_help",
            9,
            WILL_DO,
            "English lessons at the college from January.",
            day=128,
            for_whom="Mr Lowe, virtual school",
        ),
    ),
    "C14": (
        Came(
            0,
            "need_now",
            0,
            DONE,
            "You rang your mother the same evening, with an interpreter there for the house.",
            day=0,
        ),
        Came(
            0,
            "would_help",
            9,
            DONE,
            "You live with carers who speak your language now.",
            day=9,
            for_whom="Ms Tran-Reid, social worker",
        ),
    ),
    "C17": (
        Came(
            0,
            "want_to_see",
            10,
            NOT_POSSIBLE,
            "Not yet: your aunt is being asked about her home first. You will be told in December.",
            for_whom="Ms Obi, social worker",
        ),
        Came(0, "would_help", 2, PUT_RIGHT, "The meetings are the school's.", to=Owner.SCHOOL, by="cora"),
        Came(
            0,
            "would_help",
            12,
            DONE,
            "No meeting is held in school time any more, and you are asked before each one.",
            day=12,
            for_whom="Mrs Quist, designated teacher",
        ),
    ),
    "C18": (
        Came(
            0,
            "would_help",
            3,
            DONE,
            "Whoever is on shift rings you before anyone else. It is on the wall in the office.",
            day=2,
        ),
        Came(
            0,
            "rules_tried",
            6,
            NOT_POSSIBLE,
            "Not on school nights: the last bus is at eight. On Fridays and Saturdays it is nine.",
        ),
        Came(
            1,
            "would_help",
            100,
            PASSED_ON,
            "Whether Tia stays is nothing that we can promise alone.",
            to=Owner.REVIEWING_OFFICER,
        ),
    ),
}


def answer_requests(case: Case, child: Child, scene: Scene) -> None:
    """Take the steps of one case, in their order."""
    fetch_keys([child.id])
    for came in CAME.get(case.key, ()):
        request = _request(came, child)
        at = request.asked_at + timedelta(days=came.after, hours=1)
        owner = Owner(request.asked_of)
        by = scene.workers[came.by or _answering(request, owner, scene)]
        day = None if came.day is None else (request.asked_at + timedelta(days=came.day)).date()
        step = Stepped(came.kind, at, by.name, owner, day, came.to, came.for_whom, came.words)
        take_step(request, step, by.id, at)


def _request(came: Came, child: Child) -> Request:
    talks = sa.select(Interview.id).where(Interview.child_id == child.id, Interview.finished_at.is_not(None))
    held = db.session.scalars(talks.order_by(Interview.held_at, Interview.id)).all()
    found = db.session.scalar(
        sa.select(Request).where(Request.interview_id == held[came.talk], Request.question == came.question)
    )
    if found is None:
        raise TellingError(f"Nothing was asked for: {came}")
    return found


def _answering(request: Request, owner: Owner, scene: Scene) -> str:
    if owner is not Owner.HOME:
        return "cora"
    managers = {scene.homes[home].id: name for name, home in MANAGED.items()}
    if request.home_id not in managers:
        raise TellingError("Nobody answers for this home in the samples.")
    return managers[request.home_id]
