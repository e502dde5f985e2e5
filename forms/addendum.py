"""What is added to a talk after it was finished."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length

from interview.answers import LONGEST, SAID_BY


class AddendumForm(FlaskForm):
    """The words, whose they are, and why they are added."""

    words = TextAreaField(
        _l("What is added or corrected"),
        validators=[
            InputRequired(message=_l("Write what is added or corrected.")),
            Length(max=LONGEST, message=_l("Make this shorter than 20,000 characters.")),
        ],
    )
    said_by = RadioField(
        _l("Whose words are these?"),
        choices=lambda: [(key.value, gettext(words)) for key, words in SAID_BY.items()],
        validators=[InputRequired(message=_l("Choose whose words these are."))],
    )
    why = TextAreaField(
        _l("Why it is added now"),
        validators=[
            InputRequired(message=_l("Write why this is added now.")),
            Length(max=LONGEST, message=_l("Make this shorter than 20,000 characters.")),
        ],
    )
    add = SubmitField(_l("Add it"))
