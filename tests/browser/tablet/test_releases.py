"""A new release while talks are open on a tablet: they end on what they began with, and arrive."""

import shutil
from pathlib import Path

from playwright.sync_api import Page, expect

from interview.questions import NEWEST_SET
from tests.browser.fingers import Where, go_on_to, question, words_of
from tests.browser.tablet.hands import (
    PATIENCE,
    all_sent,
    ask_for,
    inner,
    open_talk,
    take,
    talk_with,
    the_frame,
    to_list,
    unlock,
    until,
)
from tests.browser.tablet.servers import ROOT, Process
from tests.browser.tablet.world import Day

PARTS = ("app.py", "forms", "interview", "records", "static", "templates", "translations", "views")
KEPT = """async () => Promise.all((await caches.keys()).map(async (name) => {
  const asked = (await (await caches.open(name)).keys()).map((one) => new URL(one.url));
  return asked.map((one) => one.pathname + one.search);
}))"""
RELEASES = "async () => (await caches.keys()).sort()"
WORDS, OTHER_WORDS = "What made you want to go?", "What was it that made you go?"
ON_BRIEF = "From another release."
NEWER = "A new version of Heard is here. Close all windows of Heard and open it again."
TYPED = "They moved me three times."
ANOTHER = "2099-01"
ANOTHER_SET = f"""
from dataclasses import replace
QUESTIONS["why"] = replace(QUESTIONS["why"], words="{OTHER_WORDS}")
NEWEST_SET = "{ANOTHER}"
SETS[NEWEST_SET] = tuple(key for key in QUESTIONS if key != "trigger")
"""


def another_release(folder: Path) -> Path:
    """Heard as it could come next: another script, another sheet, and a set that words and leaves out."""
    folder.mkdir()
    for name in PARTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    write_under(folder / "static" / "talk.js", 'document.documentElement.dataset.release = "another";\n')
    write_under(folder / "interview" / "questions.py", ANOTHER_SET)
    brief = folder / "templates" / "tablet" / "brief.html"
    brief.write_text(
        brief.read_text(encoding="utf-8").replace("{% block main %}", f"{{% block main %}}<p>{ON_BRIEF}</p>")
    )
    return folder


def write_under(file: Path, more: str) -> None:
    """Write more at the end of a file."""
    with file.open("a", encoding="utf-8") as open_file:
        open_file.write(more)


def upgrade(server: Process, folder: Path) -> None:
    """Another release is installed, and started."""
    server.stop()
    server.root = another_release(folder)
    server.start()


def release_of(page: Page) -> str | None:
    """Which release's script runs in the frame."""
    found = inner(page).evaluate("document.documentElement.dataset.release ?? null")
    return str(found) if found else None


def is_of_before(page: Page, talk: Where) -> None:
    """The talk in the frame is asked as it was before: its script, its words, and what is left out now."""
    go_on_to(talk, "why")
    expect(question(talk, "why").locator(".words").first).to_have_text(WORDS)
    assert release_of(page) is None
    go_on_to(talk, "trigger")


def test_talks_end_on_the_release_they_began_with(
    server: Process, page: Page, day: Day, tmp_path: Path
) -> None:
    first, second, _ = day.names
    take(page, (first, second))
    unlock(page)
    for name in (first, second):
        talk = open_talk(page, name)
        go_on_to(talk, "why")
        words_of(talk, "why").fill(f"Begun: {name}")
        to_list(page)
    before = page.evaluate(RELEASES)
    upgrade(server, tmp_path / "another")
    page.evaluate("async () => { await (await navigator.serviceWorker.ready).update(); }")
    until(page, lambda: len(page.evaluate(RELEASES)) == 2)
    talk = open_talk(page, first)  # in the middle of it the worker is replaced
    is_of_before(page, talk)
    words_of(talk, "trigger").fill(f"Ended: {first}")
    to_list(page)
    page.close()
    page = page.context.new_page()
    unlock(page)
    assert set(before) <= set(page.evaluate(RELEASES))
    server.stop()
    talk = open_talk(page, second)
    is_of_before(page, talk)
    words_of(talk, "trigger").fill(f"Ended: {second}")
    to_list(page)
    server.start()
    unlock(page)
    until(page, lambda: all_sent(page))
    for name, talk_kept in zip((first, second), day.talks, strict=False):
        assert talk_kept["why"].value == f"Begun: {name}"
        assert talk_kept["trigger"].value == f"Ended: {name}"
        assert {row.question_set for row in talk_kept.rows()} == {NEWEST_SET}


