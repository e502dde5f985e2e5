"""A page's own HTML as a tree of what a tablet may build again: what is not on the list is left out."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

# ["tag", {attribute: value}, child, ...]; a child is a tree or a text.
Tree = list[Any]
Leads = Callable[[str], tuple[str, str] | None]


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# The same lists stand in static/tablet/sheet.js, which builds nothing else. A test compares them.
TAGS = _words(
    "a article b bdi blockquote br button dd details div dl dt em fieldset figcaption figure form h1 h2 h3 "
    "header hr img input label legend li main nav ol optgroup option p path section select small span "
    "strong summary svg textarea ul"
)
ATTRIBUTES = _words(
    "alt autocapitalize autocomplete autocorrect checked class d dir disabled fill fill-rule focusable for "
    "height hidden href id inputmode lang maxlength name novalidate open role rows selected spellcheck src "
    "tabindex translate type value viewBox width"
)
PREFIXES = ("aria-", "data-")
# Their addresses lead to the server, or their words are of it: a tablet has neither.
LEFT_OUT = frozenset({"data-answers", "data-token", "data-clips", "data-later"})
NOT_SENT = frozenset({"csrf_token", "page"})
VOID = frozenset({"br", "hr", "img", "input"})
# The parser gives names in small letters; in a picture they are not.
SPELT = {"viewbox": "viewBox"}
PICTURES = "/static/pictures/"
SILENT = frozenset({"script", "style", "template", "noscript", "meta", "link"})
GO = "data-go"


class _Reader(HTMLParser):
    def __init__(self, leads: Leads) -> None:
        super().__init__()
        self.leads = leads
        self.root: Tree = ["div", {}]
        self.open: list[tuple[str, Tree]] = [("", self.root)]
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.silent or tag in SILENT:
            if tag not in {"meta", "link"}:
                self.silent.append(tag)
            return
        made = _element(tag, {SPELT.get(name, name): value or "" for name, value in attrs}, self.leads)
        if made is not None:
            self.open[-1][1].append(made)
        if tag not in VOID:
            # What is in an element that is left out is left out with it.
            self.open.append((tag, made if made is not None else ["div", {}]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            if self.silent[-1] == tag:
                self.silent.pop()
        elif tag == self.open[-1][0]:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        tag, inside = self.open[-1]
        # A browser leaves out the first line break of a box to write in.
        data = data.removeprefix("\n") if tag == "textarea" and len(inside) == 2 else data
        if data and not self.silent and (data.strip() or "\n" not in data):
            inside.append(data)


def tree_of(html: str, leads: Leads) -> Tree:
    """The tree of a piece of a page. `leads` gives for an address the tablet's page and the place on it."""
    reader = _Reader(leads)
    reader.feed(html)
    reader.close()
    return reader.root


def _element(tag: str, attributes: dict[str, str], leads: Leads) -> Tree | None:
    if tag == "input" and attributes.get("name") in NOT_SENT:
        return None
    if tag not in TAGS:
        return None
    found = {name: value for name, value in attributes.items() if _is_allowed(name, value)}
    if tag == "a" and "href" in attributes and "href" not in found:
        return _link(found, leads(attributes["href"]))
    return [tag, found]


def _is_allowed(name: str, value: str) -> bool:
    if name == "href":
        return value.startswith(("tel:", "#"))
    if name == "src":
        return value.startswith(PICTURES)
    known = name in ATTRIBUTES or name.startswith(PREFIXES)
    return known and name not in LEFT_OUT


def _link(found: dict[str, str], to: tuple[str, str] | None) -> Tree:
    # What is not on the tablet is no link there; its words stay.
    if to is None:
        return ["span", found]
    page, place = to
    return ["a", found | {"href": "#", GO: page} | ({"data-at": place} if place else {})]


def find(tree: Tree, wanted: Callable[[Tree], bool]) -> list[Tree]:
    """The outermost elements that are wanted, in the order of the page."""
    if wanted(tree):
        return [tree]
    return [found for one in tree[2:] if isinstance(one, list) for found in find(one, wanted)]
