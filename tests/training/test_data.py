"""From labels to targets, and folds that keep a base and its variants together."""

import pytest

from training.answers import VALUES, held_out, load_all
from training.criteria import OUTPUTS, QUIET
from training.data import (
    answer_example,
    fold,
    load_answers,
    load_passages,
    mark_shares,
    passage_targets,
    targets_of,
)


def test_two_right_values_are_both_targets() -> None:
    assert targets_of({"closing_summary": "met|weak", "plans": "na"}) == {"closing_summary": {"met": 1.0, "weak": 1.0}}


def test_kinds_of_question_become_one_yes_or_no_each() -> None:
    found = targets_of({"question_kind": ["training", "support"]})
    assert found["question_kind.training"] == {"yes": 1.0}
    assert found["question_kind.prestige"] == {"no": 1.0}
    assert targets_of({"question_kind": []})["question_kind.other"] == {"no": 1.0}


@pytest.mark.parametrize(("mark", "shares"), [(5, {"5": 1.0}), (1, {"1": 1.0}), (3.5, {"3": 0.5, "4": 0.5})])
def test_a_mark_lies_between_two_whole_marks(mark: float, shares: dict[str, float]) -> None:
    assert mark_shares(mark) == shares


def test_passages_that_judge_a_part_have_an_output_of_their_own() -> None:
    assert passage_targets("cause_or_change", "proof") == {"setback_part": {"proof": 1.0}}
    assert passage_targets("complaint", "yes") == {"complaint": {"yes": 1.0}}


def test_variants_stay_in_the_fold_of_their_base() -> None:
    row = load_all()[0]
    variant = answer_example({**row, "id": "other", "of": row["id"]})
    assert variant.group == answer_example(row).group
    assert fold(variant.group, 5, 7) == fold(row["id"], 5, 7)


def test_folds_are_the_same_for_the_same_seed() -> None:
    names = [str(n) for n in range(200)]
    where = [fold(n, 5, 7) for n in names]
    assert where == [fold(n, 5, 7) for n in names]
    assert where != [fold(n, 5, 8) for n in names]
    assert all(20 < where.count(n) < 60 for n in range(5))


def test_held_out_groups_are_bases_of_the_project() -> None:
    groups = {e.group for e in load_answers()}
    assert len(held_out()) > 100
    assert held_out() <= groups


def test_everything_labelled_in_the_project_has_a_known_output_and_value() -> None:
    examples = [*load_answers(), *load_passages()]
    assert len(examples) > 3000
    for example in examples:
        for name, values in example.targets.items():
            assert set(values) <= set(OUTPUTS[name]), example.id


def test_quiet_values_are_values_of_their_output() -> None:
    assert all(value in OUTPUTS[name] for name, value in QUIET.items())
    assert set(QUIET) <= set(VALUES)
