"""Several questions in one breath: each is read on its own, too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest

from coach.domain.question import Question
from coach.domain.transcript import Transcript
from coach.judge.conditions import Conditions
from coach.judge.questions import joined
from coach.judge.schema import Condition
from coach.judge.view import MOST_QUESTIONS, Models, Reading, View

TEXT = "I liked the tour very much. How do interns get feedback here? And who helps at night when it is too much?"


@dataclass(frozen=True)
class Fixed:
    """A reading with given chances."""

    probabilities: Mapping[str, float]
    by_value: Mapping[str, tuple[float, ...]]


class HearsOneKind:
    """An encoder that hears only one kind in a text, and support only where the text is short."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def read(
        self, question: str, program_facts: Sequence[str], category: str, sentences: Sequence[str]
    ) -> Mapping[str, Reading]:
        self.asked.append(list(sentences))
        whole = len(sentences) > 1
        support = 0.2 if whole else 0.9 * ("night" in sentences[0])
        return {"question_kind": Fixed({"training": 0.8 if whole else 0.1, "support": support}, {})}


def a_view(encoder: HearsOneKind, text: str = TEXT) -> View:
    return View(Transcript(text, (), 20.0, "text"), Question("", "", "Any?", "questions_for_us"), None, Models(encoder))


def test_a_kind_that_only_one_question_shows_is_raised():
    view = a_view(HearsOneKind())
    view.read_questions("question_kind")
    assert view.chances("question_kind") == pytest.approx({"training": 0.45, "support": 0.55})


def test_the_question_itself_is_shown_for_its_kind():
    view = a_view(HearsOneKind())
    view.read_questions("question_kind")
    condition = Condition.model_validate({"learned": {"value": "support", "at_least": 0.5}})
    found = Conditions({}, None).holds(condition, view, "question_kind")
    assert [TEXT[a:b] for a, b in found.places] == ["And who helps at night when it is too much?"]


def test_each_question_is_read_once_and_not_without_end():
    encoder = HearsOneKind()
    view = a_view(encoder, " ".join(f"What about plan {n}?" for n in range(60)))
    view.read_questions("question_kind")
    view.read_questions("question_kind")
    assert len(encoder.asked) == 1 + MOST_QUESTIONS


def test_only_sentences_that_ask_are_read_alone():
    encoder = HearsOneKind()
    a_view(encoder).read_questions("question_kind")
    assert encoder.asked[1:] == [
        ["How do interns get feedback here?"],
        ["And who helps at night when it is too much?"],
    ]


def test_without_a_question_the_whole_answer_decides():
    view = a_view(HearsOneKind(), "I have no questions. Thank you for this day.")
    view.read_questions("question_kind")
    assert view.chances("question_kind") == {"training": 0.8, "support": 0.2}


def test_without_an_encoder_nothing_is_read():
    view = View(Transcript(TEXT, (), 20.0, "text"), Question("", "", "Any?", "questions_for_us"), None, Models())
    view.read_questions("question_kind")
    assert view.chances("question_kind") is None


def test_the_surest_question_counts_half():
    assert joined({"other": 0.5}, [{"other": 0.1}, {"other": 0.9}]) == {"other": 0.7}
