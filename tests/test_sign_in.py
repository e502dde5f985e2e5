"""Signing in and out."""

from tests.conftest import Visit
from tests.people import People


def test_it_works(visit: Visit, people: People) -> None:
    assert people.maya.name in visit(people.maya).get("/").text
