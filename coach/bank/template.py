"""The commented bank that `coach bank new` writes."""

from coach.bank.names import ASKED_BY, PLACEHOLDERS
from coach.domain.question import CATEGORIES

_TEMPLATE = """\
# A question bank for coach. Lines that start with # are notes for you.
# Check it as often as you like (this never changes the file):   coach bank check {file}
# Use it:                                                        coach bank add {file}
# Put a text in "quotes" if it holds a colon, a # or a quote.

format: 1
id: {id}                # small letters, digits, hyphens; never change it, the history hangs on it
title: "{title}"
author: "Your name"
version: "1"
licence: "CC BY 4.0"    # may others use and change it? leave the line out if you do not want to say
language: en
about: Who the questions are for, and what to do with them.
# rubric: my-rubric     # only if you wrote your own rubric; leave out for the built-in one

# What holds for every question that does not say otherwise.
defaults:
  category: behavioral
  structure: STAR
  answer_seconds: {{low: 60, high: 90, stop: 120}}   # right between low and high, too long after stop
  think_seconds: 5
  asked_by: faculty
  tags: [my-group]

# Categories: {categories}
# Who asks:   {asked_by}
# Left open, filled from a program file: {placeholders}

questions:
  - id: first-question          # unique in this file; never change it
    ask: Tell me about a time you had more work than hours.
    rephrasings:                # interviewers do not read from a list
      - Describe a shift that was too full. How did you order the work?
      - How do you decide what can wait?
    category: time_management   # this one differs from the default
    tags: [overload]
    why: They want to see how you choose when you cannot do everything.
    strong: One real shift, the rule you sorted by, whom you told, and how it ended.
    sinks: '"I just work harder", or a day that never happened.'
    follow_ups:
      - What did you leave undone?
    criteria: [day_structure, concrete_example, result_stated]

  - id: second-question
    ask: What about {{program}} made you apply?
    rephrasings:
      - Of all places, why us?
    category: program_specific
"""


def new_bank(bank_id: str, title: str, file: str) -> str:
    """The text of a new bank, correct as it stands. `file` is the name that its notes mention."""
    return _TEMPLATE.format(
        id=bank_id,
        title=title.replace("\\", " ").replace('"', "'"),
        file=file,
        categories=", ".join(CATEGORIES),
        asked_by=", ".join(ASKED_BY),
        placeholders=", ".join(f"{{{name}}}" for name in PLACEHOLDERS),
    )
