"""What the level meter shows of one block of sound."""

import numpy as np
import numpy.typing as npt

from coach.domain.take import Level

FLOOR_DB = -90.0
CLIP_AT = 32_700
"""Samples at or beyond this are counted as clipped (full scale is 32,767)."""


def decibels(fraction: float) -> float:
    """A share of full scale as dBFS, not below FLOOR_DB."""
    return max(FLOOR_DB, 20.0 * float(np.log10(fraction))) if fraction > 0 else FLOOR_DB


def level(samples: npt.NDArray[np.int16], at_s: float) -> Level:
    """Peak and RMS of a block, shape (n,); `at_s` is when it ended, in seconds from the start of the take."""
    if len(samples) == 0:
        return Level(FLOOR_DB, FLOOR_DB, clipped=False, at_s=at_s)
    wide = samples.astype(np.float64)
    peak = float(np.abs(wide).max())
    rms = float(np.sqrt(np.mean(wide * wide)))
    return Level(decibels(peak / 32768.0), decibels(rms / 32768.0), clipped=peak >= CLIP_AT, at_s=at_s)
