"""The read-back: for each answer right, change or leave out, who may read it, and the agreement."""

from functools import lru_cache
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, TextAreaField

from forms.interview import FIELD_BUILDERS, Written, new_page, op_of
from interview.access import Audience
from interview.answers import Answer, SaidBy, Skip, biggest_of, codes_of
from interview.questions import QUESTIONS, Kind, Question, Section
from interview.sentences import sentences

CHECKS = ("right", "change", "leave-out")
AGREEMENT = tuple(question for question in QUESTIONS.values() if question.section is Section.CHECK)
IN_WORDS = frozenset({Kind.WORDS, Kind.LINE})
NOT_TIED = ""


@lru_cache(maxsize=512)
def read_back_form(questions: tuple[Question, ...], codes: tuple[str, ...]) -> type[FlaskForm]:
    """The form over these answered questions and, where cards were chosen, these reasons."""
    fields: dict[str, Any] = {"page": HiddenField()}
    for question in questions:
        fields[f"{question.key}__check"] = RadioField(
            # Nothing stands there before the child has said it.
            choices={check: check for check in CHECKS},
            validate_choice=False,
        )
        fields[f"{question.key}__words"] = TextAreaField()
        fields[f"{question.key}__for"] = SelectMultipleField(
            choices={key.value: key.value for key in Audience}, validate_choice=False
        )
        fields[f"{question.key}__base"] = HiddenField()
    for code in codes:
        fields[f"{code}__told"] = SelectField(choices={}, default=NOT_TIED, validate_choice=False)
    fields["for_home"] = SelectMultipleField(choices={code: code for code in codes}, validate_choice=False)
    fields["left_out"] = SelectMultipleField(choices={code: code for code in codes}, validate_choice=False)
    fields["biggest"] = RadioField(choices={code: code for code in codes}, validate_choice=False)
    for question in AGREEMENT:
        fields[question.key] = FIELD_BUILDERS[question.kind](question)
        fields[f"{question.key}__base"] = HiddenField()
    return type("ReadBackForm", (FlaskForm,), fields)


def filled(kept: dict[str, Answer], questions: tuple[Question, ...]) -> dict[str, Any]:
    """The form's data for what has been said."""
    data: dict[str, Any] = {"page": new_page()}
    for question in (*questions, *AGREEMENT):
        answer = kept.get(question.key)
        if answer is None:
            continue
        data[f"{question.key}__base"] = answer.op_id
        data[f"{question.key}__for"] = sorted(answer.audience)
        data[f"{question.key}__words"] = answer.value if question.kind in IN_WORDS else ""
        if question in AGREEMENT:
            data[question.key] = answer.value
        if question.kind is Kind.REASONS:
            data |= _filled_reasons(answer.value)
    return data


def _filled_reasons(value: Any) -> dict[str, Any]:
    chosen = codes_of(value)
    told = value.get("told", {}) if isinstance(value, dict) else {}
    home = value.get("home") if isinstance(value, dict) else None
    data: dict[str, Any] = {f"{code}__told": _tie(told[code]) for code in chosen if code in told}
    data["biggest"] = biggest_of(value)
    # The home hears only what the child ticks, also when they never come to this part.
    data["for_home"] = home or []
    return data


def _tie(tie: dict[str, str]) -> str:
    return f"{tie['question']}|{tie.get('words', '')}"


def sentence_choices(kept: dict[str, Answer]) -> list[tuple[str, str]]:
    """The sentences that the child said, to tie reasons to: the value that is kept, and the words."""
    return [
        (_tie({"question": key, "words": sentence}), sentence)
        for key, answer in kept.items()
        if QUESTIONS[key].kind is Kind.WORDS and isinstance(answer.value, str) and answer.skipped is None
        for sentence in sentences(answer.value)
    ] + _said_for_a_card(kept)


def _said_for_a_card(kept: dict[str, Answer]) -> list[tuple[str, str]]:
    """New words that the child gave a reason at the cards."""
    values = [answer.value for key, answer in kept.items() if QUESTIONS[key].kind is Kind.REASONS]
    told = [tie for value in values if isinstance(value, dict) for tie in value.get("told", {}).values()]
    return [
        (_tie(tie), tie.get("words", "")) for tie in told if QUESTIONS[tie["question"]].kind is Kind.REASONS
    ]


def checked(form: FlaskForm, question: Question, before: Answer) -> Written | None:
    """The new revision of one answer after the read-back; None when it is right as it stands."""
    check = form[f"{question.key}__check"].data
    audience = frozenset(Audience(k) for k in form[f"{question.key}__for"].data or () if k in set(Audience))
    value, skipped = before.value, before.skipped
    if check == "leave-out":
        value, skipped = None, Skip.LEFT_OUT
    elif question.kind is Kind.REASONS:
        value = _reasons_checked(form, before)
    elif check == "change" and question.kind in IN_WORDS:
        value, skipped = form[f"{question.key}__words"].data.replace("\r\n", "\n") or None, None
    if (value, skipped, audience) == (before.value, before.skipped, before.audience):
        return None
    base = form[f"{question.key}__base"].data or None
    return Written(question, value, skipped, before.said_by, audience, op_of(form, question), base)


def _reasons_checked(form: FlaskForm, before: Answer) -> dict[str, Any]:
    left_out = set(form["left_out"].data or ())
    codes = [code for code in codes_of(before.value) if code not in left_out]
    told = {code: _untie(form[f"{code}__told"].data) for code in codes if form[f"{code}__told"].data}
    biggest = form["biggest"].data
    return {
        "chosen": codes,
        "biggest": biggest if biggest in codes else None,
        "told": told,
        "home": [code for code in codes if code in (form["for_home"].data or ())],
    }


def _untie(tie: str) -> dict[str, str]:
    question, _, words = tie.partition("|")
    return {"question": question, "words": words}


def agreed(form: FlaskForm, before: dict[str, Answer], writer: SaidBy) -> list[Written]:
    """What the child says of the record, agreed or not and why, written by whoever wrote in the talk."""
    said = []
    for question in AGREEMENT:
        value = form[question.key].data or None
        kept = before.get(question.key)
        if value != (kept.value if kept else None):
            said.append(
                Written(
                    question,
                    value,
                    None,
                    writer,
                    question.audience(),
                    op_of(form, question),
                    form[f"{question.key}__base"].data or None,
                )
            )
    return said
