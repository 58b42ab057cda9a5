"""What an epoch reads."""

import random

import pytest

pytest.importorskip("torch", reason="training needs the extra 'train'")

from training.data import Example
from training.learn import drawn

ANSWERS = [Example(f"a-{n}", f"a-{n}", "visa", "Which visa?", (), "A J-1.", {}) for n in range(20)]


def test_an_epoch_reads_a_share_of_the_answers_and_all_that_are_always_read() -> None:
    always = {"a-3", "a-7"}
    found = drawn(ANSWERS, 0.5, always, random.Random(1))
    assert len(found) == len({a.id for a in found}) == 2 + 9
    assert always <= {a.id for a in found}
    assert found == drawn(ANSWERS, 0.5, always, random.Random(1))


def test_the_whole_share_is_all_answers_in_their_order() -> None:
    assert drawn(ANSWERS, 1.0, {"a-3"}, random.Random(1)) == ANSWERS
