"""Keeping the worker small: give memory back to the system instead of holding on to it in pieces.

Reading pieces of ever different lengths leaves the C library's heap full of holes. On Linux with glibc it is told to
map large blocks one by one and to return what is free; elsewhere nothing is done. Measured in docs/speech.md.
"""

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Numbers of mallopt(3)'s options."""
LARGE = 1 << 20
ARENAS = 2


def _libc() -> ctypes.CDLL | None:
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "mallopt") and hasattr(libc, "malloc_trim") else None


def tidy_from_now_on() -> None:
    """Tell the C library how to manage memory; call it before anything large is loaded."""
    libc = _libc()
    if libc is not None:
        for option, value in ((_ARENA_MAX, ARENAS), (_MMAP_THRESHOLD, LARGE), (_TRIM_THRESHOLD, LARGE)):
            libc.mallopt(option, value)


def give_back() -> None:
    """Return what is free now; call it when an answer is done."""
    libc = _libc()
    if libc is not None:
        libc.malloc_trim(0)
