"""An index over all bank files, so that only changed files are read again and 50,000 questions are found at once.

It is a cache: it holds nothing that the files do not say, it may be deleted at any time, and a damaged or
unwritable one is made anew or kept in memory. A file counts as unchanged while its size and times are the same.
"""

import contextlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from coach.bank.index_file import discard, open_file
from coach.bank.names import MAX_FILE_BYTES
from coach.bank.placeholders import is_template
from coach.bank.records import Bank, BankInfo, Filter, Outline, Source
from coach.bank.rows import searched_words, to_info, to_question, to_text
from coach.bank.search import conditions, normal
from coach.domain.problem import Problem
from coach.domain.question import Question


class Index:
    """The index file, or one in memory. Safe to use from several threads; each call takes its turn."""

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.RLock()
        self._db = open_file(path)

    def close(self) -> None:
        """Close the file; the index cannot be used afterwards."""
        with self._lock:
            self._db.close()

    def refresh(self, sources: Sequence[Source]) -> None:
        """Read again what changed, and forget files that are gone. Raises sqlite3.Error if that cannot be kept."""
        with self._lock:
            known = {
                path: (number, stamp, origin, place)
                for number, path, stamp, origin, place in self._db.execute(
                    "SELECT id, path, stamp, origin, place FROM files"
                )
            }
            gone = set(known) - {str(source.path) for source in sources}
            now = [(source, _stamp(source.path), place) for place, source in enumerate(sources)]
            changed = [
                (source, stamp, place)
                for source, stamp, place in now
                if known.get(str(source.path), (0, "", "", -1))[1:] != (stamp, source.origin, place)
            ]
            if not gone and not changed:
                return
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                for path in gone:
                    self._forget(known[path][0])
                for source, stamp, place in changed:
                    old = known.get(str(source.path))
                    if old and old[1:3] == (stamp, source.origin):
                        self._db.execute("UPDATE files SET place = ? WHERE id = ?", (place, old[0]))
                        continue
                    if old:
                        self._forget(old[0])
                    self._add(source, stamp, place)
                self._settle_clashes()

    def banks(self) -> tuple[Bank, ...]:
        """All bank files in their order, the ones with problems included."""
        rows = self._rows("SELECT path, origin, info, problems FROM files ORDER BY place")
        return tuple(
            Bank(
                Path(path),
                origin,
                to_info(info) if info else None,
                tuple(Problem(**problem) for problem in json.loads(problems)),
            )
            for path, origin, info, problems in rows
        )

    def find(self, wanted: Filter, limit: int = -1, offset: int = 0) -> tuple[Question, ...]:
        """The questions that fit, best match first if text is searched, else in the order of banks and files."""
        where, values = conditions(wanted)
        order = "bm25(words, 6.0, 3.0, 1.0), f.place, q.position" if normal(wanted.text) else "f.place, q.position"
        picked = f"{_source(wanted)} WHERE {where} ORDER BY {order}"
        if limit < 0 and not offset:
            return tuple(to_question(payload) for (payload,) in self._rows(f"SELECT q.payload {picked}", values))
        # First which, then what they say: a page far down would otherwise read every question before it.
        numbers = [n for (n,) in self._rows(f"SELECT q.id {picked} LIMIT ? OFFSET ?", (*values, limit, offset))]
        found: dict[int, str] = dict(self._many("SELECT id, payload FROM questions WHERE id IN", numbers))
        return tuple(to_question(found[number]) for number in numbers if number in found)

    def keys(self, wanted: Filter) -> tuple[str, ...]:
        """The keys of the questions that fit, in the order of banks and files."""
        where, values = conditions(wanted)
        sql = f"SELECT q.key {_source(wanted)} WHERE {where} ORDER BY f.place, q.position"
        return tuple(key for (key,) in self._rows(sql, values))

    def outlines(self, wanted: Filter) -> tuple[Outline, ...]:
        """The questions that fit as outlines, in the order of banks and files."""
        where, values = conditions(wanted)
        sql = f"SELECT q.key, q.category, q.specialty, q.template {_source(wanted)} WHERE {where}"
        rows = self._rows(f"{sql} ORDER BY f.place, q.position", values)
        return tuple(Outline(key, category, specialty, bool(template)) for key, category, specialty, template in rows)

    def count(self, wanted: Filter) -> int:
        """How many questions fit."""
        where, values = conditions(wanted)
        return int(self._rows(f"SELECT count(*) {_source(wanted)} WHERE {where}", values)[0][0])

    def by_key(self, keys: Iterable[str]) -> dict[str, Question]:
        """The questions with these keys; unknown keys are left out."""
        joined = "SELECT q.key, q.payload FROM questions q JOIN files f ON f.id = q.file_id WHERE f.active AND q.key IN"
        return {key: to_question(payload) for key, payload in self._many(joined, list(keys))}

    def by_id(self, question_id: str) -> tuple[Question, ...]:
        """The questions with this id, one for each bank that has it."""
        rows = self._rows(
            "SELECT q.payload FROM questions q JOIN files f ON f.id = q.file_id WHERE f.active AND q.question_id = ?"
            " ORDER BY f.place",
            (question_id,),
        )
        return tuple(to_question(payload) for (payload,) in rows)

    def counts(self, column: str, wanted: Filter) -> dict[str, int]:
        """How many questions that fit have each value of "category", "bank_id", "specialty", "asked_by" or "tag"."""
        where, values = conditions(wanted)
        if column == "tag":
            joined = f"{_source(wanted)} JOIN tags t ON t.question = q.id"
            sql = f"SELECT t.tag, count(*) {joined} WHERE {where} GROUP BY t.tag"
        else:
            assert column in {"category", "bank_id", "specialty", "asked_by", "country"}  # noqa: S101 - never a user's word
            sql = f"SELECT q.{column}, count(*) {_source(wanted)} WHERE {where} GROUP BY q.{column}"
        return {name: int(number) for name, number in self._rows(sql, values)}

    def _many(self, sql: str, wanted: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        """Rows of a query that ends in IN, over values too many for one statement."""
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            yield from self._rows(f"{sql} ({','.join('?' * len(part))})", part)

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def _add(self, source: Source, stamp: str, place: int) -> None:
        # Reading YAML takes pydantic and a parser; where nothing changed they are never imported.
        from coach.bank.check import check_bank
        from coach.bank.convert import bank_info, questions

        name = source.path.name
        try:
            with source.path.open("rb") as file:
                raw = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            self._add_file(
                source, stamp, place, None, [Problem(name, 0, 0, f"the file cannot be read: {error.strerror}.")]
            )
            return
        checked = check_bank(raw, name)
        if checked.bank is None:
            self._add_file(source, stamp, place, None, checked.problems)
            return
        info = bank_info(checked.bank)
        file_id = self._add_file(source, stamp, place, info, ())
        for position, question in enumerate(questions(checked.bank)):
            self._add_question(file_id, position, question)

    def _add_file(
        self, source: Source, stamp: str, place: int, info: BankInfo | None, problems: Iterable[Problem]
    ) -> int:
        done = self._db.execute(
            "INSERT INTO files (path, stamp, origin, place, bank_id, info, problems) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                str(source.path),
                stamp,
                source.origin,
                place,
                info.id if info else None,
                json.dumps(asdict(info)) if info else None,
                json.dumps([asdict(problem) for problem in problems]),
            ),
        )
        return int(done.lastrowid or 0)

    def _add_question(self, file_id: int, position: int, question: Question) -> None:
        done = self._db.execute(
            "INSERT INTO questions (file_id, position, key, question_id, bank_id, category, specialty, country,"
            " asked_by, template, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                file_id,
                position,
                question.key,
                question.id,
                question.bank_id,
                question.category,
                normal(question.specialty),
                question.country,
                question.asked_by,
                is_template(question),
                to_text(question),
            ),
        )
        number = done.lastrowid
        self._db.executemany("INSERT INTO tags VALUES (?, ?)", [(number, tag) for tag in question.tags])
        self._db.execute(
            "INSERT INTO words (rowid, ask, more, notes) VALUES (?, ?, ?, ?)", (number, *searched_words(question))
        )

    def _forget(self, file_id: int) -> None:
        rows = self._db.execute("SELECT id, payload FROM questions WHERE file_id = ?", (file_id,)).fetchall()
        for number, payload in rows:
            # A contentless full-text table is told what it held, so the words are made from the payload again.
            self._db.execute(
                "INSERT INTO words (words, rowid, ask, more, notes) VALUES ('delete', ?, ?, ?, ?)",
                (number, *searched_words(to_question(payload))),
            )
            self._db.execute("DELETE FROM tags WHERE question = ?", (number,))
        self._db.execute("DELETE FROM questions WHERE file_id = ?", (file_id,))
        self._db.execute("DELETE FROM files WHERE id = ?", (file_id,))

    def _settle_clashes(self) -> None:
        """Of two files with one bank id the first counts; the other is listed with a problem that names both."""
        first: dict[str, str] = {}
        rows = self._db.execute(
            "SELECT id, path, bank_id FROM files WHERE bank_id IS NOT NULL ORDER BY place"
        ).fetchall()
        for number, path, bank_id in rows:
            problems = []
            if bank_id in first:
                other = Path(first[bank_id]).name
                said = f"the bank id {bank_id!r} is already used by {other}; its questions are not offered."
                problems = [asdict(Problem(Path(path).name, 0, 0, said, "another id in one of the two files"))]
            first.setdefault(bank_id, path)
            self._db.execute(
                "UPDATE files SET active = ?, problems = ? WHERE id = ?", (not problems, json.dumps(problems), number)
            )


