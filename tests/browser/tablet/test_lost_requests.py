"""A network that loses 30 of 100 requests on their way, and 30 of 100 answers on their way back."""

from collections import Counter
from functools import partial

from flask import Flask

from interview.answers import Answer
from tests.browser.conftest import Kept
from tests.browser.fingers import Where, go_on_to, mark, turn_to, words_of
from tests.browser.tablet.conftest import Fetch, as_many, figure
from tests.browser.tablet.hands import all_sent, open_talk, sign_in, take, to_list, unlock, until
from tests.browser.tablet.servers import Process, network
from tests.browser.tablet.world import a_day
from tests.people import People

LINES = ("Nobody listens.", "Nobody listens to me.", "Nobody listens to me here, and that is why.")


def the_mark_holds(where: Where, talk: Kept, question: str, value: object) -> bool:
    """Whether it says saved: then the server has it, whatever was lost."""
    if mark(where).get_attribute("data-state") != "saved":
        return False
    assert talk[question].value == value, f"The mark says: {mark(where).text_content()}"
    return True


def once(rows: list[Answer]) -> bool:
    """Whether every operation is there once, each on top of the one before."""
    ids = Counter(answer.op_id for answer in rows)
    return max(ids.values()) == 1 and [answer.base_op for answer in rows] == [None, *list(ids)[:-1]]


def test_an_online_talk_arrives_whole_and_once(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    talk = a_day(app, people).talks[0]
    with network(server, seed=5) as bad:
        page = device(bad.address).page()
        sign_in(page, people.ines)
        page.goto(f"{talk.path}/talk")
        turn_to(page, "why")
        bad.worsen(before=0.3, after=0.3)
        for n in range(as_many(6, 40)):
            words_of(page, "why").fill(line := f"{LINES[n % 3]} {n}")
            until(page, partial(the_mark_holds, page, talk, "why", line))
        assert once(talk.rows("why"))
        assert talk.rows("why")[-1].value == line
        assert bad.happened["POST lost before"]
        assert bad.happened["POST lost after"]
        figure(f"online talk, of its requests: {dict(bad.happened)}")


def test_what_a_tablet_sends_arrives_whole_and_once(
    server: Process, device: Fetch, app: Flask, people: People
) -> None:
    day = a_day(app, people)
    said: dict[str, str] = {}
    with network(server, seed=7) as bad:
        page = device(bad.address).page()
        sign_in(page, people.ines)
        take(page, day.names)
        unlock(page)
        bad.worsen(before=0.3, after=0.3)
        for n in range(as_many(2, 10)):
            for name, kept in zip(day.names, day.talks, strict=True):
                talk = open_talk(page, name)
                go_on_to(talk, "why")
                said[name] = f"{LINES[n % 3]} {n} {name}"
                words_of(talk, "why").fill(said[name])
                until(page, partial(the_mark_holds, talk, kept, "why", said[name]))
                to_list(page)
        until(page, partial(all_sent, page))
        for name, kept in zip(day.names, day.talks, strict=True):
            assert once(kept.rows("why"))
            assert kept["why"].value == said[name]
        assert bad.happened["POST lost before"]
        assert bad.happened["POST lost after"]
        figure(f"tablet, of its requests: {dict(bad.happened)}")
