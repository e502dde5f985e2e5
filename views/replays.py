"""What was done on a tablet without a network and is no answer: done here as it would have been online."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from interview.late import Why
from records.tables import Interview
from views import replay_forms
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


def _urgent(interview: Interview, form: Form) -> Why | None:
    return replay_forms.urgent(interview, form.op_id, form.fields, form.author, form.device_time)


def _finish(interview: Interview, form: Form) -> Why | None:
    return replay_forms.finish(interview, form.fields)


def _put_off(interview: Interview, form: Form) -> Why | None:
    return replay_forms.put_off(interview, form.fields, form.author, form.device_time)


def _found(interview: Interview, form: Form) -> Why | None:
    return replay_forms.found(interview, form.fields, form.device_time)


# By kind. Each gives None when it is done, else why it cannot be; none of them commits.
REPLAYS: dict[str, Callable[[Interview, Form], Why | None]] = {
    "language": choose,
    "urgent": _urgent,
    "finish": _finish,
    "put-off": _put_off,
    "found": _found,
}
# These wait for what came before them, and are done last.
LAST = ("finish",)
# And these are done in a finished talk as well: a danger is one at any time, and what is only counted is
# never kept for a person to read.
ALSO_AFTERWARDS = frozenset({"urgent", "found"})
