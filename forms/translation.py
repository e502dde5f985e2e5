"""The child's words in English, beside the words as they were said."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length

from interview.answers import LONGEST

NOT_SO_LONG = _l("Make this shorter than 200 characters.")


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
        _l("Translated by: translator or interpreter"),
        validators=[
            InputRequired(message=_l("Write who translated it.")),
            Length(max=200, message=NOT_SO_LONG),
        ],
    )
    agency = StringField(_l("Agency, if there is one"), validators=[Length(max=200, message=NOT_SO_LONG)])
    dialect = StringField(_l("Dialect, if you know it"), validators=[Length(max=200, message=NOT_SO_LONG)])
    add = SubmitField(_l("Keep this translation"))
