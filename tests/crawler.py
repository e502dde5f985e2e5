"""Someone who goes everywhere: every link, every form, every page without an id, and their variants."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin, urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from tests.visitor import Element, Visitor, filled_in, page_of

MOST = 400
TOKEN = re.compile(r'(name="csrf_token"[^>]*value=")[^"]*|("token":")[^"]*')
# Signing in and out ends the journey; whose cookie it is, is nobody's news.
NOT_GONE = frozenset({"/sign-out", "/sign-in"})


@dataclass(frozen=True)
class Seen:
    """One answer as it came: its status, its headers and its bytes, but for the token."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def seen(response: TestResponse) -> Seen:
    """What can be seen of a response."""
    headers = tuple((k, v) for k, v in response.headers.items() if k != "Set-Cookie")
    body = response.data
    if response.mimetype in {"text/html", "application/json"}:
        body = TOKEN.sub(r"\1\2", response.text).encode()
    return Seen(response.status_code, headers, body)


class Crawler:
    """Goes everywhere and remembers what was seen at each step, by method, address and what was sent."""

    def __init__(self, visitor: Visitor, *, sends: bool = True) -> None:
        self.visitor = visitor
        self.sends = sends
        self.seen: dict[str, Seen] = {}
        self.waiting: list[str] = []

    def go(self, starts: Iterable[str]) -> dict[str, Seen]:
        """Follow everything from these addresses on; forms that change something come last."""
        self.waiting = list(starts)
        forms: dict[str, tuple[TestResponse, Element]] = {}
        while self.waiting:
            forms |= self._visit(self.waiting.pop(0))
        for step, (response, form) in forms.items():
            self._keep(step, self.visitor.post(_target(response, form), filled_in(form)))
        return self.seen

    def _visit(self, path: str) -> dict[str, tuple[TestResponse, Element]]:
        if f"GET {path}" in self.seen:
            return {}
        response = self.visitor.get(path)
        self._keep(f"GET {path}", response)
        self.waiting += sorted({urljoin(path, one) for one in _onward(response, path)} - NOT_GONE)
        return _forms(response, path) if self.sends else {}

    def _keep(self, step: str, response: TestResponse) -> None:
        self.seen[step] = seen(response)
        if len(self.seen) > MOST:
            raise AssertionError(f"There are more than {MOST} pages: does one lead to another for ever?")


def _onward(response: TestResponse, path: str) -> Iterator[str]:
    if response.location and urlsplit(response.location).path not in NOT_GONE:
        yield response.location
    if response.mimetype == "text/html" and response.text:
        page = page_of(response)
        for link in page.find("a"):
            where = urlsplit(urljoin(path, link.attributes.get("href", "")))
            if not where.scheme and not where.path.startswith("/static/"):
                yield where._replace(fragment="").geturl()
        for form in page.find("form", method="get"):
            sent = urlencode(filled_in(form), doseq=True)
            yield f"{urljoin(path, form.attributes.get('action') or path).split('?')[0]}?{sent}"


def _forms(response: TestResponse, path: str) -> dict[str, tuple[TestResponse, Element]]:
    if response.mimetype != "text/html" or not response.text:
        return {}
    return {
        f"POST {path} {number} {_target(response, form)}": (response, form)
        for number, form in enumerate(page_of(response).find("form", method="post"))
        if _target(response, form) not in NOT_GONE
    }


def _target(response: TestResponse, form: Element) -> str:
    return form.attributes.get("action") or response.request.path


def pages_without_an_id(app: Flask) -> list[str]:
    """Every address that needs nothing to be known."""
    rules = app.url_map.iter_rules()
    return sorted(rule.rule for rule in rules if "GET" in (rule.methods or ()) and not rule.arguments)


def addresses_of(app: Flask, ids: dict[str, str], method: str = "GET") -> list[tuple[str, str]]:
    """Every endpoint that takes no id or one of these, and its address with that id."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.arguments <= ids.keys() and method in (rule.methods or ()):
            found.append((rule.endpoint, re.sub(r"<(?:\w+:)?(\w+)>", lambda name: ids[name[1]], rule.rule)))
    return sorted(found)
