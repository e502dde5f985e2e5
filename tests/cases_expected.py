"""The reason codes of the published cases: what each child's summary is expected to show.

Codes in brackets in the source, and those that only adults suspected, stand under `suspected`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Expected:
    """The codes of one child of a case."""

    name: str
    shown: frozenset[str]
    suspected: frozenset[str] = frozenset()


def _child(name: str, shown: str, suspected: str = "") -> Expected:
    return Expected(name, frozenset(shown.split()), frozenset(suspected.split()))


EXPECTED: dict[str, Expected] = {
    "C01": _child("Tyler Ashdown", "A1 A2 B4 E2", "B1"),
    "C02": _child("Kayleigh Morrow", "G1 G2 G6"),
    "C03": _child("Shannon Tolley", "B1 G1 A7"),
    "C04a": _child("Paige Rennard", "G1 G5"),
    "C04b": _child("Lacey Doyle", "G1 G5"),
    "C05": _child("Holly Whelan", "F1 F2", "G1"),
    "C06": _child("Freya Colborne", "A9 A7 A8 C1 G1 G4"),
    "C07": _child("Reece Maddox", "A9 D2 A6 B3 G5"),
    "C08": _child("Amber Liddle", "B4 C2 B1"),
    "C09": _child("Chantelle Osei", "C1 A3 A8 B1"),
    "C10": _child("Cadi Morys", "A10 A4"),
    "C11a": _child("Marcus Hartnell", "C2 C1 D5"),
    "C11b": _child("Tilly Hartnell", "C2 C1 D5"),
    "C11c": _child("Joel Hartnell", "C2 C1 D5"),
    "C11d": _child("Poppy Hartnell", "C2 C1 D5"),
    "C12a": _child("Isla Drummond", "", "A1 D4 C1"),
    "C12b": _child("Skye Paterson", "", "A1 D4 C1"),
    "C13": _child("Yusuf Darwish", "D5 B1 B8 G5"),
    "C14": _child("Trần Minh Khoa", "G3 G4 A8"),
    "C15": _child("Danielle Pryor", "F2 F3 G1 G6"),
    "C16a": _child("Ryan Costello", "A6"),
    "C16b": _child("Kiera Blundell", "C1 B4 C3"),
    "C17": _child("Naomi Fairclough", "B7 I2 A8"),
    "C18": _child("Tia Lockyer", "D6 I1 G5 J2 C1 F2"),
}
