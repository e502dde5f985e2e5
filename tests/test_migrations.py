"""Tables and migrations agree, and each migration goes up and down with data in the tables."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from records.base import HOUSE, Base
from records.database import db, writing
from tests.rows import TABLES, a_row_of
from views.commands import upgrade_database
from views.words import ROOT

CONFIG = Config()
CONFIG.set_main_option("script_location", str(ROOT / "records" / "migrations"))
# From the first to the newest, with the one before it.
STEPS = [
    (step.revision, str(step.down_revision or "base"))
    for step in reversed(list(ScriptDirectory.from_config(CONFIG).walk_revisions()))
]


@pytest.fixture
def within(empty_app: Flask) -> Iterator[Flask]:
    """The test runs within an empty database at the newest migration."""
    with empty_app.app_context():
        yield empty_app
        db.session.rollback()


def fill_every_table() -> None:
    """One row in each."""
    with writing() as session:
        session.execute(sa.text("DELETE FROM sealed_key"))
        for table in TABLES:
            session.execute(sa.insert(table), a_row_of(table) | key_of(table))


def key_of(table: sa.Table) -> dict[str, Any]:
    """The house's own key is looked for by its name; an answer is referred to by its `op_id`."""
    return {"owner": HOUSE} if table.name == "sealed_key" else {}


def counts() -> dict[str, int]:
    """How many rows there are in the tables that there are."""
    found = {}
    for name in set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}:
        found[name] = db.session.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0
    db.session.rollback()
    return found


def test_head_equals_the_tables(within: Flask) -> None:
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_migrations_stand_in_one_line() -> None:
    assert len(ScriptDirectory.from_config(CONFIG).get_heads()) == 1
    assert [revision for revision, _ in STEPS] == sorted(revision for revision, _ in STEPS)


def test_every_table_takes_a_row(within: Flask) -> None:
    fill_every_table()
    assert counts() == {table.name: 1 for table in TABLES}


def test_upgrading_again_changes_nothing(within: Flask) -> None:
    fill_every_table()
    before = counts()
    upgrade_database()
    assert counts() == before


@pytest.mark.parametrize(("revision", "before"), STEPS)
def test_a_migration_goes_down_and_up_with_data(within: Flask, revision: str, before: str) -> None:
    fill_every_table()
    command.downgrade(CONFIG, before)
    kept = counts()
    command.upgrade(CONFIG, "head")
    assert counts() == {table.name: kept.get(table.name, 0) for table in TABLES}
    assert before == "base" or all(kept.values())


def test_after_all_steps_down_and_up_the_house_is_fit(within: Flask) -> None:
    fill_every_table()
    command.downgrade(CONFIG, "base")
    assert counts() == {}
    upgrade_database()
    fill_every_table()
