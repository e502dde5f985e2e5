"""The published schemas as files: `python -m tests.schemas` writes them anew after a change."""

import json
from pathlib import Path

from interview.exports import schemas

FOLDER = Path(__file__).parent.parent / "docs" / "schema"


def written() -> dict[Path, str]:
    """What each file should hold."""
    return {FOLDER / f"{name}.json": json.dumps(one, indent=1) + "\n" for name, one in schemas().items()}


if __name__ == "__main__":
    for path, text in written().items():
        path.write_text(text, encoding="utf-8")
