"""The nations: what the talk is called there, its hours, and how long it is kept."""

from dataclasses import dataclass
from datetime import timedelta

from interview.words import N_

THREE_DAYS = timedelta(hours=72)


@dataclass(frozen=True)
class Nation:
    """`hold_within` None means that no limit is set there, so nothing there is ever late."""

    code: str
    name: str
    talk: str
    hold_within: timedelta | None
    arrange_within: timedelta | None
    years_kept: int
    languages_first: tuple[str, ...] = ("en",)


# law-and-guidance section 2. Wales has no statutory limit: 72 hours is the common practice there.
NATIONS: dict[str, Nation] = {
    nation.code: nation
    for nation in (
        Nation("england", N_("England"), N_("return interview"), THREE_DAYS, None, 75),
        Nation("wales", N_("Wales"), N_("return interview"), THREE_DAYS, None, 75, ("cy", "en")),
        Nation(
            "scotland",
            N_("Scotland"),
            N_("return discussion"),
            timedelta(days=7),
            THREE_DAYS,
            100,
        ),
        Nation("northern-ireland", N_("Northern Ireland"), N_("return interview"), None, None, 75),
    )
}
