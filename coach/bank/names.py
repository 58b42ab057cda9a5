"""The words that bank and program files may use, the limits they must keep to, and the nearest right name."""

import difflib
from collections.abc import Iterable

CRITERIA = (
    "closing_summary",
    "score_apology",
    "visa_mentions",
    "visa_stance",
    "program_reasons",
    "gratitude_first",
    "concrete_example",
    "result_stated",
    "cause_or_change",
    "blame_or_victim",
    "complaint",
    "commitment_risk",
    "commitment_signal",
    "contempt",
    "plans",
    "oversharing",
    "underdog_identity",
    "over_formal",
    "stock_phrases",
    "answers_question",
    "asks_to_clarify",
    "day_structure",
    "question_kind",
    "meandering",
    "length",
    "pace",
    "hesitations",
    "pauses",
)
"""Criteria that the built-in rubrics judge; a bank that names its own rubric may use that rubric's ids instead."""

ASKED_BY = ("faculty", "program_director", "resident", "chief_resident", "coordinator", "panel", "video")
"""Who asks; "video" is a one-way recording with nobody on the other side."""

COUNTRIES = ("US", "CA")

PLACEHOLDERS = ("program", "city", "region", "patients", "setting", "track", "change", "fact", "specialty")
"""What a question may leave open, in braces, to be filled from a program file."""

ROLES = ("coordinator", "resident", "chief", "faculty", "director")
"""Whom a candidate can ask on the interview day."""

VISA_TYPES = ("J-1", "H-1B")

READINGS = ("supportive", "weak", "unknown")
"""How an answer about a program was read."""

MAX_FILE_BYTES = 4_000_000
MAX_DEPTH = 8
MAX_NODES = 400_000
MAX_QUESTIONS = 5_000
MAX_FILES = 2_000
"""Limits on files from others: far above any real bank, far below what could stall a laptop."""


def nearest(word: str, allowed: Iterable[str]) -> str:
    """The allowed name most like `word`, or "" when none is near."""
    lowered = {name.lower(): name for name in allowed}
    found = difflib.get_close_matches(word.strip().lower().replace(" ", "_"), lowered, n=1, cutoff=0.6)
    found = found or difflib.get_close_matches(word.strip().lower().replace("_", "-"), lowered, n=1, cutoff=0.6)
    return lowered[found[0]] if found else ""


def allowed_text(word: str, allowed: Iterable[str]) -> str:
    """The `allowed` part of a problem: every right name, and the nearest one first."""
    names = list(allowed)
    near = nearest(word, names)
    listed = ", ".join(names)
    return f"did you mean {near}? ({listed})" if near else listed
