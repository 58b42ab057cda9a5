"""Sessions and answers: rows to domain objects and back, here only."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from coach.domain.finding import Feedback
from coach.domain.measures import Measures
from coach.domain.question import Question
from coach.domain.session import Answer, AnswerLine, Session, Tried
from coach.domain.take import Take
from coach.domain.transcript import Transcript
from coach.errors import StoreError
from coach.store.codec import dump, load
from coach.store.database import Database
from coach.store.search import Held, held

T = TypeVar("T")
DAMAGED = "A part of this answer cannot be read any more. Its recording is kept."
_SELECT = """
    SELECT a.*, t.transcript, t.measures, j.feedback
    FROM answers AS a
    LEFT JOIN transcripts AS t ON t.id = (SELECT max(id) FROM transcripts WHERE answer_id = a.id)
    LEFT JOIN judgements AS j ON j.id = (SELECT max(id) FROM judgements WHERE answer_id = a.id)
"""
_ONE = _SELECT + " WHERE a.id = ?"
_OF_SESSION = _SELECT + " WHERE a.session_id = ? ORDER BY a.started, a.rowid"
_OF_QUESTION = _SELECT + " WHERE a.question_key = ? ORDER BY a.started, a.rowid"
_WITH = "SELECT answer_id FROM spoken WHERE spoken MATCH ?"
_MOST_WORDS_FIRST = (
    " JOIN json_each(?) AS found ON found.key = a.id ORDER BY found.value DESC, a.started DESC, a.rowid DESC LIMIT ?"
)
_FOUND = _SELECT + _MOST_WORDS_FIRST
_ALL = _SELECT + " ORDER BY a.started, a.rowid"
_UNFINISHED = (
    _SELECT + " WHERE a.state IN ('recording', 'recorded', 'transcribed', 'failed') ORDER BY a.started, a.rowid"
)
_LINES = """
    SELECT a.id, a.session_id, a.asked_text, a.started, a.state, a.take_path, a.take_frames, a.take_rate, j.overall,
        CASE WHEN json_valid(j.feedback) THEN
            (SELECT count(*) FROM json_each(j.feedback, '$.findings') WHERE json_extract(value, '$.verdict') = 'fix')
        END AS fixes,
        CASE WHEN json_valid(j.feedback) THEN json_extract(j.feedback, '$.not_scored') IS NULL ELSE 0 END AS scored,
        j.id IS NOT NULL AND NOT json_valid(j.feedback) OR NOT json_valid(a.question) AS damaged
    FROM answers AS a
    LEFT JOIN judgements AS j ON j.id = (SELECT max(id) FROM judgements WHERE answer_id = a.id)
"""
_NEWEST_LINES = _LINES + " ORDER BY a.started DESC, a.rowid DESC LIMIT ?"
_FOUND_LINES = _LINES + _MOST_WORDS_FIRST
_TRIED = """
    SELECT a.id, a.question_key, a.asked_text, a.started, a.state, j.overall
    FROM answers AS a
    LEFT JOIN judgements AS j ON j.id = (SELECT max(id) FROM judgements WHERE answer_id = a.id)
    ORDER BY a.started, a.rowid
