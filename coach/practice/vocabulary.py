"""The names and terms for one answer: the user's own list, the program's, and the place and name of the program.

The list is a text file: one term a line, or `wrong -> right` for a correction; `#` begins a comment. A line that cannot
be used is left out, never an error: a typo in a list must not stop an answer.
"""

from pathlib import Path

from coach.config import Home
from coach.domain.question import Program
from coach.errors import CoachError
from coach.speech.vocabulary import Correction, Vocabulary

MAX_BYTES = 64 * 1024
MAX_LINES = 500
MAX_TERM = 60
ARROW = "->"


def vocabulary_for(home: Home, program: Program | None = None) -> Vocabulary:
    """The vocabulary for an answer about `program` (or about none)."""
    own = read_vocabulary(home.vocabulary) if home.vocabulary.is_file() else Vocabulary()
    terms = (*(program_terms(program) if program else ()), *own.terms)
    return Vocabulary(tuple(dict.fromkeys(terms)), own.corrections)


def program_terms(program: Program) -> tuple[str, ...]:
    """What a program file says will be named; its facts are left out, they could put reasons into an answer."""
    named = (*program.vocabulary, program.name, program.region)
    return tuple(term for text in named if (term := _clean(text)))


def read_vocabulary(path: Path) -> Vocabulary:
    """Read a vocabulary file. Raises CoachError when it cannot be read or is too large."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CoachError(f"{path} is too large for a vocabulary.", f"Allowed are {MAX_BYTES // 1024} kB.")
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise CoachError(
            f"The vocabulary {path} cannot be read: {error.strerror or error}.", "Check the name and the folder."
        ) from error
    return parse_vocabulary(text)


def parse_vocabulary(text: str) -> Vocabulary:
    """The terms and corrections in a vocabulary's text."""
    terms: list[str] = []
    corrections: list[Correction] = []
    for line in text.splitlines()[:MAX_LINES]:
        content = line.split("#", 1)[0].strip()
        heard, arrow, meant = content.partition(ARROW)
        if arrow and _clean(heard) and _clean(meant):
            corrections.append(Correction(_clean(heard), _clean(meant)))
            terms.append(_clean(meant))
        elif not arrow and _clean(content):
            terms.append(_clean(content))
    return Vocabulary(tuple(dict.fromkeys(terms)), tuple(corrections))


def _clean(text: str) -> str:
    """A term without control characters and doubled spaces; "" when it is too long to be one."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return plain if len(plain) <= MAX_TERM else ""
