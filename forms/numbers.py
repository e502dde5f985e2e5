"""What a coordinator types to keep the numbers of a council."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SubmitField
from wtforms.validators import Optional, ValidationError

from forms.fields import line, one_of
from interview.numbers import HOURS, USUAL_HOURS, WHO, Number, looks_like_a_number, who_words


def _is_a_number(_form: FlaskForm, field: Any) -> None:
    if field.data and not looks_like_a_number(field.data):
        raise ValidationError(_l("Enter a telephone number, for example 020 7946 0101."))


def numbers_form(nation: str) -> type[FlaskForm]:
    """A number for each of those who answer, by their names in that nation, and when they answer."""
    fields: dict[str, Any] = {"save": SubmitField(_l("Save"))}
    for who in WHO:
        said = gettext(who_words(who, nation))
        fields[f"{who}__number"] = line(said, Optional(), _is_a_number)
        fields[f"{who}__hours"] = one_of(_l("When do they answer? %(who)s", who=said), HOURS)
    return type("NumbersForm", (FlaskForm,), fields)


def typed_numbers(kept: list[Number]) -> dict[str, str]:
    """What stands in the form: what is kept, and the usual hours where nothing is."""
    typed = {f"{who}__hours": hours for who, hours in USUAL_HOURS.items()}
    for number in kept:
        typed |= {f"{number.who}__number": number.number, f"{number.who}__hours": number.hours}
    return typed


def numbers_in(form: FlaskForm) -> list[Number]:
    """The numbers that were typed; an empty one is taken away."""
    return [
        Number(who, number, form[f"{who}__hours"].data or USUAL_HOURS[who])
        for who in WHO
        if (number := form[f"{who}__number"].data)
    ]
