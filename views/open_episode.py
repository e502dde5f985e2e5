"""The way to an episode: through the door, with its child and home."""

from sqlalchemy.orm import joinedload

from interview.access import Act
from records.tables import Child, Episode
from views.door import open_record


def open_episode(episode_id: str, act: Act) -> Episode:
    """The episode of that id, within reach and remit, written down as looked at."""
    return open_record(
        Episode,
        episode_id,
        act,
        joinedload(Episode.child).joinedload(Child.authority),
        joinedload(Episode.home),
    )
