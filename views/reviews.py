"""Reviews: a reviewing officer's children by their next one, and the pack from which it is chaired."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from forms.reviews import MEANWHILE, MOVED_MEANWHILE, DayForm, EarlyForm, HeldForm, MeetingForm, complain
from interview.access import Act
from interview.ages import age_on
from interview.reviews import RULES, facts, fault_of_due, fault_of_held, known_from, latest_day, standing
from interview.since_then import PARTS, since_then
from records import reviews
from records.database import db
from records.review_list import next_reviews
from records.reviews import WRITTEN, as_kept, course_of, mark_of, marks_of, pack_of
from records.tables import Child, Review
from views import review_words, since_words, summary_words
from views.door import looked_at_list, open_record, reader, require
from views.moments import now, today
from views.words import _

bp = Blueprint("reviews", __name__)


@bp.get("/reviews")
def mine() -> ResponseReturnValue:
    """My children by their next review."""
    whose = require(Act.PREPARE_REVIEWS)
    looked_at_list(Act.PREPARE_REVIEWS, "review")
    return render_template("reviews/list.html", **listed(next_reviews(whose, now())))


def listed(lines: list[Any]) -> dict[str, Any]:
    """What a list of next reviews needs."""
    return {
        "lines": lines,
        "rules": RULES,
        "rw": review_words,
        "sw": since_words,
        "today": today(),
        "standing": standing,
    }


@bp.post("/children/<child_id>/review")
def prepare(child_id: str) -> ResponseReturnValue:
    """Prepare the next review of a child; the first who does sets its day down by the rule."""
    child = open_record(Child, child_id, Act.PREPARE_REVIEWS, joinedload(Child.authority))
    review = reviews.next_review(child, child.authority.nation, today())
    db.session.commit()
    return redirect(url_for("reviews.show", review_id=review.id))


@bp.get("/reviews/<review_id>")
def show(review_id: str) -> ResponseReturnValue:
    """The pack of one review: as it is now, or as it was considered."""
    return _page(open_review(review_id))


@bp.post("/reviews/<review_id>")
def write(review_id: str) -> ResponseReturnValue:
    """Keep what is written for the meeting."""
    review, form = open_review(review_id), MeetingForm()
    if not form.validate_on_submit():
        return _page(review, meeting=form)
    disputed = reviews.write(review, form.typed(), form.before())
    if not disputed:
        return _done(review, _("Saved."))
    theirs = {name: getattr(review, name) for name in disputed}
    for name, mark in marks_of(review).items():
        form[f"{name}_before"].data = mark
    for name in WRITTEN:
        if name in disputed:
            complain(form[name], MEANWHILE)
        else:
            # What was not disputed is kept; what the other wrote there stands there.
            form[name].data = getattr(review, name)
    db.session.commit()
    return _page(review, meeting=form, theirs=theirs), 409


@bp.post("/reviews/<review_id>/day")
def set_day(review_id: str) -> ResponseReturnValue:
    """Set or move the day of the review."""
    review, form = open_review(review_id), DayForm()
    if review.held_on is not None:
        return _was_held(review)
    course = course_of(reader(), review, review.child)
    if form.validate_on_submit() and not complain(form.due_on, fault_of_due(form.day, today(), course.held)):
        if form.day_before.data == review.due_on.isoformat():
            review.due_on = form.day
            return _done(review, _("The day is set."))
        complain(form.due_on, MOVED_MEANWHILE)
    return _page(review, day=form)


@bp.post("/reviews/<review_id>/early")
def ask_early(review_id: str) -> ResponseReturnValue:
    """Write down that the reviewing officer asks for an early review."""
    review, form = open_review(review_id), EarlyForm()
    if review.held_on is not None:
        return _was_held(review)
    if review.early_asked_at is not None:
        sentence = _("An early review was asked for already. Add what is new to the notes.")
        complain(form.early_why, sentence)
        return _page(review, early=form), 409
    if not form.validate_on_submit():
        return _page(review, early=form)
    reviews.ask_early(review, form.early_why.data or "", reader().person, now())
    return _done(
        review, _("It is written down that you ask for an early review. Set its day when it is known.")
    )


@bp.post("/reviews/<review_id>/held")
def held(review_id: str) -> ResponseReturnValue:
    """The review was held: what was seen there is kept as it was, and the next one is set down."""
    review, form = open_review(review_id), HeldForm()
    if review.held_on is not None:
        return _was_held(review)
    child, course = review.child, course_of(reader(), review, review.child)
    if not form.validate_on_submit() or complain(
        form.held_on, fault_of_held(form.day, today(), child.looked_after_since, course.held)
    ):
        return _page(review, held=form)
    seen = pack_of(reader(), child, course, now()) if form.considered.data else None
    if seen is not None and mark_of(as_kept(seen)) != form.seen.data:
        flash(
            _("Something has changed since you opened this page. Look at it again before you keep it."),
            "warning",
        )
        return _page(review, held=form), 409
    reviews.hold(review, form.day, reader().person, now(), seen)
    db.session.flush()
    reviews.next_review(child, child.authority.nation, today())
    return _done(review, _("Kept. The next review has been set down."))


def open_review(review_id: str) -> Review:
    """The review of that id, opened and written down as looked at."""
    whose = joinedload(Review.child).joinedload(Child.authority)
    return open_record(Review, review_id, Act.PREPARE_REVIEWS, whose)


def _done(review: Review, sentence: str) -> ResponseReturnValue:
    db.session.commit()
    flash(sentence, "success")
    return redirect(url_for("reviews.show", review_id=review.id))


def _was_held(review: Review) -> ResponseReturnValue:
    flash(_("This review was held already, and stays as it was. Go to the next one."), "warning")
    return redirect(url_for("reviews.show", review_id=review.id))


def review_page(review: Review, **more: Any) -> str:
    """The pack on the screen, and beside it how it leaves."""
    return _page(review, more=more)


def _page(
    review: Review, theirs: dict[str, str] | None = None, more: dict[str, Any] | None = None, **forms: Any
) -> str:
    shown = page_of(review)
    wrong = next((form for form in forms.values() if form.errors), None)
    return render_template(
        "reviews/show.html",
        **shown,
        form=wrong,
        theirs=theirs or {},
        meeting=forms.get("meeting") or _meeting(review),
        day_form=_day_form(forms.get("day"), review),
        early=forms.get("early") or EarlyForm(formdata=None),
        held_form=_held_form(forms.get("held"), shown["mark"]),
        **(more or {}),
    )


def page_of(review: Review) -> dict[str, Any]:
    """What the pack is drawn from, on the screen and on paper."""
    child, course = review.child, course_of(reader(), review, review.child)
    fresh = pack_of(reader(), child, course, now())
    kept = reviews.considered(review)
    nation = child.authority.nation
    return {
        "review": review,
        "child": child,
        "name": child.name,
        "age": age_on(child.born, today()) if child.born else None,
        "council": child.authority.name,
        "pack": kept or fresh,
        "changes": since_then(kept, fresh) if kept else (),
        "mark": mark_of(as_kept(fresh)),
        "course": course,
        "rule": RULES[nation],
        "latest": latest_day(child.looked_after_since, course.held, nation, today()),
        "clock": review_words.due(standing(review.due_on, today())),
        "facts": facts(known_from(fresh, now()), fresh.since),
        "today": today(),
        "PARTS": PARTS,
        "words": summary_words,
        "rw": review_words,
        "sw": since_words,
    }


def _meeting(review: Review) -> MeetingForm:
    written = {name: getattr(review, name) for name in WRITTEN}
    marks = {f"{name}_before": mark for name, mark in marks_of(review).items()}
    return MeetingForm(formdata=None, **written, **marks)


def _day_form(form: DayForm | None, review: Review) -> DayForm:
    shown = form or DayForm(formdata=None, due_on=review.due_on)
    shown.day_before.data = review.due_on.isoformat()
    return shown


def _held_form(form: HeldForm | None, mark: str) -> HeldForm:
    shown = form or HeldForm(formdata=None)
    # Whoever sends it now has seen the page as it is now.
    shown.seen.data = mark
    return shown
