"""Answers changed for training: what a passage put in may turn, and what it must not."""

import random

import pytest

from training.augment import as_heard, asked_otherwise, epoch, put_in, sentences, swapped, two_put_in, with_tail
from training.data import Example, Targets

TEXT = "I came early. The ward was full. I made a list. We saw the sickest first. Nobody waited. I still do it."


def answer(**targets: str) -> Example:
    return Example("a", "a", "behavioral", "q", (), TEXT, {k: {v: 1.0} for k, v in targets.items()})


def passage(name: str, value: str, text: str = "That hospital was a disaster.") -> Example:
    targets: Targets = {name: {value: 1.0}}
    return Example("p", "p", "", "", (), text, targets)


def test_a_fault_put_in_turns_its_criterion_and_masks_what_is_unsure() -> None:
    base = answer(complaint="no", blame_or_victim="no", meandering="no", concrete_example="yes", contempt="yes")
    found = put_in(base, passage("complaint", "yes"), random.Random(1))
    assert found is not None
    assert found.targets == {"complaint": {"yes": 1.0}, "concrete_example": {"yes": 1.0}, "contempt": {"yes": 1.0}}
    assert "That hospital was a disaster." in found.text


def test_a_near_miss_put_in_leaves_the_label() -> None:
    found = put_in(answer(complaint="no"), passage("complaint", "no"), random.Random(1))
    assert found is not None
    assert found.targets == {"complaint": {"no": 1.0}}


@pytest.mark.parametrize(("before", "after"), [("none", "once"), ("once", "repeated"), ("repeated", "repeated")])
def test_a_second_apology_makes_it_repeated(before: str, after: str) -> None:
    found = put_in(answer(score_apology=before), passage("score_apology", "once"), random.Random(1))
    assert found is not None
    assert found.targets["score_apology"] == {after: 1.0}


def test_a_closing_is_put_at_the_end_in_place_of_the_old_one() -> None:
    found = put_in(answer(closing_summary="met"), passage("closing_summary", "weak", "So that's it."), random.Random(1))
    assert found is not None
    assert found.text.endswith("We saw the sickest first. So that's it.")
    assert found.targets == {"closing_summary": {"weak": 1.0}}


def test_a_stance_is_not_put_in_where_there_is_one() -> None:
    assert put_in(answer(visa_stance="calm"), passage("visa_stance", "vague"), random.Random(1)) is None


def test_two_set_phrases_are_needed() -> None:
    phrases = [passage("stock_phrase", "stock", "I am a team player."), passage("stock_phrase", "stock", "My passion.")]
    found = two_put_in(answer(stock_phrases="no"), phrases, random.Random(1))
    assert found is not None
    assert found.targets["stock_phrases"] == {"yes": 1.0}


def test_heard_text_keeps_its_words() -> None:
    rng = random.Random(3)
    for _ in range(20):
        heard = as_heard("My H-1B came late. We waited, and I learned.", rng).lower().replace(",", "").replace(".", "")
        assert [w for w in heard.split() if w in ("came", "late", "waited", "learned")] == [
            "came",
            "late",
            "waited",
            "learned",
        ]


def test_a_tail_is_only_a_courtesy() -> None:
    assert with_tail("Done.", random.Random(1)).startswith("Done. ")


def test_text_without_marks_is_cut_by_length() -> None:
    assert len(sentences(" ".join(["word"] * 40))) == 3


def test_an_epoch_is_the_same_for_the_same_seed() -> None:
    answers = [answer(complaint="no", closing_summary="met")] * 4
    passages = [passage("complaint", "yes"), passage("complaint", "no")]
    first = epoch(answers, passages, random.Random(5), 0.5, 1.0)
    assert first == epoch(answers, passages, random.Random(5), 0.5, 1.0)
    assert len(first) == 4 + 2 + 2


def under(category: str, question: str, answered: str = "yes") -> Example:
    targets = {"answers_question": {answered: 1.0}, "complaint": {"no": 1.0}}
    return Example(category, category, category, question, ("A clinic",), "I counted the beds.", targets)


def test_an_answer_under_a_question_of_another_kind_does_not_answer_it() -> None:
    made = asked_otherwise(under("behavioral", "A conflict?"), under("visa", "Which visa?"))
    assert made is not None
    assert (made.question, made.category, made.text) == ("Which visa?", "visa", "I counted the beds.")
    assert made.targets == {"answers_question": {"no": 1.0}, "complaint": {"no": 1.0}}
    assert made.group == "behavioral"


def test_what_hangs_on_the_question_is_not_labelled_under_another_one() -> None:
    targets = {"answers_question": {"yes": 1.0}, "visa_stance": {"none": 1.0}, "overall": {"4": 1.0}}
    answer = Example("a", "a", "behavioral", "A conflict?", (), "I counted the beds.", targets)
    made = asked_otherwise(answer, under("visa", "Which visa?"))
    assert made is not None
    assert made.targets == {"answers_question": {"no": 1.0}}


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        (under("behavioral", "A conflict?"), under("clinical", "A refusal?")),
        (under("red_flag", "Your gap?"), under("behavioral", "A failure?")),
        (under("program_specific", "Why us?"), under("future_plans", "In ten years?")),
        (under("behavioral", "A conflict?", "partly"), under("visa", "Which visa?")),
    ],
)
def test_where_it_might_answer_nothing_is_made(answer: Example, asked: Example) -> None:
    assert asked_otherwise(answer, asked) is None


def test_swapped_makes_at_most_what_is_wanted_and_the_same_again() -> None:
    answers = [under("behavioral", "A conflict?"), under("visa", "Which visa?"), under("about_you", "You?")]
    made = swapped(answers, random.Random(3), 5)
    assert len(made) == 5
    assert [m.id for m in made] == [m.id for m in swapped(answers, random.Random(3), 5)]
    assert swapped(answers[:1], random.Random(3), 5) == []
