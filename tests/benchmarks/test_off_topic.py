"""Whether answers are compared with their questions is counted as it is told."""

from benchmarks.off_topic import row, told
from coach.judge.view import Models
from tests.judge.fakes import FakeEncoder, FakeReading, criterion, judge, rubric
from training.data import Example

WHY_US = Example(
    "a?b",
    "a",
    "behavioral",
    "Tell me about a conflict.",
    ("A clinic",),
    "I like your clinic in town, and I want to work in it for many years with you.",
    {},
)


def test_the_answer_is_given_with_the_other_question_and_its_facts() -> None:
    assert row(WHY_US)["question"] == "Tell me about a conflict."
    assert row(WHY_US)["program"] == {"name": "", "facts": ["A clinic"]}
    assert row(Example("a", "a", "visa", "Which visa?", (), "J1.", {}))["program"] is None


def test_every_reading_is_counted_by_its_value() -> None:
    rules = [{"id": "no", "gives": "no", "when": {"learned": {"value": "no", "at_least": 0.5}}}]
    silent = {value: {"verdict": "good", "silent": True} for value in ("no", "yes")}
    file = rubric(criterion(rules, id="answers_question", values=silent, otherwise="yes"))
    for chance, value in ((0.9, "no"), (0.2, "yes")):
        encoder = FakeEncoder({"answers_question": FakeReading({"no": chance, "yes": 1 - chance})})
        assert told(judge(file, Models(encoder=encoder)), [WHY_US, WHY_US]) == {value: 2}
