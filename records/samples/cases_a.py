"""Cases C01 to C05, retold. Every name, place and sentence here is made up."""

from interview.answers import Skip
from records.samples.retold import (
    Absence,
    Ago,
    Case,
    Place,
    Talk,
    Try,
    Worry,
    cards,
    gist,
    picks,
    says,
    skips,
    tells,
    typed,
)

TYLER = Case(
    key="C01",
    name="Tyler Ashdown",
    age=11,
    council="aldermere",
    officer="ivan",
    kept_how="His own account, told to police and then in two talks. That he went to his parents is what "
    "others saw: it stands with the carer's guess and the interviewer's view.",
    years_in_care=1.5,
    tells_best="Likes to draw while he talks. Short questions. Sit beside him, not across.",
    careful_of="Do not meet at the Marlows'. The two older boys must not know when the talk is.",
    needs="Afraid of the dark: meet in daylight.",
    places=(
        Place("marlow", since=190, until=75, miles=23),
        Place("adeyemi", since=75, miles=4),
    ),
    absences=(
        Absence(
            "marlow",
            Ago(days=77, at="16:20"),
            away=26,
            found=21,
            missing_from="On the way from the taxi to the front door",
            found_where="At his parents' flat",
            ended="police",
            grade="high",
            prevention="not-done",
            guess="friends-family",
            police_reference="AM/26/0441",
            tries=(
                Try(
                    -3,
                    "accepted",
                    "in-person",
                    "Ines Okafor",
                    carer_says="He has been quiet. He took all his things this time, even his duvet.",
                    wanted="To talk before anyone drives him back. To have his bag with him.",
                ),
            ),
        ),
        Absence(
            "marlow",
            Ago(days=77, at="16:20", plus=26.8),
            away=3,
            missing_from="His room",
            found_where="In the bus shelter at the end of the lane",
            ended="police",
            grade="high",
            guess="friends-family",
            police_reference="AM/26/0442",
            tries=(
                Try(
                    2,
                    "accepted",
                    "telephone",
                    "Ines Okafor",
                    wanted="The same lady as yesterday.",
                ),
            ),
        ),
    ),
    talks=(
        Talk(
            covers=(0,),
            interviewer="ines",
            allocated=-4,
            held=-1.2,
            finished=1.1,
            said=(
                picks("how_tell", ["talk", "draw"]),
                picks("who_with", "alone"),
                picks("being_back", "1"),
                says("need_now", "Something to eat. And can I keep my bag on my knee."),
                says(
                    "since_back", "The police lady got me a hot chocolate. She asked me why and I told her."
                ),
                says(
                    "why",
                    "I'm scared there all the time. Coming home from school is the worst bit, because they "
                    "get in before me and they wait. And the taxi takes over an hour so I think about it "
                    "the whole way.",
                ),
                says("trigger", "They got my bag and threw my stuff about and laughed."),
                says(
                    "away_from",
                    "The two big boys. They're nearly grown up and I'm not. They push me and say stuff about "
                    "my mum.",
                ),
                says("going_to", "Anywhere. I took all my things so I wouldn't have to go back."),
                cards(
                    "A1 A2 B4 E2",
                    "A1",
                    {
                        "A1": ("away_from", "They push me and say stuff about my mum."),
                        "A2": ("why", "I'm scared there all the time."),
                        "B4": ("want_to_see", "It's too far for anyone to come on the bus."),
                        "E2": (
                            "why",
                            "And the taxi takes over an hour so I think about it the whole way.",
                        ),
                    },
                    home="B4 E2",
                ),
                picks("how_travelled", ["walked", "bus"]),
                gist("what_happened", "He slept on the sofa at his parents' flat and watched television."),
                picks("hurt_away", "no"),
                picks("felt_safe_away", 6),
                picks("safe_here", "no"),
                says(
                    "safe_here_words",
                    "I lock my door every night and put the chair there. It's dark as well.",
                ),
                picks("bullied_here", "yes"),
                says("adults_know", "She said they're only messing about. She doesn't see it."),
                picks("adult_hurt", "no"),
                picks("too_far", "yes"),
                says(
                    "want_to_see",
                    "My nan. It's too far for anyone to come on the bus.",
                    home=True,
                ),
                picks("adult_to_talk", "no"),
                says(
                    "told_anyone",
                    "I said I had a tummy ache so I didn't have to go back. That's sort of telling.",
                ),
                picks("asked_about_place", "no"),
                says(
                    "would_help",
                    "Put me somewhere with no big boys. And let the light be on.",
                    before="Put me somewhere with no big boys.",
                ),
                picks("stay_or_move", "move"),
                says("who_should_hear", "The man who does my meetings. And whoever decides houses."),
                picks("agrees", "yes"),
            ),
            worker={
                "place": "Quiet room at the police station",
                "present": "Nobody. A police officer waited outside.",
                "how_long": 50,
                "harm": "yes",
                "harm_words": "Says he is pushed and has a bruise on his upper arm. Seen by me, not by a "
                "doctor.",
                "health": "Has hardly eaten since yesterday noon.",
                "worker_view": "He went to his parents because it was somewhere he knew. What he tells is "
                "about "
                "the house he left. He should not sleep there tonight.",
                "placement_change": "Not with older boys. Closer to his school.",
                "carer_says": "The boys are loud, but there is no harm in them.",
                "worker_reasons": ["A1", "A2", "E2"],
                "worker_biggest": "A1",
                "carer_reasons": ["B1"],
                "medical": "to-be-seen",
                "adult_guess": "He misses his mum and dad, so he went home to them.",
                "actions": "Ines rings the duty social worker before he is driven back.",
                "shared_with": "Duty social worker by telephone, straight after the talk.",
            },
            worries=(
                Worry(
                    "danger",
                    "Frightened of two older boys in the placement. Asks not to be taken back tonight.",
                    (tells("social-worker", 0.5),),
                ),
            ),
        ),
        Talk(
            covers=(1,),
            interviewer="ines",
            held=19,
            said=(
                picks("how_tell", ["draw", "talk"]),
                picks("who_with", "alone"),
                picks("being_back", "2"),
                says(
                    "since_back",
                    "I slept at the police place and then a lady's. She left the light on for me.",
                ),
                says("why", "They took me back to the same house. So I went again."),
                says("trigger", "They were on the stairs when I came in. One of them said welcome home."),
                says("away_from", "Them. I told you yesterday."),
                says("going_to", "Just out. It was dark so I stayed where the bus light is."),
                cards(
                    "A1 A2",
                    "A2",
                    {
                        "A1": ("trigger", "One of them said welcome home."),
                        "A2": ("why", "They took me back to the same house."),
                    },
                    home="A1",
                ),
                picks("felt_safe_away", 3),
                picks("safe_here", "no"),
                says("safe_here_words", "At the new lady's yes. At the other house no, never."),
                picks("bullied_here", "yes"),
                says("adults_know", "I told the police and I told you and then I was back there for tea."),
                picks("adult_hurt", "no"),
                picks("too_far", "sometimes"),
                says("want_to_see", "My nan on Sundays."),
                picks("adult_to_talk", "sometimes"),
                says("would_help", "Don't make me go back. I can stay at the lady's with the light."),
                picks("stay_or_move", "move"),
                says("who_should_hear", "All of them this time."),
                says("last_time", "No. I said it and nothing happened."),
                typed("keep_back", "dont tell the boys it was me"),
                picks("agrees", "yes"),
            ),
            worker={
                "place": "Café by the park",
                "how_long": 35,
                "harm": "yes",
                "harm_words": "Bruise on the upper arm, now seen by the doctor.",
                "worker_view": "He said why on the first day and was taken back to the same boys. He left "
                "within "
                "the hour. The second absence need not have happened.",
                "carer_says": "We had no call to say he should not come back to us.",
                "worker_reasons": ["A1", "A2"],
                "worker_biggest": "A2",
                "carer_reasons": ["B1"],
                "medical": "seen",
                "adult_guess": "He wanted to be fetched by his parents again.",
                "actions": "Another placement near his school: team manager, this week.\n"
                "Landing light stays on: Ms Adeyemi, tonight.",
                "shared_with": "Team manager and reviewing officer, by telephone.",
            },
            worries=(
                Worry(
                    "danger",
                    "Taken back to the placement where he is bullied, and left again within the hour.",
                    (tells("social-worker", 0.8),),
                ),
            ),
        ),
    ),
)

