"""Amounts of leans: what helps is raised, nothing is measured by what it was fitted on, only amounts are rewritten."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.leans import Cells, cells_of, chosen, cross_fitted, fit, moved, write
from coach.domain.question import Question
from coach.domain.transcript import Transcript
from coach.judge.conditions import Conditions
from coach.judge.schema import Criterion
from coach.judge.view import Models, View
from coach.judge.yamlfile import read_yaml
from tests.judge.fakes import FakeEncoder, FakeReading, criterion

CONDITIONS = Conditions({}, None)
SAID = {"mention": {"wordings": ["sorry"]}}


def cells(
    right: list[str],
    held: list[list[float]],
    toward: tuple[str, ...] = ("yes",),
    signs: tuple[float, ...] = (1.0,),
    groups: list[str] | None = None,
    reads_yes: float = 0.0,
) -> Cells:
    """Answers of which the reader is as unsure of yes as of no, or leans to yes by `reads_yes`."""
    count = len(right)
    return Cells(
        ("no", "yes"),
        toward,
        np.array(signs),
        tuple(groups or map(str, range(count))),
        np.tile([0.0, reads_yes], (count, 1)),
        np.array(held, dtype=np.float64).reshape(count, len(toward)),
        np.array([[r == "no", r == "yes"] for r in right]),
    )


def test_only_the_lean_that_helps_is_raised() -> None:
    right = ["yes"] * 20 + ["no"] * 20
    helps, misleads, knows_nothing = [1.0] * 20 + [0.0] * 20, [0.0] * 20 + [1.0] * 20, [1.0, 0.0] * 20
    held = [list(row) for row in zip(helps, misleads, knows_nothing, strict=True)]
    amounts = fit(cells(right, held, ("yes",) * 3, (1.0,) * 3))
    assert amounts[0] > 1.0
    assert amounts[1] == 0.0
    assert amounts[2] < 0.2


def test_a_lean_that_may_only_lower_lowers_where_it_helps_and_never_raises() -> None:
    right = ["no"] * 20 + ["yes"] * 20
    held = [[1.0, 0.0]] * 20 + [[0.0, 1.0]] * 20
    amounts = fit(cells(right, held, ("yes", "yes"), (-1.0, -1.0)))
    assert amounts[0] < -1.0
    assert amounts[1] == 0.0


def test_without_a_condition_the_reader_can_be_believed_less() -> None:
    right = ["no"] * 30 + ["yes"] * 10
    assert fit(cells(right, [[1.0]] * 40, signs=(0.0,), reads_yes=1.0))[0] < -1.0
    assert fit(cells(right, [[1.0]] * 40, signs=(1.0,), reads_yes=1.0))[0] == 0.0


def test_one_answer_is_hardly_believed_and_many_are() -> None:
    assert 0.2 < fit(cells(["yes"], [[1.0]]))[0] < 0.6
    assert fit(cells(["yes"] * 50, [[1.0]] * 50))[0] > 2.0


def test_where_two_values_are_right_neither_is_pulled_up() -> None:
    both = cells(["yes"] * 30, [[1.0]] * 30)
    both.right[:] = True
    assert fit(both)[0] == pytest.approx(0.0, abs=1e-9)


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_no_lean_moves_the_wrong_way(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 12))
    signs = data.draw(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), min_size=1, max_size=4))
    toward = tuple(data.draw(st.sampled_from(["no", "yes"])) for _ in signs)
    held = [[data.draw(st.sampled_from([0.0, 1.0])) for _ in signs] for _ in range(count)]
    right = [data.draw(st.sampled_from(["no", "yes"])) for _ in range(count)]
    given_cells = cells(right, held, toward, tuple(signs), reads_yes=data.draw(st.floats(-10, 10)))
    amounts = fit(given_cells)
    assert np.isfinite(amounts).all()
    assert (amounts * given_cells.signs >= 0).all()


def test_no_group_is_measured_by_amounts_that_were_fitted_on_it() -> None:
    """Every group has a lean that holds only there: knowing the group itself, all would come right."""
    names = [f"base-{n}" for n in range(12)]
    groups = [name for name in names for _ in range(6)]
    held = [[float(name == group) for name in names] for group in groups]
    known = cells(["yes"] * len(groups), held, ("yes",) * 12, (1.0,) * 12, groups, reads_yes=-0.5)
    assert set(chosen(known, moved(known, fit(known)))) == {("yes", "yes")}
    assert set(cross_fitted(known)) == {("yes", "no")}


def test_what_holds_everywhere_is_learned_from_other_groups() -> None:
    right = ["yes", "no"] * 24
    groups = [f"base-{n // 2}" for n in range(48)]
    shared = cells(right, [[float(r == "yes")] for r in right], groups=groups, reads_yes=-0.5)
    assert ("yes", "no") in chosen(shared, shared.scores)
    assert sorted(cross_fitted(shared)) == [("no", "no")] * 24 + [("yes", "yes")] * 24


def answers(labels: list[object], text: str = "I am sorry.") -> list[dict[str, object]]:
    return [{"id": str(n), "group": f"g{n}", "text": text, "labels": {"thing": x}} for n, x in enumerate(labels)]


def views(rows: list[dict[str, object]], read: dict[str, float] | None) -> dict[str, View]:
    models = Models(encoder=FakeEncoder({"thing": FakeReading(read)} if read else {}))
    asked = Question("", "", "Why?", "visa")
    return {str(r["id"]): View(Transcript(str(r["text"]), (), 9.0, ""), asked, None, models) for r in rows}


def thing(*leans: dict[str, object], **more: object) -> Criterion:
    return Criterion.model_validate(criterion([], leans=list(leans), **more))


def made(judged: Criterion, rows: list[dict[str, object]], read: dict[str, float], kind: str = "") -> Cells:
    found = cells_of(judged, rows, views(rows, read), CONDITIONS, kind)
    assert found is not None
    return found


def test_answers_to_which_a_criterion_does_not_apply_are_left_out() -> None:
    rows = answers(["yes", "na", None] + ["no"] * 20)
    found = made(thing({"toward": "yes", "by": 0.0}), rows, {"yes": 0.5, "no": 0.5})
    assert found.groups == ("g0", *(f"g{n}" for n in range(3, 23)))
    assert found.right.tolist() == [[False, True]] + [[True, False]] * 20


def test_where_careful_readers_differ_both_values_are_right() -> None:
    found = made(thing(), answers(["yes|no"] + ["no"] * 20), {"yes": 0.9, "no": 0.1})
    assert found.right[0].tolist() == [True, True]
    assert chosen(found, found.scores)[:2] == [("yes", "yes"), ("no", "yes")]


def test_a_lean_is_held_where_its_condition_holds() -> None:
    rows = answers(["yes"] * 10) + [
        {**row, "id": f"calm-{row['id']}"} for row in answers(["no"] * 10, "I passed on my second attempt.")
    ]
    judged = thing(
        {"toward": "yes", "by": 0.0, "when": SAID},
        {"toward": "no", "by": 0.0, "when": {"not": SAID}},
        {"toward": "no", "by": 0.0},
    )
    found = made(judged, rows, {"yes": 0.5, "no": 0.5})
    assert found.held.tolist() == [[1.0, 0.0, 1.0]] * 10 + [[0.0, 1.0, 1.0]] * 10
    assert found.toward == ("yes", "no", "no")
    assert found.signs.tolist() == [1.0, 1.0, 0.0], "what is missing can speak for a value that says so"


def test_few_answers_or_a_criterion_that_is_not_read_are_not_fitted() -> None:
    few, many = answers(["yes"] * 19), answers(["yes"] * 20)
    assert cells_of(thing(), few, views(few, {"yes": 0.5, "no": 0.5}), CONDITIONS) is None
    assert cells_of(thing(), many, views(many, None), CONDITIONS) is None


def test_a_kind_of_question_is_fitted_for_itself() -> None:
    values = {kind: {"verdict": "good"} for kind in ("training", "support")}
    judged = thing(
        {"toward": "training", "by": 0.0, "when": SAID},
        {"toward": "support", "by": 0.0, "when": SAID},
        {"toward": "training", "by": 0.0, "when": {"not": SAID}},
        values=values,
        many=True,
        otherwise=None,
    )
    rows = answers([["training", "support"], ["support"], [], "training|support"] * 5)
    found = made(judged, rows, {"training": 0.8, "support": 0.1}, "training")
    assert found.values == ("no", "yes")
    assert found.toward == ("yes", "yes")
    assert found.signs.tolist() == [1.0, -1.0], "what is missing can only speak against a kind"
    assert found.right[:4].tolist() == [[False, True], [True, False], [True, False], [False, True]]
    assert np.exp(found.scores[0]) == pytest.approx([0.2, 0.8])


RUBRIC = """\
# Amounts are fitted; “by: 1.00” in a comment is not one.
criteria:
  - id: first   # no leans
    title: "by: 9"
  - id: second
    leans:
      - {toward: met, by: -0.15}
      - {by: 0.5, toward: weak}   # by: 7
      - toward: missing
        by: 12e-1    # as written by hand
        when: {mention: {wordings: ["né à by: 3"], at_least: 2}}
      - {toward: met, by: 2.00 , when: {count: {of: words, below: 110}}}

