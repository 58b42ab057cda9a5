"""The sentence model is used only when both its files are the shipped ones."""

import pytest

from coach.errors import ModelError
from coach.judge import embed


@pytest.mark.parametrize("content", [b"{}", None], ids=["damaged", "missing"])
def test_other_word_pieces_are_told_in_one_sentence(tmp_path, monkeypatch, content):
    path = tmp_path / "tokenizer.json"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(embed, "PIECES", path)
    with pytest.raises(ModelError, match="missing or damaged"):
        embed._session.__wrapped__()
