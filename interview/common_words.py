"""Words that name nobody and no place: what joins others, and what everybody and everywhere is called."""

from interview.naming import EVERYDAY


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


JOINING = _words(
    """
    a about after again all also am an and another any anyone anything are as at away back be
    because been before but by can cant come could did didnt do doing dont down each even ever every
    everyone everything find for from get go going got had has have he her here him his how i if im
    in into is isnt it its just know like made make me more my never no nobody not nothing of off on
    one only or other our out over really said same saw say says she so some someone something
    somewhere take tell than that the their them then there they thing things this those three to
    told too took two up us very want wanted was wasnt we went were what when where which who why
    will with without would you your
    """
)
# Too many people and places are called so: alone, or among themselves, they say not who and not which.
VAGUE = _words(
    """
    adult adults asleep aunt aunty baby beach bed bench both boy boyfriend boys brother bus car
    carer carers carriageway centre child children city coach corner dad daddy day days dual eleven
    estate evening family father field fields fifty flat forty foster four friend friends garden
    girl girlfriend girls gran grandad grandma home hospital hour hours house hundred kid kids lady
    last lot main man mate mates men mile miles month morning mother motorway mum mummy nan near
    nearby new night old older outside parents people person place police railway relative relatives
    river road roadside room school sea service services shed shop shopping shops sister somewhere
    staff stairs station step stop street time times today town train twenty uncle up verge village
    walking ward way week weeks woman women wood woods worker year years yesterday
    """
)
# Capitals that name no person and no place.
NOBODY = VAGUE | _words(
    """
    april arabic august christmas december easter english facebook february friday god instagram
    january july june march miss mister monday mr mrs ms nhs november october roblox saturday
    september snapchat sunday thursday tiktok tuesday tv vietnamese wednesday welsh whatsapp xbox
    youtube
    """
)
# Names that are words: with a capital within a sentence only.
WORDS_TOO = EVERYDAY | _words(
    """
    art bill dean drew faith frank grace guy hope jack jay joy mark max may pat paul pearl ray rob
    rose sky skye summer sunny tia will
    """
)
