"""Stand-ins for what is slow or outside: a worker that answers at once, a microphone that a test speaks into."""

import numpy as np

from coach.audio.source import Block
from coach.domain.transcript import Caption
from coach.practice import worker as work
from tests import builders


class FakeWorker:
    """Answers each job at once with prepared results; `fail` makes it fail, `silent` makes it answer nothing."""

    def __init__(self, home, model, on_event) -> None:
        self.home, self.model, self._tell = home, model, on_event
        self.calls: list[tuple] = []
        self.fail = ""
        self.silent = False
        self.session_findings = ()
        self.transcript = builders.transcript()
        self.feedback = builders.feedback()

    def start(self) -> None:
        self.calls.append(("start",))

    def warm(self) -> None:
        self.calls.append(("warm",))

    def follow(self, job, take, vocabulary, captions) -> None:
        self.calls.append(("follow", job, take))
        if captions:
            self._tell(work.CaptionChanged(job, Caption("One night I wrote", "the wrong")))

    def finish(self, job, question) -> None:
        self.calls.append(("finish", job))
        self._answer(job)

    def transcribe(self, job, audio, vocabulary, question) -> None:
        self.calls.append(("transcribe", job, audio))
        self._answer(job)

    def judge(self, job, transcript, question) -> None:
        self.calls.append(("judge", job))
        self._tell(work.Judged(job, self.feedback))

    def judge_session(self, job, answers) -> None:
        self.calls.append(("judge_session", job, tuple(a.id for a in answers)))
        self._tell(work.SessionJudged(job, self.session_findings))

    def cancel(self, job) -> None:
        self.calls.append(("cancel", job))

    def stop(self) -> None:
        self.calls.append(("stop",))

    def die(self) -> None:
        self._tell(work.Died("The recogniser stopped. Your recording is safe."))

    def _answer(self, job) -> None:
        if self.silent:
            return
        if self.fail:
            self._tell(work.Failed(job, "transcribe", self.fail, "Press g to try again."))
            return
        self._tell(work.Transcribed(job, self.transcript, builders.measures()))
        self._tell(work.Judged(job, self.feedback))


class FakeMicrophone:
    """A source that a test speaks into, block by block."""

    rate = 16_000
    channels = 1
    name = "fake microphone"
    live = True

    def __init__(self) -> None:
        self.receive = None
        self.ended = False

    def start(self, receive) -> None:
        self.receive = receive

    def stop(self) -> None:
        self.receive = None

    def speak(self, samples: np.ndarray, overflow: bool = False) -> None:
        assert self.receive is not None, "nobody records"
        self.receive(Block(samples.astype(np.int16).tobytes(), overflow))
