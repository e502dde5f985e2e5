"""What a talk asks for: each answer in which the child asks for something, and whom to ask by the rule."""

from collections.abc import Iterable
from dataclasses import dataclass

from interview.access import EVERYONE, REMITS, Audience, Part
from interview.addenda import Addition
from interview.answers import CHILD_SAYS, Answer, ChosenReason, SaidBy, says_something
from interview.drawings import text_of
from interview.for_home import chosen, tied_to_hidden
from interview.lines import chosen_words
from interview.questions import QUESTIONS, Question
from interview.reasons import REASONS
from interview.requests import OWNERS, Owner, may_be_asked

# Where a reason was told in the answer, who can do something about reasons of that group is asked first.
ASKED_ABOUT: dict[str, Owner] = {
    "B": Owner.SOCIAL_WORKER,
    "C": Owner.REVIEWING_OFFICER,
    "E": Owner.SCHOOL,
    "F": Owner.SOCIAL_WORKER,
}
# A wish to live somewhere else is nothing that the place itself could grant.
ASKED_ABOUT_ONE: dict[str, Owner] = {"A7": Owner.SOCIAL_WORKER}
# Who is asked where the child lets none of the others read it.
ELSE = (Owner.SOCIAL_WORKER, Owner.REVIEWING_OFFICER, Owner.HOME)
# What the child asks for after the talk stands under this question.
LATER = "would_help"


@dataclass(frozen=True)
class AskedFor:
    """One thing that a child asked for, and who is asked within how many working days."""

    question: str
    words: str
    language: str
    said_by: SaidBy
    audience: frozenset[Audience]
    reason: str | None
    owner: Owner
    within: int
    op_id: str | None = None


def asked_in(kept: dict[str, Answer], *, lives_here: bool) -> tuple[AskedFor, ...]:
    """What was asked for in a talk. `lives_here`: the child still lived in that home on that day."""
    hidden = tied_to_hidden(kept)
    found = (
        _asked(answer, chosen(kept), lives_here=lives_here and answer.question not in hidden)
        for answer in kept.values()
        if _asks(answer)
    )
    # Of two versions of an answer that ask for the same, the first is asked.
    once = {(one.question, one.words): one for one in reversed([one for one in found if one is not None])}
    return tuple(reversed(once.values()))


def _asks(answer: Answer) -> bool:
    question = QUESTIONS[answer.question]
    return question.asked and answer.skipped is None and says_something(answer.value)


def _asked(answer: Answer, given: Iterable[ChosenReason], *, lives_here: bool) -> AskedFor | None:
    question = QUESTIONS[answer.question]
    tied = [one for one in given if one.told_in == answer.question]
    audience = narrowed(answer.audience, question.part, tied, lives_here=lives_here)
    reason = _reason_of(tied, audience)
    owner = owner_of(question, reason, audience)
    if owner is None:
        return None
    return AskedFor(
        answer.question,
        _words(answer),
        answer.language,
        answer.said_by,
        audience,
        reason,
        owner,
        question.asks_within or OWNERS[owner].working_days,
        answer.op_id,
    )


def _words(answer: Answer) -> str:
    picked = chosen_words(answer.question, answer.value)
    return ", ".join(picked) if picked else text_of(answer.value)


def narrowed(
    audience: Iterable[Audience], part: Part, tied: Iterable[ChosenReason], *, lives_here: bool
) -> frozenset[Audience]:
    """Who may read it: whom the child chose and whose remit it is; the home only where the child lives there.

    With an allegation, the words are the allegation.
    """
    parts = {part, *(REASONS[one.code].part for one in tied if REASONS[one.code].part is Part.ALLEGATION)}
    readers = {remit.reads_as for remit in REMITS.values() if parts <= remit.parts}
    here = EVERYONE if lives_here else EVERYONE - {Audience.HOME}
    return frozenset(audience) & here & readers


def _reason_of(tied: Iterable[ChosenReason], audience: frozenset[Audience]) -> str | None:
    """The reason it belongs to, the biggest first; none that tells a reader more than they may know."""
    open_to_all = [one for one in tied if audience <= one.audience]
    return next((one.code for one in sorted(open_to_all, key=lambda one: not one.biggest)), None)


def owner_of(question: Question, reason: str | None, audience: frozenset[Audience]) -> Owner | None:
    """Who is asked: the first by the rule whom the child lets read it; None where nobody may."""
    first = ASKED_ABOUT_ONE.get(reason or "") or ASKED_ABOUT.get((reason or " ")[0])
    wanted = [first] if first and question.by_reason else []
    ways = (*wanted, *question.asks, *ELSE)
    return next((owner for owner in ways if may_be_asked(audience, owner)), None)


def asked_later(said: Addition, *, lives_here: bool) -> AskedFor | None:
    """What was asked for after the talk was finished; None where the child asked for nothing."""
    if not said.asks or said.said_by not in CHILD_SAYS or not said.words.strip():
        return None
    for_home = all(Audience.HOME in one.audience for one in said.reasons)
    question = QUESTIONS[LATER]
    here = lives_here and for_home
    audience = narrowed(said.audience, question.part, said.reasons, lives_here=here)
    reason = _reason_of(said.reasons, audience)
    owner = owner_of(question, reason, audience)
    if owner is None:
        return None
    within = OWNERS[owner].working_days
    return AskedFor(LATER, said.words, "", said.said_by, audience, reason, owner, within)
