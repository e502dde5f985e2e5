"""What goes onto a tablet with a talk: what the interviewer may read online, as data and as sheets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import joinedload
from wtforms.validators import DataRequired, InputRequired

from forms.concerns import NEW, UrgentForm
from forms.interview import filled, interview_form
from forms.put_off import PutOffForm
from interview.access import Audience
from interview.again import asked, folded, said_before
from interview.ages import age_on
from interview.answers import NOT_FOUND_OUT, WHY, Answer, SaidBy, current, needed_to_finish
from interview.found import ASKED
from interview.helplines import BY_HAND, NONE_WANTED, helplines_in
from interview.languages import first_in
from interview.numbers import HOURS, who_words
from interview.questions import QUESTIONS, RECORD, TALK, Kind, Question, Section, questions_of
from interview.reasons import REASONS, ForHome
from interview.summary import may_reach_home
from interview.versions import standing
from interview.voice import IN_THEIR_WORDS, OWN
from records.again import around, last_talk
from records.answers import answers_of
from records.concerns import concerns_of
from records.interviews import brief_of
from records.tables import Child, Home, Interview
from records.welcomes import welcome_of
from views.again import came_of_it
from views.child_language import child_language
from views.moments import lasted, now, today
from views.record import asked_beside, known, pattern_of, write_up_by
from views.talk import latest_writer, not_asked_again
from views.trees import Tree, find, tree_of
from views.urgent import about_words, recorded_of, whom_to_ring
from views.words import _, catalogues, direction, worker_language

# What an interview is opened with to be taken along.
WITH = (
    joinedload(Interview.child).joinedload(Child.authority),
    joinedload(Interview.home).joinedload(Home.authority),
)
BARE = "tablet/bare.html"
# Where a link leads on the tablet; what is not here is no link there.
PAGES = {
    "interviews.mine": "list",
    "interviews.show": "brief",
    "talk.talk": "talk",
    "talk.record": "record",
    "read_back.read_back": "read-back",
    "read_back.thanks": "thanks",
    "finish.finish": "finish",
    "put_off.put_off": "put-off",
    "urgent.urgent": "urgent",
    "again.last_time": "last-time",
    "numbers.numbers": "numbers",
    "numbers.slip": "slip",
    "welcome.welcome": "welcome",
    "welcome.until_then": "until-then",
    "hand_over.give": "hand-over",
    "hand_over.take_back": "take-back",
}


@dataclass(frozen=True)
class Needed:
    """One question that a finished talk has an answer to, itself or another of these, unless it is waived."""

    question: Question
    any_of: tuple[str, ...]
    waived_by: str


@dataclass(frozen=True)
class MayGoHome:
    """One thing that the home could come to read, should the child let it: a question, or a reason."""

    key: str
    question: str
    asked: str
    code: str = ""
    said: str = ""
    options: tuple[tuple[str, str], ...] = ()
    drawn: bool = False


def draft_of(interview: Interview, expires_at: datetime, release: str = "") -> dict[str, Any]:
    """One talk as a tablet takes it along."""
    kept = current(answers_of(interview))
    what = around(interview)
    questions = asked(questions_of(interview.question_set, (*TALK, Section.LAST_TIME)), what)
    questions = not_asked_again(questions, kept)
    return {
        "interview": interview.id,
        "title": interview.child.name,
        "home": interview.home.name,
        "due_at": interview.due_at.isoformat() if interview.due_at else None,
        "set": interview.question_set,
        "release": release,
        "language": child_language(interview),
        "languages": catalogues().offered(),
        "asked": [question.key for question in questions],
        "folded": sorted(folded(questions, what)),
        "writer": latest_writer(kept),
        "welcome": welcome_of(interview, now()).version,
        "welcomed": interview.welcomed_at is not None,
        "repeat": what.repeat,
        "kept": {key: _as_kept(answer) for key, answer in kept.items()},
        "sheets": sheets_of(interview, kept),
        "expires_at": expires_at.isoformat(),
        "finished": False,
    }


def _as_kept(answer: Answer) -> dict[str, Any]:
    return {
        "op_id": answer.op_id,
        "value": answer.value,
        "skipped": answer.skipped,
        "said_by": answer.said_by,
        "audience": sorted(answer.audience),
        "language": answer.language,
        "saved_at": answer.server_time.isoformat() if answer.server_time else None,
    }


def sheets_of(interview: Interview, kept: dict[str, Answer]) -> dict[str, dict[str, Any]]:
    """The worker's sheets in the language of their pages, and the child's in each that is offered."""
    sheets = {
        "brief": _staff(interview, "tablet/brief.html", **_brief(interview)),
        "urgent": _urgent(interview),
        "record": _record(interview, kept),
        "finish": _finish(interview),
        "put-off": _put_off(interview, kept),
    }
    for language in catalogues().offered():
        for name, sheet in _childs(interview, language).items():
            sheets[f"{name}/{language}"] = sheet
    return sheets


def _staff(interview: Interview, template: str, **more: Any) -> dict[str, Any]:
    language = worker_language()
    tree = _tree(interview, template, looks="staff", **more)
    return {"looks": "staff", "language": language, "dir": direction(language), "tree": tree, "form": None}


def _tree(interview: Interview, template: str, **more: Any) -> Tree:
    page = render_template(template, interview=interview, layout=BARE, sheet=True, **more)
    paths = {url_for(endpoint, interview_id=interview.id): name for endpoint, name in _ways()}

    def leads(address: str) -> tuple[str, str] | None:
        path, _hash, place = address.partition("#")
        name = paths.get(path.partition("?")[0])
        return (name, place) if name else None

    return tree_of(page, leads)


def _ways() -> Iterable[tuple[str, str]]:
    return PAGES.items()


def _brief(interview: Interview) -> dict[str, Any]:
    born = interview.child.born
    return {
        "brief": brief_of(interview),
        "age": age_on(born, today()) if born else None,
        "recorded": recorded_of(interview),
    }


def _urgent(interview: Interview) -> dict[str, Any]:
    known = concerns_of(interview)
    form = UrgentForm(formdata=None, data={"about": NEW})
    form.about.choices = [(one.id, about_words(one)) for one in known] + [(NEW, _("Something else"))]
    sheet = _staff(
        interview,
        "talk/urgent.html",
        form=form,
        nation=interview.child.authority.nation,
        councils=whom_to_ring(interview.child.authority, interview.home.authority),
        recorded=recorded_of(interview),
        who_words=who_words,
        back=url_for("interviews.show", interview_id=interview.id),
        HOURS=HOURS,
    )
    something = _("Nothing was written down yet. Choose or write something, then save.")
    needed = [["not_safe dangers said done whom name number", something]]
    return sheet | {"form": "urgent", "now": "at", "needed": needed, "then": "urgent"}


def _record(interview: Interview, kept: dict[str, Answer]) -> dict[str, Any]:
    questions = questions_of(interview.question_set, RECORD)
    sections = [(section, [q for q in questions if q.section is section]) for section in RECORD]
    return _staff(
        interview,
        "talk/record.html",
        form=interview_form(questions)(formdata=None, data=known(interview) | filled(questions, kept)),
        kept=kept,
        sections=sections,
        refused={},
        saved_at="",
        beside=lambda question, kept: (),
        asked_beside=asked_beside,
        lasted=lasted,
        pattern=pattern_of(interview),
        write_up_by=write_up_by(interview),
        recorded=recorded_of(interview),
    )


def _finish(interview: Interview) -> dict[str, Any]:
    sheet = _staff(
        interview,
        "tablet/finish.html",
        needed=needed_of(interview.question_set),
        may_go_home=may_go_home(interview.question_set),
        in_their_words=in_their_words(interview.question_set),
        own=sorted(OWN),
    )
    return sheet | {"form": "finish", "then": "list"}


def needed_of(question_set: str) -> list[Needed]:
    """What finishing needs, and what waives it, as data for the tablet."""
    waiver = f"worker_reasons:{','.join(sorted(NOT_FOUND_OUT))}"
    return [
        Needed(one, (one.key, *one.or_else), waiver if one.section in WHY else "")
        for one in needed_to_finish(question_set)
    ]


def in_their_words(question_set: str) -> list[str]:
    """The questions whose answer can hold the child's own voice."""
    questions = questions_of(question_set, (*TALK, Section.LAST_TIME))
    return [one.key for one in questions if one.kind in IN_THEIR_WORDS and one.section is not Section.CHECK]


