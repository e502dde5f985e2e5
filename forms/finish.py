"""The last look before a talk is finished: what is kept from the home after all."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField

from interview.for_home import ForHome


def finish_form(for_home: Iterable[ForHome]) -> type[FlaskForm]:
    """The form over what would go to the home."""
    keys = {one.key: one.key for one in for_home}
    field = SelectMultipleField(choices=keys, validate_choice=False)
    return type("FinishForm", (FlaskForm,), {"keep_back": field})
