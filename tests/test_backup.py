"""A backup is a whole copy, opens only with the keys, and shows when something was changed."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from records.backup import BackupError, back_up, counts, faults_found, put_back
from records.database import writing
from records.log import Look, note
from records.tables import LogEntry, Person
from views.moments import now

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@on_sqlite
def test_a_copy_of_a_live_database_can_be_put_back(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        before = counts()
        back_up(tmp_path / "copy")
        with writing() as session:
            session.add(Person(sign_in_name="late", name="Late Comer", password_hash="x"))
        put_back(tmp_path / "copy")
        assert counts() == before
        assert faults_found() == []


@on_sqlite
def test_a_copy_holds_nothing_readable(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        back_up(tmp_path / "copy")
    assert not (tmp_path / "copy").read_bytes().startswith(b"SQLite format 3")


@on_sqlite
def test_a_copy_never_overwrites(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("mine")
    with app.app_context(), pytest.raises(BackupError, match="another name"):
        back_up(tmp_path / "copy")


@pytest.mark.postgresql
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_postgresql_has_a_better_tool_of_its_own(app: Flask, tmp_path: Path) -> None:
    with app.app_context(), pytest.raises(BackupError, match="pg_dump"):
        back_up(tmp_path / "copy")


def test_a_changed_log_is_said(app: Flask) -> None:
    with app.app_context():
        with writing():
            note(Look(now(), "somebody", "look", "child", "one"))
        assert faults_found() == []
        with writing() as session:
            session.execute(sa.update(LogEntry).values(person_id="nobody"))
        assert "The access log was changed" in faults_found()[0]
