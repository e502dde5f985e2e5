"""The page of last time in a browser: for fingers and readers, written on and saved like the talk."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from interview.access import COUNCIL
from records.answers import keep
from records.database import db
from records.tables import Interview
from tests.browser.conftest import SIZES, Kept
from tests.browser.eyes import faults_at, small_targets
from tests.people import People, a_finished_talk, answer, keeping
from views.moments import now

THEN = {"ready": "yes", "why": "Nobody asks me.", "reasons": {"chosen": ["A3"], "biggest": "A3"}}


@pytest.fixture(params=["en", "ar"])
def last_time(request: pytest.FixtureRequest, talk: Kept, people: People, tablet: Page) -> Page:
    """Robin talked eight days ago, has told anew why, and looks at what was said last time."""
    talk.change(language=request.param)
    with keeping(talk.app):
        said = THEN | {"would_help": "A door that I can shut."}
        a_finished_talk(people, said, audience=COUNCIL, held_at=now() - timedelta(days=8))
        interview = db.session.get_one(Interview, talk.id)
        keep(interview, [answer("why", "It was worse.")], interview.interviewer_id, now())
    tablet.goto(f"{talk.path}/last-time")
    return tablet


def test_it_is_for_fingers_and_readers(last_time: Page) -> None:
    expect(last_time.locator(".skip").first).to_be_visible()
    faults = []
    for size in SIZES:
        faults += faults_at(last_time, size)
        faults += small_targets(last_time)
    assert faults == []


def test_what_is_written_there_is_saved_with_its_readers(last_time: Page, talk: Kept) -> None:
    last_time.locator("#q-last_time").fill("Nothing at all.")
    expect(last_time.locator(".mark[data-state=saved]")).to_be_visible(timeout=20_000)
    assert talk["last_time"].value == "Nothing at all."
    assert talk["last_time"].audience == COUNCIL
    last_time.locator("button[value=on]").click()
    expect(last_time).to_have_url(re.compile("/read-back$"))
