"""What is measured from the sound itself, never from the recogniser's word times."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in seconds from the start of the take."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the recording is: levels in dBFS, `snr_db` speech over noise floor, shares from 0 to 1.

    `warnings` are plain sentences for the candidate; `usable` is false when nothing fair can be said about the answer.
    """

    speech_s: float
    peak_db: float
    speech_db: float
    noise_db: float
    snr_db: float
    clipped_share: float
    usable: bool
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """The speech and silence of a take. `loudness_db` is the level of each 100 ms, in dBFS.

    `speech` are the spoken spans, `pauses` the silences between them of at least 0.3 s.
    """

    duration_s: float
    speech: tuple[Span, ...]
    pauses: tuple[Span, ...]
    loudness_db: tuple[float, ...]
    quality: Quality
