"""One form for the questions of a page, made from the questions themselves."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField

from interview.access import Audience
from interview.answers import SKIPS, Answer, SaidBy, Skip, biggest_of, codes_of
from interview.drawings import caption_of, drawing_from, holds_strokes, sheet_of
from interview.london import from_london, to_london
from interview.questions import Kind, Question, Who
from interview.reasons import REASONS


@dataclass(frozen=True)
class Written:
    """What stands in the form for one question."""

    question: Question
    value: Any
    skipped: Skip | None
    said_by: SaidBy
    audience: frozenset[Audience]
    op_id: str
    base_op: str | None
    settles: frozenset[str] = frozenset()


def _words(_question: Question) -> Field:
    return TextAreaField()


def _line(_question: Question) -> Field:
    return StringField()


def _one(question: Question) -> Field:
    return RadioField(choices=_keys(option.key for option in question.options), validate_choice=False)


def _many(question: Question) -> Field:
    return SelectMultipleField(
        choices=_keys(option.key for option in question.options), validate_choice=False
    )


def _scale(_question: Question) -> Field:
    return RadioField(choices=_keys(str(step) for step in range(11)), validate_choice=False)


def _reasons(_question: Question) -> Field:
    return SelectMultipleField(choices=_keys(REASONS), validate_choice=False)


def _drawing(_question: Question) -> Field:
    return HiddenField()


def _keys(keys: Iterable[str]) -> dict[str, str]:
    return {key: key for key in keys}


FIELD_BUILDERS: dict[Kind, Callable[[Question], Field]] = {
    Kind.WORDS: _words,
    Kind.LINE: _line,
    Kind.ONE: _one,
    Kind.MANY: _many,
    Kind.FACES: _one,
    Kind.SCALE: _scale,
    Kind.REASONS: _reasons,
    Kind.MOMENT: _line,
    Kind.NUMBER: _line,
    Kind.CARDS: _many,
    Kind.DRAWING: _drawing,
}


@lru_cache(maxsize=32)
def interview_form(questions: tuple[Question, ...]) -> type[FlaskForm]:
    """The form of these questions: for each its answer, a skip, who wrote it, and who may read it."""
    fields: dict[str, Any] = {"page": HiddenField()}
    for question in questions:
        fields[question.key] = FIELD_BUILDERS[question.kind](question)
        fields[f"{question.key}__skip"] = RadioField(
            choices=_keys(["", *SKIPS]), default="", validate_choice=False
        )
        fields[f"{question.key}__by"] = RadioField(
            choices=_keys(SaidBy), default=default_said_by(question), validate_choice=False
        )
        fields[f"{question.key}__for"] = SelectMultipleField(
            choices=_keys(Audience), default=sorted(question.audience()), validate_choice=False
        )
        fields[f"{question.key}__base"] = HiddenField()
        if question.kind is Kind.REASONS:
            fields[f"{question.key}__biggest"] = RadioField(choices=_keys(REASONS), validate_choice=False)
        if question.kind is Kind.DRAWING:
            fields[f"{question.key}__caption"] = StringField()
    return type("InterviewForm", (FlaskForm,), fields)


CHOICES = frozenset({Kind.ONE, Kind.MANY, Kind.CARDS, Kind.FACES, Kind.SCALE, Kind.REASONS})


def default_said_by(question: Question) -> SaidBy:
    """How an answer comes onto the page when nobody says otherwise."""
    return {Who.CHILD: SaidBy.WORD_FOR_WORD, Who.CARER: SaidBy.CARER, Who.WORKER: SaidBy.WORKER}[question.who]


def filled(questions: Iterable[Question], kept: dict[str, Answer]) -> dict[str, Any]:
    """The form's data for what has been answered so far, under a fresh id of this showing of the page."""
    data: dict[str, Any] = {"page": new_page()}
    for question in questions:
        answer = kept.get(question.key)
        if answer is not None:
            data |= _filled_one(question, answer)
    return data


