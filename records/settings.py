"""The settings of one installation, read once at the start; a wrong one stops it with a sentence."""

import contextlib
import os
import runpy
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

PREFIX = "HEARD_"
# Read by the commands and not by the app: the address to listen on, and the demo people's password.
ELSEWHERE = frozenset({"BIND", "DEMO_PASSWORD"})
DATABASES = ("sqlite:///", "postgresql://", "postgresql+psycopg://")


class SettingsError(Exception):
    """A setting that is wrong, with the sentence that says which and why."""


@dataclass(frozen=True)
class Settings:
    """All settings.

    `hosts` are the names under which people reach Heard, besides this machine's own; `proxies` is how
    many stand in front and say where a request came from.
    """

    instance: Path
    database_url: str = ""
    secret_key: str = ""
    keys: str = ""
    hosts: str = ""
    proxies: str = "0"

    @property
    def keys_path(self) -> Path:
        """Where the keys are."""
        return Path(self.keys) if self.keys else self.instance / "keys.json"

    @property
    def proxies_in_front(self) -> int:
        """How many proxies may be believed about where a request came from."""
        return int(self.proxies)

    @property
    def host_names(self) -> tuple[str, ...]:
        """The names that a browser may ask for."""
        return tuple(name.strip() for name in self.hosts.split(",") if name.strip())


def read_settings(root: Path, environment: Mapping[str, str], overrides: Mapping[str, object]) -> Settings:
    """The settings from `instance/config.py`, over them the environment, over them the overrides.

    Raises SettingsError with a sentence for whoever starts Heard.
    """
    named = _from_environment(environment) | {key.lower(): str(v) for key, v in overrides.items()}
    instance = Path(named.get("instance") or root / "instance").resolve()
    instance.mkdir(parents=True, exist_ok=True)
    _refuse_unknown(named)
    values = _from_file(instance / "config.py") | named
    settings = Settings(**(values | {"instance": instance}))  # type: ignore[arg-type]
    return _completed(settings)


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        key.removeprefix(PREFIX).lower(): value
        for key, value in environment.items()
        if key.startswith(PREFIX) and key.removeprefix(PREFIX) not in ELSEWHERE
    }


def _from_file(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    values = {key.lower(): v for key, v in runpy.run_path(str(path)).items() if key.isupper()}
    _refuse_unknown(values)
    return values


def _refuse_unknown(values: Mapping[str, object]) -> None:
    known = {field.name for field in fields(Settings)}
    for key in values:
        if key not in known:
            raise SettingsError(
                f"The setting {PREFIX}{key.upper()} is unknown. Known are: "
                + ", ".join(sorted(PREFIX + name.upper() for name in known))
                + "."
            )


def _completed(settings: Settings) -> Settings:
    url = settings.database_url or f"sqlite:///{settings.instance / 'heard.sqlite'}"
    if not url.startswith(DATABASES):
        raise SettingsError(f"The setting HEARD_DATABASE_URL must begin with one of {', '.join(DATABASES)}.")
    secret = settings.secret_key or _kept_secret(settings.instance / "secret_key")
    if len(secret) < 32:
        raise SettingsError("The setting HEARD_SECRET_KEY must have at least 32 characters.")
    if settings.proxies not in {"0", "1", "2", "3"}:
        raise SettingsError("The setting HEARD_PROXIES must be a number from 0 to 3.")
    return replace(settings, database_url=url, secret_key=secret)


def _kept_secret(path: Path) -> str:
    """A secret made at the first start and kept for the next, readable by its owner only."""
    if not path.exists():
        with contextlib.suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as new:
                new.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
