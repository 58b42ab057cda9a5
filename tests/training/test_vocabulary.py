"""A smaller vocabulary reads the same words, rare ones in shorter pieces."""

import json

import pytest
from tokenizers import Tokenizer

from training.vocabulary import MARKS, chosen, cut

WORDS = ["a", "b", "##a", "##b", "the", "night", "visa", "zygote", "☃"]
WHOLE = {
    "version": "1.0",
    "truncation": None,
    "padding": None,
    "added_tokens": [],
    "normalizer": {"type": "Lowercase"},
    "pre_tokenizer": {"type": "Whitespace"},
    "post_processor": None,
    "decoder": None,
    "model": {
        "type": "WordPiece",
        "unk_token": "[UNK]",
        "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 100,
        "vocab": {piece: number for number, piece in enumerate([*MARKS, *WORDS])},
    },
}


def test_marks_characters_frequent_and_used_pieces_are_kept(monkeypatch):
    monkeypatch.setattr("training.vocabulary.FREQUENT", 2)
    kept = chosen(WHOLE["model"]["vocab"], {"zygote"})
    assert kept == [*MARKS, "a", "b", "##a", "##b", "the", "night", "zygote"]


def test_a_cut_tokenizer_numbers_the_kept_pieces_anew():
    text, numbers = cut(json.dumps(WHOLE), [*MARKS, "a", "##a", "##b", "visa"])
    assert numbers == [0, 1, 2, 3, 4, 5, 7, 8, 11]
    encoded = Tokenizer.from_str(text).encode("Visa aab night")
    assert encoded.tokens == ["visa", "a", "##a", "##b", "[UNK]"]
    assert encoded.ids == [8, 5, 6, 7, 4]


def test_a_piece_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        cut(json.dumps(WHOLE), [*MARKS, "nothere"])
