"""While a child holds the tablet: one talk or one letter is open, and everything else leads back to it.

Where the child's page stands in the tablet's own page, no talk is open here at all.
"""

from typing import Any

import sqlalchemy as sa
from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from interview.words import N_
from records.database import look_up
from records.tables import Interview, Letter
from views.session_store import KeptSession
from views.words import _, catalogues, worker_language

# All that opens while a child holds the tablet, and only of that child's talk. Each line is read twice.
WITH_THE_CHILD = frozenset(
    {
        "talk.talk",
        "talk.answers",
        "talk.token",
        "again.last_time",
        "welcome.welcome",
        "welcome.until_then",
        "numbers.numbers",
        "numbers.slip",
        "found.how_was_it",
        "read_back.read_back",
        "read_back.thanks",
        "hand_over.take_back",
    }
)
# The same for a letter; what is handed over is marked as one, so that no talk is ever taken for it.
LETTER = "letter:"
WITH_A_LETTER = frozenset({"letters.read", "hand_over.take_letter_back"})
TAKES_BACK = frozenset({"hand_over.take_back", "hand_over.take_letter_back"})
# The same for a talk in the tablet's own page, which has the words with it: here none of them opens by an
# address, so that the next child never meets those of the child before. What opens is the same for everybody.
TABLET = "tablet:"
SHELL = "tablet.shell"
BESIDE_THE_TABLET = frozenset({SHELL, "tablet.page", "tablet.worker", "tablet.manifest"})
# The questions as somebody has recorded them: of no talk, and nothing of anyone is in them.
SOUNDS = frozenset({"clips.listed", "clips.clip"})
# What a tablet says and sends by itself, whoever holds it: none of it shows anything of anyone, and what
# the worker wrote before it was handed over is not held up. The views say what each may do.
FROM_A_TABLET = frozenset({"sync.contact", "sync.hand_in", "sync.sign_in"})
SENT = "sync.sync"
URGENT = "urgent.urgent"
TAKE_WITH_ME = "tablet.take_with_me"
SIGN_IN_AGAIN = N_("Sign in again. What you wrote is kept on this page.")
NOT_NOW = N_("The tablet is with the child. Take it back first.")
LANGUAGE = sa.select(Interview.language).where(Interview.id == sa.bindparam("handed_over"))
OF_LETTER = sa.select(Letter.language).where(Letter.id == sa.bindparam("handed_over"))


def stays_with_the_child(kept: KeptSession) -> ResponseReturnValue | None:
    """The answer to whatever is not the child's: back to the talk, or no. None for what may be opened."""
    # Where whoever gave it works here no longer, nothing opens that is not open to strangers.
    if kept.handed_over_to is None or kept.reader is None or _opens_all_the_same(kept):
        return None
    is_the_talks = _is_of(kept.handed_over_to) and request.method != "OPTIONS"
    may_be_opened = is_the_talks or (request.endpoint in SOUNDS and on_tablet(kept.handed_over_to) is None)
    if may_be_opened and (request.endpoint in TAKES_BACK | BESIDE_THE_TABLET or not kept.asleep):
        return None
    if is_from_a_script():
        return (jsonify(why=_(SIGN_IN_AGAIN)), 401) if kept.asleep else (jsonify(why=_(NOT_NOW)), 403)
    if request.method in {"GET", "HEAD"}:
        return redirect(_by_way_of_the_pin(kept) or the_talk(kept))
    if is_the_talks:
        return render_template("hand_over/again.html", **frame(kept), fields=posted()), 401
    return render_template("hand_over/error.html", **frame(kept), finished=False), 403


def _opens_all_the_same(kept: KeptSession) -> bool:
    return request.endpoint == "static" or _comes_from_a_tablet(kept)


def _comes_from_a_tablet(kept: KeptSession) -> bool:
    open_now = FROM_A_TABLET if kept.asleep else FROM_A_TABLET | {SENT}
    return request.method == "POST" and request.endpoint in open_now


