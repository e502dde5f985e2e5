"""Links that matter: facts that stand in the records of several children. Shown, never scored or foretold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from interview.mentions import BY_CHILD, FOUND, Mention, Said, Sounds, mentions, sounds_alike
from interview.naming import names_one, plain
from interview.reasons import REASONS
from interview.words import N_

# Who left one home within this time of each other, and came to be away together.
TOGETHER_WITHIN = timedelta(hours=2)
# Two who were found at one place: within this time of each other.
FOUND_WITHIN = timedelta(hours=6)
# What is said in a talk is about an absence that ended at most so long before.
TOLD_WITHIN = timedelta(days=60)
LEFT = "left"
# Something else, rather not say, not known: two who say so have said nothing alike.
SAYS_NOTHING = frozenset({"K"})


class Kind(StrEnum):
    """What links several children."""

    TOGETHER = "together"
    NAMED = "named"
    REASON = "reason"


KINDS: dict[Kind, str] = {
    Kind.TOGETHER: N_("Away together"),
    Kind.NAMED: N_("One place or one person, named by several"),
    Kind.REASON: N_("One home, one reason, several children"),
}


@dataclass(frozen=True)
class Away:
    """An absence: from which home, when, and where the child was found. Open-ended while it lasts."""

    key: str
    child: str
    home: str
    left: datetime
    back: datetime | None
    found_at: datetime | None = None
    found_where: str = ""

    def overlaps(self, other: "Away") -> bool:
        """Whether both were away at one moment."""
        begins_in_time = other.back is None or self.left < other.back
        return begins_in_time and (self.back is None or other.left < self.back)


@dataclass(frozen=True)
class Felt:
    """A reason that a child gave in a talk about a home."""

    child: str
    home: str
    code: str
    at: datetime
    words: str = ""


@dataclass(frozen=True)
class Fact:
    """What a link stands on: of which child, when, where it stands, and the words."""

    child: str
    at: datetime
    source: str
    words: str


@dataclass(frozen=True)
class Link:
    """Several children and the facts that link them. `what` is the name, the place, or the reason's code.

    `about` holds the absences, or the form in which names are compared.
    """

    kind: Kind
    what: str
    home: str
    children: tuple[str, ...]
    facts: tuple[Fact, ...]
    about: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What makes it this link: with another child or another absence it is a new one."""
        what = self.what if self.kind is Kind.REASON else ""
        return "\x1f".join((self.kind, what, self.home, *sorted(self.children), "", *sorted(self.about)))

    @property
    def latest(self) -> datetime:
        """When the newest of its facts was."""
        return max(fact.at for fact in self.facts)


# Away together --------------------------------------------------------------------------------------


def together(
    absences: Sequence[Away], said: Iterable[Said], names: Mapping[str, frozenset[str]]
) -> list[Link]:
    """Children who were away at the same time and left, or were found, as one; or who say so."""
    ordered = sorted(absences, key=lambda one: one.left)
    told: dict[str, list[Said]] = {}
    for words in said:
        told.setdefault(words.child, []).append(words)
    group: dict[str, str] = {one.key: one.key for one in ordered}
    because: list[tuple[Away, Away, tuple[Fact, ...]]] = []
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if one.back is not None and other.left >= one.back:
                break
            facts = _facts_of(one, other, told, names)
            if one.child != other.child and facts is not None:
                because.append((one, other, facts))
                _join(group, one.key, other.key)
    return _by_children(ordered, group, because)


def _facts_of(
    one: Away, other: Away, told: Mapping[str, Sequence[Said]], names: Mapping[str, frozenset[str]]
) -> tuple[Fact, ...] | None:
    """What speaks for two having been together; None where nothing does."""
    spoken = tuple(
        Fact(said.child, said.at, said.source, said.words)
        for mine, theirs in ((one, other), (other, one))
        for said in told.get(mine.child, ())
        if said.source in BY_CHILD
        and _is_about(said, mine)
        and names_one(said.words, names.get(theirs.child, frozenset()))
    )
    left = one.home == other.home and other.left - one.left <= TOGETHER_WITHIN
    return spoken if spoken or left or _found_together(one, other) else None


def _is_about(said: Said, away: Away) -> bool:
    return away.left <= said.at and (away.back is None or said.at <= away.back + TOLD_WITHIN)


def _found_together(one: Away, other: Away) -> bool:
    if not (one.found_where and other.found_where and one.found_at and other.found_at):
        return False
    at_once = abs(one.found_at - other.found_at) <= FOUND_WITHIN
    return at_once and form_of_place(one.found_where) == form_of_place(other.found_where)


def form_of_place(words: str) -> str:
    """Where somebody was found, as it is compared."""
    return " ".join("".join(c if c.isalnum() else " " for c in plain(words)).split())


