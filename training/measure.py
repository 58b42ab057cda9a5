"""How well predicted values agree with labels, and the choice of a value from probabilities.

Agreement is Cohen's kappa per criterion over the answers for which the label is given; where two values are right,
either counts. A false alarm is a cell without a fault that is called a fault.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from training.criteria import KINDS, OUTPUTS, QUIET
from training.data import Example

Probabilities = Mapping[str, Mapping[str, float]]
Offsets = dict[str, dict[str, float]]
FAULTS: dict[str, frozenset[str]] = {
    "closing_summary": frozenset({"missing", "weak"}),
    "score_apology": frozenset({"once", "repeated"}),
    "visa_mentions": frozenset({"repeated"}),
    "visa_stance": frozenset({"apologetic", "demanding", "vague", "avoiding"}),
    "program_reasons": frozenset({"generic", "none"}),
    "gratitude_first": frozenset({"yes"}),
    "concrete_example": frozenset({"no"}),
    "result_stated": frozenset({"no"}),
    "cause_or_change": frozenset({"cause_led", "balanced"}),
    "blame_or_victim": frozenset({"yes"}),
    "complaint": frozenset({"yes"}),
    "commitment_risk": frozenset({"yes"}),
    "contempt": frozenset({"yes"}),
    "plans": frozenset({"vague", "unrealistic"}),
    "oversharing": frozenset({"yes"}),
    "underdog_identity": frozenset({"yes"}),
    "over_formal": frozenset({"yes"}),
    "stock_phrases": frozenset({"yes"}),
    "answers_question": frozenset({"partly", "no"}),
    "day_structure": frozenset({"no"}),
    "meandering": frozenset({"yes"}),
}
Pair = tuple[frozenset[str], str]
"""The values that are right, and the value that was chosen."""


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa; 1 for full agreement on a single value, 0 where chance explains all."""
    count = len(pairs)
    seen = sum(a == b for a, b in pairs) / count
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[k] * right[k] for k in left) / count**2
    if chance == 1:
        return 1.0 if seen == 1 else 0.0
    return (seen - chance) / (1 - chance)


def settled(pairs: Iterable[Pair]) -> list[tuple[str, str]]:
    """Pairs of single values: the chosen one if it is right, else the first right one in the order of the alphabet."""
    return [(chosen if chosen in right else min(right), chosen) for right, chosen in pairs]


def choose(probabilities: Mapping[str, float], offsets: Mapping[str, float] | None = None) -> str:
    """The value with the highest probability, its logarithm moved by the value's offset."""
    moved = offsets or {}
    return max(probabilities, key=lambda v: math.log(probabilities[v] + 1e-9) + moved.get(v, 0.0))


def overall(probabilities: Mapping[str, float]) -> float:
    """The expected mark."""
    return sum(float(value) * p for value, p in probabilities.items())


def gather(examples: Sequence[Example], found: Mapping[str, Probabilities], offsets: Offsets) -> dict[str, list[Pair]]:
    """Criterion -> pairs; the kinds of a question as one set."""
    cells: dict[str, list[Pair]] = {}
    for example in examples:
        given = found[example.id]
        for name in OUTPUTS:
            if name not in example.targets or name == "overall" or "." in name:
                continue
            right = frozenset(example.targets[name])
            cells.setdefault(name, []).append((right, choose(given[name], offsets.get(name))))
        kinds = [f"question_kind.{kind}" for kind in KINDS]
        if kinds[0] in example.targets:
            gold = "+".join(k for k, n in zip(KINDS, kinds, strict=True) if "yes" in example.targets[n])
            chosen = [k for k, n in zip(KINDS, kinds, strict=True) if choose(given[n], offsets.get(n)) == "yes"]
            cells.setdefault("question_kind", []).append((frozenset({gold}), "+".join(chosen)))
    return cells


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement over a set; `criteria` holds the number of cells and the kappa of each."""

    criteria: dict[str, tuple[int, float]]
    mean_kappa: float
    false_alarms: float
    minimal_pairs: float
    overall_rank: float


def _ranks(numbers: Sequence[float]) -> list[float]:
    order = sorted(range(len(numbers)), key=lambda i: numbers[i])
    found = [0.0] * len(numbers)
    at = 0
    while at < len(order):
        end = at
        while end + 1 < len(order) and numbers[order[end + 1]] == numbers[order[at]]:
            end += 1
        for k in range(at, end + 1):
            found[order[k]] = (at + end) / 2
        at = end + 1
    return found


def rank_correlation(left: Sequence[float], right: Sequence[float]) -> float:
    """Spearman's correlation; 0 where one side is constant."""
    a, b = _ranks(left), _ranks(right)
    count = len(a)
    mean = (count - 1) / 2
    top = sum((x - mean) * (y - mean) for x, y in zip(a, b, strict=True))
    bottom = math.sqrt(sum((x - mean) ** 2 for x in a) * sum((y - mean) ** 2 for y in b))
    return top / bottom if bottom else 0.0


