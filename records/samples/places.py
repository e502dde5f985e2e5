"""The made-up councils and homes of the samples; a foster placement is a home too."""

from records.database import db
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


def add_places() -> tuple[dict[str, Authority], dict[str, Home]]:
    """The councils and the homes, by their key here."""
    councils = {key: Authority(name=name, nation=nation) for key, (name, nation) in COUNCILS.items()}
    db.session.add_all(councils.values())
    db.session.flush()
    homes = {key: Home(name=name, authority_id=councils[area].id) for key, (name, area) in HOMES.items()}
    db.session.add_all(homes.values())
    db.session.flush()
    return councils, homes
