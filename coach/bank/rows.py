"""Questions and banks as the index keeps them."""

import json
from collections.abc import Mapping
from dataclasses import fields

from coach.bank.records import BankInfo, FactSheet
from coach.domain.question import Question, TimeBand

_FIELDS = tuple(f.name for f in fields(Question) if f.name != "program")


def searched_words(question: Question) -> tuple[str, str, str]:
    """What full-text search looks through, the weightiest first: the question, its other wordings, its notes."""
    more = " ".join(
        (*question.rephrasings, *question.follow_ups, *question.tags, question.category, question.specialty)
    )
    notes = " ".join((question.why, question.strong, question.sinks, question.structure, question.key))
    return question.text, more, notes


def to_text(question: Question) -> str:
    """A question as JSON; without a program, which only a session fills in."""
    values = {name: getattr(question, name) for name in _FIELDS}
    band = question.band
    return json.dumps({**values, "band": [band.low_s, band.high_s, band.stop_s]}, ensure_ascii=False)


def to_question(payload: str) -> Question:
    """The reverse of `to_text`."""
    values: Mapping[str, object] = json.loads(payload)
    plain = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    plain["band"] = TimeBand(*values["band"])  # type: ignore[misc]
    return Question(**plain)  # type: ignore[arg-type]


def to_info(text: str) -> BankInfo:
    """What a bank says about itself, from JSON."""
    values = json.loads(text)
    return BankInfo(**{**values, "facts": tuple(FactSheet(**fact) for fact in values["facts"])})
