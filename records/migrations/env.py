"""Runs the migrations in the database of the current app."""

from typing import Any

from alembic import context

from records.base import Base
from records.database import db
from records.gate import WRITES


def run() -> None:
    """Upgrade or downgrade within one transaction."""
    with db.engine.connect().execution_options(**{WRITES: True}) as connection:
        _migrate(connection)


def _migrate(connection: Any) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
