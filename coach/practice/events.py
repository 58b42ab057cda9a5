"""What a front end is told while someone practises. Frozen; the listener may be called from any thread."""

from dataclasses import dataclass

from coach.domain.finding import SessionFinding
from coach.domain.session import Answer
from coach.domain.take import Level
from coach.domain.transcript import Caption


@dataclass(frozen=True, slots=True)
class LevelChanged:
    """The newest level; earlier ones may be dropped."""

    level: Level


@dataclass(frozen=True, slots=True)
class CaptionShown:
    """The newest live text; earlier ones may be dropped."""

    caption: Caption


@dataclass(frozen=True, slots=True)
class RecordingStopped:
    """The recording ended; `message` is "" when the user stopped it, else says why it ended by itself."""

    answer: Answer
    message: str = ""


@dataclass(frozen=True, slots=True)
class AnswerTranscribed:
    """The transcript is kept."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class AnswerJudged:
    """The feedback is kept."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class AnswerFailed:
    """Transcription or judging failed; the take is kept and it can be repeated."""

    answer: Answer
    message: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class SessionReviewed:
    """What only shows over several answers; `job` is the id that asking for it gave."""

    job: str
    findings: tuple[SessionFinding, ...]


@dataclass(frozen=True, slots=True)
class SessionFailed:
    """The answers could not be judged together; `message` says why."""

    job: str
    message: str


@dataclass(frozen=True, slots=True)
class HelperState:
    """The worker process: "loading", "ready" (with the model's name) or "died"; `message` says it plainly."""

    state: str
    message: str = ""


Event = (
    LevelChanged
    | CaptionShown
    | RecordingStopped
    | AnswerTranscribed
    | AnswerJudged
    | AnswerFailed
    | SessionReviewed
    | SessionFailed
    | HelperState
)