# Forty-eight absences in a placement of 84 days: one in every 42 hours, some long, most not.
KAYLEIGH_LEFT = 231
KAYLEIGH_EPISODES = 48
KAYLEIGH_TALKS = {5: 4, 17: 5, 30: 4, 44: 6}


def _offered_to_kayleigh(number: int) -> tuple[Try, ...]:
    """What came of the offers after absence `number`, in a placement where she was hardly ever in."""
    if number in KAYLEIGH_TALKS:
        return (Try(4, "accepted", "in-person", "Ines Okafor", wanted="Not at Larkfield. In the car is OK."),)
    if number % 5 == 2:
        return (
            Try(
                20,
                "not-offered-missing-again",
                why="Missing again before anyone could reach her.",
                carer_says="She came in to change her clothes and was gone.",
            ),
        )
    if number % 4 == 1:
        return (Try(6, "message-left", "message"), Try(14, "thinking", "telephone", "Ines Okafor"))
    return (
        Try(
            8,
            "declined",
            "telephone",
            "Ines Okafor",
            why="Says it is always the same questions and nothing comes of it.",
            again_in_days=2,
        ),
    )


def _kayleigh_left(number: int) -> Absence:
    return Absence(
        "larkfield",
        Ago(days=KAYLEIGH_LEFT, at="17:30", plus=42 * number + number % 7),
        away=5 + number * 11 % 17,
        missing_from="Larkfield" if number % 3 else "After school",
        found_where="" if number % 4 else "In a car with people she would not name to police",
        ended=("self", "police", "staff")[number % 3],
        grade=("medium", "high")[number % 2],
        prevention="not-done" if number % 3 else "done",
        guess=("substances", "not-returning", "exploitation")[number % 3],
        police_reference=f"TB/26/{1100 + number * 3}",
        tries=_offered_to_kayleigh(number),
        closed=30,
    )


