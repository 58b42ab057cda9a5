"""The worker seen from the main process: recognition and judging in one process of their own.

Every method returns at once and may be called from any thread; what happens is told to `on_event`, from one reader
thread. When the process dies (a crash in a native library, the system short of memory), Died is told, and the next call
starts a new one: takes are on disk and every job can be repeated.
"""

import contextlib
import multiprocessing
import queue
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from coach.config import Home
from coach.domain.question import Question
from coach.domain.session import Answer
from coach.domain.transcript import Transcript
from coach.practice import worker_process
from coach.practice.worker_messages import (
    Cancel,
    CaptionChanged,
    Command,
    Died,
    Event,
    Failed,
    Finish,
    Follow,
    Judge,
    Judged,
    JudgeSession,
    Ready,
    SessionJudged,
    Setup,
    Transcribe,
    Transcribed,
    Warm,
)
from coach.speech.vocabulary import Vocabulary

STOP_S = 1.0
"""How long a process that was told to quit may take before it is ended."""
DIED = "The part that listens and judges stopped by itself. Your recordings are safe; it starts again when needed."

__all__ = [
    "CaptionChanged",
    "Died",
    "Event",
    "Failed",
    "Judged",
    "Ready",
    "SessionJudged",
    "Transcribed",
    "Worker",
]


class Worker:
    """Runs jobs in the worker process. A job is known by the id that the caller gives it."""

    def __init__(
        self, home: Home, model: str | None, on_event: Callable[[Event], None], *, setup: Setup | None = None
    ) -> None:
        """`model` is a name or a path (None: the default); `setup` replaces the parts, for tests."""
        self._setup = setup if setup is not None else Setup(home, model)
        self._on_event = on_event
        self._lock = threading.RLock()
        self._process: SpawnProcess | None = None
        self._commands: Connection | None = None
        self._cancelled: set[str] = set()
        self._stopping = False
        self._outbox: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._sender: threading.Thread | None = None

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        process = self._process
        return process is not None and process.is_alive()

    @property
    def pid(self) -> int | None:
        """The process's id while it runs."""
        process = self._process
        return process.pid if process is not None else None

    def start(self) -> None:
        """Start the process if it does not run. Nothing heavy is loaded until `warm` or the first job."""
        with self._lock:
            if self.alive or self._stopping:
                return
            context = multiprocessing.get_context("spawn")
            inbox, self._commands = context.Pipe(duplex=False)
            events, outbox = context.Pipe(duplex=False)
            process = context.Process(
                target=worker_process.run, args=(inbox, outbox, self._setup), name="coach-worker", daemon=True
            )
            process.start()
            inbox.close()
            outbox.close()
            self._process = process
            threading.Thread(target=self._listen, args=(process, events), name="coach-events", daemon=True).start()

    def warm(self) -> None:
        """Load recogniser and judge now; Ready follows."""
        self._send(Warm())

    def follow(self, job: str, take: Path, vocabulary: Vocabulary, captions: bool) -> None:
        """Transcribe a take while it is recorded; with `captions`, CaptionChanged events follow."""
        self._begin(job)
        self._send(Follow(job, take, vocabulary, captions))

    def finish(self, job: str, question: Question) -> None:
        """The take of a followed job is closed: Transcribed and then Judged follow."""
        self._send(Finish(job, question))

    def transcribe(self, job: str, audio: Path, vocabulary: Vocabulary, question: Question | None) -> None:
        """Transcribe a sound file of any format; Transcribed follows, and Judged when there is a question."""
        self._begin(job)
        self._send(Transcribe(job, audio, vocabulary, question))

    def judge(self, job: str, transcript: Transcript, question: Question) -> None:
        """Judge a transcript; Judged follows."""
        self._begin(job)
        self._send(Judge(job, transcript, question))

    def judge_session(self, job: str, answers: Sequence[Answer]) -> None:
        """Judge what only shows over several answers; SessionJudged follows."""
        self._begin(job)
        self._send(JudgeSession(job, tuple(answers)))

    def cancel(self, job: str) -> None:
        """Forget a job: none of its events is told from now on, and the process drops it after its current step."""
        with self._lock:
            self._cancelled.add(job)
        if self.alive:
            self._send(Cancel(job))

    def stop(self) -> None:
        """End the process; no event follows. The worker cannot be used again."""
        with self._lock:
            self._stopping = True
            process, commands = self._process, self._commands
            self._process = None
        self._outbox.put(None)
        if process is None or commands is None:
            return
        with contextlib.suppress(OSError):  # it is gone already
            commands.close()  # the process sees the end of its commands and quits
        process.join(STOP_S)
        if process.is_alive():
            process.kill()
            process.join()

    def _begin(self, job: str) -> None:
        with self._lock:
            self._cancelled.discard(job)

    def _send(self, command: Command) -> None:
        with self._lock:
            if self._stopping:
                return
            self.start()
            if self._sender is None:
                self._sender = threading.Thread(target=self._deliver, name="coach-commands", daemon=True)
                self._sender.start()
        self._outbox.put(command)

    def _deliver(self) -> None:
        """Write commands to the pipe, on a thread of its own: a full pipe must not hold up the screen."""
        while (command := self._outbox.get()) is not None:
            if self._write(command):
                continue
            with self._lock:  # it died between the call and now; the reader tells so, this command is not lost
                self._process = None
                self.start()
            self._write(command)

    def _write(self, command: Command) -> bool:
        with self._lock:
            commands = self._commands
        if commands is None or self._stopping:
            return True
        try:
            commands.send(command)
        except OSError:
            return False
        return True

    def _listen(self, process: SpawnProcess, events: Connection) -> None:
        """Hand on events until the process is gone."""
        try:
            self._hand_on(events)
        finally:
            events.close()
            process.join()
            with self._lock:
                stopping = self._stopping
                if self._process is process:
                    self._process = None
            if not stopping:
                self._on_event(Died(DIED))

    def _hand_on(self, events: Connection) -> None:
        while True:
            try:
                event: Event = events.recv()
            except (EOFError, OSError):
                return
            with self._lock:
                quiet = self._stopping or getattr(event, "job", None) in self._cancelled
            if not quiet:
                self._on_event(event)
