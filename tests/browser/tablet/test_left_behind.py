"""What a tablet leaves on its disk: of 200 words typed, none: while and after work, locking, signing out."""

from functools import partial

from flask import Flask
from playwright.sync_api import Locator, Page, expect

from tests.browser.fingers import Where, question, see_whole
from tests.browser.tablet.conftest import Fetch
from tests.browser.tablet.devices import Device
from tests.browser.tablet.hands import (
    PATIENCE,
    all_sent,
    open_with,
    sign_in,
    sign_out,
    take,
    talk_with,
    the_frame,
    unlock,
    until,
)
from tests.browser.tablet.servers import Process
from tests.browser.tablet.traces import MARK
from tests.browser.tablet.world import Marks, a_marked_talk
from tests.people import People
from tests.proofs import figure

BOXES = "form :is(textarea, input:not([type]), input[type=text]):not([inputmode=numeric]):visible"
EACH = 6  # words in a box


def nothing_left(tablet: Device, when: str, marks: Marks) -> None:
    """No marker word stands anywhere in its profile."""
    found = tablet.traces()
    assert found == [], f"{when}: {found}"
    figure(f"  marker words on the disk {when}", f"0 of {len(marks.given)}", "0 of 200")


def turn(page: Page, name: str, words: str = "") -> Where:
    """Turn to a page of the talk, on which these words stand."""
    page.evaluate("(name) => heard.go(name)", name)
    page.wait_for_function("(name) => window.heard?.page === name", arg=name)
    frame = the_frame(page)
    expect(frame.locator("h1, #talk, #record").first).to_be_attached(timeout=PATIENCE)
    expect(frame.locator("body")).to_contain_text(words, timeout=PATIENCE)
    return frame


def type_into(boxes: Locator, marks: Marks) -> int:
    """Type into every box that is seen, also where it comes meanwhile; letter by letter into the first."""
    number = 0
    while number < boxes.count():
        words = marks.more(EACH)
        box = boxes.nth(number)
        box.press_sequentially(words) if not number else box.fill(words)
        assert words in box.input_value()
        number += 1
    return number


def say_everything(page: Page, marks: Marks) -> None:
    """Every part of the talk, with a reason in words; the record; what is changed when it is read back."""
    frame = turn(page, "talk")
    see_whole(frame)
    boxes = 0
    for part in frame.locator(".places a").evaluate_all("(all) => all.map((one) => one.hash)"):
        frame.locator(f'.places a[href="{part}"]').click()
        expect(frame.locator(f"section{part}")).to_be_visible()
        boxes += type_into(frame.locator(f"section{part} {BOXES.removeprefix('form ')}"), marks)
    frame.locator('.places a[href="#cards"]').click()
    question(frame, "reasons").locator(".choose input").first.check(force=True)
    frame.locator(".ties summary").first.click()
    boxes += type_into(frame.locator(".ties textarea:visible"), marks)
    boxes += type_into(turn(page, "record").locator(BOXES), marks)
    assert boxes > 25
    frame = turn(page, "read-back", MARK)
    frame.locator('[name$=__check][value="change"]:visible').first.check(force=True)
    assert type_into(frame.locator("textarea[name$=__words]:visible"), marks)
    page.evaluate("heard.flush()")


def half_write(page: Page, name: str, marks: Marks) -> None:
    """Begin to fill in a sheet, and leave it."""
    assert type_into(turn(page, name).locator(BOXES), marks)
    page.evaluate("heard.flush()")


def is_kept(page: Page, typed: list[str]) -> None:
    """It has been typed, and is here to be found: in the open draft, or in what it has sealed."""
    draft = page.evaluate("JSON.stringify(heard.draft)")
    assert [word for word in typed if word not in draft] == []


def work_online(page: Page, path: str, marks: Marks) -> list[str]:
    """The same talk with a network: all its pages, and something typed."""
    for one in ("/", "/interviews", "/take-with-me", "/tablets", path, f"{path}/read-back", f"{path}/finish"):
        page.goto(one)
    expect(page.locator("body")).to_contain_text(MARK)
    typed = len(marks.given)
    page.goto(f"{path}/record")
    assert type_into(page.locator(BOXES), marks)
    expect(page.locator(".mark")).to_have_attribute("data-state", "saved", timeout=PATIENCE)
    return marks.given[typed:]


def test_no_word_of_a_record_is_found_on_the_disk(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    marks = Marks()
    talk = a_marked_talk(app, people, marks)
    passphrase = f"kettle {marks.more()} orchard"
    known = len(marks.given)
    tablet = device(server.address)
    page = taken(tablet, people, passphrase)
    server.stop()
    open_it(page, passphrase)
    say_everything(page, marks)
    typed = marks.given[known:]
    for name in ("urgent", "put-off"):
        half_write(page, name, marks)
    is_kept(page, marks.given[known:])
    assert len(set(typed)) >= 200
    nothing_left(tablet, "while it is open", marks)
    page.get_by_role("button", name="Lock").click()
    expect(page.locator("#locked")).to_be_visible()
    nothing_left(tablet, "after locking", marks)
    tablet.close()
    nothing_left(tablet, "after locking and closing", marks)
    page = at_work_again(tablet, passphrase)
    tablet.kill()
    nothing_left(tablet, "after work, the browser killed", marks)
    page = at_work_again(tablet, passphrase)
    page.close()
    tablet.close()
    nothing_left(tablet, "after work, the browser closed", marks)
    server.start()
    page = tablet.page()
    sign_in(page, people.ines)
    unlock(page, passphrase)
    until(page, partial(all_sent, page))
    came = " ".join(str(row.value) for row in talk.rows())
    assert [word for word in typed if word not in came] == []
    online = work_online(page, talk.path, marks)
    nothing_left(tablet, "after work with a network", marks)
    sign_out(page)
    nothing_left(tablet, "after signing out", marks)
    tablet.close()
    nothing_left(tablet, "after signing out and closing", marks)
    came = " ".join(str(row.value) for row in talk.rows())
    assert [word for word in online if word not in came] == []
    figure("  of these words typed on the tablet", len({*typed, *online}), "200")


def taken(tablet: Device, people: People, passphrase: str) -> Page:
    """The talk has been taken along."""
    page = tablet.page()
    sign_in(page, people.ines)
    take(page, [MARK], passphrase)
    return page


def open_it(page: Page, passphrase: str) -> None:
    """The passphrase is typed so that it can be read; then the brief is read."""
    page.goto("/tablet")
    page.get_by_label("Show what I type").check()
    open_with(page, passphrase)
    talk_with(page, MARK).locator(".needs__open").click()
    expect(page.locator("#frame iframe")).to_be_visible(timeout=PATIENCE)
    turn(page, "brief", MARK)


def at_work_again(tablet: Device, passphrase: str) -> Page:
    """In the middle of the talk, with its words before one's eyes."""
    page = tablet.page()
    unlock(page, passphrase)
    talk_with(page, MARK).locator(".needs__open").click()
    expect(page.locator("#frame iframe")).to_be_visible(timeout=PATIENCE)
    turn(page, "read-back", MARK)
    return page
