"""Settings: a wrong or unknown one stops the start with a sentence that says which and why."""

import stat
from pathlib import Path

import pytest

from app import create_app
from records.database import SAFE_SQLITE, DatabaseError, engine_options
from records.keys import KeysError, make_keys, read_keys
from records.settings import SettingsError, read_settings
from tests.houses import House

SECRET = "x" * 32


def test_it_works_without_any(tmp_path: Path) -> None:
    settings = read_settings(tmp_path, {}, {})
    assert settings.instance == tmp_path / "instance"
    assert settings.database_url == f"sqlite:///{tmp_path}/instance/heard.sqlite"


def test_a_secret_is_made_once_and_kept_for_its_owner(tmp_path: Path) -> None:
    first, second = (read_settings(tmp_path, {}, {}).secret_key for _ in range(2))
    kept = tmp_path / "instance" / "secret_key"
    assert first == second
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_the_environment_wins_over_the_file_and_the_caller_over_both(tmp_path: Path) -> None:
    (tmp_path / "config.py").write_text("HOSTS = 'file'\nKEYS = 'file'\nSECRET_KEY = 'f' * 40\n")
    environment = {"HEARD_HOSTS": "environment", "HEARD_KEYS": "environment", "OTHER": "ignored"}
    settings = read_settings(tmp_path, environment, {"instance": tmp_path, "keys": "caller"})
    assert (settings.secret_key[0], settings.hosts, settings.keys) == ("f", "environment", "caller")


@pytest.mark.parametrize("name", ["HEARD_DATABSE_URL", "HEARD_DEBUG"])
def test_an_unknown_setting_stops_the_start(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is unknown. Known are: .*HEARD_DATABASE_URL"):
        read_settings(tmp_path, {name: "1"}, {})


def test_an_unknown_setting_in_the_file_stops_it_too(tmp_path: Path) -> None:
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "config.py").write_text("TEMPERATURE = 20\n")
    with pytest.raises(SettingsError, match="HEARD_TEMPERATURE is unknown"):
        read_settings(tmp_path, {}, {})


@pytest.mark.parametrize("name", ["HEARD_BIND", "HEARD_DEMO_PASSWORD"])
def test_what_the_commands_read_is_not_unknown(tmp_path: Path, name: str) -> None:
    assert read_settings(tmp_path, {name: "1"}, {})


@pytest.mark.parametrize("url", ["mysql://there", "sqlite://", "/var/heard.sqlite"])
def test_another_database_stops_the_start(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match="HEARD_DATABASE_URL must begin with one of sqlite:///"):
        read_settings(tmp_path, {"HEARD_DATABASE_URL": url}, {})


def test_a_short_secret_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="HEARD_SECRET_KEY must have at least 32"):
        read_settings(tmp_path, {"HEARD_SECRET_KEY": "x" * 31}, {})
    assert read_settings(tmp_path, {"HEARD_SECRET_KEY": SECRET}, {}).secret_key == SECRET


def test_host_names_are_a_list(tmp_path: Path) -> None:
    assert read_settings(tmp_path, {"HEARD_HOSTS": "a.example, b.example,"}, {}).host_names == (
        "a.example",
        "b.example",
    )


def test_a_new_installation_makes_its_keys_for_its_owner_alone(tmp_path: Path) -> None:
    create_app(instance=tmp_path)
    kept = tmp_path / "keys.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert len(read_keys(kept).file) == 32


def test_missing_keys_beside_a_database_stop_the_start(tmp_path: Path) -> None:
    (tmp_path / "heard.sqlite").write_bytes(b"")
    with pytest.raises(KeysError, match=r"is missing\. Put it back, or set HEARD_KEYS"):
        create_app(instance=tmp_path)
    assert not (tmp_path / "keys.json").exists()


def test_missing_keys_beside_a_database_that_cannot_be_reached_stop_the_start(tmp_path: Path) -> None:
    with pytest.raises(KeysError, match="is missing"):
        create_app(instance=tmp_path, database_url=f"postgresql://heard@/heard?host={tmp_path}")


def test_missing_keys_beside_someones_records_stop_the_start(house: House) -> None:
    (house.folder / "keys.json").unlink()
    with pytest.raises(KeysError, match=r"is missing\. Put it back"):
        house.open()
    assert not (house.folder / "keys.json").exists()


@pytest.mark.parametrize("damaged", ["", "{}", "[]", '{"file": "zz"}', "not JSON"])
def test_damaged_keys_stop_the_start(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "keys.json").write_text(damaged)
    with pytest.raises(KeysError, match=r"is damaged\. Put back a good copy"):
        create_app(instance=tmp_path)


def test_keys_are_never_written_over(tmp_path: Path) -> None:
    make_keys(tmp_path / "keys.json")
    with pytest.raises(FileExistsError):
        make_keys(tmp_path / "keys.json")


def test_a_sqlite_that_can_damage_the_database_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SAFE_SQLITE == (3, 51, 3)
    make_keys(tmp_path / "keys.json")
    settings, keys = read_settings(tmp_path, {}, {"instance": tmp_path}), read_keys(tmp_path / "keys.json")
    monkeypatch.setattr("sqlcipher3.sqlite_version_info", (3, 51, 2))
    with pytest.raises(DatabaseError, match="Install the pinned packages"):
        engine_options(settings, keys)


def test_what_is_sent_to_the_database_never_reaches_a_log(tmp_path: Path) -> None:
    make_keys(tmp_path / "keys.json")
    settings, keys = read_settings(tmp_path, {}, {"instance": tmp_path}), read_keys(tmp_path / "keys.json")
    assert engine_options(settings, keys)["hide_parameters"] is True
