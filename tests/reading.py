"""What everyone gets of the eighteen cases, as text to read: `python -m tests.reading`, and `--write`.

Made from the pages themselves, over the samples on one fixed day. Read what changed before you keep it.
"""

import difflib
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

import records.base
from interview.access import Role
from records.base import fetch_keys
from records.database import db, writing
from records.people import Reader, add_person, appoint, hash_of
from records.samples import load
from records.samples.cases import CASES
from records.samples.people import POSTS_BEGAN
from records.samples.places import HOMES
from records.tables import Child, Home
from tests.houses import close, sqlite_model
from tests.people import PASSWORD, Someone
from tests.plain_text import as_text
from tests.visitor import Visitor, page_of

LETTER = re.compile(r"/letters/[\w-]+")
TO_TRANSLATE = "(these words in the child's language)"
FOLDER = Path(__file__).parent / "as_read"
NOW = datetime(2026, 11, 22, 15, 37, tzinfo=UTC)
NOBODY = Someone("", "", "", Role.COORDINATOR, Reader("", Role.COORDINATOR))


@dataclass(frozen=True)
class World:
    """The samples on that day: the app, and the ids of children and homes by their keys."""

    app: Flask
    children: Mapping[str, str]
    homes: Mapping[str, str]


class Counted:
    """Ids that are the same each time."""

    def __init__(self) -> None:
        self.number = 0

    def token_urlsafe(self, _length: int) -> str:
        """The next id."""
        self.number += 1
        return sha256(str(self.number).encode()).hexdigest()[:22]


@contextmanager
def the_samples(folder: Path) -> Iterator[World]:
    """The samples, loaded on that day, with a manager for every home."""
    house = sqlite_model(folder / "model", empty=True).copy(folder / "instance")
    app = house.open()
    with time_machine.travel(NOW, tick=False), pytest.MonkeyPatch.context() as patch:
        patch.setattr(records.base, "secrets", Counted())
        with app.app_context():
            with writing():
                load(PASSWORD, NOW)
                homes = {home.name: home.id for home in db.session.scalars(sa.select(Home))}
                _add_managers(homes)
            world = World(app, _children(), {key: homes[name] for key, (name, _) in HOMES.items()})
        yield world
    close(app)


def _add_managers(homes: Mapping[str, str]) -> None:
    began = (NOW - timedelta(days=POSTS_BEGAN)).date()
    for key, (name, _area) in HOMES.items():
        person = add_person(f"of-{key}", f"Manager of {name}", hash_of(PASSWORD))
        db.session.flush()
        appoint(person, Role.HOME_MANAGER, began, home_id=homes[name])


def _children() -> dict[str, str]:
    children = db.session.scalars(sa.select(Child)).all()
    fetch_keys(child.id for child in children)
    named = {child.name: child.id for child in children}
    return {case.key: named[case.name] for case in CASES}


def someone(world: World, sign_in_name: str) -> Visitor:
    """Whoever signs in with that name."""
    return Visitor(world.app, replace(NOBODY, sign_in_name=sign_in_name, name=sign_in_name))


def read(visitor: Visitor, *addresses: str) -> str:
    """What stands there, one page after the other."""
    pages = []
    for address in addresses:
        answer = visitor.get(address)
        if answer.status_code != 200:
            raise LookupError(f"{address}: {answer.status_code}")
        pages.append(as_text(page_of(answer).find("main")[0]))
    return ("\n" + "~" * 100 + "\n\n").join(pages)


def review_of(officer: Visitor, child: str) -> str:
    """The address of the pack of the next review, prepared as an officer does."""
    return officer.post(f"/children/{child}/review").location or ""


def letter_to(coordinator: Visitor, child: str) -> str:
    """The newest letter to a child; where there is none, one is written as the page offers it."""
    there = page_of(coordinator.get(f"/children/{child}/letters")).find("a")
    links = [a.attributes.get("href", "") for a in there]
    known = [link for link in links if LETTER.fullmatch(link)]
    if known:
        return known[0]
    page = coordinator.get(f"/children/{child}/letters/new")
    if not page_of(page).find("form", method="post")[1:]:
        return ""
    written = coordinator.send(page, translator="A. Translator")
    if written.status_code != 302:
        written = coordinator.send(written, **told_instead(written))
    if written.status_code != 302:
        raise LookupError(page_of(written).find("main")[0].text)
    return written.location or ""


def told_instead(page: TestResponse) -> dict[str, str]:
    """What cannot stand on paper as it is, a writer leaves for when it is told; and says what came of it."""
    boxes = page_of(page).find("textarea")
    wrong = [box for box in boxes if "-error" in box.attributes.get("aria-describedby", "")]
    empty = {box.attributes["name"]: TO_TRANSLATE for box in wrong if not box.text}
    return empty | {box.attributes["name"].replace("words_", "where_"): "told" for box in wrong}


def what_the_child_gets(coordinator: Visitor, child: str) -> str:
    """The letter on paper, and as it is read on the tablet."""
    letter = letter_to(coordinator, child)
    if not letter:
        return "There is nothing to tell: this child asked for nothing.\n"
    paper = [f"{letter}/paper"] if f"{letter}/paper" in coordinator.get(letter).text else []
    return read(coordinator, *paper, f"{letter}/read")


def texts(world: World) -> Iterator[tuple[str, str]]:
    """Every file: its name, and what stands in it."""
    coordinator = someone(world, "cora")
    officers = {name: someone(world, name) for name in sorted({case.officer for case in CASES})}
    for case in CASES:
        child = world.children[case.key]
        officer = officers[case.officer]
        pages = (review_of(officer, child), f"/children/{child}/summary")
        yield f"{case.key}-reviewing-officer.txt", read(officer, *pages)
        yield f"{case.key}-child.txt", what_the_child_gets(coordinator, child)
    for key, home in world.homes.items():
        lived = [case.key for case in CASES if key in {place.home for place in case.places}]
        manager = someone(world, f"of-{key}")
        yield (
            f"home-{key}.txt",
            f"Lived here: {', '.join(lived)}\n\n" + read(manager, f"/homes/{home}/summary", "/requests"),
        )


def faults(found: Mapping[str, str]) -> Iterator[str]:
    """How what is read now differs from what was read and kept."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.txt")}
    for name in sorted({*found, *kept}):
        before, now = kept.get(name, "").splitlines(), found.get(name, "").splitlines()
        yield from difflib.unified_diff(
            before, now, f"{name} as kept", f"{name} as it reads now", lineterm=""
        )


def write(found: Mapping[str, str]) -> None:
    """Keep what is read now."""
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.txt"):
        if path.name not in found:
            path.unlink()
    for name, text in found.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def main() -> int:
    """Writes with `--write`; says what is different; 1 when anything is."""
    with TemporaryDirectory() as folder, the_samples(Path(folder)) as world:
        found = dict(texts(world))
    if "--write" in sys.argv[1:]:
        write(found)
    different = list(faults(found))
    sys.stdout.write("".join(f"{line}\n" for line in different) or "Everyone reads what was kept.\n")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
