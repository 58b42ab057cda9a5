from dataclasses import replace

from coach.config import Home
from coach.domain.measures import Measures
from coach.domain.question import Question, TimeBand
from coach.domain.signal import Quality, Signal, Span
from coach.domain.transcript import Transcript, Word
from coach.errors import RubricError
from coach.judge.engine import find_rubric, with_band
from coach.judge.schema import RubricFile
from coach.judge.view import Models
from tests.judge.fakes import FakeEncoder, FakeReading, criterion, judge, rubric

import pytest  # isort: skip

TEXT = "I was on nights and I was late with a result. I am sorry for my score. I check twice now."
ASKED = Question("q", "b", "Tell me about a mistake.", "behavioral")
SORRY = {"id": "sorry", "gives": "yes", "sure": 0.8, "when": {"mention": {"wordings": ["sorry"]}}}


def give(text: str = TEXT, signal: Signal | None = None, words: tuple[Word, ...] = ()) -> Transcript:
    return Transcript(text, words, 60.0, "test", signal)


def measures(seconds: float = 60.0) -> Measures:
    return Measures(seconds, 20)


def test_a_finding_names_words_time_reason_and_advice() -> None:
    words = tuple(Word(w, 0.5 * i, 0.5 * i + 0.4, 1.0) for i, w in enumerate(TEXT.split()))
    feedback = judge(rubric(criterion([SORRY]))).judge(give(words=words), ASKED, measures())
    (finding,) = feedback.findings
    (evidence,) = finding.evidence
    assert feedback.labels == {"thing": "yes"}
    assert TEXT[evidence.start : evidence.end] == evidence.text == "sorry"
    assert (evidence.start_s, evidence.end_s) == (5.5, 8.4)
    assert (finding.why, finding.advice, finding.confidence) == ("Because.", "Do this.", 0.8)
    assert feedback.overall == 1 + 4 * (1 - 0.5 * 0.8)
    assert feedback.rubric == "test"


def test_no_gap_means_full_marks_and_every_point_lost_has_a_finding() -> None:
    feedback = judge(rubric(criterion([SORRY]))).judge(
        give("I check every result twice before I go home."), ASKED, measures()
    )
    assert (feedback.overall, feedback.findings) == (5.0, ())
    assert feedback.groups[0].criteria == ("thing",)


def test_the_first_rule_that_holds_gives_the_value() -> None:
    first = {"id": "first", "gives": "no", "when": {"mention": {"wordings": ["nights"]}}}
    assert judge(rubric(criterion([first, SORRY]))).judge(give(), ASKED, measures()).labels["thing"] == "no"


def test_where_a_criterion_does_not_apply_it_says_so() -> None:
    for applies in ({"categories": ["visa"]}, {"not in": ["behavioral"]}, {"tags": ["x"]}, {"question": ["success"]}):
        file = rubric(criterion([SORRY], applies=[applies]))
        assert judge(file).judge(give(), ASKED, measures()).labels["thing"] == "na"
    by_words = rubric(criterion([SORRY], applies=[{"question": ["mistake"]}]))
    assert judge(by_words).judge(give(), ASKED, measures()).labels["thing"] == "yes"


def test_what_cannot_be_judged_is_none_and_not_good() -> None:
    learned = {"id": "learned", "gives": "yes", "when": {"learned": {"value": "yes", "at_least": 0.5}}}
    feedback = judge(rubric(criterion([learned]))).judge(give(), ASKED, measures())
    assert feedback.labels == {"thing": None}
    assert feedback.overall is None
    assert "missing" in (feedback.not_scored or "")


def test_a_missing_thing_is_shown_at_the_place_where_it_should_have_been() -> None:
    values = {
        "yes": {"verdict": "good", "silent": True},
        "no": {"verdict": "fix", "costs": 0.5, "why": "W.", "advice": "A.", "show": "closing"},
    }
    absent = {"id": "says", "gives": "yes", "when": {"mention": {"wordings": ["learned"]}}}
    (finding,) = judge(rubric(criterion([absent], values=values))).judge(give(), ASKED, measures()).findings
    assert finding.evidence[0].text == "I check twice now."


def test_several_values_of_one_criterion_each_get_a_finding() -> None:
    good = {"verdict": "good", "advice": "Keep it."}
    kinds = [
        {"id": n, "gives": n, "when": {"learned": {"value": n, "at_least": 0.5}}}
        for n in ("training", "support", "other")
    ]
    reading = FakeReading(
        {"training": 0.9, "support": 0.8, "other": 0.1}, dict.fromkeys(("training", "support"), (1.0, 0.0, 0.0))
    )
    file = rubric(
        criterion(kinds, many=True, otherwise=None, values=dict.fromkeys(("training", "support", "other"), good))
    )
    feedback = judge(file, Models(encoder=FakeEncoder({"thing": reading}))).judge(give(), ASKED, measures())
    assert feedback.labels["thing"] == ("support", "training")
    assert {f.value for f in feedback.findings} == {"support", "training"}


def test_a_fault_without_words_to_show_is_not_spoken_about() -> None:
    reading = FakeReading({"yes": 0.9, "no": 0.1}, {"yes": (-0.1, -0.2, -0.1)})
    fault = {
        "yes": {"verdict": "fix", "costs": 0.5, "why": "W.", "advice": "A."},
        "no": {"verdict": "good", "silent": True},
    }
    seen = {"id": "seen", "gives": "yes", "when": {"learned": {"value": "yes", "at_least": 0.5}}}
    feedback = judge(rubric(criterion([seen], values=fault)), Models(encoder=FakeEncoder({"thing": reading}))).judge(
        give(), ASKED, measures()
    )
    assert feedback.labels["thing"] == "yes"
    assert feedback.findings == ()
    assert feedback.overall == 5


