"""Parts for a worker process in tests: a recogniser that hears loudness, a judge that counts words. Named by Setup."""

import os

import numpy as np

from coach.domain.finding import Feedback
from coach.domain.transcript import Caption, Transcript
from coach.errors import ModelError
from tests.speech.builders import words


class CountingTranscriber:
    """Hears one word in each second of sound that is not silent."""

    def __init__(self, on_caption) -> None:
        self._on_caption = on_caption
        self._sound: list[np.ndarray] = []
        self._told = 0

    def feed(self, samples: np.ndarray) -> None:
        self._sound.append(samples)

    def _heard(self):
        sound = np.concatenate([np.zeros(0, dtype=np.float32), *self._sound])
        seconds = len(sound) // 16_000
        return words(
            " ".join("word" for i in range(seconds) if np.abs(sound[i * 16_000 : (i + 1) * 16_000]).max() > 0.01)
        )

    def work(self) -> bool:
        heard = len(self._heard())
        if heard > self._told and self._on_caption:
            self._on_caption(Caption(" ".join(["word"] * heard)))
        changed, self._told = heard > self._told, heard
        return changed

    def settle(self) -> None:
        """Nothing is read ahead here."""

    def finish(self) -> Transcript:
        heard = self._heard()
        return Transcript(" ".join(w.text for w in heard), heard, float(len(heard)), "counting")


class CountingEars:
    name = "counting"

    def transcriber(self, vocabulary, on_caption=None):
        if "crash" in vocabulary.terms:
            os._exit(9)
        if "stumble" in vocabulary.terms:
            raise ValueError("a bug")
        return CountingTranscriber(on_caption)

    def warm(self) -> None:
        """Nothing to load."""


class CountingJudge:
    def judge(self, transcript, question, measures) -> Feedback:
        if question.category == "red_flag":
            raise ValueError("a bug in a rule")
        return Feedback({"words": str(len(transcript.words))}, 3.0, ())


def ears(model, home, threads):
    if model == "missing":
        raise ModelError("There is no such model.", "Choose another.")
    return CountingEars()


def judge(home, rubric):
    return CountingJudge()
