"""What was done on a tablet without a network and is no answer: done here as it would have been online."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from interview.late import Why
from records.tables import Interview
from views.child_language import choose_language


@dataclass(frozen=True)
class Form:
    """A form as it was filled in on a tablet."""

    op_id: str
    fields: tuple[tuple[str, str], ...]
    author: str
    device_time: datetime | None = None

    def first(self, name: str) -> str:
        """The first value of this name; empty where there is none."""
        return next((value for key, value in self.fields if key == name), "")


def choose(interview: Interview, form: Form) -> Why | None:
    """The child chose another language."""
    choose_language(interview, form.first("language"))
    return None


# By kind. Each gives None when it is done, else why it cannot be; none of them commits.
REPLAYS: dict[str, Callable[[Interview, Form], Why | None]] = {"language": choose}
# These wait for what came before them, and are done last.
LAST = ("finish",)
# And these are done in a finished talk as well: a danger is one at any time.
ALSO_AFTERWARDS = frozenset({"urgent"})
