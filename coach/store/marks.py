"""The candidate's marks on questions: favourite, hidden, a note, and the repetition card."""

from dataclasses import dataclass

from coach.store.database import Database


@dataclass(frozen=True, slots=True)
class Mark:
    """What the candidate noted on one question. `card` is the spaced-repetition card as JSON, or ""."""

    question_key: str
    favourite: bool = False
    hidden: bool = False
    note: str = ""
    card: str = ""


class Marks:
    """Marks by question key."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> dict[str, Mark]:
        """Every mark."""
        rows = self._db.rows("SELECT * FROM marks")
        return {
            r["question_key"]: Mark(r["question_key"], bool(r["favourite"]), bool(r["hidden"]), r["note"], r["card"])
            for r in rows
        }

    def put(self, mark: Mark) -> None:
        """Keep a mark, in place of the one before."""
        with self._db.transaction() as db:
            db.execute(
                "INSERT INTO marks VALUES (?, ?, ?, ?, ?) ON CONFLICT (question_key) DO UPDATE SET"
                " favourite = excluded.favourite, hidden = excluded.hidden, note = excluded.note, card = excluded.card",
                (mark.question_key, int(mark.favourite), int(mark.hidden), mark.note, mark.card),
            )
