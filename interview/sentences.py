"""The sentences in what a child said, so that a reason can be tied to the one it came from."""

import re

# The ends of sentences in the scripts that children here write in, Arabic and Ethiopic among them.
END = re.compile(r"(?<=[.!?؟።…])\s+|\n+")


def sentences(words: str) -> list[str]:
    """The sentences of these words, in order, each to the letter."""
    return [part.strip() for part in END.split(words) if part.strip()]
