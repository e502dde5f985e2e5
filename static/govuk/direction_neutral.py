"""Makes govuk.css of GOV.UK Frontend: what we use, for both directions, without the crest and font.

npm pack govuk-frontend@6.6.0; python direction_neutral.py govuk-frontend.min.css > govuk.css
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

USED = re.compile(
    r"""template | width-container | main-wrapper | grid-row | grid-column-(full|one-half|one-third)
    | grid-column-two-thirds | heading-.+ | caption-.+ | body(-.+)? | list | link | back-link
    | button | button-group | details | inset-text | section-break | skip-link | summary-list
    | table | visually-hidden(-focusable)? | fieldset | form-group | label | label-wrapper | hint
    | input | textarea | select | checkboxes | radios | date-input | error-message | error-summary
    | \\!-display-none | \\!-font-weight-(bold|regular)""",
    re.VERBOSE,
)
UNWANTED = re.compile(r"@font-face|@media print|-ms-|-moz-document|\\0|not \((text-wrap|caret-color)")
NOT_OURS = re.compile(r"font-family|font-smoothing|attr\(href\)|^-webkit-|^-moz-|^--govuk-frontend")
# The faces that people have run wider than the government's.
SIZES = {"1.1875rem": "1.0625rem", "1.3157894737": "1.5"}
SIDES = {"left": "inline-start", "right": "inline-end"}
CORNERS = {
    "top-left": "start-start",
    "top-right": "start-end",
    "bottom-left": "end-start",
    "bottom-right": "end-end",
}
# Not border-width: ticks and arrows are borders that were turned.
SHORTHANDS = {"margin": "margin-{}", "padding": "padding-{}", "border-color": "border-{}-color"}
Block = tuple[str, str]


def blocks(css: str) -> Iterator[Block]:
    """The rules at this depth, as what stands before the braces and what stands between them."""
    depth, start, opened = 0, 0, 0
    for at in (found.start() for found in re.finditer(r"[{}]", css)):
        if css[at] == "{":
            opened, depth = (at, 1) if depth == 0 else (opened, depth + 1)
        else:
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : at]
                start = at + 1


def is_used(selector: str) -> bool:
    if "frontend-supported" in selector or "js-enabled" in selector:
        return False
    names: list[str] = re.findall(r"\.govuk-((?:\\.|[\w-])+)", selector)
    return all(USED.fullmatch(re.split(r"__|--", name)[0]) for name in names)


def words_of(value: str) -> list[str]:
    return re.findall(r"(?:[^\s(]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+", value)


def four_sides(name: str, value: str) -> str:
    """Four values run clockwise: say top and bottom, then start and end."""
    top, right, bottom, left = words_of(value)
    block, inline = SHORTHANDS[name].format("block"), SHORTHANDS[name].format("inline")
    return f"{block}:{top} {bottom};{inline}:{left} {right}"


def neutral(declaration: str) -> str:
    name, _, value = declaration.partition(":")
    value = SIZES.get(value, value)
    if name in SHORTHANDS and len(words_of(value)) == 4:
        return four_sides(name, value)
    if name in ("float", "clear"):
        return f"{name}:{SIDES.get(value, value)}"
    if name == "text-align":
        return f"{name}:{value.replace('left', 'start').replace('right', 'end')}"
    if name in SIDES:
        return f"inset-{SIDES[name]}:{value}"
    for corner, logical in CORNERS.items():
        name = name.replace(corner, logical)
    name = re.sub(r"(?<=-)(left|right)(?=-|$)", lambda side: SIDES[side[1]], name)
    return f"{name}:{value}"


def is_ours(declaration: str) -> bool:
    """The font is the government's; an address in print would tell where a child's record is."""
    return bool(declaration) and not NOT_OURS.search(declaration)


def kept(prelude: str, body: str) -> str:
    """One rule as we keep it, or nothing."""
    prelude = re.sub(r"/\*.*?\*/|@charset[^;]*;", "", prelude, flags=re.DOTALL).strip()
    if UNWANTED.search(prelude):
        return ""
    if prelude.startswith(("@media", "@supports")):
        inside = "".join(kept(*block) for block in blocks(body))
        return f"{prelude}{{{inside}}}" if inside else ""
    selectors = ",".join(filter(is_used, re.split(r",(?![^(]*\))", prelude)))
    declarations = ";".join(neutral(each) for each in body.split(";") if is_ours(each))
    return f"{selectors}{{{declarations}}}\n" if selectors and declarations else ""


if __name__ == "__main__":
    source = Path(sys.argv[1]).read_text(encoding="utf-8")
    sys.stdout.write("/*! GOV.UK Frontend 6.6.0, MIT (LICENCE.txt), changed by direction_neutral.py */\n")
    sys.stdout.write("".join(kept(*block) for block in blocks(source)))
