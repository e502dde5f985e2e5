"""What tablets wrote, as it comes: read, and what became of it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from interview.late import Why
from records.answers import Incoming
from views.talk import read_item

MALFORMED = (KeyError, TypeError, ValueError, AttributeError)


@dataclass(frozen=True)
class Came:
    """One thing as it came: its id, what was in the envelope, and from whose place on the tablet."""

    op_id: str
    kind: str
    content: dict[str, Any]
    slot: str = ""


@dataclass
class Outcome:
    """What became of what came. Late is accepted too; unknown is of a talk that is not here."""

    accepted: list[str] = field(default_factory=list)
    late: list[tuple[str, Why]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def read(content: dict[str, Any]) -> Incoming | None:
    """The answer in what came; None where it is none that could be read."""
    try:
        return replace(read_item(content), device_time=moment(content.get("device_time")))
    except MALFORMED:
        return None


def moment(text: Any) -> datetime | None:
    """The moment that is meant; None where it is none."""
    try:
        said = datetime.fromisoformat(text)
        # Some moments have none in UTC: the first and the last of the calendar.
        return said.astimezone(UTC) if said.tzinfo is not None else None
    except (TypeError, ValueError, OverflowError):
        return None
