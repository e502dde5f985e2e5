"""A page of Heard as a .docx: its headings, lists, quotes and tables, each in its language and direction."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_DIRECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

EMPTY = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "rect", "path", "line", "circle"})
# What only a screen needs, and pictures: what they show stands in words beside them.
LEFT_OUT = frozenset({"head", "script", "style", "svg", "nav", "button", "form", "template"})
# What only explains a picture that is left out.
OF_PICTURES = frozenset({"picture__key", "picture__homes", "picture__more"})
IN_LINE = frozenset(
    {"a", "abbr", "b", "bdi", "br", "cite", "em", "i", "q", "s", "small", "span", "strong", "sub", "sup", "u"}
)
STYLES = {
    "h1": "Title",
    "h2": "Heading 1",
    "h3": "Heading 2",
    "h4": "Heading 3",
    "h5": "Heading 4",
    "li": "List Bullet",
    "blockquote": "Quote",
    "figcaption": "Caption",
    "caption": "Caption",
}
BOLD = frozenset({"b", "strong", "dt", "summary", "th"})
RIGHT_TO_LEFT = frozenset({"R", "AL"})
# As word processors know them; of a language that nobody noted no spelling is held against it.
BY_REGION = {"en": "en-GB", "cy": "cy-GB", "ar": "ar-SA", "vi": "vi-VN", "": "x-none"}
# A file tells nobody when it was made.
NO_DAY = (1980, 1, 1, 0, 0, 0)
SPACES = re.compile(r"[ \t\r\n\f\v]+")
# What no document may hold, and what would turn the letters around it to the other side.
UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


@dataclass
class Node:
    """One element of the page."""

    tag: str
    attributes: dict[str, str]
    inside: list["Node | str"] = field(default_factory=list)

    def find(self, *tags: str) -> Iterator["Node"]:
        """The elements of these tags within, not looking into those that are found."""
        for one in self.inside:
            if isinstance(one, Node):
                if one.tag in tags:
                    yield one
                else:
                    yield from one.find(*tags)


class Reader(HTMLParser):
    """Reads a page into elements."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in EMPTY:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


@dataclass(frozen=True)
class Voice:
    """How words stand: in which language and direction, and whether they are bold."""

    language: str
    direction: str
    bold: bool = False

    def within(self, node: Node) -> "Voice":
        """The same, as this element changes it."""
        return Voice(
            node.attributes.get("lang", self.language),
            node.attributes.get("dir", self.direction),
            self.bold or node.tag in BOLD,
        )

    def is_from_the_right(self, words: str) -> bool:
        """Whether these words are read from the right; where nobody has said so, the first letter tells."""
        if self.direction != "auto":
            return self.direction == "rtl"
        letters = (unicodedata.bidirectional(one) for one in words)
        return next((one in RIGHT_TO_LEFT for one in letters if one in {"L", "R", "AL"}), False)


