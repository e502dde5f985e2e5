"""What is typed when somebody has been told of a concern."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SubmitField
from wtforms.validators import InputRequired

from forms.fields import options, some_of, words
from forms.local_time import LocalMoment
from interview.concerns import TOLD


class TellingForm(FlaskForm):
    """Who was told, when, and what was agreed."""

    whom = some_of(
        _l("Who has been told?"),
        InputRequired(message=_l("Choose who has been told.")),
        choices=options(TOLD),
    )
    at = LocalMoment(_l("When?"), [InputRequired(message=_l("Enter when they were told."))])
    said = words(
        _l("Who exactly, and what was agreed"),
        description=_l("Name, telephone or reference number, what they do next."),
    )
    save = SubmitField(_l("Save"))
