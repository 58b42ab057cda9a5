"""One sitting: ask, record, transcribe, judge, next; each step is kept before the next one begins.

The conductor is the state machine behind the practice screen, `coach practice` and `coach answer`. It knows no screen:
it is told what the user wants and tells a listener what happened.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from coach.audio.recorder import Recorder, RecordingEnded
from coach.audio.source import Source
from coach.domain.question import Question
from coach.domain.session import Answer, Session
from coach.domain.take import Level, Take
from coach.domain.transcript import Transcript
from coach.errors import AudioError, CoachError
from coach.practice import worker as work
from coach.practice.archive import Archive
from coach.practice.events import (
    AnswerFailed,
    AnswerJudged,
    AnswerTranscribed,
    CaptionShown,
    Event,
    HelperState,
    LevelChanged,
    RecordingStopped,
    SessionReviewed,
)
from coach.practice.ids import answer_id
from coach.speech.vocabulary import Vocabulary


class Helper(Protocol):
    """What the conductor needs of the worker process."""

    def follow(self, job: str, take: Path, vocabulary: Vocabulary, captions: bool) -> None: ...  # noqa: D102
    def finish(self, job: str, question: Question) -> None: ...  # noqa: D102
    def transcribe(self, job: str, audio: Path, vocabulary: Vocabulary, question: Question | None) -> None: ...  # noqa: D102
    def judge(self, job: str, transcript: Transcript, question: Question) -> None: ...  # noqa: D102
    def judge_session(self, job: str, answers: Sequence[Answer]) -> None: ...  # noqa: D102
    def cancel(self, job: str) -> None: ...  # noqa: D102


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
        self._followed = False
        self._open: dict[str, Answer] = {}

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
        return self._recorder.seconds if self._recorder else 0.0

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
        """Keep that the question was asked, then record. Raises AudioError or StoreError with what to do."""
        with self._lock:
            question = self.question
            if question is None or self.recording:
                raise CoachError("There is no question to answer now.", "Choose a question first.")
            source = self._tools.source()
            answer = self._ask(question, asked_text or question.text)
            path = self._tools.archive.home.takes / self._session.id / f"{answer.id}.wav"
            answer = self._tools.archive.answers.keep_take(answer.id, Take(path), "recording")
            recorder = Recorder(source, path, self._level, lambda ended: self._ended_by_itself(answer.id, ended))
            try:
                recorder.start()
            except AudioError as error:
                self._tools.archive.answers.set_state(answer.id, "discarded", str(error))
                raise
            self._recorder, self._recording = recorder, answer
            self._open[answer.id] = answer
            self._followed = True
            self._tools.helper.follow(answer.id, path, self._tools.vocabulary(question), captions)
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
            if self._recording is not None and self._recording.id == answer:
                self._stop("" if ended.reason == "end of file" else ended.message)

        threading.Thread(target=finish, name="recording-ended", daemon=True).start()

    def _stop(self, message: str) -> Answer | None:
        with self._lock:
            recorder, answer = self._recorder, self._recording
            self._recorder = self._recording = None
            if recorder is None or answer is None:
                return None
            answer = self._tools.archive.answers.keep_take(answer.id, recorder.stop(), "recorded")
            self._open[answer.id] = answer
            self._listener(RecordingStopped(answer, message))
            if self._followed:
                self._tools.helper.finish(answer.id, answer.question)
            else:
                self.repeat(answer)
            return answer

    def discard(self) -> None:
        """Stop and set the take aside; it stays on disk but is neither transcribed nor offered again."""
        with self._lock:
            recorder, answer = self._recorder, self._recording
            self._recorder = self._recording = None
            if recorder is None or answer is None:
                return
            self._open.pop(answer.id, None)
            self._tools.helper.cancel(answer.id)
            take = replace(recorder.stop(), state="discarded")
            self._tools.archive.answers.keep_take(answer.id, take, "discarded")

    def leave(self) -> None:
        """The user goes away: a running recording is stopped and kept, so that it can be judged later."""
        with self._lock:
            recorder, answer = self._recorder, self._recording
            self._recorder = self._recording = None
            for job in self._open:
                self._tools.helper.cancel(job)
            self._open.clear()
            if recorder is not None and answer is not None:
                self._tools.archive.answers.keep_take(answer.id, recorder.stop(), "recorded")

    def _level(self, level: Level) -> None:
        self._listener(LevelChanged(level))

    def hear(self, event: work.Event) -> None:
        """Take an event of the worker process: keep what it brings, then tell the listener."""
        match event:
            case work.Ready():
                self._listener(HelperState("ready", event.model))
            case work.SessionJudged():
                self._listener(SessionReviewed(event.findings))
            case work.Died():
                self._followed = False
                self._listener(HelperState("died", event.message))
                self._fail_open(event.message)
            case work.CaptionChanged() if event.job in self._open:
                self._listener(CaptionShown(event.caption))
            case work.Failed() if self._recording is not None and event.job == self._recording.id:
                self._followed = False  # the recording goes on; the whole take is transcribed when it ends
            case work.Transcribed() | work.Judged() | work.Failed() if event.job in self._open:
                keep(self._tools.archive, event, self._tools.clock(), self._tell)
            case _:
                pass

    def _tell(self, event: Event) -> None:
        if isinstance(event, AnswerJudged | AnswerFailed):
            self._open.pop(event.answer.id, None)
        self._listener(event)

    def _fail_open(self, message: str) -> None:
        for job, answer in list(self._open.items()):
            if self._recording is not None and self._recording.id == job:
                continue
            failed = self._tools.archive.answers.set_state(answer.id, "failed", message)
            self._tell(AnswerFailed(failed, message, "Your recording is kept. Choose 'Transcribe again'."))

    def review(self, answers: Sequence[Answer]) -> None:
        """Judge what only shows over several answers; SessionReviewed follows."""
        self._tools.helper.judge_session("session", answers)

    def repeat(self, answer: Answer) -> None:
        """Transcribe and judge a kept take again; the new transcript stands beside the old one."""
        if answer.take is None:
            raise CoachError("This answer has no recording.", "Choose another one.")
        self._open[answer.id] = answer
        vocabulary = self._tools.vocabulary(answer.question)
        self._tools.helper.transcribe(answer.id, answer.take.path, vocabulary, answer.question)


def keep(
    archive: Archive,
    event: work.Transcribed | work.Judged | work.Failed,
    now: datetime,
    tell: Callable[[Event], None],
) -> None:
    """Keep what the worker made of an answer, then tell it."""
    answers = archive.answers
    match event:
        case work.Transcribed():
            tell(AnswerTranscribed(answers.keep_transcript(event.job, event.transcript, event.measures, now)))
        case work.Judged():
            tell(AnswerJudged(answers.keep_feedback(event.job, event.feedback, now)))
        case work.Failed():
            failed = answers.set_state(event.job, "failed", f"{event.message} {event.mend}".strip())
            tell(AnswerFailed(failed, event.message, event.mend))
