"""How far the reading of many files is, told while it goes on, and how it is stopped half way."""

import time
from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told before each file: how many bytes are read, and how many there are to read. May raise StoppedError."""


class StoppedError(Exception):
    """Raised by a Progress whose user went away. What was read so far is kept; no more is read."""


def silent(_done: int, _whole: int) -> None:
    """Tells nobody."""


def paced(tell: Progress, after_s: float, every_s: float, clock: Callable[[], float] = time.monotonic) -> Progress:
    """`tell`, but not in the first `after_s` seconds and then every `every_s` at most: short work shows nothing."""
    due = clock() + after_s

    def told(done: int, whole: int) -> None:
        nonlocal due
        now = clock()
        if now >= due:
            due = now + every_s
            tell(done, whole)

    return told
