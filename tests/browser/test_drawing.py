"""A drawing on a tablet: with mouse, finger and pen, taken back, opened again, and shown as it is."""

import time
from typing import Any

import pytest
from playwright.sync_api import CDPSession, FloatRect, Locator, Page, expect

from interview.access import Audience
from interview.answers import SaidBy
from tests.browser.conftest import PHONE, TABLET, Hand, Kept
from tests.browser.eyes import faults_at, small_targets
from tests.browser.fingers import eventually, go_on_to, option, question, see_whole, send, turn_to, wait_saved
from tests.people import People

# Where fingers go, in parts of the sheet.
UP_AND_DOWN = ((0.1, 0.2), (0.3, 0.8), (0.5, 0.2), (0.7, 0.8))
ACROSS = ((0.2, 0.5), (0.8, 0.5))
Way = tuple[tuple[float, float], ...]


def sheet(page: Page, key: str = "why_drawing") -> Locator:
    """The sheet of one question, unfolded."""
    box = question(page, key)
    see_whole(page)
    opener = box.get_by_role("button", name="Draw here")
    unfolded = box.locator(".canvas")
    expect(opener.or_(unfolded).first).to_be_visible()
    if opener.is_visible():
        opener.click()
    unfolded.scroll_into_view_if_needed()
    return unfolded


def edges(of: Locator) -> FloatRect:
    """Where it stands on the screen."""
    found = of.bounding_box()
    assert found is not None
    return found


def at(edge: FloatRect, point: tuple[float, float]) -> tuple[float, float]:
    """A point of the sheet on the screen."""
    return edge["x"] + point[0] * edge["width"], edge["y"] + point[1] * edge["height"]


def draw(page: Page, on: Locator, way: Way = UP_AND_DOWN) -> None:
    """One stroke with the mouse."""
    first, *others = (at(edges(on), point) for point in way)
    page.mouse.move(*first)
    page.mouse.down()
    for point in others:
        page.mouse.move(*point, steps=6)
    page.mouse.up()


def touch(page: Page, on: Locator, way: Way = UP_AND_DOWN) -> None:
    """One stroke with a finger."""
    fingers = page.context.new_cdp_session(page)
    first, *others = (at(edges(on), point) for point in way)
    finger(fingers, "touchStart", first)
    for point in others:
        finger(fingers, "touchMove", point)
    finger(fingers, "touchEnd")


def finger(fingers: CDPSession, does: str, point: tuple[float, float] | None = None) -> None:
    """What one finger does."""
    touching = [{"x": point[0], "y": point[1]}] if point else []
    fingers.send("Input.dispatchTouchEvent", {"type": does, "touchPoints": touching})


def lines(on: Locator) -> list[tuple[str | None, ...]]:
    """The strokes as they stand on the screen."""
    return [
        tuple(line.get_attribute(name) for name in ("points", "stroke", "stroke-width"))
        for line in on.locator("polyline").all()
    ]


def strokes(talk: Kept, key: str = "why_drawing") -> list[dict[str, Any]]:
    """The strokes that the server has."""
    return list(talk[key].value["strokes"])


@pytest.fixture
def why(tablet: Page, talk: Kept) -> Page:
    """The page on which a child says why, open."""
    tablet.goto(f"{talk.path}/talk")
    turn_to(tablet, "why")
    return tablet


def test_a_drawing_is_the_same_when_the_page_is_opened_again(why: Page, talk: Kept) -> None:
    box = question(why, "why_drawing")
    draw(why, sheet(why))
    box.get_by_role("button", name="Red").click()
    box.get_by_role("button", name="Very thick").click()
    draw(why, sheet(why), ACROSS)
    box.get_by_label("Your own words for your drawing").fill("Me and the door")
    wait_saved(why)
    first, second = strokes(talk)
    assert (first["colour"], second["colour"], second["width"]) == ("black", "red", 40)
    assert second["points"] == [200, 375, 800, 375], (
        "what lies between two ends of a straight line is not kept"
    )
    assert talk["why_drawing"].value["caption"] == "Me and the door"
    drawn = lines(sheet(why))
    why.reload()
    assert lines(sheet(why)) == drawn
    expect(box.get_by_label("Your own words for your drawing")).to_have_value("Me and the door")


