"""The language of one's own pages, and the check of a language by somebody who speaks it."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SubmitField
from wtforms.validators import InputRequired

from forms.fields import day, line, one_of


class MineForm(FlaskForm):
    """Which language."""

    language = one_of(_l("The language of your pages"), {}, _l("Choose a language."))
    save = SubmitField(_l("Save"))


class CheckForm(FlaskForm):
    """Who has read it, when, and which version they had before them."""

    version = HiddenField()
    checker = line(
        _l("Who has read it?"),
        InputRequired(message=_l("Write who has read it.")),
        description=_l("The full name of somebody who speaks this language."),
    )
    on = day(_l("When?"), validators=[InputRequired(message=_l("Enter the day on which it was read."))])
    save = SubmitField(_l("Save"))
