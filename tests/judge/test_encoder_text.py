"""How an answer becomes tokens for the judgement encoder."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from coach.judge.encoder_join import joined, softmax
from coach.judge.encoder_text import END_STEPS, MAX_TOKENS, OVERLAP, START_STEPS, Marks, windows

WORDS = ["[UNK]", "[CLS]", "[SEP]", "why", "us", ":", "visa", "the", "beds", "we", "learned", "."]
MARKS = Marks(1, 2)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    model = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": None,
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None,
        "decoder": None,
        "model": {
            "type": "WordLevel",
            "vocab": {word: number for number, word in enumerate(WORDS)},
            "unk_token": "[UNK]",
        },
    }
    return Tokenizer.from_str(json.dumps(model))


def test_question_facts_and_answer_stand_in_this_order(tokenizer: Tokenizer) -> None:
    (window,) = windows(tokenizer, MARKS, "visa", "why us", ["the beds"], ["we learned", "the visa"])
    words = [WORDS[i] for i in window.ids]
    assert " ".join(words) == "[CLS] visa : why us [SEP] the beds [SEP] we learned the visa [SEP]"
    assert window.sentence.tolist() == [-1] * 9 + [0, 0, 1, 1, -1]


def test_an_empty_answer_is_still_one_window(tokenizer: Tokenizer) -> None:
    (window,) = windows(tokenizer, MARKS, "visa", "why us", [], [])
    assert (window.sentence == -1).all()


def test_places_are_told_in_steps_from_both_ends(tokenizer: Tokenizer) -> None:
    (window,) = windows(tokenizer, MARKS, "", "", [], ["the"] * 200)
    inside = window.sentence >= 0
    start, end = window.from_start[inside], window.from_end[inside]
    assert start[0] == 0
    assert start[START_STEPS[0]] == 1
    assert start[-1] == len(START_STEPS)
    assert end[-1] == 0
    assert end[-1 - END_STEPS[0]] == 1
    assert end[0] == len(END_STEPS)


@settings(max_examples=40, deadline=None)
@given(counts=st.lists(st.integers(0, 90), max_size=40))
def test_windows_fit_overlap_and_lose_nothing(tokenizer: Tokenizer, counts: list[int]) -> None:
    sentences = [" ".join(["the"] * n) for n in counts]
    found = windows(tokenizer, MARKS, "visa", "why us", ["the beds"], sentences)
    seen = set()
    for window in found:
        assert len(window.ids) <= MAX_TOKENS
        seen |= set(window.sentence[window.sentence >= 0].tolist())
    assert seen == {i for i, n in enumerate(counts) if n}
    if len(found) > 1:
        inside = sum(int((w.sentence >= 0).sum()) for w in found)
        assert inside >= sum(counts) + OVERLAP * (len(found) - 1)


def test_one_window_keeps_its_scores() -> None:
    row = np.array([[0.5, -1.0]])
    assert joined(row, {"complaint": ("yes", "no")}, {"complaint": "no"}).tolist() == [0.5, -1.0]


def test_windows_are_joined_by_what_each_criterion_is_about() -> None:
    outputs = {
        "gratitude_first": ("yes", "no"),
        "closing_summary": ("met", "missing"),
        "complaint": ("yes", "no"),
        "meandering": ("yes", "no"),
    }
    scores = np.array([[3.0, 0, 0, 3.0, -2, 2, 1, 0], [0, 3.0, 3.0, 0, 2, -2, 0, 1]])
    row = joined(scores, outputs, {"gratitude_first": "no", "complaint": "no"})
    assert row.tolist() == [3, 0, 3, 0, 2, -2, 0.5, 0.5]


def test_probabilities_sum_to_one_even_for_large_scores() -> None:
    assert softmax(np.array([1e4, 0.0, -1e4])).sum() == pytest.approx(1.0)
