"""What can be counted beside what was learned: leans raise or lower the odds of a value."""

from collections.abc import Mapping, Sequence
from math import exp, log

from coach.judge.conditions import Conditions
from coach.judge.schema import Criterion
from coach.judge.view import View

SMALL = 1e-6


def lean(criterion: Criterion, view: View, conditions: Conditions) -> None:
    """Count the criterion's leans into the view's probabilities; without an encoder there is nothing to lean.

    For a criterion that tells what is asked, each question is read on its own first.
    """
    if criterion.many:
        view.read_questions(criterion.id)
    chances = view.chances(criterion.id)
    if not criterion.leans or chances is None:
        return
    held = [
        (one.toward, one.by)
        for one in criterion.leans
        if one.when is None or conditions.holds(one.when, view, criterion.id).holds
    ]
    view.lean(criterion.id, each_leaned(chances, held) if criterion.many else leaned(chances, held))


def leaned(chances: Mapping[str, float], held: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Probabilities of values of which one is right, after the leans that hold."""
    weights = {v: max(p, SMALL) * exp(sum(by for toward, by in held if toward == v)) for v, p in chances.items()}
    total = sum(weights.values())
    return {v: w / total for v, w in weights.items()}


def each_leaned(chances: Mapping[str, float], held: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Probabilities of values of which several may be right, after the leans that hold."""
    moved = {}
    for value, p in chances.items():
        odds = log(max(p, SMALL) / max(1.0 - p, SMALL)) + sum(by for toward, by in held if toward == value)
        moved[value] = 1.0 / (1.0 + exp(-odds))
    return moved