def _by_way_of_the_pin(kept: KeptSession) -> str | None:
    """The worker's PIN leads to these two, and not only back to the talk."""
    talk, asked = on_tablet(kept.handed_over_to), (request.view_args or {}).get("interview_id")
    way: dict[str, Any] = {"then": request.endpoint}
    if request.endpoint == URGENT and (talk is not None or asked == kept.handed_over_to):
        # Someone is not safe.
        way |= {"from": request.args.get("from"), "at": request.args.get("at")}
        return url_for("hand_over.take_back", interview_id=asked, **way)
    if request.endpoint == TAKE_WITH_ME and talk is not None:
        # The one link on the tablet's locked page: whoever has forgotten the passphrase has a way as well.
        return url_for("hand_over.take_back", interview_id=talk, **way)
    return None


def _is_of(handed_over: str) -> bool:
    asked, letter = request.view_args or {}, letter_in(handed_over)
    if on_tablet(handed_over) is not None:
        # Whichever talk the way back was opened from: it shows nothing of any.
        return request.endpoint in BESIDE_THE_TABLET | {"hand_over.take_back"}
    if letter is not None:
        return asked.get("letter_id") == letter and request.endpoint in WITH_A_LETTER
    return asked.get("interview_id") == handed_over and request.endpoint in WITH_THE_CHILD


def letter_in(handed_over: str | None) -> str | None:
    """The letter that the tablet is handed over for; None where it is a talk."""
    return handed_over.removeprefix(LETTER) if handed_over and handed_over.startswith(LETTER) else None


def on_tablet(handed_over: str | None) -> str | None:
    """The talk that a child has before them in the tablet's own page; None where it is open here."""
    return handed_over.removeprefix(TABLET) if handed_over and handed_over.startswith(TABLET) else None


def the_talk(kept: KeptSession) -> str:
    """Where everything leads: the talk or the letter, or the worker's PIN where it has lain for too long."""
    letter = letter_in(kept.handed_over_to)
    if on_tablet(kept.handed_over_to) is not None:
        return url_for(SHELL)
    if kept.asleep:
        return way_back(kept.handed_over_to)
    if letter is not None:
        return url_for("letters.read", letter_id=letter)
    return url_for("talk.talk", interview_id=kept.handed_over_to)


def way_back(handed_over: str | None) -> str:
    """Where the worker takes the tablet back."""
    letter = letter_in(handed_over)
    if letter is not None:
        return url_for("hand_over.take_letter_back", letter_id=letter)
    return url_for("hand_over.take_back", interview_id=on_tablet(handed_over) or handed_over)


def page_when_over(kept: KeptSession) -> str:
    """Where the pages of a finished talk lead."""
    return "interviews.show" if kept.handed_over_to is None else "read_back.thanks"


def frame(kept: KeptSession) -> dict[str, Any]:
    """What a page in the child's looks needs, when no record was opened for it."""
    language = _language_of(kept.handed_over_to)
    language = language if language in catalogues().offered() else "en"
    is_letter, is_talk = letter_in(kept.handed_over_to) is not None, on_tablet(kept.handed_over_to) is None
    return {
        "language": language,
        "talk": the_talk(kept),
        "is_letter": is_letter,
        "is_talk": is_talk and not is_letter,
    }


def _language_of(handed_over: str | None) -> str | None:
    if on_tablet(handed_over) is not None:
        # The child's own would say something of them to whoever sits there next.
        return worker_language()
    letter = letter_in(handed_over)
    search, what = (LANGUAGE, handed_over) if letter is None else (OF_LETTER, letter)
    found = look_up(search, {"handed_over": what})
    return found[0].language if found else None


def is_from_a_script() -> bool:
    """Whether a script asked, and wants no page."""
    return request.is_json or request.path.endswith(("/token", "/answers"))


def posted() -> list[tuple[str, str]]:
    """What was typed, to be sent again: nothing a person wrote is lost to a session that ended."""
    return [(k, v) for k, v in request.form.items(multi=True) if k != "csrf_token"]
