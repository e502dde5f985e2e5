"""What tablets say and send by themselves: their contact, what was written on them, and the last of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, abort, jsonify, request, session
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from interview.access import Act, Role
from interview.late import Why
from interview.words import N_
from records.database import begin_writing, db, keys
from records.envelopes import EnvelopeError, open_envelope, public_key
from records.late import late_from
from records.people import count_attempt, has_post, person_with, too_many_attempts
from records.pins import is_pin_of
from records.sessions import count_try, forget_old_sessions
from records.tables import Interview
from records.tablets import (
    Farewell,
    Gone,
    TalkState,
    brought_back,
    farewell,
    has_left,
    is_id,
    is_seen_lately,
    persons_on,
    still_holds,
    tablet_of,
    tag_of,
    talks_on,
    told_wrongly,
    wiped,
)
from views.came import Came, Outcome
from views.door import reader, require, session_of, wrote_down
from views.incoming import put_away, put_to_talks
from views.moments import now, today
from views.with_the_child import SIGN_IN_AGAIN, TABLET, on_tablet, way_back
from views.words import _, staff_languages, worker_language

bp = Blueprint("sync", __name__)
bp.add_app_template_global(tag_of)


@bp.app_template_global()
def seals() -> dict[str, Any]:
    """Who writes on this page, and the key to which it seals what they write, from the first letter on."""
    return {"tag": tag_of(reader().person), "key": public_key(keys())}


MOST = 200
NO_PLACES: Mapping[str, str] = {}
# So much from one tablet a person can settle; whoever sends more did not write it in talks.
MOST_LATE = 2000
NOT_OPENED = N_("This cannot be opened here. It stays on the tablet: ask the coordinator of the service.")
TOO_MUCH = N_("Send less at once.")
ANOTHERS = N_("This place on the tablet is another's. Start anew on it.")
NO_JSON = N_("Send this as JSON.")
WRONG = N_("Name and password do not fit. Check both and try again.")
WRONG_PIN = N_("That is not the PIN. Try again, or use your password.")
TOO_OFTEN = N_("There were too many tries. Wait five minutes, then try again.")
# What a browser says of the machine that it runs on, in the order in which it is looked for.
MACHINES = ("iPad", "iPhone", "Android", "CrOS", "Windows", "Macintosh", "Linux")


def called() -> str:
    """The kind of machine, so that a person knows which tablet is meant."""
    said = request.user_agent.string
    return next((machine for machine in MACHINES if machine in said), "")


@bp.post("/tablet/contact")
def contact() -> ResponseReturnValue:
    """What a tablet asks from time to time: who is signed in, and whether it may keep what it holds."""
    body = _body()
    gone = farewell(body["device"], today())
    db.session.rollback()
    session_of().is_nobodys_doing()
    if gone is not None:
        return say_farewell(gone)
    if not current_user.is_authenticated or session_of().asleep:
        return jsonify(why=_(SIGN_IN_AGAIN), server_time=now().isoformat(), key=public_key(keys())), 401
    slot = _seen(body)
    _hand_over(body.get("with_the_child"), is_id(body.get("slot")))
    return jsonify(_standing(reader().person, slot))


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True) if request.is_json else None
    if not isinstance(body, dict) or not is_id(body.get("device")):
        abort(400, NO_JSON)
    return body


def say_farewell(gone: Farewell) -> ResponseReturnValue:
    """The tablet is to hand in. Whoever holds one that was lost is signed in no longer."""
    if gone.why is Gone.LOST:
        session_of().end()
    return jsonify(why=gone.why, slots=gone.slots, tags=gone.tags, server_time=now().isoformat()), 410


def _seen(body: dict[str, Any]) -> str | None:
    """This person's place on the tablet, once it is written down that it was seen."""
    slot, device, mine = body.get("slot"), body["device"], reader()
    if not is_id(slot) or mine.role is not Role.INTERVIEWER:
        return None
    lately = is_seen_lately(str(slot), device, mine.person, now())
    # The tablet itself says what lies on it: it may be in the middle of a talk that is another's since.
    told = body.get("holds")
    holds = told[:MOST] if isinstance(told, list) and lately is not None else None
    moved = holds is not None and told_wrongly(str(slot), holds)
    if lately is False or moved:
        begin_writing()
        tablet_of(str(slot), device, mine.person, called(), now())
        if holds is not None:
            still_holds(str(slot), holds, now())
        db.session.commit()
    return None if lately is None else str(slot)


