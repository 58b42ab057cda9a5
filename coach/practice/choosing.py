"""What to practise: filters, orders, session length, favourites, hidden questions, notes, and the baseline."""

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Protocol

from coach.bank.choosing import ORDERS, in_order, latest_marks, used_wordings, within, wording
from coach.bank.names import allowed_text
from coach.bank.schedule import RATINGS, Attempt, due_dates, rating_of
from coach.domain.question import Question
from coach.domain.session import Tried
from coach.errors import UsageError
from coach.practice.banks import Filter, Library, Outline
from coach.practice.programs import ProgramRecord, offered
from coach.store.marks import Mark

__all__ = [
    "BASELINE",
    "NOT_MIXED",
    "ORDERS",
    "RATINGS",
    "Attempt",
    "Chosen",
    "Filter",
    "Mark",
    "MarkStore",
    "Wish",
    "attempts_of",
    "baseline",
    "choose",
    "correct_rating",
    "due_dates",
    "latest_marks",
    "rating_of",
    "set_favourite",
    "set_hidden",
    "set_note",
    "wording",
]

BASELINE = ("about_you", "why-specialty", "mistake", "conflict", "weakness")
"""The five questions of the first day, by category, bank or tag."""

NOT_MIXED = frozenset({"mmi", "carms", "one-way-video", "improper", "scenario"})
"""Tags of questions that need a setting of their own; they come only when bank, tag or words ask for them."""

_MOST = 300
_BATCH = 64


class MarkStore(Protocol):
    """Where favourites, hidden questions and notes are kept; the archive is one."""

    def get_marks(self) -> dict[str, Mark]:
        """Every mark by question key."""

    def set_mark(self, mark: Mark) -> None:
        """Keep a mark, in place of the one before."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the candidate wants to practise.

    `count` questions, or as many of them as fit into `minutes` (0 for no limit of time). The same `seed` gives the same
    session; None is a new one each time. `specialty` is the candidate's, where no program says one.
    """

    wanted: Filter = field(default_factory=Filter)
    order: str = "random"
    count: int = 5
    minutes: float = 0.0
    favourites: bool = False
    specialty: str = ""
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A question and the wording it is asked in this time."""

    question: Question
    wording: str


def choose(
    library: Library,
    wish: Wish,
    attempts: Sequence[Attempt],
    marks: Mapping[str, Mark],
    now: datetime,
    record: ProgramRecord | None = None,
) -> tuple[Chosen, ...]:
    """The questions of a session, in order, each with the wording to ask it in; empty if nothing fits.

    `record` is the program that templates are filled from; without it questions that need one are left out. Raises
    UsageError for an unknown order or an impossible length.
    """
    if wish.order not in ORDERS:
        raise UsageError(f"There is no order {wish.order!r}.", f"Allowed: {allowed_text(wish.order, ORDERS)}.")
    if not 1 <= wish.count <= _MOST or not 0 <= wish.minutes <= 24 * 60:
        raise UsageError("That length is not possible.", f"Choose 1 to {_MOST} questions or up to a day of minutes.")
    chance = random.Random(wish.seed)  # noqa: S311 - which question comes next is no secret
    found = [one for one in library.outlines(_settled(wish)) if _wanted(one, wish, marks, record)]
    ordered = in_order(found, wish.order, attempts, chance, now)
    # Facts, tracks and changes of the program alternate from session to session.
    pick = chance.randrange(1_000)
    questions = _fetched(library, ordered, record, wish.specialty, pick)
    picked = islice(within(questions, wish.minutes) if wish.minutes else questions, wish.count)
    heard = used_wordings(attempts)
    return tuple(Chosen(q, wording(q, chance, heard.get(q.key, frozenset()))) for q in picked)


def baseline(library: Library, specialty: str = "") -> tuple[Question, ...]:
    """The five diagnostic questions of the first day, in their order, as far as the banks have them."""
    tagged = offered(library.find(Filter(tags=("baseline",))), None, specialty)
    chosen: list[Question] = []
    for kind in BASELINE:
        fits = (q for q in tagged if kind in {q.category, q.bank_id, *q.tags} and q not in chosen)
        first = next(fits, None)
        chosen += [first] if first else []
    chosen += [q for q in tagged if q not in chosen]
    return tuple(chosen[: len(BASELINE)])


def attempts_of(tried: Iterable[Tried], marks: Mapping[str, Mark]) -> tuple[Attempt, ...]:
    """Past answers as attempts, with the ratings that the candidate corrected."""
    corrected = {key: _corrections(mark) for key, mark in marks.items() if mark.card}
    return tuple(
        Attempt(
            one.question_key,
            one.started,
            one.overall,
            corrected.get(one.question_key, {}).get(one.id),
            one.id,
            one.asked_text,
        )
        for one in tried
        if one.state not in {"discarded", "asked", "recording"}
    )


def correct_rating(store: MarkStore, key: str, answer_id: str, rating: int) -> None:
    """Say how well an answer really went (1 again, 2 hard, 3 good, 4 easy), in place of what its mark says."""
    if rating not in range(1, len(RATINGS) + 1):
        raise UsageError(f"There is no rating {rating}.", "Choose 1 again, 2 hard, 3 good or 4 easy.")
    mark = _mark(store, key)
    card = json.dumps({"corrections": {**_corrections(mark), answer_id: rating}})
    store.set_mark(replace(mark, card=card))


def set_favourite(store: MarkStore, key: str, *, on: bool) -> None:
    """Make a question a favourite, or not."""
    store.set_mark(replace(_mark(store, key), favourite=on))


def set_hidden(store: MarkStore, key: str, *, on: bool) -> None:
    """Never ask a question again, or ask it again."""
    store.set_mark(replace(_mark(store, key), hidden=on))


def set_note(store: MarkStore, key: str, note: str) -> None:
    """Keep the candidate's own note on a question."""
    store.set_mark(replace(_mark(store, key), note=note))


