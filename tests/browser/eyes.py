"""What eyes see on a page, and what assistive technology makes of it."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page
from playwright.sync_api import ViewportSize as Size

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BROKEN_RULES = """tags => axe.run({runOnly: tags, resultTypes: ["violations"]}).then(({violations}) =>
  violations.flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) =>
    [id, target.join(" "), failureSummary.split("\\n")[1]].join(": "))))"""
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


def bring_axe(page: Page) -> None:
    """Bring the rules into the page that is open."""
    page.evaluate(AXE_SCRIPT)


def broken_rules(page: Page) -> list[str]:
    """Every rule of accessibility that this page breaks, with the element."""
    return list(page.evaluate(BROKEN_RULES, TAGS))


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    return list(page.evaluate(TOO_WIDE))


def small_targets(page: Page) -> list[str]:
    """What is too small for a finger."""
    return list(page.evaluate(SMALL))


def faults_at(page: Page, size: Size) -> list[str]:
    """What is wrong with this page at one size."""
    page.set_viewport_size(size)
    found = [*too_wide(page), *broken_rules(page)]
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} h1")
    return [f"{page.url} at {size['width']}: {fault}" for fault in found]
