"""Files that take long to make: kept for minutes, sealed, for the one who asked, on every worker."""

from base64 import b64decode, b64encode
from datetime import datetime, timedelta

import sqlalchemy as sa

from records.database import db, writing
from records.people import Reader
from records.reach import within_reach
from records.tables import Paper

KEPT = timedelta(minutes=10)
# Longer than the longest wait for a place and the longest making: whoever made it is gone.
GIVEN_UP = timedelta(minutes=3)


def begin_paper(asked_by: str, now: datetime, **facts: str | None) -> Paper:
    """A file that somebody waits for; what nobody may fetch any more is removed."""
    db.session.execute(sa.delete(Paper).where(Paper.asked_at < now - KEPT))
    paper = Paper(asked_by=asked_by, asked_at=now, **facts)
    db.session.add(paper)
    return paper


def put_down(paper_id: str, file: bytes | None) -> None:
    """The file is made, or could not be."""
    with writing() as session:
        paper = session.get(Paper, paper_id)
        if paper is not None and file is not None:
            paper.body = b64encode(file).decode()
        elif paper is not None:
            paper.failed = True


def paper_of(reader: Reader, paper_id: str, now: datetime) -> Paper | None:
    """The file of that id that this reader asked for; None for another's, and when its minutes are over."""
    mine = within_reach(reader, Paper).where(Paper.id == paper_id, Paper.asked_at >= now - KEPT)
    found: Paper | None = db.session.scalar(mine)
    return found


def file_of(paper: Paper) -> bytes | None:
    """The file; None while it is being made."""
    return b64decode(paper.body) if paper.body_sealed else None


def has_failed(paper: Paper, now: datetime) -> bool:
    """Whether it could not be made, or whoever made it has been stopped meanwhile."""
    return paper.failed or (paper.body_sealed is None and now - paper.asked_at > GIVEN_UP)
