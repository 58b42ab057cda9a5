"""A finding in words: in which order it is told, and its numbers and codes so that a candidate can use them."""

import re

from coach.domain.finding import Finding

SURE_FROM, FAIRLY_SURE_FROM = 0.9, 0.65
"""Of such findings 94 % and 93 % (85 % of the faults) agreed with labels on held-out answers; of what is below 57 %, so
the candidate is asked to judge (docs/judgement.md)."""

_SECTION = re.compile(r"(?:guide )?0,? (?:§|section )(?P<places>.+)")
"""Guide 0 of the shipped rubric, which its `about` names."""


def sureness(confidence: float) -> str:
    """How sure the judge is, in words; `confidence` from 0 to 1."""
    if confidence >= SURE_FROM:
        return "I am sure of this"
    return "I am fairly sure" if confidence >= FAIRLY_SURE_FROM else "This may be wrong: read your words and decide"


def source(finding: Finding) -> str:
    """What a finding follows, by a name; "" where the rubric names nothing. A rubric's own words stay as they are."""
    known = _SECTION.fullmatch(finding.guide.strip())
    if known is None:
        return finding.guide.strip()
    places = [place.strip() for place in known["places"].replace("§", "").split(",")]
    numbers = [place for place in places if place.isdigit()]
    others = [place for place in places if not place.isdigit()]
    word = "section" if len(numbers) == 1 else "sections"
    told = [f"{word} {' and '.join((', '.join(numbers[:-1]), numbers[-1])).removeprefix(' and ')}"] if numbers else []
    return ", ".join(("a guide to interview-day mistakes", *told, *others))


def told(finding: Finding, said: str = "") -> tuple[tuple[str, str], ...]:
    """What is told of a finding below its title, in this order, each with its label or ""; what is empty is left out.

    `said` are the words that it rests on, where they stand among the rest.
    """
    good = finding.verdict == "good"
    lines = (
        ("Next time", "" if good else finding.advice),
        ("You said", said),
        ("Why", finding.why),
        ("", finding.advice if good else ""),
        ("They may ask", finding.follow_up),
    )
    return tuple((label, text) for label, text in lines if text)


def standing(finding: Finding) -> tuple[str, ...]:
    """How sure a finding is and what it follows, as sentences."""
    sure, named = f"{sureness(finding.confidence)}.", source(finding)
    return (sure, f"This follows {named}.") if named else (sure,)


def shortened(text: str, most: int) -> str:
    """`text` in at most `most` characters: its first and its last words, where something had to go."""
    if len(text) <= most:
        return text
    head, tail = text[: most // 2 - 2], text[-(most // 2 - 3) :]
    # Whole words, unless one word is all there is.
    head, tail = head.rsplit(" ", 1)[0] or head, tail.split(" ", 1)[-1] or tail
    return f"{head} ... {tail}"
