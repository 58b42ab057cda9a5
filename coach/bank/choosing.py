"""Choosing what to practise: pure functions over questions and past attempts; chance and time are passed in."""

import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from coach.bank.schedule import Attempt, due_dates
from coach.domain.question import Question

ORDERS = ("random", "in-order", "weakest", "due")
"""Ways to order what is practised."""

FEEDBACK_S = 60.0
"""Seconds that reading the feedback of one answer takes, for sessions that have a length in minutes."""

NEVER_ANSWERED = 3.5
"""Where a question that was never answered stands among the weakest: after acceptable answers, before good ones."""

_LATEST = 2


class Choosable(Protocol):
    """What can be ordered: a question, or the outline of one."""

    @property
    def key(self) -> str:
        """By which history knows the question."""

    @property
    def category(self) -> str:
        """Its category."""


Some = TypeVar("Some", bound=Choosable)


def in_order(
    questions: Sequence[Some],
    order: str,
    attempts: Sequence[Attempt],
    chance: random.Random,
    now: datetime,
) -> tuple[Some, ...]:
    """All of `questions` in one of ORDERS. `now` must know its time zone.

    "random" takes categories in turn and what was answered least first; "weakest" goes by the mean of the last two
    marks; "due" puts the most overdue first, then what was never answered, then what is not due yet.
    """
    if order == "in-order":
        return tuple(questions)
    shuffled = list(questions)
    chance.shuffle(shuffled)
    if order == "weakest":
        marks = latest_marks(attempts)
        return tuple(sorted(shuffled, key=lambda q: marks.get(q.key, NEVER_ANSWERED)))
    if order == "due":
        wanted = {q.key for q in shuffled}
        dates = due_dates(a for a in attempts if a.key in wanted)
        today = now.astimezone(UTC)
        return tuple(sorted(shuffled, key=lambda q: _due_place(dates.get(q.key), today)))
    times = Counter(attempt.key for attempt in attempts)
    shuffled.sort(key=lambda q: times[q.key])
    return mixed(shuffled)


def mixed(questions: Iterable[Some]) -> tuple[Some, ...]:
    """The same questions, one of each category in turn."""
    by_category: dict[str, list[Some]] = {}
    for question in questions:
        by_category.setdefault(question.category, []).append(question)
    rounds = max(map(len, by_category.values()), default=0)
    groups = by_category.values()
    return tuple(group[turn] for turn in range(rounds) for group in groups if turn < len(group))


def latest_marks(attempts: Iterable[Attempt]) -> dict[str, float]:
    """The mean of the last two overall marks of each question that has any."""
    marks: dict[str, list[float]] = {}
    for attempt in sorted(attempts, key=lambda a: a.when):
        if attempt.overall is not None:
            marks.setdefault(attempt.key, []).append(attempt.overall)
    return {key: sum(all_of[-_LATEST:]) / len(all_of[-_LATEST:]) for key, all_of in marks.items()}


def seconds_of(question: Question) -> float:
    """How long practising a question takes: thinking, an answer at the upper end of its band, and the feedback."""
    return question.think_s + question.band.high_s + FEEDBACK_S


def within(questions: Iterable[Question], minutes: float) -> Iterator[Question]:
    """The first questions that fit into `minutes`, at least one; a long one is passed over if a later one fits."""
    left, first = minutes * 60, True
    for question in questions:
        needed = seconds_of(question)
        if needed <= left or first:
            yield question
            left, first = left - needed, False
        if left < FEEDBACK_S:
            return


def wording(question: Question, chance: random.Random, used: Collection[str] = ()) -> str:
    """One way to ask the question, if possible one that the candidate has not heard yet (`used`)."""
    ways = (question.text, *question.rephrasings)
    return chance.choice([way for way in ways if way not in used] or list(ways))


def used_wordings(attempts: Iterable[Attempt]) -> Mapping[str, frozenset[str]]:
    """The wordings that were heard, by question key."""
    heard: dict[str, set[str]] = {}
    for attempt in attempts:
        heard.setdefault(attempt.key, set()).add(attempt.wording)
    return {key: frozenset(words) for key, words in heard.items()}


def _due_place(due: datetime | None, now: datetime) -> tuple[int, float]:
    if due is None:
        return (1, 0.0)
    return (0, due.timestamp()) if due <= now else (2, due.timestamp())
