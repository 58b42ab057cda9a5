"""What the chooser shows and practises: the filters as one value, and the questions that fit it, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from coach.domain.question import Question
from coach.practice.archive import Archive
from coach.practice.banks import Filter, Library
from coach.practice.choosing import Attempt, Chosen, Mark, Wish, attempts_of, choose, due_dates, latest_marks
from coach.practice.programs import ProgramRecord, is_template, offered

ORDER_NAMES = {
    "random": "random, least practised first",
    "in-order": "in the order of the bank",
    "weakest": "weakest first",
    "due": "due for repetition first",
}
LENGTHS = (("3 questions", "3"), ("5 questions", "5"), ("10 questions", "10"), ("20 questions", "20"),
           ("10 minutes", "10m"), ("20 minutes", "20m"), ("30 minutes", "30m"), ("60 minutes", "60m"))  # fmt: skip
SHOWS = (("all but hidden ones", ""), ("favourites only", "favourites"), ("hidden ones only", "hidden"))
MOST = 100
"""No more questions than this in a session that has a length in minutes."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The filters of the chooser; what is empty does not narrow. `length` is one of LENGTHS, `show` one of SHOWS."""

    text: str = ""
    category: str = ""
    tag: str = ""
    specialty: str = ""
    program: str = ""
    bank: str = ""
    country: str = ""
    show: str = ""
    order: str = "random"
    length: str = "5"

    @property
    def count(self) -> int:
        """How many questions a session has at most."""
        return MOST if self.length.endswith("m") else int(self.length)

    @property
    def minutes(self) -> float:
        """How long a session is, 0 for no limit."""
        return float(self.length[:-1]) if self.length.endswith("m") else 0.0

    def wanted(self, record: ProgramRecord | None = None) -> Filter:
        """The filter for the library. A program alone means the questions about programs."""
        about = "program_specific" if record is not None and not self.category else self.category
        return Filter(
            text=self.text,
            banks=(self.bank,) if self.bank else (),
            categories=(about,) if about else (),
            tags=(self.tag,) if self.tag else (),
            specialty=self.specialty or (record.specialty if record else ""),
            country=self.country,
        )

    def wish(self, record: ProgramRecord | None = None) -> Wish:
        """What a session of this choice asks for."""
        return Wish(
            wanted=self.wanted(record),
            order=self.order,
            count=self.count,
            minutes=self.minutes,
            favourites=self.show == "favourites",
            specialty=self.specialty,
        )

    def filters(self, program: str = "") -> str:
        """The filters in words, "" when there are none. `program` is the program's name."""
        named = (self.category.replace("_", " "), self.tag, self.specialty, program or self.program, self.bank)
        show = {"favourites": "favourites", "hidden": "hidden ones"}.get(self.show, "")
        return ", ".join(word for word in (*named, self.country, show) if word)

    def session(self) -> str:
        """The session in words."""
        title = next((title for title, value in LENGTHS if value == self.length), self.length)
        return f"{title}, {ORDER_NAMES[self.order]}"


class Pool:
    """The questions that fit a choice, what a program fills first and what still lacks one last.

    `partly`: none has every word that was typed. Made in a thread; pages are fetched as they are looked at.
    """

    def __init__(
        self, library: Library, choice: Choice, record: ProgramRecord | None, marks: Mapping[str, Mark]
    ) -> None:
        wanted = choice.wanted(record)
        self.partly = library.partly(wanted)
        self._hidden = frozenset(key for key, mark in marks.items() if mark.hidden)
        if choice.show:
            kept = {k for k, m in marks.items() if (m.hidden if choice.show == "hidden" else m.favourite)}
            keys = [key for key in library.keys(wanted) if key in kept]
            known = library.by_key(keys)
            listed = [_as_asked(known[key], record, choice.specialty) for key in keys if key in known]
            self._hidden = frozenset() if choice.show == "hidden" else self._hidden
            self._parts: tuple[Sequence[Question], ...] = (listed,)
        else:
            templates = library.find(replace(wanted, templates=True))
            asked = [_as_asked(q, record, choice.specialty) for q in templates]
            filled = [q for q in asked if not is_template(q)]
            plain = library.find(replace(wanted, templates=False))
            self._parts = (filled, plain, [q for q in asked if is_template(q)])
        self.length = sum(map(len, self._parts))
        self.count = self.length - (len(self._hidden & set(library.keys(wanted))) if self._hidden else 0)

    def page(self, offset: int, size: int) -> tuple[Question, ...]:
        """The questions from `offset` on, at most `size`; hidden ones are left out. Offsets end at `length`."""
        found: list[Question] = []
        end = offset + size
        for part in self._parts:
            if offset < len(part) and end > 0:
                found += part[max(0, offset) : end]
            offset, end = offset - len(part), end - len(part)
        return tuple(q for q in found if q.key not in self._hidden)


@dataclass(frozen=True, slots=True)
class Past:
    """What the candidate did before: attempts, marks, and when a question is due again, by question key."""

    attempts: tuple[Attempt, ...] = ()
    marks: Mapping[str, Mark] | None = None
    due: Mapping[str, datetime] = field(default_factory=dict)

    def with_due_dates(self) -> "Past":
        """The same with due dates, which `of` tells. For a thread: the scheduler is imported with the first answer."""
        return replace(self, due=due_dates(self.attempts)) if self.attempts else self

    def of(self, key: str, now: datetime) -> str:
        """The past of one question in words, "" when it was never answered."""
        own = [attempt for attempt in self.attempts if attempt.key == key]
        if not own:
            return ""
        said = f"Answered {'once' if len(own) == 1 else f'{len(own)} times'}"
        mark, due = latest_marks(own).get(key), self.due.get(key)
        said += f", lately {mark:.1f} of 5" if mark is not None else ""
        if due is not None:
            said += ", due now" if due <= now else f", due on {due.astimezone():%d %b}"
        return said + "."


def read_past(archive: Archive) -> Past:
    """What the candidate did before, from what is kept. Raises CoachError when it cannot be read."""
    marks = archive.get_marks()
    return Past(attempts_of(archive.tried(), marks), marks)


def worded(chosen: Chosen) -> Question:
    """The question with the chosen wording first and the others as its rephrasings."""
    ways = (chosen.question.text, *chosen.question.rephrasings)
    others = tuple(way for way in ways if way != chosen.wording)
    return replace(chosen.question, text=chosen.wording, rephrasings=others)


def session(
    library: Library, choice: Choice, record: ProgramRecord | None, past: Past, now: datetime
) -> tuple[Question, ...]:
    """The questions of a session, each in the wording that is asked. Raises CoachError for an impossible wish."""
    return tuple(
        worded(one) for one in choose(library, choice.wish(record), past.attempts, past.marks or {}, now, record)
    )


def _as_asked(question: Question, record: ProgramRecord | None, specialty: str) -> Question:
    """The question filled in where that can be done, else as it stands in the bank."""
    return next(iter(offered((question,), record, specialty)), question)
