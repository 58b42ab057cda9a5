"""Measures of agreement, and offsets fitted on predictions."""

import pytest

from training.criteria import OUTPUTS
from training.data import Example
from training.measure import agreement, calibrate, choose, kappa, pairs_right, rank_correlation, settled


def test_kappa_of_full_agreement_chance_and_disagreement() -> None:
    assert kappa([("a", "a"), ("b", "b")]) == 1.0
    assert kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == 0.0
    assert kappa([("a", "b"), ("b", "a")]) == -1.0


def test_either_of_two_right_values_counts() -> None:
    both = frozenset({"met", "weak"})
    assert settled([(both, "weak"), (both, "missing")]) == [("weak", "weak"), ("met", "missing")]


def test_an_offset_moves_the_choice() -> None:
    assert choose({"yes": 0.4, "no": 0.6}) == "no"
    assert choose({"yes": 0.4, "no": 0.6}, {"yes": 1.0}) == "yes"


def test_rank_correlation_of_equal_opposite_and_constant_order() -> None:
    assert rank_correlation([1, 2, 3], [2, 5, 9]) == pytest.approx(1.0)
    assert rank_correlation([1, 2, 3], [9, 5, 2]) == pytest.approx(-1.0)
    assert rank_correlation([1, 2, 3], [4, 4, 4]) == 0.0


def example(key: str, group: str, value: str) -> Example:
    return Example(key, group, "", "", (), "", {"complaint": {value: 1.0}, "overall": {"3": 1.0}})


def reading(yes: float) -> dict[str, dict[str, float]]:
    even = {name: dict.fromkeys(values, 1 / len(values)) for name, values in OUTPUTS.items()}
    return {**even, "complaint": {"yes": yes, "no": 1 - yes}}


def test_a_minimal_pair_needs_both_sides() -> None:
    rows = [example("a", "a", "no"), example("b", "a", "yes")]
    assert pairs_right(rows, {"a": reading(0.1), "b": reading(0.9)}, {}) == 1.0
    assert pairs_right(rows, {"a": reading(0.7), "b": reading(0.9)}, {}) == 0.0


def test_false_alarms_are_counted_among_clean_cells() -> None:
    rows = [example("a", "a", "no"), example("c", "c", "no")]
    measured = agreement(rows, {"a": reading(0.9), "c": reading(0.1)}, {})
    assert measured.false_alarms == 0.5


def test_calibration_silences_weak_suspicions() -> None:
    rows = [example(str(n), str(n), "yes" if n % 4 == 0 else "no") for n in range(40)]
    found = {r.id: reading(0.95 if "yes" in r.targets["complaint"] else 0.55) for r in rows}
    offsets = calibrate(rows, found)
    assert agreement(rows, found, {}).criteria["complaint"][1] < 0.5
    assert agreement(rows, found, offsets).criteria["complaint"][1] == 1.0


def test_calibration_leaves_good_predictions_alone() -> None:
    rows = [example(str(n), str(n), "yes" if n % 4 == 0 else "no") for n in range(40)]
    found = {r.id: reading(0.9 if "yes" in r.targets["complaint"] else 0.1) for r in rows}
    assert calibrate(rows, found) == {}
