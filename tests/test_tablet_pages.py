"""What a tablet keeps is the same for everybody, names nobody, and changes its name when it changes."""

import json
import re
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from flask import Flask

from tests.conftest import Visit
from tests.people import People
from views.static_files import brought_by, content, slim_script, version
from views.tablet import Kept, kept, put_together

RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}")


def what_is_kept(app: Flask) -> Kept:
    """What tablets keep of this installation."""
    with app.test_request_context():
        return kept()


def addresses(app: Flask) -> list[str]:
    """The address of everything that is kept."""
    with app.test_request_context():
        return kept().addresses


def test_what_is_kept_is_there_for_strangers_and_sets_no_cookie(app: Flask) -> None:
    stranger = app.test_client()
    listed = stranger.get(f"/tablet/pages/{what_is_kept(app).release}/list").json
    assert listed == addresses(app)
    for address in addresses(app):
        with stranger.get(address) as answer:
            assert answer.status_code == 200, address
            assert "Set-Cookie" not in answer.headers, address


def test_it_is_the_same_for_everybody_and_names_nobody(app: Flask, people: People, visit: Visit) -> None:
    stranger, ines = app.test_client(), visit(people.ines).client
    for address in (one for one in addresses(app) if not one.startswith("/static/")):
        page = stranger.get(address).text
        assert ines.get(address).text == page, address
        assert "csrf" not in page.lower(), address
        assert people.ines.name not in page, address
        assert RANDOM.search(page) is None, address


def test_two_processes_keep_the_same(app: Flask) -> None:
    with app.test_request_context():
        assert put_together() == put_together()


def test_a_page_that_changes_makes_another_release(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    before = what_is_kept(app)
    with app.test_request_context():
        monkeypatch.setitem(app.jinja_env.globals, "html_language", lambda _language: "en-GB")
        after = put_together()
    assert after.release != before.release
    answer = app.test_client().get(f"/tablet/pages/{after.release}/list", follow_redirects=False)
    assert answer.status_code == 404


def test_only_kept_pages_may_be_shown_in_a_frame_of_ours(app: Flask) -> None:
    stranger = app.test_client()
    shell = stranger.get("/tablet").headers["Content-Security-Policy"]
    sheet = stranger.get(f"/tablet/pages/{what_is_kept(app).release}/sheet").headers
    other = stranger.get("/sign-in").headers
    assert "frame-src 'self'" in shell
    assert "frame-ancestors 'none'" in shell
    assert "frame-ancestors 'self'" in sheet["Content-Security-Policy"]
    assert sheet["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src" not in other["Content-Security-Policy"]
    assert other["X-Frame-Options"] == "DENY"


def test_only_the_pages_that_lock_and_open_may_ask_for_a_passkey(
    app: Flask, people: People, visit: Visit
) -> None:
    ines = visit(people.ines).client
    shell, take, other = (
        ines.get(path).headers["Permissions-Policy"] for path in ("/tablet", "/take-with-me", "/")
    )
    blank = ines.get(f"/tablet/pages/{what_is_kept(app).release}/sheet").headers["Permissions-Policy"]
    making, asking = "publickey-credentials-create", "publickey-credentials-get"
    assert f"{making}=(self)" in take
    assert f"{asking}=(self)" in take
    assert f"{making}=()" in shell
    assert f"{asking}=(self)" in shell
    for said in (other, blank):
        assert f"{making}=()" in said
        assert f"{asking}=()" in said
    for said in (shell, take, other, blank):
        assert "camera=(), geolocation=(), microphone=(), payment=(), usb=()" in said


def test_what_asks_for_the_devices_lock_is_there_without_a_network(app: Flask) -> None:
    assert any(address.startswith("/static/tablet/passkey.js") for address in addresses(app))


def test_the_installed_app_has_a_name_that_tells_nothing(app: Flask) -> None:
    answer = app.test_client().get("/manifest.webmanifest")
    about = json.loads(answer.text)
    assert "heard" not in answer.text.lower().replace("/static/", "")
    assert about["start_url"] == "/tablet"
    for icon in about["icons"]:
        with app.test_client().get(icon["src"]) as picture:
            assert picture.mimetype == "image/png"


def test_the_worker_names_the_release_it_keeps(app: Flask) -> None:
    answer = app.test_client().get("/sw.js")
    assert what_is_kept(app).release in answer.text
    install, _, _ = answer.text.partition("activate")
    assert "skipWaiting" not in install
    assert answer.headers["Cache-Control"] == "no-store"


# Modules -------------------------------------------------------------------------------------------


def test_a_module_names_the_version_of_each_that_it_brings_along(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "one.js").write_text('import { a } from "./far/two.js";\nimport("./three.js");\n')
    (tmp_path / "far" / "two.js").write_text('import "../three.js";\n')
    (tmp_path / "three.js").write_text("export const a = 1;\n")
    folder = str(tmp_path)
    assert brought_by(folder, "one.js") == {"far/two.js", "three.js"}
    third = version(folder, "three.js")
    assert content(folder, "far/two.js") == f'import "../three.js?v={third}";\n'.encode()
    assert f'from "./far/two.js?v={version(folder, "far/two.js")}"'.encode() in content(folder, "one.js")
    assert f'import("./three.js?v={third}")'.encode() in content(folder, "one.js")


def test_a_module_is_sent_alike_packed_and_plain(app: Flask) -> None:
    asked = app.test_client()
    with asked.get("/static/tablet/shell.js", headers={"Accept-Encoding": "identity"}) as plain:
        packed = asked.get("/static/tablet/shell.js", headers={"Accept-Encoding": "br"})
        assert brotli.decompress(packed.data) == slim_script(plain.data)
