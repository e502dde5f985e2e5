"""What a coordinator types about an attempt to offer the talk, and about who is to hold it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, SubmitField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from forms.fields import (
    day_to_ask_again,
    is_offered,
    line,
    one_of,
    pulled_down,
    some_of,
    wanted_for_the_talk,
    words,
)
from forms.local_time import LocalMoment
from interview.choices import CHANNELS
from interview.offers import OUTCOMES

ASKED_FOR = "asked-for"


class OfferForm(FlaskForm):
    """One attempt: when, how, by whom, what came of it, and when to ask again."""

    at = LocalMoment(_l("When?"), [InputRequired(message=_l("Enter when the attempt was made."))])
    channel = one_of(_l("How?"), CHANNELS, _l("Choose how it was offered."))
    by_whom = line(_l("By whom?"), DataRequired(message=_l("Enter who made the attempt.")))
    outcome = one_of(_l("What came of it?"), OUTCOMES, _l("Choose what came of it."))
    why = words(
        _l("The reason"),
        description=_l("Needed when the child said no, in their words, or when it was not offered."),
    )
    wanted = wanted_for_the_talk()
    carer_says = words(
        _l("What does the carer know?"), description=_l("Asked when the child does not want to talk.")
    )
    ask_again_on = day_to_ask_again()
    save = SubmitField(_l("Save this attempt"))

    def attempt(self) -> dict[str, Any]:
        """The attempt as it is kept."""
        written = ("channel", "outcome", "by_whom", "why", "wanted", "carer_says")
        return {name: self[name].data or "" for name in written} | {
            "at": self.at.given,
            "ask_again_on": self.ask_again_on.data,
        }


class AllocationForm(FlaskForm):
    """Who holds the talk, and which of the child's returns it covers."""

    interviewer = one_of(
        _l("Who holds the talk?"),
        {},
        _l("Choose who holds the talk."),
        choices=[],
        invalid_choice_message=_l(
            "This person is not independent. Choose someone else, or say that the child asked for them."
        ),
    )
    asked_for = pulled_down(_l("The child asked for"), validate_choice=False)
    childs_reason = words(_l("Why does the child want this person?"), description=_l("In the child's words."))
    episodes = some_of(
        _l("Other returns that the same talk covers"),
        Optional(),
        description=_l("Each return stays counted."),
    )
    holder = HiddenField()
    save = SubmitField(_l("Give the talk"))

    @property
    def chosen(self) -> str:
        """The person who was chosen."""
        by_request = self.interviewer.data == ASKED_FOR
        return (self.asked_for.data if by_request else self.interviewer.data) or ""

    @property
    def child_asked(self) -> bool:
        """Whether this person was chosen because the child asked for them."""
        return bool(self.interviewer.data == ASKED_FOR)

    def validate_asked_for(self, field: SelectField) -> None:
        """Someone the child asked for has a name."""
        if self.child_asked and not is_offered(field):
            raise ValidationError(_l("Choose the person for whom the child asked."))
