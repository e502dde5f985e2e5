"""The way to an episode: through the door, with its child and home."""

from flask import request
from sqlalchemy.orm import joinedload

from interview.access import Act
from records.episodes import hold_talks_of_child
from records.tables import Child, Episode
from views.door import SAFE, open_record


def open_episode(episode_id: str, act: Act) -> Episode:
    """The episode of that id, within reach and remit, written down as looked at."""
    if request.method not in SAFE:
        # The talks first, as everywhere: who finishes one closes its returns.
        hold_talks_of_child(episode_id)
    return open_record(
        Episode,
        episode_id,
        act,
        joinedload(Episode.child).joinedload(Child.authority),
        joinedload(Episode.home),
    )
