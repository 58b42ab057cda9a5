"""Does a model keep up on this machine? Measured once, in a few seconds, and remembered.

A model keeps up when it decodes faster than somebody speaks, with room for the screen and for reading twice. The
others are judged from the smallest one, by how much work they are in comparison.
"""

import json
import os
import platform
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.config import Home
from coach.domain.take import SAMPLE_RATE

KEEPS_UP = 0.5
"""Seconds of decoding for a second of speech, at most: live reading looks at most things about twice."""
TRIAL_S = 10.0
WORK = {"tiny.en": 1.0, "base": 1.9, "base.en": 1.9, "small.en": 6.2, "medium.en": 19.0}
"""Work in comparison with tiny.en: tiny.en and base measured here, the larger ones from their number of weights."""
_FILE = "pace.json"


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a model is here: decoding seconds for each second of speech; `measured` is false for an estimate."""

    load: float
    measured: bool

    @property
    def keeps_up(self) -> bool:
        """Whether it can follow a speaker."""
        return self.load <= KEEPS_UP


def paces(home: Home, *, again: bool = False) -> dict[str, Pace]:
    """The pace of every known model: the reference model is measured (once; `again`: now), the others are estimated."""
    kept = {} if again else _read(home)
    reference = kept.get(_machine())
    if reference is None:
        reference = _trial(home)
        _write(home, {**kept, _machine(): reference})
    return {name: Pace(round(reference * work, 2), measured=name == "tiny.en") for name, work in WORK.items()}


def _trial(home: Home) -> float:
    """Do the work of reading TRIAL_S of speech with tiny.en; seconds for each second, of the fastest of three runs."""
    from coach.speech.models import resolve
    from coach.speech.recogniser import Recogniser

    recogniser = Recogniser(resolve("tiny.en", home), "tiny.en")
    sound = np.random.default_rng(0).normal(0, 0.01, int(TRIAL_S * SAMPLE_RATE)).astype(np.float32)
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        recogniser.rehearse(sound)
        best = min(best, time.perf_counter() - began)
    return best / TRIAL_S


def _machine() -> str:
    return f"{platform.machine()} {platform.processor()} {os.cpu_count()}"


def _read(home: Home) -> dict[str, float]:
    try:
        kept = json.loads((home.models / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # measured again
    return {k: float(v) for k, v in kept.items() if isinstance(v, int | float)} if isinstance(kept, dict) else {}


def _write(home: Home, kept: dict[str, float]) -> None:
    path: Path = home.models / _FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(kept), encoding="utf-8")
    except OSError:
        return  # measured again next time