def _settled(wish: Wish) -> Filter:
    """The filter, without questions that need a setting of their own unless they are meant."""
    wanted = wish.wanted
    if wish.favourites or wanted.banks or wanted.tags or wanted.text:
        return wanted
    # Who chooses the clinical questions means the scenarios too; cameras and stations are another setting still.
    left_out = NOT_MIXED - ({"scenario"} if wanted.categories else set())
    return replace(wanted, without_tags=(*wanted.without_tags, *sorted(left_out)))


def _wanted(outline: Outline, wish: Wish, marks: Mapping[str, Mark], record: ProgramRecord | None) -> bool:
    mark = marks.get(outline.key)
    if mark and mark.hidden:
        return False
    if wish.favourites:
        return bool(mark and mark.favourite)
    own_field = wish.specialty or wish.wanted.specialty or (record and record.specialty)
    asked_for = wish.wanted.banks or wish.wanted.tags or wish.wanted.text
    return bool(not outline.specialty or own_field or asked_for)


def _fetched(
    library: Library, outlines: Sequence[Outline], record: ProgramRecord | None, specialty: str, pick: int
) -> Iterator[Question]:
    """The questions of these outlines that can be asked, fetched a few at a time: of 50,000 a session needs five."""
    for start in range(0, len(outlines), _BATCH):
        keys = [outline.key for outline in outlines[start : start + _BATCH]]
        known = library.by_key(keys)
        yield from offered((known[key] for key in keys if key in known), record, specialty, pick)


def _mark(store: MarkStore, key: str) -> Mark:
    return store.get_marks().get(key) or Mark(key)


def _corrections(mark: Mark) -> dict[str, int]:
    """The corrected ratings in a mark; a card that something else wrote counts as none."""
    try:
        found = json.loads(mark.card)["corrections"] if mark.card else {}
        return {str(answer): int(rating) for answer, rating in found.items() if int(rating) in range(1, 5)}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}
