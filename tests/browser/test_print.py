"""The two summaries on paper: what stands on the page is on the paper, and nothing of the house around it."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import Hand
from tests.browser.eyes import too_wide
from tests.people import People, a_finished_talk, keeping

A4 = {"width": 794, "height": 1123}
WHY = "Nobody listens to me here."


@pytest.fixture(autouse=True)
def _heard(app: Flask, people: People) -> None:
    """Robin was heard, and lets everyone read it."""
    with keeping(app):
        a_finished_talk(people)


def printed(page: Page, path: str) -> Page:
    """A page as it comes out of a printer."""
    page.goto(path)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4["width"], "height": A4["height"]})
    return page


def test_the_childs_summary_on_paper(hand: Hand, people: People) -> None:
    paper = printed(hand(people.ivan), f"/children/{people.robin.id}/summary")
    expect(paper.get_by_role("heading", level=1)).to_be_visible()
    expect(paper.get_by_text(WHY).first).to_be_visible()
    holds_no_screen(paper)


def test_the_homes_summary_on_paper(hand: Hand, people: People) -> None:
    paper = printed(hand(people.maya), f"/homes/{people.larch.id}/summary")
    expect(paper.get_by_role("heading", level=1)).to_be_visible()
    expect(paper.get_by_text(WHY).first).to_be_visible()
    holds_no_screen(paper)


def holds_no_screen(paper: Page) -> None:
    """Nothing to touch is printed, and nothing is cut off at the edge."""
    shown = paper.locator("header, nav, form, button, .govuk-button, footer").all()
    assert [one.evaluate("one => one.outerHTML.slice(0, 80)") for one in shown if one.is_visible()] == []
    assert too_wide(paper) == []
    assert paper.pdf(format="A4").startswith(b"%PDF")