def test_a_talk_taken_right_after_an_upgrade_is_of_the_new_release(
    server: Process, page: Page, day: Day, tmp_path: Path
) -> None:
    first, _, third = day.names
    take(page, (first,))
    (before,) = page.evaluate(RELEASES)
    upgrade(server, tmp_path / "another")
    day.talks[2].change(question_set=ANOTHER)  # as it is given out from now on
    take(page, (third,))
    both = page.evaluate(RELEASES)
    assert before in both
    assert len(both) == 2
    server.stop()
    unlock(page)
    assert f"heard-{page.evaluate('document.body.dataset.release')}" in set(both) - {before}
    talk_with(page, third).locator(".needs__open").click()
    expect(the_frame(page).get_by_text(ON_BRIEF)).to_be_visible(timeout=PATIENCE)
    to_list(page)
    talk = open_talk(page, third)
    go_on_to(talk, "why")
    expect(question(talk, "why").locator(".words").first).to_have_text(OTHER_WORDS)
    assert release_of(page) == "another"
    expect(question(talk, "trigger")).to_have_count(0)
    to_list(page)
    is_of_before(page, open_talk(page, first))


def test_pages_go_when_no_talk_here_names_them_and_not_before(
    server: Process, page: Page, day: Day, tmp_path: Path
) -> None:
    first, second, third = day.names
    take(page, (first, second))
    before = page.evaluate(RELEASES)
    upgrade(server, tmp_path / "another")
    for name in (third, first, second):  # taken once more, a talk goes on with the pages of now
        take(page, (name,))
        assert set(before) < set(page.evaluate(RELEASES))
    take(page, (third,))
    after = page.evaluate(RELEASES)
    assert len(after) == 1
    assert after != before
    server.stop()
    unlock(page)
    open_talk(page, first)
    assert release_of(page) == "another"


def test_a_new_release_leaves_the_open_page_to_who_types(
    server: Process, page: Page, day: Day, tmp_path: Path
) -> None:
    first, _, third = day.names
    take(page, (first,))
    unlock(page)
    talk = open_talk(page, first)
    go_on_to(talk, "why")
    words_of(talk, "why").press_sequentially("They moved me ")
    inner(page).evaluate("window.stays = true")
    upgrade(server, tmp_path / "another")
    other = page.context.new_page()
    ask_for(other, (third,))  # it waits until the tablet's page is closed
    expect(other.locator("#fault")).to_have_text(NEWER, timeout=PATIENCE)
    expect(other.locator("#ready")).to_be_empty()
    words_of(talk, "why").press_sequentially("three times.")
    expect(words_of(talk, "why")).to_have_value(TYPED)
    assert inner(page).evaluate("window.stays")
    until(page, lambda: bool(day.talks[0].rows("why")) and day.talks[0]["why"].value == TYPED)
    page.close()
    take(other, (third,))
    unlock(other)
    talk = open_talk(other, first)
    is_of_before(other, talk)
    expect(words_of(talk, "why")).to_have_value(TYPED)


def test_the_cache_holds_what_is_listed_and_nothing_else(page: Page, day: Day) -> None:
    take(page, day.names)
    for path in ("/", "/interviews", day.talks[0].path, f"{day.talks[0].path}/talk", "/tablets", "/nowhere"):
        page.goto(path)
    unlock(page)
    open_talk(page, day.names[0])
    release = page.evaluate("document.body.dataset.release")
    listed = page.request.get(f"/tablet/pages/{release}/list").json()
    (kept,) = page.evaluate(KEPT)
    assert sorted(kept) == sorted([*listed, f"/tablet/pages/{release}/list"])
    for address in kept:
        assert address.startswith(("/static/", f"/tablet/pages/{release}/", "/tablet?in="))
    expect(page.locator("#frame iframe")).to_be_visible(timeout=PATIENCE)
