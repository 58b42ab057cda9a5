"""Filling the index: what is new or changed is read and written to it, what is gone is forgotten."""

import contextlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from coach.bank.index_file import BUSY_MS
from coach.bank.names import MAX_FILE_BYTES
from coach.bank.placeholders import is_template
from coach.bank.progress import Progress, StoppedError
from coach.bank.records import BankInfo, Source
from coach.bank.rows import searched_words, to_question, to_text
from coach.bank.search import normal
from coach.domain.problem import Problem
from coach.domain.question import Question

Waiting = tuple[Source, str, int, int | None]
"""A file to read: what it is, its stamp, its place among all, and its old number in the index."""


WAIT_S = 120.0
"""So long another process that reads the same banks is waited for; 50,000 questions took 16 s on two busy cores."""
_TRY_MS = 250

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class _Changes:
    """What the index does not know yet: files to read, files that moved, and the numbers of files that are gone."""

    waiting: Sequence[Waiting]
    moved: Sequence[tuple[int, int]]
    gone: Sequence[int]

    def __bool__(self) -> bool:
        return bool(self.waiting or self.moved or self.gone)


def refresh(
    db: sqlite3.Connection, sources: Sequence[Source], progress: Progress, clock: Clock = time.monotonic
) -> None:
    """Read again what changed, and forget files that are gone. Raises sqlite3.Error if that cannot be kept.

    Raises StoppedError if `progress` does; as after ctrl+c, the files that were read by then are kept. When all is
    read and kept, `progress` is told that too; it is then too late to stop. While another process writes to the index,
    `progress` is told (0, 0): that one reads the same files, so waiting takes no longer than reading them here.
    """
    if not _changes(db, sources):
        return
    with db:
        _begin(db, progress, clock)
        # Looked at again, as another process may have read the same files in between.
        changes = _changes(db, sources)
        sizes = [_size(source.path) for source, *_ in changes.waiting]
        for number in changes.gone:
            _forget(db, number)
        db.executemany("UPDATE files SET place = ? WHERE id = ?", changes.moved)
        stopped = _read(db, changes.waiting, sizes, progress)
        _settle_clashes(db)
    if stopped:
        raise stopped
    if changes.waiting:
        with contextlib.suppress(StoppedError):
            progress(sum(sizes), sum(sizes))


def _changes(db: sqlite3.Connection, sources: Sequence[Source]) -> _Changes:
    known = {path: row for path, *row in db.execute("SELECT path, id, stamp, origin, place FROM files")}
    waiting: list[Waiting] = []
    moved: list[tuple[int, int]] = []
    for place, source in enumerate(sources):
        number, stamp, origin, old_place = known.get(str(source.path), (None, "", "", -1))
        now = _stamp(source.path)
        if (stamp, origin) != (now, source.origin):
            waiting.append((source, now, place, number))
        elif old_place != place:
            moved.append((place, number))
    gone = set(known) - {str(source.path) for source in sources}
    return _Changes(waiting, moved, [known[path][0] for path in gone])


def _begin(db: sqlite3.Connection, progress: Progress, clock: Clock) -> None:
    """Begin to write, when nobody else does any more. Raises sqlite3.OperationalError if that takes too long."""
    until = clock() + WAIT_S
    db.execute(f"PRAGMA busy_timeout = {_TRY_MS}")
    try:
        while True:
            try:
                db.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or clock() >= until:
                    raise
                progress(0, 0)
            else:
                return
    finally:
        db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")


def _read(
    db: sqlite3.Connection, waiting: Sequence[Waiting], sizes: Sequence[int], progress: Progress
) -> StoppedError | KeyboardInterrupt | None:
    """Read these files; gives what stopped it before the last one. A file that was begun is then left out."""
    done, whole = 0, sum(sizes)
    for (source, stamp, place, old), size in zip(waiting, sizes, strict=True):
        db.execute("SAVEPOINT one_file")
        try:
            progress(done, whole)
            if old is not None:
                _forget(db, old)
            _add(db, source, stamp, place)
        except (StoppedError, KeyboardInterrupt) as stopped:
            db.execute("ROLLBACK TO one_file")
            return stopped
        db.execute("RELEASE one_file")
        done += size
    return None


def _add(db: sqlite3.Connection, source: Source, stamp: str, place: int) -> None:
    # Reading YAML takes pydantic and a parser; where nothing changed they are never imported.
    from coach.bank.check import check_bank
    from coach.bank.convert import bank_info, questions

    name = source.path.name
    try:
        with source.path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        _add_file(db, source, stamp, place, None, [Problem(name, 0, 0, f"the file cannot be read: {error.strerror}.")])
        return
    checked = check_bank(raw, name)
    if checked.bank is None:
        _add_file(db, source, stamp, place, None, checked.problems)
        return
    info = bank_info(checked.bank)
    file_id = _add_file(db, source, stamp, place, info, ())
    for position, question in enumerate(questions(checked.bank)):
        _add_question(db, file_id, position, question)


def _add_file(
    db: sqlite3.Connection, source: Source, stamp: str, place: int, info: BankInfo | None, problems: Iterable[Problem]
) -> int:
    done = db.execute(
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


def _add_question(db: sqlite3.Connection, file_id: int, position: int, question: Question) -> None:
    done = db.execute(
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
    db.executemany("INSERT INTO tags VALUES (?, ?)", [(number, tag) for tag in question.tags])
    db.execute("INSERT INTO words (rowid, ask, more, notes) VALUES (?, ?, ?, ?)", (number, *searched_words(question)))


def _forget(db: sqlite3.Connection, file_id: int) -> None:
    rows = db.execute("SELECT id, payload FROM questions WHERE file_id = ?", (file_id,)).fetchall()
    for number, payload in rows:
        # A contentless full-text table is told what it held, so the words are made from the payload again.
        db.execute(
            "INSERT INTO words (words, rowid, ask, more, notes) VALUES ('delete', ?, ?, ?, ?)",
            (number, *searched_words(to_question(payload))),
        )
        db.execute("DELETE FROM tags WHERE question = ?", (number,))
    db.execute("DELETE FROM questions WHERE file_id = ?", (file_id,))
    db.execute("DELETE FROM files WHERE id = ?", (file_id,))


def _settle_clashes(db: sqlite3.Connection) -> None:
    """Of two files with one bank id the first counts; the other is listed with a problem that names both."""
    first: dict[str, str] = {}
    rows = db.execute("SELECT id, path, bank_id FROM files WHERE bank_id IS NOT NULL ORDER BY place").fetchall()
    for number, path, bank_id in rows:
        problems = []
        if bank_id in first:
            other = Path(first[bank_id]).name
            said = f"the bank id {bank_id!r} is already used by {other}; its questions are not offered."
            problems = [asdict(Problem(Path(path).name, 0, 0, said, "another id in one of the two files"))]
        first.setdefault(bank_id, path)
        db.execute(
            "UPDATE files SET active = ?, problems = ? WHERE id = ?", (not problems, json.dumps(problems), number)
        )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _stamp(path: Path) -> str:
    try:
        status = path.stat()
    except OSError as error:
        return f"unreadable {error.errno}"
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
