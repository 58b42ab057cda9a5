"""Questions from Anki: packages (.apkg) and exported text."""

import csv
import html
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser

from coach.bank.importers.archive import check_archive, member_bytes
from coach.bank.importers.rows import Found, Row, column_of
from coach.bank.names import MAX_QUESTIONS
from coach.domain.problem import Problem

MAX_COLLECTION_BYTES = 100_000_000
MAX_SQLITE_STEPS = 2_000_000
_CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::[^}]*)?\}\}", re.DOTALL)
_SOUND = re.compile(r"\[sound:[^\]]*\]")
_EXPORTED = re.compile(r"^[a-z0-9-]{1,64}/([a-z0-9][a-z0-9_.-]{0,79})$")
"""The mark that our own export gives a note: the question's key."""

_FIELD_MARK = "\x1f"
_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " "}


def from_apkg(raw: bytes, file: str) -> Found:
    """Notes of an Anki package: the field named as a question, else the first one, asks; the next one is the answer.

    Reads the collections that every Anki up to 2.1.49 writes and later ones can write; the compressed one of today is
    refused with the box to tick, because reading it would need one more library.
    """
    refused = check_archive(raw, file)
    if refused:
        return Found((), (refused,))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = set(archive.namelist())
    if "collection.anki21b" in names:
        allowed = (
            "in Anki: File, Export, tick `Support older Anki versions`, and import that file; or `Notes in Plain Text`"
        )
        return Found((), (Problem(file, 0, 0, "this package has the new compressed form.", allowed),))
    name = next((name for name in ("collection.anki21", "collection.anki2") if name in names), "")
    data = member_bytes(raw, name, MAX_COLLECTION_BYTES) if name else None
    if data is None:
        return Found(
            (), (Problem(file, 0, 0, "there is no Anki collection in this file.", "an .apkg exported by Anki"),)
        )
    try:
        return _notes(data, file)
    except (sqlite3.Error, ValueError, TypeError, AttributeError, KeyError):
        # A collection that is damaged, or whose tables hold something else, ends in one of these.
        return Found((), (Problem(file, 0, 0, "the Anki collection is damaged.", "an .apkg exported by Anki"),))


def from_anki_text(text: str, file: str) -> Found:
    """Notes of Anki's `Notes in Plain Text`: tab separated, with or without the `#...` lines at the top."""
    settings: dict[str, str] = {}
    lines = text.lstrip("\ufeff").splitlines(keepends=True)
    top = 0
    while top < len(lines) and lines[top].startswith("#") and ":" in lines[top]:
        key, _, value = lines[top][1:].strip("\r\n").partition(":")
        settings[key.strip().lower()] = value if key == "separator" and value in _SEPARATORS.values() else value.strip()
        top += 1
    separator = settings.get("separator", "tab")
    separator = _SEPARATORS.get(separator.lower(), separator if len(separator) == 1 else "\t")
    names = next(csv.reader([settings["columns"]], delimiter=separator), []) if settings.get("columns") else []
    special = {
        int(settings[f"{kind} column"]) - 1: kind
        for kind in ("tags", "guid", "deck", "notetype")
        if settings.get(f"{kind} column", "").isdecimal()
    }
    reader = csv.reader(io.StringIO("".join(lines[top:]), newline=""), delimiter=separator)
    rows: list[Row] = []
    try:
        for cells in reader:
            if len(rows) >= MAX_QUESTIONS:
                break
            if any(cell.strip() for cell in cells):
                rows.append(_row_of_text(cells, names, special, top + reader.line_num))
    except csv.Error as error:
        return Found(
            (), (Problem(file, top + reader.line_num, 1, f"this cannot be read: {error}.", "Anki's plain text"),)
        )
    if not rows:
        return Found((), (Problem(file, 1, 1, "there are no notes in this file.", "Anki's `Notes in Plain Text`"),))
    return Found(tuple(rows))


