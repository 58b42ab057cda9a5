"""Listening to a take again."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from coach.audio.devices import play
from coach.audio.takefile import read_take
from coach.domain.take import Take
from coach.errors import AudioError


@dataclass(frozen=True, slots=True)
class Playing:
    """Sound that plays: `stop` ends it; it is over by itself at `ends`, in seconds of `clock`."""

    stop: Callable[[], None]
    ends: float
    clock: Callable[[], float] = time.monotonic

    @property
    def over(self) -> bool:
        """Whether it has come to its end."""
        return self.clock() >= self.ends


def play_take(
    take: Take, start_s: float = 0.0, end_s: float | None = None, clock: Callable[[], float] = time.monotonic
) -> Playing:
    """Play a part of a take and return at once. Raises AudioError."""
    stop = None if end_s is None else int(end_s * take.sample_rate)
    samples = read_take(take.path, int(start_s * take.sample_rate), stop)
    if not len(samples):
        raise AudioError(f"The recording {take.path} is empty or gone.", "Record this answer again.")
    return Playing(play(samples, take.sample_rate), clock() + len(samples) / take.sample_rate, clock)
