"""A smaller vocabulary for a large encoder: `python -m training.vocabulary` writes `vocabulary.txt`.

The word table of MPNet is a quarter of its size and holds pieces of many scripts. Kept are the marks, the plain
characters, the `FREQUENT` most frequent pieces (the vocabulary is in the order of frequency) and every piece that the
labelled texts used when the list was made. A word whose piece is not kept is read in shorter pieces. The list is made
once and then stays: a model is bound to the list that it was trained with.
"""

import json
import string
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

LIST = Path(__file__).parent / "vocabulary.txt"
FREQUENT = 12_000
FIRST_WORD = "the"
"""The most frequent word: before it stand marks, unused numbers and single characters."""
MARKS = ("<s>", "<pad>", "</s>", "<unk>", "[UNK]")


def chosen(vocabulary: dict[str, int], used: set[str]) -> list[str]:
    """The pieces to keep, marks first, then in the order of the whole vocabulary."""
    start = vocabulary[FIRST_WORD]
    plain = set(string.ascii_lowercase + string.digits + string.punctuation)
    kept = []
    for piece, number in sorted(vocabulary.items(), key=lambda item: item[1]):
        single = piece.removeprefix("##") in plain
        if piece not in MARKS and (single or start <= number < start + FREQUENT or piece in used):
            kept.append(piece)
    return [*MARKS, *kept]


def cut(tokenizer: str, kept: Sequence[str]) -> tuple[str, list[int]]:
    """A tokenizer's file with only the kept pieces, numbered anew, and the old numbers of these in their new order.

    Raises KeyError if a piece is not in the tokenizer's vocabulary.
    """
    raw: dict[str, Any] = json.loads(tokenizer)
    old = raw["model"]["vocab"]
    new = {piece: number for number, piece in enumerate(kept)}
    raw["model"]["vocab"] = new
    raw["added_tokens"] = [t | {"id": new[t["content"]]} for t in raw["added_tokens"] if t["content"] in new]
    return json.dumps(raw, ensure_ascii=False), [old[piece] for piece in kept]


def read_list(path: Path = LIST) -> list[str]:
    """The kept pieces, one a line."""
    return path.read_text(encoding="utf-8").splitlines()


def main() -> int:
    from training.bases import whole_mpnet_tokenizer
    from training.data import load_answers, load_passages

    text = whole_mpnet_tokenizer()
    tokenizer = Tokenizer.from_str(text)
    used: set[str] = set()
    for example in (*load_answers(), *load_passages()):
        said = " ".join((example.question, *example.facts, example.text))
        used |= set(tokenizer.encode(said, add_special_tokens=False).tokens)
    kept = chosen(json.loads(text)["model"]["vocab"], used)
    LIST.write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"{len(kept)} pieces kept")
    return 0


if __name__ == "__main__":
    sys.exit(main())
