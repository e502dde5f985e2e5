"""Clips that somebody has dropped into the instance's folder, for those who hold talks."""

from pathlib import Path

import pytest
from flask import Flask

from records.database import db
from records.pins import set_pin
from records.tables import Person
from tests.conftest import Visit
from tests.people import People, an_interview, keeping

SOUND = bytes(range(200))


@pytest.fixture
def folder(app: Flask) -> Path:
    """The folder with one clip in Arabic, and beside it what is none."""
    there = Path(app.instance_path) / "clips" / "ar"
    there.mkdir(parents=True)
    (there / "why.m4a").write_bytes(SOUND)
    (there / "notes.txt").write_text("for the translator")
    return there


@pytest.mark.usefixtures("folder")
def test_clips_are_listed_by_what_they_say(people: People, visit: Visit) -> None:
    """What is no clip is not among them."""
    ines = visit(people.ines)
    assert ines.get("/clips/ar").get_json() == {"why": "/clips/ar/why.m4a"}
    assert ines.get("/clips/en").get_json() == {}


@pytest.mark.usefixtures("folder")
def test_a_player_may_ask_for_a_part(people: People, visit: Visit) -> None:
    """Some play nothing otherwise."""
    ines = visit(people.ines)
    with ines.get("/clips/ar/why.m4a") as whole:
        assert (whole.status_code, whole.data, whole.mimetype) == (200, SOUND, "audio/mp4")
    with ines.get("/clips/ar/why.m4a", headers={"Range": "bytes=10-19"}) as part:
        assert (part.status_code, part.data) == (206, SOUND[10:20])
        assert part.headers["Content-Range"] == "bytes 10-19/200"


@pytest.mark.parametrize(
    "path",
    ["/clips/ar/notes.txt", "/clips/ar/none.mp3", "/clips/..", "/clips/ar/../../keys.json", "/clips/ar%2f.."],
)
@pytest.mark.usefixtures("folder")
def test_nothing_else_is_given_out(people: People, visit: Visit, path: str) -> None:
    """Whatever the address says."""
    assert visit(people.ines).get(path).status_code == 404


@pytest.mark.usefixtures("folder")
def test_clips_are_for_those_who_hold_talks(people: People, visit: Visit) -> None:
    """Nobody else needs them."""
    assert visit(people.maya).get("/clips/ar/why.m4a").status_code == 403
    assert visit().get("/clips/ar/why.m4a").status_code == 302


@pytest.mark.usefixtures("folder")
def test_clips_sound_while_the_child_holds_the_tablet(app: Flask, people: People, visit: Visit) -> None:
    """They are the child's to hear."""
    with keeping(app):
        talk = an_interview(people)
        set_pin(db.session.get_one(Person, people.ines.id), "593816")
    ines = visit(people.ines)
    ines.submit(f"/interviews/{talk.id}", f"/interviews/{talk.id}/hand-over")
    assert ines.get("/").location == f"/interviews/{talk.id}/talk"
    assert ines.get("/clips/ar").status_code == 200
    with ines.get("/clips/ar/why.m4a") as sound:
        assert sound.data == SOUND


def test_the_policy_lets_a_page_play_what_comes_from_here(people: People, visit: Visit) -> None:
    """And nothing else."""
    policy = visit(people.ines).get("/").headers["Content-Security-Policy"]
    assert "media-src 'self'" in policy.split("; ")
