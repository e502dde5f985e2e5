"""Samples: the published cases, retold as made-up people."""

from datetime import datetime


def load(password: str, now: datetime) -> None:
    """Fill an empty database with the samples."""