def document(html: str) -> bytes:
    """The page as a .docx. The same page gives the same bytes."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    page = next(reader.root.find("html"), reader.root)
    voice = Voice(page.attributes.get("lang", "en"), page.attributes.get("dir", "ltr"))
    paper = Document()
    _set_up(paper, page, voice)
    _Writer(paper).blocks(next(page.find("main", "body"), page), voice)
    written = io.BytesIO()
    paper.save(written)
    return _without_days(written.getvalue())


def _set_up(paper: Any, page: Node, voice: Voice) -> None:
    about = paper.core_properties
    title = next(page.find("title"), None)
    about.title = _text(title) if title else ""
    about.author, about.comments, about.language = "", "", voice.language
    sheet = paper.sections[0]
    sheet.page_width, sheet.page_height = Mm(210), Mm(297)
    sheet.left_margin = sheet.right_margin = sheet.top_margin = sheet.bottom_margin = Mm(18)
    paper.styles["Normal"].font.name = "Arial"
    paper.styles["Normal"].font.size = Pt(10.5)
    _mark(
        paper.styles["Normal"].element.get_or_add_rPr(), voice.language, from_right=voice.direction == "rtl"
    )


def _text(node: Node) -> str:
    parts = (one if isinstance(one, str) else _text(one) for one in node.inside)
    return SPACES.sub(" ", UNWRITABLE.sub("", "".join(parts))).strip()


def _mark(properties: Any, language: str, *, from_right: bool) -> None:
    """Say in which language words are, so that they are read aloud and spelt as such."""
    mark = OxmlElement("w:lang")
    mark.set(qn("w:bidi" if from_right else "w:val"), BY_REGION.get(language, language))
    properties.append(mark)


def _flag(properties: Any, name: str) -> None:
    properties.append(OxmlElement(name))


class _Writer:
    """Writes blocks into one place: the document, or a cell of a table."""

    def __init__(self, place: Any, fresh: Any = None) -> None:
        # A cell begins with an empty paragraph, which is used first.
        self.place, self.fresh = place, fresh

    def blocks(self, node: Node, voice: Voice, style: str = "") -> None:
        """All that is in an element: what stands in line is one paragraph, each block its own."""
        line: list[Node | str] = []
        for one in node.inside:
            if isinstance(one, str) or (one.tag in IN_LINE and not _holds_blocks(one)):
                line.append(one)
                continue
            self.paragraph(line, voice, style)
            line = []
            if not _is_left_out(one):
                self.block(one, voice.within(one), style)
        self.paragraph(line, voice, style)

    def block(self, node: Node, voice: Voice, style: str) -> None:
        """One block, in the style of its tag."""
        if node.tag == "table":
            self.table(node, voice)
        elif node.tag == "h1":
            self.title(node, voice)
        else:
            self.blocks(node, voice, STYLES.get(node.tag, style))

    def title(self, node: Node, voice: Voice) -> None:
        """The heading of the page, after the line over it."""
        over = [one for one in node.find("span") if "caption" in one.attributes.get("class", "")]
        for one in over:
            self.paragraph(one.inside, voice, "Subtitle")
        self.paragraph([one for one in node.inside if one not in over], voice, "Title")

    def paragraph(self, inside: list[Node | str], voice: Voice, style: str) -> None:
        """Words in line as one paragraph; nothing where there are none."""
        runs = list(_runs(inside, voice))
        words = "".join(said for said, _ in runs)
        if not words.strip():
            return
        new = self.fresh or self.place.add_paragraph()
        self.fresh = None
        if style:
            new.style = style
        if voice.is_from_the_right(words):
            _flag(new._p.get_or_add_pPr(), "w:bidi")
        for said, spoken in _trimmed(runs):
            self.run(new, said, spoken)

    def run(self, paragraph: Any, said: str, voice: Voice) -> None:
        """Words of one voice."""
        run = paragraph.add_run(said)
        # A line may stand on the right and still hold words that are read from the left.
        from_right = replace(voice, direction="auto").is_from_the_right(said)
        if voice.bold:
            # The second is for scripts that are written from the right.
            run.bold = run.font.cs_bold = True
        properties = run._r.get_or_add_rPr()
        if from_right:
            _flag(properties, "w:rtl")
        _mark(properties, voice.language, from_right=from_right)

    def table(self, node: Node, voice: Voice) -> None:
        """A table whose head is repeated on each page, and read aloud with its cells."""
        for caption in node.find("caption"):
            self.blocks(caption, voice.within(caption), "Caption")
        rows = [(row, list(row.find("th", "td"))) for row in node.find("tr")]
        heads = {id(row) for head in node.find("thead") for row in head.find("tr")}
        width = max((len(cells) for _, cells in rows), default=0)
        if not width:
            return
        table = self.place.add_table(rows=0, cols=width)
        table.style = "Table Grid"
        if voice.direction == "rtl":
            table.table_direction = WD_TABLE_DIRECTION.RTL
        for row, cells in rows:
            self.row(table.add_row(), cells, voice, is_head=id(row) in heads)
        self.place.add_paragraph()

    def row(self, row: Any, cells: list[Node], voice: Voice, *, is_head: bool) -> None:
        """One row of a table."""
        properties = row._tr.get_or_add_trPr()
        _flag(properties, "w:cantSplit")
        if is_head:
            _flag(properties, "w:tblHeader")
        for place, cell in zip(row.cells, cells, strict=False):
            _Writer(place, place.paragraphs[0]).blocks(cell, voice.within(cell))


def _holds_blocks(node: Node) -> bool:
    return any(
        isinstance(one, Node) and (one.tag not in IN_LINE or _holds_blocks(one)) for one in node.inside
    )


def _is_left_out(one: Node) -> bool:
    of_picture = OF_PICTURES & set(one.attributes.get("class", "").split())
    return one.tag in LEFT_OUT or "hidden" in one.attributes or bool(of_picture)


def _runs(inside: list[Node | str], voice: Voice) -> Iterator[tuple[str, Voice]]:
    for one in inside:
        if isinstance(one, str):
            yield SPACES.sub(" ", UNWRITABLE.sub("", one)), voice
        elif one.tag == "br":
            yield "\n", voice
        elif not _is_left_out(one):
            yield from _runs(one.inside, voice.within(one))


def _trimmed(runs: list[tuple[str, Voice]]) -> Iterator[tuple[str, Voice]]:
    """The same without space at the ends, and never two in a row."""
    before = " "
    last = max((number for number, (said, _) in enumerate(runs) if said.strip()), default=-1)
    for number, (said, voice) in enumerate(runs[: last + 1]):
        words = said.lstrip(" ") if before.endswith((" ", "\n")) else said
        words = words.rstrip() if number == last else words
        if words:
            yield words, voice
            before = words


def _without_days(file: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, NO_DAY), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
