"""Measures of agreement between labels."""

import pytest

from benchmarks.agreeing import FAULTS, find_pairs, kappa, macro_f1, spearman, table
from training.answers import VALUES


def test_kappa_of_full_agreement_chance_and_disagreement() -> None:
    assert kappa([("a", "a"), ("b", "b")]) == 1.0
    assert kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == 0.0
    assert kappa([("a", "b"), ("b", "a")]) == -1.0
    assert kappa([("a", "a"), ("a", "a")]) == 1.0
    assert kappa([("a", "b"), ("a", "b")]) == 0.0


def test_f1_counts_every_right_value_alike() -> None:
    pairs = [("no", "no")] * 8 + [("yes", "no"), ("yes", "yes")]
    assert macro_f1(pairs) == pytest.approx((16 / 17 + 2 / 3) / 2)


def test_ranks_agree_whatever_the_steps_and_ties_share_a_rank() -> None:
    assert spearman([1, 2, 3], [2, 5, 9]) == pytest.approx(1.0)
    assert spearman([1, 2, 3], [9, 5, 2]) == pytest.approx(-1.0)
    assert spearman([1, 2, 2, 3], [1, 2, 3, 4]) == pytest.approx(0.9487, abs=1e-4)
    assert spearman([1, 2, 3], [4, 4, 4]) == 0.0
    assert spearman([1, 2], [1, 2]) == 0.0, "two answers show no order"


def test_what_does_not_apply_is_not_counted_and_what_is_not_said_is_wrong() -> None:
    gold = {"a": {"complaint": "na", "plans": "vague"}, "b": {"complaint": "yes", "plans": "concrete"}}
    measured = table(gold, {"a": {"complaint": "yes", "plans": "vague"}})
    assert {r.criterion: (r.n, r.agree) for r in measured.rows} == {"complaint": (1, 0.0), "plans": (2, 0.5)}


def test_either_of_two_right_values_is_right() -> None:
    gold = {n: {"closing_summary": "met|weak"} for n in "abc"}
    said = {n: {"closing_summary": v} for n, v in zip("abc", ("met", "weak", "missing"), strict=True)}
    (only,) = table(gold, said).rows
    assert only.agree == pytest.approx(2 / 3)


def test_kinds_of_questions_agree_in_any_order() -> None:
    measured = table(
        {"a": {"question_kind": ["training", "support"]}}, {"a": {"question_kind": ["support", "training"]}}
    )
    assert measured.rows[0].agree == 1.0


def test_a_false_alarm_is_a_fault_where_the_label_names_none() -> None:
    gold = {"a": {"complaint": "no"}, "b": {"complaint": "no"}, "c": {"complaint": "yes"}}
    said = {"a": {"complaint": "yes"}, "b": {"complaint": "no"}, "c": {"complaint": "no"}}
    assert table(gold, said).false_alarms == 0.5


def test_precision_and_recall_are_of_yes() -> None:
    gold = {"a": {"complaint": "yes"}, "b": {"complaint": "yes"}, "c": {"complaint": "no"}}
    said = {"a": {"complaint": "yes"}, "b": {"complaint": "no"}, "c": {"complaint": "no"}}
    (only,) = table(gold, said).rows
    assert (only.precision, only.recall) == (1.0, 0.5)


def test_a_minimal_pair_needs_both_sides_and_only_what_differs() -> None:
    gold = {"a": {"complaint": "no", "plans": "vague"}, "b": {"complaint": "yes", "plans": "vague"}}
    right = {"a": {"complaint": "no", "plans": "none"}, "b": {"complaint": "yes", "plans": "none"}}
    one_side = {**right, "a": {"complaint": "yes"}}
    assert table(gold, right, [("a", "b")]).pairs == 1.0
    assert table(gold, one_side, [("a", "b")]).pairs == 0.0
    assert table(gold, right).pairs is None


def test_pairs_are_those_that_are_named_or_else_alike() -> None:
    told = "I wrote the wrong dose and I told the nurse at once so he was fine"
    rows = [
        {"id": "a", "category": "behavioral", "text": told},
        {"id": "b", "category": "behavioral", "text": told.replace("fine", "angry")},
        {"id": "c", "category": "visa", "text": told},
        {"id": "d", "category": "behavioral", "text": "Quite another story."},
    ]
    assert find_pairs(rows) == [("a", "b")]
    assert find_pairs([*rows, {"id": "e", "of": "d", "category": "visa", "text": "x"}]) == [("d", "e")]


def test_faults_are_values_of_their_criterion() -> None:
    assert all(faults < set(VALUES[name]) for name, faults in FAULTS.items())
