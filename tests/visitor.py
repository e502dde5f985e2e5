"""A visitor: a browser without scripts that proof-reads every page it is given."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.people import PASSWORD, Someone

STANDARD_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
UNWANTED_IN_POLICY = ("unsafe-inline", "unsafe-eval", "data:", "*", "http:", "https:")
EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
TYPED = frozenset({"checkbox", "radio"})
# The h1 of these pages names a child, and their title does not: a browser keeps it, for whoever comes next.
NAMES_NOBODY = (
    *("The interview", "The return", "The letter", "Letters"),
    *("What the child asked for", "Review pack", "Summary for the review"),
    *("Y cyfweliad", "Y dychweliad", "Y llythyr", "Llythyrau"),
    *("Beth y gofynnodd y plentyn amdano", "Pecyn adolygu", "Crynodeb ar gyfer yr adolygiad"),
)
# And in the language in which it can be seen that a sentence is translated.
BEGINS = (*NAMES_NOBODY, *(f"⟦{title}" for title in NAMES_NOBODY))


@dataclass
class Element:
    """One element of a page."""

    tag: str
    attributes: dict[str, str]
    inside: list["Element | str"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Element"]:
        """This element and all within it, in the order of the page."""
        yield self
        for one in self.inside:
            if isinstance(one, Element):
                yield from one

    def find(self, tag: str, **attributes: str) -> list["Element"]:
        """The elements of this tag within, that have these attributes."""
        wanted = attributes.items()
        return [e for e in self if e.tag == tag and all(e.attributes.get(k) == v for k, v in wanted)]

    @property
    def text(self) -> str:
        """Its words, with single spaces."""
        raw = "".join(one if isinstance(one, str) else f" {one.text} " for one in self.inside)
        return " ".join(raw.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice: {names}")
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes <{self.open[-1].tag}>")
        if any(element.tag == tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read_page(html: str) -> tuple[Element, list[str]]:
    """A page as elements, and what is wrong with how they are closed."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    unclosed = [f"<{element.tag}> is never closed" for element in reader.open[1:]]
    return reader.root, reader.faults + unclosed


def page_of(response: TestResponse) -> Element:
    """The page in a response."""
    return read_page(response.text)[0]


class ProofReader:
    """What is wrong with a response: one method for each thing that a page must be."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.html = response.text if response.mimetype == "text/html" and response.text else ""
        self.page, self.unclosed = read_page(self.html)

    def faults(self) -> list[str]:
        """All that is wrong, as sentences; empty for a good page."""
        found = list(self.headers())
        # A redirect's own words are the framework's, and nobody reads them.
        if self.html and not 300 <= self.response.status_code < 400:
            found += self.unclosed
            for check in (self.heading, self.ids, self.forms, self.inline, self.references):
                found += check()
        return found

    def headers(self) -> Iterator[str]:
        """The standard headers, a strict policy, and nothing that lets a page be kept."""
        for name, value in STANDARD_HEADERS.items():
            if self.response.headers.get(name) != value:
                yield f"{name} is {self.response.headers.get(name)!r} and not {value!r}"
        policy = self.response.headers.get("Content-Security-Policy", "")
        if not policy.startswith("default-src 'none'") or any(word in policy for word in UNWANTED_IN_POLICY):
            yield f"the content policy is too wide: {policy}"
        yield from (
            f"{name} tells when" for name in ("ETag", "Last-Modified") if name in self.response.headers
        )

    def heading(self) -> Iterator[str]:
        """One h1, and a title that begins with it, or that says it without a child's name."""
        titles, headings = self.page.find("title"), self.page.find("h1")
        in_pictures = sum(len(svg.find("title")) for svg in self.page.find("svg"))
        if len(titles) - in_pictures != 1 or len(headings) != 1:
            yield f"there are {len(titles)} titles and {len(headings)} h1"
        elif not titles[0].text.removeprefix("Error: ").startswith((_without_caption(headings[0]), *BEGINS)):
            yield f"the title {titles[0].text!r} does not begin with the h1 {headings[0].text!r}"
        if not any(html.attributes.get("lang") for html in self.page.find("html")):
            yield "the page does not say its language"

    def ids(self) -> Iterator[str]:
        """No id twice."""
        ids = [e.attributes["id"] for e in self.page if "id" in e.attributes]
        yield from (
            f"the id {one!r} is there {ids.count(one)} times" for one in set(ids) if ids.count(one) > 1
        )

    def forms(self) -> Iterator[str]:
        """Every form that changes something carries the token, and one says how it is sent."""
        for form in self.page.find("form"):
            method = form.attributes.get("method", "").lower()
            if method not in {"get", "post"}:
                yield "a form does not say how it is sent"
            if method == "post" and not form.find("input", name="csrf_token"):
                yield f"the form to {form.attributes.get('action', 'this page')} carries no token"

    def inline(self) -> Iterator[str]:
        """No script, style or handler within the page."""
        for element in self.page:
            if element.tag == "style" or "style" in element.attributes:
                yield f"<{element.tag}> has a style within the page"
            if element.tag == "script" and "src" not in element.attributes and not _is_data(element):
                yield "a script stands within the page"
            yield from (f"<{element.tag} {n}> is a handler" for n in element.attributes if n.startswith("on"))
            if element.attributes.get("href", "").lower().startswith(("javascript:", "data:")):
                yield f"<{element.tag}> leads to a script"

    def references(self) -> Iterator[str]:
        """Labels, hints and errors belong to something on the page, and nothing comes from elsewhere."""
        ids = {e.attributes["id"] for e in self.page if "id" in e.attributes}
        for element in self.page:
            for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
                for wanted in element.attributes.get(name, "").split():
                    if wanted not in ids:
                        yield f"<{element.tag} {name}> names {wanted!r}, which is not on the page"
            if re.match(r"(https?:)?//", element.attributes.get("src", "")):
                yield f"<{element.tag}> comes from elsewhere"


