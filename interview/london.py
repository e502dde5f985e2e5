"""Local time in the United Kingdom: moments are kept in UTC, and people read and write Europe/London."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def from_london(local: datetime) -> datetime:
    """What a person wrote as local time, as a moment in UTC."""
    return local.replace(tzinfo=LONDON).astimezone(UTC)


def to_london(moment: datetime) -> datetime:
    """A moment as local time."""
    return moment.astimezone(LONDON)
