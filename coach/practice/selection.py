"""The questions of a sitting, for the ways in which one can be asked for from the command line and the first screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach.domain.question import CATEGORIES, Question
from coach.errors import CoachError, UsageError
from coach.practice.desk import Desk

if TYPE_CHECKING:
    from coach.practice.choosing import Chosen

MIXED = ("about_you", "behavioral", "red_flag", "visa", "future_plans", "strengths", "time_management")
"""What a mixed sitting draws from: what every interview day holds, whatever the specialty and the country."""
PANEL = 5
"""So many questions a half-hour panel asks (research on the field: 3 to 5 fit into 30 minutes)."""

MOST = 100
"""More questions than anyone answers in a sitting."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What the user asked for; empty fields mean "any". `seed` gives the same questions again."""

    bank: str = ""
    category: str = ""
    program: str = ""
    count: int = PANEL
    seed: int | None = None
    baseline: bool = False


def check(ask: Ask) -> None:
    """Raises UsageError for a wish that cannot be, whatever the banks hold."""
    if not 1 <= ask.count <= MOST:
        raise UsageError(f"{ask.count} questions are not possible.", f"Choose 1 to {MOST}.")
    if ask.category and ask.category not in CATEGORIES:
        raise UsageError(f"There is no category {ask.category!r}. Allowed: {', '.join(CATEGORIES)}.")


def select_at_once(desk: Desk, ask: Ask) -> tuple[Question, ...] | None:
    """The questions of a sitting as `select` gives them; None where banks must be read for that, which takes time."""
    from coach.practice.banks import StoppedError

    def stop(_done: int, _whole: int) -> None:
        raise StoppedError

    check(ask)
    try:
        desk.open_library(stop)
    except StoppedError:
        return None
    return select(desk, ask)


def select(desk: Desk, ask: Ask) -> tuple[Question, ...]:
    """The questions of a sitting. Raises UsageError for a wish that cannot be, CoachError when nothing fits.

    Someone who never practised gets the five diagnostic questions first; later what was answered least.
    """
    from coach.practice.choosing import Filter, Wish, attempts_of, baseline, choose
    from coach.practice.programs import load_programs

    check(ask)
    if ask.bank:
        desk.library.bank(ask.bank)
    record = load_programs(desk.home).record(ask.program) if ask.program else None
    marks = desk.archive.get_marks()
    attempts = attempts_of(desk.archive.tried(), marks)
    anything = not (ask.bank or ask.category or ask.program)
    if ask.baseline or (anything and not attempts and ask.seed is None):
        questions = baseline(desk.library)[: ask.count]
    else:
        categories = (ask.category,) if ask.category else MIXED if anything else ()
        if ask.program and not ask.category:
            categories = ("program_specific",)
        wanted = Filter(banks=(ask.bank,) if ask.bank else (), categories=categories)
        wish = Wish(wanted, count=ask.count, seed=ask.seed)
        questions = tuple(as_asked(c) for c in choose(desk.library, wish, attempts, marks, desk.clock(), record))
    if not questions:
        raise CoachError("No question fits this choice.", "See what there is: coach bank list")
    return questions


def as_asked(chosen: Chosen) -> Question:
    """The question in the wording that it is asked in; its other wordings stay as rephrasings."""
    question = chosen.question
    others = tuple(w for w in (question.text, *question.rephrasings) if w != chosen.wording)
    return replace(question, text=chosen.wording, rephrasings=others)