def test_a_drawing_is_the_same_on_a_small_screen(why: Page, talk: Kept) -> None:
    draw(why, sheet(why))
    wait_saved(why)
    drawn = lines(sheet(why))
    why.set_viewport_size(PHONE)
    why.reload()
    assert lines(sheet(why)) == drawn
    edge = edges(sheet(why))
    assert edge["height"] / edge["width"] == pytest.approx(0.75, abs=0.02)
    draw(why, sheet(why), ACROSS)
    wait_saved(why)
    assert strokes(talk)[1]["points"] == pytest.approx([200, 375, 800, 375], abs=4)


def test_a_finger_draws_and_the_page_stays_where_it_is(hand: Hand, people: People, talk: Kept) -> None:
    page = hand(people.ines, has_touch=True, viewport=PHONE)
    page.goto(f"{talk.path}/talk")
    turn_to(page, "why")
    on = sheet(page)
    stands = page.evaluate("scrollY")
    touch(page, on, ((0.5, 0.9), (0.5, 0.5), (0.5, 0.1)))
    eventually(page, lambda: "why_drawing" in {row.question for row in talk.rows()})
    assert len(strokes(talk)) == 1
    # The finger went nearly 200 down. What comes late to the page may move it a little.
    assert page.evaluate("scrollY") == pytest.approx(stands, abs=20)


def test_a_touch_makes_a_dot(why: Page, talk: Kept) -> None:
    draw(why, sheet(why), ((0.5, 0.5),))
    wait_saved(why)
    assert strokes(talk)[0]["points"] == pytest.approx([500, 375], abs=2)
    assert len(str(lines(sheet(why))[0][0]).split()) == 2


def test_everything_can_be_taken_back_also_a_new_beginning(why: Page, talk: Kept) -> None:
    box, on = question(why, "why_drawing"), sheet(why)
    draw(why, on)
    draw(why, on, ACROSS)
    drawn = lines(on)
    box.get_by_role("button", name="Start again").click()
    assert lines(on) == []
    wait_saved(why)
    assert talk["why_drawing"].value is None
    box.get_by_role("button", name="Take back").click()
    assert lines(on) == drawn
    box.get_by_role("button", name="Take back").click()
    assert lines(on) == drawn[:1]
    wait_saved(why)
    assert len(strokes(talk)) == 1


def test_what_was_just_drawn_goes_out_with_the_page(why: Page, talk: Kept) -> None:
    on = sheet(why)
    why.mouse.move(*at(edges(on), (0.2, 0.2)))
    why.mouse.down()
    why.mouse.move(*at(edges(on), (0.8, 0.8)), steps=4)
    why.close(run_before_unload=False)
    eventually_kept(talk)


def eventually_kept(talk: Kept) -> None:
    """Wait for the server, the page being gone."""
    for _ in range(100):
        if any(row.question == "why_drawing" for row in talk.rows()):
            return
        time.sleep(0.05)
    raise AssertionError("The drawing never arrived.")


def test_two_fingers_make_no_second_line(hand: Hand, people: People, talk: Kept) -> None:
    page = hand(people.ines, has_touch=True)
    page.goto(f"{talk.path}/talk")
    turn_to(page, "why")
    on = sheet(page)
    edge, fingers = edges(on), page.context.new_cdp_session(page)
    one, palm = at(edge, (0.3, 0.3)), at(edge, (0.7, 0.9))
    for does, points in (("touchStart", [one]), ("touchStart", [one, palm]), ("touchEnd", [])):
        touching = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        fingers.send("Input.dispatchTouchEvent", {"type": does, "touchPoints": touching})
    eventually(page, lambda: len(lines(on)) == 1)


def test_a_keyboard_goes_past_the_sheet(why: Page) -> None:
    on = sheet(why)
    question(why, "why_drawing").get_by_role("button", name="Start again").focus()
    why.keyboard.press("Tab")
    expect(question(why, "why_drawing").get_by_label("Your own words for your drawing")).to_be_focused()
    assert on.get_attribute("tabindex") is None


