"""Batches: every row once, none too large, and an answer beside its variants."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.judge.encoder_text import Window

pytest.importorskip("torch", reason="training needs the extra 'train'")

from training.batches import MOST_IN_A_BATCH, TOKENS_A_BATCH, Batch, batches, collate

Row = tuple[Window, list[float]]


def row(number: int, length: int) -> Row:
    """A row of so many tokens, the first two of them the question's; its right value tells which row it is."""
    ids = np.arange(1, length + 1, dtype=np.int64)
    sentence = np.where(ids <= 2, -1, 0)
    return Window(ids, sentence, ids % 5, ids % 6), [float(number)]


def numbers(batch: Batch) -> list[int]:
    return [int(r) for r in batch.right[:, 0].tolist()]


def cut(lengths: list[int], groups: list[str], rng: random.Random | None = None) -> list[Batch]:
    return list(batches([row(n, length) for n, length in enumerate(lengths)], groups, rng))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(3, 2500), st.sampled_from("abcdef")), min_size=1, max_size=60),
    st.one_of(st.none(), st.integers(0, 99)),
)
def test_every_row_is_in_one_batch_and_no_batch_is_too_large(rows: list[tuple[int, str]], seed: int | None) -> None:
    lengths, groups = [n for n, _ in rows], [g for _, g in rows]
    found = cut(lengths, groups, None if seed is None else random.Random(seed))
    assert sorted(n for batch in found for n in numbers(batch)) == list(range(len(rows)))
    for batch in found:
        assert len(batch.right) <= MOST_IN_A_BATCH
        assert batch.ids.numel() <= TOKENS_A_BATCH or len(batch.right) == 1
        assert batch.present.sum(dim=1).tolist() == [lengths[n] for n in numbers(batch)], "no row is cut short"


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_an_answer_and_its_variant_of_near_equal_length_meet(seed: int | None) -> None:
    """Eighteen rows of 100 tokens fill a batch, so there is room for nine whole pairs in each."""
    rows = [(length, f"pair-{n}") for n in range(45) for length in (100, 95)]
    random.Random(5).shuffle(rows)
    lengths, groups = [n for n, _ in rows], [g for _, g in rows]
    found = cut(lengths, groups, None if seed is None else random.Random(seed))
    assert len(found) == 5
    for batch in found:
        here = [groups[n] for n in numbers(batch)]
        assert all(here.count(group) == 2 for group in here)


def test_a_much_shorter_variant_stands_with_rows_of_its_own_length() -> None:
    lengths = [300] * 12 + [60] * 12
    groups = [str(n) for n in range(12)] * 2
    for batch in cut(lengths, groups):
        assert len({lengths[n] for n in numbers(batch)}) == 1, "else most of it is filled up"


def test_batches_come_in_another_order_each_epoch_and_the_same_for_the_same_seed() -> None:
    lengths = [30 + n for n in range(200)]
    groups = [str(n) for n in range(200)]
    order = [[numbers(b) for b in cut(lengths, groups, random.Random(seed))] for seed in (1, 1, 2)]
    assert order[0] == order[1]
    assert order[0] != order[2]


def test_shorter_rows_are_filled_up_with_nothing() -> None:
    batch = collate([row(0, 5), row(1, 3)])
    assert batch.ids.tolist() == [[1, 2, 3, 4, 5], [1, 2, 3, 0, 0]]
    assert batch.present.tolist() == [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]]
    assert batch.answer.tolist() == [[0, 0, 1, 1, 1], [0, 0, 1, 0, 0]]
    assert [tuple(t.shape) for t in batch.inputs] == [(2, 5)] * 5
