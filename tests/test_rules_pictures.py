"""Pictures as numbers: nothing outside its box, no words upon others, and withheld is withheld."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from interview.grids import WITHHELD, Counts, Row, by_month, over_time
from interview.life_line import Absent, Stretch, Tick, gathered, life_line, radius
from interview.pictures import NARROW, WIDE, Mark, Picture, Text, room_for, spread, wrapped

A_LITTLE = 0.01
widths = st.sampled_from((WIDE, NARROW))
words = st.text(st.sampled_from("abc é ŵ م ü 字 WM"), min_size=1, max_size=60).filter(str.strip)
days = st.floats(0, 4000, allow_nan=False)
absences = st.lists(st.builds(Absent, days, st.none() | st.floats(0, 2000, allow_nan=False)), max_size=60)


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[Stretch], list[Absent], list[Tick], float]:
    """A child's homes in their order, absences at any time, and days to be named."""
    moves = sorted(draw(st.lists(days, max_size=25)))
    stretches = [Stretch(start, end, draw(words)) for start, end in pairwise(moves)]
    ticks = [Tick(at, draw(words)) for at in sorted(draw(st.lists(days, max_size=12)))]
    return stretches, draw(absences), ticks, 4000.0


def nothing_is_cut(picture: Picture) -> None:
    for box in picture.boxes:
        assert -A_LITTLE <= box.x <= box.x + box.width <= picture.width + A_LITTLE
        assert 0 <= box.y <= box.y + box.height <= picture.height
    for mark in picture.marks:
        assert mark.r <= mark.x + A_LITTLE <= picture.width - mark.r + 2 * A_LITTLE
        assert mark.r <= mark.y <= picture.height - mark.r
    for text in picture.texts:
        left, right = text.span
        assert -A_LITTLE <= left <= right <= picture.width + A_LITTLE, text
        assert text.size * 0.7 <= text.y <= picture.height, text


def no_words_are_covered(picture: Picture) -> None:
    for one, other in combinations(picture.texts, 2):
        if abs(one.y - other.y) < max(one.size, other.size) - 2:
            (left, right), (start, end) = one.span, other.span
            assert right <= start + A_LITTLE or end <= left + A_LITTLE, (one, other)


@given(lives(), widths)
def test_nothing_in_a_life_is_cut_and_no_words_are_covered(
    life: tuple[list[Stretch], list[Absent], list[Tick], float], width: float
) -> None:
    stretches, away, ticks, last = life
    picture = life_line(stretches, away, ticks, last, width)
    nothing_is_cut(picture)
    no_words_are_covered(picture)


@given(lives(), widths)
def test_every_absence_is_counted_and_every_home_has_its_number(
    life: tuple[list[Stretch], list[Absent], list[Tick], float], width: float
) -> None:
    stretches, away, _ticks, last = life
    picture = life_line(stretches, away, (), last, width)
    assert sum(mark.count for mark in picture.marks) == len(away)
    numbers = [text.words.split()[0] for text in picture.texts]
    assert {str(number) for number in range(1, len(stretches) + 1)} <= set(numbers)


@given(absences, widths)
def test_marks_do_not_cover_each_other(away: list[Absent], width: float) -> None:
    marks = gathered([Mark(one.at * width / 4000, 17, radius(one.hours)) for one in away], width)
    for one, other in pairwise(marks):
        assert one.x + one.r <= other.x - other.r + A_LITTLE


def test_bands_do_not_lie_upon_each_other_even_where_the_dates_do() -> None:
    picture = life_line([Stretch(0, 80, "Larch House"), Stretch(50, 100, "Rowan Lodge")], (), (), 100, WIDE)
    first, second = picture.boxes
    assert first.x + first.width == second.x
    assert first.tinted
    assert not second.tinted