def _join(group: dict[str, str], one: str, other: str) -> None:
    old, new = group[other], group[one]
    for key, root in group.items():
        if root == old:
            group[key] = new


def _by_children(
    absences: Sequence[Away], group: Mapping[str, str], because: Sequence[tuple[Away, Away, tuple[Fact, ...]]]
) -> list[Link]:
    """One link for each company, however often they went."""
    companies: dict[tuple[str, ...], list[Away]] = {}
    linked = {one.key for pair in because for one in pair[:2]}
    for root in dict.fromkeys(group.values()):
        mine = [one for one in absences if group[one.key] == root and one.key in linked]
        children = tuple(dict.fromkeys(one.child for one in mine))
        if len(children) > 1:
            companies.setdefault(tuple(sorted(children)), []).extend(mine)
    return [_company(children, mine, because) for children, mine in companies.items()]


def _company(
    children: tuple[str, ...],
    mine: Sequence[Away],
    because: Sequence[tuple[Away, Away, tuple[Fact, ...]]],
) -> Link:
    keys = tuple(one.key for one in mine)
    left = [Fact(one.child, one.left, LEFT, one.found_where) for one in mine]
    spoken = [fact for one, other, facts in because if {one.key, other.key} <= set(keys) for fact in facts]
    homes = {one.home for one in mine}
    home = homes.pop() if len(homes) == 1 else ""
    return Link(Kind.TOGETHER, "", home, children, _in_order([*left, *spoken]), keys)


def _in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(dict.fromkeys(facts), key=lambda fact: (fact.at, fact.child)))


# Named by several -----------------------------------------------------------------------------------


def named(said: Iterable[Said], sounds: Sounds, not_these: frozenset[str] = frozenset()) -> list[Link]:
    """One name or one place in the words of several children, however it is written."""
    found = list(mentions(said, not_these))
    alike = sounds_alike({one.form for one in found}, sounds)
    by_name: dict[str, list[Mention]] = {}
    for mention in found:
        by_name.setdefault(alike[mention.form], []).append(mention)
    links = [
        _named(form, mine) for form, mine in by_name.items() if len({one.said.child for one in mine}) > 1
    ]
    return _each_once(links)


def _named(form: str, mine: Sequence[Mention]) -> Link:
    children = tuple(sorted({one.said.child for one in mine}))
    facts = _in_order(Fact(one.said.child, one.said.at, one.said.source, one.said.words) for one in mine)
    return Link(Kind.NAMED, _as_written(mine), "", children, facts, (form,))


def _as_written(mine: Sequence[Mention]) -> str:
    """The ways in which it was written: once each, whatever the case, with a capital where there is one."""
    ways = {
        plain(one.written): one.written for one in sorted(mine, key=lambda one: one.written, reverse=True)
    }
    return " / ".join(sorted(ways.values()))


def _each_once(links: Iterable[Link]) -> list[Link]:
    """Of several words for the same facts the longest: a place and its parts are one link."""
    kept: dict[tuple[Fact, ...], Link] = {}
    for link in sorted(links, key=lambda one: (-len(one.what), one.what)):
        kept.setdefault(link.facts, link)
    return list(kept.values())


def not_shown_yet(links: Iterable[Link], companies: Iterable[Link]) -> list[Link]:
    """Without what only says once more where children were found together."""
    shown = {(fact.child, fact.words) for company in companies for fact in company.facts}
    return [
        link
        for link in links
        if not all(fact.source == FOUND and (fact.child, fact.words) in shown for fact in link.facts)
    ]


def found_at(absences: Iterable[Away]) -> list[Said]:
    """Where children were found, as words beside what they said."""
    return [
        Said(one.child, one.found_at or one.back or one.left, FOUND, one.found_where)
        for one in absences
        if one.found_where
    ]


# One reason ------------------------------------------------------------------------------------------


def same_reason(felt: Iterable[Felt]) -> list[Link]:
    """Several children of one home who gave the same reason; what is a danger first."""
    groups: dict[tuple[str, str], list[Felt]] = {}
    for one in felt:
        if REASONS[one.code].group not in SAYS_NOTHING:
            groups.setdefault((one.home, one.code), []).append(one)
    links = [
        Link(
            Kind.REASON,
            code,
            home,
            tuple(sorted({one.child for one in mine})),
            _in_order(Fact(one.child, one.at, code, one.words) for one in mine),
        )
        for (home, code), mine in groups.items()
        if len({one.child for one in mine}) > 1
    ]
    return sorted(links, key=lambda link: (not is_urgent(link), -len(link.children), link.what))


def is_urgent(link: Link) -> bool:
    """Whether it is to be looked at first: all but reasons that are no danger."""
    return link.kind is not Kind.REASON or REASONS[link.what].danger
