"""What the home may read after all of what was kept from it with an allegation, and why."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SubmitField
from wtforms.validators import DataRequired, InputRequired

from forms.fields import some_of, words


class FromHomeForm(FlaskForm):
    """What the home may read, and the reason of whoever decides so."""

    keys = some_of(
        _l("What the home may read after all"),
        InputRequired(message=_l("Choose what the home may read.")),
        choices=[],
        validate_choice=False,
    )
    why = words(
        _l("Why the home may read this"),
        DataRequired(message=_l("Write why the home may read this, and who agreed to it.")),
        description=_l("Who agreed to it, and what makes sure that it says nothing of what was told."),
    )
    save = SubmitField(_l("Let the home read it"))
