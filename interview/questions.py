"""What is asked: every question of the talk and of the worker's record, once, as data."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from interview.access import COUNCIL, Audience, Part
from interview.owners import Owner
from interview.reasons import GROUPS, REASONS, Reason
from interview.words import C_, N_


class Kind(StrEnum):
    """How a question can be answered."""

    WORDS = "words"
    LINE = "line"
    ONE = "one"
    MANY = "many"
    FACES = "faces"
    SCALE = "scale"
    REASONS = "reasons"
    MOMENT = "moment"
    NUMBER = "number"
    CARDS = "cards"
    DRAWING = "drawing"


class Who(StrEnum):
    """Whose answer it is: the child's page, or the worker's."""

    CHILD = "child"
    WORKER = "worker"
    CARER = "carer"


class Stays(StrEnum):
    """What stays true from one talk to the next: for the child, or for as long as the child lives there."""

    CHILD = "child"
    HOME = "home"


class Section(StrEnum):
    """The steps of the talk and of the record, in the order in which people meet them."""

    HELLO = "hello"
    NOW = "now"
    WHY = "why"
    CARDS = "cards"
    AWAY = "away"
    LIVING = "living"
    NEXT = "next"
    LAST_TIME = "last-time"
    CHECK = "check"
    SETTING = "setting"
    HARM = "harm"
    OPTIONS = "options"
    VIEW = "view"
    CARER = "carer"
    ACTIONS = "actions"


SECTIONS: dict[Section, str] = {
    Section.HELLO: C_("Before we start"),
    Section.NOW: C_("How I am now"),
    Section.WHY: C_("Why I left"),
    Section.CARDS: C_("Reasons"),
    Section.AWAY: C_("While I was away"),
    Section.LIVING: C_("Where I live"),
    Section.NEXT: C_("What would help"),
    Section.LAST_TIME: C_("Last time"),
    Section.CHECK: C_("Is it right?"),
    Section.SETTING: N_("How the talk was held"),
    Section.HARM: N_("Harm and worries"),
    Section.OPTIONS: N_("What the child was given"),
    Section.VIEW: N_("Your own view"),
    Section.CARER: N_("What carers and others say"),
    Section.ACTIONS: N_("What happens next"),
}

TALK = (
    Section.HELLO,
    Section.NOW,
    Section.WHY,
    Section.CARDS,
    Section.AWAY,
    Section.LIVING,
    Section.NEXT,
)
RECORD = (
    Section.SETTING,
    Section.HARM,
    Section.OPTIONS,
    Section.VIEW,
    Section.CARER,
    Section.ACTIONS,
)


@dataclass(frozen=True)
class Option:
    """One option of a choice: the key that is kept, the words for people, and the picture on a card.

    Under `group` stands what belongs together in a long list.
    """

    key: str
    words: str
    picture: str = ""
    group: str = ""


@dataclass(frozen=True)
class Question:
    """One question. `part` decides which roles read it; the child's choice of audience narrows that.

    `bank` names the canonical questions that it answers (question-bank.md; N1 to N9 are the nine that
    no form asks). `needed` marks what must not be blank when the talk is finished (guidance: harm,
    reasons, feels safe, options, helplines); a skip is an answer. `wish` and `asked` bring an answer to
    the top of the summary and among what the child asked for. `after_pull` marks what is asked only when a
    reason was chosen that drew the child to someone or somewhere outside (reasons.pulls). `when` names the
    options of the question it `follows` that call for it; none: any answer does. `or_else` names what may
    stand in its place: who drew why has said why.
    `stays`: known from an earlier talk, it is not asked again unless the child wants to. `repeat_only` and
    `several_only`: asked where there was an earlier talk, or where one talk is about several absences
    (interview.again).
    `beside` names what the child was asked of the same matter: the worker reads it beside the own question.
    `only_late` marks what is asked only of a talk that was held after its time.
    `asks`: who is asked where the answer makes a request, the first of them whom the child lets read it;
    with `by_reason` the reason that was told in it comes first (interview.asked_for). `asks_within`: in so
    many working days, if not in those of whoever is asked.
    """

    key: str
    words: str
    kind: Kind
    part: Part
    section: Section
    who: Who = Who.CHILD
    hint: str = ""
    options: tuple[Option, ...] = ()
    ends: tuple[str, str] = ("", "")
    bank: tuple[str, ...] = ()
    needed: bool = False
    or_else: tuple[str, ...] = ()
    follows: str = ""
    when: tuple[str, ...] = ()
    wish: bool = False
    asked: bool = False
    after_pull: bool = False
    stays: Stays | None = None
    repeat_only: bool = False
    several_only: bool = False
    beside: tuple[str, ...] = ()
    only_late: bool = False
    asks: tuple[Owner, ...] = ()
    by_reason: bool = False
    asks_within: int | None = None
    retired: bool = False
    readers: frozenset[Audience] = COUNCIL

    def audience(self) -> frozenset[Audience]:
        """Who hears the answer when the child has not chosen: never the home."""
        return self.readers


YES_NO_SOMETIMES = (
    Option("yes", C_("Yes")),
    Option("sometimes", C_("Sometimes")),
    Option("no", C_("No")),
)
YES_NO = (Option("yes", C_("Yes")), Option("no", C_("No")))
DID = (Option("yes", N_("Yes")), Option("no", N_("No")))
WORKER_YES_NO = (*DID, Option("not-known", N_("Not known")))


def _as_adults_see_it(wanted: Callable[[Reason], bool]) -> tuple[Option, ...]:
    """Reasons in professional terms: an adult's view, and never the child's own answer.

    What a child says of an adult who works here has a question of its own, which fewer people read.
    """
    headings = {group.letter: group.term for group in GROUPS}
    return tuple(
        Option(reason.code, reason.term, group=headings[reason.group])
        for reason in REASONS.values()
        if wanted(reason) and reason.part is not Part.ALLEGATION
    )


WORKERS_REASONS = _as_adults_see_it(lambda reason: reason.group != "K" or reason.by_worker)
CARERS_REASONS = _as_adults_see_it(lambda reason: reason.group != "K")

FACES: tuple[Option, ...] = (
    Option("1", C_("Very bad")),
    Option("2", C_("Bad")),
    Option("3", C_("In the middle")),
    Option("4", C_("Good")),
    Option("5", C_("Very good")),
)

MORE = C_("In your own words, if you like")

_TALK: tuple[Question, ...] = (
    Question(
        "ready",
        C_("Is it OK to talk now?"),
        Kind.ONE,
        Part.LOGISTICS,
        Section.HELLO,
        options=(
            Option("yes", C_("Yes, let's talk")),
            Option("not-now", C_("Not now, another time")),
            Option("no", C_("No, I don't want to")),
        ),
        bank=("QS2",),
    ),
    Question(
        "how_tell",
        C_("How do you like to tell things?"),
        Kind.MANY,
        Part.LOGISTICS,
        Section.HELLO,
        options=(
            Option("talk", C_("Talking")),
            Option("write", C_("Writing it myself")),
            Option("pictures", C_("Choosing pictures")),
            Option("draw", C_("Drawing")),
            Option("message", C_("Sending a message later")),
            Option("interpreter", C_("With someone who speaks my language")),
        ),
        bank=("N9", "QR5"),
        stays=Stays.CHILD,
    ),
    Question(
        "who_with",
        C_("Who do you want to be here with you?"),
        Kind.ONE,
        Part.LOGISTICS,
        Section.HELLO,
        options=(
            Option("alone", C_("Just me and you")),
            Option("someone", C_("Someone I pick")),
        ),
        bank=("QS9",),
    ),
    Question(
        "place_ok",
        C_("Is this a good place to talk?"),
        Kind.ONE,
        Part.LOGISTICS,
        Section.HELLO,
        options=(
            Option("yes", C_("Yes, here is fine")),
            Option("elsewhere", C_("Somewhere else")),
            Option("moving", C_("On a walk or in a car")),
        ),
        bank=("QS7",),
    ),
    Question(
        "being_back",
        C_("How is it being back?"),
        Kind.FACES,
        Part.WORDS,
        Section.NOW,
        options=FACES,
        bank=("QC3",),
    ),
    Question(
        "being_back_words",
        MORE,
        Kind.WORDS,
        Part.WORDS,
        Section.NOW,
        follows="being_back",
        bank=("QC3",),
    ),
    Question(
        "need_now",
        C_("Is there anything you need right now?"),
        Kind.WORDS,
        Part.WORDS,
        Section.NOW,
        hint=C_("Food, sleep, clothes, a doctor, your phone, a person."),
        bank=("QC4",),
        asked=True,
        asks=(Owner.HOME, Owner.SOCIAL_WORKER),
        asks_within=1,
    ),
    Question(
        "since_back",
        C_("What has happened since you came back?"),
        Kind.WORDS,
        Part.WORDS,
        Section.NOW,
        hint=C_("What did people say or do when you came in?"),
        bank=("QC5",),
    ),
    Question(
        "why",
        C_("What made you want to go?"),
        Kind.WORDS,
        Part.WORDS,
        Section.WHY,
        hint=C_("Say it how you like. There are no wrong words."),
        bank=("QB1",),
        needed=True,
        or_else=("why_drawing",),
    ),
    Question(
        "why_drawing",
        C_("Draw what made you want to go"),
        Kind.DRAWING,
        Part.WORDS,
        Section.WHY,
        bank=("QB1",),
    ),
    Question(
        "trigger",
        C_("Did something happen that day, or just before?"),
        Kind.WORDS,
        Part.WORDS,
        Section.WHY,
        bank=("QB2",),
    ),
    Question(
        "away_from",
        C_("Was there something you wanted to get away from?"),
        Kind.WORDS,
        Part.WORDS,
        Section.WHY,
        bank=("QB3",),
    ),
    Question(
        "going_to",
        C_("Was there somewhere or someone you wanted to get to?"),
        Kind.WORDS,
        Part.WORDS,
        Section.WHY,
        bank=("QB4",),
    ),
    Question(
        "which_time",
        C_("You were away more than once. Was one time different?"),
        Kind.WORDS,
        Part.WORDS,
        Section.WHY,
        bank=("QB1",),
        several_only=True,
    ),
    Question(
        "reasons",
        C_("Which of these were part of it?"),
        Kind.REASONS,
        Part.REASONS,
        Section.CARDS,
        hint=C_("Touch as many as you like. Then touch the star on the biggest one."),
        bank=("QB3", "QB4"),
        needed=True,
    ),
    Question(
        "missing_here",
        C_("If you went to someone or somewhere: what is missing here?"),
        Kind.WORDS,
        Part.WORDS,
        Section.CARDS,
        after_pull=True,
        bank=("QB4",),
    ),
    Question(
        "what_happened",
        C_("What happened while you were away?"),
        Kind.WORDS,
        Part.WHEREABOUTS,
        Section.AWAY,
        bank=("QW1",),
    ),
    Question(
        "where_went",
        C_("Where did you go?"),
        Kind.WORDS,
        Part.WHEREABOUTS,
        Section.AWAY,
        hint=C_("And where did you sleep?"),
        bank=("QW2",),
    ),
    Question(
        "place_cards",
        C_("Choose the places you went to"),
        Kind.CARDS,
        Part.WHEREABOUTS,
        Section.AWAY,
        options=(
            Option("friend", C_("A friend's place"), "place-friend.svg"),
            Option("family", C_("My family's place"), "place-family.svg"),
            Option("before", C_("Where I lived before"), "place-before.svg"),
            Option("partner", C_("My boyfriend's or girlfriend's place"), "place-partner.svg"),
            Option("flat", C_("Someone else's flat or house"), "place-flat.svg"),
            Option("outside", C_("Outside"), "place-outside.svg"),
            Option("town", C_("In town"), "place-town.svg"),
            Option("park", C_("A park"), "place-park.svg"),
            Option("station", C_("A station or a bus"), "place-station.svg"),
            Option("hotel", C_("A hotel"), "place-hotel.svg"),
            Option("car", C_("In a car"), "place-car.svg"),
            Option("party", C_("A party"), "place-party.svg"),
            Option("other", C_("Somewhere else"), "something-else.svg"),
        ),
        bank=("QW2",),
    ),
    Question(
        "with_whom",
        C_("Who were you with?"),
        Kind.CARDS,
        Part.WHEREABOUTS,
        Section.AWAY,
        options=(
            Option("alone", C_("I was on my own"), "who-alone.svg"),
            Option("friend", C_("A friend"), "who-friend.svg"),
            Option("young", C_("Other kids"), "who-young.svg"),
            Option("partner", C_("My boyfriend or girlfriend"), "who-partner.svg"),
            Option("mum", C_("My mum"), "who-mum.svg"),
            Option("dad", C_("My dad"), "who-dad.svg"),
            Option("sibling", C_("My brother or sister"), "who-sibling.svg"),
            Option("grandparent", C_("My gran or grandad"), "who-grandparent.svg"),
            Option("family", C_("Other family"), "who-family.svg"),
            Option("carer", C_("Someone who looked after me before"), "who-carer.svg"),
            Option("older", C_("Someone older"), "who-older.svg"),
            Option("online", C_("Someone I met online"), "who-online.svg"),
            Option("stranger", C_("Someone I did not know"), "who-stranger.svg"),
            Option("other", C_("Someone else"), "something-else.svg"),
        ),
        bank=("QW3",),
    ),
    Question(
        "who_saw",
        C_("Who did you see?"),
        Kind.WORDS,
        Part.WHEREABOUTS,
        Section.AWAY,
        follows="with_whom",
        bank=("QW3",),
    ),
    Question(
        "how_travelled",
        C_("How did you get around?"),
        Kind.MANY,
        Part.WHEREABOUTS,
        Section.AWAY,
        options=(
            Option("walked", C_("Walked")),
            Option("bus", C_("Bus")),
            Option("train", C_("Train")),
            Option("car", C_("In someone's car")),
            Option("taxi", C_("Taxi")),
            Option("other", C_("Another way")),
        ),
        bank=("QW4",),
    ),
    Question(
        "hurt_away",
        C_("Did anyone hurt you or scare you?"),
        Kind.ONE,
        Part.WHEREABOUTS,
        Section.AWAY,
        options=YES_NO,
        bank=("QW5",),
    ),
    Question(
        "hurt_away_words",
        MORE,
        Kind.WORDS,
        Part.WHEREABOUTS,
        Section.AWAY,
        follows="hurt_away",
        when=("yes",),
        bank=("QW5",),
    ),
    Question(
        "afraid",
        C_("Are you scared of anyone now?"),
        Kind.ONE,
        Part.WORDS,
        Section.AWAY,
        options=YES_NO,
        bank=("QB5",),
    ),
    Question(
        "afraid_words",
        C_("Who is it? Say only what you want to."),
        Kind.WORDS,
        Part.WHEREABOUTS,
        Section.AWAY,
        follows="afraid",
        when=("yes",),
        bank=("QB5",),
    ),
    Question(
        "felt_safe_away",
        C_("How safe did it feel?"),
        Kind.SCALE,
        Part.WORDS,
        Section.AWAY,
        ends=(C_("Not safe at all"), C_("Completely safe")),
        bank=("QW10",),
    ),
    Question(
        "how_back",
        C_("How did you get back?"),
        Kind.ONE,
        Part.WHEREABOUTS,
        Section.AWAY,
        options=(
            Option("self", C_("I came by myself")),
            Option("staff", C_("Someone from here got me")),
            Option("police", C_("The police took me back")),
            Option("family", C_("Family or friends took me back")),
            Option("other", C_("Another way")),
        ),
        bank=("QC1",),
    ),
    Question(
        "safe_here",
        C_("Do you feel safe where you live?"),
        Kind.ONE,
        Part.WORDS,
        Section.LIVING,
        options=YES_NO_SOMETIMES,
        bank=("QB5",),
        needed=True,
    ),
    Question(
        "safe_here_words",
        MORE,
        Kind.WORDS,
        Part.WORDS,
        Section.LIVING,
        follows="safe_here",
        bank=("QB5",),
    ),
    Question(
        "bullied_here",
        C_("Is anyone here picking on you?"),
        Kind.ONE,
        Part.WORDS,
        Section.LIVING,
        options=YES_NO_SOMETIMES,
        bank=("N1",),
    ),
    Question(
        "adults_know",
        C_("Do the adults know? What did they do?"),
        Kind.WORDS,
        Part.WORDS,
        Section.LIVING,
        follows="bullied_here",
        when=("yes", "sometimes"),
        bank=("N1",),
    ),
    Question(
        "adult_hurt",
        C_("Has an adult who looks after you hurt you or treated you badly?"),
        Kind.ONE,
        Part.ALLEGATION,
        Section.LIVING,
        options=YES_NO,
        bank=("QB5",),
    ),
    Question(
        "adult_hurt_words",
        MORE,
        Kind.WORDS,
        Part.ALLEGATION,
        Section.LIVING,
        follows="adult_hurt",
        when=("yes",),
        bank=("QB5",),
    ),
    Question(
        "too_far",
        C_("Is this place too far from people you care about?"),
        Kind.ONE,
        Part.WORDS,
        Section.LIVING,
        options=YES_NO_SOMETIMES,
        bank=("N2",),
    ),
    Question(
        "want_to_see",
        C_("Who do you want to see, and what stops it?"),
        Kind.WORDS,
        Part.WORDS,
        Section.LIVING,
        follows="too_far",
        when=("yes", "sometimes"),
        bank=("N2",),
        asked=True,
        asks=(Owner.SOCIAL_WORKER, Owner.REVIEWING_OFFICER),
    ),
    Question(
        "adult_to_talk",
        C_("Is there an adult here you can talk to?"),
        Kind.ONE,
        Part.WORDS,
        Section.LIVING,
        options=YES_NO_SOMETIMES,
        bank=("N3",),
    ),
    Question(
        "told_anyone",
        C_("Did you tell anyone before you left? What did they do?"),
        Kind.WORDS,
        Part.WORDS,
        Section.LIVING,
        follows="adult_to_talk",
        bank=("N3",),
    ),
    Question(
        "asked_about_place",
        C_("Did anyone ask you about this place before you moved in?"),
        Kind.ONE,
        Part.WORDS,
        Section.LIVING,
        options=YES_NO,
        bank=("N4",),
        stays=Stays.HOME,
    ),
    Question(
        "moves",
        C_("How many times have you moved?"),
        Kind.NUMBER,
        Part.WORDS,
        Section.LIVING,
        follows="asked_about_place",
        bank=("N4",),
        stays=Stays.HOME,
    ),
    Question(
        "rules_tried",
        C_("Are there rules you tried to change?"),
        Kind.WORDS,
        Part.WORDS,
        Section.LIVING,
        hint=C_("Staying over with friends, your phone, when to be in."),
        bank=("N5",),
        asked=True,
        asks=(Owner.HOME, Owner.SOCIAL_WORKER),
    ),
    Question(
        "would_help",
        C_("What would need to be different so you would not need to go?"),
        Kind.WORDS,
        Part.WORDS,
        Section.NEXT,
        hint=C_("One small thing is enough."),
        bank=("QH1",),
        wish=True,
        asked=True,
        asks=(Owner.HOME, Owner.SOCIAL_WORKER),
        by_reason=True,
    ),
    Question(
        "help_drawing",
        C_("Draw what would help"),
        Kind.DRAWING,
        Part.WORDS,
        Section.NEXT,
        bank=("QH1",),
        wish=True,
        asked=True,
        asks=(Owner.HOME, Owner.SOCIAL_WORKER),
        by_reason=True,
    ),
    Question(
        "support_wanted",
        C_("Is there someone or something you would like help from?"),
        Kind.WORDS,
        Part.WORDS,
        Section.NEXT,
        bank=("QH2",),
        asked=True,
        asks=(Owner.SOCIAL_WORKER, Owner.REVIEWING_OFFICER),
        by_reason=True,
    ),
    Question(
        "stay_or_move",
        C_("Do you want to stay here, move, or something else?"),
        Kind.ONE,
        Part.WORDS,
        Section.NEXT,
        options=(
            Option("stay", C_("Stay here")),
            Option("move", C_("Move")),
            Option("other", C_("Something else")),
        ),
        bank=("N7",),
        wish=True,
    ),
    Question(
        "who_should_hear",
        C_("Tell me more. Who should hear that?"),
        Kind.WORDS,
        Part.WORDS,
        Section.NEXT,
        follows="stay_or_move",
        bank=("N7",),
        wish=True,
    ),
    Question(
        "talk_again",
        C_("Do you want to talk again?"),
        Kind.ONE,
        Part.WORDS,
        Section.NEXT,
        options=(
            Option("yes", C_("Yes, with you")),
            Option("someone-else", C_("Yes, with someone else")),
            Option("message", C_("Just send me a message")),
            Option("no", C_("No")),
        ),
        bank=("QH2",),
    ),
    Question(
        "keep_back",
        C_("Is there anything you do not want written down or shared?"),
        Kind.WORDS,
        Part.FULL_RECORD,
        Section.NEXT,
        hint=C_("If someone may get hurt I have to tell. I will say so to you first, if I can."),
        readers=frozenset(),
        bank=("N8",),
    ),
    Question(
        "last_time",
        C_("Did anything happen about what you told us last time?"),
        Kind.WORDS,
        Part.WORDS,
        Section.LAST_TIME,
        bank=("N6",),
        repeat_only=True,
    ),
    Question(
        "read_right",
        C_("All of this is right"),
        Kind.MANY,
        Part.LOGISTICS,
        Section.CHECK,
        options=tuple(Option(section, SECTIONS[section]) for section in (*TALK, Section.LAST_TIME)),
        bank=("QS12",),
    ),
    Question(
        "agrees",
        C_("Did I write it down right?"),
        Kind.ONE,
        Part.WORDS,
        Section.CHECK,
        options=(
            Option("yes", C_("Yes, that's right")),
            Option("partly", C_("Some of it")),
            Option("no", C_("No, I don't agree")),
            Option("not-checked", C_("I don't want to check it")),
        ),
        bank=("QS12",),
    ),
    Question(
        "agrees_why",
        C_("What is not right?"),
        Kind.WORDS,
        Part.WORDS,
        Section.CHECK,
        follows="agrees",
        when=("partly", "no"),
        bank=("QS12",),
    ),
)


_RECORD: tuple[Question, ...] = (
    Question(
        "held_at",
        N_("When was the talk held?"),
        Kind.MOMENT,
        Part.LOGISTICS,
        Section.SETTING,
        Who.WORKER,
        bank=("QS4",),
    ),
    Question(
        "place",
        N_("Where was it held?"),
        Kind.LINE,
        Part.LOGISTICS,
        Section.SETTING,
        Who.WORKER,
        bank=("QS7",),
    ),
    Question(
        "place_chosen",
        N_("Did the child choose the place, or agree to it?"),
        Kind.ONE,
        Part.LOGISTICS,
        Section.SETTING,
        Who.WORKER,
        options=DID,
        bank=("QS7",),
    ),
    Question(
        "place_note",
        N_("If it was in the placement: why there?"),
        Kind.LINE,
        Part.FULL_RECORD,
        Section.SETTING,
        Who.WORKER,
        follows="place_chosen",
        bank=("QS7",),
    ),
    Question(
        "present",
        N_("Who else was there, and did the child pick them?"),
        Kind.LINE,
        Part.FULL_RECORD,
        Section.SETTING,
        Who.WORKER,
        bank=("QS9",),
        beside=("who_with",),
    ),
    Question(
        "interpreter",
        N_("Interpreter: name, agency and language"),
        Kind.LINE,
        Part.FULL_RECORD,
        Section.SETTING,
        Who.WORKER,
        hint=N_("Never a relative, another child or someone involved. Leave empty if there was none."),
        bank=("QS9",),
    ),
    Question(
        "how_long",
        N_("How many minutes did it take?"),
        Kind.NUMBER,
        Part.LOGISTICS,
        Section.SETTING,
        Who.WORKER,
        bank=("QS8",),
    ),
    Question(
        "told_beforehand",
        N_("Was the child told beforehand who would come, and why?"),
        Kind.ONE,
        Part.FULL_RECORD,
        Section.SETTING,
        Who.WORKER,
        options=DID,
        bank=("QS10",),
    ),
    Question(
        "told_sharing",
        N_("Was the child told what is shared, with whom and why?"),
        Kind.ONE,
        Part.FULL_RECORD,
        Section.SETTING,
        Who.WORKER,
        options=DID,
        bank=("QS11",),
    ),
    Question(
        "not_read_back",
        N_("If it could not be read back to the child: why?"),
        Kind.ONE,
        Part.LOGISTICS,
        Section.SETTING,
        Who.WORKER,
        options=(
            Option("left", N_("The child left")),
            Option("too-tired", N_("The child was too tired or upset")),
            Option("not-followed", N_("The child could not follow it")),
            Option("no-place", N_("There was no time, or no safe place")),
            Option("other", N_("Another reason")),
        ),
        bank=("QS12",),
    ),
    Question(
        "not_read_back_words",
        N_("What happened, and when you will try again"),
        Kind.LINE,
        Part.LOGISTICS,
        Section.SETTING,
        Who.WORKER,
        follows="not_read_back",
        bank=("QS12",),
    ),
    Question(
        "harm",
        N_("Was the child harmed, before they left or while away?"),
        Kind.ONE,
        Part.FULL_RECORD,
        Section.HARM,
        Who.WORKER,
        options=WORKER_YES_NO,
        bank=("QW5",),
        needed=True,
        beside=("hurt_away", "hurt_away_words", "afraid", "afraid_words", "safe_here", "safe_here_words"),
    ),
    Question(
        "harm_words",
        N_("What you know of it, and how you know"),
        Kind.WORDS,
        Part.FULL_RECORD,
        Section.HARM,
        Who.WORKER,
        follows="harm",
        bank=("QW5",),
    ),
    Question(
        "risks_met",
        N_("What risks did the child meet while away?"),
        Kind.MANY,
        Part.FULL_RECORD,
        Section.HARM,
        Who.WORKER,
        options=(
            Option("slept-rough", N_("Nowhere safe to sleep")),
            Option("unknown-adults", N_("Adults who were strangers")),
            Option("cars", N_("Lifts in strangers' cars")),
            Option("water-rail-road", N_("Water, railway or road")),
            Option("weather", N_("Cold, heat or hunger")),
            Option("violence", N_("Violence or weapons")),
            Option("online", N_("Met someone from online")),
            Option("medicine", N_("Without their medicine")),
            Option("distress", N_("Low or distressed while alone")),
            Option("none", N_("None that is known")),
        ),
        bank=("QW9",),
        beside=("what_happened", "where_went", "felt_safe_away"),
    ),
    Question(
        "risks_met_words",
        N_("What you know of it"),
        Kind.WORDS,
        Part.FULL_RECORD,
        Section.HARM,
        Who.WORKER,
        follows="risks_met",
        bank=("QW9",),
    ),
    Question(
        "company",
        N_("How did the child go?"),
        Kind.ONE,
        Part.WHEREABOUTS,
        Section.HARM,
        Who.WORKER,
        options=(
            Option("alone", N_("Alone")),
            Option("together", N_("Together with others")),
            Option("followed", N_("After others had gone or asked")),
            Option("others-followed", N_("Others came along")),
            Option("not-known", N_("Not known")),
        ),
        bank=("QW3",),
        beside=("with_whom", "who_saw"),
    ),
    Question(
        "exploitation",
        N_("Signs of exploitation"),
        Kind.MANY,
        Part.WHEREABOUTS,
        Section.HARM,
        Who.WORKER,
        hint=N_("If the child begins to tell you, listen. Ask nothing that leads."),
        options=(
            Option("grooming", N_("Grooming")),
            Option("sexual", N_("Sexual exploitation")),
            Option("criminal", N_("Criminal exploitation")),
            Option("trafficking", N_("Trafficking")),
            Option("violence", N_("Violence")),
            Option("forced-marriage", N_("Forced marriage")),
            Option("fgm", N_("Female genital mutilation")),
            Option("no-sign", N_("No sign of any")),
        ),
        bank=("QW6", "QW9"),
    ),
    Question(
        "exploitation_words",
        N_("What you know of it, and how you know"),
        Kind.WORDS,
        Part.WHEREABOUTS,
        Section.HARM,
        Who.WORKER,
        follows="exploitation",
        bank=("QW6",),
    ),
    Question(
        "crime",
        N_("Was there a crime?"),
        Kind.ONE,
        Part.FULL_RECORD,
        Section.HARM,
        Who.WORKER,
        options=(
            Option("to-child", N_("Yes, done to the child")),
            Option("by-child", N_("Yes, by the child")),
            Option("both", N_("Yes, both")),
            Option("no", N_("No")),
            Option("not-known", N_("Not known")),
        ),
        bank=("QW7",),
    ),
    Question(
        "crime_words",
        N_("What you know of it"),
        Kind.WORDS,
        Part.FULL_RECORD,
        Section.HARM,
        Who.WORKER,
        follows="crime",
        bank=("QW7",),
    ),
    Question(
        "substances",
        N_("Drugs or alcohol"),
        Kind.ONE,
        Part.FULL_RECORD,
        Section.HARM,
        Who.WORKER,
        options=WORKER_YES_NO,
        bank=("QW8",),
    ),
    Question(
        "substances_words",
        N_("What, and who gave it"),
        Kind.LINE,
        Part.FULL_RECORD,
        Section.HARM,
        Who.WORKER,
        follows="substances",
        bank=("QW8",),
    ),
    Question(
        "medical",
        N_("Did the child need medical care?"),
        Kind.ONE,
        Part.FULL_RECORD,
        Section.HARM,
        Who.WORKER,
        options=(
            Option("no", N_("No")),
            Option("seen", N_("Yes, and they were seen")),
            Option("to-be-seen", N_("Yes, and they are still to be seen")),
            Option("not-known", N_("Not known")),
        ),
        bank=("QC4",),
        beside=("need_now", "being_back_words"),
    ),
    Question(
        "health",
        N_("What is to be seen to today"),
        Kind.WORDS,
        Part.FULL_RECORD,
        Section.HARM,
        Who.WORKER,
        follows="medical",
        bank=("QC4",),
    ),
    Question(
        "staff_concern",
        N_("Does what the child said raise a concern about an adult who works with children?"),
        Kind.ONE,
        Part.ALLEGATION,
        Section.HARM,
        Who.WORKER,
        hint=N_("This goes to the designated officer within one working day, never to the home."),
        options=DID,
        beside=("adult_hurt", "adult_hurt_words"),
        bank=("QH6",),
    ),
    Question(
        "staff_concern_words",
        N_("What the child said, word for word"),
        Kind.WORDS,
        Part.ALLEGATION,
        Section.HARM,
        Who.WORKER,
        follows="staff_concern",
        bank=("QH6",),
    ),
    Question(
        "disruption",
        N_("Is a child abduction warning notice or another step against someone needed?"),
        Kind.ONE,
        Part.WHEREABOUTS,
        Section.HARM,
        Who.WORKER,
        options=WORKER_YES_NO,
        bank=("QH4", "QW6"),
    ),
    Question(
        "options_talked",
        N_("Did you talk about what the child can do other than go?"),
        Kind.ONE,
        Part.FULL_RECORD,
        Section.OPTIONS,
        Who.WORKER,
        options=DID,
        beside=("would_help", "talk_again"),
        bank=("QH3",),
        needed=True,
    ),
    Question(
        "helplines_given",
        N_("What was the child given?"),
        Kind.MANY,
        Part.FULL_RECORD,
        Section.OPTIONS,
        Who.WORKER,
        options=(
            Option("runaway-helpline", N_("Runaway Helpline, 116 000")),
            Option("childline", N_("Childline, 0800 1111")),
            Option("meic", N_("Meic, 080880 23456, in Wales")),
            Option("help-at-hand", N_("Help at Hand, 0800 528 0731, in England")),
            Option("advocate", N_("How to reach an advocate")),
            Option("interviewer", N_("How to reach you")),
            Option("did-not-want", N_("The child did not want any")),
        ),
        bank=("QH3",),
        needed=True,
    ),
    Question(
        "worker_reasons",
        N_("The reasons, as you see them"),
        Kind.MANY,
        Part.VIEWS,
        Section.VIEW,
        Who.WORKER,
        hint=N_(
            "Kept apart from the child's own, and never counted as theirs. "
            "A concern about an adult who works with children goes under “Harm and worries”."
        ),
        options=WORKERS_REASONS,
        bank=("QB3", "QB4"),
        beside=("reasons",),
    ),
    Question(
        "worker_biggest",
        N_("Which of them weighs most?"),
        Kind.ONE,
        Part.VIEWS,
        Section.VIEW,
        Who.WORKER,
        options=WORKERS_REASONS,
        follows="worker_reasons",
        bank=("QB3", "QB4"),
    ),
    Question(
        "worker_view",
        N_("Your own view of what lies behind it"),
        Kind.WORDS,
        Part.VIEWS,
        Section.VIEW,
        Who.WORKER,
        hint=N_("This is kept apart from the child's words."),
        bank=("QH11", "QB3"),
        beside=("why", "trigger", "away_from", "going_to"),
    ),
    Question(
        "placement_change",
        N_("What should change in this placement, or the next"),
        Kind.WORDS,
        Part.VIEWS,
        Section.VIEW,
        Who.WORKER,
        beside=("missing_here", "rules_tried", "would_help", "stay_or_move", "who_should_hear"),
        bank=("QH5",),
    ),
    Question(
        "help_to_find",
        N_("What would help to find the child another time"),
        Kind.WORDS,
        Part.WHEREABOUTS,
        Section.VIEW,
        Who.WORKER,
        beside=("where_went", "how_travelled"),
        bank=("QH8",),
    ),
    Question(
        "carer_says",
        N_("What the carer or parent says"),
        Kind.WORDS,
        Part.VIEWS,
        Section.CARER,
        Who.CARER,
        bank=("QA1",),
    ),
    Question(
        "carer_reasons",
        N_("The reasons, as the carer sees them"),
        Kind.MANY,
        Part.VIEWS,
        Section.CARER,
        Who.CARER,
        hint=N_("Kept apart from the child's own, and never counted as theirs."),
        options=CARERS_REASONS,
        bank=("QA1", "QB6"),
    ),
    Question(
        "adult_guess",
        N_("The reason that adults gave, before the child was asked"),
        Kind.WORDS,
        Part.VIEWS,
        Section.CARER,
        Who.CARER,
        bank=("QB6",),
    ),
    Question(
        "likely_places",
        N_("People the child goes to and places, as far as the carer knows"),
        Kind.WORDS,
        Part.WHEREABOUTS,
        Section.CARER,
        Who.CARER,
        bank=("QR13",),
    ),
    Question(
        "told_missing",
        N_("Who was told that the child was away?"),
        Kind.MANY,
        Part.FULL_RECORD,
        Section.CARER,
        Who.CARER,
        options=(
            Option("police", N_("Police")),
            Option("social-worker", N_("The child's social worker")),
            Option("placing-council", N_("The council that placed the child")),
            Option("duty-team", N_("The duty team out of hours")),
            Option("family", N_("Family")),
            Option("not-known", N_("Not known")),
        ),
        bank=("QR12",),
    ),
    Question(
        "told_missing_words",
        N_("When, and with what reference"),
        Kind.LINE,
        Part.FULL_RECORD,
        Section.CARER,
        Who.CARER,
        follows="told_missing",
        bank=("QR12",),
    ),
    Question(
        "open_to",
        N_("Who works with the child already?"),
        Kind.MANY,
        Part.FULL_RECORD,
        Section.ACTIONS,
        Who.WORKER,
        options=(
            Option("social-worker", N_("Social worker")),
            Option("youth-justice", N_("Youth justice")),
            Option("mental-health", N_("Mental health service")),
            Option("advocate", N_("Advocate or independent visitor")),
            Option("school", N_("School or virtual school")),
            Option("health", N_("Nurse or doctor")),
            Option("personal-adviser", N_("Personal adviser")),
            Option("nobody", N_("Nobody")),
        ),
        bank=("QR6",),
    ),
    Question(
        "referrals",
        N_("What support or referral is needed?"),
        Kind.MANY,
        Part.FULL_RECORD,
        Section.ACTIONS,
        Who.WORKER,
        options=(
            Option("advocacy", N_("Advocacy")),
            Option("mental-health", N_("Mental health")),
            Option("bereavement", N_("Bereavement")),
            Option("substances", N_("Drugs or alcohol")),
            Option("health", N_("Health")),
            Option("education", N_("Education")),
            Option("family-time", N_("Family time")),
            Option("exploitation", N_("Exploitation screening or team")),
            Option("nrm", N_("National Referral Mechanism")),
            Option("early-help", N_("Early help assessment for the family")),
            Option("youth-work", N_("Youth work or leisure")),
            Option("none", N_("None")),
        ),
        bank=("QH2",),
        beside=("support_wanted", "want_to_see", "need_now"),
    ),
    Question(
        "actions",
        N_("What will be done, by whom and by when"),
        Kind.WORDS,
        Part.FULL_RECORD,
        Section.ACTIONS,
        Who.WORKER,
        hint=N_("One line for each."),
        bank=("QH4",),
        beside=("would_help", "support_wanted"),
    ),
    Question(
        "strategy_meeting",
        N_("Has a strategy meeting been asked for?"),
        Kind.ONE,
        Part.FULL_RECORD,
        Section.ACTIONS,
        Who.WORKER,
        options=(
            Option("yes", N_("Yes")),
            Option("no", N_("No")),
            Option("not-needed", N_("Not needed")),
        ),
        bank=("QH7", "QH6"),
    ),
    Question(
        "shared_with",
        N_("Who has been told, and when"),
        Kind.WORDS,
        Part.FULL_RECORD,
        Section.ACTIONS,
        Who.WORKER,
        bank=("QH9",),
    ),
    Question(
        "late_because",
        N_("The talk was held after its time. Why?"),
        Kind.LINE,
        Part.LOGISTICS,
        Section.ACTIONS,
        Who.WORKER,
        only_late=True,
        bank=("QS4",),
    ),
)

QUESTIONS: dict[str, Question] = {question.key: question for question in (*_TALK, *_RECORD)}

# A talk is finished on the set with which it began; a changed meaning gets a new key and a new set.
NEWEST_SET = "2026-11"
SETS: dict[str, tuple[str, ...]] = {NEWEST_SET: tuple(QUESTIONS)}


def questions_of(question_set: str, sections: tuple[Section, ...]) -> tuple[Question, ...]:
    """The questions of these sections in one set, in the order in which they are asked.

    Raises KeyError for a set that never existed.
    """
    return tuple(
        question
        for question in (QUESTIONS[key] for key in SETS[question_set])
        if question.section in sections
    )
