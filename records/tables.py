"""The tables, by the practice's own names. Names and free text are sealed; codes and dates are not."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from records.base import Base, Sealed, sealed_column


class Authority(Base):
    """A council."""

    __tablename__ = "authority"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    nation: Mapped[str]


class Home(Base):
    """A children's home or a foster placement; `authority_id` is the council of the area."""

    __tablename__ = "home"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    authority_id: Mapped[str] = mapped_column(ForeignKey("authority.id"), index=True)
    authority: Mapped[Authority] = relationship(lazy="raise")


class ContactNumber(Base):
    """A number of a council to ring when someone is not safe: who answers, and when."""

    __tablename__ = "contact_number"
    __table_args__ = (sa.UniqueConstraint("authority_id", "who"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    authority_id: Mapped[str] = mapped_column(ForeignKey("authority.id"))
    who: Mapped[str]
    number: Mapped[str]
    hours: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))


class Person(Base):
    """Someone who works with Heard. What they may do comes from their posts."""

    __tablename__ = "person"
    id: Mapped[str] = mapped_column(primary_key=True)
    sign_in_name: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    pin_hash: Mapped[str | None]
    name_sealed: Mapped[bytes | None] = sealed_column()
    disabled_at: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(default="en")
    name = Sealed()


class LanguageCheck(Base):
    """Somebody who speaks a language has read the child's side of it, in this version."""

    __tablename__ = "language_check"
    id: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str]
    version: Mapped[str]
    checked_on: Mapped[date]
    noted_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    noted_at: Mapped[datetime]
    checker_sealed: Mapped[bytes | None] = sealed_column()
    checker = Sealed()


class Post(Base):
    """A role that a person holds from one day to another, at a home, for a council or for a child."""

    __tablename__ = "post"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    home_id: Mapped[str | None] = mapped_column(ForeignKey("home.id"))
    authority_id: Mapped[str | None] = mapped_column(ForeignKey("authority.id"))
    for_child_id: Mapped[str | None] = mapped_column(ForeignKey("child.id"))
    starts: Mapped[date]
    ends: Mapped[date | None]


class Tie(Base):
    """What makes an interviewer not independent of a home, a council or a child."""

    __tablename__ = "tie"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    home_id: Mapped[str | None] = mapped_column(ForeignKey("home.id"))
    authority_id: Mapped[str | None] = mapped_column(ForeignKey("authority.id"))
    of_child_id: Mapped[str | None] = mapped_column(ForeignKey("child.id"))
    starts: Mapped[date | None]
    ends: Mapped[date | None]


class Child(Base):
    """A child, with what an interviewer should know before the talk."""

    __tablename__ = "child"
    id: Mapped[str] = mapped_column(primary_key=True)
    authority_id: Mapped[str] = mapped_column(ForeignKey("authority.id"), index=True)
    born: Mapped[date | None]
    language: Mapped[str] = mapped_column(default="en")
    looked_after_since: Mapped[date | None]
    name_sealed: Mapped[bytes | None] = sealed_column()
    tells_best_sealed: Mapped[bytes | None] = sealed_column()
    careful_of_sealed: Mapped[bytes | None] = sealed_column()
    needs_sealed: Mapped[bytes | None] = sealed_column()
    ethnicity_sealed: Mapped[bytes | None] = sealed_column()
    authority: Mapped[Authority] = relationship(lazy="raise")
    name = Sealed()
    tells_best = Sealed()
    careful_of = Sealed()
    needs = Sealed()
    ethnicity = Sealed()

    @property
    def sealed_under(self) -> str:
        return self.id


