"""The worker's record in a browser: an adult's view saved as it is chosen, the child's words beside it."""

from playwright.sync_api import Page, expect

from records.answers import keep
from records.database import db
from records.tables import Interview
from tests.browser.conftest import SIZES, Kept
from tests.browser.eyes import faults_at, small_targets
from tests.browser.fingers import option, question, wait_saved
from tests.people import answer, keeping
from views.moments import now

SAID = {"why": "They shout all day.", "hurt_away": "yes", "hurt_away_words": "Somebody pushed me."}


def tell(talk: Kept) -> None:
    """What the child has said so far."""
    with keeping(talk.app):
        interview = db.session.get_one(Interview, talk.id)
        said = [answer(key, value) for key, value in SAID.items()]
        keep(interview, said, interview.interviewer_id, now())


def test_a_view_is_saved_as_it_is_chosen(tablet: Page, talk: Kept) -> None:
    tell(talk)
    tablet.goto(f"{talk.path}/record")
    question(tablet, "worker_reasons").locator("summary", has_text="Where the child lives").click()
    option(tablet, "worker_reasons", "A1").check()
    option(tablet, "worker_reasons", "K4").check()
    tablet.locator("#q-worker_biggest").select_option("A1")
    wait_saved(tablet)
    assert talk["worker_reasons"].value == ["A1", "K4"]
    assert talk["worker_biggest"].value == "A1"
    tablet.reload()
    expect(option(tablet, "worker_reasons", "A1")).to_be_visible()  # its heading stands open
    expect(tablet.locator("#q-worker_biggest")).to_have_value("A1")


def test_the_childs_words_unfold_beside_the_question(tablet: Page, talk: Kept) -> None:
    tell(talk)
    tablet.goto(f"{talk.path}/record")
    harm = question(tablet, "harm")
    expect(harm.get_by_text("Somebody pushed me.")).to_be_hidden()
    harm.get_by_text("What the child said").click()
    expect(harm.get_by_text("Somebody pushed me.")).to_be_visible()


def test_the_record_is_for_every_eye_and_finger(tablet: Page, talk: Kept) -> None:
    tell(talk)
    tablet.goto(f"{talk.path}/record")
    tablet.evaluate("() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }")
    for size in SIZES:
        assert faults_at(tablet, size) == []
        assert [small for small in small_targets(tablet) if "<summary" in small or "<select" in small] == []
