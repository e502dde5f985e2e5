"""Sharing a child's record: what, with whom, why and on what basis is put down, and then it leaves."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from forms.sharing import ShareForm, say
from interview.access import Act, may
from interview.duties import DANGERS
from interview.sharing import (
    ALSO_WITH,
    BASES,
    NOT_TOLD,
    PARTS,
    WAYS,
    WHATS,
    WHYS,
    WITH,
    Shared,
    faults_of_share,
    readable_shared,
)
from records.disclosures import disclosures_of
from records.tables import Child
from views.door import open_record, reader
from views.files import Bundle, hand_out, pack_of, summary_of
from views.reviews import open_review
from views.words import _, listed

bp = Blueprint("sharing", __name__)


@bp.route("/children/<child_id>/share", methods=["GET", "POST"])
def share(child_id: str) -> ResponseReturnValue:
    """A form that says with whom the summary is shared, and why; the file comes in answer to it."""
    child = open_record(Child, child_id, Act.SHARE)
    back = url_for("summaries.child", child_id=child_id)
    return _form_or_file(child, lambda: summary_of(child_id), _("Share the summary"), back)


@bp.route("/reviews/<review_id>/share", methods=["GET", "POST"])
def share_review(review_id: str) -> ResponseReturnValue:
    """The same for the pack of a review."""
    child = open_review(review_id).child
    back = url_for("reviews.show", review_id=review_id)
    return _form_or_file(child, lambda: pack_of(review_id), _("Share the review pack"), back)


def _form_or_file(child: Child, make: Callable[[], Bundle], title: str, back: str) -> ResponseReturnValue:
    form = ShareForm()
    if form.validate_on_submit():
        bundle = make()
        parts = tuple(map(str, bundle.parts))
        put_down = form.put_down(form.how.data, bundle.what, form.with_role.data, parts)
        if say(form, faults_of_share(put_down)):
            return hand_out(bundle, put_down)
    tells_police = may(reader().role, Act.TELL_POLICE)
    shown = {"child": child, "form": form, "title": title, "back": back, "tells_police": tells_police}
    return render_template("sharing/share.html", **shown)


@bp.get("/children/<child_id>/shared")
def shared(child_id: str) -> ResponseReturnValue:
    """All that was shared of this child's record, the newest first."""
    child = open_record(Child, child_id, Act.READ_CHILD_SUMMARY)
    lines = readable_shared(disclosures_of(reader(), child_id), reader().role)
    return render_template(
        "sharing/shared.html",
        child=child,
        groups=in_groups(lines),
        may_share=may(reader().role, Act.SHARE),
    )


def in_groups(lines: Iterable[Shared]) -> list[list[tuple[Shared, dict[str, Any]]]]:
    """The lines with their words; a talk that was finished is one group, with all to whom it went."""

    def together(numbered: tuple[int, Shared]) -> tuple[Any, ...]:
        number, line = numbered
        return (line.at, line.by, line.child_told) if line.kind == "finish" else (number,)

    newest = sorted(lines, key=lambda line: (line.at, line.kind), reverse=True)
    grouped = groupby(enumerate(newest), key=together)
    return [[(line, in_words(line)) for _number, line in group] for _key, group in grouped]


def in_words(line: Shared) -> dict[str, Any]:
    """A line of the list in words; what was typed stands as it was typed."""
    role = {**WITH, **ALSO_WITH}.get(line.with_role)
    dangers = {str(danger): words for danger, words in DANGERS.items()}
    return {
        "how": _(WAYS[line.kind].words) if line.kind in WAYS else line.kind,
        "what": _(WHATS[line.what]) if line.what in WHATS else "",
        "parts": listed([_(PARTS[part]) for part in line.parts if part in PARTS]),
        "role": _(role.words) if role else "",
        "why": listed([_((WHYS | dangers)[one]) if one in WHYS | dangers else one for one in line.why]),
        "basis": _(BASES[line.basis].words) if line.basis in BASES else line.basis,
        "not_told": _(NOT_TOLD[line.not_told_why]) if line.not_told_why in NOT_TOLD else line.not_told_why,
    }
