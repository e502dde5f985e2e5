"""Which page of a list is asked for."""

from flask import request

LAST = 9_999


def page_asked() -> int:
    """The page in the address, the first one being 0; whatever is no page is the first."""
    return min(max(0, request.args.get("page", 0, type=int)), LAST)
