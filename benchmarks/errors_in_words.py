"""Word errors and hesitations: definitions shared by the benchmarks.

Words are compared after Whisper's own English normaliser (numbers, spelling, contractions alike on both sides), which
leaves hesitations out; these are counted apart. A hesitation is found when there is one in the transcript at the same
place, give or take one word, found by aligning the other words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

HESITATION = re.compile(r"^(u+[hm]+|u+hm+|h+m+|m+h*m+|e+r+m?|a+h+|e+h+m?)$")
NEAR = 1
"""How many words a hesitation may be away from its place."""


@dataclass(frozen=True, slots=True)
class Errors:
    """Word errors and words of the reference, and the hesitations said, reported and found."""

    wrong: int = 0
    words: int = 0
    said: int = 0
    reported: int = 0
    found: int = 0

    def __add__(self, other: "Errors") -> "Errors":
        return Errors(
            self.wrong + other.wrong,
            self.words + other.words,
            self.said + other.said,
            self.reported + other.reported,
            self.found + other.found,
        )

    @property
    def wer(self) -> float:
        """Word error rate, from 0."""
        return self.wrong / self.words if self.words else 0.0

    @property
    def recall(self) -> float | None:
        """Share of the hesitations said that were found; None when none was said."""
        return self.found / self.said if self.said else None

    @property
    def precision(self) -> float | None:
        """Share of the hesitations reported that were said; None when none was reported."""
        return self.found / self.reported if self.reported else None


def compare(reference: str, heard: str) -> Errors:
    """The errors of what was heard, both as plain text with hesitations in place."""
    said, reported = places(reference), places(heard)
    truth, found = normal(reference), normal(heard)
    wrong = _process(truth, found) if truth else None
    errors = wrong.substitutions + wrong.deletions + wrong.insertions if wrong is not None else len(found.split())
    return Errors(errors, len(truth.split()), len(said), len(reported), matches(reference, heard))


def normal(text: str) -> str:
    """Text as Whisper's normaliser leaves it."""
    result: str = _normaliser()(text)
    return result


def tokens(text: str) -> list[str]:
    """Words in lower case without punctuation, hesitations among them."""
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


def places(text: str) -> list[int]:
    """For each hesitation, how many other words come before it."""
    found: list[int] = []
    words = 0
    for token in tokens(text):
        if HESITATION.match(token):
            found.append(words)
        else:
            words += 1
    return found


def matches(reference: str, heard: str) -> int:
    """How many hesitations of the reference were heard at their place."""
    truth = [token for token in tokens(reference) if not HESITATION.match(token)]
    found = [token for token in tokens(heard) if not HESITATION.match(token)]
    places_heard = places(heard)
    count = 0
    for place in _carried(places(reference), truth, found):
        near = [p for p in places_heard if abs(p - place) <= NEAR]
        if near:
            places_heard.remove(min(near, key=lambda p: abs(p - place)))
            count += 1
    return count


def _carried(spots: Sequence[int], truth: Sequence[str], found: Sequence[str]) -> list[int]:
    """Places in one sequence of words as places in the other."""
    if not truth or not found:
        return list(spots)
    carry = [0] * (len(truth) + 1)
    for chunk in _process(" ".join(truth), " ".join(found)).alignments[0]:
        size = max(1, chunk.ref_end_idx - chunk.ref_start_idx)
        for index in range(chunk.ref_start_idx, chunk.ref_end_idx):
            share = (index - chunk.ref_start_idx) / size
            carry[index] = chunk.hyp_start_idx + round(share * (chunk.hyp_end_idx - chunk.hyp_start_idx))
        carry[chunk.ref_end_idx] = chunk.hyp_end_idx
    return [carry[spot] for spot in spots]


def _process(reference: str, heard: str) -> Any:  # noqa: ANN401 - a class of jiwer
    import jiwer

    return jiwer.process_words(reference, heard)


@cache
def _normaliser() -> Any:  # noqa: ANN401 - a class of whisper_normalizer
    from whisper_normalizer.english import EnglishTextNormalizer

    return EnglishTextNormalizer()
