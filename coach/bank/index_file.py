"""The SQLite file that the index is kept in."""

import contextlib
import sqlite3
from pathlib import Path

import coach

VERSION = f"3 {coach.__version__}"
"""An index that another version wrote is made anew: its files may be judged differently now."""

BUSY_MS = 5_000
"""So long one statement waits for another process that is just keeping what it read."""

_SCHEMA = """
CREATE TABLE meta (version TEXT NOT NULL);
CREATE TABLE files (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, origin TEXT NOT NULL,
    place INTEGER NOT NULL, bank_id TEXT, info TEXT, problems TEXT NOT NULL, active INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE questions (
    id INTEGER PRIMARY KEY, file_id INTEGER NOT NULL, position INTEGER NOT NULL, key TEXT NOT NULL,
    question_id TEXT NOT NULL, bank_id TEXT NOT NULL, category TEXT NOT NULL, specialty TEXT NOT NULL,
    country TEXT NOT NULL, asked_by TEXT NOT NULL, template INTEGER NOT NULL, payload TEXT NOT NULL
);
-- Holds all that listing, counting and choosing look at, so that they never read the payloads.
CREATE INDEX questions_by_place ON questions (
    file_id, position, key, category, specialty, country, asked_by, template, bank_id
);
CREATE INDEX questions_by_key ON questions (key);
CREATE INDEX questions_by_id ON questions (question_id);
CREATE TABLE tags (question INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (tag, question)) WITHOUT ROWID;
CREATE INDEX tags_by_question ON tags (question);
CREATE VIRTUAL TABLE words USING fts5 (ask, more, notes, content='', prefix='2 3', tokenize='porter unicode61');
"""


def open_file(path: Path | None) -> sqlite3.Connection:
    """Open or make the index file, or one in memory. Raises sqlite3.Error or OSError; another version is an error."""
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path or ":memory:", timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA synchronous = NORMAL")
        # Long reading stays in memory until it is kept; else it would lock others out of the index all the while.
        db.execute("PRAGMA cache_spill = OFF")
        have = db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").fetchone()[0]
        if have and db.execute("SELECT version FROM meta").fetchone() != (VERSION,):
            db.close()
            raise sqlite3.DatabaseError("an index of another version")
        if not have:
            db.executescript("BEGIN IMMEDIATE;" + _SCHEMA)
            db.execute("INSERT INTO meta VALUES (?)", (VERSION,))
            db.execute("COMMIT")
    except sqlite3.Error:
        db.close()
        raise
    return db


def discard(path: Path) -> None:
    """Delete the index file, so that it is made anew."""
    for name in (path, path.with_name(path.name + "-journal")):
        with contextlib.suppress(OSError):
            name.unlink()
