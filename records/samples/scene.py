"""What the cases are told into: the moment, the places and the people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from records.tables import Authority, Home, Person


class TellingError(Exception):
    """A retold case that the house would refuse, with the sentence that says why."""


@dataclass(frozen=True)
class Scene:
    """What the cases are told into."""

    now: datetime
    councils: Mapping[str, Authority]
    homes: Mapping[str, Home]
    workers: Mapping[str, Person]

    @property
    def cora(self) -> str:
        """The id of the coordinator, who records what the council does."""
        return self.workers["cora"].id


def later(moment: datetime, hours: float) -> datetime:
    """So many hours later, or earlier."""
    return moment + timedelta(hours=hours)
