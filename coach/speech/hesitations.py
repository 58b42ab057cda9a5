"""Hesitations: um, uh, hmm. The recogniser leaves most of them out; here they are found without touching the words.

How: the words come from a clean reading. Then the decoder is led along these words once more and asked, before each of
them, how likely a hesitation would be (recogniser.Window.hesitation_odds). A logistic regression on synthetic answers
with known hesitations turns that into a probability; at the start of a sentence or of a piece the decoder expects a
hesitation anyway, so more is asked there. Figures, and what else was tried: docs/speech.md.

What is found is a lower bound: "at least N".
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from coach.domain.transcript import Word

BIAS = 4.70
WEIGHT = 1.15
AT_START = -2.50
"""The regression: bias, weight of the log odds, and what is taken off at the start of a sentence or a piece."""
SURE = 0.4
"""Hesitations at least this probable are counted; chosen on the synthetic answers for equal recall and precision."""
SOUND = re.compile(r"^(u+[hm]+|u+hm+|h+m+|m+h*m+|e+r+m?|a+h+|e+h+m?)$")
"""How hesitations are written, after punctuation and case are gone; "oh" and "am" are words."""
_MARKS = re.compile(r"[^a-z]+")
_ENDS = (".", "?", "!")


def is_hesitation(text: str) -> bool:
    """Whether a written word is a hesitation."""
    return bool(SOUND.match(_MARKS.sub("", text.casefold())))


def marked(words: Iterable[Word]) -> tuple[Word, ...]:
    """The words, those that are hesitations marked as such."""
    return tuple(replace(word, kind="hesitation") if is_hesitation(word.text) else word for word in words)


def probability(odds: float, *, at_start: bool) -> float:
    """How probable a hesitation is, from the decoder's own probability for one."""
    logit = BIAS + WEIGHT * math.log((odds + 1e-5) / (1 - odds + 1e-5)) + (AT_START if at_start else 0.0)
    return 1 / (1 + math.exp(-logit))


def with_hesitations(words: Sequence[Word], odds: Sequence[float]) -> tuple[Word, ...]:
    """The words with the hesitations between them; those that were written are marked.

    `odds` has one entry for the place before each word and one for the end. Next to a written hesitation none is added.
    """
    known = marked(words)
    result: list[Word] = []
    for index, odd in enumerate(odds):
        before = known[index - 1] if index > 0 else None
        after = known[index] if index < len(known) else None
        beside = any(word is not None and word.kind == "hesitation" for word in (before, after))
        at_start = before is None or before.text.rstrip("\"')").endswith(_ENDS)
        sure = probability(odd, at_start=at_start)
        if sure >= SURE and not beside and known:
            result.append(_between(before, after, sure))
        if after is not None:
            result.append(after)
    return tuple(result)


def _between(before: Word | None, after: Word | None, sure: float) -> Word:
    """A hesitation in the gap; the recogniser's times often leave none, then it takes no time."""
    start = before.end if before is not None else max(0.0, after.start - 0.3) if after is not None else 0.0
    end = max(start, after.start) if after is not None else start + 0.3
    return Word("um", round(start, 2), round(end, 2), round(sure, 4), kind="hesitation")
