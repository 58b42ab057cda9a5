"""Opening, migrating and refusing: what was kept is never harmed."""

import sqlite3

import pytest

from coach.errors import StoreError
from coach.store.database import back_up, migrate, open_database, version_of
from coach.store.migrations import MIGRATIONS, NEWEST, Migration
from tests.conftest import EVENING


def tables(path):
    connection = sqlite3.connect(path)
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    return names


@pytest.fixture
def database(tmp_path):
    opened = open_database(tmp_path / "coach.db", tmp_path / "backups", EVENING)
    yield opened
    opened.close()


def test_a_new_database_has_the_newest_schema_and_its_record(database):
    assert {"sessions", "answers", "transcripts", "judgements", "marks"} <= tables(database.path)
    assert database.rows("PRAGMA user_version")[0][0] == NEWEST
    assert [row["version"] for row in database.rows("SELECT * FROM migrations")] == [m.version for m in MIGRATIONS]


def test_it_writes_ahead_and_checks_references(database):
    assert database.rows("PRAGMA journal_mode")[0][0] == "wal"
    assert database.rows("PRAGMA foreign_keys")[0][0] == 1
    with pytest.raises(StoreError), database.transaction() as db:
        db.execute("INSERT INTO transcripts (answer_id, made, model, transcript) VALUES ('nobody', 'now', 'm', '{}')")


def test_a_failed_transaction_leaves_nothing(database):
    with pytest.raises(StoreError), database.transaction() as db:
        db.execute("INSERT INTO sessions VALUES ('s', 'now', ''), ('s', 'again', '')")
    assert database.rows("SELECT * FROM sessions") == []


def test_a_newer_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "coach.db"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    connection.execute("CREATE TABLE future (x)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer coach"):
        open_database(path, tmp_path / "backups", EVENING)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "coach.db").write_text("this is not a database" * 100)
    with pytest.raises(StoreError, match="cannot be used"):
        open_database(tmp_path / "coach.db", tmp_path / "backups", EVENING)


def step(version, sql):
    return Migration(version, f"step {version}", lambda db: db.execute(sql))


def test_each_step_is_backed_up_before_it_and_recorded_with_it(tmp_path, database):
    with database.transaction() as db:
        db.execute("INSERT INTO sessions VALUES ('s', 'now', '')")
    database.close()
    connection = sqlite3.connect(database.path, isolation_level=None)
    further = (*MIGRATIONS, step(NEWEST + 1, "CREATE TABLE later (x)"), step(NEWEST + 2, "CREATE TABLE latest (x)"))
    assert migrate(connection, tmp_path / "backups", EVENING, further) == [NEWEST + 1, NEWEST + 2]
    connection.close()
    copies = sorted((tmp_path / "backups").iterdir())
    assert [tables(copy) >= {"later"} for copy in copies] == [False, True]
    kept = sqlite3.connect(copies[0])
    assert kept.execute("SELECT id FROM sessions").fetchall() == [("s",)]
    kept.close()


def test_a_step_that_fails_changes_nothing_and_can_be_tried_again(tmp_path, database):
    database.close()
    connection = sqlite3.connect(database.path, isolation_level=None)

    def half(db):
        db.execute("CREATE TABLE half (x)")
        raise sqlite3.OperationalError("no more")

    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, tmp_path / "backups", EVENING, (*MIGRATIONS, Migration(NEWEST + 1, "half", half)))
    assert version_of(connection) == NEWEST
    connection.close()
    assert "half" not in tables(database.path)


def test_backups_never_overwrite_each_other(tmp_path, database):
    connection = sqlite3.connect(database.path)
    paths = {back_up(connection, tmp_path / "b", 1, EVENING) for _ in range(3)}
    connection.close()
    assert len(paths) == 3
