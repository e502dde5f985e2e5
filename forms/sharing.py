"""What is put down before something of a child's record leaves: what, how, with whom, why, on what basis."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SubmitField
from wtforms.validators import DataRequired, InputRequired

from forms.fields import line, one_of, some_of, words
from forms.interview import new_page
from interview.choices import Choice, table
from interview.sharing import BASES, FILES, WITH, Share
from interview.words import N_

TOLD = table(
    Choice("yes", N_("Yes, before it was shared")),
    Choice("no", N_("No")),
)
NAME = _l("Who is it? Name, and where they work")
WHO_IS_IT = _l("Enter who gets it: a name, or a team where there is no name.")
WHY = _l("Why do they need it?")
WRITE_WHY = _l("Write why they need it.")


def _bases() -> list[tuple[str, str]]:
    return [(key, f"{gettext(one.words)} ({one.source})") for key, one in BASES.items()]


class BasisForm(FlaskForm):
    """What every share says of itself."""

    once = HiddenField(default=new_page)
    with_role: Any = one_of(_l("With whom?"), WITH, _l("Choose with whom you share it."))
    chosen: Any = some_of(
        _l("What the police need to find the child or to keep the child safe"),
        InputRequired(message=_l("Choose what goes to the police.")),
        validate_choice=False,
    )
    with_whom = line(NAME, DataRequired(message=WHO_IS_IT))
    why = words(WHY, DataRequired(message=WRITE_WHY))
    basis = one_of(_l("On what basis in law?"), BASES, _l("Choose the basis."), choices=_bases)
    told = one_of(_l("Was the child told of it?"), TOLD, _l("Choose whether the child was told."))
    not_told_why = words(_l("If not: why not?"))

    def put_down(self, kind: str, what: str, with_role: str, parts: tuple[str, ...]) -> Share:
        """The share as it is kept."""
        return Share(
            kind,
            what,
            with_role,
            self.with_whom.data or "",
            self.why.data or "",
            self.basis.data or "",
            self.told.data == "yes",
            "" if self.told.data == "yes" else self.not_told_why.data or "",
            parts,
            self.once.data or "",
        )


class ShareForm(BasisForm):
    """Sharing the summary or the pack."""

    # Chosen one by one for the police alone.
    chosen = None
    how = one_of(_l("How?"), FILES, _l("Choose how."), default="pdf")
    share = SubmitField(_l("Record and share"))


class PoliceForm(BasisForm):
    """Information for the police: only what is chosen."""

    # Nobody else gets it.
    with_role = None
    what_to_do = words(
        _l("What the police are asked to do"),
        description=_l("Whom to ring, how to speak to the child, what to avoid."),
    )
    allegation_why = words(
        _l("Why what was said about an adult who works with children goes with it"),
        description=_l("Only where it was chosen. It usually goes by way of the strategy discussion."),
    )
    how = one_of(
        _l("How?"),
        {key: one for key, one in FILES.items() if key != "json"},
        _l("Choose how."),
        default="pdf",
    )
    share = SubmitField(_l("Record and make the sheet"))

    def goes(self, key: str) -> bool:
        """Whether this was chosen."""
        return key in (self.chosen.data or ())


def say(form: FlaskForm, faults: dict[str, str]) -> bool:
    """Put these sentences at their fields; whether there were none."""
    fields: Any = form
    for name, words_of_it in faults.items():
        fields[name].errors = [*fields[name].errors, gettext(words_of_it)]
    return not faults
