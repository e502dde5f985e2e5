"""Samples: the published cases, retold as made-up people."""

from datetime import datetime

from records.people import hash_of
from records.samples.cases import CASES
from records.samples.late import come_late
from records.samples.letters import write_letters
from records.samples.people import add_workers
from records.samples.places import add_numbers, add_places
from records.samples.scene import Scene
from records.samples.sharing import share_some
from records.samples.telling import retell


def load(password: str, now: datetime) -> None:
    """Fill an empty database with the samples."""
    councils, homes = add_places()
    workers = add_workers(hash_of(password), councils, homes, now.date())
    add_numbers(councils, workers["cora"].id, now)
    scene = Scene(now, councils, homes, workers)
    for case in CASES:
        retell(case, scene)
    write_letters(scene)
    share_some(scene)
    come_late(scene)
