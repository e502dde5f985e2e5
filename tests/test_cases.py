"""The eighteen published cases as made-up children: each summary shows the reasons that the case holds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.access import Role
from interview.clock import Standing
from interview.episodes import Times, faults_of_times
from interview.letters import fits_on_a_page, read_again
from interview.offers import faults_of_offer
from interview.sentences import sentences
from interview.strangers import answer_tells, tells_a_stranger
from interview.summary import Summary, summary
from records.base import fetch_keys
from records.board import board
from records.database import db, writing
from records.episodes import other_absences
from records.interviews import to_hold
from records.letters import names_around
from records.people import Reader
from records.samples import load
from records.samples.cases import CASES
from records.samples.retold import Case
from records.summaries import child_record
from records.tables import Child, Concern, Episode, Letter, Offer, Person, Request
from tests.cases_expected import EXPECTED, Expected
from tests.conftest import BOTH
from tests.houses import Model, close
from tests.people import reader_on

NOW = datetime(2026, 11, 22, 15, 37, tzinfo=UTC)
ADULTS = "adults"


@dataclass(frozen=True)
class Samples:
    """The loaded samples: the app, and the children's ids by name."""

    app: Flask
    children: dict[str, str]


@pytest.fixture(scope="module", params=BOTH)
def samples(
    request: pytest.FixtureRequest, models: Callable[..., Model], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Samples]:
    """The samples, loaded once and only read."""
    house = models(request.param, empty=True).copy(tmp_path_factory.mktemp("samples") / "instance")
    app = house.open()
    with app.app_context():
        with writing():
            load("a made-up password", NOW)
        children = db.session.scalars(sa.select(Child)).all()
        fetch_keys(child.id for child in children)
        names = {child.name: child.id for child in children}
    yield Samples(app, names)
    close(app)
    house.remove()


@pytest.fixture
def opened(samples: Samples) -> Iterator[Samples]:
    """The samples, open for reading."""
    with samples.app.app_context():
        yield samples


def reader_named(sign_in_name: str) -> Reader:
    """One of the demo people, as the records see them."""
    person = db.session.scalars(sa.select(Person).where(Person.sign_in_name == sign_in_name)).one()
    return reader_on(person.id, NOW.date())


def for_the_review(samples: Samples, name: str) -> Summary:
    """What the reviewing officer gets of this child."""
    child = db.session.get_one(Child, samples.children[name])
    reader = Reader("someone", Role.REVIEWING_OFFICER, children=frozenset({child.id}))
    return summary(child_record(reader, child, NOW), Role.REVIEWING_OFFICER)


def guesses_in(case: Case) -> set[str]:
    """What adults guessed in the finished talks about one child."""
    return {talk.worker["adult_guess"] for talk in case.talks if "adult_guess" in talk.worker}


@pytest.mark.parametrize("expected", EXPECTED.values(), ids=EXPECTED)
def test_the_summary_shows_the_reasons_of_the_case(opened: Samples, expected: Expected) -> None:
    reasons = for_the_review(opened, expected.name).block("reasons")
    assert {line.key for line in (reasons.lines if reasons else ())} == expected.shown


@pytest.mark.parametrize("expected", EXPECTED.values(), ids=EXPECTED)
def test_what_adults_suspect_is_no_reason_of_the_child(opened: Samples, expected: Expected) -> None:
    headings = for_the_review(opened, expected.name).headings()
    assert not expected.suspected & {line.key for block in headings for line in block.lines}


@pytest.mark.parametrize("case", CASES, ids=[case.key for case in CASES])
def test_the_adults_guess_stands_apart(opened: Samples, case: Case) -> None:
    """All that adults guessed is under what adults think, and in no other block."""
    quoted = [
        (block.key, quote.words)
        for block in for_the_review(opened, case.name).blocks
        for line in block.lines
        for quote in line.quotes
    ]
    guesses = guesses_in(case)
    assert guesses <= {words for key, words in quoted if key == ADULTS}
    assert not guesses & {words for key, words in quoted if key != ADULTS}


