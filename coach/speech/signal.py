"""Speech, silence, loudness and quality of a take, measured from the sound itself.

The voice detector says where somebody speaks; energy, frame by frame, says exactly where that begins and ends (the
detector alone is late by a tenth of a second). Pauses are never taken from the recogniser's word times, which hide
silences (docs/speech.md).
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from coach.domain.signal import Quality, Signal, Span
from coach.domain.take import SAMPLE_RATE
from coach.speech.quality import judge_quality
from coach.speech.segments import SILENCE_AT, SPEECH_AT
from coach.speech.voice import FRAME_S, Samples, voice_probabilities

HOP_S = 0.01
_HOP = int(HOP_S * SAMPLE_RATE)
LOUDNESS_S = 0.1
MIN_PAUSE_S = 0.3
"""Shorter silences belong to articulation (domain/signal.py promises pauses of at least this)."""
MIN_SPEECH_S = 0.1
REACH_S = 0.2
"""How far beyond the detector's spans the energy may carry speech."""
FLOOR_DB = -90.0

Levels = npt.NDArray[np.float64]


def measure_signal(samples: Samples, probabilities: npt.NDArray[np.float32] | None = None) -> Signal:
    """Measure a take: samples of shape (n,) at 16 kHz from -1 to 1.

    `probabilities` are the voice detector's, if they are known already. Empty sound gives a Signal without speech.
    """
    duration = len(samples) / SAMPLE_RATE
    if probabilities is None:
        probabilities = voice_probabilities(samples)
    levels = frame_levels(samples, _HOP)
    voiced = _voiced_frames(probabilities, len(levels))
    noise = _noise_db(levels, voiced)
    active = voiced & (levels > _threshold(levels, voiced, noise))
    speech = spans(active, duration)
    loudness = tuple(round(float(x), 1) for x in frame_levels(samples, int(LOUDNESS_S * SAMPLE_RATE)))
    quality = judge_quality(samples, levels, active, noise, sum(s.seconds for s in speech)) if len(levels) else _NOTHING
    return Signal(round(duration, 3), speech, pauses_between(speech), loudness, quality)


def frame_levels(samples: Samples, hop: int) -> Levels:
    """RMS level in dBFS of each `hop` samples; a full-scale square wave is 0. The rest at the end is left out."""
    frames = len(samples) // hop
    power = np.square(samples[: frames * hop].astype(np.float64)).reshape(frames, hop).mean(axis=1)
    return np.asarray(10 * np.log10(np.maximum(power, 10 ** (FLOOR_DB / 10))), dtype=np.float64)


def spans(active: npt.NDArray[np.bool_], duration: float) -> tuple[Span, ...]:
    """Spoken spans from active frames: silences under MIN_PAUSE_S are bridged, blips under MIN_SPEECH_S left out."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], active, [False]]).astype(np.int8)))
    runs = [(a * HOP_S, b * HOP_S) for a, b in edges.reshape(-1, 2).tolist()]
    joined: list[tuple[float, float]] = []
    for start, end in runs:
        if joined and start - joined[-1][1] < MIN_PAUSE_S - 1e-9:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(Span(round(a, 2), round(min(b, duration), 2)) for a, b in joined if b - a >= MIN_SPEECH_S)


def pauses_between(speech: tuple[Span, ...]) -> tuple[Span, ...]:
    """The silences between spoken spans."""
    return tuple(Span(a.end, b.start) for a, b in pairwise(speech))


def _voiced_frames(probabilities: npt.NDArray[np.float32], frames: int) -> npt.NDArray[np.bool_]:
    """Which energy frames lie in speech as the detector sees it, widened by REACH_S at both sides."""
    voiced = np.zeros(frames, dtype=bool)
    speaking = False
    start = 0.0
    reach = int(REACH_S / HOP_S)
    for index, probability in enumerate([*probabilities.tolist(), 0.0]):
        was = speaking
        speaking = probability >= (SILENCE_AT if speaking else SPEECH_AT)
        if speaking and not was:
            start = index * FRAME_S
        elif was and not speaking:
            voiced[max(0, int(start / HOP_S) - reach) : int(index * FRAME_S / HOP_S) + reach] = True
    return voiced


def _noise_db(levels: Levels, voiced: npt.NDArray[np.bool_]) -> float:
    """The room's own level: the quieter part of what is not speech (breaths are there too), or of everything."""
    if not len(levels):
        return FLOOR_DB
    silent = levels[~voiced]
    quietest = float(np.percentile(levels, 5))
    return float(np.percentile(silent, 20)) if len(silent) * HOP_S >= 0.5 else quietest


def _threshold(levels: Levels, voiced: npt.NDArray[np.bool_], noise: float) -> float:
    """Energy above which a frame counts as sound: well above the noise, but not above soft consonants."""
    if not voiced.any():
        return float("inf")
    loud = float(np.percentile(levels[voiced], 95))
    return max(noise + 6.0, loud - 35.0) if loud - noise > 12.0 else noise + 0.4 * (loud - noise)


_NOTHING = Quality(0.0, FLOOR_DB, FLOOR_DB, FLOOR_DB, 0.0, 0.0, usable=False, warnings=("The recording is empty.",))
