"""The talk as it lies on a tablet for where there is no network: one page for every child, of nobody."""

from flask import render_template

from forms.interview import interview_form
from forms.read_back import AGREEMENT, read_back_form
from interview.answers import READER_TOLD
from interview.drawings import COLOURS
from interview.languages import LANGUAGES
from interview.questions import TALK, Section, questions_of
from interview.reasons import REASONS, ForHome
from interview.welcome import WELCOMES
from views.words import catalogues

NOT_SENT = {"csrf": False}


def blank_talk(question_set: str, language: str) -> str:
    """The page of a question set in a language: talk, last time and read-back, to be filled on the tablet."""
    questions = questions_of(question_set, (*TALK, Section.LAST_TIME))
    of_part = [(part, [q for q in questions if q.section is part]) for part in (*TALK, Section.LAST_TIME)]
    return render_template(
        "tablet/talk.html",
        question_set=question_set,
        language=language,
        languages=catalogues().offered(),
        of_part=of_part,
        talk_form=interview_form(questions)(meta=NOT_SENT),
        form=read_back_form(questions, tuple(REASONS))(meta=NOT_SENT),
        kept={},
        welcomes=WELCOMES.values(),
        agreement=[question for question in AGREEMENT if question.key != "read_right"],
        may_tell_home=[code for code, one in REASONS.items() if one.for_home is not ForHome.NEVER],
        shades={key: colour.hex for key, colour in COLOURS.items()},
        comma=LANGUAGES[language].comma,
        READER_TOLD=READER_TOLD,
    )