def _without_caption(heading: Element) -> str:
    captions = [e.text for e in heading.find("span") if "caption" in e.attributes.get("class", "")]
    return heading.text.removeprefix(captions[0]).strip() if captions else heading.text


def _is_data(script: Element) -> bool:
    return script.attributes.get("type") == "application/json"


class Visitor:
    """Someone at a browser without scripts. What they are shown is proof-read."""

    def __init__(self, app: Flask, person: Someone | None = None) -> None:
        self.client = app.test_client()
        self.token = ""
        if person is not None:
            self.get("/sign-in")
            entered = self.post("/sign-in", {"name": person.sign_in_name, "password": PASSWORD})
            if entered.status_code != 302:
                raise AssertionError(f"{person.name} could not sign in: {page_of(entered).text}")
            # The token of the sign-in page ended with the session before.
            self.token = ""

    def open(self, path: str, method: str = "GET", **how: Any) -> TestResponse:
        """Ask for anything. Whatever comes back is proof-read."""
        response = self.client.open(path, method=method, **how)
        if not path.startswith("/static/"):
            read = ProofReader(response)
            faults = read.faults()
            if faults:
                raise AssertionError(f"{method} {path}: " + "; ".join(faults))
            self._remember_token(response, read.page)
        return response

    def get(self, path: str, **how: Any) -> TestResponse:
        """Ask for a page."""
        return self.open(path, "GET", **how)

    def post(self, path: str, data: Mapping[str, Any] | None = None, **how: Any) -> TestResponse:
        """Send a form, with the token of the last page; or `json`, with the token in its header."""
        if not self.token:
            self.get("/")
        if "json" in how:
            how["headers"] = {"X-CSRF-Token": self.token} | dict(how.get("headers", {}))
            return self.open(path, "POST", **how)
        return self.open(path, "POST", data={"csrf_token": self.token} | dict(data or {}), **how)

    def submit(self, path: str, action: str | None = None, **typed: Any) -> TestResponse:
        """Open a page, fill in its form as a person does, and send it.

        `action` chooses among several forms by where they are sent; what is not typed stays as it is.
        """
        return self.send(self.get(path), action, **typed)

    def send(self, shown: TestResponse, action: str | None = None, **typed: Any) -> TestResponse:
        """Fill in the form on a page that was shown, and send it."""
        forms = [form for form in page_of(shown).find("form", method="post") if _is_own(form, action)]
        if len(forms) != 1:
            raise AssertionError(f"{len(forms)} forms on {shown.request.path} are sent to {action}.")
        target = forms[0].attributes.get("action") or shown.request.path
        return self.post(target, filled_in(forms[0]) | typed)

    def follow(self, response: TestResponse) -> TestResponse:
        """Go where a response sends one."""
        if not response.location:
            raise AssertionError(f"{response.status_code} leads nowhere.")
        return self.get(response.location)

    def sign_out(self) -> TestResponse:
        """Sign out."""
        return self.post("/sign-out")

    def _remember_token(self, response: TestResponse, page: Element) -> None:
        for box in page.find("input", name="csrf_token")[:1]:
            self.token = box.attributes["value"]
        if response.request.path.endswith("/token") and response.status_code == 200 and response.data:
            self.token = next(iter(response.get_json().values()))


def _is_own(form: Element, action: str | None) -> bool:
    where = form.attributes.get("action", "")
    return where != "/sign-out" if action is None else where.endswith(action)


def filled_in(form: Element) -> dict[str, Any]:
    """What a browser sends of a form that nobody changed, without its buttons."""
    sent: dict[str, Any] = {}
    for element in form:
        name = element.attributes.get("name")
        if name and element.tag in {"input", "textarea", "select"} and "disabled" not in element.attributes:
            for value in _values(element):
                sent[name] = [*sent[name], value] if name in sent else [value]
    return sent


def _values(element: Element) -> list[str]:
    if element.tag == "textarea":
        words = "".join(one for one in element.inside if isinstance(one, str))
        return [words.removeprefix("\n")]
    if element.tag == "select":
        options = element.find("option")
        chosen = [option for option in options if "selected" in option.attributes] or options[:1]
        return [option.attributes.get("value", option.text) for option in chosen]
    kind = element.attributes.get("type", "text")
    if kind in {"submit", "button", "image", "reset", "file"}:
        return []
    if kind in TYPED and "checked" not in element.attributes:
        return []
    return [element.attributes.get("value", "on" if kind in TYPED else "")]
