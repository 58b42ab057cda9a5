"""The whole loop without a screen: one answer taken from a file, transcribed, judged, kept."""

import queue
from pathlib import Path

from coach.config import Home
from coach.domain.question import CATEGORIES, DEFAULT_QUESTION, Question
from coach.domain.session import Answer
from coach.errors import CoachError, UsageError
from coach.practice.desk import Desk
from coach.practice.events import AnswerFailed, AnswerJudged, Event, RecordingStopped

SPEED = 1000.0
"""A file is taken over as fast as the disk allows; nobody listens."""


def question_for(desk: Desk, question: str, ask: str, category: str, program: str) -> Question:
    """The question to answer: one of the library by id, or any text. Raises UsageError when it is not known."""
    from dataclasses import replace

    if category and category not in CATEGORIES:
        raise UsageError(f"There is no category {category!r}. Allowed: {', '.join(CATEGORIES)}.")
    chosen = None
    if question:
        chosen = desk.library.question(question)
        if chosen is None:
            raise UsageError(f"There is no question {question!r}.", "See the ids with: coach bank list --questions")
    made = chosen or Question(
        id=_slug(ask), bank_id="asked", text=ask or DEFAULT_QUESTION, category=category or "about_you"
    )
    if category:
        made = replace(made, category=category)
    if program:
        from coach.practice.programs import find_program

        made = replace(made, program=find_program(desk.home, program))
    return made


def _slug(text: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in text.lower()).split()
    return "-".join(words)[:60] or "about-you"


def answer_file(
    home: Home, audio: Path, question: str = "", ask: str = "", category: str = "", program: str = ""
) -> Answer:
    """Run the loop on `audio` and return the judged answer. Raises CoachError; the take is kept in every case."""
    desk = Desk(home, [audio], SPEED)
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    try:
        conductor = desk.sitting((question_for(desk, question, ask, category, program),), events.put, "from a file")
        conductor.record()
        while True:
            match events.get():
                case RecordingStopped(message=message) if message:
                    raise CoachError(message)
                case AnswerJudged(answer=answer):
                    return answer
                case AnswerFailed(message=message, mend=mend):
                    raise CoachError(message, mend)
                case _:
                    pass
    finally:
        desk.close()
