"""Installations to measure, each in a folder of its own: with the tests' cast, with samples, with many."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from app import create_app
from bench.servers import ROOT
from tests.people import PASSWORD, an_interview, keeping, the_cast
from views.commands import upgrade_database

# Stands beside a large database that was made to the end.
DONE = "made"
SECRET = "for a measurement, and therefore no secret"


@dataclass(frozen=True)
class House:
    """One installation, and the password of the people in it."""

    folder: Path
    password: str = PASSWORD

    @property
    def settings(self) -> dict[str, str]:
        """The settings with which a server opens it."""
        return {
            "HEARD_INSTANCE": str(self.folder),
            "HEARD_SECRET_KEY": SECRET,
            "HEARD_DEMO_PASSWORD": self.password,
        }

    def open(self) -> Flask:
        """The app of this installation, in this process."""
        return create_app(instance=self.folder, secret_key=SECRET, TESTING=True)

    def command(self, *words: str) -> None:
        """Run one of Heard's commands on it."""
        settings = {k: v for k, v in os.environ.items() if not k.startswith("HEARD_")} | self.settings
        command = [sys.executable, "-m", "flask", "--app", "app", *words]
        subprocess.run(command, cwd=ROOT, env=settings, check=True, stdout=subprocess.DEVNULL)


def new_house(folder: Path) -> House:
    """An installation with all tables and nobody in it."""
    house = House(folder)
    with house.open().app_context():
        upgrade_database()
    return house


def house_with_talks(folder: Path, languages: Sequence[str]) -> tuple[House, list[str]]:
    """The cast of the tests, and a talk that Ines is to hold in each of these languages; gives their ids."""
    house = new_house(folder)
    with keeping(house.open()):
        people = the_cast()
        talks = [an_interview(people, language=language).id for language in languages]
    return house, talks


def house_with_samples(folder: Path) -> House:
    """The published cases."""
    house = new_house(folder)
    house.command("samples", "load")
    return house


def house_with_many(folder: Path, talks: int) -> House:
    """So many made-up talks; one that is there from an earlier run is used again."""
    house = House(folder)
    if not (folder / DONE).exists():
        new_house(folder)
        house.command("samples", "bulk", "--interviews", str(talks), "--seed", "1")
        (folder / DONE).touch()
    return house
