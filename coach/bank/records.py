"""What is known of banks and what can be asked of them; light to import, no YAML and no pydantic."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from coach.domain.problem import Problem

SHIPPED = "shipped"
OWN = "own"


@dataclass(frozen=True, slots=True)
class FactSheet:
    """One dated fact of a bank; `verify` says that the candidate should check it with the source."""

    title: str
    text: str
    as_of: str = ""
    verify: bool = True


@dataclass(frozen=True, slots=True)
class BankInfo:
    """What a bank says about itself. `count` is its number of questions."""

    id: str
    title: str
    author: str = ""
    version: str = ""
    licence: str = ""
    language: str = "en"
    about: str = ""
    rubric: str = ""
    count: int = 0
    facts: tuple[FactSheet, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Source:
    """A bank file: where it is, and whether it came with the coach ("shipped") or was added ("own")."""

    path: Path
    origin: str = OWN


@dataclass(frozen=True, slots=True)
class Bank:
    """One bank file. With problems its questions are not offered; `info` is None if it cannot be read."""

    path: Path
    origin: str
    info: BankInfo | None
    problems: tuple[Problem, ...] = ()

    @property
    def id(self) -> str:
        """The bank's id, or its file name where the id cannot be read."""
        return self.info.id if self.info else self.path.stem

    @property
    def usable(self) -> bool:
        """Whether its questions are offered."""
        return self.info is not None and not self.problems


@dataclass(frozen=True, slots=True)
class Filter:
    """Which questions are wanted; what is left empty does not narrow.

    `text` is searched in everything a question says, each word as a beginning; where nothing has every word, questions
    with some of them fit. Of `tags` all must be there, of
    the other lists any one. A `specialty` or `country` also lets through the questions that are for all, unless `only`
    is set. `templates` true wants only the questions that a program file has to fill, false only the others.
    None of `without_tags` may be there.
    """

    text: str = ""
    banks: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    asked_by: tuple[str, ...] = ()
    specialty: str = ""
    country: str = ""
    only: bool = False
    templates: bool | None = None
    without_tags: tuple[str, ...] = ()


class Outline(NamedTuple):
    """As much of a question as choosing among many needs; `specialty` is in small letters, "" for all."""

    key: str
    category: str
    specialty: str
    template: bool
