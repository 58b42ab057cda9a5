"""Which questions a sitting asks, for the ways in which a sitting can be asked for."""

import random
from dataclasses import dataclass

from coach.domain.question import CATEGORIES, Question
from coach.errors import CoachError, UsageError
from coach.practice.desk import Desk

LATEST = 30
"""So many latest answers are not asked again when there are others."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for; empty fields mean "any". `seed` gives the same questions again."""

    bank: str = ""
    category: str = ""
    program: str = ""
    count: int = 5
    seed: int | None = None
    baseline: bool = False


MIXED = ("about_you", "behavioral", "red_flag", "visa", "future_plans", "strengths", "time_management")
"""What a mixed sitting draws from: what every interview day holds, whatever the specialty and the country."""
NOT_MIXED = frozenset({"mmi", "carms", "one-way-video", "improper", "specialty", "scenario"})
"""Tags of questions that need their own setting, and so are only asked when they are chosen."""


def select(desk: Desk, wish: Wish) -> tuple[Question, ...]:
    """The questions of a sitting. Raises UsageError for a wish that cannot be, CoachError when nothing fits."""
    from coach.practice.banks import Filter

    if not 1 <= wish.count <= 100:
        raise UsageError(f"{wish.count} questions are not possible.", "Choose 1 to 100.")
    if wish.category and wish.category not in CATEGORIES:
        raise UsageError(f"There is no category {wish.category!r}. Allowed: {', '.join(CATEGORIES)}.")
    library = desk.library
    if wish.bank:
        library.bank(wish.bank)
    chance = random.Random(wish.seed)  # noqa: S311 - which question comes next is no secret
    if wish.baseline:
        return tuple(library.find(Filter(tags=("baseline",))))[: wish.count]
    if wish.program:
        from coach.practice.programs import program_questions

        pool = list(program_questions(desk.home, library, wish.program))
    elif wish.bank or wish.category:
        wanted = Filter(banks=(wish.bank,) if wish.bank else (), categories=(wish.category,) if wish.category else ())
        pool = list(library.find(wanted))
    else:
        pool = [q for q in library.find(Filter(categories=MIXED)) if not NOT_MIXED & set(q.tags) and not q.specialty]
    hidden = {key for key, mark in desk.archive.get_marks().items() if mark.hidden}
    pool = [q for q in pool if q.key not in hidden]
    if not pool:
        raise CoachError("No question fits this choice.", "See what there is: coach bank list")
    recent = recently_asked(desk)
    chance.shuffle(pool)
    pool.sort(key=lambda q: q.key in recent)
    return spread(pool, wish.count)


def recently_asked(desk: Desk) -> frozenset[str]:
    """The keys of the questions that were answered last."""
    answers = [a for s in desk.archive.sessions() for a in s.answers]
    return frozenset(a.question.key for a in answers[:LATEST])


def spread(pool: list[Question], count: int) -> tuple[Question, ...]:
    """The first `count` questions of `pool`, taking from each category in turn so that they differ."""
    by_category: dict[str, list[Question]] = {}
    for question in pool:
        by_category.setdefault(question.category, []).append(question)
    chosen: list[Question] = []
    while len(chosen) < count and any(by_category.values()):
        for questions in by_category.values():
            if questions and len(chosen) < count:
                chosen.append(questions.pop(0))
    return tuple(chosen)
