"""The made-up councils and homes of the samples; a foster placement is a home too."""

from collections.abc import Mapping
from datetime import datetime

from interview.numbers import ALWAYS, DUTY_TEAM, OFFICER, SOCIAL_CARE, USUAL_HOURS, Number
from records.database import db
from records.numbers import keep_numbers
from records.tables import Authority, Home

COUNCILS: dict[str, tuple[str, str]] = {
    "aldermere": ("Aldermere Council", "england"),
    "thornbeck": ("Thornbeck Council", "england"),
    "elarch": ("Bro Elarch Council", "wales"),
    "strathlarrie": ("Strathlarrie Council", "scotland"),
}

# Each home with the council of its area.
HOMES: dict[str, tuple[str, str]] = {
    "rowan": ("Rowan House", "aldermere"),
    "larkfield": ("Larkfield", "thornbeck"),
    "celyn": ("Tŷ Celyn", "elarch"),
    "kestrel": ("Kestrel Lodge", "strathlarrie"),
    "willow": ("Willow Court reception unit", "thornbeck"),
    "marlow": ("Foster home of the Marlows", "thornbeck"),
    "adeyemi": ("Foster home of Ms Adeyemi", "aldermere"),
    "garnett": ("Foster home of the Garnetts", "elarch"),
    "pugh": ("Foster home of the Pughs", "elarch"),
    "quayle": ("Foster home of Mrs Quayle", "thornbeck"),
    "sandhu": ("Foster home of the Sandhus", "aldermere"),
}

LINES = {SOCIAL_CARE: "01", DUTY_TEAM: "02", OFFICER: "03"}


def _numbers(council: str, *who: str, hours: Mapping[str, str] = USUAL_HOURS) -> tuple[Number, ...]:
    return tuple(Number(one, council + LINES[one], hours[one]) for one in who)


# Numbers that Ofcom keeps free for drama. Thornbeck has kept none out of hours: what is missing is said.
NUMBERS: dict[str, tuple[Number, ...]] = {
    "aldermere": _numbers("020 7946 01", *LINES),
    "thornbeck": _numbers("01632 9601", SOCIAL_CARE, OFFICER),
    "elarch": _numbers("01632 9602", *LINES),
    "strathlarrie": _numbers("01632 9603", *LINES, hours=USUAL_HOURS | {OFFICER: ALWAYS}),
}


def add_numbers(councils: dict[str, Authority], by: str, now: datetime) -> None:
    """Whom to ring in each council when someone is not safe."""
    for key, numbers in NUMBERS.items():
        keep_numbers(councils[key].id, numbers, by, now)


def add_places() -> tuple[dict[str, Authority], dict[str, Home]]:
    """The councils and the homes, by their key here."""
    councils = {key: Authority(name=name, nation=nation) for key, (name, nation) in COUNCILS.items()}
    db.session.add_all(councils.values())
    db.session.flush()
    homes = {key: Home(name=name, authority_id=councils[area].id) for key, (name, area) in HOMES.items()}
    db.session.add_all(homes.values())
    db.session.flush()
    return councils, homes
