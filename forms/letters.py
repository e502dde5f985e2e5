"""A letter to a child as it is written, and what was noted when the child had it."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SubmitField
from wtforms.validators import InputRequired, Length

from forms.fields import NOT_ONE_OF_THESE, TOO_LONG, line, words
from forms.local_time import LocalMoment
from interview.letter_words import HOW, SAID, WHERE, Said, Where
from interview.letters import Item, Matter, came_of, first_places, fits_on_a_page, places
from interview.strangers import answer_tells, tells_a_stranger

# What fits beside others on one page.
LONGEST_HERE = 600
NUMBER = re.compile(r"[0-9+() -]{3,24}")
ENGLISH = "en"


def _one(
    label: Any, offered: Sequence[tuple[str, str]], needed: Any = NOT_ONE_OF_THESE, **how: Any
) -> RadioField:
    how["invalid_choice_message"] = NOT_ONE_OF_THESE
    checks = [InputRequired(message=needed)]
    return RadioField(label, checks, choices=lambda: [(k, gettext(v)) for k, v in offered], **how)


class LetterForm(FlaskForm):
    """What a letter says of each request, and to whom the child can turn. Made by `letter_form`."""

    named = BooleanField(_l("Begin with the child's first name"))
    advocate = line(
        _l("Number of an advocate"),
        description=_l("A number without a name. Where it is empty, the paper has a line to write on."),
    )
    translator = line(_l("Translated by: translator or interpreter"))
    save = SubmitField(_l("Look at it as the child will"))
    matters: tuple[Matter, ...] = ()
    names: frozenset[str] = frozenset()
    language = ENGLISH

    def validate(self, *given: Any, **more: Any) -> bool:
        """Each field by itself, and then what they say together."""
        by_themselves = super().validate(*given, **more)
        checks = (self._has_words(), self._tells_nobody(), self._says_who_translated(), self._fits())
        return by_themselves and all(checks)

    def of(self, what: str, matter: Matter) -> Any:
        """One field of one request: where, asked or words; None where there is none."""
        return self._fields.get(f"{what}_{matter.key}")

    def place_of(self, matter: Matter) -> Where:
        """Where the writer puts it."""
        return Where(self.of("where", matter).data)

    def _told(self) -> list[Matter]:
        # What was chosen wrongly has its own sentence already.
        known = [one for one in self.matters if self.of("where", one).data in set(Where)]
        return [one for one in known if self.place_of(one) is not Where.OUT]

    def _has_words(self) -> bool:
        empty = []
        for one in self._told():
            if one.answer and not self.of("words", one).data:
                empty.append((self.of("words", one), _l("Write for the child what came of it.")))
            if self.of("asked", one) is not None and not self.of("asked", one).data:
                empty.append((self.of("asked", one), _l("Write what the child asked for in this language.")))
        return _faults(empty)

    def _tells_nobody(self) -> bool:
        on_paper = [one for one in self._told() if self.place_of(one) is Where.PAPER]
        telling = [self.of("words", one) for one in on_paper if answer_tells(self._words(one), self.names)]
        asked = [self.of("asked", one) for one in on_paper if self.of("asked", one) is not None]
        telling += [field for field in asked if tells_a_stranger(field.data or "", self.names)]
        return _faults((field, TELLS) for field in telling)

    def _says_who_translated(self) -> bool:
        needed = self.language != ENGLISH and any(
            self._words(one) or self.of("asked", one) is not None for one in self._told()
        )
        if not needed or self.translator.data:
            return True
        return _faults([(self.translator, _l("Write who put these words into this language."))])

    def _fits(self) -> bool:
        if fits_on_a_page(self.items(date.min)):
            return True
        on_paper = [one for one in self._told() if self.place_of(one) is Where.PAPER]
        return _faults([(self.of("where", on_paper[-1]), TOO_MUCH)])

    def _words(self, matter: Matter) -> str:
        return self.of("words", matter).data or ""

    def items(self, today: date) -> tuple[Item, ...]:
        """The requests of the letter, in their order."""
        return tuple(self._item(one, today) for one in self._told())

    def _item(self, matter: Matter, today: date) -> Item:
        other = self.of("asked", matter)
        words = self._words(matter)
        return Item(
            request=matter.key,
            asked=matter.words if other is None else other.data or "",
            came=came_of(matter, today),
            words=words,
            on_day=matter.on_day,
            where=self.place_of(matter),
            whom=matter.whom,
            original="" if other is None else matter.words,
            original_answer=matter.answer if matter.answer != words else "",
            answered_at=matter.answered_at,
        )

    def fill(self, items: Iterable[Item]) -> None:
        """Show a letter that was written before."""
        known = {item.request: item for item in items}
        for one in self.matters:
            item = known.get(one.key)
            self.of("where", one).data = item.where if item else Where.OUT
            if item and item.where not in places(one, self.names):
                self.of("where", one).data = Where.TOLD
            if item:
                self.of("words", one).data = item.words
            if item and self.of("asked", one) is not None:
                self.of("asked", one).data = item.asked


TELLS = _l("On paper this tells a stranger too much: a name, a place, or what it is about. Say it without.")
TOO_MUCH = _l("This is more than one page. Leave something for when it is told, or use fewer words.")


def _faults(found: Iterable[tuple[Any, Any]]) -> bool:
    """Say what is wrong at each field; True where nothing is."""
    wrong = list(found)
    for field, sentence in wrong:
        field.errors = [*field.errors, str(sentence)]
    return not wrong


def letter_form(
    matters: Sequence[Matter], names: frozenset[str], language: str, language_words: str
) -> type[LetterForm]:
    """The form for a letter about these requests in this language."""
    fields: dict[str, Any] = {"matters": tuple(matters), "names": names, "language": language}
    first = first_places(matters, names)
    for matter in matters:
        fields |= _fields_of(matter, language, language_words)
        fields[f"where_{matter.key}"] = _place(matter, names, first[matter.key])
    return type("OneLetterForm", (LetterForm,), fields)


def _fields_of(matter: Matter, language: str, language_words: str) -> dict[str, Any]:
    fields: dict[str, Any] = {
        f"words_{matter.key}": words(
            _l("What came of it, in %(language)s, in words for the child", language=language_words),
            _not_long(),
            default=matter.answer if language == ENGLISH else "",
        ),
    }
    if matter.language != language and matter.words:
        fields[f"asked_{matter.key}"] = words(
            _l("What the child asked for, in %(language)s", language=language_words),
            _not_long(),
            default=matter.in_english if language == ENGLISH else "",
        )
    return fields


def _place(matter: Matter, names: frozenset[str], first: Where) -> RadioField:
    offered = [(place, WHERE[place]) for place in places(matter, names)]
    return _one(_l("Where does this stand?"), offered, default=first)


def _not_long() -> Length:
    return Length(max=LONGEST_HERE, message=TOO_LONG)


class SaidForm(FlaskForm):
    """What the child said to each answer. Made by `said_form`."""

    save = SubmitField(_l("Keep this"))
    items: tuple[Item, ...] = ()

    def of(self, what: str, item: Item) -> Any:
        """One field of one request: said or heard."""
        return self._fields.get(f"{what}_{item.request}")

    def said(self) -> list[tuple[str, Said, str, bool]]:
        """What the child said: of which request, what, in which words, and whether the home may read it."""
        return [self._said(one) for one in self.items]

    def _said(self, item: Item) -> tuple[str, Said, str, bool]:
        chosen, home = self.of("said", item).data, self._fields.get(f"home_{item.request}")
        said = Said(chosen) if chosen in set(Said) else Said.NOTHING
        return item.request, said, self.of("heard", item).data or "", bool(home and home.data)


class ToldForm(SaidForm):
    """The same, with how the child got the letter."""

    at = LocalMoment(_l("When?"), [InputRequired(message=_l("Enter when the child was told."))])
    how = _one(_l("How did the child get it?"), list(HOW.items()), _l("Choose how the child got it."))
    by_whom = line(_l("Who gave or told it?"), InputRequired(message=_l("Write who gave or told it.")))
    rest = BooleanField(_l("What is not on paper was told at the same time"))


def said_form(
    items: Sequence[Item], base: type[SaidForm] = SaidForm, *, for_home: bool = True
) -> type[SaidForm]:
    """The form for what the child said to these requests."""
    fields: dict[str, Any] = {"items": tuple(items)}
    for item in items:
        fields[f"said_{item.request}"] = _one(
            _l("What did the child say to it?"), list(SAID.items()), default=Said.NOTHING
        )
        fields[f"heard_{item.request}"] = words(_l("In the child's words"))
        if item.where is Where.PAPER and for_home:
            fields[f"home_{item.request}"] = BooleanField(_l("The child wants the home to read this, too"))
    return type("OneSaidForm", (base,), fields)
