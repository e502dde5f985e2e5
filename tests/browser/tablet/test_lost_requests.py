"""A network that loses 30 of 100 requests on their way, and 30 of 100 answers on their way back."""

from collections import Counter
from dataclasses import dataclass, field
from functools import partial

import sqlalchemy as sa
from flask import Flask

from interview.answers import Answer
from records.database import db
from records.tables import Late
from tests.browser.conftest import Kept
from tests.browser.fingers import go_on_to, turn_to, words_of
from tests.browser.tablet.conftest import Fetch
from tests.browser.tablet.hands import all_sent, open_talk, sign_in, take, to_list, unlock, until
from tests.browser.tablet.servers import Network, Process, network
from tests.browser.tablet.watching import Mark, Watch
from tests.browser.tablet.world import Day, a_day
from tests.people import People
from tests.proofs import as_many, figure

LINES = ("Nobody listens.", "Nobody listens to me.", "Nobody listens to me here, and that is why.")
ALL_SENT = "Everything has been sent."


@dataclass
class Listener:
    """Believes nothing: whenever "saved" or "all sent" is seen, it looks whether the server has it."""

    talks: dict[str, Kept]
    said: dict[str, str] = field(default_factory=dict)
    claims: Counter[str] = field(default_factory=Counter)
    lies: list[object] = field(default_factory=list)

    def marked(self, mark: Mark) -> None:
        """A picture showed this mark."""
        self.claims[mark.state] += 1
        if mark.state != "saved":
            return
        rows = {(row.question, row.value) for row in self.talks[mark.talk].rows()}
        if missing := set(mark.said.items()) - rows:
            self.lies.append((mark, missing))

    def listed(self, unsent: str) -> None:
        """A picture showed the list, and what it says of what waits."""
        self.claims["all sent" if unsent == ALL_SENT else "unsent"] += 1
        if unsent != ALL_SENT:
            return
        for talk, words in self.said.items():
            if words not in [row.value for row in self.talks[talk].rows("why")]:
                self.lies.append((talk, words))


def listening(day: Day) -> tuple[Watch, Listener]:
    """Somebody looks at each picture of the screen."""
    listener = Listener({kept.id: kept for kept in day.talks})
    return Watch(when_marked=listener.marked, when_listed=listener.listed), listener


def has_come(kept: Kept, words: str) -> bool:
    """Whether the server has it."""
    return kept.rows("why")[-1:] != [] and kept["why"].value == words


def came_whole_and_once(app: Flask, kept: Kept, lines: list[str]) -> None:
    """Each operation is there once, on top of the one before, and each is something that was said."""
    rows: list[Answer] = kept.rows()
    ids = [answer.op_id for answer in rows]
    assert len(set(ids)) == len(ids)
    assert [answer.base_op for answer in rows] == [None, *ids[:-1]]
    assert {answer.question for answer in rows} == {"why"}
    assert {answer.value for answer in rows} <= set(lines)
    assert rows[-1].value == lines[-1]
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Late)) == 0


def tell(what: str, bad: Network, listener: Listener, saved: str) -> None:
    """What was lost, and what was claimed, for the table."""
    fates = [bad.happened[f"POST {fate}"] for fate in ("lost before", "lost after", "answered")]
    assert all(fates)
    assert listener.lies == []
    assert listener.claims[saved]
    shares = ", ".join(f"{100 * fate / sum(fates):.0f} %" for fate in fates)
    figure(f"  {what}: requests; lost before, lost after, answered", f"{sum(fates)}: {shares}")
    figure(f"  pictures that said {saved}, each looked up on the server", listener.claims[saved])
    figure("  of these not true; operations missing or twice", "0; 0", "0; 0")


def test_an_online_talk_arrives_whole_and_once(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    day = a_day(app, people)
    talk, lines = day.talks[0], list[str]()
    watch, listener = listening(day)
    with network(server, seed=5) as bad:
        page = device(bad.address, watch=watch).page()
        sign_in(page, people.ines)
        page.goto(f"{talk.path}/talk")
        turn_to(page, "why")
        bad.worsen(before=0.3, after=0.3)
        for n in range(as_many(6, 40)):
            lines.append(f"{LINES[n % 3]} {n}")
            words_of(page, "why").fill(lines[-1])
            shown = listener.claims["saved"]
            until(page, lambda shown=shown: listener.claims["saved"] > shown)  # type: ignore[misc]
            assert has_come(talk, lines[-1])
        came_whole_and_once(app, talk, lines)
        tell("bad network, online talk", bad, listener, "saved")


def test_what_a_tablet_sends_arrives_whole_and_once(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    day = a_day(app, people)
    said: dict[str, list[str]] = {name: [] for name in day.names}
    watch, listener = listening(day)
    with network(server, seed=7) as bad:
        page = device(bad.address, watch=watch).page()
        sign_in(page, people.ines)
        take(page, day.names)
        unlock(page)
        bad.worsen(before=0.3, after=0.3)
        for n in range(as_many(2, 10)):
            for name, kept in zip(day.names, day.talks, strict=True):
                talk = open_talk(page, name)
                go_on_to(talk, "why")
                said[name].append(f"{LINES[n % 3]} {n} {name}")
                listener.said[kept.id] = said[name][-1]
                words_of(talk, "why").fill(said[name][-1])
                if n % 2:  # every other time it is left before it has been sent
                    until(page, partial(has_come, kept, said[name][-1]))
                to_list(page)
        until(page, partial(all_sent, page))
        for name, kept in zip(day.names, day.talks, strict=True):
            came_whole_and_once(app, kept, said[name])
        tell("bad network, tablet", bad, listener, "all sent")
