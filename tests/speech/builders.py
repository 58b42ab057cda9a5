"""Words, sounds and fakes for the tests of speech."""

from collections.abc import Sequence
from itertools import zip_longest

import numpy as np

from coach.domain.transcript import Word

RATE = 16_000


def words(text: str, start: float = 0.0, each: float = 0.4, probability: float = 0.9) -> tuple[Word, ...]:
    """One word every `each` seconds."""
    return tuple(
        Word(word, round(start + i * each, 2), round(start + i * each + each * 0.8, 2), probability)
        for i, word in enumerate(text.split())
    )


def tone(seconds: float, decibel: float = -20.0, hertz: float = 180.0) -> np.ndarray:
    t = np.arange(int(seconds * RATE)) / RATE
    return (10 ** (decibel / 20) * np.sqrt(2) * np.sin(2 * np.pi * hertz * t)).astype(np.float32)


def noise(seconds: float, decibel: float = -60.0, seed: int = 0) -> np.ndarray:
    values = np.random.default_rng(seed).normal(0, 10 ** (decibel / 20), int(seconds * RATE))
    return values.astype(np.float32)


class ScriptedDetector:
    """Says speech where the script says so; the sound itself carries the script: anything but zero is speech."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, dtype=np.float32)

    def feed(self, samples: np.ndarray) -> np.ndarray:
        sound = np.concatenate([self._rest, samples])
        frames = len(sound) // 512
        self._rest = sound[frames * 512 :]
        loud = np.abs(sound[: frames * 512]).reshape(frames, 512).max(axis=1) if frames else np.zeros(0)
        return (loud > 0.001).astype(np.float32)


class ScriptedReader:
    """Hears the words of a script that lie wholly inside the piece; remembers which pieces it was asked for."""

    def __init__(self, script: Sequence[Word]) -> None:
        self.script = script
        self.asked: list[tuple[float, float]] = []

    def __call__(self, samples: np.ndarray, start_s: float) -> tuple[Word, ...]:
        end = start_s + len(samples) / RATE
        self.asked.append((round(start_s, 2), round(end, 2)))
        return tuple(w for w in self.script if w.start >= start_s - 0.05 and w.end <= end + 0.05)


def spoken(script: Sequence[Word], seconds: float) -> np.ndarray:
    """A sound in which there is something wherever the script has a word, joined when the gap is under 0.2 s."""
    sound = np.zeros(int(seconds * RATE), dtype=np.float32)
    for word, after in zip_longest(script, script[1:]):
        end = after.start if after is not None and after.start - word.end < 0.2 else word.end
        sound[int(word.start * RATE) : int(end * RATE)] = 0.1
    return sound
