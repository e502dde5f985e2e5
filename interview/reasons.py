"""Why children leave: the reasons, in ten groups, each with the child's words and the professional's."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from interview.access import COUNCIL, EVERYONE, Audience, Part
from interview.words import C_, N_


class Heading(StrEnum):
    """What a review must consider (CPPCR 2010, Schedule 7), as headings of the summary."""

    CHANGE = "change"
    CONTACT = "contact"
    PLACEMENT = "placement"
    EDUCATION = "education"
    LEISURE = "leisure"
    HEALTH = "health"
    IDENTITY = "identity"
    ADVOCACY = "advocacy"
    WISHES = "wishes"


HEADINGS: dict[Heading, str] = {
    Heading.CHANGE: N_("What has changed, and safety"),
    Heading.CONTACT: N_("Contact with family and friends"),
    Heading.PLACEMENT: N_("Whether this placement is right"),
    Heading.EDUCATION: N_("Education"),
    Heading.LEISURE: N_("Free time and freedom"),
    Heading.HEALTH: N_("Health and feelings"),
    Heading.IDENTITY: N_("Identity"),
    Heading.ADVOCACY: N_("Being heard, support and advocacy"),
    Heading.WISHES: N_("Wishes, feelings and the plan"),
}


class Pull(StrEnum):
    """Whether the child got away from something, went to something, or neither."""

    PUSH = "push"
    PULL = "pull"
    NEITHER = "neither"


class ForHome(StrEnum):
    """Whether the child may let the home know a reason: one that names nobody, one that may, or never."""

    YES = "yes"
    IF_CHOSEN = "if-chosen"
    NEVER = "never"


@dataclass(frozen=True)
class Group:
    """A group of reasons, in the child's words and the professional's."""

    letter: str
    child: str
    term: str


GROUPS: tuple[Group, ...] = (
    Group("A", C_("Where I live"), N_("Where the child lives")),
    Group("B", C_("People and places I miss"), N_("People and places")),
    Group("C", C_("Decisions about me"), N_("Decisions")),
    Group("D", C_("How I feel"), N_("Feelings")),
    Group("E", C_("School"), N_("School")),
    Group("F", C_("Family"), N_("Home and family")),
    Group("G", C_("Other people"), N_("Pressure from other people")),
    Group("I", C_("Freedom and fun"), N_("Freedom and fun")),
    Group("J", C_("Not really missing"), N_("Not really missing")),
    Group("K", C_("Something else"), N_("Other")),
)


@dataclass(frozen=True)
class Reason:
    """One reason. `danger` opens a safeguarding pathway and never waits for the summary.

    What `asks` nothing of anybody was not left undone where a child says it again.
    """

    code: str
    child: str
    term: str
    pull: Pull
    heading: Heading
    for_home: ForHome = ForHome.YES
    danger: bool = False
    part: Part = Part.REASONS
    by_worker: bool = False
    asks: bool = True

    @property
    def group(self) -> str:
        """The letter of its group."""
        return self.code[0]

    @property
    def picture(self) -> str:
        """The file name of its picture."""
        return f"{self.code.lower()}.svg"

    def audience(self) -> frozenset[Audience]:
        """Those to whom it gives nobody away."""
        return EVERYONE if self.for_home is ForHome.YES else COUNCIL


# domain/reasons.md holds the sources. The home learns no reason from here unless the child ticks it.
# "If chosen" where the reason may name staff, family or a danger: made-up talks do not tick those by rule.
REASONS: dict[str, Reason] = {
    reason.code: reason
    for reason in (
        Reason(
            "A1",
            C_("Other kids here are picking on me or hurting me"),
            N_("Bullying by other children in the placement"),
            Pull.PUSH,
            Heading.PLACEMENT,
            danger=True,
        ),
        Reason(
            "A2",
            C_("I don't feel safe here"),
            N_("Feels unsafe in the placement"),
            Pull.PUSH,
            Heading.PLACEMENT,
            ForHome.IF_CHOSEN,
            danger=True,
        ),
        Reason(
            "A3",
            C_("Nobody here listens to me, or I can't trust the adults"),
            N_("Not listened to by staff or carers, or does not trust them"),
            Pull.PUSH,
            Heading.ADVOCACY,
            ForHome.IF_CHOSEN,
        ),
        Reason(
            "A4",
            C_("I fell out with someone here"),
            N_("Argument or difficult relationship with someone in the household"),
            Pull.PUSH,
            Heading.PLACEMENT,
            ForHome.IF_CHOSEN,
        ),
        Reason(
            "A5",
            C_("An adult here hurt me or treated me badly"),
            N_("Harm or mistreatment by staff or carer"),
            Pull.PUSH,
            Heading.PLACEMENT,
            ForHome.NEVER,
            danger=True,
            part=Part.ALLEGATION,
        ),
        Reason(
            "A6",
            C_("Too many rules, or they won't let me do normal things"),
            N_("Rules, restrictions, time in, overnight stays"),
            Pull.PUSH,
            Heading.LEISURE,
        ),
        Reason(
            "A7",
            C_("This doesn't feel like my home, or I want to live somewhere else"),
            N_("Does not feel at home in the placement, or wants to move"),
            Pull.PUSH,
            Heading.PLACEMENT,
        ),
        Reason(
            "A8",
            C_("I feel on my own here, or I don't fit in"),
            N_("Lonely or does not fit in; language, culture, faith or identity"),
            Pull.PUSH,
            Heading.IDENTITY,
        ),
        Reason(
            "A9",
            C_("I was bored"),
            N_("Boredom, nothing to do"),
            Pull.PUSH,
            Heading.LEISURE,
        ),
        Reason(
            "A10",
            C_("They said something would happen and it didn't, or it wasn't fair"),
            N_("A broken promise, or unfairness"),
            Pull.PUSH,
            Heading.WISHES,
        ),
        Reason(
            "A11",
            C_("I thought I'd be in trouble"),
            N_("Afraid of being in trouble"),
            Pull.PUSH,
            Heading.PLACEMENT,
        ),
        Reason(
            "B1",
            C_("I wanted to see my mum, dad or family"),
            N_("To be with parents or family"),
            Pull.PULL,
            Heading.CONTACT,
        ),
        Reason(
            "B2",
            C_("I wanted to see my brother or sister"),
            N_("To be with brothers or sisters"),
            Pull.PULL,
            Heading.CONTACT,
        ),
        Reason(
            "B3",
            C_("I wanted to be with my friends"),
            N_("To be with friends"),
            Pull.PULL,
            Heading.CONTACT,
        ),
        Reason(
            "B4",
            C_("I'm too far away from my people"),
            N_("Placed far from home, family, friends or school"),
            Pull.PUSH,
            Heading.PLACEMENT,
        ),
        Reason(
            "B5",
            C_("Seeing my family went wrong"),
            N_("A problem with family time"),
            Pull.PUSH,
            Heading.CONTACT,
        ),
        Reason(
            "B6",
            C_("I wanted to see my boyfriend or girlfriend"),
            N_("To see a boyfriend, girlfriend or partner"),
            Pull.PULL,
            Heading.CONTACT,
        ),
        Reason(
            "B7",
            C_("Someone from my family asked me to come"),
            N_("A relative or other adult got in touch and asked the child to come"),
            Pull.PULL,
            Heading.CONTACT,
            ForHome.IF_CHOSEN,
        ),
        Reason(
            "B8",
            C_("I wanted to be back where I'm from"),
            N_("To get back to their own town or community"),
            Pull.PULL,
            Heading.IDENTITY,
        ),
        Reason(
            "B9",
            C_("I want to get to my family in another place"),
            N_("Joining family elsewhere, travelling on"),
            Pull.PULL,
            Heading.CONTACT,
            ForHome.IF_CHOSEN,
        ),
        Reason(
            "C1",
            C_("I keep being moved"),
            N_("Moves between placements, or fear of another move"),
            Pull.PUSH,
            Heading.WISHES,
        ),
        Reason(
            "C2",
            C_("Nobody asked me. It's the only thing I get to decide"),
            N_("Not involved in decisions; loss of choice and control"),
            Pull.PUSH,
            Heading.WISHES,
        ),
        Reason(
            "C3",
            C_("I asked for help and nothing happened"),
            N_("Asked for help and nothing happened, or could not reach the social worker"),
            Pull.PUSH,
            Heading.ADVOCACY,
        ),
        Reason(
            "D1",
            C_("I needed to get away and calm down"),
            N_("Stress; needed space or time out"),
            Pull.PUSH,
            Heading.HEALTH,
        ),
        Reason(
            "D2",
            C_("I was really angry, or it all got too much"),
            N_("Anger or overwhelming feelings"),
            Pull.PUSH,
            Heading.HEALTH,
        ),
        Reason(
            "D3",
            C_("I felt really low or worried"),
            N_("Low mood, anxiety or mental ill health"),
            Pull.PUSH,
            Heading.HEALTH,
        ),
        Reason(
            "D4",
            C_("I wanted to hurt myself, or I didn't want to be here any more"),
            N_("Self-harm or suicidal feelings"),
            Pull.PUSH,
            Heading.HEALTH,
            ForHome.IF_CHOSEN,
            danger=True,
        ),
        Reason(
            "D5",
            C_("Someone died, or something reminded me of a bad thing"),
            N_("Bereavement, loss, or a reminder of trauma"),
            Pull.PUSH,
            Heading.HEALTH,
        ),
        Reason(
            "D6",
            C_("It's what I do when things go wrong"),
            N_("A learned way of coping"),
            Pull.PUSH,
            Heading.HEALTH,
        ),
        Reason(
            "D7",
            C_("It was too loud or too much, or I wanted a place I like"),
            N_("Movement linked to a disability or a sensory need"),
            Pull.PUSH,
            Heading.HEALTH,
        ),
        Reason(
            "E1",
            C_("Kids at school are picking on me"),
            N_("Bullying at school"),
            Pull.PUSH,
            Heading.EDUCATION,
            danger=True,
        ),
        Reason(
            "E2",
            C_("School is going wrong"),
            N_("Another problem with school"),
            Pull.PUSH,
            Heading.EDUCATION,
        ),
        Reason(
            "F1",
            C_("People at home argue"),
            N_("Conflict or change in the family"),
            Pull.PUSH,
            Heading.CONTACT,
            ForHome.IF_CHOSEN,
        ),
        Reason(
            "F2",
            C_("Someone in my family hurt me or didn't look after me"),
            N_("Abuse or neglect in the family"),
            Pull.PUSH,
            Heading.CHANGE,
            ForHome.IF_CHOSEN,
            danger=True,
        ),
        Reason(
            "F3",
            C_("There's fighting, drinking or drugs at home"),
            N_("Domestic abuse, or a parent's drink, drugs or mental health"),
            Pull.PUSH,
            Heading.CHANGE,
            ForHome.IF_CHOSEN,
        ),
        Reason(
            "F4",
            C_("They didn't want me there"),
            N_("Told to leave, felt unwanted"),
            Pull.PUSH,
            Heading.PLACEMENT,
            ForHome.IF_CHOSEN,
        ),
        Reason(
            "F5",
            C_("My family want to make me do something I don't want"),
            N_("Forced marriage, FGM or honour-based abuse"),
            Pull.PUSH,
            Heading.CHANGE,
            ForHome.IF_CHOSEN,
            danger=True,
        ),
        Reason(
            "G1",
            C_("Someone older gets me to do things, or meets me"),
            N_("Sexual exploitation or grooming, online too"),
            Pull.PULL,
            Heading.CHANGE,
            ForHome.IF_CHOSEN,
            danger=True,
        ),
        Reason(
            "G2",
            C_("I owe someone, or I was told to carry or sell things"),
            N_("Criminal exploitation, county lines or debt"),
            Pull.PULL,
            Heading.CHANGE,
            ForHome.IF_CHOSEN,
            danger=True,
        ),
        Reason(
            "G3",
            C_("I have to go back to the people who brought me"),
            N_("Trafficking or modern slavery"),
            Pull.PULL,
            Heading.CHANGE,
            ForHome.IF_CHOSEN,
            danger=True,
        ),
        Reason(
            "G4",
            C_("Someone said they would come and get me"),
            N_("Threats from someone outside"),
            Pull.PUSH,
            Heading.CHANGE,
            ForHome.IF_CHOSEN,
            danger=True,
        ),
        Reason(
            "G5",
            C_("My mates were going, or they made me"),
            N_("Went with, or pushed by, other young people"),
            Pull.PULL,
            Heading.LEISURE,
        ),
        Reason(
            "G6",
            C_("I wanted to drink, smoke or party"),
            N_("Drawn by drink, drugs or parties"),
            Pull.PULL,
            Heading.HEALTH,
            ForHome.IF_CHOSEN,
        ),
        Reason(
            "I1",
            C_("I wanted some fun"),
            N_("Fun, excitement, adventure"),
            Pull.PULL,
            Heading.LEISURE,
            asks=False,
        ),
        Reason(
            "I2",
            C_("I wanted to be like anyone else my age"),
            N_("Independence, being normal, not wanting the label"),
            Pull.PULL,
            Heading.IDENTITY,
        ),
        Reason(
            "J1",
            C_("I was just late"),
            N_("Late: lost track of time, transport or phone"),
            Pull.NEITHER,
            Heading.WISHES,
            asks=False,
        ),
        Reason(
            "J2",
            C_("I wasn't missing, I knew where I was"),
            N_("Did not see themselves as missing"),
            Pull.NEITHER,
            Heading.WISHES,
            asks=False,
        ),
        Reason(
            "J3",
            C_("I was at a mate's"),
            N_("Staying with friends as usual, did not feel they had to report"),
            Pull.NEITHER,
            Heading.LEISURE,
            asks=False,
        ),
        Reason(
            "K1",
            C_("I'd rather not say"),
            N_("Would rather not say"),
            Pull.NEITHER,
            Heading.WISHES,
            ForHome.IF_CHOSEN,
            asks=False,
        ),
        Reason("K2", C_("I don't know"), N_("Does not know"), Pull.NEITHER, Heading.WISHES, asks=False),
        Reason(
            "K3",
            C_("Something else"),
            N_("Something else, in the child's own words"),
            Pull.NEITHER,
            Heading.WISHES,
            asks=False,
        ),
        Reason(
            "K4",
            C_("It could not be found out yet"),
            N_("Could not be found out yet"),
            Pull.NEITHER,
            Heading.WISHES,
            ForHome.IF_CHOSEN,
            by_worker=True,
            asks=False,
        ),
    )
}

# Most common first, by what is known of why children leave care, in three strengths of evidence: several
# independent sources with children among them; two or more; one, or adults alone. Within a strength by the
# number of sources that name it: tick lists of real return interview forms (Croydon's key messages,
# children's home software), inspectorate and charity research, children's own accounts, which come first
# among equals. The last three are answers in their own right, and stand at the end of any list.
BY_EVIDENCE = (
    "B1 A7 A1 A8 G1 F2 A9 C1 A3 A6 B3 B5 A2 B4 F1 E2 A4 C2 I1 D3 G2 G6 D1 G5 E1 G3",
    "I2 B8 B6 C3 D2 D5 D6 J1 J2 D4 F3 G4 A10 F4 B9",
    "B2 A11 A5 D7 B7 J3 F5",
    "K2 K1 K3",
)


def in_order() -> tuple[Reason, ...]:
    """The child's cards, most common first. What only the worker sets is not among them."""
    return tuple(REASONS[code] for codes in BY_EVIDENCE for code in codes.split())


def pulls() -> frozenset[str]:
    """The codes of pulls: the child went to someone or somewhere outside."""
    return frozenset(code for code, reason in REASONS.items() if reason.pull is Pull.PULL)


def home_by_rule(codes: Iterable[str]) -> list[str]:
    """The reasons that name nobody: in made-up talks the child lets the home know these."""
    return [code for code in codes if Audience.HOME in REASONS[code].audience()]
