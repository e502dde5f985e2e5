"""Fields as the office's forms use them: each with its own sentence for what is wrong."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from interview.answers import LONGEST
from interview.words import N_

LONGEST_LINE = 300
MOST_MILES = 999
NOT_ONE_OF_THESE = _l("Choose one of these.")
TOO_LONG = _l("Make this shorter than %(max)d characters.")
NOT_A_DAY = _l("Enter a day, for example 3 May 2012.")
NOT_MILES = _l("Enter whole miles from 0 to 999.")
NOT_KNOWN = N_("Not known yet")


class InWords(Protocol):
    """Anything with words for people."""

    @property
    def words(self) -> str: ...


def options(table: Mapping[str, InWords], none: str = "") -> Callable[[], list[tuple[str, str]]]:
    """The choices of a table, in the reader's words; `none` stands first for none of them."""

    def make() -> list[tuple[str, str]]:
        first = [("", gettext(none))] if none else []
        return first + [(key, gettext(choice.words)) for key, choice in table.items()]

    return make


def is_offered(field: SelectField) -> bool:
    """Whether what was chosen is one of the choices, and not the empty one."""
    return bool(field.data) and any(choice[0] == field.data for choice in field.iter_choices())


def line(label: Any, *checks: Any, **how: Any) -> StringField:
    """One line of text."""
    longest = Length(max=LONGEST_LINE, message=TOO_LONG)
    return StringField(label, [*checks, longest], filters=[_tidy], render_kw={"dir": "auto"}, **how)


def words(label: Any, *checks: Any, **how: Any) -> TextAreaField:
    """Words, as many as anyone needs."""
    longest = Length(max=LONGEST, message=TOO_LONG)
    return TextAreaField(label, [*checks, longest], filters=[_tidy], render_kw={"dir": "auto"}, **how)


def _tidy(typed: Any) -> Any:
    return typed.replace("\r\n", "\n").strip() if isinstance(typed, str) else typed


def one_of(label: Any, table: Any, needed: Any = None, **how: Any) -> RadioField:
    """One of a few choices; `needed` is what to say when nothing is chosen."""
    how = {"choices": options(table), "invalid_choice_message": NOT_ONE_OF_THESE} | how
    return RadioField(label, [InputRequired(message=needed) if needed else Optional()], **how)


def some_of(label: Any, *checks: Any, **how: Any) -> SelectMultipleField:
    """Any of a few choices."""
    return SelectMultipleField(label, [*checks], **{"invalid_choice_message": NOT_ONE_OF_THESE} | how)


def listed(label: Any, table: Any, **how: Any) -> SelectField:
    """One of several choices to pull down, or none of them."""
    return pulled_down(label, Optional(), choices=options(table, NOT_KNOWN), **how)


def pulled_down(label: Any, *checks: Any, **how: Any) -> SelectField:
    """One of several choices to pull down; the view says which."""
    return SelectField(label, [*checks], **{"invalid_choice_message": NOT_ONE_OF_THESE} | how)


def day(label: Any, **how: Any) -> DateField:
    """A day that may be unknown, unless other checks are given."""
    how = {"validators": [Optional()], "invalid_value_message": NOT_A_DAY} | how
    return DateField(label, **how)


def wanted_for_the_talk() -> TextAreaField:
    """What the child wants for the talk."""
    return words(
        _l("What does the child want for the talk?"),
        description=_l("Another person, a certain place or time, someone to be there with them."),
    )


def day_to_ask_again() -> DateField:
    """The day of the next offer."""
    return day(
        _l("When to ask again"),
        description=_l("A no is not for ever: another day, another way, another person."),
    )


def whole_miles(label: Any, **how: Any) -> IntegerField:
    """Whole miles that may be unknown."""
    in_range = NumberRange(0, MOST_MILES, message=NOT_MILES)
    return IntegerField(label, [Optional(), in_range], **{"invalid_value_message": NOT_MILES} | how)
