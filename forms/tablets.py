"""Reporting a tablet lost."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SubmitField


class LostForm(FlaskForm):
    """One button: nobody who has lost a tablet fills in more."""

    report = SubmitField(_l("Report it lost"))
