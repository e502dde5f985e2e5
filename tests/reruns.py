"""Writes down which tests failed at first, beside the report: what passes only at a second try is a fault."""

from pathlib import Path

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """One line for each test that was run once more."""
    if config.option.xmlpath:
        again = dict.fromkeys(report.nodeid for report in terminalreporter.stats.get("rerun", ()))
        Path(config.option.xmlpath).with_suffix(".reruns").write_text("\n".join(again), encoding="utf-8")