"""


class Answers:
    """What was asked, said, heard and judged. `takes` is the folder that take paths are kept relative to."""

    def __init__(self, database: Database, takes: Path) -> None:
        self._db = database
        self._takes = takes

    def add_session(self, session: Session) -> None:
        """Keep a new sitting."""
        with self._db.transaction() as db:
            db.execute(
                "INSERT INTO sessions VALUES (?, ?, ?)", (session.id, session.started.isoformat(), session.title)
            )

    def add_answer(self, answer_id: str, session_id: str, question: Question, asked: str, started: datetime) -> Answer:
        """Keep that a question was asked, before anything is recorded; attempts are numbered from 1."""
        with self._db.transaction() as db:
            row = db.execute(
                "SELECT count(*) FROM answers WHERE session_id = ? AND question_key = ?", (session_id, question.key)
            ).fetchone()
            attempt = int(row[0]) + 1
            db.execute(
                "INSERT INTO answers (id, session_id, question_key, category, program_id, question, asked_text,"
                " attempt, started, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'asked')",
                (
                    answer_id,
                    session_id,
                    question.key,
                    question.category,
                    question.program.id if question.program else "",
                    dump(question),
                    asked,
                    attempt,
                    started.isoformat(),
                ),
            )
            db.execute("INSERT INTO spoken (answer_id, asked, text) VALUES (?, ?, '')", (answer_id, asked))
        return self.answer(answer_id)

    def keep_take(self, answer_id: str, take: Take, state: str) -> Answer:
        """Keep where the audio is and how far it got. `state` is the answer's new state."""
        path = take.path
        if path.is_relative_to(self._takes):
            path = path.relative_to(self._takes)
        with self._db.transaction() as db:
            _changed(
                db.execute(
                    "UPDATE answers SET state = ?, take_path = ?, take_frames = ?, take_rate = ?, take_overflows = ?,"
                    " take_state = ? WHERE id = ?",
                    (state, path.as_posix(), take.frames, take.sample_rate, take.overflows, take.state, answer_id),
                ),
                answer_id,
            )
        return self.answer(answer_id)

    def keep_transcript(
        self, answer_id: str, transcript: Transcript, measures: Measures | None, made: datetime
    ) -> Answer:
        """Keep a transcript beside earlier ones; the newest is shown."""
        with self._db.transaction() as db:
            db.execute(
                "INSERT INTO transcripts (answer_id, made, model, transcript, measures) VALUES (?, ?, ?, ?, ?)",
                (answer_id, made.isoformat(), transcript.model, dump(transcript), dump(measures) if measures else None),
            )
            _changed(
                db.execute("UPDATE answers SET state = 'transcribed', problem = '' WHERE id = ?", (answer_id,)),
                answer_id,
            )
            db.execute("UPDATE spoken SET text = ? WHERE answer_id = ?", (transcript.text, answer_id))
        return self.answer(answer_id)

    def keep_feedback(self, answer_id: str, feedback: Feedback, made: datetime) -> Answer:
        """Keep a judgement beside earlier ones; the newest is shown."""
        with self._db.transaction() as db:
            db.execute(
                "INSERT INTO judgements (answer_id, transcript_id, made, rubric, rubric_hash, overall, feedback)"
                " VALUES (?, (SELECT max(id) FROM transcripts WHERE answer_id = ?), ?, ?, ?, ?, ?)",
                (
                    answer_id,
                    answer_id,
                    made.isoformat(),
                    feedback.rubric,
                    feedback.rubric_hash,
                    feedback.overall,
                    dump(feedback),
                ),
            )
            _changed(
                db.execute("UPDATE answers SET state = 'judged', problem = '' WHERE id = ?", (answer_id,)), answer_id
            )
        return self.answer(answer_id)

    def set_state(self, answer_id: str, state: str, problem: str = "") -> Answer:
        """Change an answer's state; `problem` says why something failed."""
        with self._db.transaction() as db:
            _changed(
                db.execute("UPDATE answers SET state = ?, problem = ? WHERE id = ?", (state, problem, answer_id)),
                answer_id,
            )
        return self.answer(answer_id)

    def answer(self, answer_id: str) -> Answer:
        """One answer. Raises StoreError when there is none of that id."""
        rows = self._db.rows(_ONE, (answer_id,))
        if not rows:
            raise StoreError(f"There is no answer {answer_id!r}.", "See: coach review")
        return self._answer(rows[0])

    def session(self, session_id: str) -> Session:
        """One sitting with its answers in order. Raises StoreError when there is none of that id."""
        rows = self._db.rows("SELECT * FROM sessions WHERE id = ?", (session_id,))
        if not rows:
            raise StoreError(f"There is no session {session_id!r}.", "See: coach review")
        answers = self._db.rows(_OF_SESSION, (session_id,))
        return replace(_session(rows[0]), answers=tuple(self._answer(row) for row in answers))

    def sessions(self) -> tuple[Session, ...]:
        """All sittings, the newest first, with their answers; damaged parts of an answer are left out."""
        answers: defaultdict[str, list[Answer]] = defaultdict(list)
        for row in self._db.rows(_ALL):
            answers[row["session_id"]].append(self._answer(row))
        rows = self._db.rows("SELECT * FROM sessions ORDER BY started DESC, rowid DESC")
        return tuple(replace(_session(row), answers=tuple(answers[row["id"]])) for row in rows)

    def history(self, question_key: str) -> tuple[Answer, ...]:
        """All attempts at one question, oldest first."""
        rows = self._db.rows(_OF_QUESTION, (question_key,))
        return tuple(self._answer(row) for row in rows)

    def search(self, query: str, limit: int = 200) -> tuple[Answer, ...]:
        """Answers whose question or words hold the words of `query`, newest first; see `lines`."""
        held = self._held(query)
        return tuple(self._answer(row) for row in self._db.rows(_FOUND, (json.dumps(held.words), limit)))

    def unfinished(self) -> tuple[Answer, ...]:
        """Answers whose take is there but was not judged, oldest first."""
        return tuple(self._answer(row) for row in self._db.rows(_UNFINISHED))

    def count(self) -> int:
        """How many answers are kept."""
        return int(self._db.rows("SELECT count(*) FROM answers")[0][0])

    def lines(self, query: str = "", limit: int = 1_000) -> tuple[AnswerLine, ...]:
        """A list of answers, the newest first; with a query, those whose question or words hold all its words.

        Words are found by their beginnings. Where no answer holds all of them, those that hold most come first, and
        each line says so.
        """
        if not query.strip():
            return tuple(_line(row) for row in self._db.rows(_NEWEST_LINES, (limit,)))
        held = self._held(query)
        rows = self._db.rows(_FOUND_LINES, (json.dumps(held.words), limit))
        return tuple(replace(_line(row), partly=held.partly) for row in rows)

    def tried(self) -> tuple[Tried, ...]:
        """Every answer as choosing sees it, oldest first; nothing that was said or judged is read, only the marks."""
        return tuple(
            Tried(
                row["id"], row["question_key"], row["asked_text"], _time(row["started"]), row["state"], row["overall"]
            )
            for row in self._db.rows(_TRIED)
        )

    def _held(self, query: str) -> Held:
        return held(query, lambda way: (row[0] for row in self._db.rows(_WITH, (way,))))

    def _answer(self, row: sqlite3.Row) -> Answer:
        """The answer in a row. Damaged parts are left out and told in `problem`: one must not hide all the others."""
        damaged = False

        def part(kind: type[T], column: str, instead: Callable[[], T | None]) -> T | None:
            nonlocal damaged
            try:
                return load(kind, row[column]) if row[column] else None
            except StoreError:
                damaged = True
                return instead()

        def unread() -> Question:
            bank, _, name = str(row["question_key"]).rpartition("/")
            return Question(id=name, bank_id=bank, text=row["asked_text"], category=row["category"])

        question = part(Question, "question", unread) or unread()
        transcript = part(Transcript, "transcript", lambda: None)
        measures = part(Measures, "measures", lambda: None)
        feedback = part(Feedback, "feedback", lambda: None)
        take = None
        if row["take_path"]:
            take = Take(
                path=self._takes / row["take_path"],
                frames=row["take_frames"],
                sample_rate=row["take_rate"],
                overflows=row["take_overflows"],
                state=row["take_state"],
            )
        return Answer(
            id=row["id"],
            session_id=row["session_id"],
            question=question,
            asked_text=row["asked_text"],
            attempt=row["attempt"],
            started=_time(row["started"]),
            state=row["state"],
            take=take,
            transcript=transcript,
            measures=measures,
            feedback=feedback,
            problem=DAMAGED if damaged else row["problem"],
        )


def _line(row: sqlite3.Row) -> AnswerLine:
    return AnswerLine(
        id=row["id"],
        session_id=row["session_id"],
        asked_text=row["asked_text"],
        started=_time(row["started"]),
        state=row["state"],
        seconds=row["take_frames"] / row["take_rate"] if row["take_path"] and row["take_rate"] else None,
        overall=row["overall"] if row["scored"] else None,
        fixes=row["fixes"],
        damaged=bool(row["damaged"]),
    )


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # a damaged row is listed as the oldest one
        return datetime.fromtimestamp(0, UTC)


def _session(row: sqlite3.Row) -> Session:
    return Session(row["id"], _time(row["started"]), row["title"])


def _changed(cursor: sqlite3.Cursor, answer_id: str) -> None:
    if cursor.rowcount != 1:
        raise StoreError(f"There is no answer {answer_id!r}.", "See: coach review")
