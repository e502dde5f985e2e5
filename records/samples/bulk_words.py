"""Words for made-up talks in large numbers: names, what was said, what was chosen."""

from random import Random
from typing import Any

from interview.reasons import REASONS, home_by_rule
from interview.sentences import sentences

FIRST_NAMES = """
Ada Ali Amira Anwen Ayaan Beth Bryn Cara Carys Cian Dafydd Daisy Dara Eira Elif Emrys Ewan Femi Finlay
Gareth Gethin Hafsa Hana Harri Idris Ifan Imani Iona Isaac Jamil Jess Kai Keira Kofi Lena Lewis Lowri
Mabel Malik Mared Milo Mina Nadir Nell Nia Noor Ola Osian Petra Ravi Rhys Rosa Rory Saba Sami Sion Tegan
Theo Tomos Uma Viktor Wren Yara Zain Zofia
"""
SURNAMES_BEGIN = "Ash Brack Cald Dun Ever Fal Gar Hazel Ing Kel Lang Mar Nor Oak Pen Quil Rav Stan Thorn Wel"
SURNAMES_BETWEEN = ("", "a", "e", "er", "i", "in", "o", "on", "ing")
SURNAMES_END = (
    "bourne by combe den field ford grave ham holt ley low mere more pool stead ton well wick worth"
)

OPENINGS = (
    "I had enough of it.",
    "It was too loud to think.",
    "They said no again.",
    "Nobody had told me.",
    "I just wanted out for a bit.",
    "It was my sister's birthday.",
    "Someone had been in my room.",
    "I could not sleep anyway.",
)
MIDDLES = (
    "I kept thinking about home.",
    "There was nothing to do.",
    "I asked and nobody came back to me.",
    "I did not want to be there when they changed over.",
    "My mates were all going.",
    "It is miles from anywhere.",
    "I wanted to see if I could.",
    "I was going to come back.",
)
WISHES = (
    "Let me stay over on Fridays.",
    "Ask me before you decide.",
    "A bus pass.",
    "Let me ring my nan when I want.",
    "Knock first.",
    "Someone to talk to who stays.",
    "Tell me when I am moving.",
    "Football on Tuesdays.",
)
VIEWS = (
    "The child asks for very little, and has asked before.",
    "Distance from the family stands behind most of it.",
    "Evenings are long and there is nothing to do.",
    "A promise that was not kept weighs more here than it seems.",
)
GUESSES = (
    "Wanted to be with friends.",
    "Testing the rules.",
    "Upset after a telephone call.",
    "Did not want to come in on time.",
)
CODES = tuple(code for code, reason in REASONS.items() if code != "A5" and not reason.by_worker)
CHOICES: dict[str, tuple[Any, ...]] = {
    "being_back": ("1", "2", "3", "4", "5"),
    "safe_here": ("yes", "sometimes", "no"),
    "too_far": ("yes", "sometimes", "no"),
    "stay_or_move": ("stay", "move", "other"),
    "agrees": ("yes", "yes", "partly", "no"),
    "harm": ("no", "no", "not-known", "yes"),
    "options_talked": ("yes", "yes", "no"),
    "helplines_given": (["childline"], ["runaway-helpline", "interviewer"], ["did-not-want"]),
    "would_help": WISHES,
    "worker_view": VIEWS,
    "adult_guess": GUESSES,
}


def a_name(chance: Random) -> str:
    """A made-up child's name."""
    first, begin, end = (
        chance.choice(parts.split()) for parts in (FIRST_NAMES, SURNAMES_BEGIN, SURNAMES_END)
    )
    return f"{first} {begin}{chance.choice(SURNAMES_BETWEEN)}{end}"


def what_was_said(chance: Random) -> dict[str, Any]:
    """A dozen answers of one talk and its record, by question."""
    why = f"{chance.choice(OPENINGS)} {chance.choice(MIDDLES)}"
    chosen = chance.sample(CODES, chance.randint(1, 3))
    told = {chosen[0]: {"question": "why", "words": chance.choice(sentences(why))}}
    picked = {key: chance.choice(choices) for key, choices in CHOICES.items()}
    cards = {"chosen": chosen, "biggest": chosen[0], "told": told, "home": home_by_rule(chosen)}
    return {"why": why, "reasons": cards} | picked
