"""The last look before a talk is finished: what is kept from the home after all."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField
from wtforms.validators import InputRequired

from interview.for_home import ForHome

KNOWINGLY = _l("Finish with the versions as they are: readers see each of them, marked")
NOT_SETTLED = _l("Choose which version counts, or tick that you finish with the versions as they are.")


def finish_form(for_home: Iterable[ForHome], *, unsettled: bool = False) -> type[FlaskForm]:
    """The form over what would go to the home; where versions are `unsettled`, they are so knowingly."""
    keys = {one.key: one.key for one in for_home}
    field = SelectMultipleField(choices=keys, validate_choice=False)
    knowingly = {"as_they_are": BooleanField(KNOWINGLY, [InputRequired(message=NOT_SETTLED)])}
    return type("FinishForm", (FlaskForm,), {"keep_back": field} | (knowingly if unsettled else {}))
