"""Spoken answers: what was heard once is not heard again, and agreement is with the labels of the same answer."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks import spoken
from benchmarks.spoken import agreement, hear_all
from coach.config import Home
from coach.domain.finding import Feedback
from coach.domain.question import Question
from coach.domain.transcript import Transcript
from coach.practice.scoring import transcript_and_question
from tests.builders import transcript, wav


def row(number: int, **labels: object) -> dict[str, Any]:
    return {
        "id": f"r{number}",
        "category": "visa",
        "question": f"Question {number}?",
        "text": f"Answer number {number}.",
        "labels": labels,
    }


class Studio:
    """A voice and a recogniser that count their work; the recogniser hears number words in capitals."""

    def __init__(self) -> None:
        self.spoken: list[str] = []
        self.loaded: list[str] = []
        self.heard = 0

    def speak(self, text: str, path: Path) -> None:
        self.spoken.append(text)
        wav(path, 0.1)

    def load(self, model: str, home: Home) -> str:
        self.loaded.append(model)
        return model

    def transcribe(self, ears: str, samples: Any, vocabulary: Any) -> Transcript:
        assert samples.dtype == "float32"
        assert abs(samples).max() <= 1.0
        self.heard += 1
        return transcript(f"heard {self.heard}", model=ears)


@pytest.fixture
def studio(home: Home, monkeypatch: pytest.MonkeyPatch) -> Studio:
    made = Studio()
    for name in ("speak", "load", "transcribe"):
        monkeypatch.setattr(spoken, name, getattr(made, name))
    return made


def test_kept_transcripts_are_used_and_no_recogniser_is_loaded(studio: Studio, tmp_path: Path) -> None:
    rows = [row(1), row(2)]
    first = hear_all(rows, "base", tmp_path)
    assert [t.text for t in first] == ["heard 1", "heard 2"]
    assert studio.loaded == ["base"], "loaded once for all answers"
    assert hear_all(rows, "base", tmp_path) == first
    assert (studio.spoken, studio.loaded, studio.heard) == ([r["text"] for r in rows], ["base"], 2)


def test_only_answers_without_a_transcript_are_heard(studio: Studio, tmp_path: Path) -> None:
    hear_all([row(1)], "base", tmp_path)
    found = hear_all([row(2), row(1)], "base", tmp_path)
    assert [t.text for t in found] == ["heard 2", "heard 1"], "in the order of the answers"
    assert studio.spoken == ["Answer number 1.", "Answer number 2."]


def test_another_recogniser_hears_the_kept_sounds_itself(studio: Studio, tmp_path: Path) -> None:
    hear_all([row(1)], "base", tmp_path)
    (other,) = hear_all([row(1)], "tiny.en", tmp_path)
    assert (other.text, other.model) == ("heard 2", "tiny.en")
    assert studio.spoken == ["Answer number 1."]


def test_a_changed_answer_is_spoken_anew(studio: Studio, tmp_path: Path) -> None:
    hear_all([row(1)], "base", tmp_path)
    hear_all([{**row(1), "text": "Another answer."}], "base", tmp_path)
    assert studio.spoken == ["Answer number 1.", "Another answer."]


ROWS = [
    row(1, complaint="yes", closing_summary="met|weak", question_kind=["support", "training"], plans="na", overall=2),
    row(2, complaint="no", closing_summary="missing", question_kind=[], plans="vague", overall=3),
    row(3, complaint="no", closing_summary="met", question_kind=["other"], plans="concrete", overall=5),
]


def written() -> list[Transcript]:
    return [transcript_and_question(r)[0] for r in ROWS]


def knows(said: Transcript, question: Question) -> Feedback:
    """A judge that has seen the labels, and answers by what it was asked."""
    (right,) = (r["labels"] for r in ROWS if r["question"] == question.text)
    labels = {k: tuple(v) if isinstance(v, list) else v for k, v in right.items() if k != "overall"}
    return Feedback({**labels, "closing_summary": labels["closing_summary"].split("|")[-1]}, right["overall"], ())


def test_a_judge_that_knows_the_labels_agrees_fully() -> None:
    measured = agreement(ROWS, knows, written())
    assert {r.criterion: (r.n, r.kappa) for r in measured.rows} == {
        "closing_summary": (3, 1.0),
        "complaint": (3, 1.0),
        "plans": (2, 1.0),
        "question_kind": (3, 1.0),
    }
    assert (measured.mean_kappa, measured.spearman_overall, measured.false_alarms) == (1.0, pytest.approx(1.0), 0.0)


def test_a_judge_is_given_what_was_heard_not_what_was_written() -> None:
    def listens(said: Transcript, question: Question) -> Feedback:
        told = knows(said, question)
        return told if said.text != "Mumble." else Feedback(dict.fromkeys(told.labels), None, ())

    heard = [transcript("Mumble."), *written()[1:]]
    assert agreement(ROWS, listens, written()).mean_kappa == 1.0
    assert agreement(ROWS, listens, heard).mean_kappa < 1.0


def test_a_transcript_too_few_is_an_error_and_not_a_shift() -> None:
    with pytest.raises(ValueError, match="shorter"):
        agreement(ROWS, knows, written()[:2])