class ChildName(Base):
    """Fingerprints of the parts of a child's name, so that a name can be looked up and not read."""

    __tablename__ = "child_name"
    child_id: Mapped[str] = mapped_column(ForeignKey("child.id"), primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(primary_key=True, index=True)


class Placement(Base):
    """Where a child lives, from one day to another, and how many miles from family."""

    __tablename__ = "placement"
    id: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[str] = mapped_column(ForeignKey("child.id"), index=True)
    home_id: Mapped[str] = mapped_column(ForeignKey("home.id"), index=True)
    starts: Mapped[date]
    ends: Mapped[date | None]
    miles_from_family: Mapped[int | None]


class Episode(Base):
    """One absence. The clock starts at `returned_at`; `found_at` is another moment."""

    __tablename__ = "episode"
    __table_args__ = (
        sa.Index("ix_episode_open", "authority_id", "closed_at", "returned_at"),
        sa.Index("ix_episode_home", "home_id", "missing_at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[str] = mapped_column(ForeignKey("child.id"), index=True)
    home_id: Mapped[str] = mapped_column(ForeignKey("home.id"))
    authority_id: Mapped[str] = mapped_column(ForeignKey("authority.id"))
    kind: Mapped[str] = mapped_column(default="missing")
    missing_at: Mapped[datetime]
    found_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    ended: Mapped[str | None]
    reported_by: Mapped[str | None]
    grade: Mapped[str | None]
    prevention: Mapped[str | None]
    guess: Mapped[str | None]
    missing_from_sealed: Mapped[bytes | None] = sealed_column()
    found_where_sealed: Mapped[bytes | None] = sealed_column()
    police_reference_sealed: Mapped[bytes | None] = sealed_column()
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]
    child: Mapped[Child] = relationship(lazy="raise")
    home: Mapped[Home] = relationship(lazy="raise")
    missing_from = Sealed()
    found_where = Sealed()
    police_reference = Sealed()


class Correction(Base):
    """A correction of a return: when, by whom, and what stood there before."""

    __tablename__ = "correction"
    id: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[str] = mapped_column(ForeignKey("child.id"), index=True)
    episode_id: Mapped[str] = mapped_column(ForeignKey("episode.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    before_sealed: Mapped[bytes | None] = sealed_column()
    before = Sealed()


class Offer(Base):
    """One attempt to offer the talk, and what came of it."""

    __tablename__ = "offer"
    id: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[str] = mapped_column(ForeignKey("child.id"), index=True)
    episode_id: Mapped[str] = mapped_column(ForeignKey("episode.id"), index=True)
    at: Mapped[datetime]
    channel: Mapped[str]
    outcome: Mapped[str]
    ask_again_on: Mapped[date | None]
    by_whom_sealed: Mapped[bytes | None] = sealed_column()
    why_sealed: Mapped[bytes | None] = sealed_column()
    carer_says_sealed: Mapped[bytes | None] = sealed_column()
    wanted_sealed: Mapped[bytes | None] = sealed_column()
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    by_whom = Sealed()
    why = Sealed()
    carer_says = Sealed()
    wanted = Sealed()


class Interview(Base):
    """One talk. It may cover several episodes, each of which stays counted."""

    __tablename__ = "interview"
    __table_args__ = (
        sa.Index("ix_interview_mine", "interviewer_id", "finished_at"),
        sa.Index("ix_interview_home", "home_id", "finished_at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[str] = mapped_column(ForeignKey("child.id"), index=True)
    home_id: Mapped[str] = mapped_column(ForeignKey("home.id"))
    authority_id: Mapped[str] = mapped_column(ForeignKey("authority.id"), index=True)
    interviewer_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    question_set: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    allocated_at: Mapped[datetime]
    allocated_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    due_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    child_asked: Mapped[bool] = mapped_column(default=False)
    childs_reason_sealed: Mapped[bytes | None] = sealed_column()
    independence_sealed: Mapped[bytes | None] = sealed_column()
    welcome_version: Mapped[str | None]
    welcome_language: Mapped[str | None]
    welcomed_at: Mapped[datetime | None]
    # That the child was asked how the talk was; what was said is counted elsewhere, without a link.
    asked_after: Mapped[bool] = mapped_column(default=False)
    child: Mapped[Child] = relationship(lazy="raise")
    home: Mapped[Home] = relationship(lazy="raise")
    covers: Mapped[list["InterviewEpisode"]] = relationship(lazy="raise")
    childs_reason = Sealed()
    independence = Sealed()


class InterviewEpisode(Base):
    """Which episodes a talk covers."""

    __tablename__ = "interview_episode"
    interview_id: Mapped[str] = mapped_column(ForeignKey("interview.id"), primary_key=True)
    episode_id: Mapped[str] = mapped_column(ForeignKey("episode.id"), primary_key=True, index=True)
    episode: Mapped[Episode] = relationship(lazy="raise")


class Answer(Base):
    """One saved answer; never changed. `id` gives the server's order and appears nowhere."""

    __tablename__ = "answer"
    __table_args__ = (sa.Index("ix_answer_interview", "interview_id", "question"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    op_id: Mapped[str] = mapped_column(unique=True)
    interview_id: Mapped[str] = mapped_column(ForeignKey("interview.id"))
    question: Mapped[str]
    question_set: Mapped[str]
    value_sealed: Mapped[bytes | None] = sealed_column()
    skipped: Mapped[str | None]
    said_by: Mapped[str]
    for_social_worker: Mapped[bool]
    for_reviewing_officer: Mapped[bool]
    for_home: Mapped[bool]
    base_op: Mapped[str | None]
    # Other versions of the same answer that this one settles: their ids, with spaces between.
    settles: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    fingerprint: Mapped[bytes]
    device_time: Mapped[datetime | None]
    server_time: Mapped[datetime]
    author_id: Mapped[str] = mapped_column(ForeignKey("person.id"))


class Tablet(Base):
    """One person on one tablet, under an id that the tablet has made. `device` is that of the tablet itself.

    Reported lost, it is told so at its next contact; `revoked_by` is nobody where its person has left.
    """

    __tablename__ = "tablet"
    id: Mapped[str] = mapped_column(primary_key=True)
    device: Mapped[str] = mapped_column(index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    called_sealed: Mapped[bytes | None] = sealed_column()
    called = Sealed()


class Taken(Base):
    """That a talk was taken onto a tablet, until when it opens there, and when it came back."""

    __tablename__ = "taken"
    id: Mapped[str] = mapped_column(primary_key=True)
    interview_id: Mapped[str] = mapped_column(ForeignKey("interview.id"), index=True)
    tablet_id: Mapped[str] = mapped_column(ForeignKey("tablet.id"), index=True)
    taken_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    brought_back_at: Mapped[datetime | None]


class Operation(Base):
    """One thing done on a tablet that is no answer, such as finishing a talk: done once, whatever arrives.

    By its `fingerprint` other words under the same id are told from the same once more; what is only counted
    has none.
    """

    __tablename__ = "operation"
    op_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    interview_id: Mapped[str] = mapped_column(ForeignKey("interview.id"), index=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    device_time: Mapped[datetime | None]
    done_at: Mapped[datetime]
    fingerprint: Mapped[bytes | None]


class Late(Base):
    """What came from a tablet and could not be put to its talk: kept whole, until somebody settles it.

    `why` says what stood against it, `given_to` is the interviewer whom the coordinator gave it to.
    """

    __tablename__ = "late"
    __table_args__ = (sa.UniqueConstraint("op_id", "fingerprint"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    op_id: Mapped[str]
    fingerprint: Mapped[bytes]
    kind: Mapped[str]
    child_id: Mapped[str] = mapped_column(ForeignKey("child.id"))
    interview_id: Mapped[str] = mapped_column(ForeignKey("interview.id"), index=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    tablet_id: Mapped[str | None] = mapped_column(ForeignKey("tablet.id"))
    why: Mapped[str]
    device_time: Mapped[datetime | None]
    received_at: Mapped[datetime]
    given_to: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    settled_how: Mapped[str | None]
    content_sealed: Mapped[bytes | None] = sealed_column()
    settled_why_sealed: Mapped[bytes | None] = sealed_column()
    content = Sealed()
    settled_why = Sealed()


class Translation(Base):
    """An answer's words in another language, with who translated them."""

    __tablename__ = "translation"
    id: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[str] = mapped_column(ForeignKey("child.id"))
    interview_id: Mapped[str] = mapped_column(ForeignKey("interview.id"), index=True)
    op_id: Mapped[str] = mapped_column(ForeignKey("answer.op_id"))
    language: Mapped[str]
    made_at: Mapped[datetime]
    words_sealed: Mapped[bytes | None] = sealed_column()
    translator_sealed: Mapped[bytes | None] = sealed_column()
    agency_sealed: Mapped[bytes | None] = sealed_column()
    dialect_sealed: Mapped[bytes | None] = sealed_column()
    words = Sealed()
    translator = Sealed()
    agency = Sealed()
    dialect = Sealed()


class Reason(Base):
    """A reason out of the current answer to the cards, in the clear so that summaries are searches.

    With `addendum_id`, one that was added after the talk was finished.
    """

    __tablename__ = "reason"
    id: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[str] = mapped_column(ForeignKey("child.id"), index=True)
    interview_id: Mapped[str] = mapped_column(ForeignKey("interview.id"), index=True)
    code: Mapped[str]
    biggest: Mapped[bool]
    for_social_worker: Mapped[bool]
    for_reviewing_officer: Mapped[bool]
    for_home: Mapped[bool]
    told_in: Mapped[str | None]
    addendum_id: Mapped[str | None] = mapped_column(ForeignKey("addendum.id"), index=True)
    told_words_sealed: Mapped[bytes | None] = sealed_column()
    told_words = Sealed()


class Addendum(Base):
    """What is added or corrected after a talk is finished; the first account stays."""

    __tablename__ = "addendum"
    id: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[str] = mapped_column(ForeignKey("child.id"))
    interview_id: Mapped[str] = mapped_column(ForeignKey("interview.id"), index=True)
    question: Mapped[str | None]
    said_by: Mapped[str]
    for_social_worker: Mapped[bool]
    for_reviewing_officer: Mapped[bool]
    for_home: Mapped[bool]
    made_at: Mapped[datetime]
    author_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    words_sealed: Mapped[bytes | None] = sealed_column()
    why_sealed: Mapped[bytes | None] = sealed_column()
    words = Sealed()
    why = Sealed()


class Concern(Base):
    """A danger or an allegation: what was said, who has been told and when, and its own clocks.

    `dangers` holds each kind with the moment from which its clocks run; `recorded_at` is when a worker
    wrote it down at once, and `account` what they wrote. `from_home`: what is kept from the home because of
    it, and what somebody has let the home read all the same.
    """

    __tablename__ = "concern"
    __table_args__ = (
        sa.Index("ix_concern_council", "authority_id", "told_at", "due_at"),
        sa.Index("ix_concern_mine", "raised_by", "told_at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[str] = mapped_column(ForeignKey("child.id"), index=True)
    interview_id: Mapped[str | None] = mapped_column(ForeignKey("interview.id"), index=True)
    authority_id: Mapped[str] = mapped_column(ForeignKey("authority.id"))
    kind: Mapped[str]
    raised_at: Mapped[datetime]
    raised_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    due_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    dangers: Mapped[str] = mapped_column(default="")
    from_home: Mapped[str] = mapped_column(default="")
    not_safe: Mapped[str | None]
    recorded_at: Mapped[datetime | None]
    words_sealed: Mapped[bytes | None] = sealed_column()
    told_whom_sealed: Mapped[bytes | None] = sealed_column()
    account_sealed: Mapped[bytes | None] = sealed_column()
    words = Sealed()
    told_whom = Sealed()
    account = Sealed()


class Request(Base):
    """What the child asked for: of whom, by when, where it stands, and when the child was told.

    Its words and whom they are for are those of the answer in which it was said. `asked_home`: it has been
    asked of the home, which reads it then if the words are for the home. `answer` is the newest one's words.
    `op_id` is that answer, `addendum_id` what was added to the talk if it was asked for in that.
    """

    __tablename__ = "request"
    __table_args__ = (
        sa.Index("ix_request_home", "home_id", "asked_home", "waits", "due_on"),
        sa.Index("ix_request_asked", "home_id", "asked_home", "asked_at"),
        sa.Index("ix_request_council", "authority_id", "waits", "due_on"),
        sa.Index("ix_request_answered", "authority_id", "waits", "answered_at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[str] = mapped_column(ForeignKey("child.id"), index=True)
    interview_id: Mapped[str] = mapped_column(ForeignKey("interview.id"), index=True)
    home_id: Mapped[str] = mapped_column(ForeignKey("home.id"))
    authority_id: Mapped[str] = mapped_column(ForeignKey("authority.id"))
    op_id: Mapped[str | None] = mapped_column(ForeignKey("answer.op_id"))
    addendum_id: Mapped[str | None] = mapped_column(ForeignKey("addendum.id"))
    question: Mapped[str]
    reason: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="en")
    said_by: Mapped[str] = mapped_column(default="word-for-word")
    asked_of: Mapped[str]
    asked_home: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="open")
    # Whether somebody still has something to do: in the clear and by itself, so that lists find it in order.
    waits: Mapped[bool] = mapped_column(default=True)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    told_child_at: Mapped[datetime | None]
    for_social_worker: Mapped[bool]
    for_reviewing_officer: Mapped[bool]
    for_home: Mapped[bool]
    words_sealed: Mapped[bytes | None] = sealed_column()
    answer_sealed: Mapped[bytes | None] = sealed_column()
    words = Sealed()
    answer = Sealed()


class Letter(Base):
    """The letter to a child: what they asked for and what came of it, as it was given or told."""

    __tablename__ = "letter"
    id: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[str] = mapped_column(ForeignKey("child.id"), index=True)
    language: Mapped[str] = mapped_column(default="en")
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime | None]
    given_how: Mapped[str | None]
    noted_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    body_sealed: Mapped[bytes | None] = sealed_column()
    given_by_sealed: Mapped[bytes | None] = sealed_column()
    body = Sealed()
    given_by = Sealed()


class RequestStep(Base):
    """One step of a request, never changed: an answer to it, its way to somebody else, or the child's word.

    `number` counts the steps of one request: two that were taken at once cannot both be the next.
    """

    __tablename__ = "request_step"
    __table_args__ = (sa.UniqueConstraint("request_id", "number"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[str] = mapped_column(ForeignKey("child.id"), index=True)
    request_id: Mapped[str] = mapped_column(ForeignKey("request.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    asked_of: Mapped[str]
    on_day: Mapped[date | None]
    passed_to: Mapped[str | None]
    letter_id: Mapped[str | None] = mapped_column(ForeignKey("letter.id"))
    for_home: Mapped[bool] = mapped_column(default=False)
    for_whom_sealed: Mapped[bytes | None] = sealed_column()
    words_sealed: Mapped[bytes | None] = sealed_column()
    for_whom = Sealed()
    words = Sealed()


class Review(Base):
    """A review of a child's plan and placement: when, what was considered and decided.

    `considered` is the pack as it was seen then, and stays; `early_why` is why it was asked for early, by the
    reviewing officer `early_asked_by`: Heard only writes it down.
    """

    __tablename__ = "review"
    id: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[str] = mapped_column(ForeignKey("child.id"), index=True)
    due_on: Mapped[date]
    held_on: Mapped[date | None]
    considered_at: Mapped[datetime | None]
    considered_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    early_asked_at: Mapped[datetime | None]
    early_asked_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    considered_sealed: Mapped[bytes | None] = sealed_column()
    decided_sealed: Mapped[bytes | None] = sealed_column()
    notes_sealed: Mapped[bytes | None] = sealed_column()
    questions_sealed: Mapped[bytes | None] = sealed_column()
    early_why_sealed: Mapped[bytes | None] = sealed_column()
    child: Mapped[Child] = relationship(lazy="raise")
    considered = Sealed()
    decided = Sealed()
    notes = Sealed()
    questions = Sealed()
    early_why = Sealed()


class Disclosure(Base):
    """What was shared with whom, why and on what basis, and whether the child was told.

    `kind` says how: a telling, a finished talk, a file, a print, information for the police. `parts` are the
    parts of the record that went, `with_role` whose hands it is in; `not_told_why` where the child was not.
    """

    __tablename__ = "disclosure"
    id: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[str] = mapped_column(ForeignKey("child.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(default="telling")
    concern_id: Mapped[str | None] = mapped_column(ForeignKey("concern.id"), index=True)
    interview_id: Mapped[str | None] = mapped_column(ForeignKey("interview.id"), index=True)
    shared_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    basis: Mapped[str]
    with_role: Mapped[str] = mapped_column(default="")
    parts: Mapped[str] = mapped_column(default="")
    child_told: Mapped[bool]
    what_sealed: Mapped[bytes | None] = sealed_column()
    with_whom_sealed: Mapped[bytes | None] = sealed_column()
    why_sealed: Mapped[bytes | None] = sealed_column()
    not_told_why_sealed: Mapped[bytes | None] = sealed_column()
    what = Sealed()
    with_whom = Sealed()
    why = Sealed()
    not_told_why = Sealed()


class Paper(Base):
    """A file that took longer than anybody waits for: kept for minutes, and only for who asked for it.

    It is of one child or of one home, and `act` is what it takes to be given it; `page` is what it was made
    of. `body` is the file in base64, empty until it is made.
    """

    __tablename__ = "paper"
    id: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[str | None] = mapped_column(ForeignKey("child.id"))
    home_id: Mapped[str | None] = mapped_column(ForeignKey("home.id"))
    act: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    page: Mapped[str]
    asked_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(index=True)
    failed: Mapped[bool] = mapped_column(default=False)
    body_sealed: Mapped[bytes | None] = sealed_column()
    body = Sealed()


class LinkNote(Base):
    """Why a link between children was set aside, or brought back. `mark` is the fingerprint of the link."""

    __tablename__ = "link_note"
    id: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[str] = mapped_column(ForeignKey("child.id"), index=True)
    mark: Mapped[bytes] = mapped_column(index=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    aside: Mapped[bool]
    note_sealed: Mapped[bytes | None] = sealed_column()
    note = Sealed()


class LogEntry(Base):
    """Who looked at what and when: appended only, each entry sealed to the one before."""

    __tablename__ = "access_log"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    person_id: Mapped[str]
    act: Mapped[str]
    record: Mapped[str]
    record_id: Mapped[str]
    mac: Mapped[bytes]


class SignInSession(Base):
    """A session behind an opaque id, of which only the fingerprint is kept."""

    __tablename__ = "sign_in_session"
    fingerprint: Mapped[bytes] = mapped_column(primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    data: Mapped[str]
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    # What the tablet is handed over for (see views/with_the_child.py), and the wrong PINs since then.
    handed_over_to: Mapped[str | None]
    pin_tries: Mapped[int] = mapped_column(default=0)


class SignInAttempt(Base):
    """A failed sign-in, counted by name and by network for a few minutes."""

    __tablename__ = "sign_in_attempt"
    id: Mapped[str] = mapped_column(primary_key=True)
    counted: Mapped[bytes] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(index=True)


class TalkFound(Base):
    """How often children of a council found the talk so in a month: a count, and nobody's answer."""

    __tablename__ = "talk_found"
    authority_id: Mapped[str] = mapped_column(ForeignKey("authority.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]
