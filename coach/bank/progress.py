"""How far the reading of many files is, told while it goes on, and how it is stopped half way."""

import time
from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told before each file and at the end: how many bytes are read, and how many there are to read.

Before a file it may raise StoppedError; at the end that changes nothing. (0, 0) means that another process reads them
and is waited for; StoppedError ends the waiting.
"""


class StoppedError(Exception):
    """Raised by a Progress whose user went away. What was read so far is kept; no more is read."""


def silent(_done: int, _whole: int) -> None:
    """Tells nobody."""


def paced(tell: Progress, after_s: float, every_s: float, clock: Callable[[], float] = time.monotonic) -> Progress:
    """`tell`, but not in the first `after_s` seconds and then every `every_s` at most: short work shows nothing.

    The end of work that was shown is always told, so that no bar stays short of it.
    """
    due = clock() + after_s
    shown = False

    def told(done: int, whole: int) -> None:
        nonlocal due, shown
        now = clock()
        if now >= due or (shown and done >= whole > 0):
            due, shown = now + every_s, True
            tell(done, whole)

    return told
