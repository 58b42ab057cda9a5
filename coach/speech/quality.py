"""Is the recording good enough to say anything fair about the answer? Asked before any judgement.

The bounds are ours and lean to silence: a warning that is wrong costs trust. Echo is not judged: from the fading of the
voice alone it could not be told from speakers who fade softly (tried on recordings with known echo; docs/speech.md).
"""

import numpy as np
import numpy.typing as npt

from coach.domain.signal import Quality

CLIP_AT = 0.999
CLIP_RUN = 3
"""So many samples in a row at full scale are clipping; fewer may be a loud peak that just fits."""
CLIPPED_SHARE = 0.0005
QUIET_DB = -45.0
FAINT_DB = -60.0
POOR_SNR_DB = 10.0
HOPELESS_SNR_DB = 3.0
MIN_SPEECH_S = 1.0
_FLOOR = -90.0

Levels = npt.NDArray[np.float64]


def judge_quality(
    samples: npt.NDArray[np.float32],
    levels: Levels,
    active: npt.NDArray[np.bool_],
    noise_db: float,
    speech_s: float,
) -> Quality:
    """The quality of a take.

    `levels` are dBFS of each 10 ms, `active` marks those with speech, `noise_db` is the level of the room, `speech_s`
    the time that is speech.
    """
    peak = float(np.max(np.abs(samples), initial=0.0))
    peak_db = _decibel(peak)
    speech_db = _mean_db(levels[active]) if active.any() else _FLOOR
    snr = max(0.0, speech_db - noise_db) if active.any() else 0.0
    clipped = clipped_share(samples)
    warnings = _warnings(peak_db, speech_s, speech_db, snr, clipped)
    usable = speech_s >= MIN_SPEECH_S and snr >= HOPELESS_SNR_DB and speech_db > FAINT_DB
    return Quality(
        round(speech_s, 2),
        round(peak_db, 1),
        round(speech_db, 1),
        round(noise_db, 1),
        round(snr, 1),
        round(clipped, 5),
        usable,
        warnings,
    )


def clipped_share(samples: npt.NDArray[np.float32]) -> float:
    """Share of samples that lie in runs of CLIP_RUN or more at full scale."""
    if not len(samples):
        return 0.0
    full = np.abs(samples) >= CLIP_AT
    edges = np.flatnonzero(np.diff(np.concatenate([[False], full, [False]]).astype(np.int8))).reshape(-1, 2)
    runs = edges[:, 1] - edges[:, 0]
    return float(runs[runs >= CLIP_RUN].sum() / len(samples))


def _warnings(peak_db: float, speech_s: float, speech_db: float, snr: float, clipped: float) -> tuple[str, ...]:
    found: list[str] = []
    if peak_db <= -80.0:
        return ("The recording is silent. Check that the right microphone is chosen and not muted.",)
    if speech_s < MIN_SPEECH_S:
        return ("No speech was found in the recording. Check the microphone, then speak at your normal loudness.",)
    if clipped > CLIPPED_SHARE:
        found.append("The sound is too loud and distorted. Turn the microphone down or move a little away from it.")
    if speech_db < QUIET_DB:
        found.append("The sound is very quiet. Turn the microphone up or move closer to it.")
    if snr < POOR_SNR_DB:
        found.append("There is much noise behind your voice. A quieter room or a headset makes the words surer.")
    return tuple(found)


def _decibel(amplitude: float) -> float:
    return max(_FLOOR, 20 * float(np.log10(max(amplitude, 1e-9))))


def _mean_db(levels: Levels) -> float:
    """The level of the mean power."""
    return float(10 * np.log10(np.mean(10 ** (levels / 10)))) if len(levels) else _FLOOR
