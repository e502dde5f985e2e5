"""What a coordinator types about a return: the child, the times, the facts of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, SelectField, StringField, SubmitField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from forms.fields import (
    day,
    is_offered,
    line,
    listed,
    one_of,
    pulled_down,
    whole_miles,
    words,
)
from forms.local_time import LocalMoment
from interview.ages import GROWN_UP, age_on
from interview.choices import ENDED, GRADES, GUESSES, KINDS, PREVENTION, REPORTERS
from interview.episodes import Times

NEW = "new"
NOT_LISTED = "not-listed"


class OfChild(FlaskForm):
    """Who the child is: one who is known here, or a new one."""

    name = line(
        _l("Name of the child"),
        DataRequired(message=_l("Enter the name of the child.")),
        description=_l("First and last name. A child who is known is found by either, however it is spelt."),
    )
    child = RadioField(_l("Is this the child?"), [Optional()], validate_choice=False)
    asked_about = HiddenField()
    born = day(_l("Date of birth"))
    language = pulled_down(_l("Language they speak best"), default="en")
    council = pulled_down(_l("Council responsible for the child"), validate_choice=False)
    look = SubmitField(_l("Look for this child"))

    @property
    def is_known(self) -> bool:
        """Whether a child was chosen who is known here."""
        return self.child.data not in (None, "", NEW)

    def validate_council(self, field: SelectField) -> None:
        """A new child needs a council."""
        if not self.is_known and not is_offered(field):
            raise ValidationError(_l("Choose the council that is responsible for the child."))

    def validate_born(self, field: DateField) -> None:
        """Return interviews are for children."""
        left = self.missing_at.data
        if not self.is_known and field.data and left and age_on(field.data, left.date()) >= GROWN_UP:
            raise ValidationError(_l("This person was 18 or older then. Check the date of birth."))


class OfLeaving(FlaskForm):
    """Where the child lived, and how they went missing."""

    home = pulled_down(
        _l("Where did the child live?"),
        InputRequired(message=_l("Choose the home.")),
        invalid_choice_message=_l("Choose the home."),
    )
    home_name = line(_l("Name of the home or placement"))
    area = pulled_down(_l("Council in whose area it is"), Optional())
    miles = whole_miles(_l("Miles from family when placed there"))
    kind = one_of(_l("What was it?"), KINDS, _l("Choose missing or away."), default="missing")
    missing_at = LocalMoment(
        _l("When were they last seen?"), [InputRequired(message=_l("Enter when the child was last seen."))]
    )
    missing_from = line(
        _l("Where did they go missing from?"), description=_l("The home, school, a visit, a car.")
    )
    reported_by = listed(_l("Who reported it?"), REPORTERS)
    police_reference = line(_l("Police reference"))
    grade = listed(_l("How did the police grade the risk?"), GRADES)
    guess = listed(
        _l("Why, do adults think?"),
        GUESSES,
        description=_l("Kept apart from what the child says. The child is asked first."),
    )

    def validate_home_name(self, field: StringField) -> None:
        """A home that is not in the list needs its name."""
        if self.home.data == NOT_LISTED and not field.data:
            raise ValidationError(_l("Enter the name of the home, or choose it from the list."))


class ComingBackForm(FlaskForm):
    """How and when the child came back. What is not known yet stays empty."""

    returned_at = LocalMoment(
        _l("When were they back?"),
        [Optional()],
        description=_l(
            "Back at the home or in another safe place. The time for the talk starts here. "
            "Leave it empty if the child is not back."
        ),
    )
    found_at = LocalMoment(_l("When were they found?"), [Optional()])
    found_where = line(_l("Where were they found?"))
    ended = one_of(_l("How did it end?"), ENDED)
    prevention = one_of(
        _l("Police prevention interview"),
        PREVENTION,
        description=_l("It closes the police search. It is not the return interview."),
    )
    save = SubmitField(_l("Save"))

    def times(self, missing_at: datetime) -> Times:
        """The moments of the absence that began then."""
        found = self.found_at.moment_after(missing_at)
        return Times(missing_at, found, self.returned_at.moment_after(found or missing_at))

    def coming_back(self, missing_at: datetime) -> dict[str, Any]:
        """How it ended, as it is kept."""
        times = self.times(missing_at)
        return {
            "found_at": times.found_at,
            "found_where": self.found_where.data,
            "returned_at": times.returned_at,
            "ended": self.ended.data or None,
            "prevention": self.prevention.data or None,
        }

    def refuse(self, faults: Mapping[str, str]) -> None:
        """Put each sentence, in the reader's words, beside its field; where it has none, beside the first."""
        first = next(name for name in ("missing_at", "returned_at") if name in self)
        for name, sentence in faults.items():
            field = self[name if name in self else first]
            field.errors = [*field.errors, sentence]


class FactsForm(OfLeaving, ComingBackForm):
    """All facts of one absence."""

    def facts(self) -> dict[str, Any]:
        """The facts as they are kept, but for the home."""
        chosen = ("kind", "reported_by", "grade", "guess")
        written = {"missing_from": self.missing_from.data, "police_reference": self.police_reference.data}
        left = self.missing_at.given
        return {
            "missing_at": left,
            **{name: self[name].data or None for name in chosen},
            **written,
            **self.coming_back(left),
        }


class ReturnForm(OfChild, FactsForm):
    """A return with its child."""


class ChildForm(FlaskForm):
    """What is known about a child, and what an interviewer should know before the talk."""

    name = line(_l("Name"), DataRequired(message=_l("Enter the name of the child.")))
    born = day(_l("Date of birth"))
    language = pulled_down(_l("Language they speak best"))
    ethnicity = line(_l("Ethnicity"), description=_l("As the child says it, or their family."))
    tells_best = words(
        _l("How does this child like to talk?"), description=_l("Walking, drawing, in a car, with music on.")
    )
    needs = words(_l("What do they need for it?"), description=_l("An interpreter, breaks, large print."))
    careful_of = words(
        _l("Who or what to be careful of?"), description=_l("Read by the interviewer before the talk.")
    )
    reviewer = pulled_down(_l("Who runs this child's reviews?"))
    save = SubmitField(_l("Save"))


class FindForm(FlaskForm):
    """A child, looked up by name. Sent as a POST: no name stands in an address."""

    name = line(_l("Name of the child"), DataRequired(message=_l("Enter a name or a part of one.")))
    find = SubmitField(_l("Find"))


class PlainForm(FlaskForm):
    """A button, and the token that goes with it."""

    save = SubmitField(_l("Save"))
