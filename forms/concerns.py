"""What is typed when someone is not safe, and when somebody has been told of it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SubmitField
from wtforms.validators import DataRequired, InputRequired, Optional

from forms.fields import line, one_of, options, pulled_down, some_of, words
from forms.local_time import LocalMoment
from interview.choices import Choice
from interview.concerns import NOT_SAFE, TOLD
from interview.duties import DANGERS

NEW = "new"
CHILD_KNOWS = _l("The child knows that they were told")
KINDS = {str(danger): Choice(danger, said) for danger, said in DANGERS.items()}


class TellingForm(FlaskForm):
    """Who was told, when, and what was agreed."""

    whom = some_of(
        _l("Who has been told?"),
        InputRequired(message=_l("Choose who has been told.")),
        choices=options(TOLD),
    )
    name = line(_l("Name or role"))
    number = line(_l("Number that was rung, or reference"))
    at = LocalMoment(_l("When?"), [InputRequired(message=_l("Enter when they were told."))])
    said = words(_l("What was agreed"), description=_l("What they do next, and what the home may know."))
    child_knows = BooleanField(CHILD_KNOWS)
    save = SubmitField(_l("Save"))


class MarkForm(FlaskForm):
    """What was said in a talk, and what kind of danger it tells of."""

    dangers = some_of(
        _l("What kind of danger?"),
        InputRequired(message=_l("Choose what kind of danger it is.")),
        choices=options(KINDS),
    )
    said = words(
        _l("What was said, word for word"),
        DataRequired(message=_l("Copy what was said, word for word.")),
        description=_l("As it stands in the record. No opinion, no explanation."),
    )
    save = SubmitField(_l("Save"))


class UrgentForm(FlaskForm):
    """What is written down at once. Hardly anything is refused: it is saved first and completed later."""

    about = pulled_down(_l("What is this about?"), Optional(), validate_choice=False)
    not_safe = one_of(_l("Who is not safe?"), NOT_SAFE)
    dangers = some_of(_l("What kind of danger?"), Optional(), choices=options(KINDS))
    said = words(
        _l("What was said, word for word"),
        description=_l("The child's own words, and what you asked. No opinion, no explanation."),
    )
    done = words(_l("What was done"), description=_l("What you did, and where everybody is now."))
    whom = pulled_down(_l("Who was told?"), Optional(), choices=options(TOLD, "–"))
    name = line(_l("Name or role"))
    number = line(_l("Number that was rung, or reference"))
    at = LocalMoment(_l("When?"), [Optional()])
    child_knows = BooleanField(CHILD_KNOWS)
    save = SubmitField(_l("Save"))

    def says_something(self) -> bool:
        """Whether anything was written or chosen."""
        typed: list[Any] = [self.not_safe, self.dangers, self.said, self.done]
        return self.tells_somebody() or any(field.data for field in typed)

    def tells_somebody(self) -> bool:
        """Whether somebody was told."""
        return bool(self.whom.data or self.name.data or self.number.data)
