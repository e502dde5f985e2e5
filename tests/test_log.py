"""The access log: written before the page is sent, and whole, whoever writes at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

import records.log
from interview.access import Act
from records.database import begin_writing, db, writing
from records.log import Look, broken_links, note, write_noted
from records.tables import Interview, LogEntry
from tests.conftest import Visit
from tests.people import People, a_finished_talk, an_interview, keeping
from tests.visitor import Visitor

AT = datetime(2026, 11, 18, 12, tzinfo=UTC)
WRITERS = 8
EACH = 25


def look(number: int = 0) -> Look:
    return Look(AT + timedelta(seconds=number), "ines", Act.HOLD_INTERVIEW, "interview", f"talk-{number}")


def write(number: int) -> None:
    begin_writing()
    note(look(number))
    db.session.commit()


def entries() -> list[LogEntry]:
    return list(db.session.scalars(sa.select(LogEntry).order_by(LogEntry.seq)))


@pytest.fixture
def written(app: Flask) -> Flask:
    """Ten entries are in the log."""
    with app.app_context():
        for number in range(10):
            write(number)
    return app


def test_the_chain_is_whole(written: Flask) -> None:
    with written.app_context():
        assert [entry.seq for entry in entries()] == list(range(1, 11))
        assert broken_links() == []


def test_several_looks_in_one_page_are_several_entries(app: Flask) -> None:
    with app.app_context():
        for number in range(3):
            note(look(number))
        write_noted()
        assert [entry.record_id for entry in entries()] == ["talk-0", "talk-1", "talk-2"]
        assert broken_links() == []


def test_a_look_goes_with_what_was_done(app: Flask, people: People) -> None:
    def broken_off() -> None:
        with writing():
            note(look())
            raise RuntimeError

    with app.app_context():
        with pytest.raises(RuntimeError):
            broken_off()
        assert entries() == []


CHANGES: dict[str, Any] = {
    "at": AT - timedelta(days=1),
    "person_id": "omar",
    "act": Act.OFFER,
    "record": "child",
    "record_id": "another",
    "mac": bytes(32),
}


@pytest.mark.parametrize("column", CHANGES)
def test_an_edited_entry_is_found(written: Flask, column: str) -> None:
    with written.app_context():
        with writing() as session:
            session.execute(sa.update(LogEntry).where(LogEntry.seq == 5).values({column: CHANGES[column]}))
        assert 5 in broken_links()


def test_every_part_of_an_entry_is_sealed() -> None:
    assert set(CHANGES) | {"seq"} == set(LogEntry.__table__.columns.keys())


@pytest.mark.parametrize("seq", [1, 5])
def test_a_deleted_entry_is_found(written: Flask, seq: int) -> None:
    with written.app_context():
        with writing() as session:
            session.execute(sa.delete(LogEntry).where(LogEntry.seq == seq))
        assert broken_links() == [seq + 1]


def test_a_deleted_entry_is_found_when_the_others_close_ranks(written: Flask) -> None:
    with written.app_context():
        with writing() as session:
            session.execute(sa.delete(LogEntry).where(LogEntry.seq == 5))
            for seq in range(6, 11):
                session.execute(sa.update(LogEntry).where(LogEntry.seq == seq).values(seq=seq - 1))
        assert broken_links()


def test_two_swapped_entries_are_found(written: Flask) -> None:
    with written.app_context():
        with writing() as session:
            for old, new in ((4, 99), (5, 4), (99, 5)):
                session.execute(sa.update(LogEntry).where(LogEntry.seq == old).values(seq=new))
        assert broken_links()[:2] == [4, 5]


def test_an_entry_put_in_between_is_found(written: Flask) -> None:
    with written.app_context():
        with writing() as session:
            forged = {c.name: getattr(entries()[-1], c.name) for c in LogEntry.__table__.columns}
            session.execute(sa.insert(LogEntry).values(forged | {"seq": 11}))
        assert broken_links() == [11]


def test_an_entry_made_with_another_key_is_found(written: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with written.app_context():
        with monkeypatch.context() as patch:
            patch.setattr(records.log, "_mac", lambda *_said: bytes(32))
            write(11)
        assert broken_links() == [11]


def test_eight_who_write_at_once_break_no_link(app: Flask) -> None:
    def work(writer: int) -> None:
        with app.app_context():
            for number in range(EACH):
                write(writer * EACH + number)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(work, range(WRITERS)))
    with app.app_context():
        assert len({entry.record_id for entry in entries()}) == WRITERS * EACH
        assert broken_links() == []


# Through the app -----------------------------------------------------------------------------------


@pytest.fixture
def talk(app: Flask, people: People) -> Interview:
    """A talk that Ines holds."""
    with keeping(app):
        return an_interview(people)


def looks(app: Flask) -> list[tuple[str, str, str, str]]:
    with app.app_context():
        return [(entry.person_id, entry.act, entry.record, entry.record_id) for entry in entries()]


def test_opening_a_record_is_written_down(app: Flask, visit: Visit, people: People, talk: Interview) -> None:
    visit(people.ines).get(f"/interviews/{talk.id}")
    assert looks(app)[-1] == (people.ines.id, Act.HOLD_INTERVIEW, "interview", talk.id)


def test_a_list_is_written_down(app: Flask, visit: Visit, people: People) -> None:
    visit(people.ines).get("/interviews")
    assert looks(app)[-1] == (people.ines.id, Act.HOLD_INTERVIEW, "interview", "list")


def test_saving_is_written_down_once(app: Flask, visit: Visit, people: People, talk: Interview) -> None:
    ines = visit(people.ines)
    shown = ines.get(f"/interviews/{talk.id}/talk")
    before = len(looks(app))
    assert ines.send(shown, why="Nobody listens.").status_code == 302
    assert len(looks(app)) == before + 1


def test_a_refusal_opens_nothing_and_is_no_look(
    app: Flask, visit: Visit, people: People, talk: Interview
) -> None:
    visit(people.omar).get(f"/interviews/{talk.id}")
    visit(people.maya).get(f"/interviews/{talk.id}")
    assert not [entry for entry in looks(app) if entry[3] == talk.id]


# Everyone's way to something about Robin.
READERS: dict[str, Callable[[People, Interview], str]] = {
    "ines": lambda people, talk: f"/interviews/{talk.id}",
    "maya": lambda people, talk: f"/homes/{people.larch.id}/summary",
    "ivan": lambda people, talk: f"/children/{people.robin.id}/summary",
    "cora": lambda people, talk: f"/children/{people.robin.id}/summary",
}


@pytest.mark.parametrize("name", READERS)
def test_no_page_is_sent_when_the_log_cannot_be_written(
    app_in_use: Flask, people: People, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with keeping(app_in_use):
        talk = a_finished_talk(people, {"why": "What only a reader may see."})
    visitor = Visitor(app_in_use, getattr(people, name))
    path = READERS[name](people, talk)
    good = visitor.get(path)

    def full(*_anything: Any) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(records.log, "_append", full)
    refused = visitor.get(path)
    assert (good.status_code, refused.status_code) == (200, 500)
    assert people.robin.name not in refused.text
    assert "What only a reader may see." not in refused.text


def test_the_chain_is_whole_after_a_working_day(
    app: Flask, visit: Visit, people: People, talk: Interview
) -> None:
    ines = visit(people.ines)
    for _ in range(3):
        ines.submit(f"/interviews/{talk.id}/talk", why=f"{_} times")
        ines.get("/interviews")
    with app.app_context():
        assert len(entries()) >= 9
        assert broken_links() == []
