"""One sound file through the worker process, start to end, for commands without a screen."""

import queue
from dataclasses import dataclass
from pathlib import Path

from coach.config import Home
from coach.domain.finding import Feedback
from coach.domain.measures import Measures
from coach.domain.question import Question
from coach.domain.transcript import Transcript
from coach.errors import CoachError
from coach.practice import worker as work
from coach.speech.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in a file; `feedback` only when a question was given."""

    transcript: Transcript
    measures: Measures
    feedback: Feedback | None = None


def transcribe_file(
    home: Home, audio: Path, model: str = "", vocabulary: Vocabulary | None = None, question: Question | None = None
) -> Heard:
    """Transcribe a sound file, and judge it when `question` is given. Raises CoachError with what to do."""
    if not audio.is_file():
        raise CoachError(f"There is no sound file {audio}.", "Check the name and the folder.")
    events: queue.SimpleQueue[work.Event] = queue.SimpleQueue()
    worker = work.Worker(home, model or None, events.put)
    worker.start()
    heard: Heard | None = None
    try:
        worker.transcribe("file", audio, vocabulary or Vocabulary(), question)
        while True:
            match events.get():
                case work.Transcribed(transcript=transcript, measures=measures):
                    heard = Heard(transcript, measures)
                    if question is None:
                        return heard
                case work.Judged(feedback=feedback) if heard is not None:
                    return Heard(heard.transcript, heard.measures, feedback)
                case work.Failed(message=message, mend=mend):
                    raise CoachError(message, mend)
                case work.Died(message=message):
                    raise CoachError(message, "Try again; if it happens twice, see: coach doctor")
                case _:
                    pass
    finally:
        worker.stop()
