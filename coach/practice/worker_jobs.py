"""What the worker process does, free of processes and pipes: jobs go in as commands, events come out.

One job is worked on at a time, in steps of about a second at most, so that a new command never waits long. A take whose
recording has ended comes first, then the one that is being recorded, then files.
"""

import contextlib
import importlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from coach.domain.finding import Feedback, SessionFinding
from coach.domain.measures import Measures
from coach.domain.question import Question
from coach.domain.session import Answer
from coach.domain.take import SAMPLE_RATE
from coach.domain.transcript import Caption, Transcript
from coach.errors import CoachError, RubricError
from coach.practice import worker_messages as m
from coach.speech.vocabulary import Vocabulary

HEADER_BYTES = 44
FULL_SCALE = 32768.0
STEP_S = 2.0
"""Sound taken in at once; a recording that is far ahead is caught up with in steps."""
AGAIN = "The recording is kept. Try again; if it stays so, see `coach doctor`."

Samples = npt.NDArray[np.float32]
Emit = Callable[[m.Event], None]


class Transcribing(Protocol):
    """One take on its way to a transcript; see speech.transcriber.Transcriber."""

    def feed(self, samples: Samples) -> None: ...  # noqa: D102
    def work(self) -> bool: ...  # noqa: D102
    def settle(self) -> None: ...  # noqa: D102
    def finish(self) -> Transcript: ...  # noqa: D102


class Hearing(Protocol):
    """A loaded recogniser."""

    name: str

    def transcriber(self, vocabulary: Vocabulary, on_caption: Callable[[Caption], None] | None) -> Transcribing:
        """Begin a transcript."""
        ...

    def warm(self) -> None:
        """Decode a little silence, so that the first real piece is not slower than the others."""
        ...


class Judging(Protocol):
    """A loaded judge; see judge.engine.Judge."""

    def judge(self, transcript: Transcript, question: Question, measures: Measures) -> Feedback:
        """The judgement of one answer."""
        ...

    def judge_session(self, answers: Sequence[Answer]) -> tuple[SessionFinding, ...]:
        """What only shows over several answers."""
        ...


