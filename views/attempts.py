"""Something of what tablets wrote, done or left without a trace: what is wrong with it stops nothing else."""

from collections.abc import Callable

import sqlalchemy as sa
from flask import current_app

from records.database import db


def attempt(do: Callable[[], None]) -> bool:
    """Do it, or leave no trace of it. What is wrong with the database itself is no fault of what came."""
    try:
        with db.session.begin_nested():
            do()
    except sa.exc.OperationalError:
        raise
    except Exception as error:
        # Its name alone: what it says may hold words of the child.
        current_app.logger.error("%s in what came from a tablet", type(error).__name__)
        return False
    return True
