"""The whole talk by keyboard alone, with the focus in sight all the way."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Kept
from tests.browser.eyes import wait_for_page
from tests.browser.fingers import eventually, option, question, star, wait_saved, words_of

RING = """() => {
  const seen = (element) => {
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return outlined || style.boxShadow !== "none";
  };
  const here = document.activeElement;
  if (!here.matches(":focus")) return true; // the browser's own button in a date field has its own ring
  const around = [here, here.nextElementSibling, here.closest("label"), here.closest(".card"),
                  ...(here.closest("label")?.querySelectorAll("span") ?? [])];
  return around.filter(Boolean).some(seen);
}"""


def tab_to(page: Page, wanted: Locator, back: bool = False) -> None:
    """Press Tab until this has the focus, and see where it is all the way."""
    wait_for_page(page)  # before its style sheets have come, no ring can be seen
    for _ in range(150):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("document.activeElement.matches('body')"):
            continue
        assert page.evaluate(RING), page.evaluate("document.activeElement.outerHTML")
        if wanted.evaluate("wanted => wanted === document.activeElement"):
            return
    raise AssertionError(f"The Tab key never reaches {wanted}.")


def go_to(page: Page, key: str) -> None:
    """Open the next questions with Enter, until this one."""
    for _ in range(8):
        tab_to(page, page.get_by_role("button", name="Next", exact=True))
        page.keyboard.press("Enter")
        asked = question(page, key).locator(".words")
        if asked.is_visible():
            break
    expect(asked).to_be_focused()


def test_a_talk_by_keyboard_alone(tablet: Page, talk: Kept) -> None:
    tab_to(tablet, option(tablet, "ready", "yes"))
    tablet.keyboard.press("Space")
    go_to(tablet, "being_back")
    tab_to(tablet, option(tablet, "being_back", "1"))
    tablet.keyboard.press("ArrowRight")
    go_to(tablet, "why")
    tab_to(tablet, words_of(tablet, "why"))
    tablet.keyboard.type("Nobody listens.\nNever.")
    go_to(tablet, "reasons")
    tab_to(tablet, option(tablet, "reasons", "A1"))
    tablet.keyboard.press("Space")
    tab_to(tablet, star(tablet, "A1"))
    tablet.keyboard.press("Space")
    wait_saved(tablet)
    assert [talk[key].value for key in ("ready", "being_back", "why")] == [
        "yes",
        "2",
        "Nobody listens.\nNever.",
    ]
    assert talk["reasons"].value == {"chosen": ["A1"], "biggest": "A1"}


def test_the_read_back_and_the_rest_by_keyboard_alone(tablet: Page, talk: Kept) -> None:
    option(tablet, "ready", "yes").focus()
    tablet.keyboard.press("Space")
    wait_saved(tablet)
    tablet.goto(f"{talk.path}/read-back")
    press(tablet, tablet.locator('input[name="agrees"]').first, "Space")
    press(tablet, tablet.get_by_role("button", name="I am done"), "Enter")
    expect(tablet.get_by_role("heading", level=1)).to_have_text("What you can do")
    press(tablet, tablet.locator('input[name="keep"]').first, "Space")
    press(tablet, tablet.get_by_role("button", name="Next"), "Enter")
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Thank you")
    press(tablet, tablet.get_by_role("link", name="For the grown-up: go on"), "Enter")
    expect(tablet.get_by_role("link", name="Write your record")).to_be_visible()
    press(tablet, tablet.get_by_role("link", name="Write your record"), "Enter")
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Your record of the talk")
    press(tablet, tablet.get_by_label("Where was it held?"), "In the park")
    eventually(tablet, saved(talk, "place", "In the park"))
    tablet.keyboard.press("Enter")
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Your record of the talk")


def test_the_enter_key_on_a_box_says_nothing_that_nobody_said(tablet: Page, talk: Kept) -> None:
    option(tablet, "ready", "yes").press("Space")
    wait_saved(tablet)
    tablet.goto(f"{talk.path}/numbers")
    for key in ("Space", "Enter"):
        tablet.locator("[name=keep][value=childline]").press(key)
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert talk["helplines_given"].value == ["childline"]
    for key in ("Space", "Enter"):
        tablet.locator("[name=face]").first.press(key)
    tablet.get_by_role("button", name="Partly").press("Enter")
    expect(tablet.get_by_text("How was this talk?")).to_have_count(0)


def press(page: Page, wanted: Locator, keys: str) -> None:
    """Go there with Tab, and press a key or type words."""
    tab_to(page, wanted)
    (page.keyboard.press if keys in {"Space", "Enter"} else page.keyboard.type)(keys)


def saved(talk: Kept, question: str, value: str) -> Callable[[], bool]:
    """Whether this is on the server."""
    return lambda: [answer.value for answer in talk.rows(question)][-1:] == [value]
