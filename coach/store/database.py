"""Opening the database: WAL, foreign keys, migrations each in one transaction with its record, a backup before each."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from coach.errors import StoreError
from coach.store.migrations import MIGRATIONS, NEWEST, Migration

BUSY_MS = 5_000


class Database:
    """One connection, shared by the threads of one process under a lock."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self._connection = connection
        self._lock = threading.RLock()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction; all or nothing. Raises StoreError when the disk or another process stands in the way."""
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                except BaseException:  # an interrupt too must leave nothing half written; it is raised again
                    self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise StoreError(
                    f"{self.path} cannot be written: {error}.", "Close other coach windows, check the disk."
                ) from error

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self._lock:
            try:
                return self._connection.execute(sql, tuple(parameters)).fetchall()
            except sqlite3.Error as error:
                raise StoreError(f"{self.path} cannot be read: {error}.", "See: coach doctor") from error

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()


def version_of(connection: sqlite3.Connection) -> int:
    """The schema version that a database has (0 for a new one)."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def back_up(connection: sqlite3.Connection, folder: Path, version: int, now: datetime) -> Path:
    """Copy the whole database to `folder`; the name tells version and time, and none is overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"coach-v{version}-{now:%Y%m%dT%H%M%S}"
    path = folder / f"{stem}.db"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.db"
    copy = sqlite3.connect(path)
    try:
        connection.backup(copy)
    finally:
        copy.close()
    return path


def migrate(
    connection: sqlite3.Connection, backups: Path, now: datetime, migrations: Sequence[Migration] = MIGRATIONS
) -> list[int]:
    """Bring the schema up to date and return the versions that were applied.

    Each step and its record are one transaction; a database that holds anything is copied to `backups` before each.
    """
    applied = []
    for step in migrations:
        if step.version <= version_of(connection):
            continue
        if version_of(connection) > 0:
            back_up(connection, backups, version_of(connection), now)
        connection.execute("BEGIN EXCLUSIVE")
        try:
            if step.version > version_of(connection):
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS migrations"
                    " (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied TEXT NOT NULL)"
                )
                step.apply(connection)
                connection.execute(
                    "INSERT INTO migrations VALUES (?, ?, ?)", (step.version, step.name, now.isoformat())
                )
                connection.execute(f"PRAGMA user_version = {step.version:d}")
                applied.append(step.version)
            connection.execute("COMMIT")
        except BaseException:  # an interrupt too must leave the old schema whole; it is raised again
            connection.execute("ROLLBACK")
            raise
    return applied


def open_database(path: Path, backups: Path, now: datetime) -> Database:
    """Open or make the database. Raises StoreError when it is newer than this program, damaged or out of reach."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path} cannot be opened: {error}.", "Choose another folder with --home.") from error
    connection.row_factory = sqlite3.Row
    try:
        version = version_of(connection)
        if version > NEWEST:
            raise StoreError(
                f"{path} was written by a newer coach (format {version}, this one knows {NEWEST}).",
                "Install the newer version; nothing was changed.",
            )
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", f"busy_timeout = {BUSY_MS}"):
            connection.execute(f"PRAGMA {pragma}")
        migrate(connection, backups, now)
    except sqlite3.Error as error:
        connection.close()
        raise StoreError(
            f"{path} cannot be used: {error}.", f"Copies are in {backups}. Put one in its place, or move the file away."
        ) from error
    except StoreError:
        connection.close()
        raise
    return Database(connection, path)