def _hand_over(talk: Any, in_shell: bool) -> None:
    """Into a child's hands, or on to the next child's: back to the worker it comes with a PIN or a password.

    The tablet's own page (it alone has a place on the tablet) is believed whoever is signed in, and whatever
    was handed over before: what it says opens nothing here, and shuts everything.
    """
    kept, mine = session_of(), reader()
    what = f"{TABLET}{talk}" if in_shell else talk
    if not is_id(talk) or kept.handed_over_to == what or not (in_shell or kept.handed_over_to is None):
        return
    theirs = mine.role is Role.INTERVIEWER and _is_of(mine.person, talk)
    if not (theirs or in_shell):
        return
    begin_writing()
    kept.with_the_child(what)
    if theirs:
        wrote_down(Act.HOLD_INTERVIEW, Interview.__tablename__, talk)
    db.session.commit()


def _is_of(person: str, talk: str) -> bool:
    interview = db.session.get(Interview, talk)
    return interview is not None and interview.interviewer_id == person


def _standing(person: str, slot: str | None) -> dict[str, Any]:
    handed_over = session_of().handed_over_to
    return {
        "token": generate_csrf(),
        "tag": tag_of(person),
        "server_time": now().isoformat(),
        "key": public_key(keys()),
        "talks": talks_on(slot, person) if slot else {},
        "handed_over": on_tablet(handed_over) or handed_over,
        "way_back": way_back(handed_over) if handed_over else None,
    }


# Signing in on the spot ----------------------------------------------------------------------------


@bp.post("/tablet/sign-in")
def sign_in() -> ResponseReturnValue:
    """Who it is, proven without leaving the page. The page stays, with all that is written on it."""
    body = request.get_json(silent=True) if request.is_json else None
    if not isinstance(body, dict):
        abort(400, NO_JSON)
    with force_locale(_language_of(body)):
        return _signed_in(body)


def _language_of(body: dict[str, Any]) -> str:
    # Nobody is signed in yet: what is said to them is said in the language of the page that they see.
    wanted = body.get("in")
    return str(wanted) if wanted in staff_languages() else worker_language()


def _signed_in(body: dict[str, Any]) -> ResponseReturnValue:
    if body.get("pin"):
        return _with_pin(_typed(body, "pin"), body.get("with_the_child"))
    name, network = _typed(body, "name"), str(request.remote_addr)
    if too_many_attempts(name, network, now()):
        return jsonify(why=_(TOO_OFTEN)), 429
    person = person_with(name, _typed(body, "password"))
    if person is None or not (has_post(person.id, today()) and _may_take_over(person.id)):
        begin_writing()
        count_attempt(name, network, now())
        db.session.commit()
        return jsonify(why=_(WRONG)), 401
    _begin_anew(person.id, body.get("with_the_child"), is_id(body.get("slot")))
    return jsonify(_standing(person.id, None))


def _typed(body: dict[str, Any], name: str) -> str:
    # Half a character is none, and fits nothing: it is counted as any other wrong try.
    text = str(body.get(name, "")).replace("\0", "?")
    return text.encode(errors="replace").decode()


def _may_take_over(person: str) -> bool:
    # A talk that is open here comes back to whoever gave it, and to nobody else. At the tablet's own page
    # the next worker begins anew, and gets nothing of the one before.
    kept = session_of()
    return kept.handed_over_to is None or kept.person == person or on_tablet(kept.handed_over_to) is not None


def _begin_anew(person: str, talk: Any, in_shell: bool) -> None:
    in_shell = in_shell or on_tablet(session_of().handed_over_to) is not None
    session_of().sign_in(person)
    session["_user_id"] = person
    begin_writing()
    forget_old_sessions(now())
    if is_id(talk):
        # The child holds the tablet: it is not the worker's for a moment. Of a talk that is another's by now
        # nothing opens, and neither does anything of the worker's.
        opens_here = not in_shell and _is_of(person, talk)
        session_of().keep()
        session_of().with_the_child(talk if opens_here else f"{TABLET}{talk}")
    db.session.commit()


def _with_pin(pin: str, with_the_child: Any) -> ResponseReturnValue:
    kept = session_of()
    if kept.handed_over_to is None or kept.person is None:
        return jsonify(why=_(SIGN_IN_AGAIN)), 401
    begin_writing()
    counted = count_try(str(kept.session_id))
    db.session.commit()
    if not (counted and is_pin_of(kept.person, pin)):
        return jsonify(why=_(WRONG_PIN if counted else TOO_OFTEN)), 401 if counted else 429
    begin_writing()
    in_shell = on_tablet(kept.handed_over_to) is not None
    if with_the_child == kept.handed_over_to or (in_shell and is_id(with_the_child)):
        kept.awake()
    else:
        kept.with_the_worker()
    db.session.commit()
    return jsonify(_standing(kept.person, None))


