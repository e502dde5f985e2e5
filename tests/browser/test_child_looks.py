"""The child's pages in English and in Arabic: for fingers, for readers, and from the right side."""

import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import ViewportSize as Size

from records.answers import keep
from records.database import db
from records.tables import Interview
from tests.browser.conftest import PHONE, SIZES, TABLET, Kept
from tests.browser.eyes import faults_at, small_targets, too_wide
from tests.browser.fingers import skip, wait_saved
from tests.people import a_skip, answer, keeping
from views.moments import now

OPEN_ALL = """() => {
  for (const part of document.querySelectorAll("main > section")) part.dataset.open = "";
  document.querySelector("#talk")?.classList.add("whole");
  for (const box of document.querySelectorAll(".q")) { box.hidden = false; box.classList.add("now"); }
  for (const box of document.querySelectorAll("#talk .q")) furnish(box);
  for (const more of document.querySelectorAll("details")) more.open = true;
  for (const one of document.querySelectorAll(".off")) one.classList.remove("off");
}"""
LONG = "Nobody listens to me here. They shout all day long, and then they lock the kitchen. " * 3
ARABIC = "لا أحد يسمعني هنا. أريد أمي."


@pytest.fixture(params=["en", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    """In which language the child is spoken to."""
    return str(request.param)


@pytest.fixture
def spoken(talk: Kept, language: str) -> Kept:
    """A talk in that language, in which something of every kind was said."""
    talk.change(language=language)
    with keeping(talk.app):
        said = [answer("why", ARABIC if language == "ar" else LONG), answer("being_back", "2")]
        said += [answer("reasons", {"chosen": ["A1", "B1"], "biggest": "B1"}), answer("felt_safe_away", 3)]
        said += [answer("how_travelled", ["walked", "car"]), a_skip("where_went"), answer("need_now", "ABC")]
        interview = db.session.get_one(Interview, talk.id)
        keep(interview, said, interview.interviewer_id, now())
    return talk


@pytest.fixture(params=["welcome", "talk", "read-back", "numbers", "slip", "thanks"])
def shown(request: pytest.FixtureRequest, spoken: Kept, tablet: Page) -> Page:
    """Each of the child's pages, with everything on it unfolded."""
    tablet.goto(f"{spoken.path}/{request.param}")
    tablet.evaluate(OPEN_ALL)
    return tablet


def test_a_childs_page_is_for_fingers_and_readers(shown: Page) -> None:
    faults = []
    for size in SIZES:
        faults += faults_at(shown, size)
        faults += small_targets(shown)
    assert faults == []


def test_a_childs_page_is_in_the_childs_language(shown: Page, language: str) -> None:
    direction = "rtl" if language == "ar" else "ltr"
    expect(shown.locator("html")).to_have_attribute("dir", direction)
    expect(shown.locator("html")).to_have_attribute("lang", language)
    starts = [gap_at_start(one, direction) for one in shown.locator("main :is(h1, h2, legend):visible").all()]
    assert all(gap < 50 for gap in starts)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["width"]))
def test_boxes_stand_at_the_start_side(spoken: Kept, language: str, tablet: Page, size: Size) -> None:
    tablet.set_viewport_size(size)
    tablet.goto(f"{spoken.path}/talk")
    tablet.evaluate(OPEN_ALL)
    direction = "rtl" if language == "ar" else "ltr"
    first = [".places li", ".pill", ".face", ".skip", ".step", ".card", ".more", "textarea"]
    gaps = {one: gap_at_start(tablet.locator(f"main {one}").first, direction) for one in first}
    assert {one: gap for one, gap in gaps.items() if gap > 30} == {}
    assert (
        gap_at_start(tablet.locator("#back"), direction)
        < 30
        < gap_at_start(tablet.locator("#onward"), direction)
    )


def gap_at_start(element: Locator, direction: str) -> float:
    """How far an element stands from where the line begins."""
    return float(
        element.evaluate(
            """(element, direction) => {
              const inside = document.querySelector("main"), style = getComputedStyle(inside);
              const [one, all] = [element, inside].map((each) => each.getBoundingClientRect());
              const padding = parseFloat(style.paddingInlineStart);
              return direction === "rtl" ? all.right - padding - one.right : one.left - all.left - padding;
            }""",
            direction,
        )
    )


def test_the_mark_keeps_its_sense_in_arabic(talk: Kept, tablet: Page) -> None:
    talk.change(language="ar")
    tablet.reload()
    skip(tablet, "ready").check()
    expect(tablet.locator(".mark[data-state=saved]")).to_be_visible(timeout=20_000)
    assert "Saved" not in (tablet.locator(".mark").text_content() or "")


def test_a_long_mark_leaves_the_break_its_place(talk: Kept, tablet: Page) -> None:
    tablet.set_viewport_size(PHONE)
    talk.change(held_at=now(), finished_at=now())
    skip(tablet, "ready").check()
    expect(tablet.locator(".mark[data-state=finished]")).to_be_visible()
    top = tablet.locator(".top").bounding_box()
    assert top is not None
    assert top["height"] < PHONE["height"] / 5 + 1


def test_the_keyboard_on_a_phone_leaves_room(tablet: Page) -> None:
    tablet.set_viewport_size({**PHONE, "height": 380})  # what a keyboard leaves
    tablet.goto(f"{tablet.url}#f-why")
    box = tablet.locator("#q-why")
    box.focus()
    box.scroll_into_view_if_needed()
    expect(box).to_be_in_viewport(ratio=0.5)


def test_the_workers_record_is_readable_under_its_mark(tablet: Page, talk: Kept) -> None:
    tablet.goto(f"{talk.path}/record")
    tablet.locator("#q-place").fill("In the park")
    wait_saved(tablet)
    tablet.mouse.wheel(0, 1500)
    expect(tablet.locator(".mark")).to_be_in_viewport()
    see_through = "mark => getComputedStyle(mark).backgroundColor === 'rgba(0, 0, 0, 0)'"
    assert not tablet.locator(".mark").evaluate(see_through)
    assert too_wide(tablet) == []
    assert TABLET["width"] == tablet.evaluate("innerWidth")
