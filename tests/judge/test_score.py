from hypothesis import given
from hypothesis import strategies as st

from coach.domain.finding import Evidence, Finding
from coach.judge.schema import RubricFile
from coach.judge.score import groups, overall
from tests.judge.fakes import criterion, rubric


def gap(weight: float, confidence: float = 1.0, group: str = "all") -> Finding:
    return Finding("thing", "T", "yes", "fix", (Evidence(0, 1, "x"),), confidence, "", "", weight=weight, group=group)


shares = st.lists(st.floats(0, 1), max_size=8)


@given(shares)
def test_the_score_stays_between_the_marks(weights: list[float]) -> None:
    assert 1.0 <= overall([gap(w) for w in weights]) <= 5.0


@given(shares, st.floats(0, 1))
def test_one_more_gap_never_makes_it_better(weights: list[float], more: float) -> None:
    before = [gap(w) for w in weights]
    assert overall([*before, gap(more)]) <= overall(before)


def test_half_of_what_is_left_is_taken_and_less_where_the_judge_is_less_sure() -> None:
    assert overall([gap(0.5)]) == 3.0
    assert overall([gap(0.5), gap(0.5)]) == 2.0
    assert overall([gap(0.5, confidence=0.5)]) == 4.0
    assert overall([]) == 5.0


def test_a_group_is_scored_by_its_own_gaps_only() -> None:
    file = RubricFile.model_validate(
        rubric(
            criterion([], id="one", group="a"),
            criterion([], id="two", group="b"),
            criterion([], id="three", group="c"),
            groups={"a": "First", "b": "Second", "c": "Third"},
        )
    )
    found = groups(file, [gap(0.5, group="a")], {"one": "yes", "two": "no", "three": "na"})
    assert [(g.name, g.score, g.criteria) for g in found] == [("First", 3.0, ("one",)), ("Second", 5.0, ("two",))]


def test_the_impression_counts_only_where_a_gap_is_named() -> None:
    assert overall([gap(0.5)], 4.0, 0.5) == 3.5
    assert overall([], 2.0, 0.5) == 5.0
    assert overall([gap(0.0)], 2.0, 0.5) == 5.0
