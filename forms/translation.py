"""The child's words in English, beside the words as they were said."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length

from interview.answers import LONGEST


class TranslationForm(FlaskForm):
    """The translation of one answer, and who made it."""

    op_id = HiddenField()
    words = TextAreaField(
        _l("In English"),
        validators=[
            InputRequired(message=_l("Write what the child said, in English.")),
            Length(max=LONGEST, message=_l("Make this shorter than 20,000 characters.")),
        ],
    )
    translator = StringField(
        _l("Translated by"),
        validators=[
            InputRequired(message=_l("Write who translated it.")),
            Length(max=200, message=_l("Make this shorter than 200 characters.")),
        ],
    )
    add = SubmitField(_l("Keep this translation"))
