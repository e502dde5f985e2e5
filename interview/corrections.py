"""What is corrected of a return: what stood there before is kept, and nothing is lost by a correction."""

from collections.abc import Mapping
from typing import Any

from interview.words import N_

# The facts of a return, in the words of its page.
FACTS: dict[str, str] = {
    "home": N_("The home"),
    "kind": N_("What it was"),
    "missing_at": N_("Last seen"),
    "missing_from": N_("Missing from"),
    "reported_by": N_("Reported by"),
    "police_reference": N_("Police reference"),
    "grade": N_("Risk, graded by police"),
    "guess": N_("What adults think, apart from the child's account"),
    "found_at": N_("Found"),
    "found_where": N_("Where the child was found"),
    "returned_at": N_("Back"),
    "ended": N_("How the absence ended"),
    "prevention": N_("Prevention interview"),
}
MOMENTS = frozenset({"missing_at", "found_at", "returned_at"})


def what_stood(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What stood there and does not any more. What was not known before is no correction."""
    return {
        name: known
        for name, known in before.items()
        if known not in (None, "") and name in after and after[name] != known
    }
