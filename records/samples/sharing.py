"""What was shared of some of the sample children: with whom, why, and one who was not told, and why not."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from interview.sharing import Share
from records.database import db
from records.disclosures import share
from records.samples.scene import Scene
from records.tables import Child

READ = ("logistics", "reasons", "words", "views")


@dataclass(frozen=True)
class Once:
    """One sharing: of which child, so many days ago, by whom."""

    child: str
    days_ago: int
    by: str
    share: Share


SHARED = (
    Once(
        "Kayleigh Morrow",
        150,
        "cora",
        Share(
            "pdf",
            "police",
            "police",
            "DS Priya Rees, exploitation team",
            "Two names and an address that two interviewers were told; she may be collected again.",
            "safeguarding",
            child_told=False,
            not_told_why="She was with the adults it is about. Her social worker tells her on Monday.",
            parts=("whereabouts", "full-record", "reasons"),
        ),
    ),
    Once(
        "Kayleigh Morrow",
        146,
        "ivan",
        Share(
            "docx",
            "summary",
            "advocate",
            "Leah Marsh, advocate",
            "Kayleigh asked that Leah has it before the meeting.",
            "agreement",
            parts=READ,
        ),
    ),
    Once(
        "Yusuf Darwish",
        70,
        "cora",
        Share(
            "pdf",
            "summary",
            "guardian",
            "Ruth Adeyinka, solicitor",
            "For his claim: where he has lived, and what he asks for.",
            "agreement",
            parts=READ,
        ),
    ),
    Once(
        "Freya Colborne",
        60,
        "ivan",
        Share(
            "print",
            "summary",
            "health",
            "Dr Elin Hart, CAMHS",
            "To plan her care; what she says of the nights.",
            parts=READ,
        ),
    ),
)


def share_some(scene: Scene) -> None:
    """Write down what was shared."""
    children = {child.name: child for child in db.session.scalars(sa.select(Child))}
    for once in SHARED:
        at = scene.now - timedelta(days=once.days_ago)
        share(children[once.child].id, once.share, scene.workers[once.by].id, at)