def test_every_case_is_told() -> None:
    assert {case.key: case.name for case in CASES} == {key: one.name for key, one in EXPECTED.items()}
    assert {case.key[:3] for case in CASES} == {f"C{number:02}" for number in range(1, 19)}


def test_every_absence_is_possible(opened: Samples) -> None:
    born = {child.id: child.born for child in db.session.scalars(sa.select(Child))}
    for episode in db.session.scalars(sa.select(Episode)):
        times = Times(episode.missing_at, episode.found_at, episode.returned_at)
        others = other_absences(episode.child_id, episode.id)
        assert faults_of_times(times, born[episode.child_id], others, NOW) == {}


def test_every_offer_could_be_logged(opened: Samples) -> None:
    offers = db.session.scalars(sa.select(Offer)).all()
    fetch_keys({offer.child_id for offer in offers})
    assert all(faults_of_offer(offer.outcome, offer.why, offer.at, NOW) == {} for offer in offers)


@pytest.mark.parametrize("case", CASES, ids=[case.key for case in CASES])
def test_a_reason_is_tied_to_a_sentence_that_was_said(case: Case) -> None:
    for talk in case.talks:
        answers = {one.question: one.value for one in talk.said}
        ties = answers.get("reasons", {}).get("told", {}).values()
        assert [tie for tie in ties if tie["words"] not in sentences(answers[tie["question"]])] == []


def test_two_who_left_together_are_asked_apart(opened: Samples) -> None:
    talks = {case.key: case.talks for case in CASES if case.key.startswith("C04")}
    assert talks["C04a"][0].interviewer != talks["C04b"][0].interviewer
    assert talks["C04a"][0].said != talks["C04b"][0].said


def test_all_forty_eight_absences_are_counted(opened: Samples) -> None:
    returns = for_the_review(opened, EXPECTED["C02"].name).returns
    assert len(returns) == 48
    assert (max(r.missing_at for r in returns) - min(r.missing_at for r in returns)).days <= 84


def test_the_board_needs_the_coordinator_now(opened: Samples) -> None:
    standings = [line.progress.standing for line in board(reader_named("cora"), NOW)]
    assert {Standing.DUE, Standing.OVERDUE, Standing.NOT_STARTED} <= set(standings)
    assert standings.count(Standing.DUE) >= 2


def test_ines_has_talks_to_hold(opened: Samples) -> None:
    mine = to_hold(reader_named("ines"), NOW)
    assert any(talk.held_at is None for talk in mine)
    assert any(talk.held_at is not None for talk in mine)


def test_an_allegation_waits_for_the_designated_officer(opened: Samples) -> None:
    waiting = db.session.scalars(sa.select(Concern).where(Concern.told_at.is_(None))).all()
    assert [concern.kind for concern in waiting] == ["allegation"]
    assert waiting[0].due_at is not None
    assert waiting[0].due_at > NOW


def test_the_allegation_is_in_no_summary_of_the_officer(opened: Samples) -> None:
    page = str(for_the_review(opened, EXPECTED["C18"].name))
    assert "hold of my arm" not in page
    assert "adult_hurt" not in page


def test_samples_go_into_an_empty_database_only(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["samples", "load"])
    assert result.exit_code != 0
    assert "holds people already" in result.output


def test_no_letter_of_the_samples_tells_a_stranger_anything(samples: Samples) -> None:
    with samples.app.app_context():
        letters = db.session.scalars(sa.select(Letter)).all()
        assert {letter.language for letter in letters} == {"en", "cy", "ar"}
        for letter in letters:
            child = db.session.get_one(Child, letter.child_id)
            names = names_around(child, ())
            body = read_again(letter.body)
            assert fits_on_a_page(body.items)
            for item in body.on_paper.items:
                assert db.session.get_one(Request, item.request).for_home, item.asked
                assert not tells_a_stranger(item.asked, names), item.asked
                assert not answer_tells(item.words, names), item.words
