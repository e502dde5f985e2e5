"""The made-up people who work in the samples."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Demo:
    """One demo person: sign-in name, full name, and what they do."""

    sign_in_name: str
    name: str
    does: str


DEMO: tuple[Demo, ...] = (
    Demo("ines", "Ines Okafor", "interviewer"),
    Demo("omar", "Omar Haddad", "interviewer"),
    Demo("maya", "Maya Lindqvist", "manager of one home"),
    Demo("mark", "Mark Ellison", "manager of another home"),
    Demo("ivan", "Ivan Petrov", "reviewing officer"),
    Demo("iris", "Iris Beaumont", "reviewing officer of other children"),
    Demo("cora", "Cora Mensah", "coordinator"),
)
