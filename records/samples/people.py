"""The made-up people who work in the samples."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from interview.access import Role
from interview.independence import TieKind
from records.database import db
from records.people import add_person, appoint
from records.tables import Authority, Home, Person, Tie


@dataclass(frozen=True)
class Demo:
    """One demo person: sign-in name, full name, and what they do."""

    sign_in_name: str
    name: str
    does: str


DEMO: tuple[Demo, ...] = (
    Demo("ines", "Ines Okafor", "interviewer"),
    Demo("omar", "Omar Haddad", "interviewer"),
    Demo("maya", "Maya Lindqvist", "manager of one home"),
    Demo("mark", "Mark Ellison", "manager of another home"),
    Demo("ivan", "Ivan Petrov", "reviewing officer"),
    Demo("iris", "Iris Beaumont", "reviewing officer of other children"),
    Demo("cora", "Cora Mensah", "coordinator"),
)

# More people who hold talks, so that an allocation has someone to choose among.
COLLEAGUES: tuple[Demo, ...] = (
    Demo("bethan", "Bethan Ellis-Rowe", "interviewer"),
    Demo("colin", "Colin Strand", "interviewer"),
    Demo("nadia", "Nadia Farouk", "interviewer"),
)

INTERVIEWERS = ("ines", "omar", "bethan", "colin", "nadia")
MANAGED = {"maya": "rowan", "mark": "larkfield"}
# The day on which every post in the samples began is so many days before the samples were made.
POSTS_BEGAN = 1500


def add_workers(
    password_hash: str, councils: Mapping[str, Authority], homes: Mapping[str, Home], today: date
) -> dict[str, Person]:
    """Everyone who works in the samples, with posts and ties, by sign-in name."""
    workers = {
        demo.sign_in_name: add_person(demo.sign_in_name, demo.name, password_hash)
        for demo in (*DEMO, *COLLEAGUES)
    }
    db.session.flush()
    began = today - timedelta(days=POSTS_BEGAN)
    for name in INTERVIEWERS:
        appoint(workers[name], Role.INTERVIEWER, began)
    for name, home in MANAGED.items():
        appoint(workers[name], Role.HOME_MANAGER, began, home_id=homes[home].id)
    for council in councils.values():
        appoint(workers["cora"], Role.COORDINATOR, began, authority_id=council.id)
    _tie(workers, councils, homes, began)
    return workers


def _tie(
    workers: Mapping[str, Person], councils: Mapping[str, Authority], homes: Mapping[str, Home], began: date
) -> None:
    """Omar once worked at Rowan House, Bethan visits Larkfield, Colin belongs to Thornbeck's team."""
    left = began + timedelta(days=600)
    db.session.add_all(
        (
            Tie(
                person_id=workers["omar"].id,
                kind=TieKind.STAFF,
                home_id=homes["rowan"].id,
                starts=began,
                ends=left,
            ),
            Tie(
                person_id=workers["bethan"].id,
                kind=TieKind.VISITOR,
                home_id=homes["larkfield"].id,
                starts=began,
            ),
            Tie(
                person_id=workers["colin"].id,
                kind=TieKind.TEAM,
                authority_id=councils["thornbeck"].id,
                starts=began,
            ),
        )
    )