def _filled_one(question: Question, answer: Answer) -> dict[str, Any]:
    shown = SHOWN.get(question.kind, lambda value: value)
    return {
        question.key: None if answer.value is None else shown(answer.value),
        f"{question.key}__biggest": biggest_of(answer.value),
        f"{question.key}__caption": caption_of(answer.value) if holds_strokes(answer.value) else "",
        f"{question.key}__skip": answer.skipped or "",
        f"{question.key}__by": answer.said_by,
        f"{question.key}__for": sorted(answer.audience),
        f"{question.key}__base": answer.op_id,
    }


SHOWN: dict[Kind, Callable[[Any], Any]] = {
    Kind.SCALE: str,
    Kind.NUMBER: str,
    Kind.REASONS: lambda value: list(codes_of(value)),
    Kind.DRAWING: sheet_of,
    Kind.MOMENT: lambda value: to_london(datetime.fromisoformat(value)).strftime("%Y-%m-%dT%H:%M"),
}


def written(form: FlaskForm, question: Question, before: Answer | None) -> Written:
    """What stands in the form for this question."""
    said = form[f"{question.key}__by"].data
    audience = form[f"{question.key}__for"].data or ()
    skipped = _skip(form[f"{question.key}__skip"].data)
    return Written(
        question,
        # A skip takes choices back. Words stay with it, and no summary shows them.
        None if skipped and question.kind in CHOICES else value_of(form, question, before),
        skipped,
        SaidBy(said) if said in set(SaidBy) else default_said_by(question),
        frozenset(Audience(key) for key in audience if key in set(Audience)),
        op_of(form, question),
        form[f"{question.key}__base"].data or None,
    )


def new_page() -> str:
    """An id for one showing of a page: what is sent twice from it is kept once."""
    return secrets.token_urlsafe(16)


def op_of(form: FlaskForm, question: Question) -> str:
    """The id of what stands in this form for this question."""
    return f"{form['page'].data or new_page()}-{question.key}"


def _skip(key: str | None) -> Skip | None:
    return Skip(key) if key in set(Skip) else None


def value_of(form: FlaskForm, question: Question, before: Answer | None) -> Any:
    """The value in the form; None when nothing stands there. Words are kept to the letter."""
    raw = form[question.key].data
    if question.kind is Kind.DRAWING:
        return drawing_from(raw or "", form[f"{question.key}__caption"].data or "")
    if raw in (None, "", []):
        return None
    if question.kind is Kind.REASONS:
        return _chosen(form, question, raw, before)
    return VALUES[question.kind](raw) if question.kind in VALUES else raw


def _chosen(form: FlaskForm, question: Question, codes: list[str], before: Answer | None) -> dict[str, Any]:
    # What was tied to a sentence, or chosen for the home, at the read-back stays with its reason.
    kept = before.value if before is not None and isinstance(before.value, dict) else {}
    # In the order in which they were chosen, wherever the cards stand on the page.
    codes = [
        *(code for code in codes_of(kept) if code in codes),
        *(c for c in codes if c not in codes_of(kept)),
    ]
    biggest = form[f"{question.key}__biggest"].data
    value: dict[str, Any] = {"chosen": codes, "biggest": biggest if biggest in codes else None}
    if "told" in kept:
        value["told"] = {code: tie for code, tie in kept["told"].items() if code in codes}
    if "home" in kept:
        value["home"] = [code for code in kept["home"] if code in codes]
    return value


def _number(raw: str) -> int | str:
    return int(raw) if raw.strip().isdecimal() else raw


def _moment(raw: str) -> str:
    try:
        return from_london(datetime.fromisoformat(raw)).isoformat()
    except ValueError:
        return raw


VALUES: dict[Kind, Callable[[str], Any]] = {
    Kind.WORDS: lambda raw: raw.replace("\r\n", "\n"),
    Kind.SCALE: _number,
    Kind.NUMBER: _number,
    Kind.MOMENT: _moment,
}


def differs(new: Written, before: Answer | None) -> bool:
    """Whether there is anything to save: a page sent again without a change is not a new revision."""
    if before is None:
        return new.value is not None or new.skipped is not None
    return (new.value, new.skipped, new.said_by, new.audience) != (
        before.value,
        before.skipped,
        before.said_by,
        before.audience,
    )
