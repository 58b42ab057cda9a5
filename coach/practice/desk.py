"""Everything a front end needs, built once and only when it is first used, so that the first screen comes at once."""

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from multiprocessing import resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from coach.config import Home
from coach.domain.question import Question
from coach.domain.session import Answer, Session
from coach.errors import CoachError
from coach.practice.archive import Archive, Clock, utc_now
from coach.practice.ids import session_id
from coach.practice.settings import Settings, load_settings, save_settings

if TYPE_CHECKING:
    from coach.practice.banks import Library, Progress
    from coach.practice.conductor import Conductor
    from coach.practice.events import Event
    from coach.practice.inputs import Inputs
    from coach.practice.worker import Event as WorkEvent
    from coach.practice.worker import Worker
    from coach.speech.vocabulary import Vocabulary


class MakeWorker(Protocol):
    """Makes the worker process's front; tests put a fake in its place."""

    def __call__(self, home: Home, model: str | None, on_event: Callable[[WorkEvent], None]) -> Worker: ...  # noqa: D102


class Desk:
    """The candidate's desk: settings, the archive, the question library, the worker, and at most one sitting."""

    def __init__(
        self,
        home: Home,
        inputs: Sequence[Path] = (),
        speed: float = 1.0,
        clock: Clock = utc_now,
        salt: int | None = None,
        make_worker: MakeWorker | None = None,
    ) -> None:
        self.home = home
        self.clock = clock
        self.settings = load_settings(home)
        self._files, self._speed = tuple(inputs), speed
        self._make_worker = make_worker
        self._salt = random.SystemRandom().randrange(256) if salt is None else salt
        self._conductor: Conductor | None = None
        self._lock = threading.Lock()
        self._library: Library | None = None
        self._library_lock = threading.Lock()

    @cached_property
    def inputs(self) -> Inputs:
        """Where the sound of the next answer comes from."""
        from coach.practice.inputs import Inputs

        return Inputs(self._files, self._speed, lambda: self.settings.microphone)

    @cached_property
    def archive(self) -> Archive:
        """What was kept."""
        return Archive(self.home, self.clock)

    @property
    def library(self) -> Library:
        """All questions that can be practised."""
        return self.open_library()

    def open_library(self, progress: Progress | None = None) -> Library:
        """All questions that can be practised; where new banks are read for that, `progress` is told how far it is.

        Raises StoppedError if `progress` does; the next call goes on from there.
        """
        from coach.practice.banks import load_library, silent

        with self._library_lock:
            if self._library is None:
                self._library = load_library(self.home, progress or silent)
            return self._library

    @cached_property
    def worker(self) -> Worker:
        """The process that recognises and judges; it starts with its first job or with `warm`."""
        from coach.practice.worker import Worker

        return (self._make_worker or Worker)(self.home, self.settings.model or None, self._hear)

    def prepare(self) -> None:
        """Make ready what cannot be made once a full-screen app has taken standard error over.

        multiprocessing's resource tracker passes on the file number of standard error, which Textual's stand-in lacks.
        """
        if sys.platform != "win32":
            resource_tracker.ensure_running()

    def choose(self, settings: Settings) -> None:
        """Keep changed settings."""
        save_settings(self.home, settings)
        self.settings = settings

    def reload_library(self) -> None:
        """Read the banks again after one was added or removed."""
        with self._library_lock:
            self._library = None

    def sitting(self, questions: Sequence[Question], listener: Callable[[Event], None], title: str = "") -> Conductor:
        """Begin a sitting; the one before is left, with what it recorded kept."""
        from coach.practice.conductor import Conductor, Tools

        if not questions:
            raise CoachError("No question fits this choice.", "Choose fewer conditions.")
        self.leave()
        now = self.clock()
        session = Session(session_id(now, self._salt), now, title)
        self._salt += 1
        tools = Tools(self.archive, self.worker, self.inputs.next, self.clock, self.vocabulary)
        conductor = Conductor(tools, session, questions, listener)
        with self._lock:
            self._conductor = conductor
        return conductor

    def vocabulary(self, question: Question) -> Vocabulary:
        """Names and terms that the recogniser should know for this question."""
        from coach.practice.vocabulary import vocabulary_for

        return vocabulary_for(self.home, question.program)

    @property
    def recording(self) -> bool:
        """Whether sound is being recorded now."""
        conductor = self._conductor
        return conductor is not None and conductor.recording

    def repeat(self, answer: Answer, listener: Callable[[Event], None]) -> None:
        """Transcribe and judge a kept take again, within the sitting that is open or in one made for it."""
        self._any_sitting(answer.question, listener).repeat(answer)

    def review(self, answers: Sequence[Answer], listener: Callable[[Event], None]) -> str:
        """Judge what only shows over several answers (at least one); gives the id that the event will carry."""
        return self._any_sitting(answers[0].question, listener).review(answers)

    def _any_sitting(self, question: Question, listener: Callable[[Event], None]) -> Conductor:
        with self._lock:
            conductor = self._conductor
        return conductor if conductor is not None else self.sitting((question,), listener)

    def _hear(self, event: WorkEvent) -> None:
        with self._lock:
            conductor = self._conductor
        if conductor is not None:
            conductor.hear(event)

    def leave(self, only: Conductor | None = None) -> None:
        """End the sitting; a running recording is stopped and kept. With `only`, just if that is the open one."""
        with self._lock:
            if only is not None and only is not self._conductor:
                return
            conductor, self._conductor = self._conductor, None
        if conductor is not None:
            conductor.leave()

    def close(self) -> None:
        """End the sitting, the worker and the archive."""
        self.leave()
        if "worker" in self.__dict__:
            self.worker.stop()
        if "archive" in self.__dict__:
            self.archive.close()
