"""A sitting, its answers, and what is kept of each."""

from dataclasses import dataclass
from datetime import datetime

from coach.domain.finding import Feedback
from coach.domain.measures import Measures
from coach.domain.question import Question
from coach.domain.take import Take
from coach.domain.transcript import Transcript

ANSWER_STATES = ("asked", "recording", "recorded", "transcribed", "judged", "failed", "discarded")


@dataclass(frozen=True, slots=True)
class Answer:
    """One attempt at one question. `attempt` counts from 1 for the same question in the same sitting.

    `state` is one of ANSWER_STATES; what is not there yet is None. `problem` says why transcription or judging failed.
    """

    id: str
    session_id: str
    question: Question
    asked_text: str
    attempt: int
    started: datetime
    state: str = "asked"
    take: Take | None = None
    transcript: Transcript | None = None
    measures: Measures | None = None
    feedback: Feedback | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What a list shows of an answer, without reading what was said.

    `seconds` is None without a recording; `overall` is None when the answer was not scored; `fixes` counts the things
    to change, None where there is no feedback; `damaged` is true when a part of it cannot be read. `partly` is true
    when it comes from a search of which no answer has all words.
    """

    id: str
    session_id: str
    asked_text: str
    started: datetime
    state: str
    seconds: float | None = None
    overall: float | None = None
    fixes: int | None = None
    damaged: bool = False
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """What choosing the next question needs of an answer: what was asked when, and its overall mark (1 to 5)."""

    id: str
    question_key: str
    asked_text: str
    started: datetime
    state: str
    overall: float | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting: when it began and its answers in order."""

    id: str
    started: datetime
    title: str = ""
    answers: tuple[Answer, ...] = ()
