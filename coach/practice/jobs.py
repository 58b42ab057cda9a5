"""What is under way at the worker process for one sitting, and keeping what comes back.

Worker events arrive on a thread of their own while the user starts, stops and leaves, so the table of open jobs has a
lock of its own; the store is never written and the listener never called while it is held.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from coach.domain.question import Question
from coach.domain.session import Answer
from coach.domain.transcript import Transcript
from coach.errors import CoachError
from coach.practice import worker as work
from coach.practice.archive import Archive
from coach.practice.events import (
    AnswerFailed,
    AnswerJudged,
    AnswerTranscribed,
    Event,
    SessionFailed,
    SessionReviewed,
)
from coach.speech.vocabulary import Vocabulary

AGAIN = "Your recording is kept. Open it again to have it judged."


class Helper(Protocol):
    """What a sitting needs of the worker process."""

    def follow(self, job: str, take: Path, vocabulary: Vocabulary, captions: bool) -> None: ...  # noqa: D102
    def finish(self, job: str, question: Question) -> None: ...  # noqa: D102
    def transcribe(self, job: str, audio: Path, vocabulary: Vocabulary, question: Question | None) -> None: ...  # noqa: D102
    def judge(self, job: str, transcript: Transcript, question: Question) -> None: ...  # noqa: D102
    def judge_session(self, job: str, answers: Sequence[Answer]) -> None: ...  # noqa: D102
    def cancel(self, job: str) -> None: ...  # noqa: D102


class Jobs:
    """The open jobs of one sitting."""

    def __init__(
        self,
        archive: Archive,
        helper: Helper,
        clock: Callable[[], datetime],
        vocabulary: Callable[[Question], Vocabulary],
        listener: Callable[[Event], None],
    ) -> None:
        self._archive, self._helper, self._clock = archive, helper, clock
        self._vocabulary, self._listener = vocabulary, listener
        self._lock = threading.Lock()
        self._open: dict[str, Answer] = {}
        self._reviews: set[str] = set()
        self._asked = 0
        self._live: str | None = None
        self._followed = False

    def follow(self, answer: Answer, take: Path, vocabulary: Vocabulary, captions: bool) -> None:
        """Transcribe while it is recorded. If that is not possible, the whole take is read when it has ended."""
        with self._lock:
            self._open[answer.id] = answer
            self._live, self._followed = answer.id, True
        try:
            self._helper.follow(answer.id, take, vocabulary, captions)
        except OSError:
            self._lost(answer.id)

    def _lost(self, job: str) -> bool:
        """The live transcription of `job` has gone; true if it is the one that is being recorded."""
        with self._lock:
            if self._live != job:
                return False
            self._followed = False
            return True

    def finish(self, answer: Answer) -> None:
        """The take is whole: read its rest, or all of it when the live transcription has gone."""
        with self._lock:
            followed = self._followed and answer.id in self._open
            self._live = None
            self._open[answer.id] = answer
        if not followed:
            self.repeat(answer)
            return
        try:
            self._helper.finish(answer.id, answer.question)
        except OSError as error:
            self._fail(answer, f"The part that listens could not be started ({error.strerror}).", AGAIN)

    def repeat(self, answer: Answer) -> None:
        """Read a kept take from the start."""
        if answer.take is None:
            raise CoachError("This answer has no recording.", "Choose another one.")
        with self._lock:
            self._open[answer.id] = answer
        try:
            vocabulary = self._vocabulary(answer.question)
            self._helper.transcribe(answer.id, answer.take.path, vocabulary, answer.question)
        except CoachError as error:
            self._fail(answer, error.message, error.mend)
        except OSError as error:
            self._fail(answer, f"The part that listens could not be started ({error.strerror}).", AGAIN)

    def review(self, answers: Sequence[Answer]) -> str:
        """Judge answers together; gives the id by which the event is known."""
        with self._lock:
            self._asked += 1
            job = f"review-{self._asked}-{answers[0].id}"
            self._reviews.add(job)
        self._helper.judge_session(job, tuple(lighter(a) for a in answers))
        return job

    def forget(self, answer: Answer) -> None:
        """Drop one job; none of its events changes anything from now on."""
        with self._lock:
            self._open.pop(answer.id, None)
            if self._live == answer.id:
                self._live = None
        self._helper.cancel(answer.id)

    def forget_all(self) -> None:
        """Drop every job."""
        with self._lock:
            jobs = [*self._open, *self._reviews]
            self._open.clear()
            self._reviews.clear()
            self._live = None
        for job in jobs:
            self._helper.cancel(job)

    def died(self, message: str) -> None:
        """The worker process has gone: what it worked on has failed, but a running recording goes on."""
        with self._lock:
            self._followed = False
            lost = [a for job, a in self._open.items() if job != self._live]
            reviews = list(self._reviews)
            self._reviews.clear()
        for answer in lost:
            self._fail(answer, message, AGAIN)
        for job in reviews:
            self._listener(SessionFailed(job, message))

    def hear(self, event: work.Event) -> None:
        """Keep what the worker made, then tell it; what cannot be kept is told as a failure."""
        job = getattr(event, "job", "")
        if isinstance(event, work.Failed) and self._lost(job):
            return
        with self._lock:
            answer = self._open.get(job)
            reviewed = job in self._reviews
            self._reviews.discard(job)
        if reviewed and isinstance(event, work.SessionJudged):
            self._listener(SessionReviewed(job, event.findings))
        elif reviewed and isinstance(event, work.Failed):
            self._listener(SessionFailed(job, f"{event.message} {event.mend}".strip()))
        elif answer is not None:
            try:
                self._keep(answer, event)
            except CoachError as error:
                self._close(answer)
                self._listener(AnswerFailed(answer, error.message, error.mend))

    def _keep(self, answer: Answer, event: work.Event) -> None:
        answers = self._archive.answers
        match event:
            case work.Transcribed():
                kept = answers.keep_transcript(answer.id, event.transcript, event.measures, self._clock())
                self._listener(AnswerTranscribed(kept))
            case work.Judged():
                kept = answers.keep_feedback(answer.id, event.feedback, self._clock())
                self._close(answer)
                self._listener(AnswerJudged(kept))
            case work.Failed():
                self._fail(answer, event.message, event.mend)
            case _:
                pass

    def _fail(self, answer: Answer, message: str, mend: str) -> None:
        self._close(answer)
        try:
            failed = self._archive.answers.set_state(answer.id, "failed", f"{message} {mend}".strip())
        except CoachError:
            # The disk is full, say; the take is there all the same.
            failed = replace(answer, state="failed", problem=message)
        self._listener(AnswerFailed(failed, message, mend))

    def _close(self, answer: Answer) -> None:
        with self._lock:
            self._open.pop(answer.id, None)


def lighter(answer: Answer) -> Answer:
    """An answer without its words' times and its sound's levels, which no judgement over several answers needs."""
    if answer.transcript is None:
        return answer
    return replace(answer, transcript=replace(answer.transcript, words=(), signal=None))
