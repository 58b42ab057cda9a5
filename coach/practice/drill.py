"""The questions-for-them drill: the candidate asks, hears which kind each question is, and plans who is asked what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coach.bank.asking import (
    KINDS,
    WEIGHTS,
    QuestionClassifier,
    WordClassifier,
    already_answered,
    better,
    remarks,
    split_questions,
    whom,
)
from coach.bank.asking_words import Better
from coach.bank.names import ROLES
from coach.bank.program_records import ProgramRecord, ToAsk
from coach.bank.search import normal
from coach.errors import UsageError

__all__ = [
    "KINDS",
    "ROLES",
    "WEIGHTS",
    "Asked",
    "Better",
    "Drill",
    "QuestionClassifier",
    "ToAsk",
    "WordClassifier",
    "look_at",
    "plan",
    "run_drill",
    "with_plan",
]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to a program as the drill sees it.

    `kinds` are out of KINDS, the main one first, and `weight` is the guide's for it (0 to 100). `who` should be asked.
    `answered` is what the program's page already says about it, or "".
    """

    text: str
    kinds: tuple[str, ...]
    weight: int
    better: Better
    who: str
    answered: str = ""

    @property
    def kind(self) -> str:
        """The main kind."""
        return self.kinds[0]


@dataclass(frozen=True, slots=True)
class Drill:
    """All questions of one round. `mean_weight` is from 0 to 100, None without questions; `remarks` sum up."""

    asked: tuple[Asked, ...]
    mean_weight: float | None
    remarks: tuple[str, ...]


def look_at(text: str, record: ProgramRecord | None = None, classifier: QuestionClassifier | None = None) -> Asked:
    """One question: its kind, what could be better, whom to ask, and whether the page answers it."""
    kinds = (classifier or WordClassifier()).kinds(text)
    kind = kinds[0]
    answered = already_answered(text, record) if record else ""
    return Asked(text, kinds, WEIGHTS[kind], better(text, kind), whom(text, kind), answered)


def run_drill(text: str, record: ProgramRecord | None = None, classifier: QuestionClassifier | None = None) -> Drill:
    """Everything that the candidate asked in one go, spoken or typed, one question after the other."""
    asked = tuple(look_at(question, record, classifier) for question in split_questions(text))
    mean = sum(one.weight for one in asked) / len(asked) if asked else None
    known = tuple(f"The page answers this one: {one.text}" for one in asked if one.answered)
    return Drill(asked, mean, (*remarks([one.kind for one in asked]), *known))


def plan(questions: Iterable[str], record: ProgramRecord | None = None) -> dict[str, tuple[Asked, ...]]:
    """Who should be asked what: the questions under each of ROLES, the weightiest first."""
    seen = [look_at(question, record) for question in dict.fromkeys(questions)]
    return {
        role: tuple(sorted((one for one in seen if one.who == role), key=lambda one: -one.weight)) for role in ROLES
    }


def with_plan(record: ProgramRecord, to_ask: Sequence[ToAsk]) -> ProgramRecord:
    """The program with a new plan of who is asked what; save it with `coach.practice.programs.save_program`.

    Raises UsageError if the same question is planned twice for one person, or for somebody who is not in ROLES.
    """
    unknown = sorted({one.who for one in to_ask} - {"", *ROLES})
    if unknown:
        raise UsageError(f"Nobody here is called {unknown[0]!r}.", f"Choose one of {', '.join(ROLES)}.")
    keys = [(one.who, normal(one.question)) for one in to_ask]
    twice = next((one for one, key in zip(to_ask, keys, strict=True) if keys.count(key) > 1), None)
    if twice:
        raise UsageError(f"This question is planned twice: {twice.question}", "Take one out.")
    return replace(record, to_ask=tuple(to_ask))
