"""A problem in a file that came from outside."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: where it stands (line and column from 1, 0 if unknown), what, and what is allowed."""

    file: str
    line: int
    column: int
    problem: str
    allowed: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: " if self.line else f"{self.file}: "
        return place + self.problem + (f" Allowed: {self.allowed}" if self.allowed else "")
