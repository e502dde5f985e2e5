"""What comes from a tablet and cannot be put to its talk any more: why, and what a person can do about it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from interview.access import EVERYONE, REMITS, Audience, Role, hears, reads
from interview.addenda import Addition
from interview.answers import SKIPS, Answer, Skip, codes_of, is_nothing
from interview.drawings import holds_strokes, text_of
from interview.lines import chosen_words
from interview.questions import QUESTIONS, Kind, Who
from interview.reasons import REASONS
from interview.words import N_


class Why(StrEnum):
    """What stood against it when it came."""

    FINISHED = "finished"
    NOT_YOURS = "not-yours"
    LOST = "lost"
    LEFT = "left"
    REFUSED = "refused"
    WAITING = "waiting"
    MISSING = "missing"
    AGAIN = "again"


WHY: dict[Why, str] = {
    Why.FINISHED: N_("It came after the talk was finished."),
    Why.NOT_YOURS: N_("The talk had been given to somebody else meanwhile."),
    Why.LOST: N_("It came from a tablet that was reported lost."),
    Why.LEFT: N_("Whoever wrote it no longer holds talks here."),
    Why.REFUSED: N_("It does not fit the question."),
    Why.WAITING: N_("It waits for answers that are still on the tablet."),
    Why.MISSING: N_("Something was still open when the talk was to be finished."),
    Why.AGAIN: N_("The tablet sent two different things as one. This is the second of them."),
}
# What is done by itself as soon as the rest is there.
TRIED_AGAIN = frozenset({Why.WAITING, Why.MISSING})
# What the child takes from the home with these is taken when it comes, whoever settles it and when: who sent
# it is known, and had the talk.
AT_ONCE = frozenset({Why.FINISHED, Why.NOT_YOURS, Why.AGAIN})
# These tell nobody's: late or not, none of it is kept.
ONLY_COUNTED = frozenset({"found"})
# Anybody may have written it: what was ticked there does not say that a worker has looked at anything.
HANDED_IN = frozenset({Why.LOST, Why.LEFT})


class How(StrEnum):
    """How it was settled. Nothing is ever thrown away."""

    TO_TALK = "talk"
    ADDENDUM = "addendum"
    NARROW = "narrow"
    APPLY = "apply"
    KEEP_BACK = "keep-back"
    GIVEN = "given"
    ASIDE = "aside"
    DONE = "done"


HOW: dict[How, str] = {
    How.TO_TALK: N_("Put it to the talk"),
    How.ADDENDUM: N_("Add it to the finished talk"),
    How.NARROW: N_("Do as the child said: fewer people may read the answer now"),
    How.APPLY: N_("Do it now, as it was filled in on the tablet"),
    How.KEEP_BACK: N_("Keep from the home what was ticked in it"),
    How.GIVEN: N_("Give it to the interviewer who has the talk now"),
    How.ASIDE: N_("Set it aside, and say why"),
    How.DONE: N_("Done when the rest had come"),
}

# The same when it is over.
SETTLED: dict[How, str] = {
    How.TO_TALK: N_("Put to the talk"),
    How.ADDENDUM: N_("Added to the finished talk"),
    How.NARROW: N_("Done as the child said: fewer people may read it"),
    How.APPLY: N_("Done as it was filled in on the tablet"),
    How.KEEP_BACK: N_("Kept from the home, as it was ticked"),
    How.GIVEN: N_("Given to another interviewer"),
    How.ASIDE: N_("Set aside"),
    How.DONE: N_("Done when the rest had come"),
}
# What is no answer, by its name on the tablet.
FORMS: dict[str, str] = {
    "finish": N_("The talk was finished on the tablet."),
    "urgent": N_("Someone is not safe: this was written down on the tablet."),
    "put-off": N_("The child did not want to talk, or not now."),
    "language": N_("The child chose another language."),
}
ANOTHER_FORM = N_("A form was filled in on the tablet.")
NOT_OPENED = N_("This cannot be opened any more.")
# What a person can still do of these, and why they cannot.
CAN_BE_DONE = frozenset({"finish", "put-off"})
WHY_NOT: dict[str, str] = {
    "not-opened": N_(
        "Something of it was damaged here. Before you set it aside, tell whoever looks after this "
        "installation: a backup may still have it whole."
    ),
    "finished": N_("It cannot be done any more: the talk is finished."),
    "another's": N_("It cannot be done any more: somebody else has the talk now."),
    "begun": N_("It cannot be done any more: the talk has begun since."),
    "known": N_("It cannot be done: the tablet had sent something else as the same."),
    "nobody-vouches": N_(
        "It is not done from here: nobody can say who filled it in, and the home would read what is in it. "
        "Finish the talk on its own page."
    ),
    "open": N_(
        "It cannot be done as it is: something is not answered, or would go to the home and was not looked "
        "at. Finish the talk on its own page."
    ),
    "does-not-fit": N_("It cannot be done: its times or its choices do not fit. Log it by hand."),
}


def ways(
    answer: Answer | None, why: Why, *, finished: bool, for_another: bool, held: Sequence[Answer] = ()
) -> tuple[How, ...]:
    """What can be done about it. `for_another`: somebody else has the talk now than who wrote it.

    `held`: what the talk holds for the same question. What does not fit the question can be put nowhere:
    its words are there to be written in by hand.
    """
    found: list[How] = []
    if answer is not None and why is not Why.REFUSED:
        found += _to_finished(answer, held) if finished else [How.TO_TALK]
    if for_another:
        found.append(How.GIVEN)
    return (*found, How.ASIDE)


def _to_finished(answer: Answer, held: Sequence[Answer]) -> list[How]:
    if _only_narrows(answer, held):
        return [How.NARROW]
    # Words can be added; what was drawn cannot.
    drawn = holds_strokes(answer.value) and answer.value["strokes"]
    cards = answer.skipped is None and QUESTIONS[answer.question].kind is Kind.REASONS
    says = words_of(answer).strip() or (cards and codes_of(answer.value))
    return [How.ADDENDUM] if says and not drawn else []


def narrowed_by(late: Answer, held: Iterable[Answer]) -> list[Answer]:
    """Of what the talk holds, the answers that fewer may read because of this one, as they are then."""
    if QUESTIONS[late.question].who is not Who.CHILD or is_nothing(late):
        return []
    changed = ((one, _narrowed(one, late)) for one in held if one.value is not None)
    return [new for one, new in changed if new != one]


def closed_to_home_by(late: Answer, held: Iterable[Answer]) -> list[Answer]:
    """The same as far as the home is concerned: for everybody else each stays as it is."""
    of_home = frozenset({Audience.HOME})
    kept = list(held)
    was = {one.op_id: one for one in kept}
    changed = (
        replace(new, audience=was[new.op_id].audience - (of_home - new.audience))
        for new in narrowed_by(late, kept)
    )
    return [new for new in changed if new != was[new.op_id]]


def _narrowed(one: Answer, late: Answer) -> Answer:
    gone = is_taken_back(late)
    value, said = one.value, {"home": ()} if gone else late.value
    if isinstance(value, dict) and "home" in value and isinstance(said, dict) and "home" in said:
        value = value | {"home": [code for code in value["home"] if code in said["home"]]}
    return replace(one, value=value, audience=frozenset() if gone else one.audience & late.audience)


def is_taken_back(answer: Answer) -> bool:
    """Whether the child left this out, or took away what stood there."""
    cleared = answer.value is None and answer.skipped is None and not is_nothing(answer)
    return cleared or answer.skipped is Skip.LEFT_OUT


def not_for_home(late: Answer) -> frozenset[str]:
    """What the home is not to read after this answer, whoever decides about it: a question, or reasons."""
    if is_nothing(late):
        return frozenset()
    gone = is_taken_back(late)
    if QUESTIONS[late.question].kind is Kind.REASONS:
        said = {"home": ()} if gone else late.value
        return (
            frozenset(REASONS) - set(said["home"])
            if isinstance(said, dict) and "home" in said
            else frozenset()
        )
    return frozenset() if Audience.HOME in late.audience and not gone else frozenset({late.question})


def _only_narrows(late: Answer, held: Iterable[Answer]) -> bool:
    """Whether it says nothing but that fewer people may read what the talk holds, or none."""
    if QUESTIONS[late.question].who is not Who.CHILD or is_nothing(late):
        return False
    said = [one for one in held if one.value is not None]
    if is_taken_back(late):
        return bool(said)
    same = [one for one in said if _said(one.value) == _said(late.value) and late.skipped is None]
    # What is kept from the home because of a concern may be for as few already.
    return any(_narrowed(one, late) != one or _narrowed(late, one) == late for one in same)


def _said(value: Any) -> Any:
    """What was said, without who may know of it."""
    return {key: part for key, part in value.items() if key != "home"} if isinstance(value, dict) else value


def may_read(role: Role, answer: Answer) -> bool:
    """Whether this role reads the words: as in a summary, by the question's part and the child's choice."""
    question = QUESTIONS.get(answer.question)
    return question is not None and reads(role, question.part) and hears(role, answer.audience)


def as_addition(answer: Answer, why: str) -> Addition:
    """A late answer as what is added to a finished talk: for nobody to whom it would not have gone in it."""
    question = QUESTIONS[answer.question]
    may = frozenset(r.reads_as for r in REMITS.values() if r.reads_as and question.part in r.parts)
    cards = question.kind is Kind.REASONS
    home = answer.value.get("home", ()) if cards and isinstance(answer.value, dict) else ()
    return Addition(
        answer.said_by,
        words_of(answer),
        why,
        codes_of(answer.value) if cards else (),
        tuple(home),
        # Words in which reasons were told go no further than the reasons: to the council.
        answer.audience & may & (EVERYONE - {Audience.HOME} if cards else EVERYONE),
        no_wider=may,
    )


def words_of(answer: Answer) -> str:
    """A late answer in words: those that were written, or those of what was chosen."""
    if answer.skipped is not None:
        return SKIPS.get(answer.skipped, "")
    if answer.value is None:
        return ""
    if QUESTIONS[answer.question].kind is Kind.REASONS:
        return told_with(answer.value)
    chosen = chosen_words(answer.question, answer.value)
    return ", ".join(chosen) if chosen else text_of(answer.value)


def told_with(cards: Any) -> str:
    """The sentences with which reasons were told."""
    told: Iterable[dict[str, str]] = cards.get("told", {}).values() if isinstance(cards, dict) else ()
    return "\n\n".join(dict.fromkeys(tie["words"] for tie in told if tie.get("words")))