def may_go_home(question_set: str) -> list[MayGoHome]:
    """Everything that the home could come to read of a talk, reasons first."""
    questions = questions_of(question_set, (*TALK, *RECORD, Section.LAST_TIME))
    cards = [question.key for question in questions if question.kind == "reasons"]
    reasons = [
        MayGoHome(code, card, reason.child, code, reason.term)
        for card in cards
        for code, reason in REASONS.items()
        if reason.for_home is not ForHome.NEVER
    ]
    answers = [
        MayGoHome(
            one.key,
            one.key,
            one.words,
            options=tuple((option.key, option.words) for option in one.options),
            drawn=one.kind is Kind.DRAWING,
        )
        for one in questions
        if may_reach_home(one) and one.key not in cards
    ]
    return reasons + answers


def _put_off(interview: Interview, kept: dict[str, Answer]) -> dict[str, Any]:
    said = kept.get("ready")
    form = PutOffForm(formdata=None, data={"said": said.value if said else None})
    sheet = _staff(interview, "interviews/put_off.html", form=form)
    again = ["ask_again_on", _("Enter the day on which to ask again."), "said", "not-now"]
    more = {"form": "put-off", "needed": [*needed_in(form), again], "now": "at", "then": "brief"}
    return sheet | more | {"filled": ["said", "ready"]}


