"""What has changed since a pack was considered: the pack stays as it was, and this stands beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from interview.came_of_it import Asked
from interview.choices import Choice
from interview.lines import Quote, quote_of_added
from interview.pack import Here, Pack, Shown
from interview.words import N_

PARTS: dict[str, Choice] = {
    key: Choice(key, words)
    for key, words in (
        ("talks", N_("Talks")),
        ("absences", N_("Absences")),
        ("wishes", N_("What the child wants")),
        ("place", N_("To stay here, or to move")),
        ("agreements", N_("Whether the child agrees with the record")),
        ("reasons", N_("Reasons")),
        ("asked", N_("What the child asked for")),
        ("headings", N_("Under the headings of the review")),
        ("added", N_("Added after the talk")),
        ("stays", N_("Where the child lives")),
        ("adults", N_("What adults think")),
    )
}


@dataclass(frozen=True)
class Point:
    """One thing that a pack says. `shown` is what it says of it; `number` where that is a count.

    `term` is a sentence to translate, asked of the child where `by_child`, and `quote` words that were said.
    """

    part: str
    key: str
    term: str = ""
    quote: Quote | None = None
    number: int | None = None
    shown: tuple[str, ...] = ()
    by_child: bool = False


@dataclass(frozen=True)
class Change:
    """One thing that is new or another one than before; or, where `gone`, that no longer stands there."""

    point: Point
    before: Point | None = None
    gone: bool = False


def since_then(considered: Pack, now: Pack) -> tuple[Change, ...]:
    """All that is different now, in the order of the pack."""
    old, new = ({(one.part, one.key): one for one in points(pack)} for pack in (considered, now))
    keys = sorted({*old, *new}, key=lambda key: (list(PARTS).index(key[0]), key[1]))
    changed = [key for key in keys if old.get(key) != new.get(key)]
    return tuple(
        Change(new[key], old.get(key)) if key in new else Change(old[key], gone=True) for key in changed
    )


def points(pack: Pack) -> Iterator[Point]:
    """All that a pack says and that may be another thing later."""
    yield Point("talks", "talks", number=pack.talks)
    yield Point("absences", "absences", number=pack.absences)
    for shown in pack.wishes:
        yield _of_line("wishes", shown)
    for here in pack.place[:1]:
        yield _of_place(here)
    for number, agreement in enumerate(pack.agreements):
        # The newest takes the place of the one before; those where the child disagreed stay by their days.
        key = agreement.held_at.isoformat() if number else ""
        yield Point("agreements", key, agreement.key, agreement.why)
    for shown in pack.reasons:
        line = shown.line
        yield Point("reasons", line.key, line.words, number=line.talks, shown=(str(line.biggest),))
    for asked in pack.asked:
        yield _of_asked(asked)
    yield from _of_the_rest(pack)


def _of_the_rest(pack: Pack) -> Iterator[Point]:
    for part in pack.headings:
        for shown in part.shown:
            if not shown.line.is_reason:
                yield _of_line("headings", shown)
    for added in pack.added:
        yield Point("added", added.key, quote=quote_of_added(added))
    for stay in pack.stays:
        ends = stay.placed.ends.isoformat() if stay.placed and stay.placed.ends else ""
        starts = stay.placed.starts.isoformat() if stay.placed else ""
        yield Point("stays", f"{starts} {stay.home}", stay.home, shown=(ends,))
    for shown in pack.adults.shown if pack.adults else ():
        yield _of_line("adults", shown)


def _of_line(part: str, shown: Shown) -> Point:
    line = shown.line
    quote, tally = line.quotes[0] if line.quotes else None, tuple(map(str, line.tally))
    return Point(part, line.key, line.words, quote, shown=tally, by_child=line.by_child)


def _of_place(here: Here) -> Point:
    return Point("place", here.question, quote=here.more or here.said, shown=(here.chosen,))


def _of_asked(asked: Asked) -> Point:
    steps = tuple(f"{step.kind} {step.words}" for step in asked.steps)
    return Point("asked", asked.key, quote=asked.said, shown=(asked.state, *steps))
