"""A page as plain text, as somebody reads it from top to bottom: headings, lists, tables, quotes."""

from collections.abc import Callable, Iterable, Iterator
from textwrap import wrap

from tests.visitor import Element

WIDTH = 100
SILENT = frozenset({"script", "style", "nav", "template", "button", "head", "select", "textarea"})
PARTS = (
    ("address", "article", "aside", "details", "div", "fieldset", "figure", "footer", "header", "main"),
    ("blockquote", "caption", "dd", "dl", "dt", "figcaption", "legend", "li", "ol", "p", "pre", "summary"),
    ("h1", "h2", "h3", "h4", "h5", "h6", "hr", "section", "table", "tbody", "td", "th", "thead", "tr", "ul"),
)
BLOCKS = frozenset(tag for tags in PARTS for tag in tags)
PICTURE = "[picture: "
MARKS = frozenset({"for-home", "tag", "clock", "count"})
UNDER = {"h1": "=", "h2": "-"}
BEFORE = {"h3": "### ", "h4": "#### ", "summary": "[unfold] ", "figcaption": "   — ", "dt": ""}


def as_text(main: Element) -> str:
    """What stands on a page, for the eyes of whoever gets it."""
    lines: list[str] = []
    for line in _lines(main):
        if line or (lines and lines[-1]):
            lines.append(line.rstrip())
    # A drawing for the screen and one for the telephone are one picture.
    lines = [line for number, line in enumerate(lines) if not _is_again(lines, number)]
    return "\n".join(lines).strip() + "\n"


def _is_again(lines: list[str], number: int) -> bool:
    return lines[number].startswith(PICTURE) and lines[number] in lines[max(0, number - 2) : number]


def _lines(element: Element) -> Iterator[str]:
    """The lines of a block: its words between its blocks, and each of these in its own way."""
    words: list[str] = []
    for one in element.inside:
        if isinstance(one, str):
            words.append(one)
        elif _is_silent(one):
            continue
        elif one.tag in BLOCKS or one.tag == "svg" or _holds_a_block(one):
            yield from _paragraph(words)
            words = []
            yield from _block(one)
        else:
            words.append(_inline(one))
    yield from _paragraph(words)


def _is_silent(element: Element) -> bool:
    hidden = "hidden" in element.attributes or element.attributes.get("aria-hidden") == "true"
    look = element.attributes.get("class", "").split()
    # A form is for whoever writes; where it holds the page itself, as on the tablet, it is read.
    form = element.tag == "form" and not element.find("h1") and not element.find("blockquote")
    ways = not {"links", "no-paper", "govuk-button"}.isdisjoint(look)
    return form or ways or element.tag in SILENT or hidden


def _holds_a_block(element: Element) -> bool:
    return any(inner.tag in BLOCKS for inner in element)


def _inline(element: Element) -> str:
    if element.tag == "br":
        return " · "
    if element.tag == "svg":
        named = element.attributes.get("aria-label") or " ".join(t.text for t in element.find("title"))
        return f" {PICTURE}{named}] " if named else ""
    inside = (one if isinstance(one, str) else _inline(one) for one in element.inside if not _unseen(one))
    words = "".join(inside)
    is_mark = not MARKS.isdisjoint(element.attributes.get("class", "").split())
    return f" [{words.strip()}] " if is_mark and words.strip() else words


def _unseen(one: "Element | str") -> bool:
    return isinstance(one, Element) and _is_silent(one)


def _tidy(words: Iterable[str]) -> str:
    return " ".join("".join(words).split()).replace(" ·  · ", " · ").strip(" ·")


def _paragraph(words: Iterable[str], first: str = "", then: str = "") -> Iterator[str]:
    said = _tidy(words)
    if said:
        yield from wrap(
            said,
            WIDTH,
            initial_indent=first,
            subsequent_indent=then,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _block(element: Element) -> Iterator[str]:
    if element.tag in WAYS:
        yield from WAYS[element.tag](element)
    elif element.tag in BEFORE:
        first = BEFORE[element.tag]
        yield ""
        yield from _paragraph([_inline(element)], first, " " * len(first))
    else:
        yield from ("", *_lines(element), "")


def _heading(element: Element) -> Iterator[str]:
    words = _tidy([_inline(element)])
    yield from ("", words, UNDER[element.tag] * min(len(words), WIDTH), "")


def _picture(element: Element) -> Iterator[str]:
    yield _tidy([_inline(element)])


def _quote(element: Element) -> Iterator[str]:
    yield from _paragraph([f"“{_tidy([_inline(element)])}”"], "   ", "   ")


def _item(element: Element) -> Iterator[str]:
    inside = [line for line in _lines(element) if line]
    yield from (f"- {line.strip()}" if number == 0 else f"  {line}" for number, line in enumerate(inside))


def _terms(element: Element) -> Iterator[str]:
    yield ""
    for term, known in zip(element.find("dt"), element.find("dd"), strict=False):
        inside = [line.strip() for line in _lines(known) if line]
        yield from _paragraph([f"{_tidy([_inline(term)])}: ", " ".join(inside)], "", "   ")
    yield ""


def _table(element: Element) -> Iterator[str]:
    """Each row under its first cell, each cell after its heading."""
    yield ""
    for caption in element.find("caption"):
        yield f"[ {_tidy([_inline(caption)])} ]"
    headings = [_tidy([_inline(th)]) for head in element.find("thead") for th in head.find("th")]
    for row in (row for row in element.find("tr") if row.find("td")):
        yield from _row(row, headings)
    yield ""


def _row(row: Element, headings: list[str]) -> Iterator[str]:
    cells = [one for one in row.inside if isinstance(one, Element) and one.tag in {"td", "th"}]
    for number, cell in enumerate(cells):
        heading = headings[number] if number < len(headings) else ""
        inside = [line for line in _lines(cell) if line]
        if number == 0:
            yield from (("* " if n == 0 else "  ") + line.strip() for n, line in enumerate(inside))
        elif len(inside) == 1:
            yield from _paragraph([f"{heading}: {inside[0].strip()}"], "    ", "      ")
        elif inside:
            yield f"    {heading}:"
            yield from (f"      {line}" for line in inside)


WAYS: dict[str, Callable[[Element], Iterator[str]]] = {
    "h1": _heading,
    "h2": _heading,
    "svg": _picture,
    "table": _table,
    "blockquote": _quote,
    "li": _item,
    "dl": _terms,
}
