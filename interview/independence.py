"""Who may hold a talk: someone independent of the child's home and team, or someone the child asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from interview.words import N_


class TieKind(StrEnum):
    """What an interviewer can be to a home or a council."""

    STAFF = "staff"
    VISITOR = "regulation-44-visitor"
    TEAM = "team"
    CARER = "carer"


# Statutory guidance: independent of the placement and of the responsible authority. The visitor under
# regulation 44 is good practice (law-and-guidance 1.4).
WHY_NOT: dict[TieKind, str] = {
    TieKind.STAFF: N_("Works or worked for this home"),
    TieKind.VISITOR: N_("Is this home's independent visitor under regulation 44"),
    TieKind.TEAM: N_("Belongs to the council that is responsible for this child"),
    TieKind.CARER: N_("Is involved in this child's care"),
}


@dataclass(frozen=True)
class Tie:
    """One link of a person to a home, a council or a child, with the days between which it holds."""

    kind: TieKind
    home: str | None = None
    authority: str | None = None
    child: str | None = None
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class Setting:
    """What an interviewer has to be independent of, for one return, on one day."""

    homes: frozenset[str]
    authority: str
    child: str
    on: date


def why_not(ties: Iterable[Tie], setting: Setting) -> tuple[str, ...]:
    """The sentences that speak against this interviewer for this return; empty when independent."""
    return tuple(WHY_NOT[tie.kind] for tie in ties if _touches(tie, setting))


def _touches(tie: Tie, setting: Setting) -> bool:
    in_time = (tie.starts is None or tie.starts <= setting.on) and (
        tie.ends is None or setting.on <= tie.ends
    )
    # Former staff of the home stay tied to it: the child may be speaking of their colleagues.
    lasting = tie.kind is TieKind.STAFF
    return (in_time or lasting) and (
        tie.home in setting.homes
        or (tie.authority is not None and tie.authority == setting.authority)
        or (tie.child is not None and tie.child == setting.child)
    )


def faults_of_allocation(
    reasons_against: tuple[str, ...], child_asked: bool, childs_reason: str
) -> dict[str, str]:
    """What is wrong with an allocation. The only exception is a person for whom the child asked."""
    if not reasons_against:
        return {}
    if not child_asked:
        return {
            "interviewer": N_(
                "This person is not independent. Choose someone else, or say that the child asked for them."
            )
        }
    if not childs_reason.strip():
        return {"childs_reason": N_("Write why the child asked for this person, in the child's words.")}
    return {}
