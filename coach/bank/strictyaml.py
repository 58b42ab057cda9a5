"""A strict reading of YAML: plain mappings, lists and texts with their positions, and nothing that can surprise.

Refused: aliases and anchors (a small file could unfold into gigabytes), tags (they build objects), duplicate keys (the
last would silently win), several documents, and anything beyond the limits of `coach.bank.names`. Every scalar is text,
so that `no` stays Norwegian; the schema decides what is a number. A key without a value counts as not given,
and so does an empty text.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml  # type: ignore[import-untyped]

from coach.bank.names import MAX_DEPTH, MAX_FILE_BYTES, MAX_NODES
from coach.bank.yamlevents import events
from coach.domain.problem import Problem

Path = tuple[str | int, ...]
"""Where a value stands: keys and list positions from the top."""

_NULLS = frozenset({"~", "null", "Null", "NULL"})
_PLAIN_WORDS = (
    ("cannot start any token", "this character cannot stand here; put the whole text in quotes"),
    ("mapping values are not allowed", "a colon followed by a space stands inside a text; put the text in quotes"),
    ("expected <block end>", "the indentation does not fit the lines above; use two spaces a level"),
    ("could not find expected ':'", "a key without a colon; write `key: value`"),
    ("unexpected end of stream", "a quote or bracket is opened and never closed"),
    ("while scanning a quoted scalar", "a quote is opened and never closed"),
    ("expected ',' or", "a list or mapping in brackets is not closed, or a comma is missing"),
    ("unknown escape character", "a backslash in double quotes starts an escape; use single quotes"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds: nested dicts, lists and strings; where each value and key stands; what was refused."""

    data: object
    places: dict[Path, tuple[int, int]]
    keys: dict[Path, tuple[int, int]]
    problems: tuple[Problem, ...]

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column (from 1) of the value at `path`, or of the nearest thing around it that exists."""
        for length in range(len(path), -1, -1):
            found = self.places.get(path[:length]) or self.keys.get(path[:length])
            if found:
                return found
        return (1, 1)


@dataclass(slots=True)
class _Frame:
    """One open mapping or list."""

    value: dict[str, object] | list[object]
    path: Path
    key: str | None = None
    skip: bool = False
    index: Iterator[int] = field(default_factory=itertools.count)


def decode(raw: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file, or the problem that it is too big or not UTF-8."""
    if len(raw) > MAX_FILE_BYTES:
        size = f"the file is {len(raw) / 1e6:.1f} MB"
        return "", (Problem(file, 0, 0, f"{size}, which is too big.", f"at most {MAX_FILE_BYTES / 1e6:.0f} MB"),)
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        return "", (Problem(file, line, column, "the text is not UTF-8.", "a file saved as UTF-8"),)


def read(text: str, file: str) -> Document:
    """Read one YAML document. Never raises for what the text holds; all that is wrong is in `problems`."""
    builder = _Builder(file)
    try:
        for event in events(text):
            builder.take(event)
            if builder.stopped:
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        builder.refuse((mark.line + 1, mark.column + 1) if mark else (0, 0), _plain_words(error))
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        builder.refuse(place, "there is a control character that YAML forbids.", "plain text")
    return Document(builder.root, builder.places, builder.keys, tuple(builder.problems))


def _plain_words(error: yaml.MarkedYAMLError) -> str:
    said = f"{error.context or ''} {error.problem or ''}"
    for sign, words in _PLAIN_WORDS:
        if sign in said:
            return f"this is not valid YAML: {words}."
    return f"this is not valid YAML: {said.strip()}."


class _Builder:
    """Builds the document from the parser's events with its own stack, so that depth is checked before it hurts."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: object = None
        self.places: dict[Path, tuple[int, int]] = {}
        self.keys: dict[Path, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.stopped = False
        self._stack: list[_Frame] = []
        self._nodes = 0
        self._documents = 0

    def refuse(self, place: tuple[int, int], problem: str, allowed: str = "") -> None:
        self.problems.append(Problem(self.file, *place, problem, allowed))

    def take(self, event: yaml.Event) -> None:
        """One event of the parser."""
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent | yaml.AliasEvent):
            self._node(event, (event.start_mark.line + 1, event.start_mark.column + 1))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._stack.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._document(event)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        if self._documents > 1:
            self.refuse(place, "a second document starts here.", "one document a file, so no line `---` in the middle")
            self.stopped = True
        if event.version or event.tags:
            self.refuse((1, 1), "directives (lines starting with %) are not used here.", "plain keys and values")

    def _node(self, event: yaml.Event, place: tuple[int, int]) -> None:
        self._nodes += 1
        frame = self._stack[-1] if self._stack else None
        if self._nodes > MAX_NODES or len(self._stack) > MAX_DEPTH:
            what = "too many values" if self._nodes > MAX_NODES else f"more than {MAX_DEPTH} levels of nesting"
            self.refuse(place, f"the file holds {what}; reading stopped here.", "a smaller or flatter file")
            self.stopped = True
            return
        if isinstance(event, yaml.AliasEvent):
            self.refuse(place, f"an alias (*{event.anchor}) is not allowed.", "the value itself")
        elif event.anchor or (event.tag and event.tag != "!"):
            what = f"an anchor (&{event.anchor})" if event.anchor else f"a tag ({event.tag})"
            self.refuse(place, f"{what} is not allowed.", "plain keys and values")
        if isinstance(frame, _Frame) and isinstance(frame.value, dict) and frame.key is None:
            self._key(event, frame, place)
            return
        self._value(event, frame, place)

    def _key(self, event: yaml.Event, frame: _Frame, place: tuple[int, int]) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            self.refuse(place, "a key must be a word.", "`key: value`")
            frame.key, frame.skip = "", True
            if isinstance(event, yaml.CollectionStartEvent):
                self._stack.append(_Frame([], frame.path, skip=True))
            return
        frame.key = event.value
        path = (*frame.path, event.value)
        frame.skip = path in self.keys
        if frame.skip:
            line = self.keys[path][0]
            self.refuse(place, f"the key {event.value!r} is given twice (first in line {line}).", "each key once")
        else:
            self.keys[path] = place

    def _value(self, event: yaml.Event, frame: _Frame | None, place: tuple[int, int]) -> None:
        value: object = None
        if isinstance(event, yaml.ScalarEvent):
            value = None if event.value == "" or (not event.style and event.value in _NULLS) else event.value
        elif isinstance(event, yaml.MappingStartEvent):
            value = {}
        elif isinstance(event, yaml.SequenceStartEvent):
            value = []
        path: Path = ()
        skip = False
        if frame is None:
            self.root = value
        elif isinstance(frame.value, list):
            path, skip = (*frame.path, next(frame.index)), frame.skip
            frame.value.append(value)
        else:
            path, skip = (*frame.path, frame.key or ""), frame.skip
            if not skip and value is not None:
                frame.value[frame.key or ""] = value
            frame.key, frame.skip = None, False
        if not skip:
            self.places[path] = place
        if isinstance(value, dict | list):
            # What hangs under a refused key is read past: its positions must not replace the right ones.
            self._stack.append(_Frame(value, (*path, "\0") if skip else path, skip=False))