def test_forty_eight_absences_are_few_marks_that_say_how_many() -> None:
    away = [Absent(2 * at, 9) for at in range(48)]
    picture = life_line([Stretch(0, 400, "Larkfield")], away, (), 400, NARROW)
    assert sum(mark.count for mark in picture.marks) == 48
    assert len(picture.marks) <= 8


def test_the_longer_a_child_was_away_the_larger_the_mark() -> None:
    sizes = [radius(hours) for hours in (2, 9, 40, 200)]
    assert sizes == sorted(set(sizes))


def test_a_child_who_is_not_back_is_a_hollow_mark() -> None:
    assert [mark.hollow for mark in life_line((), [Absent(5, None)], (), 10, WIDE).marks] == [True]


@given(lives())
def test_time_runs_in_reading_direction(
    life: tuple[list[Stretch], list[Absent], list[Tick], float],
) -> None:
    stretches, away, ticks, last = life
    picture = life_line(stretches, away, ticks, last, WIDE)
    there = picture.mirrored()
    for one, other in zip(picture.boxes, there.boxes, strict=True):
        assert abs(one.x + one.width + other.x - WIDE) < A_LITTLE
    for mark, twin in zip(picture.marks, there.marks, strict=True):
        assert abs(mark.x + twin.x - WIDE) < A_LITTLE


# Grids ---------------------------------------------------------------------------------------------

columns = st.lists(st.tuples(words, words), min_size=1, max_size=14)


@given(st.data(), columns, widths)
def test_nothing_in_a_grid_is_cut_and_no_words_are_covered(
    data: st.DataObject, heads: list[tuple[str, str]], width: float
) -> None:
    cells = st.lists(st.booleans(), min_size=len(heads), max_size=len(heads)).map(tuple)
    rows = data.draw(st.lists(st.builds(Row, words, cells, cells), min_size=1, max_size=6))
    picture = over_time(rows, heads, width)
    nothing_is_cut(picture)
    no_words_are_covered(picture)
    assert len(picture.marks) == sum(sum(row.given) for row in rows)


@given(st.data(), columns, widths)
def test_nothing_among_the_months_is_cut_and_no_words_are_covered(
    data: st.DataObject, heads: list[tuple[str, str]], width: float
) -> None:
    numbers = st.none() | st.integers(0, 1200)
    counts = st.lists(numbers, min_size=len(heads), max_size=len(heads)).map(tuple)
    rows = data.draw(st.lists(st.builds(Counts, words, counts), min_size=1, max_size=6))
    picture = by_month(rows, heads, width)
    nothing_is_cut(picture)
    no_words_are_covered(picture)


def test_what_is_withheld_looks_the_same_beside_any_number() -> None:
    heads = [("Jan", "2026"), ("Feb", "2026")]
    for other in (3, 40, 900):
        boxes = by_month([Counts("Bored", (None, other))], heads, WIDE).boxes
        assert (boxes[0].height, boxes[0].withheld, boxes[1].withheld) == (WITHHELD, True, False)


def test_where_there_was_none_nothing_is_drawn() -> None:
    assert by_month([Counts("Bored", (0,))], [("Jan", "2026")], WIDE).boxes == ()


# Words ---------------------------------------------------------------------------------------------


@given(words, st.floats(20, 400))
def test_wrapped_words_are_all_there_and_no_line_is_too_long(said: str, room: float) -> None:
    lines = wrapped(said, room)
    assert "".join("".join(lines).split()) == "".join(said.split())
    assert all(room_for(line) <= room + A_LITTLE for line in lines)


@given(st.lists(st.floats(0, 100), max_size=5).map(sorted))
def test_places_are_moved_apart_and_stay_inside(places: list[float]) -> None:
    moved = spread(places, 20, 100)
    assert all(later - one >= 20 - A_LITTLE for one, later in pairwise(moved))
    assert all(10 - A_LITTLE <= one <= 90 + A_LITTLE for one in moved)


def test_a_text_knows_where_it_reaches() -> None:
    assert Text(10, 0, "ab", starts=True).span == (10, 10 + room_for("ab"))
