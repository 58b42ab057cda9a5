"""Bank files for the tests."""

from pathlib import Path

from coach.config import Home

GOOD = """\
format: 1
id: nights
title: Night float
author: A. Mentor
version: 2
language: en
defaults:
  category: behavioral
  answer_seconds: {low: 45, high: 80, stop: 110}
  asked_by: chief_resident
  tags: [nights]
questions:
  - id: first-night
    ask: Tell me about your first night alone.
    rephrasings: ["How was your first night?", "What do you remember of your first call?"]
    tags: [overload]
    why: They want to know who picks up the phone.
    strong: One night, one call for help, one result.
    sinks: '"I was never afraid."'
    structure: STAR
    follow_ups: [Whom did you call?]
    criteria: [concrete_example, result_stated]
  - id: handover
    ask: How do you hand over a complex patient?
    category: clinical
    answer_seconds: {low: 90, high: 150, stop: 200}
    think_seconds: 30
    specialty: Internal Medicine
    country: US
"""


def write_bank(home: Home, name: str = "nights.yaml", text: str = GOOD) -> Path:
    """A bank file among the user's own."""
    home.banks.mkdir(parents=True, exist_ok=True)
    path = home.banks / name
    path.write_text(text, encoding="utf-8")
    return path


def bank_text(bank_id: str, *asks: str, category: str = "behavioral") -> str:
    """A small bank with one question for each text."""
    lines = ["format: 1", f"id: {bank_id}", "title: A bank", "questions:"]
    for number, ask in enumerate(asks, start=1):
        lines += [f"  - id: q{number}", f"    ask: {ask}", f"    category: {category}"]
    return "\n".join(lines) + "\n"
