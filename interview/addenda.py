"""What is added to a finished talk: who may read it, and what it raises. The first account stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from interview.access import COUNCIL, EVERYONE, Audience, Part
from interview.answers import CHILD_SAYS, Answer, ChosenReason, SaidBy, chosen_reasons
from interview.concerns import ConcernKind
from interview.raised import raised
from interview.reasons import REASONS


@dataclass(frozen=True)
class Addition:
    """What somebody adds: words, `why` they come later, reasons, and what the child chose of who may read it.

    `home` are the reasons that the child lets the home know; `asks`: the words ask for something. It goes
    to nobody beyond `no_wider`, whoever's words they are.
    """

    said_by: SaidBy
    words: str = ""
    why: str = ""
    codes: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    chosen: frozenset[Audience] = COUNCIL
    asks: bool = False
    no_wider: frozenset[Audience] = EVERYONE

    @property
    def audience(self) -> frozenset[Audience]:
        """Who reads the words: of the child's own whom the child chose, of an adult's never the home."""
        return (self.chosen if self.said_by in CHILD_SAYS else COUNCIL) & self.no_wider

    @property
    def reasons(self) -> tuple[ChosenReason, ...]:
        """The reasons, each with its audience: the home hears of one only where the child said so."""
        may = [code for code in self.codes if code in self.home] if self.said_by in CHILD_SAYS else []
        cards = {"chosen": list(self.codes), "biggest": None, "home": may}
        return chosen_reasons(cards, self.audience)


def as_account(codes: Iterable[str], words: str, said_by: SaidBy) -> dict[str, Answer]:
    """An addendum as the answers that it stands for, to see what it raises."""
    chosen = list(codes)
    raising = [code for code in chosen if REASONS[code].danger or REASONS[code].part is Part.ALLEGATION]
    told = {code: {"question": "why", "words": words} for code in raising if words}
    cards = {"chosen": chosen, "biggest": None, "told": told}
    return {"reasons": Answer("", "reasons", cards, None, said_by, COUNCIL)}


def raised_by_all(accounts: Iterable[dict[str, Answer]]) -> dict[ConcernKind, tuple[Any, ...]]:
    """What a talk and all that was added to it raise, by kind: each thing that was said, once."""
    found: dict[ConcernKind, list[Any]] = {}
    for kept in accounts:
        for kind, said in raised(kept).items():
            found.setdefault(kind, []).extend(said)
    return {kind: tuple(dict.fromkeys(said)) for kind, said in found.items()}
