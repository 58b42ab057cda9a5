"""A take: the recorded audio of one answer."""

from dataclasses import dataclass
from pathlib import Path

SAMPLE_RATE = 16_000
"""Samples per second of every take: what the recogniser hears; mono, 16 bit."""


@dataclass(frozen=True, slots=True)
class Take:
    """Audio on disk. `frames` is in samples, `overflows` counts blocks the sound system lost while recording.

    `state` is "recording", "complete", "interrupted" (found after a crash) or "discarded" (kept, but set aside).
    """

    path: Path
    frames: int = 0
    sample_rate: int = SAMPLE_RATE
    overflows: int = 0
    state: str = "recording"

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return self.frames / self.sample_rate


@dataclass(frozen=True, slots=True)
class Level:
    """What the meter shows for one block: peak and RMS in dBFS, whether it clipped, seconds since the take began."""

    peak_db: float
    rms_db: float
    clipped: bool
    at_s: float
