"""Sessions, answers, what was made of them, and the candidate's marks on questions."""

import sqlite3

STATEMENTS = (
    """
    CREATE TABLE sessions (
        id TEXT PRIMARY KEY,
        started TEXT NOT NULL,
        title TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    """
    CREATE TABLE answers (
        id TEXT PRIMARY KEY,
        session_id TEXT NOT NULL REFERENCES sessions (id),
        question_key TEXT NOT NULL,
        category TEXT NOT NULL,
        program_id TEXT NOT NULL DEFAULT '',
        question TEXT NOT NULL,
        asked_text TEXT NOT NULL,
        attempt INTEGER NOT NULL CHECK (attempt >= 1),
        started TEXT NOT NULL,
        state TEXT NOT NULL CHECK (
            state IN ('asked', 'recording', 'recorded', 'transcribed', 'judged', 'failed', 'discarded')
        ),
        problem TEXT NOT NULL DEFAULT '',
        take_path TEXT,
        take_frames INTEGER NOT NULL DEFAULT 0,
        take_rate INTEGER NOT NULL DEFAULT 16000,
        take_overflows INTEGER NOT NULL DEFAULT 0,
        take_state TEXT NOT NULL DEFAULT 'recording',
        UNIQUE (session_id, question_key, attempt)
    ) STRICT
    """,
    "CREATE INDEX answers_by_question ON answers (question_key, started)",
    "CREATE INDEX answers_by_state ON answers (state)",
    """
    CREATE TABLE transcripts (
        id INTEGER PRIMARY KEY,
        answer_id TEXT NOT NULL REFERENCES answers (id),
        made TEXT NOT NULL,
        model TEXT NOT NULL,
        transcript TEXT NOT NULL,
        measures TEXT
    ) STRICT
    """,
    "CREATE INDEX transcripts_by_answer ON transcripts (answer_id, id)",
    """
    CREATE TABLE judgements (
        id INTEGER PRIMARY KEY,
        answer_id TEXT NOT NULL REFERENCES answers (id),
        transcript_id INTEGER REFERENCES transcripts (id),
        made TEXT NOT NULL,
        rubric TEXT NOT NULL,
        rubric_hash TEXT NOT NULL,
        overall REAL,
        feedback TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX judgements_by_answer ON judgements (answer_id, id)",
    "CREATE VIRTUAL TABLE spoken USING fts5 (answer_id UNINDEXED, asked, text, tokenize = 'porter unicode61')",
    """
    CREATE TABLE marks (
        question_key TEXT PRIMARY KEY,
        favourite INTEGER NOT NULL DEFAULT 0,
        hidden INTEGER NOT NULL DEFAULT 0,
        note TEXT NOT NULL DEFAULT '',
        card TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
)


def apply(connection: sqlite3.Connection) -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        connection.execute(statement)
