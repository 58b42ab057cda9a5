"""Reading the question banks in a thread: how far it is, and its end when nobody waits for it any more."""

from collections.abc import Callable
from typing import Any

from textual.worker import Worker

from coach.practice.banks import ANOTHER_READS, Library, StoppedError, paced
from coach.practice.desk import Desk
from coach.tui.widgets.bar import bar

SHOW_AFTER_S, SHOW_EVERY_S = 0.3, 0.1
"""Reading that takes no longer than the first is not shown; later it is shown so often."""


def read_library(desk: Desk, worker: Worker[Any], show: Callable[[str], object]) -> Library:
    """The library; where that takes long, `show` is told now and then, in words. For a thread of `worker`.

    Raises StoppedError when the worker is cancelled; what was read is kept, and the next reading goes on from there.
    """

    def tell(done: int, whole: int) -> None:
        show(_in_words(done, whole))

    shown = paced(tell, SHOW_AFTER_S, SHOW_EVERY_S)

    def progress(done: int, whole: int) -> None:
        if worker.is_cancelled:
            raise StoppedError
        shown(done, whole)

    return desk.open_library(progress)


def _in_words(done: int, whole: int) -> str:
    if not whole:
        return ANOTHER_READS
    percent = 100 * done // max(1, whole)
    return f"Reading new question banks  {bar(percent)} {percent} %"
