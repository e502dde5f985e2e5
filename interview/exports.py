"""What a council's system gets of a child as data: each file with its published schema (docs/schema)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from interview.pack import Pack
from interview.published import schema_of
from interview.summary import Summary


@dataclass(frozen=True)
class SummaryFile:
    """The summary of one child, as its reader may read it. Sentences are in English, words as said."""

    schema: str
    child: str
    summary: Summary


@dataclass(frozen=True)
class PackFile:
    """The pack for one review of a child, as its reader may read it. Sentences are in English."""

    schema: str
    child: str
    review_due_on: date
    pack: Pack


PUBLISHED: dict[str, type] = {"child-summary": SummaryFile, "review-pack": PackFile}


def schemas() -> dict[str, dict[str, Any]]:
    """The published schemas, by the name that stands in each file."""
    return {name: schema_of(kind, f"Heard: {name}") for name, kind in PUBLISHED.items()}
