"""What goes to the worker process and what comes back: frozen, small, and picklable."""

from dataclasses import dataclass
from pathlib import Path

from coach.config import Home
from coach.domain.finding import Feedback, SessionFinding
from coach.domain.measures import Measures
from coach.domain.question import Question
from coach.domain.session import Answer
from coach.domain.transcript import Caption, Transcript
from coach.speech.vocabulary import Vocabulary

RECOGNISER = "coach.speech.transcriber:load"
JUDGE = "coach.judge.engine:load_judge"


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker process is made with. The factories are "module:name", so that tests can put in their own."""

    home: Home
    model: str | None
    rubric: str = ""
    recogniser: str = RECOGNISER
    judge: str = JUDGE
    threads: int = 0


@dataclass(frozen=True, slots=True)
class Warm:
    """Load everything now, so that the first answer finds it ready."""


@dataclass(frozen=True, slots=True)
class Follow:
    """Transcribe a take while it is being recorded."""

    job: str
    take: Path
    vocabulary: Vocabulary
    captions: bool


@dataclass(frozen=True, slots=True)
class Finish:
    """The take of a followed job is closed: read the rest, then judge."""

    job: str
    question: Question


@dataclass(frozen=True, slots=True)
class Transcribe:
    """Transcribe a whole sound file, and judge it when there is a question."""

    job: str
    audio: Path
    vocabulary: Vocabulary
    question: Question | None


@dataclass(frozen=True, slots=True)
class Judge:
    """Judge a transcript that is there already."""

    job: str
    transcript: Transcript
    question: Question


@dataclass(frozen=True, slots=True)
class JudgeSession:
    """Judge what only shows over several answers."""

    job: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Cancel:
    """Forget a job."""

    job: str


Command = Warm | Follow | Finish | Transcribe | Judge | JudgeSession | Cancel


@dataclass(frozen=True, slots=True)
class Ready:
    """The recogniser is loaded; `model` is its name."""

    model: str


@dataclass(frozen=True, slots=True)
class CaptionChanged:
    """The newest live text of a job; earlier ones may be dropped."""

    job: str
    caption: Caption


@dataclass(frozen=True, slots=True)
class Transcribed:
    """The transcript of a job, with its measures."""

    job: str
    transcript: Transcript
    measures: Measures


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgement of a job; the job is done."""

    job: str
    feedback: Feedback


@dataclass(frozen=True, slots=True)
class SessionJudged:
    """What shows over the answers of a job."""

    job: str
    findings: tuple[SessionFinding, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """A job failed at `stage` ("load", "transcribe" or "judge"); what was recorded is kept and it can be repeated."""

    job: str
    stage: str
    message: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Died:
    """The process ended by itself. It starts again at the next call; open jobs are lost, their recordings are not."""

    message: str


Event = Ready | CaptionChanged | Transcribed | Judged | SessionJudged | Failed | Died
