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
        ("I said sorry to the nurse, because I did not catch her name.", "score_apology"),
        ("My registrar said, in this hospital nobody reads the chart, and I told her that I do.", "contempt"),
    ],
)
def test_key_words_that_mean_something_else_are_not_taken_for_a_fault(
    shipped: Judge, said: str, criterion: str
) -> None:
    row = {"text": STORY.format(said), "question": "Tell me about a mistake.", "category": "behavioral"}
    assert score_row(shipped, row).labels[criterion] in ("none", "no")


MISTAKE = (
    "I wrote ten units of insulin for a man who had not eaten, since I copied the chart of the day before. The nurse "
    "rang me at four and his sugar was two. We gave him dextrose, I stayed until six, and I told him and his wife in "
    "the morning. He went home on the Friday."
)


@pytest.mark.parametrize(
    ("end", "values"),
    [
        ("No insulin leaves my pen any more before I have asked the patient what he ate.", {"met"}),
        ("No insulin leaves my pen any more before I have asked the patient what he ate. Thank you.", {"met"}),
        ("no insulin leaves my pen any more before i have asked the patient what he ate yes like this", {"met"}),
        ("In summary, it was a low sugar. Then we had another admission, from the surgical side, and", {"missing"}),
        ("So yeah, that was it, I think.", {"missing"}),
        ("Thank you so much for listening to me, and I hope that you will consider me.", {"weak"}),
    ],
)
def test_an_end_is_judged_by_what_it_says(shipped: Judge, end: str, values: set[str]) -> None:
    row = {"text": f"{MISTAKE} {end}", "question": "Tell me about a mistake.", "category": "behavioral"}
    assert score_row(shipped, row).labels["closing_summary"] in values


@pytest.mark.parametrize(
    ("said", "stance"),
    [
        (
            "i will need an h one b i passed step three in may and i know that you sponsor it the papers are ready",
            "calm",
        ),
        ("I need a J1, ECFMG sponsors it, and I know the two year rule and the waiver. It is all prepared.", "calm"),
        ("You must give me the H1B, and in writing, otherwise I rank other programs first.", "demanding"),
        (
            "I am so sorry for the trouble that my visa makes for you, I know it is a burden, please forgive me.",
            "apologetic",
        ),
    ],
)
def test_the_visa_is_heard_however_it_is_written(shipped: Judge, said: str, stance: str) -> None:
    labels = score_row(shipped, {"text": said, "question": "What visa will you need?", "category": "visa"}).labels
    assert (labels["visa_mentions"], labels["visa_stance"]) == ("once", stance)


@pytest.mark.parametrize(
    "said",
    [
        "I do not want to apologize for my two attempts. I changed how I study, and I passed step two with 244.",
        'My cousin told me, "say that you are sorry for your scores". I changed how I study, and I passed with 244.',
        "I passed step one on my second attempt, and step two on the first, with 244, after I changed my method.",
    ],
)
def test_a_record_told_plainly_is_no_apology(shipped: Judge, said: str) -> None:
    text = f"{said} Every morning I did forty questions with a clock. I keep the notebook of what I got wrong."
    row = {"text": text, "question": "You have two attempts at step one. What happened?", "category": "red_flag"}
    assert score_row(shipped, row).labels["score_apology"] == "none"


def test_every_point_lost_has_a_finding_with_words_of_the_answer(shipped: Judge) -> None:
    row = {"text": STORY.format("I felt bad."), "question": "Tell me about a mistake.", "category": "behavioral"}
    feedback = score_row(shipped, row)
    assert feedback.overall == 5.0 or any(f.weight for f in feedback.findings)
    for finding in feedback.findings:
        assert finding.evidence
        assert all(row["text"][e.start : e.end] == e.text for e in finding.evidence)
