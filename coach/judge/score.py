"""The overall score and the four groups: each named gap takes a share of what is left above the lowest mark.

A share of what is left, and not points, because a second gap in a weak answer changes a listener's mark less than the
same gap in a strong one: fitted on labelled answers, shares come nearer to the readers' marks than points.
"""

from collections.abc import Mapping, Sequence
from math import prod

from coach.domain.finding import Finding, GroupScore
from coach.judge.schema import RubricFile

BEST, WORST = 5.0, 1.0


def overall(findings: Sequence[Finding], impression: float | None = None, share: float = 0.0) -> float:
    """From 1 to 5. A gap takes less where the judge is less sure; no gap takes nothing.

    `impression` is a mark for the whole answer that counts with `share` where a gap is named.
    """
    left = prod(1.0 - cost(f) for f in findings)
    score = WORST + (BEST - WORST) * left
    if impression is not None and left < 1.0:
        score = (1.0 - share) * score + share * impression
    return round(min(BEST, max(WORST, score)), 2)


def expected_mark(chances: Mapping[str, float]) -> float:
    """The mean of marks ("1" to "5") by their probabilities."""
    return sum(float(mark) * p for mark, p in chances.items())


def groups(rubric: RubricFile, findings: Sequence[Finding], judged: Mapping[str, object]) -> tuple[GroupScore, ...]:
    """The score of each group of criteria, by the same costs, and the criteria that were judged in it."""
    scores = []
    for name, title in rubric.groups.items():
        mine = tuple(c.id for c in rubric.criteria if c.group == name and judged.get(c.id) not in (None, "na"))
        if mine:
            scores.append(GroupScore(title, overall([f for f in findings if f.group == name]), mine))
    return tuple(scores)


def cost(finding: Finding) -> float:
    """The share of what is left that one finding takes, from 0 to 1."""
    return min(1.0, finding.weight * finding.confidence)
