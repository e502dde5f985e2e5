"""What is added to a talk after it was finished: words, reasons, and who may read them."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectMultipleField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from interview.access import COUNCIL, Audience
from interview.addenda import Addition
from interview.answers import CHILDS_CODES, LONGEST, SAID_BY, SaidBy
from interview.reasons import REASONS, ForHome
from interview.words import N_

READ_BY: dict[Audience, str] = {
    Audience.SOCIAL_WORKER: N_("The social worker"),
    Audience.REVIEWING_OFFICER: N_("The reviewing officer"),
    Audience.HOME: N_("The adults at the home"),
}
# The cards that a child can choose from, also where an adult says which it was.
CODES = tuple(code for code in REASONS if code in CHILDS_CODES)
# What may go to the home where the child says so; the rest never does.
FOR_HOME = tuple(code for code in CODES if REASONS[code].for_home is not ForHome.NEVER)
TOO_LONG = _l("Make this shorter than 20,000 characters.")


class AddendumForm(FlaskForm):
    """The words and the reasons, whose they are, why they are added, and who may read them."""

    said_by = RadioField(
        _l("Whose words are these?"),
        choices=lambda: [(key.value, gettext(words)) for key, words in SAID_BY.items()],
        validators=[InputRequired(message=_l("Choose whose words these are."))],
    )
    words = TextAreaField(
        _l("What is added or corrected"), validators=[Length(max=LONGEST, message=TOO_LONG)]
    )
    reasons = SelectMultipleField(choices=lambda: [(code, code) for code in CODES], validate_choice=False)
    home = SelectMultipleField(choices=lambda: [(code, code) for code in FOR_HOME], validate_choice=False)
    readers = SelectMultipleField(
        _l("Who may read these words, as the child says?"),
        choices=lambda: [(key.value, gettext(words)) for key, words in READ_BY.items()],
        default=sorted(COUNCIL),
        validate_choice=False,
    )
    asks = BooleanField(_l("The child asks for something in these words"))
    why = TextAreaField(
        _l("Why it is added now"),
        validators=[
            InputRequired(message=_l("Write why this is added now.")),
            Length(max=LONGEST, message=TOO_LONG),
        ],
    )
    add = SubmitField(_l("Add it"))

    def validate_words(self, field: Any) -> None:
        """Something is added: words, reasons or both."""
        if not (field.data or "").strip() and not self.codes():
            raise ValidationError(gettext("Write what is added or corrected, or choose a reason."))

    def codes(self) -> tuple[str, ...]:
        """The reasons that were chosen, in the order of the cards."""
        return tuple(code for code in CODES if code in (self.reasons.data or ()))

    def addition(self) -> Addition:
        """What is added. A tick for the home counts only beside a reason that was chosen."""
        return Addition(
            SaidBy(self.said_by.data),
            (self.words.data or "").replace("\r\n", "\n"),
            (self.why.data or "").replace("\r\n", "\n"),
            self.codes(),
            tuple(code for code in FOR_HOME if code in (self.home.data or ())),
            frozenset(key for key in Audience if key in (self.readers.data or ())),
            asks=bool(self.asks.data),
        )