def _covered(last: int) -> tuple[int, ...]:
    """The absences that the talk after absence `last` is about."""
    return tuple(range(last - KAYLEIGH_TALKS[last] + 1, last + 1))


KAYLEIGH = Case(
    key="C02",
    name="Kayleigh Morrow",
    age=14,
    council="aldermere",
    officer="ivan",
    kept_how="The source gives no reasons of hers, but says that she named the people who supplied her with "
    "drugs to two interviewers. So the cards are what she chose while she told of them: first the "
    "parties, then what she owed, then the man who fetched her. The people's names stand only where "
    "the council reads them, twice, as she told them twice.",
    years_in_care=1,
    tells_best="In a car, driving, radio on low. Never two people asking.",
    careful_of="Her telephone rings and she goes. Do not say where she will be talking.",
    places=(
        Place("larkfield", since=234, until=150, miles=31),
        Place("adeyemi", since=150, until=76, miles=9),
        Place("sandhu", since=76, miles=7),
    ),
    absences=tuple(_kayleigh_left(number) for number in range(KAYLEIGH_EPISODES)),
    talks=(
        Talk(
            covers=_covered(5),
            interviewer="ines",
            held=9,
            said=(
                picks("how_tell", ["talk"]),
                picks("who_with", "alone"),
                picks("being_back", "3"),
                says("need_now", "Sleep. And credit on my phone."),
                says("why", "There's always something on. It's a laugh and nobody asks me stuff.", home=True),
                says("going_to", "Just people's. There's a flat."),
                cards("G6", "G6", {"G6": ("why", "It's a laugh and nobody asks me stuff.")}, home="G6"),
                gist(
                    "missing_here", "She says there is nobody at Larkfield she would sit up with.", home=True
                ),
                skips("what_happened"),
                skips("where_went"),
                picks("felt_safe_away", 7),
                picks("safe_here", "yes"),
                picks("bullied_here", "no"),
                picks("adult_hurt", "no"),
                picks("too_far", "sometimes"),
                picks("adult_to_talk", "no"),
                says("told_anyone", "No. They'd just write it down.", home=True),
                says("would_help", "Let me out like a normal person and I'd come back.", home=True),
                picks("stay_or_move", "stay"),
                picks("agrees", "not-checked"),
            ),
            worker={
                "place": "In my car",
                "how_long": 25,
                "substances": "yes",
                "worker_view": "Six absences in under a fortnight. She makes light of it. I do not think it "
                "is light.",
                "carer_says": "She does as she likes. Consequences make no difference.",
                "strategy_meeting": "yes",
                "adult_guess": "She goes drinking with people from school.",
                "actions": "Ask for a strategy meeting: Ines, tomorrow.",
            },
        ),
        Talk(
            covers=_covered(17),
            interviewer="ines",
            held=12,
            said=(
                picks("how_tell", ["talk", "message"]),
                picks("who_with", "alone"),
                picks("being_back", "2"),
                says("since_back", "Got shouted at by the policeman. Went to bed.", home=True),
                says("why", "I have to go when they ring. I owe for what I had. At the start it was free."),
                says("trigger", "My phone went at tea."),
                says("away_from", "Nothing. It's not about the home.", home=True),
                cards(
                    "G2 G6",
                    "G2",
                    {
                        "G2": ("why", "I owe for what I had."),
                        "G6": ("why", "At the start it was free."),
                    },
                    home="",
                ),
                says(
                    "who_saw",
                    "Dez and the one they call Uncle.",
                ),
                says("where_went", "The flat over the tyre place.", social_worker_only=True),
                picks("how_travelled", ["car", "taxi"]),
                picks("hurt_away", "no"),
                picks("felt_safe_away", 4),
                picks("safe_here", "yes"),
                picks("adult_hurt", "no"),
                picks("too_far", "no"),
                picks("adult_to_talk", "sometimes"),
                says("would_help", "If someone paid it off I'd be done with them."),
                says("support_wanted", "You, if it's still you next time."),
                picks("stay_or_move", "stay"),
                says("last_time", "Dunno. Did you tell anyone?"),
                picks("agrees", "yes"),
            ),
            worker={
                "place": "In my car",
                "harm": "yes",
                "harm_words": "Given drugs by adults. In debt for them.",
                "exploitation": ["criminal", "grooming"],
                "exploitation_words": "Says she owes money for drugs and has to come when they ring.",
                "crime": "to-child",
                "crime_words": "Adults supply drugs to a child. She gave two names.",
                "substances": "yes",
                "worker_view": "She gave me names. Someone has to act on them.",
                "carer_says": "Her phone rings at mealtimes and she is up and out.",
                "worker_reasons": ["G2", "G6"],
                "worker_biggest": "G2",
                "carer_reasons": ["G6", "A9"],
                "risks_met": ["unknown-adults", "cars"],
                "disruption": "yes",
                "adult_guess": "Drink and boredom.",
                "actions": "Names to police intelligence: Ines, today.",
                "shared_with": "Police intelligence desk, form sent. Team manager, by e-mail.",
            },
            worries=(
                Worry(
                    "danger",
                    "Names two adults who supply her with drugs and says she owes them.",
                    (
                        tells("social-worker", 1, "Team manager, by e-mail."),
                        tells("police", 2, "Intelligence desk, form sent. No answer."),
                    ),
                ),
            ),
        ),
        Talk(
            covers=_covered(30),
            interviewer="nadia",
            held=92,
            said=(
                picks("how_tell", ["message"]),
                picks("who_with", "alone"),
                picks("being_back", "2"),
                typed("need_now", "new phone number"),
                typed("why", "same as i told the other lady. they say i still owe"),
                cards("G2", "G2", {"G2": ("why", "they say i still owe")}, home=""),
                typed("where_went", "tyre place again. upstairs", social_worker_only=True),
                typed("who_saw", "dez again and uncle. i said their names before"),
                picks("hurt_away", "no"),
                picks("felt_safe_away", 3),
                picks("safe_here", "sometimes"),
                typed("safe_here_words", "they know where larkfield is. they park outside"),
                picks("adult_hurt", "no"),
                picks("adult_to_talk", "no"),
                typed("told_anyone", "told the other lady. nothing happened", home=True),
                typed("would_help", "someone goes round there and tells them to stop"),
                picks("stay_or_move", "other"),
                typed("who_should_hear", "police but not the one who shouts"),
                typed("last_time", "no. what was the point"),
                picks("agrees", "partly"),
                typed("agrees_why", "you wrote i go missing. i go because i have to"),
            ),
            worker={
                "place": "By message, then ten minutes in the library",
                "how_long": 40,
                "late_because": "Missing again three times before it could be held.",
                "harm": "yes",
                "harm_words": "As in the talk before: supplied with drugs, in debt.",
                "exploitation": ["criminal"],
                "exploitation_words": "The same two names, told to a second interviewer.",
                "crime": "to-child",
                "crime_words": "Supply of drugs to a child.",
                "substances": "yes",
                "worker_view": "This is the second time that she gives these names. I find no record of "
                "what was "
                "done with them the first time.",
                "carer_says": "A dark car waits at the end of the drive most evenings.",
                "adult_guess": "Attention. She likes the police cars.",
                "actions": "Names to police again, and to the team manager in writing: Nadia, today.",
                "shared_with": "Police intelligence desk, second form. Team manager.",
            },
            worries=(
                Worry(
                    "danger",
                    "The same two names again. They wait outside the home. Nothing known of the first "
                    "report.",
                    (
                        tells("social-worker", 2, "Team manager, in writing."),
                        tells("police", 3, "Intelligence desk, second form. Asked what became of the first."),
                    ),
                ),
            ),
        ),
        Talk(
            covers=_covered(44),
            interviewer="ines",
            held=30,
            said=(
                picks("how_tell", ["talk"]),
                picks("who_with", "alone"),
                picks("being_back", "1"),
                says("need_now", "Can I have a bath somewhere with a lock."),
                says(
                    "why",
                    "He picks me up and I do what he says and then he drops me back. That's why.",
                    before="He picks me up and then he drops me back. That's why.",
                ),
                says("trigger", "He was outside again."),
                cards(
                    "G1 G2",
                    "G1",
                    {"G1": ("why", "He picks me up and I do what he says and then he drops me back.")},
                    home="",
                ),
                skips("what_happened", Skip.LATER),
                skips("who_saw", Skip.RATHER_NOT_SAY),
                picks("hurt_away", "yes"),
                skips("hurt_away_words", Skip.LATER),
                picks("felt_safe_away", 0),
                picks("safe_here", "no"),
                says("safe_here_words", "Not when he can just park there.", home=True),
                picks("adult_hurt", "no"),
                picks("too_far", "yes"),
                says("want_to_see", "My auntie. She said I could come but nobody rang her back.", home=True),
                picks("adult_to_talk", "sometimes"),
                says("would_help", "Move me where he doesn't know.", home=True),
                picks("stay_or_move", "move"),
                says("who_should_hear", "The one who runs my review. He said to tell him."),
                says("last_time", "Not that I know."),
                picks("agrees", "yes"),
            ),
            worker={
                "place": "My office, with the heater on",
                "how_long": 70,
                "harm": "yes",
                "harm_words": "Says yes, and cannot say more today. Not pressed.",
                "exploitation": ["sexual", "criminal", "grooming"],
                "exploitation_words": "An adult fetches her and decides what she does.",
                "crime": "to-child",
                "substances": "yes",
                "health": "Doctor tonight; she agreed.",
                "worker_view": "From parties to debt to this in eleven weeks. She told us at every step.",
                "placement_change": "A placement that these adults do not know.",
                "carer_says": "We log the car's number each time.",
                "adult_guess": "She thinks he is her boyfriend.",
                "actions": "Strategy meeting today: team manager.\nNew placement: this week.",
                "shared_with": "Police, duty social worker, team manager: within the hour.",
            },
            worries=(
                Worry(
                    "danger",
                    "An adult fetches her from the home and decides what she does. Hurt, and not safe there.",
                    (
                        tells("police", 0.5),
                        tells("social-worker", 0.8),
                    ),
                ),
            ),
        ),
    ),
)

CASES_A: tuple[Case, ...] = (TYLER, KAYLEIGH)
