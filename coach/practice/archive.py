"""What was kept: sittings, past answers, search, and takes that a crash left unfinished."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from coach.audio.takefile import frames_on_disk
from coach.config import Home
from coach.domain.session import Answer, AnswerLine, Session, Tried
from coach.store.answers import Answers
from coach.store.database import Database, open_database
from coach.store.marks import Mark, Marks

ALIVE_S = 5.0
"""Seconds without growth after which a take counts as abandoned."""
MOST_LISTED = 1_000
"""So many answers are listed at most; the others are found by searching."""
MOST_FOUND = 10_000
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


def written_lately(path: Path, now: float) -> bool:
    """Whether a take is still being recorded, perhaps in another window: a living one grows every 0.1 s.

    `now` is in seconds since the epoch, as file times are.
    """
    try:
        return now - path.stat().st_mtime < ALIVE_S
    except OSError:
        return False


class Archive:
    """The store, opened; every front end reads and writes what is kept through it."""

    def __init__(self, home: Home, clock: Clock = utc_now) -> None:
        self.home = home
        self._database: Database = open_database(home.database, home.backups, clock())
        self.answers = Answers(self._database, home.takes)
        self._marks = Marks(self._database)

    def sessions(self, query: str = "") -> tuple[Session, ...]:
        """The newest sittings first; with a query, only those with an answer that it finds.

        Where no answer has all its words (`partly`), the sitting of the answer with most of them comes first.
        """
        if not query.strip():
            return tuple(s for s in self.answers.sessions() if s.answers)
        found: dict[str, list[Answer]] = {}
        for answer in self.answers.search(query, MOST_FOUND):
            found.setdefault(answer.session_id, []).insert(0, answer)
        return tuple(
            replace(self.answers.session(key), answers=tuple(sorted(answers, key=lambda a: a.started)))
            for key, answers in found.items()
        )

    def partly(self, query: str) -> bool:
        """Whether no answer holds all words of `query`, but some hold some of them."""
        return any(line.partly for line in self.lines(query, 1))

    def lines(self, query: str = "", limit: int = MOST_LISTED) -> tuple[AnswerLine, ...]:
        """The list of answers, the newest first, without reading what was said; `query` as for `sessions`."""
        return self.answers.lines(query, limit)

    def tried(self) -> tuple[Tried, ...]:
        """Every answer as choosing sees it, oldest first; hundreds are read in a few milliseconds."""
        return self.answers.tried()

    def count(self) -> int:
        """How many answers are kept."""
        return self.answers.count()

    def answer(self, answer_id: str) -> Answer:
        """One past answer. Raises StoreError when there is none of that id."""
        return self.answers.answer(answer_id)

    def attempts(self, answer: Answer) -> tuple[Answer, ...]:
        """All attempts ever made at the same question, oldest first."""
        return self.answers.history(answer.question.key)

    def unfinished(self) -> tuple[Answer, ...]:
        """Answers with sound on disk that were never judged, oldest first; broken-off recordings are closed here."""
        found = []
        for kept in self.answers.unfinished():
            answer = kept
            if answer.state == "recording":
                if answer.take is None or written_lately(answer.take.path, time.time()):
                    continue
                answer = self._close_take(answer)
            if answer.take is not None and answer.take.frames > 0:
                found.append(answer)
        return tuple(found)

    def _close_take(self, answer: Answer) -> Answer:
        """A take that was still open when the process died: what is on disk is what it holds."""
        assert answer.take is not None  # noqa: S101 - the state "recording" is only set together with a take
        take = replace(answer.take, frames=frames_on_disk(answer.take.path), state="interrupted")
        return self.answers.keep_take(answer.id, take, "recorded" if take.frames else "discarded")

    def set_aside(self, answer: Answer) -> Answer:
        """Do not offer an unfinished answer again; its sound stays on disk."""
        return self.answers.set_state(answer.id, "discarded")

    def get_marks(self) -> dict[str, Mark]:
        """Favourites, hidden questions, notes and repetition cards, by question key."""
        return self._marks.all()

    def set_mark(self, mark: Mark) -> None:
        """Keep a mark."""
        self._marks.put(mark)

    def close(self) -> None:
        """Close the database."""
        self._database.close()
