"""The made-up councils and homes of the samples; a foster placement is a home too."""

from datetime import datetime

from interview.numbers import Number
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

# Numbers that Ofcom keeps free for drama. Thornbeck has kept none out of hours: what is missing is said.
NUMBERS: dict[str, tuple[Number, ...]] = {
    "aldermere": (
        Number("social-care", "020 7946 0101", "office-hours"),
        Number("duty-team", "020 7946 0102", "out-of-hours"),
        Number("designated-officer", "020 7946 0103", "office-hours"),
    ),
    "thornbeck": (
        Number("social-care", "01632 960101", "office-hours"),
        Number("designated-officer", "01632 960103", "office-hours"),
    ),
    "elarch": (
        Number("social-care", "01632 960201", "office-hours"),
        Number("duty-team", "01632 960202", "out-of-hours"),
        Number("designated-officer", "01632 960203", "office-hours"),
    ),
    "strathlarrie": (
        Number("social-care", "01632 960301", "office-hours"),
        Number("duty-team", "01632 960302", "out-of-hours"),
        Number("designated-officer", "01632 960303", "always"),
    ),
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
