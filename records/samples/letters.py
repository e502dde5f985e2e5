"""Letters in the samples: what was answered, how a child was told, and what they said to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from interview.ages import age_on
from interview.helplines import helplines_in
from interview.letter_words import How, Said, Where, wording_for
from interview.letters import Body, Item, Matter, came_of, first_name, told_in
from interview.london import to_london
from interview.requests import Owner, State, Step, Stepped
from records.database import db
from records.letters import Given, Heard, add_letter, give, keep_said, matters_of
from records.people import Reader, holds_on, reader_of
from records.requests import take_step
from records.samples.scene import Scene, TellingError
from records.tables import Authority, Child, Post, Request


@dataclass(frozen=True)
class Came:
    """What came of one request, found by how the child's words begin; then how a letter says it.

    `days` ago it was answered; `in_days` from now is the day of the answer. Without `told` the letter has the
    answer's own words. Where it is `only_told`, it does not stand on paper.
    """

    begins: str
    kind: Step | None
    answer: str = ""
    days: int = 0
    in_days: int | None = None
    told: str = ""
    only_told: bool = False
    said: Said = Said.NOTHING
    heard: str = ""


@dataclass(frozen=True)
class SampleLetter:
    """One letter: written so many days ago, in a language, and given in a way; None while it is not given."""

    child: str
    writer: str
    came: tuple[Came, ...]
    days: int
    how: How | None = How.TOLD
    language: str = "en"
    translator: str = ""
    named: bool = False
    rest: bool = False


LETTERS: tuple[SampleLetter, ...] = (
    SampleLetter(
        "Tia",
        "ines",
        (
            Came(
                "Ring me first",
                Step.DONE,
                "We ring you first now, and only then anybody else.",
                days=40,
                in_days=-41,
                said=Said.HELPED,
                heard="They rang. I was at the chip shop. I said ten minutes and it was ten minutes.",
            ),
            Came(
                "The skate park",
                Step.NOT_POSSIBLE,
                "The park has no lights, so you can stay until half past seven in winter. "
                "We talk about it again in April.",
                days=40,
            ),
        ),
        days=36,
        how=How.PAPER,
        named=True,
    ),
    SampleLetter(
        "Reece",
        "ines",
        (
            Came(
                "Staying over",
                Step.DONE,
                "You can stay over one night at the weekend.",
                days=50,
                in_days=-51,
                said=Said.NOT_TRUE,
                heard="It was yes till Friday. Then it was no again.",
            ),
            Came(
                "One person who",
                Step.DONE,
                "Jo can say yes to you. You do not have to ask twice.",
                days=50,
                in_days=-52,
                told="One adult can say yes to you now. You know who. You do not have to ask twice.",
            ),
        ),
        days=45,
        how=How.TOLD,
    ),
    SampleLetter(
        "Tyler",
        "ines",
        (
            Came(
                "My nan on Sundays",
                Step.WILL_DO,
                "Someone drives you to your nan every second Sunday.",
                days=20,
                in_days=12,
                only_told=True,
            ),
        ),
        days=15,
        how=How.PHONE,
    ),
    SampleLetter(
        "Cadi",
        "bethan",
        (
            Came(
                "Os dych chi'n addo",
                Step.DONE,
                "We write down what we promise on the board in the kitchen, with a day.",
                days=30,
                in_days=-32,
                told="Rydyn ni'n ysgrifennu ein haddewidion ar y bwrdd yn y gegin, gyda diwrnod.",
                said=Said.HELPED,
                heard="Mae'r bwrdd yno. Dw i'n darllen e bob dydd.",
            ),
        ),
        days=25,
        how=How.SHOWN,
        language="cy",
        translator="Bethan Ellis-Rowe",
    ),
    SampleLetter(
        "Yusuf",
        "nadia",
        (
            Came(
                "أريد أن أزور قبرها",
                Step.DONE,
                "You went there with an adult you chose. You can go again when you ask.",
                days=60,
                in_days=-66,
                told="زرت المكان مع شخص كبير اخترته. يمكنك أن تذهب مرة أخرى عندما تطلب.",
            ),
            Came(
                "مدرسة",
                Step.WILL_DO,
                "You have a place at the college. You start after the holidays.",
                days=30,
                in_days=45,
                told="لك مكان في الكلية. تبدأ بعد العطلة.",
            ),
        ),
        days=22,
        how=How.PAPER,
        language="ar",
        translator="Hana Idris",
    ),
    # Answered, and nobody has told her: it stands among what children are to be told.
    SampleLetter(
        "Amber",
        "omar",
        (Came("let me pick", Step.DONE, "Sundays are yours now.", days=9, in_days=-10),),
        3,
        None,
    ),
)


def write_letters(scene: Scene) -> None:
    """All letters of the samples, answers first."""
    known = {first_name(child.name): child for child in db.session.scalars(sa.select(Child))}
    for sample in LETTERS:
        _write(sample, known[sample.child], scene)


def _write(sample: SampleLetter, child: Child, scene: Scene) -> None:
    reader = _reader(sample.writer, scene)
    for came in sample.came:
        _answer(came, child, scene)
    at = _ago(sample.days, scene)
    by_words = {one.words: one for one in matters_of(reader, child.id).all}
    pairs = [(came, _matter(came, by_words)) for came in sample.came]
    letter = add_letter(child.id, sample.language, _body(sample, pairs, child, scene), reader.person, at)
    if sample.how is None:
        return
    given = Given(at, sample.how, scene.workers[sample.writer].name)
    give(letter, told_in(_items(pairs, at), sample.how, sample.rest), given, reader, at)
    heard = [Heard(matter.key, came.said, came.heard) for came, matter in pairs]
    keep_said(letter, heard, reader, at + timedelta(days=2))


def _reader(name: str, scene: Scene) -> Reader:
    person = scene.workers[name].id
    posts = db.session.scalars(sa.select(Post).where(Post.person_id == person, *holds_on(scene.now.date())))
    found = reader_of(person, posts)
    if found is None:
        raise TellingError(f"{name} holds no post.")
    return found


def _ago(days: int, scene: Scene) -> datetime:
    return scene.now - timedelta(days=days)


def _answer(came: Came, child: Child, scene: Scene) -> None:
    asked = db.session.scalars(sa.select(Request).where(Request.child_id == child.id))
    found = next((one for one in asked if one.words.startswith(came.begins)), None)
    if found is None:
        raise TellingError(f"Nobody asked for: {came.begins}")
    if came.kind is None or found.state != State.OPEN:
        return
    at = _ago(came.days, scene)
    on_day = None if came.in_days is None else (scene.now + timedelta(days=came.in_days)).date()
    step = Stepped(came.kind, at, "", Owner(found.asked_of), on_day=on_day, words=came.answer)
    take_step(found, step, scene.cora, at)


def _matter(came: Came, by_words: dict[str, Matter]) -> Matter:
    return next(one for words, one in by_words.items() if words.startswith(came.begins))


def _body(sample: SampleLetter, pairs: list[tuple[Came, Matter]], child: Child, scene: Scene) -> Body:
    at = _ago(sample.days, scene)
    nation = db.session.get_one(Authority, child.authority_id).nation
    age = age_on(child.born, to_london(at).date()) if child.born else None
    return Body(
        version=wording_for(age).version,
        items=_items(pairs, at),
        name=first_name(child.name) if sample.named else "",
        translator=sample.translator,
        numbers=tuple((line.key, line.number) for line in helplines_in(nation)),
    )


def _items(pairs: list[tuple[Came, Matter]], at: datetime) -> tuple[Item, ...]:
    return tuple(_item(came, matter, at) for came, matter in pairs)


def _item(came: Came, matter: Matter, at: datetime) -> Item:
    return Item(
        request=matter.key,
        asked=matter.words,
        came=came_of(matter, to_london(at).date()),
        words=came.told or matter.answer,
        on_day=matter.on_day,
        where=Where.TOLD if came.only_told else Where.PAPER,
        whom=matter.whom,
        original_answer=matter.answer if came.told else "",
        answered_at=matter.answered_at,
    )
