"""Names and free text are sealed: they open in their own row and field, and are nowhere in the clear."""

import json
import logging
import secrets
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import sqlcipher3
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

import records.keys
from interview.addenda import Addition
from interview.answers import SaidBy
from interview.questions import QUESTIONS, Kind
from records.addenda import add_addendum
from records.base import HOUSE, Base, SealedKey, data_key, new_id
from records.database import db
from records.keys import KeysError, complete_keys, make_keys, new_data_key, read_keys, seal, unseal
from records.tables import Answer, Child, Home, Late, Letter, Request, RequestStep, Tablet
from tests.conftest import Visit
from tests.houses import House
from tests.people import (
    People,
    a_child,
    a_concern,
    a_finished_talk,
    an_episode,
    an_interview,
    an_offer,
    answer,
    covered_by,
    keeping,
)
from tests.rows import a_row_of, all_rows
from tests.visitor import Visitor
from views.moments import now

KEY = bytes(32)


@given(st.text())
def test_what_is_sealed_opens_again(words: str) -> None:
    assert unseal(KEY, "child|1|name", seal(KEY, "child|1|name", words)) == words


def test_the_same_words_never_look_the_same() -> None:
    assert len({seal(KEY, "child|1|name", "Robin") for _ in range(100)}) == 100


@pytest.mark.parametrize("elsewhere", ["child|2|name", "child|1|needs", "person|1|name", "child|1|name|"])
def test_it_opens_nowhere_else(elsewhere: str) -> None:
    with pytest.raises(KeysError, match="does not open"):
        unseal(KEY, elsewhere, seal(KEY, "child|1|name", "Robin"))


def test_it_opens_with_no_other_key() -> None:
    with pytest.raises(KeysError):
        unseal(new_data_key(), "child|1|name", seal(KEY, "child|1|name", "Robin"))


@pytest.mark.parametrize("place", range(0, 34, 3))
def test_a_changed_letter_is_found(place: int) -> None:
    sealed = bytearray(seal(KEY, "child|1|name", "Robin"))
    sealed[place % len(sealed)] ^= 1
    with pytest.raises(KeysError):
        unseal(KEY, "child|1|name", bytes(sealed))


def test_the_refusal_names_no_one() -> None:
    with pytest.raises(KeysError) as refusal:
        unseal(KEY, "child|the-id|name", seal(KEY, "child|other|name", "Robin"))
    assert "the-id" not in str(refusal.value)


def test_keys_of_another_installation_say_so(tmp_path: Path) -> None:
    make_keys(tmp_path / "keys.json")
    keys = read_keys(tmp_path / "keys.json")
    name, wrapped = keys.wrap(KEY)
    assert keys.unwrap(name, wrapped) == KEY
    with pytest.raises(KeysError, match="Put the right keys file back"):
        keys.unwrap("2", wrapped)


