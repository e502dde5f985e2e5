"""The language of the child's pages: the child's own where it is offered, and the child can choose."""

from records.tables import Interview
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
