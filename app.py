"""The roof: puts the app together and closes the door to strangers."""

import contextlib
import os
import sys
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from records.database import db, engine_options, is_new, prepare
from records.keys import Keys, complete_keys, make_keys, read_keys
from records.settings import Settings, read_settings
from views import (
    again,
    clips,
    commands,
    concerns,
    door,
    drafts,
    episodes,
    errors,
    files,
    finish,
    found,
    from_home,
    hand_over,
    headers,
    health,
    interviews,
    languages,
    late,
    letters,
    links,
    marked,
    numbers,
    pages,
    papers,
    pictures,
    police,
    put_off,
    read_back,
    reports,
    requests,
    reviews,
    sharing,
    sign_in,
    start,
    static_files,
    summaries,
    sync,
    tablet,
    tablets,
    talk,
    to_ring,
    translations,
    urgent,
    versions,
    welcome,
    words,
)
from views.session_store import DatabaseSessions
from views.token import Token

ROOT = Path(__file__).parent
# Seconds. With Python's own 5 ms a thread that writes, while others wait for it, waits for one that reckons.
TURN = 0.0005
PARTS = (words, static_files, headers, errors, pages, pictures, clips, commands)
BLUEPRINTS = (
    sign_in,
    health,
    start,
    episodes,
    interviews,
    talk,
    again,
    read_back,
    finish,
    from_home,
    marked,
    welcome,
    put_off,
    numbers,
    found,
    hand_over,
    translations,
    versions,
    reports,
    summaries,
    reviews,
    concerns,
    requests,
    languages,
    letters,
    links,
    urgent,
    to_ring,
    clips,
    papers,
    files,
    sharing,
    police,
    tablet,
    sync,
    drafts,
    late,
    tablets,
)


def create_app(**overrides: Any) -> Flask:
    """The app of one installation.

    `overrides` are settings (`instance`, `database_url`, `keys`, …, with or without `HEARD_`) and, in
    capitals, Flask's own (`TESTING`). Raises SettingsError, KeysError or DatabaseError with a sentence.
    """
    flask_own = {key: value for key, value in overrides.items() if key.isupper() and "HEARD" not in key}
    own = {key.upper().removeprefix("HEARD_"): v for key, v in overrides.items() if key not in flask_own}
    sys.setswitchinterval(TURN)
    settings = read_settings(ROOT, os.environ, own)
    keys = _keys_of(settings)
    app = Flask(__name__, instance_path=str(settings.instance))
    app.config.from_mapping(_flask_config(settings, keys))
    app.config.from_mapping(flask_own)
    app.extensions["heard.settings"] = settings
    app.extensions["heard.keys"] = keys
    db.init_app(app)
    # What tidies up asynchronous sessions would start a thread at every request; Heard has none.
    tidy = app.teardown_appcontext_funcs
    app.teardown_appcontext_funcs = [each for each in tidy if not iscoroutinefunction(each)]
    with app.app_context():
        prepare(db.engine)
    app.session_interface = DatabaseSessions()
    behind = settings.proxies_in_front
    if behind:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=behind, x_proto=behind)  # type: ignore[method-assign]
    Compress(app)
    # The door comes before the token: whose session has ended is told to sign in, not to reload.
    door.init_app(app)
    guard = Token(app)
    for view in sync.WITHOUT_TOKEN:
        guard.exempt(view)
    for part in PARTS:
        part.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint.bp)
    return app


def _flask_config(settings: Settings, keys: Keys) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_ENGINES": {"default": engine_options(settings, keys)},
        # A talk outlives an hour: the token lives as long as its session.
        "WTF_CSRF_TIME_LIMIT": None,
        # No referrer is sent, so none can be checked; SameSite=Strict and the token stand guard.
        "WTF_CSRF_SSL_STRICT": False,
        "MAX_CONTENT_LENGTH": 4 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
        "TRUSTED_HOSTS": ["localhost", "127.0.0.1", "[::1]", *settings.host_names],
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        # Static files are streamed; left alone they would go out in a larger form.
        "COMPRESS_ALGORITHM_STREAMING": ["br", "deflate"],
        # As far as it goes before it becomes slow.
        "COMPRESS_BR_LEVEL": 8,
        "COMPRESS_MIN_SIZE": 500,
    }


def _keys_of(settings: Settings) -> Keys:
    # Keys are made with a new installation only. Beside a database that is already there, missing keys
    # mean that its records would never open again: the start stops with a sentence.
    if not settings.keys_path.exists() and is_new(settings.database_url):
        with contextlib.suppress(FileExistsError):
            make_keys(settings.keys_path)
    complete_keys(settings.keys_path)
    return read_keys(settings.keys_path)
