"""The overall score and the four groups: 5 less what the named gaps cost."""

from collections.abc import Mapping, Sequence

from coach.domain.finding import Finding, GroupScore
from coach.judge.schema import RubricFile

BEST, WORST = 5.0, 1.0


def overall(findings: Sequence[Finding]) -> float:
    """From 1 to 5. Each named gap costs its weight, less where the judge is less sure; no gap, no cost."""
    return _rounded(BEST - sum(costs(f) for f in findings))


def groups(rubric: RubricFile, findings: Sequence[Finding], judged: Mapping[str, object]) -> tuple[GroupScore, ...]:
    """The score of each group of criteria, by the same costs, and the criteria that were judged in it."""
    scores = []
    for name in rubric.groups:
        mine = tuple(c.id for c in rubric.criteria if c.group == name and judged.get(c.id) not in (None, "na"))
        if mine:
            score = _rounded(BEST - sum(costs(f) for f in findings if f.group == name))
            scores.append(GroupScore(rubric.groups[name], score, mine))
    return tuple(scores)


def costs(finding: Finding) -> float:
    """The points that one finding takes."""
    return finding.weight * finding.confidence


def _rounded(score: float) -> float:
    return round(min(BEST, max(WORST, score)), 2)
