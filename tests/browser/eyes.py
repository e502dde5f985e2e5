"""What eyes see on a page, and what assistive technology makes of it."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error, Page, Route
from playwright.sync_api import ViewportSize as Size

Seen = TypeVar("Seen")

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What just now lies half under a bar that sticks to the edge is large enough when it is scrolled free.
BROKEN_RULES = """async (tags) => {
  const broken = async (where, runOnly) =>
    (await axe.run(where, {runOnly, resultTypes: ["violations"]})).violations.flatMap(({id, nodes}) =>
      nodes.map(({target, failureSummary}) =>
        ({id, target: target.join(" "), why: failureSummary.split("\\n")[1]})));
  const stays = async ({id, target}) => {
    if (id !== "target-size") return true;
    const [one, stands] = [document.querySelector(target), scrollY];
    one.scrollIntoView({block: "center", behavior: "instant"});
    const found = await broken(one, [id]);
    scrollTo({top: stands, behavior: "instant"});
    return found.length > 0;
  };
  const found = [];
  for (const one of await broken(document, tags)) if (await stays(one)) found.push(one);
  return found.map(({id, target, why}) => [id, target, why].join(": "));
}"""
# What stands in a box that scrolls by itself may be wider than the page.
TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  const wide = [...document.querySelectorAll("body *")].filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return right > edge + 1 || left < -1;
  });
  const named = wide.slice(0, 5).map((one) => one.outerHTML.slice(0, 90));
  return [`${document.documentElement.scrollWidth} wide`, ...named];
}"""
SMALL = """() => {
  const targets = document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary");
  return [...targets].filter((one) => one.checkVisibility({ visibilityProperty: true })).flatMap((one) => {
    const { width, height } = one.getBoundingClientRect();
    const size = `${Math.round(width)} x ${Math.round(height)}`;
    return width < 43.5 || height < 43.5 ? [`${size}: ${one.outerHTML.slice(0, 90)}`] : [];
  });
}"""
# Headings and questions begin where the line begins, and stand below each other as they are read aloud.
OUT_OF_ORDER = """(direction) => {
  const main = document.querySelector("main");
  const inside = main.getBoundingClientRect();
  const start = parseFloat(getComputedStyle(main).paddingInlineStart);
  const wide = (one) => one.getBoundingClientRect().width > 1;
  const visible = (one) => wide(one) && one.checkVisibility({ visibilityProperty: true });
  const found = [];
  let last = -Infinity;
  for (const one of [...main.querySelectorAll("h1, h2, h3, legend")].filter(visible)) {
    const { left, right, top } = one.getBoundingClientRect();
    const gap = direction === "rtl" ? inside.right - start - right : left - inside.left - start;
    if (gap > 50) found.push(`${Math.round(gap)} from the start: ${one.outerHTML.slice(0, 90)}`);
    if (top < last - 1) found.push(`read after what stands below it: ${one.outerHTML.slice(0, 90)}`);
    last = top;
  }
  return found;
}"""


def looking(page: Page, look: Callable[[], Seen]) -> Seen:
    """What a look at this page sees; when the page went away meanwhile, a look at the one that came."""
    wait_for_page(page)
    try:
        return look()
    except Error:
        wait_for_page(page)
        return look()


def wait_for_page(page: Page) -> None:
    """Wait until all of the page has come that was asked for last."""
    page.wait_for_load_state("load")
    page.locator("body").wait_for(state="attached")


def found(page: Page, script: str, about: Any = None) -> list[str]:
    """What a script finds on the page."""
    return looking(page, lambda: list(page.evaluate(script, about)))


def source_of(page: Page) -> str:
    """All that the page holds, seen or not."""
    return looking(page, page.content)


def broken_rules(page: Page) -> list[str]:
    """Every rule of accessibility that this page breaks, with the element."""

    def look() -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        return list(page.evaluate(BROKEN_RULES, TAGS))

    return looking(page, look)


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    return found(page, TOO_WIDE)


def small_targets(page: Page) -> list[str]:
    """What is too small for a finger."""
    return found(page, SMALL)


def out_of_order(page: Page, direction: str) -> list[str]:
    """What does not begin at the start of the line, or is read aloud before what stands above it."""
    return found(page, OUT_OF_ORDER, direction)


def rules_broken_without_script(page: Page, glass: Page) -> list[str]:
    """The same of a page that runs no script, where the rules cannot run: they look at its copy."""
    swapped = {"none": "enabled", "enabled": "none"}
    body = re.sub(r"<script\b.*?</script>", "", source_of(page), flags=re.DOTALL)
    body = re.sub(r"<(/?)noscript\b", r"<\1div", body)
    style = re.compile(r"\(scripting: (none|enabled)\)")

    def with_style(route: Route) -> None:
        text = route.fetch().text()
        route.fulfill(
            body=style.sub(lambda one: f"(scripting: {swapped[one[1]]})", text), content_type="text/css"
        )

    glass.unroute_all()
    glass.route("**/*.css*", with_style)
    glass.route(page.url.split("#")[0], lambda route: route.fulfill(body=body, content_type="text/html"))
    glass.goto(page.url)
    return broken_rules(glass)


def faults_at(page: Page, size: Size) -> list[str]:
    """What is wrong with this page at one size."""
    page.set_viewport_size(size)
    faults = [*too_wide(page), *broken_rules(page)]
    headings = page.locator("h1").count()
    if headings != 1:
        faults.append(f"{headings} h1")
    return [f"{page.url} at {size['width']}: {fault}" for fault in faults]
