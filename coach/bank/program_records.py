"""A program as the candidate knows it: facts, policies, what residents said, and its place in the rank order list."""

from dataclasses import dataclass, field
from pathlib import Path

from coach.bank.text import one_line
from coach.domain.problem import Problem
from coach.domain.question import Program


@dataclass(frozen=True, slots=True)
class Visa:
    """The program's visa policy: `types` are "J-1" and "H-1B"."""

    types: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class FactSource:
    """Where a piece of knowledge comes from and when it was looked up (a date such as 2026-01-15)."""

    what: str
    where: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody in the program said about one of the nine signals; `reading` is supportive, weak or unknown."""

    id: str
    asked: str = ""
    heard: str = ""
    when: str = ""
    reading: str = "unknown"


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the candidate found in figures; None where it is not known. Percentages from 0 to 100."""

    img_percent: float | None = None
    img_years: int | None = None
    step2_low: int | None = None
    step2_high: int | None = None
    fellowship_percent: float | None = None


@dataclass(frozen=True, slots=True)
class Rank:
    """The place in the rank order list (from 1, 0 for none) and the reason for it."""

    place: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ToAsk:
    """A question that the candidate plans to ask, whom (one of `coach.bank.names.ROLES`), and what came back."""

    question: str
    who: str = ""
    heard: str = ""


@dataclass(frozen=True, slots=True)
class ProgramRecord:
    """Everything that a program file holds. `verify` says that facts should be checked with the program."""

    id: str
    name: str
    specialty: str = ""
    setting: str = ""
    region: str = ""
    city: str = ""
    patients: str = ""
    structure: str = ""
    tracks: tuple[str, ...] = ()
    recent_changes: tuple[str, ...] = ()
    visa: Visa = field(default_factory=Visa)
    img_history: str = ""
    numbers: Numbers = field(default_factory=Numbers)
    facts: tuple[str, ...] = ()
    sources: tuple[FactSource, ...] = ()
    verify: bool = True
    vocabulary: tuple[str, ...] = ()
    notes: str = ""
    signals: tuple[Heard, ...] = ()
    rank: Rank = field(default_factory=Rank)
    to_ask: tuple[ToAsk, ...] = ()

    def heard(self, signal: str) -> tuple[Heard, ...]:
        """What was heard about one of the nine signals."""
        return tuple(one for one in self.signals if one.id == signal)

    def program(self) -> Program:
        """The program as questions and judging know it: every checkable thing about it counts as a fact."""
        described = (("Patients", self.patients), ("Service", self.structure))
        facts = (
            *self.facts,
            *(f"{title}: {text}" for title, text in described if text),
            *(f"Track: {text}" for text in self.tracks),
            *(f"Recent change: {text}" for text in self.recent_changes),
        )
        place = ", ".join(dict.fromkeys(part for part in (self.city, self.region) if part))
        names = (self.name, self.city, self.region, *self.tracks)
        words = (*self.vocabulary, *(one_line(name) for name in names if name))
        return Program(
            id=self.id,
            name=self.name,
            setting=self.setting,
            region=place,
            facts=facts,
            vocabulary=tuple(dict.fromkeys(words)),
        )


@dataclass(frozen=True, slots=True)
class ProgramEntry:
    """One program file: `record` is None where it has problems; `origin` is "shipped" or "own"."""

    path: Path
    origin: str
    record: ProgramRecord | None
    problems: tuple[Problem, ...] = ()

    @property
    def id(self) -> str:
        """The program's id, or its file name where it cannot be read."""
        return self.record.id if self.record else self.path.stem