def test_who_likes_to_draw_finds_the_sheet_open(tablet: Page, talk: Kept) -> None:
    tablet.goto(f"{talk.path}/talk")
    expect(question(tablet, "why_drawing").locator("[data-pad]")).not_to_have_attribute("hidden", "")
    see_whole(tablet)
    option(tablet, "how_tell", "draw").check()
    turn_to(tablet, "why")
    expect(question(tablet, "why_drawing").locator(".canvas")).to_be_visible()


def test_a_question_that_stands_by_itself_has_its_sheet_open(tablet: Page, talk: Kept) -> None:
    tablet.goto(f"{talk.path}/talk#why")
    expect(question(tablet, "why_drawing").locator("[data-pad]")).not_to_have_attribute("hidden", "")
    go_on_to(tablet, "why_drawing")
    draw(tablet, question(tablet, "why_drawing").locator(".canvas"))
    wait_saved(tablet)
    assert len(strokes(talk)) == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_sheet_and_its_pens_are_for_fingers_and_readers(why: Page, talk: Kept, language: str) -> None:
    talk.change(language=language)
    why.goto(f"{talk.path}/talk#f-why_drawing")
    box = question(why, "why_drawing")
    box.locator("[data-pad]").click()
    expect(box.locator(".canvas")).to_be_visible()
    for size in (PHONE, TABLET):
        assert faults_at(why, size) + small_targets(why) == []


def test_without_a_script_there_is_a_line_for_words(hand: Hand, people: People, talk: Kept) -> None:
    page = hand(people.ines, java_script_enabled=False)
    page.goto(f"{talk.path}/talk")
    expect(question(page, "why_drawing").locator(".canvas, [data-pad]:visible")).to_have_count(0)
    question(page, "why_drawing").get_by_label("Your own words for your drawing").fill("It is on paper.")
    send(page, page.get_by_role("button", name="Save", exact=True))
    assert talk["why_drawing"].value["caption"] == "It is on paper."


def test_a_talk_in_drawings_and_cards_alone_is_a_talk(hand: Hand, people: People, talk: Kept) -> None:
    page = hand(people.ines)
    page.goto(f"{talk.path}/talk")
    turn_to(page, "why")
    draw(page, sheet(page))
    question(page, "why_drawing").get_by_text("Who may read this?").click()
    question(page, "why_drawing").get_by_label("The adults at my home").check()
    turn_to(page, "cards")
    option(page, "reasons", "B1").check()
    turn_to(page, "away")
    option(page, "with_whom", "mum").check()
    option(page, "place_cards", "family").check()
    turn_to(page, "living")
    option(page, "safe_here", "sometimes").check()
    turn_to(page, "next")
    draw(page, sheet(page, "help_drawing"), ACROSS)
    wait_saved(page)
    assert Audience.HOME in talk["why_drawing"].audience
    assert talk["why_drawing"].said_by is SaidBy.WORD_FOR_WORD
    page.goto(f"{talk.path}/read-back")
    for key in ("why_drawing", "help_drawing"):
        expect(page.locator(f"#f-{key} svg.drawn")).to_have_attribute("aria-label", "A drawing")
    expect(page.locator("#f-with_whom .chosen-cards")).to_have_text("My mum")
    expect(page.locator("#f-with_whom img[src*='who-mum']")).to_have_count(1)
    page.goto(f"{talk.path}/record")
    for key, value in (("harm", "no"), ("options_talked", "yes"), ("helplines_given", "childline")):
        option(page, key, value).check()
    wait_saved(page)
    page.goto(f"{talk.path}/finish")
    expect(page.get_by_role("img", name="A drawing")).to_have_count(1)
    send(page, page.get_by_role("button", name="Finish the talk"))
    for person, address, drawings in (
        (people.ivan, f"/children/{people.robin.id}/summary", 2),
        (people.maya, f"/homes/{people.larch.id}/summary", 1),
    ):
        theirs = hand(person)
        theirs.goto(address)
        expect(theirs.get_by_role("img", name="A drawing")).to_have_count(drawings)
