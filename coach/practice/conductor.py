"""One sitting: ask, record, transcribe, judge, next; each step is kept before the next one begins.

The conductor is the state machine behind the practice screen, `coach practice` and `coach answer`. It knows no screen:
it is told what the user wants and tells a listener what happened.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from coach.audio.recorder import Recorder, RecordingEnded
from coach.audio.source import Source
from coach.domain.question import Question
from coach.domain.session import Answer, Session
from coach.domain.take import Level, Take
from coach.errors import AudioError, CoachError
from coach.practice import worker as work
from coach.practice.archive import Archive
from coach.practice.events import CaptionShown, Event, HelperState, LevelChanged, RecordingStopped
from coach.practice.ids import answer_id
from coach.practice.jobs import Helper, Jobs
from coach.speech.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Tools:
    """What a sitting needs from outside; `source` opens the microphone or the next recorded file."""

    archive: Archive
    helper: Helper
    source: Callable[[], Source]
    clock: Callable[[], datetime]
    vocabulary: Callable[[Question], Vocabulary]


class Conductor:
    """One sitting over a list of questions. `listener` may be called from any thread and must be quick."""

    def __init__(
        self, tools: Tools, session: Session, questions: Sequence[Question], listener: Callable[[Event], None]
    ) -> None:
        self._tools = tools
        self._session = session
        self._session_kept = False
        self._questions = tuple(questions)
        self._listener = listener
        self._lock = threading.RLock()
        self._position = 0
        self._asked = 0
        self._recorder: Recorder | None = None
        self._recording: Answer | None = None
        self._jobs = Jobs(tools.archive, tools.helper, tools.clock, tools.vocabulary, listener)

    @property
    def session_id(self) -> str:
        """The id of the sitting; its answers carry it."""
        return self._session.id

    @property
    def question(self) -> Question | None:
        """The question that is asked now; None when all were asked."""
        return self._questions[self._position] if self._position < len(self._questions) else None

    @property
    def position(self) -> tuple[int, int]:
        """Which question of how many, from 1."""
        return self._position + 1, len(self._questions)

    @property
    def recording(self) -> bool:
        """Whether sound is being recorded."""
        return self._recording is not None

    @property
    def seconds(self) -> float:
        """Length of the take so far, in seconds."""
        recorder = self._recorder
        return recorder.seconds if recorder else 0.0

    def next(self) -> Question | None:
        """Go to the next question; None at the end."""
        with self._lock:
            if not self.recording and self._position < len(self._questions):
                self._position += 1
            return self.question

    def back(self) -> Question | None:
        """Go to the question before."""
        with self._lock:
            if not self.recording and self._position > 0:
                self._position -= 1
            return self.question

    def insert(self, question: Question) -> None:
        """Ask `question` next (a follow-up)."""
        with self._lock:
            at = self._position + 1
            self._questions = (*self._questions[:at], question, *self._questions[at:])

    def record(self, asked_text: str = "", captions: bool = False) -> Answer:
        """Keep that the question was asked, then record. Raises CoachError with what to do; then nothing records."""
        with self._lock:
            question = self.question
            if question is None or self.recording:
                raise CoachError("There is no question to answer now.", "Choose a question first.")
            vocabulary = self._tools.vocabulary(question)
            source = self._tools.source()
            answer = self._ask(question, asked_text or question.text)
            path = self._tools.archive.home.takes / self._session.id / f"{answer.id}.wav"
            answer = self._tools.archive.answers.keep_take(answer.id, Take(path), "recording")
            try:
                recorder = Recorder(source, path, self._level, lambda ended: self._ended_by_itself(answer.id, ended))
                recorder.start()
            except AudioError as error:
                self._tools.archive.answers.set_state(answer.id, "discarded", str(error))
                raise
            self._recorder, self._recording = recorder, answer
            self._jobs.follow(answer, path, vocabulary, captions)
            return answer

    def _ask(self, question: Question, asked: str) -> Answer:
        if not self._session_kept:
            self._tools.archive.answers.add_session(self._session)
            self._session_kept = True
        self._asked += 1
        return self._tools.archive.answers.add_answer(
            answer_id(self._session.id, self._asked), self._session.id, question, asked, self._tools.clock()
        )

    def stop(self) -> Answer | None:
        """End the recording; the transcript and the feedback follow as events. None when nothing was recording."""
        return self._stop("")

    def _ended_by_itself(self, answer: str, ended: RecordingEnded) -> None:
        # The recorder's own thread calls this; stopping joins that thread, so another one has to do it.
        def finish() -> None:
            with self._lock:
                if self._recording is not None and self._recording.id == answer:
                    self._stop("" if ended.reason == "end of file" else ended.message)

        threading.Thread(target=finish, name="recording-ended", daemon=True).start()

    def _stop(self, message: str) -> Answer | None:
        with self._lock:
            stopped = self._end_recording("complete", "recorded")
            if stopped is None:
                return None
            answer, trouble = stopped
            self._listener(RecordingStopped(answer, " ".join(t for t in (message, trouble) if t)))
            self._jobs.finish(answer)
            return answer

    def _end_recording(self, take_state: str, answer_state: str) -> tuple[Answer, str] | None:
        """Stop the recorder and keep the take; the second value says what went wrong with keeping it.

        When the store cannot be written, the sound is on disk all the same: the answer still stands as "recording"
        there, and the next start finds it.
        """
        recorder, answer = self._recorder, self._recording
        self._recorder = self._recording = None
        if recorder is None or answer is None:
            return None
        take = replace(recorder.stop(), state=take_state)
        try:
            return self._tools.archive.answers.keep_take(answer.id, take, answer_state), ""
        except CoachError as error:
            return replace(answer, take=take), str(error)

    def discard(self) -> None:
        """Stop and set the take aside; it stays on disk but is neither transcribed nor offered again."""
        with self._lock:
            if self._recording is not None:
                self._jobs.forget(self._recording)
                self._end_recording("discarded", "discarded")

    def leave(self) -> None:
        """The user goes away: a running recording is stopped and kept, so that it can be judged later."""
        with self._lock:
            self._end_recording("complete", "recorded")
            self._jobs.forget_all()

    def repeat(self, answer: Answer) -> None:
        """Transcribe and judge a kept take again; the new transcript stands beside the old one."""
        self._jobs.repeat(answer)

    def review(self, answers: Sequence[Answer]) -> str:
        """Judge what only shows over several answers; SessionReviewed or SessionFailed follows with the id given."""
        return self._jobs.review(answers)

    def _level(self, level: Level) -> None:
        self._listener(LevelChanged(level))

    def hear(self, event: work.Event) -> None:
        """Take an event of the worker process: keep what it brings, then tell the listener. Never raises CoachError."""
        match event:
            case work.Ready():
                self._listener(HelperState("ready", event.model))
            case work.CaptionChanged():
                if self._recording is not None and self._recording.id == event.job:
                    self._listener(CaptionShown(event.caption))
            case work.Died():
                self._listener(HelperState("died", event.message))
                self._jobs.died(event.message)
            case _:
                self._jobs.hear(event)
