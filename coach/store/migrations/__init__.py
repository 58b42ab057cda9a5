"""The database's schema as a chain of steps; a step is never changed once released, a new one is added."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from coach.store.migrations import m0001_initial


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: the version it leads to, its name, and what it does inside the transaction that it is given."""

    version: int
    name: str
    apply: Callable[[sqlite3.Connection], None]


MIGRATIONS: tuple[Migration, ...] = (Migration(1, "initial", m0001_initial.apply),)
NEWEST = MIGRATIONS[-1].version
