"""Giving the tablet away and taking it back: a PIN, or the password in its place."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, SubmitField
from wtforms.validators import InputRequired

# Not "current-password": the browser would fill it in for whoever holds the tablet.
NOT_FILLED_IN = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
DIGITS = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "20"}


class TakeBackForm(FlaskForm):
    """The PIN, or the password."""

    pin = PasswordField(_l("Your PIN"), render_kw=DIGITS)
    password = PasswordField(_l("Your password"), render_kw=NOT_FILLED_IN)


class PinForm(FlaskForm):
    """A PIN, set with the password."""

    pin = PasswordField(
        _l("New PIN"),
        description=_l("Six digits or more, not in a row."),
        validators=[InputRequired(message=_l("Enter a PIN of six digits or more."))],
        render_kw=DIGITS | {"autocomplete": "off"},
    )
    password = PasswordField(
        _l("Your password"),
        validators=[InputRequired(message=_l("Enter your password."))],
        render_kw={"autocomplete": "current-password"},
    )
    save = SubmitField(_l("Set this PIN"))
