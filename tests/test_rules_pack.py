"""The review pack as a value: what comes first, what is said not to be known, and what leaves no trace."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from interview.access import COUNCIL, EVERYONE, Audience, Role
from interview.account import Added, Attempt, Record, Return, Translation
from interview.answers import SaidBy, Skip
from interview.clock import Standing
from interview.frozen import plain, restored
from interview.pack import About, Pack, pack
from interview.requests import Asking, Owner, State, Step, Stepped
from interview.since_then import PARTS, points, since_then
from interview.stays import Placed, stays
from tests.test_summary import NOON, a_return, gave, told

IVAN = Role.REVIEWING_OFFICER
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
LARCH = Placed("Larch House", date(2026, 1, 5), date(2026, 6, 1), 64)
ROWAN = Placed("Rowan Lodge", date(2026, 6, 1), None, 3, outside=True)
KEPT = frozenset({Audience.SOCIAL_WORKER})
DAY = timedelta(days=1)


STEP = Stepped(Step.WILL_DO, NOON, "Maya", Owner.HOME, TODAY, words="A locksmith comes.")


def asked(key: str = "k", words: str = "My own key", days: int = 0, **facts: Any) -> Asking:
    """What Robin asked for; everyone may read it."""
    at = NOON + days * DAY
    asking = Asking(
        key,
        "one",
        "r",
        words,
        "en",
        "would_help",
        None,
        Owner.HOME,
        at,
        TODAY,
        State.WILL_DO,
        audience=EVERYONE,
    )
    return replace(asking, **({"steps": (STEP,)} | facts))


FULL = Record(
    (
        told("would_help", "My own key", translation=Translation("en", "My key", "Hana", NOON)),
        told("stay_or_move", "move"),
        told("who_should_hear", "My reviewing officer"),
        told("safe_here", "no"),
        told("why", "They pick on me."),
        told("agrees", "partly"),
        told("agrees_why", "I said a lock."),
        told("felt_safe_away", 6),
        told("too_far", None, skipped=Skip.NOT_SURE),
        told("adult_to_talk", "yes", talk="two", days=90),
        told("worker_view", "He is lonely.", said_by=SaidBy.WORKER),
    ),
    (
        gave("A1", biggest=True, told_in="why", told_words="They pick on me."),
        gave("A9"),
        gave("A9", talk="two", days=90),
    ),
    (a_return(), a_return(missing_at=NOON + 100 * DAY, returned_at=None, held_at=None)),
    (Added("x", "one", NOON, NOON, SaidBy.WORD_FOR_WORD, "And the stairs.", "He rang.", COUNCIL),),
    talks=2,
)
ABOUT = About((LARCH, ROWAN), (asked(),), date(2026, 6, 10))


def full() -> Pack:
    """A pack in which every part holds something."""
    return pack(FULL, IVAN, ABOUT, NOW)


def test_a_pack_comes_back_as_it_was_kept() -> None:
    assert restored(Pack, json.loads(json.dumps(plain(full())))) == full()
    assert all(getattr(full(), name) for name in Pack.__dataclass_fields__)


def test_a_later_version_passes_over_what_it_does_not_know() -> None:
    assert restored(Pack, plain(full()) | {"weather": "fine"}) == full()
    assert restored(Pack, {}) == Pack()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HOME_MANAGER])
def test_what_is_not_for_this_reader_changes_nothing(role: Role) -> None:
    reads_as = {Role.REVIEWING_OFFICER: KEPT, Role.COORDINATOR: frozenset({Audience.REVIEWING_OFFICER})}
    if role not in reads_as:
        return
    kept = reads_as[role]
    more = replace(
        FULL,
        told=(
            *FULL.told,
            told("would_help", "To live with Sam", talk="two", days=90, audience=kept),
            told("stay_or_move", None, talk="two", days=90, audience=kept, skipped=Skip.RATHER_NOT_SAY),
            told("bullied_here", None, talk="two", days=90, audience=kept, skipped=Skip.RATHER_NOT_SAY),
        ),
        given=(*FULL.given, gave("G1", talk="two", days=90, biggest=True, audience=kept)),
    )
    about = replace(ABOUT, asked=(*ABOUT.asked, asked("s", "To live with Sam", audience=kept)))
    assert pack(more, role, about, NOW) == pack(FULL, role, ABOUT, NOW)


def test_what_was_said_of_another_home_says_so() -> None:
    (place,) = full().place
    assert (place.chosen, place.home, place.here) == ("move", "Larch House", False)
    assert place.more is not None
    assert place.more.words == "My reviewing officer"
    assert [(one.question, one.here) for one in full().about_here] == [
        ("safe_here", False),
        ("adult_to_talk", True),
    ]


def test_reasons_since_the_last_review_come_first_and_new_ones_are_marked() -> None:
    assert [shown.line.key for shown in full().biggest] == ["A9", "A1"]
    assert [shown.line.key for shown in replace_since(None).biggest] == ["A1", "A9"]
    late = replace(FULL, given=(*FULL.given, gave("B1", talk="two", days=90)))
    assert [shown.line.key for shown in pack(late, IVAN, ABOUT, NOW).reasons if shown.new] == ["B1"]


def replace_since(since: date | None) -> Pack:
    """The pack with another last review."""
    return pack(FULL, IVAN, replace(ABOUT, since=since), NOW)


def test_what_is_new_is_counted_from_the_last_review() -> None:
    assert (full().new_talks, full().new_absences) == (1, 1)
    assert (replace_since(None).new_talks, replace_since(None).new_absences) == (0, 0)


def test_what_was_passed_over_is_not_known_until_it_is_said() -> None:
    (one,) = full().not_found
    assert (one.question, one.how) == ("Is this place too far from people you care about?", Skip.NOT_SURE)
    later = replace(FULL, told=(*FULL.told, told("too_far", "yes", talk="two", days=90)))
    assert pack(later, IVAN, ABOUT, NOW).not_found == ()


def test_that_a_reason_is_not_known_is_no_reason() -> None:
    unknown = Record(given=(gave("K1", biggest=True), gave("K2"), gave("A9")), talks=1)
    assert [shown.line.key for shown in pack(unknown, IVAN, About(), NOW).reasons] == ["A9"]


def test_the_words_of_the_first_page_are_not_said_again_below() -> None:
    placement = next(part for part in full().headings if part.key == "review-placement")
    assert [shown.line.quotes for shown in placement.shown if shown.line.key == "A1"] == [()]


def test_many_words_are_the_newest_and_a_count() -> None:
    said = tuple(told("would_help", f"Wish {n}", talk=str(n), days=n) for n in range(5))
    (wish,) = pack(Record(said, talks=5), IVAN, About(), NOW).wishes
    assert ([quote.words for quote in wish.line.quotes], wish.earlier) == (["Wish 4"], 4)


# What came of it --------------------------------------------------------------------------------------


def test_each_wish_stands_once_and_what_is_late_comes_first() -> None:
    late = TODAY - DAY
    several = (
        asked("a", "A lock on my door"),
        asked("b", "Please, a lock on the door", days=3),
        asked("c", "To see my nan", state=State.OPEN, due_on=late),
        asked("d", "A bus pass", days=9, state=State.DONE),
    )
    found = pack(Record(), IVAN, About(asked=several), NOW).asked
    assert [(one.key, len(one.days), one.due_on) for one in found] == [
        ("c", 1, late),
        ("b", 2, TODAY),
        ("d", 1, None),
    ]


def test_what_came_back_and_was_not_acted_on_is_named() -> None:
    assert [(one.key, len(one.days)) for one in full().before] == [("A9", 2)]


# Placements -------------------------------------------------------------------------------------------


def away(day: str, home: str = "Larch House", hours: int = 5) -> Return:
    """An absence that began at noon."""
    left = datetime.fromisoformat(f"{day}T12:00+00:00")
    return a_return(missing_at=left, returned_at=left + timedelta(hours=hours), home=home)


def test_each_absence_belongs_to_the_placement_of_its_day() -> None:
    found = stays(
        (LARCH, ROWAN), (away("2026-03-01"), away("2026-06-01", hours=9), away("2026-07-01", "Rowan Lodge"))
    )
    assert [(stay.home, stay.absences, stay.longest) for stay in found] == [
        ("Rowan Lodge", 1, 5),
        ("Larch House", 2, 9),
    ]


def test_a_home_that_is_known_from_an_absence_alone_is_there_too() -> None:
    found = stays((ROWAN,), (away("2025-01-01", "Elm Cottage"),))
    assert [(stay.home, stay.placed is None, stay.absences) for stay in found] == [
        ("Rowan Lodge", False, 0),
        ("Elm Cottage", True, 1),
    ]


def test_who_is_not_back_yet_has_no_length() -> None:
    (stay,) = stays((ROWAN,), (replace(away("2026-07-01", "Rowan Lodge"), returned_at=None),))
    assert (stay.longest, stay.away[0][1]) == (None, None)


def test_many_absences_are_counted_and_not_listed() -> None:
    (stay,) = stays((ROWAN,), [away(f"2026-07-{day:02}", "Rowan Lodge") for day in range(1, 29)])
    assert (stay.absences, stay.away) == (28, ())


# Over time --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "months", "columns"), [(30, 1, 2), (200, 1, 8), (300, 3, 4), (900, 12, 3)])
def test_reasons_over_time_fit_a_page(days: int, months: int, columns: int) -> None:
    record = Record(given=(gave("A1"), gave("A1", talk="two", days=days)), talks=2)
    found = pack(record, IVAN, About(), NOW).over_time
    assert found is not None
    assert (found.months, len(found.starts)) == (months, columns)
    assert (found.rows[0].counts[0], found.rows[0].counts[-1], sum(found.rows[0].counts)) == (1, 1, 2)


def test_one_month_is_no_course_of_time() -> None:
    assert pack(Record(given=(gave("A1"),), talks=1), IVAN, About(), NOW).over_time is None


# Offers -----------------------------------------------------------------------------------------------


def test_offers_and_talks_are_counted_and_why_the_child_said_no_stays() -> None:
    refused = (Attempt(NOON, "declined", "What is the point?"),)
    returns = (
        a_return(),
        a_return(standing=Standing.HELD_LATE),
        a_return(held_at=None, attempts=refused),
        a_return(held_at=None, attempts=()),
    )
    found = pack(Record(returns=returns), IVAN, About(), NOW).timely
    assert (found.returns, found.in_time, found.late, found.declined, found.waiting) == (4, 1, 1, 1, 1)
    assert [why for _, why in found.why_not] == ["What is the point?"]


# Since then -------------------------------------------------------------------------------------------


def test_nothing_has_changed_in_a_pack_that_is_the_same() -> None:
    assert since_then(full(), full()) == ()


def test_what_came_later_stands_beside_what_was_considered() -> None:
    later = replace(
        FULL,
        told=(*FULL.told, told("would_help", "To stay in my school", talk="three", days=170)),
        given=(*FULL.given, gave("E2", talk="three", days=170)),
        talks=3,
    )
    done = replace(ABOUT, asked=(asked(state=State.DONE, steps=()),))
    found = {change.point.part: change for change in since_then(full(), pack(later, IVAN, done, NOW))}
    assert list(found) == ["talks", "wishes", "reasons", "asked"]
    assert (found["talks"].point.number, found["reasons"].before) == (3, None)
    wish = found["wishes"]
    assert wish.point.quote is not None
    assert wish.before is not None
    assert wish.before.quote is not None
    assert (wish.point.quote.words, wish.before.quote.words) == ("To stay in my school", "My own key")


def test_what_is_no_longer_there_is_said_too() -> None:
    found = since_then(full(), replace(full(), asked=()))
    assert [(change.point.part, change.gone) for change in found] == [("asked", True)]


def test_every_part_that_can_change_has_its_words() -> None:
    assert {point.part for point in points(full())} == set(PARTS)


def test_a_day_is_a_day_in_this_country() -> None:
    late = datetime(2026, 6, 10, 22, 30, tzinfo=UTC)
    record = Record((replace(told("why", "Late"), held_at=late),), talks=1)
    assert pack(record, IVAN, About(since=date(2026, 6, 10)), NOW).new_talks == 0
    assert pack(record, IVAN, About(since=date(2026, 6, 9)), NOW).new_talks == 1
