"""The question library: every bank that came with the coach or was added, to list, search and look up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import overload

from coach.bank.folders import bank_sources, index_path
from coach.bank.index import Index, open_index
from coach.bank.names import nearest
from coach.bank.progress import Progress, StoppedError, paced, silent
from coach.bank.records import OWN, SHIPPED, Bank, BankInfo, FactSheet, Filter, Outline
from coach.config import Home
from coach.domain.problem import Problem
from coach.domain.question import Question
from coach.errors import BankError

__all__ = [
    "ANOTHER_READS",
    "OWN",
    "SHIPPED",
    "Bank",
    "BankInfo",
    "FactSheet",
    "Filter",
    "Library",
    "Outline",
    "Progress",
    "Questions",
    "StoppedError",
    "load_library",
    "paced",
    "silent",
]

ANOTHER_READS = "Another coach is reading new question banks. This one waits for it."
"""What (0, 0) of a Progress means, in words."""


class Questions(Sequence[Question]):
    """The questions that fit a filter, fetched as they are looked at: a page of 50,000 costs as much as the page."""

    def __init__(self, index: Index, wanted: Filter) -> None:
        self._index = index
        self._wanted = wanted
        self._count: int | None = None

    def __len__(self) -> int:
        if self._count is None:
            self._count = self._index.count(self._wanted)
        return self._count

    @overload
    def __getitem__(self, at: int) -> Question: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Question, ...]: ...
    def __getitem__(self, at: int | slice) -> Question | tuple[Question, ...]:
        if isinstance(at, slice):
            start, stop, step = at.indices(len(self))
            if step != 1:
                return tuple(self)[at]
            return self._index.find(self._wanted, limit=max(stop - start, 0), offset=start)
        position = at + len(self) if at < 0 else at
        if not 0 <= position < len(self):
            raise IndexError(at)
        return self._index.find(self._wanted, limit=1, offset=position)[0]

    def __iter__(self) -> Iterator[Question]:
        return iter(self._index.find(self._wanted))


class Library(AbstractContextManager["Library"]):
    """All banks and their questions. Close it, or use it as a context manager."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._banks = index.banks()

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index file."""
        self._index.close()

    @property
    def banks(self) -> tuple[Bank, ...]:
        """All bank files, shipped ones first; those with problems are listed but their questions are not offered."""
        return self._banks

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with any bank file."""
        return tuple(problem for bank in self._banks for problem in bank.problems)

    @property
    def questions(self) -> Questions:
        """Every question of every usable bank, in the order of banks and files."""
        return Questions(self._index, Filter())

    def find(self, wanted: Filter) -> Questions:
        """The questions that fit; best match first if text is searched, see `partly`."""
        return Questions(self._index, wanted)

    def partly(self, wanted: Filter) -> bool:
        """Whether no question has every word that is searched, so that those with most of them are found."""
        return self._index.partly(wanted)

    def bank(self, bank_id: str) -> Bank:
        """The bank with this id. Raises BankError, naming the nearest one, if there is none."""
        found = [bank for bank in self._banks if bank.id == bank_id]
        if not found:
            raise BankError(
                f"There is no bank {bank_id!r}.", self._suggest(bank_id, [b.id for b in self._banks], "list")
            )
        return next((bank for bank in found if bank.usable), found[0])

    def question(self, key: str) -> Question:
        """The question with this key (`bank_id/id`), or with this id if only one bank has it. Raises BankError."""
        known = self._index.by_key([key])
        if known:
            return known[key]
        same_id = self._index.by_id(key)
        if len(same_id) == 1:
            return same_id[0]
        if same_id:
            keys = ", ".join(question.key for question in same_id[:8])
            raise BankError(f"Several banks have a question {key!r}.", f"Say which: {keys}.")
        raise BankError(f"There is no question {key!r}.", self._suggest(key, self._index.keys(Filter()), "show BANK"))

    def by_key(self, keys: Iterable[str]) -> Mapping[str, Question]:
        """The questions with these keys; keys that no bank has any more are left out."""
        return self._index.by_key(keys)

    def keys(self, wanted: Filter | None = None) -> tuple[str, ...]:
        """The keys of the questions that fit, in the order of banks and files; cheap even for all of 50,000."""
        return self._index.keys(wanted or Filter())

    def outlines(self, wanted: Filter | None = None) -> tuple[Outline, ...]:
        """Key, category and specialty of the questions that fit; cheap even for all of 50,000."""
        return self._index.outlines(wanted or Filter())

    def counts(self, column: str, wanted: Filter | None = None) -> dict[str, int]:
        """How many questions have each value of "category", "bank_id", "specialty", "country", "asked_by" or "tag"."""
        return self._index.counts(column, wanted or Filter())

    @staticmethod
    def _suggest(word: str, names: Iterable[str], command: str) -> str:
        known = list(names)
        near = nearest(word, known) if len(known) <= 2_000 else ""
        return (f"Did you mean {near}? " if near else "") + f"`coach bank {command}` lists what there is."


def load_library(home: Home, progress: Progress = silent) -> Library:
    """The library of this home: shipped banks and the user's own. A bad bank never keeps others from loading.

    New and changed files are read first, which takes seconds for tens of thousands of questions; `progress` is told,
    and what it raises as StoppedError passes. The next call goes on where this one was stopped.
    """
    return Library(open_index(index_path(home), bank_sources(home), progress))
