"""What somebody tries first who has found a tablet: none of it makes a passphrase longer."""

import re
from collections.abc import Iterable

ROWS = (
    "qwertyuiop asdfghjkl zxcvbnm 1234567890 abcdefghijklmnopqrstuvwxyz"
    " 1q2w3e4r5t6y7u8i9o0p 1qaz2wsx3edc qazwsxedc"
)
FIRST = (r"p[a@4]ss(w[o0]rd|phrase)?", "letmein", "welcome", "heard", "tablet", r"\d{3,}")
PIECE = 4


def tried_first(*names: str) -> str:
    """A pattern of what everybody would try, and of their own names; read by static/tablet/take.js."""
    own = {word for name in names for word in re.findall(r"\w{3,}", name.casefold())}
    return "|".join([*sorted(own), *FIRST, *dict.fromkeys(_pieces())])


def _pieces() -> Iterable[str]:
    """What lies side by side on the keys, or follows in the alphabet, from either side."""
    for row in [*ROWS.split(), *ROWS[::-1].split()]:
        yield from (row[at : at + PIECE] for at in range(len(row) - PIECE + 1))
