"""A test that fails once is run again and named; one that fails twice stays failed."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TESTS = """
from pathlib import Path

def test_fails_once():
    seen = Path(__file__).with_name("seen")
    again = seen.exists()
    seen.touch()
    assert again

def test_fails_always():
    assert False

def test_passes():
    pass
"""


def run(*command: str | Path, at: Path) -> subprocess.CompletedProcess[str]:
    """A command's result; of the settings of the run that this test is part of, it inherits none."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}
    own["PYTHONPATH"] = str(ROOT)
    return subprocess.run(
        [sys.executable, *command], cwd=at, env=own, capture_output=True, text=True, check=False
    )


def test_what_failed_at_first_is_named_and_what_fails_twice_stays_failed(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_them.py").write_text(TESTS)
    plugins = ("-p", "tests.reruns", "-p", "no:cacheprovider")
    how = ("-n", "2", "--reruns", "1", "--junit-xml=report.xml")
    ran = run("-m", "pytest", *plugins, *how, at=tmp_path)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "1 failed, 2 passed, 2 rerun" in ran.stdout
    again = (tmp_path / "report.reruns").read_text().splitlines()
    assert sorted(again) == ["test_them.py::test_fails_always", "test_them.py::test_fails_once"]
    said = run(ROOT / ".ci" / "ran.py", "report.xml", "report.xml", at=tmp_path).stdout
    assert (
        "FAILED AT FIRST and passed when run once more, a fault to be mended: test_them.py::test_fails_once"
        in (said)
    )
