"""Listening to a take again."""

from collections.abc import Callable

from coach.audio.devices import play
from coach.audio.takefile import read_take
from coach.domain.take import Take
from coach.errors import AudioError


def play_take(take: Take, start_s: float = 0.0, end_s: float | None = None) -> Callable[[], None]:
    """Play a part of a take and return at once; the returned function stops it. Raises AudioError."""
    stop = None if end_s is None else int(end_s * take.sample_rate)
    samples = read_take(take.path, int(start_s * take.sample_rate), stop)
    if not len(samples):
        raise AudioError(f"The recording {take.path} is empty or gone.", "Record this answer again.")
    return play(samples, take.sample_rate)
