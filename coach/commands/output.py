"""How commands speak: results to standard output, everything else to standard error."""

import contextlib
import dataclasses
import io
import json
import os
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from coach.errors import CoachError


def open_streams() -> None:
    """Make both streams able to hold every character.

    What goes to a file or to another program is UTF-8, whatever the system's habit is (on Windows it is often cp1252).
    A terminal keeps its own encoding; what it cannot show is written as an escape.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def close_output() -> None:
    """Hand the last results over, while a failure can still be told. Raises CoachError; BrokenPipeError passes."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        _cannot_write(error)


def forget_output() -> None:
    """Drop what standard output did not take; else the interpreter tries again at its end, and complains."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _cannot_write(error: OSError) -> NoReturn:
    forget_output()
    if isinstance(error, BrokenPipeError):
        raise error
    raise CoachError(
        f"The results could not be written to standard output: {error.strerror}.", "Check the disk they go to."
    ) from error


def _write(text: str) -> None:
    # Nothing is there to write to where the caller closed standard output.
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
    except OSError as error:
        _cannot_write(error)


def plain(value: object) -> object:
    """Dataclasses, paths and times as what JSON can hold."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    if isinstance(value, Sequence | set | frozenset):
        return [plain(v) for v in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else repr(value)


def print_json(value: object) -> None:
    """One JSON document on one line of standard output."""
    _write(json.dumps(plain(value), ensure_ascii=False) + "\n")
    close_output()


def harmless(text: str) -> str:
    """`text` without control characters but line ends and tabs: in a file from others they could command a terminal."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")


def say(text: str) -> None:
    """A line for people, on standard output."""
    _write(harmless(text) + "\n")


def pour(data: bytes) -> None:
    """A whole table or file, as it is, on standard output."""
    _write(data.decode("utf-8-sig"))


def warn(text: str) -> None:
    """A line for people that is not a result, on standard error. Where that cannot be written, the work goes on."""
    with contextlib.suppress(OSError):
        print(harmless(text), file=sys.stderr)