@contextlib.contextmanager
def opened(path: Path, sources: Sequence[Source]) -> Iterator[Index]:
    """An index that is up to date, closed afterwards."""
    index = open_index(path, sources)
    try:
        yield index
    finally:
        index.close()


def open_index(path: Path, sources: Sequence[Source]) -> Index:
    """An up-to-date index: the file at `path`, made anew if damaged, or one in memory if it cannot be written."""
    for last in (False, True):
        index = None
        try:
            index = Index(path)
            index.refresh(sources)
        except (sqlite3.Error, OSError) as error:
            if index:
                index.close()
            # Locked, full or read-only is no reason to delete what another process may be using.
            if isinstance(error, OSError | sqlite3.OperationalError) or last:
                break
            discard(path)
        else:
            return index
    index = Index(None)
    index.refresh(sources)
    return index


def _stamp(path: Path) -> str:
    try:
        status = path.stat()
    except OSError as error:
        return f"unreadable {error.errno}"
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


def _source(wanted: Filter) -> str:
    # CROSS JOIN keeps SQLite to this order: found words first, else file after file; its own guess took seconds.
    if normal(wanted.text):
        return "FROM words CROSS JOIN questions q ON q.id = words.rowid CROSS JOIN files f ON f.id = q.file_id"
    return "FROM files f CROSS JOIN questions q ON q.file_id = f.id"
