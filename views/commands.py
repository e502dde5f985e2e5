"""Commands: the database, the accounts and the made-up people."""

import getpass
import os
import secrets
import sys
from pathlib import Path

import click
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.exc import IntegrityError

from interview.access import Role
from interview.reports import REPORTS
from records.backup import BackupError, back_up, counts, faults_found, put_back
from records.base import HOUSE, SealedKey, make_data_key
from records.database import db, writing
from records.people import PeopleError, Reader, add_person, appoint, hash_of, tidy
from records.samples import load as load_samples
from records.samples.bulk import ACCOUNTS, BulkError
from records.samples.bulk import bulk as bulk_samples
from records.samples.people import DEMO
from records.tables import Authority, Home, Person
from views.moments import now, today
from views.reports import exported
from views.words import ROOT

database = AppGroup("db", help="The database of this installation.")
people = AppGroup("people", help="Accounts.")
samples = AppGroup("samples", help="Made-up people, for demonstrations and measurements.")


# Without it, someone of this role would reach nothing.
PLACE_OF: dict[Role, tuple[str, str]] = {
    Role.HOME_MANAGER: ("home_id", "--home"),
    Role.REVIEWING_OFFICER: ("for_child_id", "--child"),
    Role.COORDINATOR: ("authority_id", "--authority"),
}


def init_app(app: Flask) -> None:
    """Add the commands."""
    for each in (database, people, samples, backup, restore, verify, export):
        app.cli.add_command(each)


@database.command("upgrade")
def upgrade() -> None:
    """Bring the database to the newest migration."""
    upgrade_database()
    click.echo("The database is at the newest migration.")


def upgrade_database(revision: str = "head") -> None:
    """Run the migrations in this app's database, and make the house's own key where there is none."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "records" / "migrations"))
    command.upgrade(config, revision)
    with writing() as session:
        if session.get(SealedKey, HOUSE) is None:
            make_data_key(HOUSE)


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """A consistent, encrypted copy of the live database."""
    try:
        back_up(file)
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The copy is in {file}. Keep the keys file somewhere else.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def restore(file: Path) -> None:
    """Put a copy back. Stop the server first."""
    try:
        aside = put_back(file)
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The copy is in place. What was there before is in {aside}. Run verify now.")


@click.command("verify")
@with_appcontext
def verify() -> None:
    """Whether the database is whole: integrity, the chain of the access log, and counts."""
    faults = faults_found()
    for table, count in counts().items():
        click.echo(f"{table}\t{count}")
    if faults:
        raise click.ClickException(" ".join(faults))
    click.echo("The database is whole.")


@click.command("export")
@click.argument("report", type=click.Choice(list(REPORTS)))
@click.option("--out", "file", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option("--home", default="", help="Id of one home; all homes, if it is left out.")
@with_appcontext
def export(report: str, file: Path, home: str) -> None:
    """A report as CSV: counts of homes and councils, and nothing of one child."""
    if home and db.session.get(Home, home) is None:
        raise click.ClickException("There is no home with this id. Check it.")
    councils = frozenset(db.session.scalars(sa.select(Authority.id)))
    everyone = Reader("", Role.COORDINATOR, authorities=councils)
    # The words of a table are looked up as for a page.
    with current_app.test_request_context("/"):
        found = exported(REPORTS[report], everyone, home)
    try:
        file.write_bytes(found)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}. Choose another.") from error
    click.echo(f"{report} is in {file}.")


@people.command("add")
@click.argument("sign_in_name")
@click.option("--name", prompt="Full name")
@click.option("--role", type=click.Choice([role.value for role in Role]), prompt=True)
@click.option("--home", "home_id", help="Id of the home that they manage.")
@click.option("--authority", "authority_id", help="Id of the council they work for.")
@click.option("--child", "for_child_id", help="Id of the child whose reviews they run.")
def add(sign_in_name: str, name: str, role: str, **where: str | None) -> None:
    """Make an account. The password is asked for, or read from the standard input."""
    field, option = PLACE_OF.get(Role(role), ("", ""))
    if field and not where[field]:
        raise click.UsageError(f"Someone of the role {role} needs {option}, with an id.")
    try:
        password_hash = hash_of(_password())
        with writing():
            person = add_person(sign_in_name, name, password_hash)
            db.session.flush()
            appoint(person, Role(role), today(), **{k: v for k, v in where.items() if v})
    except PeopleError as error:
        raise click.ClickException(str(error)) from error
    except IntegrityError as error:
        raise click.ClickException("There is no home, council or child with this id. Check it.") from error
    click.echo(f"{tidy(sign_in_name)} can sign in.")


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Password (it is not shown): ")
    return sys.stdin.readline().rstrip("\n")


@people.command("list")
def list_people() -> None:
    """The accounts by sign-in name."""
    for person in db.session.scalars(sa.select(Person).order_by(Person.sign_in_name)):
        state = "disabled" if person.disabled_at else "active"
        click.echo(f"{person.sign_in_name}\t{state}")


@people.command("disable")
@click.argument("sign_in_name")
def disable(sign_in_name: str) -> None:
    """Shut an account at once; its open sessions end with it."""
    with writing():
        person = db.session.scalar(sa.select(Person).where(Person.sign_in_name == tidy(sign_in_name)))
        if person is None:
            raise click.ClickException(f"There is no account {tidy(sign_in_name)}.")
        person.disabled_at = now()
    click.echo(f"{tidy(sign_in_name)} can no longer sign in.")


@samples.command("load")
def load() -> None:
    """The published cases as made-up people; refuses on a database that holds anyone else."""
    with writing():
        if db.session.scalar(sa.select(sa.func.count()).select_from(Person)):
            raise click.ClickException("This database holds people already. Samples go into an empty one.")
        password = _demo_password()
        load_samples(password, now())
    (current_app.extensions["heard.settings"].instance / "demo-password").write_text(password)
    _show_demo(password)


@samples.command("bulk")
@click.option("--interviews", type=click.IntRange(min=1), required=True, help="How many talks.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed, the same words.")
def bulk(interviews: int, seed: int) -> None:
    """Made-up talks in large numbers, for measuring."""
    kept = current_app.extensions["heard.settings"].instance / "demo-password"
    password = kept.read_text() if kept.exists() else _demo_password()
    try:
        bulk_samples(interviews, seed, password, now())
    except BulkError as error:
        raise click.ClickException(str(error)) from error
    for role, sign_in_name in ACCOUNTS.items():
        click.echo(f"{sign_in_name:<18}{role.value}")
    click.echo(f"password: {password}")


@samples.command("people")
def demo_people() -> None:
    """The demo people and their password, once samples are loaded."""
    kept = current_app.extensions["heard.settings"].instance / "demo-password"
    if not kept.exists():
        raise click.ClickException("No samples are loaded here.")
    _show_demo(kept.read_text())


def _demo_password() -> str:
    return os.environ.get("HEARD_DEMO_PASSWORD") or "-".join(secrets.token_hex(2) for _ in range(4))


def _show_demo(password: str) -> None:
    for person in DEMO:
        click.echo(f"{person.sign_in_name:<8}{person.does}")
    click.echo(f"password: {password}")