def test_what_is_good_is_praised_only_when_it_is_fairly_sure() -> None:
    praise = {"yes": {"verdict": "good", "advice": "Keep it."}, "no": {"verdict": "good", "silent": True}}
    seen = {"id": "seen", "gives": "yes", "sure": 1.0, "when": {"learned": {"value": "yes", "at_least": 0.3}}}
    found = {}
    for chance in (0.45, 0.55):
        reading = FakeReading({"yes": chance, "no": 1 - chance}, {"yes": (1.0, 0.0, 0.0)})
        models = Models(encoder=FakeEncoder({"thing": reading}))
        feedback = judge(rubric(criterion([seen], values=praise)), models).judge(give(), ASKED, measures())
        assert feedback.labels["thing"] == "yes"
        found[chance] = len(feedback.findings)
    assert found == {0.45: 0, 0.55: 1}


def test_kinds_of_which_one_cannot_be_told_and_none_holds_are_not_taken_for_nothing() -> None:
    kinds = [
        {"id": "a", "gives": "training", "when": {"mention": {"wordings": ["zebra"]}}},
        {"id": "b", "gives": "support", "when": {"learned": {"value": "support"}}},
    ]
    good = {"verdict": "good", "advice": "Keep it."}
    file = rubric(criterion(kinds, many=True, otherwise=None, values=dict.fromkeys(("training", "support"), good)))
    assert judge(file).judge(give(), ASKED, measures()).labels["thing"] is None


def silence(speech: tuple[Span, ...], usable: bool) -> Signal:
    quality = Quality(0.0, -40, -45, -50, 5, 0, usable, ("The microphone is too far away.",))
    return Signal(10.0, speech, (), (), quality)


@pytest.mark.parametrize(
    ("transcript", "reason"),
    [
        (give("", silence((), False)), "No speech"),
        (give(TEXT, silence((Span(0, 1),), False)), "too far away"),
        (give("Yes I think."), "Only 3 words"),
        (give(""), "No words"),
    ],
)
def test_what_is_not_an_answer_is_not_scored_and_says_why(transcript: Transcript, reason: str) -> None:
    feedback = judge(rubric(criterion([SORRY]))).judge(transcript, ASKED, measures())
    assert (feedback.overall, feedback.labels, feedback.findings) == (None, {}, ())
    assert reason in (feedback.not_scored or "")


def test_the_rubric_has_a_time_band_for_a_category_but_the_question_comes_first() -> None:
    file = RubricFile.model_validate(rubric(criterion([]), bands={"visa": [10, 60, 90], "default": [45, 95, 150]}))
    visa = Question("", "", "Visa?", "visa")
    assert with_band(visa, file).band == TimeBand(10, 60, 90)
    assert with_band(ASKED, file).band == TimeBand(45, 95, 150)
    own = Question("", "", "Long one", "visa", band=TimeBand(100, 200, 300))
    assert with_band(own, file).band == TimeBand(100, 200, 300)


def test_an_unknown_rubric_names_those_that_there_are(tmp_path) -> None:
    with pytest.raises(RubricError, match="residency"):
        find_rubric(Home(tmp_path), "nothing")
    own = tmp_path / "rubrics" / "mine.yaml"
    own.parent.mkdir()
    own.write_text("format: 1\n")
    assert find_rubric(Home(tmp_path), "mine") == own
    assert find_rubric(Home(tmp_path)).stem == "residency"


def test_what_is_praised_is_not_what_is_blamed() -> None:
    speaks_of = {name: {"mention": {"wordings": [name]}} for name in ("scale", "learned", "nurse")}
    praise = {"yes": {"verdict": "good", "why": "W.", "advice": "Keep it."}, "no": {"verdict": "good", "silent": True}}
    blame = {"yes": {"verdict": "fix", "costs": 0.5, "why": "W.", "advice": "A."}, "no": praise["no"]}
    file = rubric(
        criterion([{"id": "a", "gives": "yes", "when": speaks_of["learned"]}], id="result", values=praise),
        criterion([{"id": "b", "gives": "yes", "when": speaks_of["scale"]}], id="example", values=praise),
        criterion([{"id": "c", "gives": "yes", "when": speaks_of["learned"]}], id="contempt", values=blame),
    )
    said = give("I put a scale in each room. I learned that they cannot count.")
    feedback = judge(file).judge(said, ASKED, measures())
    assert {f.criterion for f in feedback.findings} == {"example", "contempt"}
    assert feedback.labels == {"result": "yes", "example": "yes", "contempt": "yes"}


LONG = {"id": "long", "gives": "long", "when": {"timing": {"measure": "duration_s", "zone": "too_long"}}}
OVER = {
    "long": {"verdict": "fix", "costs": 0.2, "why": "W.", "advice": "A.", "show": "time over"},
    "right": {"verdict": "good", "silent": True},
}


def test_a_long_answer_is_shown_where_its_time_was_over() -> None:
    file = rubric(criterion([LONG], values=OVER, otherwise="right"))
    words = tuple(Word(w, 5.0 * i, 5.0 * i + 4, 1.0) for i, w in enumerate(TEXT.split()))
    later = tuple(replace(w, start=w.start + 20, end=w.end + 20) for w in words)
    for said, seconds, marked in (
        (give(words=words), 200.0, "I check twice now."),
        (give(words=later), 200.0, "I am sorry for my score."),
        (give(), 121.0, "I am sorry for my score."),
        (give(), 180.0, "I was on nights and I was late with a result."),
    ):
        (finding,) = judge(file).judge(said, ASKED, measures(seconds)).findings
        assert finding.evidence[0].text == marked
