"""What can be true of an episode: impossible times are refused with a sentence that says what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from interview.words import N_


@dataclass(frozen=True)
class Times:
    """The moments of one absence, all with a zone; those not known yet are None."""

    missing_at: datetime
    found_at: datetime | None = None
    returned_at: datetime | None = None


@dataclass(frozen=True)
class Span:
    """Another absence of the same child; open-ended while the child is not back."""

    start: datetime
    end: datetime | None


def overlaps(times: Times, other: Span) -> bool:
    """Whether two absences share a moment; one may begin in the minute in which the other ended."""
    ends = times.returned_at
    return (other.end is None or times.missing_at < other.end) and (ends is None or other.start < ends)


IN_THE_FUTURE: dict[str, str] = {
    "missing_at": N_("This time is in the future. Enter when the child was last seen."),
    "found_at": N_("This time is in the future. Enter when the child was found."),
    "returned_at": N_("This time is in the future. Enter when the child came back."),
}
Check = tuple[str, bool, str]


def faults_of_times(times: Times, born: date | None, others: Iterable[Span], now: datetime) -> dict[str, str]:
    """What is impossible about these times, as one sentence for each field; empty when all is well."""
    faults: dict[str, str] = {}
    for field, wrong, sentence in (*_future(times, now), *_order(times), *_life(times, born, others)):
        if wrong:
            faults.setdefault(field, sentence)
    return faults


def _future(times: Times, now: datetime) -> Iterable[Check]:
    for field, sentence in IN_THE_FUTURE.items():
        yield field, _after(getattr(times, field), now), sentence


def _order(times: Times) -> Iterable[Check]:
    yield (
        "returned_at",
        _before(times.returned_at, times.missing_at),
        N_("The child cannot be back before they left. Check both times."),
    )
    yield (
        "found_at",
        _before(times.found_at, times.missing_at),
        N_("The child cannot be found before they left. Check both times."),
    )
    yield (
        "found_at",
        _after(times.found_at, times.returned_at),
        N_("The child cannot be found after they came back. Check both times."),
    )


def _life(times: Times, born: date | None, others: Iterable[Span]) -> Iterable[Check]:
    yield (
        "born",
        born is not None and born > times.missing_at.date(),
        N_("The child was born after this date. Check the date of birth."),
    )
    yield (
        "missing_at",
        any(overlaps(times, other) for other in others),
        N_("These times overlap another episode of this child. Check that one first."),
    )


def _after(moment: datetime | None, other: datetime | None) -> bool:
    return moment is not None and other is not None and moment > other


def _before(moment: datetime | None, other: datetime | None) -> bool:
    return moment is not None and other is not None and moment < other
