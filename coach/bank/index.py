"""An index over all bank files, so that only changed files are read again and 50,000 questions are found at once.

It is a cache: it holds nothing that the files do not say, it may be deleted at any time, and a damaged or
unwritable one is made anew or kept in memory. A file counts as unchanged while its size and times are the same.
"""

import contextlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from coach.bank.index_file import discard, open_file
from coach.bank.indexing import refresh
from coach.bank.progress import Progress, StoppedError, silent
from coach.bank.records import Bank, Filter, Outline, Source
from coach.bank.rows import to_info, to_question
from coach.bank.search import Sought, conditions, normal, sought
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

    def refresh(self, sources: Sequence[Source], progress: Progress = silent) -> None:
        """Read again what changed, and forget files that are gone. Raises what `coach.bank.indexing.refresh` does."""
        with self._lock:
            refresh(self._db, sources, progress)

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
        """The questions that fit, best match first if text is searched, else in the order of banks and files.

        Where none has every word, those with the most of them come first.
        """
        where, values, words = self._where(wanted)
        order = "bm25(words, 6.0, 3.0, 1.0), f.place, q.position" if normal(wanted.text) else "f.place, q.position"
        if words.partly and words.words:
            has = "(words.rowid IN (SELECT rowid FROM words WHERE words MATCH ?))"
            order = f"{' + '.join(has for _ in words.words)} DESC, {order}"
            values = [*values, *words.words]
        picked = f"{_source(wanted)} WHERE {where} ORDER BY {order}"
        if limit < 0 and not offset:
            return tuple(to_question(payload) for (payload,) in self._rows(f"SELECT q.payload {picked}", values))
        # First which, then what they say: a page far down would otherwise read every question before it.
        numbers = [n for (n,) in self._rows(f"SELECT q.id {picked} LIMIT ? OFFSET ?", (*values, limit, offset))]
        found: dict[int, str] = dict(self._many("SELECT id, payload FROM questions WHERE id IN", numbers))
        return tuple(to_question(found[number]) for number in numbers if number in found)

    def keys(self, wanted: Filter) -> tuple[str, ...]:
        """The keys of the questions that fit, in the order of banks and files."""
        where, values, _ = self._where(wanted)
        sql = f"SELECT q.key {_source(wanted)} WHERE {where} ORDER BY f.place, q.position"
        return tuple(key for (key,) in self._rows(sql, values))

    def outlines(self, wanted: Filter) -> tuple[Outline, ...]:
        """The questions that fit as outlines, in the order of banks and files."""
        where, values, _ = self._where(wanted)
        sql = f"SELECT q.key, q.category, q.specialty, q.template {_source(wanted)} WHERE {where}"
        rows = self._rows(f"{sql} ORDER BY f.place, q.position", values)
        return tuple(Outline(key, category, specialty, bool(template)) for key, category, specialty, template in rows)

    def count(self, wanted: Filter) -> int:
        """How many questions fit."""
        where, values, _ = self._where(wanted)
        return int(self._rows(f"SELECT count(*) {_source(wanted)} WHERE {where}", values)[0][0])

    def partly(self, wanted: Filter) -> bool:
        """Whether no question that fits otherwise has every word, so that those with some of them are given."""
        return bool(normal(wanted.text)) and self._sought(wanted).partly

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
        where, values, _ = self._where(wanted)
        if column == "tag":
            joined = f"{_source(wanted)} JOIN tags t ON t.question = q.id"
            sql = f"SELECT t.tag, count(*) {joined} WHERE {where} GROUP BY t.tag"
        else:
            assert column in {"category", "bank_id", "specialty", "asked_by", "country"}  # noqa: S101 - never a user's word
            sql = f"SELECT q.{column}, count(*) {_source(wanted)} WHERE {where} GROUP BY q.{column}"
        return {name: int(number) for name, number in self._rows(sql, values)}

    def _where(self, wanted: Filter) -> tuple[str, list[str], Sought]:
        words = self._sought(wanted) if normal(wanted.text) else Sought()
        return (*conditions(wanted, words.query), words)

    def _sought(self, wanted: Filter) -> Sought:
        words = sought(
            wanted.text, lambda way: bool(self._rows("SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", (way,)))
        )
        if words.partly:
            return words
        # Templates and other questions stand in one list: both are searched in the same way.
        where, values = conditions(replace(wanted, templates=None), words.query)
        found = self._rows(f"SELECT 1 {_source(wanted)} WHERE {where} LIMIT 1", values)
        return words if found else replace(words, partly=True)

    def _many(self, sql: str, wanted: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        """Rows of a query that ends in IN, over values too many for one statement."""
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            yield from self._rows(f"{sql} ({','.join('?' * len(part))})", part)

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()


@contextlib.contextmanager
def opened(path: Path, sources: Sequence[Source]) -> Iterator[Index]:
    """An index that is up to date, closed afterwards."""
    index = open_index(path, sources)
    try:
        yield index
    finally:
        index.close()


def open_index(path: Path, sources: Sequence[Source], progress: Progress = silent) -> Index:
    """An up-to-date index: the file at `path`, made anew if damaged, or one in memory if it cannot be written.

    Raises StoppedError if `progress` does.
    """
    for last in (False, True):
        index = None
        try:
            index = Index(path)
            index.refresh(sources, progress)
        except (StoppedError, KeyboardInterrupt):
            if index:
                index.close()
            raise
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
    index.refresh(sources, progress)
    return index


def _source(wanted: Filter) -> str:
    # CROSS JOIN keeps SQLite to this order: found words first, else file after file; its own guess took seconds.
    if normal(wanted.text):
        return "FROM words CROSS JOIN questions q ON q.id = words.rowid CROSS JOIN files f ON f.id = q.file_id"
    return "FROM files f CROSS JOIN questions q ON q.file_id = f.id"