def test_an_older_keys_file_gets_what_it_does_not_have(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    make_keys(path)
    older = {k: v for k, v in json.loads(path.read_text()).items() if "tablets" not in k}
    path.write_text(json.dumps(older))
    complete_keys(path)
    added = read_keys(path)
    complete_keys(path)
    assert read_keys(path) == added
    assert added.index.hex() == older["index"]
    assert path.stat().st_mode & 0o777 == 0o600


# In the records ------------------------------------------------------------------------------------


def test_a_sealed_field_moved_to_another_row_does_not_open(kept: None, people: People) -> None:
    one, other = an_episode(people, found_where="The park"), an_episode(people, found_where="A friend's")
    one.found_where_sealed = other.found_where_sealed
    with pytest.raises(KeysError):
        _ = one.found_where


def test_a_sealed_field_moved_to_another_field_does_not_open(kept: None, people: People) -> None:
    one = an_episode(people, found_where="The park")
    one.missing_from_sealed = one.found_where_sealed
    with pytest.raises(KeysError):
        _ = one.missing_from


def test_each_child_has_a_key_of_their_own(kept: None, people: People) -> None:
    assert len({data_key(owner) for owner in (people.robin.id, people.sasha.id, HOUSE)}) == 3


def test_without_the_childs_key_nothing_of_the_child_opens(kept: None, people: People) -> None:
    kept_key = db.session.get_one(SealedKey, people.robin.id)
    other = db.session.get_one(SealedKey, people.sasha.id)
    kept_key.wrapped_with, kept_key.wrapped = other.wrapped_with, other.wrapped
    db.session.flush()
    with pytest.raises(KeysError):
        _ = db.session.get_one(Child, people.robin.id).name


SEALED = [
    (table.class_, column.name.removesuffix("_sealed"))
    for table in sorted(Base.registry.mappers, key=lambda table: table.class_.__name__)
    for column in table.local_table.columns
    if column.name.endswith("_sealed") and column.name != "value_sealed"
]


@pytest.mark.parametrize(("table", "field"), SEALED, ids=[f"{t.__tablename__}.{f}" for t, f in SEALED])
def test_edit_only_this_field_and_it_is_kept(
    app: Flask, people: People, table: type[Base], field: str
) -> None:
    with keeping(app):
        row_id = about_robin(table, people)
    for words in ("At first", "And then: ‘ŵ’ مرحبا", ""):
        with keeping(app):
            setattr(db.session.get_one(table, row_id), field, words)
        with app.app_context():
            assert getattr(db.session.get_one(table, row_id), field) == words


def about_robin(table: type[Base], people: People) -> str:
    """The id of a row of this table that is about Robin, or of Robin's own."""
    if table is Child:
        return people.robin.id
    talk = a_finished_talk(people)
    refers_to = {
        "child": people.robin.id,
        "home": people.larch.id,
        "authority": people.fenmoor.id,
        "person": people.ines.id,
        "interview": talk.id,
        "episode": covered_by(talk),
        "answer": db.session.scalar(sa.select(Answer.op_id)),
        "addendum": add_addendum(talk, people.ines.id, now(), Addition(SaidBy.CHILD_TYPED)).id,
        "concern": a_concern(talk, people.ines).id,
        "request": "",
        "letter": "",
    }
    if table is RequestStep:
        refers_to |= {"request": about_robin(Request, people), "letter": about_robin(Letter, people)}
    if table is Late:
        refers_to |= {"tablet": about_robin(Tablet, people)}
    row = {k: v for k, v in a_row_of(table.__table__, refers_to).items() if not k.endswith("_sealed")}
    row["id"] = new_id()
    if table is Late:
        row["op_id"] = new_id()
    db.session.add(table(**row))
    db.session.flush()
    return str(row["id"])


# Nowhere in the clear ------------------------------------------------------------------------------

TYPED = [key for key, question in QUESTIONS.items() if question.kind in {Kind.WORDS, Kind.LINE}]


class Markers:
    """Phrases that nobody would write by chance."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(self) -> str:
        self.made.append(f"marker-{len(self.made)}-{secrets.token_hex(6)}")
        return self.made[-1]

    def seen_in(self, *places: bytes) -> list[str]:
        """Those that can be read there, as they are or as PostgreSQL writes bytes."""
        return [
            one
            for one in self.made
            if any(one.encode() in place or one.encode().hex().encode() in place for place in places)
        ]


def type_everywhere(app: Flask, people: People, visit: Visit, marker: Markers) -> None:
    """Type markers as answers, on a page and by a tablet, as names, and wherever else there is room."""
    with keeping(app):
        kid = a_child(marker(), people.larch, people.fenmoor, tells_best=marker(), careful_of=marker())
        talks = [an_interview(people, an_episode(people, kid, found_where=marker())) for _ in range(3)]
        for table, field in SEALED:
            setattr(db.session.get_one(table, about_robin(table, people)), field, marker())
    ines = visit(people.ines)
    for talk in talks:
        told = [answer(key, marker()) for key in TYPED]
        reason = {"chosen": ["A1"], "told": {"A1": {"question": "why", "words": marker()}}}
        sent = [as_sent(one) for one in (*told, answer("reasons", reason))]
        assert (
            len(ines.post(f"/interviews/{talk.id}/answers", json={"answers": sent}).get_json()["accepted"])
            > 9
        )
        ines.submit(f"/interviews/{talk.id}/talk", why=marker())
        ines.submit(f"/interviews/{talk.id}/record", worker_view=marker())


def as_sent(one: Any) -> dict[str, Any]:
    """An answer as the tablet sends it."""
    return {
        "op_id": one.op_id,
        "question": one.question,
        "set": one.question_set,
        "value": one.value,
        "said_by": one.said_by,
        "audience": sorted(one.audience),
    }


def test_what_is_typed_is_nowhere_in_the_clear(
    app: Flask, house: House, people: People, visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    marker = Markers()
    type_everywhere(app, people, visit, marker)
    assert len(marker.made) > 150
    with app.app_context():
        rows = repr(all_rows(db.session)).encode()
    assert marker.seen_in(house.dump(), rows, caplog.text.encode()) == []
    files = [path.read_bytes() for path in house.folder.rglob("*") if path.is_file()]
    assert marker.seen_in(*files) == []


def test_the_markers_would_be_seen(app: Flask, house: House, people: People) -> None:
    marker = Markers()
    with keeping(app):
        db.session.get_one(Home, people.larch.id).name = marker()
        rows = repr(all_rows(db.session)).encode()
    assert marker.seen_in(rows) == marker.made


def test_the_sqlite_file_opens_with_its_key_only(models: Any, tmp_path: Path) -> None:
    house = models("sqlite").copy(tmp_path / "instance")
    with pytest.raises(sqlcipher3.DatabaseError):
        sqlcipher3.connect(str(house.folder / "heard.sqlite")).execute("SELECT count(*) FROM child")
    assert b"SQLite format" not in (house.folder / "heard.sqlite").read_bytes()


def test_an_error_in_the_middle_tells_no_words(
    app_in_use: Flask, people: People, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with keeping(app_in_use):
        talk = an_interview(people)

    def break_down(*_anything: Any) -> None:
        raise ValueError("what the child said")

    monkeypatch.setattr("views.talk.keep", break_down)
    ines = Visitor(app_in_use, people.ines)
    response = ines.submit(f"/interviews/{talk.id}/talk", why="what the child said")
    assert (response.status_code, "what the child said" in response.text) == (500, False)
    assert "ValueError at talk.talk" in caplog.text
    assert "what the child said" not in caplog.text


# Lists do not open what they do not show -----------------------------------------------------------


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The places that are opened, one entry each time."""
    places: list[str] = []
    cipher = records.keys._cipher

    class Watched:
        def __init__(self, data_key: bytes) -> None:
            self.cipher = cipher(data_key)

        def encrypt(self, nonce: bytes, words: bytes, bound_to: bytes) -> bytes:
            return self.cipher.encrypt(nonce, words, bound_to)

        def decrypt(self, nonce: bytes, words: bytes, bound_to: bytes) -> bytes:
            places.append(bound_to.decode())
            return self.cipher.decrypt(nonce, words, bound_to)

    monkeypatch.setattr(records.keys, "_cipher", Watched)
    return places


def test_the_board_opens_names_and_nothing_else(
    app: Flask, people: People, visit: Visit, opened: list[str]
) -> None:
    with keeping(app):
        for _ in range(12):
            an_offer(people, an_episode(people, found_where="The park", police_reference="7"), why="Because")
    cora = visit(people.cora)
    opened.clear()
    cora.get("/episodes")
    assert {place.split("|")[2] for place in opened} == {"name"}
    assert len(opened) <= 12 + 1


def test_my_talks_open_names_and_nothing_else(
    app: Flask, people: People, visit: Visit, opened: list[str]
) -> None:
    with keeping(app):
        for _ in range(4):
            a_finished_talk(people)
    ines = visit(people.ines)
    opened.clear()
    ines.get("/interviews")
    assert {place.split("|")[2] for place in opened} == {"name"}
    assert len(opened) <= 4 + 1
