"""What is shared of a child's record: how, with whom, on what basis, and what has to be said about it.

Sources: law-and-guidance 6.2 and 6.3 (rule 36). Whether a basis holds is for a person to say, not for Heard.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from interview.access import Part, Role, hears, reads
from interview.answers import Answer
from interview.choices import Choice, table
from interview.for_home import chosen, for_the_home
from interview.lines import Line
from interview.pack import Pack
from interview.questions import QUESTIONS, Question, Who
from interview.reasons import REASONS, Reason
from interview.summary import Summary
from interview.words import N_


@dataclass(frozen=True)
class Basis:
    """A basis in law for sharing: its words for people, and where it stands."""

    key: str
    words: str
    source: str


BASES: dict[str, Basis] = {
    basis.key: basis
    for basis in (
        Basis(
            "public-task",
            N_("The council's public task for children in its care"),
            "UK GDPR Art. 6(1)(e)",
        ),
        Basis(
            "safeguarding",
            N_("Keeping a child safe, without agreement where it cannot be had or would do harm"),
            "DPA 2018 Sch. 1 para. 18",
        ),
        Basis(
            "recognised-interest",
            N_("Safeguarding as a recognised legitimate interest, for services that are no public body"),
            "Data (Use and Access) Act 2025 Sch. 4",
        ),
        Basis("legal-duty", N_("A duty in law, or the order of a court"), "UK GDPR Art. 6(1)(c)"),
        Basis("vital-interests", N_("A life is in danger"), "UK GDPR Art. 6(1)(d)"),
        Basis("agreement", N_("The child agreed to this"), "UK GDPR Art. 6(1)(a)"),
        Basis("own-record", N_("The child asks for their own record"), "UK GDPR Art. 15"),
    )
}

WAYS = table(
    Choice("telling", N_("Told")),
    Choice("finish", N_("In Heard, when the talk was finished")),
    Choice("pdf", N_("As a PDF")),
    Choice("docx", N_("As a document (.docx)")),
    Choice("json", N_("As data (JSON)")),
    Choice("print", N_("On paper")),
)
# The ways that somebody chooses.
FILES = {key: WAYS[key] for key in ("pdf", "docx", "json", "print")}

# With whom. The home is not among those to choose: it has a summary of its own, of what was said for it.
WITH = table(
    Choice("social-worker", N_("The child's social worker or their team")),
    Choice("reviewing-officer", N_("The reviewing officer")),
    Choice("review", N_("People at the child's review")),
    Choice("police", N_("Police")),
    Choice("designated-officer", N_("The designated officer of the council (LADO)")),
    Choice("other-council", N_("Another council")),
    Choice("health", N_("Health or CAMHS")),
    Choice("school", N_("School or college")),
    Choice("advocate", N_("The child's advocate or independent visitor")),
    Choice("guardian", N_("The child's guardian or solicitor, or a court")),
    Choice("family", N_("A parent, or who has parental responsibility")),
    Choice("child", N_("The child")),
    Choice("somebody-else", N_("Somebody else")),
)
ALSO_WITH = table(
    Choice("home", N_("The adults at the home")),
    Choice("coordinator", N_("The coordinator")),
    Choice("interviewer", N_("The interviewer")),
)

PARTS: dict[str, str] = {
    Part.LOGISTICS: N_("when the talk was offered and held"),
    Part.REASONS: N_("the reasons given"),
    Part.WORDS: N_("the child's words"),
    Part.VIEWS: N_("what adults think"),
    Part.FULL_RECORD: N_("the worker's record"),
    Part.WHEREABOUTS: N_("where the child was, and with whom"),
    Part.ALLEGATION: N_("what was said about an adult who works with children"),
}
WHATS: dict[str, str] = {
    "talk": N_("A finished talk"),
    "summary": N_("The child's summary"),
    "review": N_("The review pack"),
    "police": N_("Information for the police"),
}
WHYS: dict[str, str] = {
    "finished": N_("The talk is finished: what is for them is theirs to read"),
    "review": N_("To prepare the review"),
    "own-work": N_("For their own work with the child"),
}
NOT_TOLD: dict[str, str] = {
    "no-welcome": N_("Nobody noted that the child was told what is shared."),
}


@dataclass(frozen=True)
class Share:
    """What somebody shares, as it is put down before anything leaves.

    `what` of the record, in which `kind` of way, and the `parts` that are in it. `once` is the id of the page
    that it was sent from: what is sent twice from there is put down once.
    """

    kind: str
    what: str
    with_role: str
    with_whom: str
    why: str
    basis: str = "public-task"
    child_told: bool = True
    not_told_why: str = ""
    parts: tuple[str, ...] = ()
    once: str = ""
    interview_id: str | None = None


@dataclass(frozen=True)
class Shared:
    """One line of the list: what was shared, how, with whom, why, on what basis, and was the child told."""

    at: datetime
    kind: str
    what: str
    parts: tuple[str, ...]
    by: str
    with_role: str
    with_whom: str
    why: tuple[str, ...]
    basis: str
    child_told: bool
    not_told_why: str = ""
    words: str = ""
    times: int = 1


def faults_of_share(share: Share) -> dict[str, str]:
    """What is wrong with a share, as a sentence for its field."""
    faults = {}
    if not share.child_told and not share.not_told_why:
        faults["not_told_why"] = N_("Write why the child was not told, or tell the child first.")
    if not share.child_told and share.basis == "agreement":
        faults["basis"] = N_("A child who was not told cannot have agreed. Choose another basis.")
    if share.basis == "own-record" and share.with_role not in {"child", "advocate", "guardian"}:
        faults["basis"] = N_("Choose this only for the child, or for who asks in the child's name.")
    return faults


def parts_for(kept: Mapping[str, Answer], role: Role) -> tuple[Part, ...]:
    """The parts of a record of which something goes to this role when the talk is finished."""
    if role is Role.HOME_MANAGER:
        for_home = for_the_home(dict(kept))
        found = {Part.REASONS if one.key in REASONS else QUESTIONS[one.key].part for one in for_home}
    else:
        found = {QUESTIONS[one.question].part for one in kept.values() if _goes(one, role)}
        reasons = (one for one in chosen(dict(kept)) if hears(role, one.audience))
        found |= {REASONS[one.code].part for one in reasons if reads(role, REASONS[one.code].part)}
    return tuple(part for part in Part if part in found)


NOTHING_SAID = frozenset({"no", "not-known", "not-sure"})


def _goes(answer: Answer, role: Role) -> bool:
    question = QUESTIONS[answer.question]
    if answer.skipped is not None or answer.value in (None, "", [], {}):
        return False
    # That there was nothing is no allegation. Of the cards each reason goes or stays by itself.
    if question.part is Part.ALLEGATION and answer.value in NOTHING_SAID:
        return False
    if question.part is Part.REASONS or not reads(role, question.part):
        return False
    return question.who is not Who.CHILD or hears(role, answer.audience)


def readable_shared(lines: Iterable[Shared], role: Role) -> tuple[Shared, ...]:
    """The lines as this role may read them: of parts that they do not read, nothing stands there.

    The same thing shared again by the same person on the same day is one line.
    """
    found: dict[object, Shared] = {}
    for line in lines:
        parts = tuple(part for part in line.parts if part not in set(Part) or reads(role, Part(part)))
        if line.parts and not parts:
            continue
        mine = replace(line, parts=parts)
        # Alike but for the hour.
        same = replace(mine, at=datetime.combine(mine.at.date(), time.min, UTC))
        before = found.get(same)
        found[same] = replace(before, times=before.times + 1) if before else mine
    return tuple(found.values())


KNOWN: dict[str, Reason | Question] = {**REASONS, **QUESTIONS}


def parts_of(whole: Summary) -> tuple[Part, ...]:
    """The parts of the record that a summary holds something of."""
    found = {Part.LOGISTICS} if whole.returns else set()
    found |= {_part_of(line) for block in whole.blocks for line in block.lines}
    found |= {one.part for one in whole.added}
    return tuple(part for part in Part if part in found)


def _part_of(line: Line) -> Part:
    part = KNOWN[line.key].part if line.key in KNOWN else Part.VIEWS
    # That there was nothing is told in the child's words, and is no allegation.
    return Part.WORDS if part is Part.ALLEGATION and not _says_something(line) else part


def _says_something(line: Line) -> bool:
    if line.is_reason:
        return True
    nothing = {option.words for option in QUESTIONS[line.key].options if option.key in NOTHING_SAID}
    return any(not quote.choices or not nothing.issuperset(quote.choices) for quote in line.quotes)


def parts_of_pack(pack: Pack) -> tuple[Part, ...]:
    """The parts of the record that a review pack holds something of."""
    shown = (*pack.wishes, *pack.reasons, *(one for part in pack.headings for one in part.shown))
    found = {_part_of(one.line) for one in shown}
    found |= {QUESTIONS[one.question].part for one in (*pack.place, *pack.about_here)}
    found |= {Part.WORDS} if pack.in_words or pack.asked or pack.before else set()
    found |= {Part.VIEWS} if pack.adults else set()
    found |= {one.part for one in pack.added} | {Part.LOGISTICS}
    return tuple(part for part in Part if part in found)
