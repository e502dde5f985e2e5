"""Looks at a page in every picture that the screen shows: what the mark claims, and of what."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage

# Said when it changes, with all the words that stand in the boxes in that moment. Writing is told as well.
LOOK = """(() => {
  const tell = (kind, said) => console.debug(`watch ${kind} ${JSON.stringify(said)}`);
  const text = (selector) => document.querySelector(selector)?.textContent.trim() ?? "";
  const last = {};
  function look() {
    requestAnimationFrame(look);
    const mark = document.querySelector(".mark");
    const list = document.querySelector("#list");
    if (mark) {
      const said = {};
      for (const box of document.querySelectorAll("[data-question] :is(textarea, input:not([type]))")) {
        const { question } = box.closest("[data-question]").dataset;
        if (box.value && box.name === question) said[question] = box.value;
      }
      const talk = window.heard?.draft?.interview ?? location.pathname.split("/")[2];
      changed("mark", [talk, mark.dataset.state ?? "", said]);
    }
    if (list && !list.hidden) changed("list", text("#unsent"));
  }
  function changed(kind, said) {
    const now = JSON.stringify(said);
    if (last[kind] !== now) tell(kind, said);
    last[kind] = now;
  }
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (names, mode, ...more) {
    const step = begin.call(this, names, mode, ...more);
    if (mode === "readwrite" && [].concat(names).includes("outbox")) {
      tell("write", 1);
      for (const end of ["complete", "abort"]) step.addEventListener(end, () => tell("write", -1));
    }
    return step;
  };
  look();
})();"""


@dataclass(frozen=True)
class Mark:
    """What a picture showed: the mark of a talk, and the words in its boxes."""

    talk: str
    state: str
    said: dict[str, str]


def nothing(_: object) -> None:
    """Nobody is curious."""


@dataclass
class Watch:
    """What was seen on a tablet, and who is told of it at once."""

    marks: list[Mark] = field(default_factory=list)
    writing: int = 0
    when_marked: Callable[[Mark], None] = nothing
    when_listed: Callable[[str], None] = nothing
    when_writing: Callable[[int], None] = nothing

    def look(self, context: BrowserContext) -> None:
        """Look at every page of this browser."""
        self.writing = 0
        context.add_init_script(LOOK)
        context.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        if not message.text.startswith("watch "):
            return
        _, kind, said = message.text.split(" ", 2)
        self._heard(kind, json.loads(said))

    def _heard(self, kind: str, said: Any) -> None:
        if kind == "mark":
            self.marks.append(Mark(*said))
            self.when_marked(self.marks[-1])
        elif kind == "list":
            self.when_listed(said)
        else:
            self.writing += said
            self.when_writing(said)
