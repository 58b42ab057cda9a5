"""How an answer becomes the token numbers that the judgement encoder reads; training uses exactly this code too.

One window is "[first] category: question [end] program facts [end] answer [end]", at most `MAX_TOKENS` long. A longer
answer is read in overlapping windows. Where a token stands in the whole answer is told to the model in coarse steps,
counted from the start and from the end, since an opening and a closing are judged by their place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

MAX_TOKENS = 512
QUESTION_TOKENS = 48
FACT_TOKENS = 72
OVERLAP = 96
"""Tokens that two neighbouring windows share, so that no passage is only seen cut in half."""
START_STEPS = (8, 20, 40, 80)
END_STEPS = (6, 15, 30, 50, 80)
"""Upper bounds, in tokens, of the steps in which a place is told: about half a sentence, one, two, three, ..."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Marks:
    """The token numbers with which a tokenizer opens and ends a piece of text."""

    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """One reading of the encoder: arrays of equal length, one entry a token.

    `sentence` is the index of the sentence that a token belongs to, -1 for what is not the answer; `from_start` and
    `from_end` are the steps of its place in the answer.
    """

    ids: Ints
    sentence: Ints
    from_start: Ints
    from_end: Ints


def token_ids(tokenizer: Tokenizer, text: str) -> list[int]:
    """The token numbers of a text without any opening or ending mark."""
    ids: list[int] = tokenizer.encode(text, add_special_tokens=False).ids
    return ids


def head_ids(tokenizer: Tokenizer, marks: Marks, category: str, question: str, facts: Sequence[str]) -> list[int]:
    """The tokens before the answer: category and question, then the program's facts, each cut to its share."""
    asked = token_ids(tokenizer, f"{category.replace('_', ' ')}: {question}")[:QUESTION_TOKENS]
    known = token_ids(tokenizer, "; ".join(facts))[:FACT_TOKENS]
    return [marks.first, *asked, marks.end, *known, marks.end]


def windows(
    tokenizer: Tokenizer, marks: Marks, category: str, question: str, facts: Sequence[str], sentences: Sequence[str]
) -> list[Window]:
    """All windows of an answer, in order; at least one, even for an empty answer."""
    head = head_ids(tokenizer, marks, category, question, facts)
    tokens: list[int] = []
    owner: list[int] = []
    for index, sentence in enumerate(sentences):
        piece = token_ids(tokenizer, sentence)
        tokens += piece
        owner += [index] * len(piece)
    count = len(tokens)
    place = np.arange(count)
    from_start = np.searchsorted(START_STEPS, place, side="right")
    from_end = np.searchsorted(END_STEPS, place[::-1], side="right")
    room = MAX_TOKENS - len(head) - 1
    number = max(1, -(-(count - OVERLAP) // (room - OVERLAP)))
    # Windows of equal size: a full one and a nearly empty one would cost more time and see the end without its answer.
    size = -(-(count + (number - 1) * OVERLAP) // number)
    starts = [i * (size - OVERLAP) for i in range(number)]
    found = []
    for start in starts:
        part = slice(start, start + size)
        ids = [*head, *tokens[part], marks.end]
        sentence_of = np.full(len(ids), -1, dtype=np.int64)
        near_start = np.zeros(len(ids), dtype=np.int64)
        near_end = np.zeros(len(ids), dtype=np.int64)
        inside = slice(len(head), len(ids) - 1)
        sentence_of[inside] = owner[part]
        near_start[inside] = from_start[part]
        near_end[inside] = from_end[part]
        found.append(Window(np.array(ids, dtype=np.int64), sentence_of, near_start, near_end))
    return found
