"""Whom to ring: the numbers of a council by the hour, and those that are the same everywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from interview.choices import Choice, table
from interview.words import N_
from interview.working_days import is_office_time

OFFICE, OUT, ALWAYS = "office-hours", "out-of-hours", "always"

HOURS = table(
    Choice(OFFICE, N_("In office hours: Monday to Friday, 9 to 5, no bank holidays")),
    Choice(OUT, N_("Out of office hours")),
    Choice(ALWAYS, N_("At any time")),
)

SOCIAL_CARE, DUTY_TEAM, OFFICER = "social-care", "duty-team", "designated-officer"

WHO = table(
    Choice(SOCIAL_CARE, N_("Children's social care")),
    Choice(DUTY_TEAM, N_("Emergency duty team of children's social care")),
    Choice(OFFICER, N_("The designated officer (LADO)")),
)
USUAL_HOURS = {SOCIAL_CARE: OFFICE, DUTY_TEAM: OUT, OFFICER: OFFICE}

# Who hears of an allegation against somebody who works with children, where it is not the English LADO
# (law-and-guidance 6.4; Wales Safeguarding Procedures, section 5; for the other two: check locally).
OFFICER_THERE: dict[str, str] = {
    "wales": N_("The designated officer for safeguarding (DOS)"),
    "scotland": N_("The council's child protection team (there is no LADO in Scotland)"),
    "northern-ireland": N_("The designated officer of the Health and Social Care Trust"),
}


@dataclass(frozen=True)
class Number:
    """One number of a council: who answers it, and when."""

    who: str
    number: str
    hours: str

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return "".join(sign for sign in self.number if sign.isdigit() or sign == "+")


def who_words(who: str, nation: str) -> str:
    """Who answers, as they are called in that nation."""
    return OFFICER_THERE.get(nation, WHO[who].words) if who == OFFICER else WHO[who].words


def answers_at(number: Number, moment: datetime, nation: str) -> bool:
    """Whether anybody answers this number at this moment."""
    return number.hours == ALWAYS or (number.hours == OFFICE) == is_office_time(moment, nation)


def by_the_hour(
    numbers: Iterable[Number], moment: datetime, nation: str
) -> tuple[list[Number], list[Number]]:
    """The numbers to ring right now, and those that answer at other times; social care first."""
    order = list(WHO)
    known = sorted(numbers, key=lambda number: order.index(number.who))
    now = [number for number in known if answers_at(number, moment, nation)]
    return now, [number for number in known if number not in now]


def not_kept(numbers: Iterable[Number]) -> list[str]:
    """Whose number a council has not kept."""
    kept = {number.who for number in numbers}
    return [who for who in WHO if who not in kept]


def reaches_social_care(numbers: Iterable[Number]) -> bool:
    """Whether one of these leads to children's social care."""
    return any(number.who in {SOCIAL_CARE, DUTY_TEAM} for number in numbers)


def looks_like_a_number(typed: str) -> bool:
    """Whether this can be dialled: digits, spaces and the signs that stand between them."""
    digits = sum(sign.isdigit() for sign in typed)
    return 3 <= digits <= 20 and all(sign.isdigit() or sign in " +()-." for sign in typed)
