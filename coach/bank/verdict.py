"""Whether a program supports international graduates, mines scores, or keeps a token few (guide 1).

The figures are the guide's own table, one writer's estimates; the verdict always comes with its reasons, and says
"unclear" as long as too little is known. What residents say about the nine signals weighs as much as figures.
"""

from dataclasses import dataclass

from coach.bank.program_records import ProgramRecord
from coach.bank.signals import SIGNALS

KINDS = ("supportive", "score-mining", "token")
UNCLEAR = "unclear"
ENOUGH = 3.0
"""So much weight of evidence is needed for a verdict; one heard signal weighs 1."""

_WEAK_SPEAKS_FOR = {
    "scores": ("score-mining", 2.0),
    "outcomes": ("score-mining", 1.0),
    "schedule": ("score-mining", 1.0),
    "struggles": ("score-mining", 1.0),
    "visas": ("token", 1.0),
    "accents": ("token", 1.0),
    "committee": ("token", 1.0),
    "integration": ("token", 1.0),
    "hospital": ("token", 1.0),
}
"""What a weak answer speaks for; that only scores count is the very meaning of score mining, so it weighs double."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: what it speaks for (one of KINDS), how much, and why, in a sentence."""

    kind: str
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`kind` is one of KINDS or "unclear"; `missing` says what would settle it."""

    kind: str
    summary: str
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]


_SUMMARIES = {
    "supportive": "What is known speaks for real support.",
    "score-mining": "It looks friendly to high scores more than to international graduates.",
    "token": "International graduates look like an exception here.",
    UNCLEAR: "Too little is known, or it points in different directions. Ask residents before you decide.",
}


def verdict(record: ProgramRecord) -> Verdict:
    """The verdict on a program, from its figures and from what was heard."""
    reasons = (*_figures(record), *_heard(record))
    sums = {kind: sum(r.weight for r in reasons if r.kind == kind) for kind in KINDS}
    ordered = sorted(KINDS, key=lambda kind: -sums[kind])
    clear = sum(sums.values()) >= ENOUGH and sums[ordered[0]] - sums[ordered[1]] >= 1
    kind = ordered[0] if clear else UNCLEAR
    # Support is more than a majority of good signs: one in three against it and the guide would ask again.
    if kind == "supportive" and sums["supportive"] < 2 * (sums["score-mining"] + sums["token"]):
        kind = UNCLEAR
    return Verdict(kind, _SUMMARIES[kind], reasons, _missing(record))


def _figures(record: ProgramRecord) -> list[Reason]:
    numbers, reasons = record.numbers, list[Reason]()
    if numbers.img_percent is not None:
        share = numbers.img_percent
        kind = "supportive" if share >= 30 else "score-mining" if share >= 10 else "token"
        band = {"supportive": "30 % or more", "score-mining": "between 10 and 30 %", "token": "below 10 %"}[kind]
        reasons.append(Reason(kind, 1.0, f"{share:g} % of a class are international graduates ({band})."))
    if numbers.img_years is not None:
        years = numbers.img_years
        kind = "supportive" if years >= 5 else "token"
        said = "history beats promises" if years >= 5 else "less than the five years that show a habit"
        reasons.append(Reason(kind, 1.0, f"International graduates matched in {years} years in a row: {said}."))
    if numbers.step2_low is not None:
        low = numbers.step2_low
        kind = "score-mining" if low >= 240 else "supportive"
        said = "only high scores get in" if low >= 240 else "it looks at more than the score"
        reasons.append(Reason(kind, 1.0, f"The lowest usual Step 2 score is {low}: {said}."))
    if numbers.fellowship_percent is not None:
        rate = numbers.fellowship_percent
        kind = "supportive" if rate >= 40 else "score-mining" if rate >= 20 else "token"
        reasons.append(Reason(kind, 1.0, f"{rate:g} % of its international graduates went on to a fellowship."))
    if {"J-1", "H-1B"} <= set(record.visa.types):
        reasons.append(
            Reason("supportive", 1.0, "It sponsors J-1 and H-1B, so the hospital has done the work for both.")
        )
    return reasons


def _heard(record: ProgramRecord) -> list[Reason]:
    reasons = []
    for guide in SIGNALS:
        said = record.heard(guide.id)
        supportive = sum(one.reading == "supportive" for one in said)
        weak = sum(one.reading == "weak" for one in said)
        if supportive > weak:
            reasons.append(Reason("supportive", 1.0, f"{guide.title}: what you heard was supportive."))
        elif weak > supportive:
            kind, weight = _WEAK_SPEAKS_FOR[guide.id]
            reasons.append(Reason(kind, weight, f"{guide.title}: what you heard was weak."))
    return reasons


def _missing(record: ProgramRecord) -> tuple[str, ...]:
    missing = [guide.ask[0] for guide in SIGNALS if all(one.reading == "unknown" for one in record.heard(guide.id))]
    if record.visa.types == ():
        missing.insert(0, "Which visa types does it sponsor? (the program's page, then the coordinator)")
    elif record.visa.types == ("J-1",):
        missing.append("J-1 only can be well run too: ask what help residents get with waiver jobs afterwards.")
    return tuple(missing)
