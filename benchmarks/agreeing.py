"""How far two sets of labels agree: kappa, F1, precision and recall, false alarms, rank correlation, minimal pairs.

Definitions: a criterion counts where the right label is neither "na" nor empty; where two readers differed the right
label holds both values ("x|y") and either is right; a missing prediction is a disagreement. Cohen's kappa is taken over
the values as they stand after that; macro-F1 over the right values; a false alarm is a fault that is named where the
right label names none. Minimal pairs: two answers that differ in a sentence or two; a pair counts as right when the
criteria whose right labels differ are predicted rightly on both sides.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Labels = Mapping[str, Any]
FAULTS: dict[str, frozenset[str]] = {
    "closing_summary": frozenset({"missing", "weak"}),
    "score_apology": frozenset({"once", "repeated"}),
    "visa_mentions": frozenset({"repeated"}),
    "visa_stance": frozenset({"apologetic", "demanding", "vague", "avoiding"}),
    "program_reasons": frozenset({"generic", "none"}),
    "concrete_example": frozenset({"no"}),
    "result_stated": frozenset({"no"}),
    "cause_or_change": frozenset({"cause_led", "balanced"}),
    "plans": frozenset({"vague", "unrealistic"}),
    "answers_question": frozenset({"partly", "no"}),
    "day_structure": frozenset({"no"}),
    **dict.fromkeys(
        (
            "gratitude_first", "blame_or_victim", "complaint", "commitment_risk", "contempt", "oversharing",
            "underdog_identity", "over_formal", "stock_phrases", "meandering",
        ),
        frozenset({"yes"}),
    ),
}  # fmt: skip
"""The values of each criterion that tell the speaker that something was wrong."""


@dataclass(frozen=True, slots=True)
class Row:
    """Agreement on one criterion; precision and recall are of "yes", None where the values are not yes and no."""

    criterion: str
    n: int
    agree: float
    kappa: float
    f1: float
    precision: float | None = None
    recall: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Agreement over all criteria. `pairs` is the share of minimal pairs right on both sides, None without pairs.

    `pair_cells` counts each criterion that turns in a pair for itself.
    """

    rows: tuple[Row, ...]
    mean_kappa: float
    mean_f1: float
    spearman_overall: float
    false_alarms: float
    answers: int
    pairs: float | None = None
    pair_count: int = 0
    pair_cells: float | None = None
    pair_cell_count: int = 0


def table(gold: Mapping[str, Labels], predicted: Mapping[str, Labels], pairs: Iterable[tuple[str, str]] = ()) -> Table:
    """Compare predictions with right labels, both by answer id."""
    cells: dict[str, list[tuple[str, str]]] = {}
    marks: list[tuple[float, float]] = []
    alarms = clean = 0
    for name, right in gold.items():
        said = predicted.get(name, {})
        for criterion, value in right.items():
            if value in ("na", None, ""):
                continue
            if criterion == "overall":
                if said.get("overall") is not None:
                    marks.append((float(value), float(said["overall"])))
                continue
            pair = _cell(value, said.get(criterion))
            cells.setdefault(criterion, []).append(pair)
            if criterion in FAULTS and pair[0] not in FAULTS[criterion]:
                clean += 1
                alarms += pair[1] in FAULTS[criterion]
    rows = tuple(_row(criterion, cells[criterion]) for criterion in sorted(cells))
    counted = [_pair_right(gold[a], gold[b], predicted.get(a, {}), predicted.get(b, {})) for a, b in pairs]
    told = [all(cells) for cells in counted if cells]
    turned = [right for cells in counted for right in cells]
    return Table(
        rows,
        _mean([r.kappa for r in rows]),
        _mean([r.f1 for r in rows]),
        spearman([a for a, _ in marks], [b for _, b in marks]),
        alarms / max(1, clean),
        len(gold),
        _mean([float(right) for right in told]) if told else None,
        len(told),
        _mean([float(right) for right in turned]) if turned else None,
        len(turned),
    )


def _text(value: object) -> str:
    return "+".join(sorted(map(str, value))) if isinstance(value, list | tuple) else str(value)


def _cell(value: object, said: object) -> tuple[str, str]:
    options, given = _text(value).split("|"), _text(said)
    return (given if given in options else options[0]), given


def _row(criterion: str, pairs: Sequence[tuple[str, str]]) -> Row:
    agree = sum(a == b for a, b in pairs) / len(pairs)
    precision = recall = None
    if {a for a, _ in pairs} <= {"yes", "no"}:
        both = sum(a == b == "yes" for a, b in pairs)
        precision = both / max(1, sum(b == "yes" for _, b in pairs))
        recall = both / max(1, sum(a == "yes" for a, _ in pairs))
    return Row(criterion, len(pairs), agree, kappa(pairs), macro_f1(pairs), precision, recall)


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa of (right, said) values; 1 when only one value is there and all agree."""
    n = len(pairs)
    observed = sum(a == b for a, b in pairs) / n
    right, said = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(right[v] * said[v] for v in right) / n / n
    if expected < 1:
        return (observed - expected) / (1 - expected)
    return 1.0 if observed == 1 else 0.0


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean over the right values of F1."""
    scores = []
    for value in sorted({a for a, _ in pairs}):
        both = sum(a == b == value for a, b in pairs)
        either = sum((a == value) + (b == value) for a, b in pairs)
        scores.append(2 * both / either if both else 0.0)
    return _mean(scores)


def spearman(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Rank correlation, ties at their mean rank; 0 where it is not defined."""
    if len(xs) < 3:
        return 0.0
    a, b = _ranks(xs), _ranks(ys)
    mean_a, mean_b = _mean(a), _mean(b)
    above = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    below = (sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)) ** 0.5
    return float(above / below) if below else 0.0


def _ranks(xs: Sequence[float]) -> list[float]:
    places: dict[float, list[int]] = {}
    for rank, x in enumerate(sorted(xs)):
        places.setdefault(x, []).append(rank)
    return [_mean(places[x]) for x in xs]


def _mean(xs: Sequence[float]) -> float:
    return sum(xs) / len(xs) if xs else 0.0


def _pair_right(gold_a: Labels, gold_b: Labels, said_a: Labels, said_b: Labels) -> list[bool]:
    """For each criterion whose right labels differ in a minimal pair, whether both sides are right."""
    right = []
    for criterion in gold_a:
        if criterion == "overall" or criterion not in gold_b:
            continue
        a, b = (set(_text(gold[criterion]).split("|")) for gold in (gold_a, gold_b))
        if not a & b:
            right.append(_text(said_a.get(criterion)) in a and _text(said_b.get(criterion)) in b)
    return right


def find_pairs(rows: Sequence[Mapping[str, Any]], alike: float = 0.7) -> list[tuple[str, str]]:
    """Minimal pairs: named by a field "of" or "pair", else answers to one category that share most of their words."""
    ids = {str(r["id"]) for r in rows}
    named = [(str(r[f]), str(r["id"])) for r in rows for f in ("of", "pair") if str(r.get(f, "")) in ids]
    if named:
        return named
    words = [Counter(str(r["text"]).casefold().split()) for r in rows]
    found = []
    for i, a in enumerate(rows):
        for j in range(i + 1, len(rows)):
            if a.get("category") != rows[j].get("category"):
                continue
            shared = (words[i] & words[j]).total()
            if shared >= alike * max(words[i].total(), words[j].total(), 1):
                found.append((str(a["id"]), str(rows[j]["id"])))
    return found