"""


def test_only_amounts_are_rewritten(tmp_path: Path) -> None:
    path = tmp_path / "rubric.yaml"
    path.write_bytes(RUBRIC.encode())
    write(path, {(1, 0): 1.234, (1, 1): -0.001, (1, 2): -0.5, (1, 3): 40.0})
    expected = (
        RUBRIC.replace("by: -0.15", "by: 1.23")
        .replace("{by: 0.5,", "{by: 0.00,")
        .replace("by: 12e-1 ", "by: -0.50 ")
        .replace("by: 2.00 ,", "by: 6.00 ,")
    )
    assert path.read_bytes().decode() == expected
    leans = read_yaml(path).value["criteria"][1]["leans"]
    assert [x["by"] for x in leans] == [1.23, 0.0, -0.5, 6.0], "within the limits that a rubric allows"


def test_an_amount_that_was_not_fitted_stays(tmp_path: Path) -> None:
    path = tmp_path / "rubric.yaml"
    path.write_bytes(RUBRIC.encode())
    write(path, {})
    assert path.read_bytes() == RUBRIC.encode()


def test_two_amounts_on_one_line_are_both_rewritten(tmp_path: Path) -> None:
    path = tmp_path / "rubric.yaml"
    path.write_text("criteria:\n  - leans: [{toward: a, by: 0.5}, {toward: b, by: 0.25}]\n", encoding="utf-8")
    write(path, {(0, 0): -1.25, (0, 1): 2.0})
    assert path.read_text() == "criteria:\n  - leans: [{toward: a, by: -1.25}, {toward: b, by: 2.00}]\n"


def test_line_ends_of_another_system_stay(tmp_path: Path) -> None:
    path = tmp_path / "rubric.yaml"
    path.write_bytes(b"criteria:\r\n  - leans:\r\n      - {toward: a, by: 0.5}\r\n")
    write(path, {(0, 0): 1.0})
    assert path.read_bytes() == b"criteria:\r\n  - leans:\r\n      - {toward: a, by: 1.00}\r\n"
