"""Which of several versions of one answer counts: one of them, both, or what is written anew."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from interview.answers import LONGEST

BOTH, ANEW = "both", "anew"


class VersionsForm(FlaskForm):
    """One question with its versions. `seen` are those that stood on the page, and `page` the page itself."""

    question = HiddenField()
    seen = HiddenField()
    page = HiddenField()
    choice = RadioField(
        _l("Which one counts?"),
        choices=[],
        validators=[InputRequired(message=_l("Choose which version counts."))],
        description=_l("The others are kept as earlier versions."),
    )
    words = TextAreaField(
        _l("How it should stand, if you write it anew"),
        validators=[Length(max=LONGEST, message=_l("Make this shorter than 20,000 characters."))],
        render_kw={"dir": "auto"},
    )
    settle = SubmitField(_l("Let this count"))

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """The choices of this question; what may not be written anew has no box for it."""
        self.choice.choices = list(choices)
        if ANEW not in dict(choices):
            del self.words

    def validate_words(self, field: Any) -> None:
        """Who writes it anew has written something."""
        if self.choice.data == ANEW and not (field.data or "").strip():
            raise ValidationError(_l("Write how it should stand."))
