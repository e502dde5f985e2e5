"""The language of the child's pages: the child's own where it is offered, and the child can choose."""

from records.tables import Child, Interview
from views.words import catalogues


def child_language(interview: Interview) -> str:
    """The language of the child's pages."""
    return interview.language if interview.language in catalogues().offered() else "en"


def choose_language(interview: Interview, wanted: str | None) -> bool:
    """Let the talk go on in another language; only complete ones are offered. Does not commit."""
    if wanted not in catalogues().offered():
        return False
    interview.language = wanted
    return True


def letter_language(child: Child, wanted: str | None) -> str:
    """The language of a letter: the one that was chosen, else the child's own; only complete ones."""
    offered = catalogues().offered()
    return next((one for one in (wanted, child.language) if one in offered), "en")