def needed_in(form: FlaskForm) -> list[list[str]]:
    """The fields of this form that have to be filled in, and what to say where one is not."""
    return [
        [field.name, str(check.message)]
        for field in form
        for check in field.validators
        if isinstance(check, InputRequired | DataRequired)
    ]


def _childs(interview: Interview, language: str) -> dict[str, dict[str, Any]]:
    lines = helplines_in(interview.home.authority.nation)

    def sheet(template: str, **more: Any) -> dict[str, Any]:
        tree = _tree(interview, template, looks="child", language=language, **more)
        return {
            "looks": "child",
            "language": language,
            "dir": direction(language),
            "tree": tree,
            "form": None,
        }

    # Each part by itself, and not both in a frame of their own: what covers the page has to lie beside it.
    until = [
        [tag, facts | {"data-when": f"ready:{said}"}, *inside]
        for said in ("no", "not-now")
        for tag, facts, *inside in sheet("talk/until_then.html", said=said, helplines=lines)["tree"][2:]
    ]
    found = () if interview.asked_after else ASKED
    sheets = {
        "welcome": sheet("talk/hello.html", **_welcome(interview)) | {"answer": READY},
        "until-then": sheet("talk/slip.html", helplines=lines)
        | {"tree": ["div", {}, *until], "answer": READY},
        "numbers": sheet("talk/numbers.html", helplines=lines, by_hand=BY_HAND, chosen=())
        | {"answer": GIVEN, "filled": ["keep", "helplines_given"]},
        "slip": sheet("talk/slip.html", helplines=lines),
        "thanks": sheet("talk/thanks.html", asked=found, given=False) | {"form": "found", "then": "thanks"},
    }
    before = last_talk(interview)
    if before is not None:
        sheets["last-time"] = sheet("talk/last_time.html", **_last_time(before, language))
        said = find(
            sheets["last-time"]["tree"], lambda one: one[0] == "section" and one[1].get("class") == "said"
        )
        sheets["last-time"]["tree"] = ["div", {}, *said]
    return sheets


def _answer(key: str, said_by: SaidBy, field: str, then: dict[str, str], **more: Any) -> dict[str, Any]:
    audience: list[Audience] = sorted(QUESTIONS[key].audience())
    return {"question": key, "field": field, "said_by": said_by, "audience": audience, "then": then} | more


# What the child touches on these is an answer: to be asked now, and which numbers they keep.
READY = _answer("ready", SaidBy.CHILD_TYPED, "ready", {"yes": "talk", "": "until-then"})
GIVEN = _answer("helplines_given", SaidBy.WORKER, "keep", {"": "thanks"}, none=NONE_WANTED)


def _welcome(interview: Interview) -> dict[str, Any]:
    return {
        "languages": first_in(interview.child.authority.nation, catalogues().offered()),
        "welcome": welcome_of(interview, now()),
        "ready": QUESTIONS["ready"],
    }


def _last_time(before: Interview, language: str) -> dict[str, Any]:
    return {
        "said": said_before(standing(answers_of(before))),
        "came_of_it": came_of_it(before, language),
        "asked_then": QUESTIONS,
        "sections": (),
        "form": interview_form(())(formdata=None),
        "writer": "",
        "saved_at": "",
    }
