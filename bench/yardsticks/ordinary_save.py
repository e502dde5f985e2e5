"""An ordinary handler: Flask-WTF checks the token and five answers, SQLAlchemy writes one durable row."""

from typing import Any

import sqlalchemy as sa
from flask import Flask, jsonify, render_template_string
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect, FlaskForm
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

ANSWERS = ("first", "second", "third", "fourth", "fifth")
PAGE = """<!doctype html><title>Form</title><form method="post">{{ form.csrf_token }}
{% for name in names %}{{ form[name]() }}{% endfor %}<button>Save</button></form>"""


class Base(DeclarativeBase):
    """The tables."""


class Saved(Base):
    """One row with five answers."""

    __tablename__ = "saved"
    id: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[str]
    second: Mapped[str]
    third: Mapped[str]
    fourth: Mapped[str]
    fifth: Mapped[str]


def _field() -> TextAreaField:
    return TextAreaField(validators=[DataRequired(), Length(max=20_000)])


class AnswersForm(FlaskForm):
    """Five answers."""

    first, second, third, fourth, fifth = _field(), _field(), _field(), _field(), _field()


def make_table(path: str) -> None:
    """Make the file, once and before the servers open it."""
    engine = _engine(path)
    Base.metadata.create_all(engine)
    engine.dispose()


def _engine(path: str) -> sa.Engine:
    engine = sa.create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _durable)
    return engine


def create_app(path: str) -> Flask:
    """The app over a SQLite file: WAL, synchronous FULL, and SQLite's own busy handler."""
    app = Flask(__name__)
    app.config["SECRET_KEY"] = "for a measurement"
    CSRFProtect(app)
    engine = _engine(path)

    @app.route("/", methods=["GET", "POST"])
    def save() -> ResponseReturnValue:
        form = AnswersForm()
        if not form.validate_on_submit():
            return render_template_string(PAGE, form=form, names=ANSWERS)
        with Session(engine) as session:
            session.add(Saved(**{name: form[name].data for name in ANSWERS}))
            session.commit()
        return jsonify(saved=True)

    return app


def _durable(connection: Any, _record: Any) -> None:
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