# What was written ----------------------------------------------------------------------------------


@bp.post("/tablet/sync")
def sync() -> ResponseReturnValue:
    """Take what was written on a tablet. Only the ids that come back may leave it."""
    body, mine = _body(), require(Act.HOLD_INTERVIEW)
    came, refused = _opened(body)
    begin_writing()
    gone = farewell(body["device"], today())
    if gone is not None:
        db.session.rollback()
        return say_farewell(gone)
    place = str(body["slot"]) if is_id(body.get("slot")) else None
    if place and tablet_of(place, body["device"], mine.person, called(), now()) is None:
        db.session.rollback()
        return jsonify(why=_(ANOTHERS)), 409
    outcome = put_to_talks(came, mine.person, place)
    talks = _talks_now(place, mine.person) if place else {}
    db.session.commit()
    return jsonify(_receipt(outcome, refused) | {"talks": talks})


def _talks_now(place: str, person: str) -> dict[str, TalkState]:
    """Where the talks on this tablet stand; what is finished or another's is off it with this answer."""
    talks = talks_on(place, person)
    brought_back(place, [talk for talk, state in talks.items() if state is not TalkState.OPEN], now())
    return talks


def _opened(
    body: dict[str, Any], places: Mapping[str, str] = NO_PLACES
) -> tuple[list[Came], list[tuple[str, str]]]:
    """What is in the envelopes, and those that do not open; before anybody else has to wait.

    `places` on the tablet by the marks of their people: some of it was typed there without one.
    """
    items = body.get("sealed")
    if not isinstance(items, list) or len(items) > MOST:
        abort(413 if isinstance(items, list) else 400, TOO_MUCH)
    came, refused = [], []
    for item in items:
        one = item if isinstance(item, dict) else {}
        op_id = str(one.get("op_id", ""))
        try:
            content = open_envelope(keys(), op_id, one.get("envelope"))
            kind = str(content.get("kind"))
            came.append(Came(op_id, kind, content | {"kind": kind}, _place_of(one, places)))
        except EnvelopeError:
            refused.append((op_id, NOT_OPENED))
    return came, refused


def _place_of(one: dict[str, Any], places: Mapping[str, str]) -> str:
    slot = str(one.get("slot") or "")
    return slot if slot in places.values() else places.get(str(one.get("tag")), slot)


def _receipt(outcome: Outcome, refused: Iterable[tuple[str, str]]) -> dict[str, Any]:
    not_opened = [*refused, *((op_id, NOT_OPENED) for op_id in outcome.unknown)]
    return {
        "accepted": outcome.accepted,
        "late": [{"op_id": op_id, "why": why} for op_id, why in outcome.late],
        "refused": [{"op_id": op_id, "why": _(why)} for op_id, why in not_opened],
        "server_time": now().isoformat(),
    }


@bp.post("/tablet/hand-in")
def hand_in() -> ResponseReturnValue:
    """The last of what a tablet holds that was lost, or whose people have left. For a person to settle."""
    body = _body()
    # Looked at first: a stranger makes nobody wait, neither for the one who writes nor for the keys.
    gone = _last_of(body)
    if late_from(gone.slots) >= MOST_LATE:
        abort(429)
    places = {tag_of(person): slot for slot, person in persons_on(body["device"], gone.slots).items()}
    db.session.rollback()
    came, refused = _opened(body, places)
    begin_writing()
    gone = _last_of(body)
    lost = gone.why is Gone.LOST
    people = persons_on(body["device"], gone.slots)
    # Of a tablet that others go on with, only what is theirs who have left.
    mine = [one for one in came if lost or one.slot in people]
    others = [(one.op_id, NOT_OPENED) for one in came if one not in mine]
    outcome = put_away(mine, people, Why.LOST if lost else Why.LEFT)
    last = body.get("last") is True
    if last:
        wiped(gone.slots, now())
    if last and not lost:
        has_left(gone.slots, now())
    db.session.commit()
    response = jsonify(_receipt(outcome, [*refused, *others]) | {"wipe": _wipe(gone) if last else []})
    if last and lost:
        session_of().end()
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _last_of(body: dict[str, Any]) -> Farewell:
    gone = farewell(body["device"], today())
    if gone is None:
        abort(404)
    return gone


def _wipe(gone: Farewell) -> Any:
    return "all" if gone.why is Gone.LOST else gone.slots


WITHOUT_TOKEN = (contact, sign_in, hand_in)
