"""Filling questions from a program file; a question that cannot be filled is not offered."""

import re
from collections.abc import Mapping
from dataclasses import replace

from coach.bank.program_records import ProgramRecord
from coach.domain.question import Question

_OPEN = re.compile(r"\{([a-z_]+)\}")
_ARTICLE = re.compile(r"\b([Aa]) \{([a-z_]+)\}")


def is_template(question: Question) -> bool:
    """Whether the question leaves something open."""
    return _OPEN.search(question.text) is not None


def values(record: ProgramRecord | None, specialty: str = "", pick: int = 0) -> dict[str, str]:
    """What can be filled in. `pick` chooses among tracks, changes and facts; a program goes before `specialty`."""
    if record is None:
        return {"specialty": specialty} if specialty else {}
    found = {
        "program": record.name,
        "city": record.city,
        "region": record.region,
        "patients": record.patients,
        "setting": record.setting,
        "specialty": record.specialty or specialty,
        "track": _one(record.tracks, pick),
        "change": _one(record.recent_changes, pick),
        "fact": _one(record.facts, pick),
    }
    return {name: value.strip().rstrip(".") for name, value in found.items() if value.strip()}


def filled(text: str, known: Mapping[str, str]) -> str | None:
    """`text` with every placeholder filled, or None if one has no value. A sentence starts with a capital."""
    if any(name not in known for name in _OPEN.findall(text)):
        return None

    def value(match: re.Match[str], whole: str) -> str:
        before = whole[: match.start()].rstrip(" \"'(")
        word = known[match[1]]
        return word[:1].upper() + word[1:] if not before or before[-1] in ".?!:" else word

    fitted = _ARTICLE.sub(lambda m: f"{m[1]}n {{{m[2]}}}" if known[m[2]][:1].lower() in "aeiou" else m[0], text)
    return _OPEN.sub(lambda m: value(m, fitted), fitted)


def fill(
    question: Question, record: ProgramRecord | None = None, specialty: str = "", pick: int = 0
) -> Question | None:
    """The question about this program, or None if something it leaves open has no value.

    Other wordings and follow-ups that cannot be filled are left out. The program is attached for judging.
    """
    known = values(record, specialty, pick)
    text = filled(question.text, known)
    if text is None:
        return None
    return replace(
        question,
        text=text,
        rephrasings=tuple(done for other in question.rephrasings if (done := filled(other, known))),
        follow_ups=tuple(done for other in question.follow_ups if (done := filled(other, known))),
        program=record.program() if record else question.program,
    )


def _one(texts: tuple[str, ...], pick: int) -> str:
    return texts[pick % len(texts)] if texts else ""
