"""What is kept on a tablet: the shell, blank pages that name nobody, and the worker that keeps them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, product

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from interview.access import Act
from interview.questions import SETS
from records.database import db
from records.envelopes import public_key
from records.interviews import to_hold
from records.tables import Person
from views.blank import blank_talk
from views.door import looked_at_list, require
from views.guessed import tried_first
from views.moments import now, today
from views.static_files import brought_by, slim_script
from views.words import catalogues, staff_languages

bp = Blueprint("tablet", __name__)

# The address of a static file, wherever in a page it stands.
ADDRESS = re.compile(r"/static/([\w./-]+\.\w+)(?:\?v=\w+)?")
SHEETS = {"sheet": "tablet/sheet.html", "child-sheet": "tablet/child_sheet.html"}


@dataclass(frozen=True)
class Kept:
    """All that a tablet keeps of one release: the shell by language, blank pages by name, static files."""

    release: str
    shells: dict[str, str]
    pages: dict[str, str]
    files: tuple[str, ...]

    @property
    def addresses(self) -> list[str]:
        """The address of everything that is kept."""
        shells = (f"{url_for('tablet.shell')}?in={language}" for language in self.shells)
        pages = (url_for("tablet.page", release=self.release, name=name) for name in self.pages)
        return [*shells, *pages, *self.files]


def kept() -> Kept:
    """What tablets keep of this installation: put together once, when it is asked for first."""
    found: Kept | None = current_app.extensions.get("heard.tablet")
    if found is None:
        found = current_app.extensions["heard.tablet"] = put_together()
    return found


def put_together() -> Kept:
    """Every page as a stranger would see it, and what these pages name; the release is their fingerprint."""
    pages = {name: _as_a_stranger(name) for name in _names()}
    bare = {language: _shell(language, "") for language in staff_languages()}
    files = tuple(sorted(set(chain.from_iterable(map(_files_of, [*pages.values(), *bare.values()])))))
    release = sha256(json.dumps([pages, bare, files]).encode()).hexdigest()[:12]
    return Kept(release, {language: _shell(language, release) for language in bare}, pages, files)


def _names() -> list[str]:
    talks = (f"{each}/{language}" for each, language in product(SETS, catalogues().offered()))
    return [*SHEETS, *talks]


def _as_a_stranger(name: str) -> str:
    # A context of its own: nobody's session, and nothing of the request that asks for it.
    with current_app.app_context(), current_app.test_request_context(), force_locale("en"):
        if name in SHEETS:
            return render_template(SHEETS[name])
        question_set, _, language = name.partition("/")
        return blank_talk(question_set, language)


def _shell(language: str, release: str) -> str:
    with current_app.app_context(), current_app.test_request_context(), force_locale(language):
        key = public_key(current_app.extensions["heard.keys"])
        return render_template("tablet/shell.html", release=release, language=language, key=key)


def _files_of(page: str) -> Iterator[str]:
    """The addresses of the static files that a page names, and of the modules that these bring along."""
    for found in ADDRESS.finditer(page):
        yield found[0]
        if found[1].endswith(".js"):
            brought = brought_by(str(current_app.static_folder), found[1])
            yield from (url_for("static", filename=name) for name in sorted(brought))


@bp.get("/tablet")
def shell() -> ResponseReturnValue:
    """The page that opens without a network. It is the same for everybody, and names nobody."""
    asked = request.args.get("in") or request.accept_languages.best_match(staff_languages(), "en")
    return kept().shells.get(str(asked), kept().shells["en"])


@bp.get("/tablet/pages/<release>/<path:name>")
def page(release: str, name: str) -> ResponseReturnValue:
    """A blank page, or the list of all that is kept; only of the release that is installed here."""
    if release != kept().release:
        abort(404)
    if name == "list":
        return jsonify(kept().addresses)
    return kept().pages[name] if name in kept().pages else abort(404)


@bp.get("/sw.js")
def worker() -> ResponseReturnValue:
    """The service worker: another one with each release."""
    script = render_template("tablet/sw.js", release=kept().release)
    return Response(slim_script(script.encode()), mimetype="text/javascript")


@bp.get("/manifest.webmanifest")
def manifest() -> ResponseReturnValue:
    """What the installed app is called and looks like: it tells nobody what it is."""
    icons = [
        {
            "src": url_for("static", filename=f"tablet/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
        }
        for size in (192, 512)
    ]
    about = {
        "id": "/tablet",
        "name": "Time to talk",
        "short_name": "Time to talk",
        "start_url": url_for("tablet.shell"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbf7f0",
        "theme_color": "#fbf7f0",
        "icons": icons,
    }
    return Response(json.dumps(about), mimetype="application/manifest+json")


@bp.get("/take-with-me")
def take_with_me() -> ResponseReturnValue:
    """Choose talks for where there is no network; the script takes them and proves that they are there."""
    mine = require(Act.HOLD_INTERVIEW)
    looked_at_list(Act.HOLD_INTERVIEW, "interview")
    talks = [talk for talk in to_hold(mine, now()) if not talk.sleeps(today())]
    me = db.session.get_one(Person, mine.person)
    return render_template(
        "tablet/take.html",
        talks=talks,
        chosen=request.args.get("talk"),
        tried_first=tried_first(me.sign_in_name, me.name),
    )
