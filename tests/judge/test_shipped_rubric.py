"""The shipped rubric with the shipped models: every rule does what its examples say, and known traps are survived."""

import pytest

from coach.config import Home
from coach.judge.encoder import MODEL_FOLDER
from coach.judge.engine import Judge, load_judge
from coach.practice.rubrics import run_examples
from coach.practice.scoring import score_row

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not (MODEL_FOLDER / "settings.json").is_file(), reason="no model is shipped"),
]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return load_judge(Home(tmp_path_factory.mktemp("home")))


def test_every_rule_does_what_its_examples_say(tmp_path) -> None:
    failed = [t for t in run_examples(Home(tmp_path), "") if not t.passed]
    assert failed == []


STORY = (
    "A man came back to our ward with fever two days after his operation, and I had sent him home. {} "
    "We treated him and he went home after a week. So now I call every patient of mine on the second day."
)


@pytest.mark.parametrize(
    ("said", "criterion"),
    [
        ("I told his wife that I was sorry for it.", "score_apology"),
        ("His calcium score was low and I apologised to him for the late result.", "score_apology"),
        ("He was worried about his visa and I called the social worker.", "visa_mentions"),
        ("We had to transfer him to a bigger hospital for the scan.", "commitment_risk"),
        ("The disease is terrible and the wound was a mess.", "complaint"),
    ],
)
def test_key_words_that_mean_something_else_are_not_taken_for_a_fault(
    shipped: Judge, said: str, criterion: str
) -> None:
    row = {"text": STORY.format(said), "question": "Tell me about a mistake.", "category": "behavioral"}
    assert score_row(shipped, row).labels[criterion] in ("none", "no")


def test_every_point_lost_has_a_finding_with_words_of_the_answer(shipped: Judge) -> None:
    row = {"text": STORY.format("I felt bad."), "question": "Tell me about a mistake.", "category": "behavioral"}
    feedback = score_row(shipped, row)
    assert feedback.overall == 5.0 or any(f.weight for f in feedback.findings)
    for finding in feedback.findings:
        assert finding.evidence
        assert all(row["text"][e.start : e.end] == e.text for e in finding.evidence)
