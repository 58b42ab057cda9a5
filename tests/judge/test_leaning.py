import pytest

from coach.domain.measures import Measures
from coach.domain.question import Question
from coach.domain.transcript import Transcript
from coach.judge.leaning import each_leaned, leaned
from coach.judge.view import Models
from tests.judge.fakes import FakeEncoder, FakeReading, criterion, judge, rubric


def test_a_lean_raises_the_odds_of_its_value_and_the_rest_shrinks() -> None:
    moved = leaned({"yes": 0.5, "no": 0.5}, [("yes", 1.0986)])
    assert moved["yes"] == pytest.approx(0.75, abs=1e-3)
    assert sum(moved.values()) == pytest.approx(1.0)


def test_where_several_values_may_be_right_each_moves_for_itself() -> None:
    moved = each_leaned({"training": 0.5, "support": 0.2}, [("training", -1.0986)])
    assert moved["training"] == pytest.approx(0.25, abs=1e-3)
    assert moved["support"] == pytest.approx(0.2)


def test_words_tip_the_scale_where_the_encoder_is_unsure() -> None:
    rule = {"id": "learned", "gives": "yes", "when": {"learned": {"value": "yes", "at_least": 0.5}}}
    leans = [
        {"toward": "yes", "by": 1.5, "when": {"mention": {"wordings": ["sorry"]}}},
        {"toward": "yes", "by": -0.5},
    ]
    reading = FakeReading({"yes": 0.4, "no": 0.6}, {"yes": (1.0,)})
    made = judge(rubric(criterion([rule], leans=leans)), Models(encoder=FakeEncoder({"thing": reading})))
    asked = Question("", "", "Why?", "visa")
    with_word = "I am so sorry for my score and for the gap."
    without = "I am quite fine with my score and with the gap."
    labels = [made.judge(Transcript(t, (), 9.0, ""), asked, Measures(9.0, 10)).labels for t in (with_word, without)]
    assert labels == [{"thing": "yes"}, {"thing": "no"}]
