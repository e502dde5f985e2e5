"""The commands: accounts, samples and the care of the database. None takes or prints a password."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from records.database import db
from records.tables import LogEntry
from tests.conftest import Visit
from tests.houses import close
from tests.people import PASSWORD, People, keeping
from tests.visitor import Visitor
from views.moments import now


def run(app: Flask, *arguments: str | Path, typed: str = "") -> Result:
    """What a command says when it is called like this."""
    return app.test_cli_runner().invoke(args=[str(one) for one in arguments], input=typed)


def add(app: Flask, name: str, role: str, *where: str, typed: str = f"{PASSWORD}\n") -> Result:
    return run(app, "people", "add", name, "--name", "Noor Elm", "--role", role, *where, typed=typed)


def can_sign_in(app: Flask, name: str, password: str = PASSWORD) -> bool:
    visitor = Visitor(app)
    visitor.get("/sign-in")
    visitor.post("/sign-in", {"name": name, "password": password})
    return visitor.get("/").status_code == 200


def test_someone_new_can_sign_in(app: Flask, people: People) -> None:
    answer = add(app, "Noor", "home-manager", "--home", people.larch.id)
    assert answer.output == "noor can sign in.\n"
    assert can_sign_in(app, "noor")


@pytest.mark.parametrize(
    ("role", "option"),
    [("home-manager", "--home"), ("coordinator", "--authority"), ("reviewing-officer", "--child")],
)
def test_someone_who_would_reach_nothing_is_not_added(app: Flask, role: str, option: str) -> None:
    answer = add(app, "noor", role)
    assert (answer.exit_code, f"needs {option}" in answer.output) == (2, True)


def test_an_id_that_is_nobodys_is_refused_with_a_sentence(app: Flask) -> None:
    answer = add(app, "noor", "home-manager", "--home", "nowhere")
    assert "There is no home, council or child with this id" in answer.output
    assert not can_sign_in(app, "noor")


@pytest.mark.parametrize("password", ["", "short", "eleven char"])
def test_a_short_password_is_refused(app: Flask, password: str) -> None:
    answer = add(app, "noor", "interviewer", typed=f"{password}\n")
    assert (answer.exit_code, "at least 12 characters" in answer.output) == (1, True)


def test_a_name_is_taken_once(app: Flask) -> None:
    assert "The sign-in name maya is taken" in add(app, "MAYA", "interviewer").output


def test_the_accounts_are_listed_by_name(app: Flask) -> None:
    run(app, "people", "disable", "mark")
    lines = run(app, "people", "list").output.splitlines()
    assert lines == sorted(lines)
    assert {"maya\tactive", "mark\tdisabled"} <= set(lines)


def test_a_disabled_account_is_shut_at_once(app: Flask, visit: Visit, people: People) -> None:
    mark = visit(people.mark)
    assert run(app, "people", "disable", "Mark").output == "mark can no longer sign in.\n"
    assert mark.get("/").status_code == 302
    assert not can_sign_in(app, "mark")


def test_nobody_cannot_be_disabled(app: Flask) -> None:
    assert "There is no account nobody" in run(app, "people", "disable", "nobody").output


def test_samples_go_into_an_empty_database_only(app: Flask) -> None:
    answer = run(app, "samples", "load")
    assert (answer.exit_code, "Samples go into an empty one" in answer.output) == (1, True)
    assert "No samples are loaded here" in run(app, "samples", "people").output


def test_the_demo_people_can_sign_in_with_the_password_that_is_printed(empty_app: Flask) -> None:
    said = run(empty_app, "samples", "load").output
    assert run(empty_app, "samples", "people").output == said
    password = said.splitlines()[-1].removeprefix("password: ")
    assert can_sign_in(empty_app, "maya", password)


def test_the_demo_password_can_be_chosen(empty_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARD_DEMO_PASSWORD", "chosen for the demonstration")
    assert "password: chosen for the demonstration" in run(empty_app, "samples", "load").output


def test_the_newest_migration_is_a_sentence(app: Flask) -> None:
    assert run(app, "db", "upgrade").output == "The database is at the newest migration.\n"


def test_a_whole_database_is_said_to_be_whole(app: Flask, visit: Visit, people: People) -> None:
    visit(people.ines).get("/interviews")
    said = run(app, "verify")
    assert said.exit_code == 0
    assert said.output.endswith("The database is whole.\n")
    assert "person\t7" in said.output


def test_a_broken_chain_is_said_to_be_broken(app: Flask, visit: Visit, people: People) -> None:
    visit(people.ines).get("/interviews")
    with keeping(app):
        db.session.get_one(LogEntry, 1).at = now()
    assert run(app, "verify").exit_code == 1


def test_a_copy_is_made_and_put_back(models: Any, tmp_path: Path) -> None:
    app = models("sqlite").copy(tmp_path / "instance").open()
    assert "Keep the keys file somewhere else" in run(app, "backup", tmp_path / "copy").output
    assert run(app, "backup", tmp_path / "copy").exit_code == 1
    run(app, "people", "disable", "maya")
    close(app)
    assert "Run verify now" in run(app, "restore", tmp_path / "copy").output
    assert "maya\tactive" in run(app, "people", "list").output
    assert run(app, "restore", tmp_path / "none").exit_code == 1
    close(app)