def _row_of_text(cells: Sequence[str], names: Sequence[str], special: Mapping[int, str], line: int) -> Row:
    values = [(names[i] if i < len(names) else "", cell) for i, cell in enumerate(cells) if i not in special]
    tags = next((cells[i] for i, kind in special.items() if kind == "tags" and i < len(cells)), "")
    guid = next((cells[i] for i, kind in special.items() if kind == "guid" and i < len(cells)), "")
    return _row(values, tags, guid, line)


def _notes(data: bytes, file: str) -> Found:
    db = sqlite3.connect(":memory:")
    try:
        # A database in memory has no write-ahead log; a header that asks for one would not open.
        db.deserialize(data[:18] + b"\x01\x01" + data[20:])
        # The schema is somebody else's: no view or trigger of it may run functions, and no query may run for ever.
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA query_only = ON")
        steps = iter(range(MAX_SQLITE_STEPS // 1_000))
        db.set_progress_handler(lambda: 0 if next(steps, None) is not None else 1, 1_000)
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "notes" not in tables:
            return Found(
                (), (Problem(file, 0, 0, "there are no notes in this collection.", "an .apkg exported by Anki"),)
            )
        fields = _field_names(db) if "col" in tables else {}
        found = db.execute(
            "SELECT guid, mid, tags, flds FROM notes ORDER BY id LIMIT ?", (MAX_QUESTIONS + 1,)
        ).fetchall()
    finally:
        db.close()
    rows = []
    for number, (guid, model, tags, values) in enumerate(found[:MAX_QUESTIONS], start=1):
        names = fields.get(str(model), [])
        cells = str(values).split(_FIELD_MARK)
        named = [(names[i] if i < len(names) else "", cell) for i, cell in enumerate(cells)]
        rows.append(_row(named, str(tags), str(guid), number))
    notes = (f"Only the first {MAX_QUESTIONS} notes were read.",) if len(found) > MAX_QUESTIONS else ()
    return Found(tuple(rows), (), notes)


def _field_names(db: sqlite3.Connection) -> dict[str, list[str]]:
    """Field names by note type; packages of newer collections keep them elsewhere, and then position decides."""
    row = db.execute("SELECT models FROM col LIMIT 1").fetchone()
    models = json.loads(row[0]) if row and row[0] else {}
    return {str(key): [str(part["name"]) for part in model["flds"]] for key, model in models.items()}


def _row(values: Sequence[tuple[str, str]], tags: str, guid: str, line: int) -> Row:
    """A row of named fields; what has no known name is taken by position: question, then strong answer."""
    fields: dict[str, str] = {}
    rest: list[str] = []
    for name, value in values:
        column, text = column_of(name), plain_text(value)
        if column and column not in fields:
            fields[column] = text
        else:
            rest.append(text)
    if "ask" not in fields and rest:
        fields["ask"] = rest.pop(0)
    if "strong" not in fields and rest:
        fields["strong"] = rest.pop(0)
    if tags.strip():
        fields["tags"] = "|".join(filter(None, (fields.get("tags", ""), *tags.replace("::", "-").split())))
    if guid and "id" not in fields:
        # Anki's own mark of the note stays the same when its text is edited, so the history stays with it.
        exported = _EXPORTED.match(guid)
        fields["id"] = exported[1] if exported else "anki-" + guid.encode().hex()[:64]
    return Row({name: value for name, value in fields.items() if value}, line)


class _Text(HTMLParser):
    """Collects the text of a field, line breaks kept, scripts and styles dropped."""

    _BREAKS = frozenset({"br", "div", "p", "li", "tr", "hr", "ul", "ol"})
    _SILENT = frozenset({"script", "style"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._silent += tag in self._SILENT
        if tag in self._BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in self._SILENT))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def plain_text(value: str) -> str:
    """The text of an Anki field: no HTML, no sounds, clozes filled in."""
    text = _CLOZE.sub(r"\1", _SOUND.sub("", value))
    if "<" in text or "&" in text:
        parser = _Text()
        parser.feed(text)
        parser.close()
        text = "".join(parser.parts)
    lines = (" ".join(line.split()) for line in html.unescape(text).splitlines())
    return "\n".join(line for line in lines if line)