def pairs_right(examples: Sequence[Example], found: Mapping[str, Probabilities], offsets: Offsets) -> float:
    """Share of minimal pairs (a base and its variant, every criterion that differs) with both sides right."""
    bases = {e.group: e for e in examples if e.id == e.group}
    hits = total = 0
    for variant in examples:
        base = bases.get(variant.group)
        if base is None or variant.id == variant.group:
            continue
        for name, right in variant.targets.items():
            other = base.targets.get(name)
            if name == "overall" or other is None or set(other) & set(right):
                continue
            total += 1
            both = ((base, other), (variant, right))
            hits += all(choose(found[e.id][name], offsets.get(name)) in r for e, r in both)
    return hits / total if total else 0.0


def agreement(examples: Sequence[Example], found: Mapping[str, Probabilities], offsets: Offsets) -> Agreement:
    """All measures of predictions for labelled examples."""
    cells = {name: pairs for name, pairs in gather(examples, found, offsets).items() if pairs}
    clean = [(n, c) for n, ps in cells.items() if n in FAULTS for r, c in ps if not r & FAULTS[n] or c in r - FAULTS[n]]
    criteria = {name: (len(pairs), kappa(settled(pairs))) for name, pairs in cells.items()}
    marks = [
        (overall(e.targets["overall"]), overall(found[e.id]["overall"])) for e in examples if "overall" in e.targets
    ]
    return Agreement(
        criteria=criteria,
        mean_kappa=sum(k for _, k in criteria.values()) / max(1, len(criteria)),
        false_alarms=sum(c in FAULTS[n] for n, c in clean) / max(1, len(clean)),
        minimal_pairs=pairs_right(examples, found, offsets),
        overall_rank=rank_correlation([a for a, _ in marks], [b for _, b in marks]),
    )


def quiet_offsets(amount: float) -> Offsets:
    """The same offset for every value that says "nothing of the kind is there"."""
    return {name: {value: amount} for name, value in QUIET.items()} if amount else {}


def calibrate(examples: Sequence[Example], found: Mapping[str, Probabilities]) -> Offsets:
    """The one offset of all quiet values with which mean kappa is best on held-out predictions.

    One number for all: offsets of each value, fitted on some hundred answers, agreed worse when they were measured on
    answers other than those they were fitted on (mean kappa 0.68 against 0.71 without any).
    """
    grid = [x / 4 for x in range(9)]
    return quiet_offsets(max(grid, key=lambda x: agreement(examples, found, quiet_offsets(x)).mean_kappa))


def table(measured: Agreement) -> str:
    """The measures as plain lines, one a criterion."""
    lines = [f"{name:20s} n {n:5d}  kappa {k:+.2f}" for name, (n, k) in sorted(measured.criteria.items())]
    lines.append(
        f"mean kappa {measured.mean_kappa:.3f}  false alarms {measured.false_alarms:.3f}  "
        f"minimal pairs {measured.minimal_pairs:.3f}  overall rank {measured.overall_rank:.3f}"
    )
    return "\n".join(lines)