class TakeTail:
    """The sound of a take while it grows. The header's length is not believed until the file is closed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._at = HEADER_BYTES

    def next(self) -> Samples:
        """The samples since the last call, at most STEP_S; empty when there are none yet."""
        try:
            with self.path.open("rb") as file:
                file.seek(self._at)
                data = file.read(int(STEP_S * SAMPLE_RATE) * 2)
        except FileNotFoundError:
            return np.zeros(0, dtype=np.float32)  # the recorder has not made it yet
        data = data[: len(data) // 2 * 2]
        self._at += len(data)
        return np.frombuffer(data, dtype="<i2").astype(np.float32) / np.float32(FULL_SCALE)


class WholeFile:
    """The sound of a file that is there already, whatever its format."""

    def __init__(self, path: Path) -> None:
        from coach.audio.files import read_mono

        self._samples = read_mono(path).astype(np.float32) / np.float32(FULL_SCALE)
        self._at = 0

    def next(self) -> Samples:
        """The next STEP_S of sound; empty at the end."""
        piece = self._samples[self._at : self._at + int(STEP_S * SAMPLE_RATE)]
        self._at += len(piece)
        return piece


@dataclass(slots=True)
class Job:
    """A recording on its way. `ended` says that no more sound will come; `ahead` that it is worth reading ahead."""

    id: str
    source: TakeTail | WholeFile
    transcriber: Transcribing
    ended: bool
    ahead: bool
    question: Question | None = None


@dataclass(slots=True)
class Workbench:
    """Holds the loaded libraries and the jobs. `handle` takes a command, `step` does a little work."""

    setup: m.Setup
    emit: Emit
    jobs: dict[str, Job] = field(default_factory=dict)
    _hearing: Hearing | None = None
    _judges: dict[str, Judging] = field(default_factory=dict)
    _judging: threading.Lock = field(default_factory=threading.Lock)

    def handle(self, command: m.Command) -> None:
        """Take in a command. Never raises for what a user or a file did: that becomes a Failed event."""
        match command:
            case m.Warm():
                self._guarded("", "load", self._warm)
            case m.Follow():
                self._guarded(command.job, "transcribe", lambda: self._follow(command))
            case m.Finish():
                self._finish(command)
            case m.Transcribe():
                self._guarded(command.job, "transcribe", lambda: self._transcribe(command))
            case m.Judge():
                self._judge(command.job, command.transcript, command.question)
            case m.JudgeSession():
                self._guarded(command.job, "judge", lambda: self._judge_session(command))
            case m.Cancel():
                self.jobs.pop(command.job, None)

    def step(self) -> bool:
        """Do the next bit of the most urgent job; False when there is nothing to do now."""
        job = min(self.jobs.values(), key=lambda j: (not j.ended, not j.ahead), default=None)
        if job is None:
            return False
        busy = False

        def work() -> None:
            nonlocal busy
            busy = self._advance(job)

        self._guarded(job.id, "transcribe", work)
        return busy

    def _advance(self, job: Job) -> bool:
        sound = job.source.next()
        if len(sound):
            job.transcriber.feed(sound)
            if not job.ahead:
                job.transcriber.settle()
                return True
        if job.ended:
            if not len(sound):
                self._complete(job)
            return True
        return job.transcriber.work() or len(sound) > 0

    def _complete(self, job: Job) -> None:
        from coach.judge.measures import measure

        transcript = job.transcriber.finish()
        measures = measure(transcript)
        del self.jobs[job.id]
        self.emit(m.Transcribed(job.id, transcript, measures))
        if job.question is not None:
            self._judge(job.id, transcript, job.question, measures)

    def _follow(self, command: m.Follow) -> None:
        job = command.job

        def caption(text: Caption) -> None:
            self.emit(m.CaptionChanged(job, text))

        transcriber = self._ears().transcriber(command.vocabulary, caption if command.captions else None)
        self.jobs[job] = Job(job, TakeTail(command.take), transcriber, ended=False, ahead=True)

    def _finish(self, command: m.Finish) -> None:
        job = self.jobs.get(command.job)
        if job is None:  # it failed before, and that was told
            return
        job.ended = True
        job.question = command.question

    def _transcribe(self, command: m.Transcribe) -> None:
        source = WholeFile(command.audio)
        transcriber = self._ears().transcriber(command.vocabulary, None)
        self.jobs[command.job] = Job(command.job, source, transcriber, True, False, command.question)

    def _judge(self, job: str, transcript: Transcript, question: Question, measures: Measures | None = None) -> None:
        from coach.judge.measures import measure

        def judge() -> None:
            known = measures if measures is not None else measure(transcript)
            with self._judging:
                feedback = self._judge_of(question).judge(transcript, question, known)
            self.emit(m.Judged(job, feedback))

        self._guarded(job, "judge", judge)

    def _judge_session(self, command: m.JudgeSession) -> None:
        with self._judging:
            findings = self._judge_for(self.setup.rubric).judge_session(command.answers)
        self.emit(m.SessionJudged(command.job, findings))

    def _ears(self) -> Hearing:
        if self._hearing is None:
            self._hearing = _made(self.setup.recogniser)(self.setup.model, self.setup.home, self.setup.threads)
        return self._hearing

    def _judge_of(self, question: Question) -> Judging:
        """The judge by the question's own rubric; a bank that names a bad one is judged by the usual one."""
        if question.rubric:
            try:
                return self._judge_for(question.rubric)
            except RubricError as error:
                _log(self.setup, error)
        return self._judge_for(self.setup.rubric)

    def _judge_for(self, rubric: str) -> Judging:
        if rubric not in self._judges:
            self._judges[rubric] = _made(self.setup.judge)(self.setup.home, rubric)
        return self._judges[rubric]

    def _warm(self) -> None:
        ears = self._ears()
        threading.Thread(target=self._warm_judge, name="warm-judge", daemon=True).start()
        ears.warm()
        self.emit(m.Ready(ears.name))

    def _warm_judge(self) -> None:
        from coach.judge.measures import measure

        words = Transcript("I would like to work here. Thank you.", (), 4.0, "")
        question = Question("warm", "warm", "Why this program?", "program_specific")
        # Only a rehearsal: what is wrong shows, in words, at the first answer.
        with self._judging, contextlib.suppress(Exception):
            self._judge_for(self.setup.rubric).judge(words, question, measure(words))

    def _guarded(self, job: str, stage: str, work: Callable[[], None]) -> None:
        """Run a part of a job; whatever goes wrong ends that job alone, and is told in a sentence."""
        try:
            work()
        except CoachError as error:
            self.jobs.pop(job, None)
            self.emit(m.Failed(job, stage, error.message, error.mend or AGAIN))
        except Exception as error:  # noqa: BLE001 - one broken file must not end the process that others wait for
            self.jobs.pop(job, None)
            _log(self.setup, error)
            what = "judged" if stage == "judge" else "loaded" if stage == "load" else "transcribed"
            self.emit(m.Failed(job, stage, f"The answer could not be {what} ({type(error).__name__}).", AGAIN))


def _made(dotted: str) -> Callable[..., Any]:
    module, _, name = dotted.partition(":")
    made: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return made


def _log(setup: m.Setup, error: Exception) -> None:
    """Where it broke, for a bug report: file and line only, because a message could hold spoken words."""
    import traceback

    lines = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    try:
        setup.home.root.mkdir(parents=True, exist_ok=True)
        with setup.home.log.open("a", encoding="utf-8") as log:
            log.write(f"worker: {type(error).__name__}\n  " + "\n  ".join(lines) + "\n")
    except OSError:
        return  # a full disk must not turn one failed answer into a dead worker
