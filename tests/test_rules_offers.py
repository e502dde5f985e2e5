"""What can come of an offer."""

from datetime import UTC, datetime, timedelta

import pytest

from interview.offers import OUTCOMES, OfferState, faults_of_offer, state_of

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("outcome", "state", "offered", "accepted"),
    [
        ("accepted", OfferState.ACCEPTED, True, True),
        ("accepted-not-held", OfferState.WAITING, True, True),
        ("declined", OfferState.DECLINED, True, False),
        ("thinking", OfferState.WAITING, True, None),
        ("message-left", OfferState.WAITING, True, None),
        ("not-offered-missing-again", OfferState.NOT_OFFERED, False, None),
        ("not-offered-no-contact", OfferState.NOT_OFFERED, False, None),
        ("not-offered-other", OfferState.NOT_OFFERED, False, None),
    ],
)
def test_every_outcome_leads_somewhere(
    outcome: str, state: OfferState, offered: bool, accepted: bool | None
) -> None:
    known = OUTCOMES[outcome]
    assert (known.leads_to, known.offered, known.accepted) == (state, offered, accepted)


def test_the_table_has_no_other_outcomes() -> None:
    assert len(OUTCOMES) == 8
    assert all(key == outcome.key for key, outcome in OUTCOMES.items())


@pytest.mark.parametrize("outcome", [key for key, known in OUTCOMES.items() if known.needs_reason])
def test_a_no_and_an_offer_not_made_need_a_reason(outcome: str) -> None:
    assert "Write the reason" in faults_of_offer(outcome, "  ", NOW, NOW)["why"]
    assert faults_of_offer(outcome, "They were asleep.", NOW, NOW) == {}


def test_what_needs_a_reason() -> None:
    needy = {key for key, known in OUTCOMES.items() if known.needs_reason}
    assert needy == {"declined"} | {key for key in OUTCOMES if key.startswith("not-offered")}


def test_an_attempt_cannot_be_made_tomorrow() -> None:
    assert "in the future" in faults_of_offer("accepted", "", NOW + timedelta(minutes=1), NOW)["at"]
    assert faults_of_offer("accepted", "", NOW, NOW) == {}


@pytest.mark.parametrize(
    ("attempts", "state"),
    [
        ([], OfferState.NOT_OFFERED_YET),
        (["message-left", "thinking"], OfferState.WAITING),
        (["declined", "accepted"], OfferState.ACCEPTED),
        (["accepted", "accepted-not-held"], OfferState.WAITING),
        (["accepted", "declined"], OfferState.DECLINED),
    ],
)
def test_the_latest_attempt_decides(attempts: list[str], state: OfferState) -> None:
    assert state_of(attempts) is state
