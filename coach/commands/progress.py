"""How far long work is, told on standard error."""

import contextlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from coach.commands.output import warn

if TYPE_CHECKING:
    from coach.config import Home
    from coach.practice.banks import Library


class Bar:
    """A bar that grows in a terminal; elsewhere only `title` is written, once. Both counts are of bytes.

    Nothing of nothing is no share: then `waiting` is written, once, which says what is waited for.
    """

    def __init__(self, title: str = "", waiting: str = "") -> None:
        self._title, self._waiting = title, waiting
        self._shown = -1
        self._open = False

    def __call__(self, done: int, whole: int) -> None:
        """Show that `done` of `whole` bytes are done."""
        if not whole:
            if self._waiting:
                warn(self._waiting)
            self._waiting = ""
            return
        percent = int(100 * done / whole)
        if percent == self._shown or sys.stderr is None:
            return
        first, self._shown = self._shown < 0, percent
        if first and self._title:
            warn(self._title)
        if sys.stderr.isatty():
            self._open = True
            filled = "#" * (percent // 4)
            sys.stderr.write(f"\r[{filled:<25}] {percent:3d} %  {done / 1e6:.0f} of {whole / 1e6:.0f} MB")
            sys.stderr.flush()

    def close(self) -> None:
        """End the line."""
        if self._open:
            self._open = False
            warn("")


@contextlib.contextmanager
def opened_library(home: "Home") -> Iterator["Library"]:
    """The library, closed afterwards; reading new banks that takes longer than a second shows how far it is."""
    from coach.practice.banks import ANOTHER_READS, load_library, paced

    bar = Bar("Reading the question banks. This is done once, and again for files that change.", ANOTHER_READS)
    try:
        library = load_library(home, paced(bar, after_s=1.0, every_s=0.2))
    finally:
        bar.close()
    with library:
        yield library
