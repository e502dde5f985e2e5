"""Letters in the samples: what was answered, how a child was told, and what they said to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from interview.ages import age_on
from interview.helplines import helplines_in
from interview.letter_words import How, Said, Where, wording_for
from interview.letters import Body, Item, Matter, came_of, first_name, told_in
from interview.london import to_london
from interview.requests import Owner, Step, Stepped
from records.database import db
from records.letters import Given, Heard, add_letter, give, keep_said, matters_of
from records.people import Reader, holds_on, reader_of
from records.requests import take_step
from records.samples.scene import Scene, TellingError, by_day
from records.tables import Authority, Child, Post, Request


@dataclass(frozen=True)
class Came:
    """What came of one request, found by how the child's words begin, in the letter's words.

    Where it is `only_told`, it does not stand on paper. With `answer`, that is what was answered.
    """

    begins: str
    told: str
    only_told: bool = False
    said: Said = Said.NOTHING
    heard: str = ""
    answer: str = ""


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
                "Whoever is there rings you first, before anyone else. It is on the wall in the office.",
                said=Said.HELPED,
                heard="They rang. I was at the chip shop. I said ten minutes and it was ten minutes.",
            ),
            Came(
                "The skate park",
                "Not on school nights, because the last bus is at eight. "
                "On Fridays and Saturdays you can stay until nine.",
            ),
        ),
        days=226,
        how=How.PAPER,
        named=True,
    ),
    SampleLetter(
        "Reece",
        "ines",
        (
            Came(
                "Staying over",
                "You may stay with two friends on Fridays and Saturdays. You say where you are by eight.",
                said=Said.NOT_TRUE,
                heard="It was yes till Friday. Then it was no again.",
            ),
            Came(
                "One person who",
                "One adult can say yes to you until ten. It is in the book, and you have read it.",
            ),
        ),
        days=160,
    ),
    SampleLetter(
        "Marcus",
        "ines",
        (
            Came("Tell me we're staying", "The four of you stay together.", only_told=True),
            Came(
                "Someone to find out",
                "Biscuit lives with a family that has a garden. There is a photograph for you.",
                only_told=True,
            ),
        ),
        days=126,
        how=How.PHONE,
    ),
    SampleLetter(
        "Cadi",
        "bethan",
        (
            Came(
                "Os dych chi'n addo",
                "Rydyn ni'n ysgrifennu ein haddewidion ar y bwrdd yn y gegin, gyda diwrnod.",
                said=Said.HELPED,
                heard="Mae'r bwrdd yno. Dw i'n darllen e bob dydd.",
                answer="We write what we promise on the board in the kitchen, with a day.",
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
            Came("أريد أن أزور قبرها", "ذهبت إلى هناك مع شخص كبير، وبقيت كما أردت."),
            Came("مدرسة", "تبدأ دروس اللغة الإنجليزية في الكلية في يناير."),
        ),
        days=60,
        how=How.PAPER,
        language="ar",
        translator="Hana Idris",
    ),
    # Written, and nobody has given it to her yet.
    SampleLetter(
        "Amber",
        "omar",
        (
            Came("My gran", "Your gran comes to you on the first Sunday of each month."),
            Came("a lock on", "You have a box with a lock. You have the only key.", only_told=True),
        ),
        days=2,
        how=None,
    ),
)
# Whose answer is not among those of the retold cases gave it so many days ago.
ANSWERED = 30


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
    return by_day(scene.now - timedelta(days=days), scene.now)


def _answer(came: Came, child: Child, scene: Scene) -> None:
    if not came.answer:
        return
    asked = db.session.scalars(sa.select(Request).where(Request.child_id == child.id).order_by(Request.id))
    found = next(one for one in asked if one.words.startswith(came.begins))
    at = _ago(ANSWERED, scene)
    step = Stepped(Step.DONE, at, "", Owner(found.asked_of), on_day=at.date(), words=came.answer)
    take_step(found, step, scene.cora, at)


def _matter(came: Came, by_words: dict[str, Matter]) -> Matter:
    found = next((one for words, one in by_words.items() if words.startswith(came.begins)), None)
    if found is None or not found.answer:
        raise TellingError(f"Nobody has answered: {came.begins}")
    return found


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
        words=came.told,
        on_day=matter.on_day,
        where=Where.TOLD if came.only_told else Where.PAPER,
        whom=matter.whom,
        original_answer=matter.answer,
        answered_at=matter.answered_at,
    )
