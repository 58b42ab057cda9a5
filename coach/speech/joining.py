"""Going on from an earlier reading: where to begin again, and how to put the two readings together.

Reading a long piece again from its start for every few new words would cost more time than there is. So a later reading
begins a few seconds before the end of what is sure; both readings then hold the same few words, and are joined there.
Pure.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from coach.domain.transcript import Word

OVERLAP_S = (2.0, 6.0)
"""How much sure speech is heard again, at least and at most: context for the decoder, and words to join at."""
MIN_MATCH = 2
"""So many words in a row must be alike in both readings."""


def anchor(sure: Sequence[Word]) -> tuple[int, float] | None:
    """Where to begin reading again: the index of a word and the time just before it, in the widest gap at hand.

    None when there is too little sure speech to leave anything out.
    """
    if not sure:
        return None
    end = sure[-1].end
    candidates = [index for index in range(1, len(sure)) if OVERLAP_S[0] <= end - sure[index].start <= OVERLAP_S[1]]
    if not candidates:
        return None
    best = max(candidates, key=lambda index: (round(sure[index].start - sure[index - 1].end, 2), -index))
    gap = max(0.0, sure[best].start - sure[best - 1].end)
    return best, sure[best].start - gap / 2


def join(sure: Sequence[Word], index: int, again: Sequence[Word]) -> tuple[Word, ...] | None:
    """`sure` words and `again`, a reading that begins at the word `index`; None when they do not fit together.

    They are joined after the longest run of words that both hold.
    """
    old = [_key(word) for word in sure[index:]]
    new = [_key(word) for word in again]
    match = SequenceMatcher(None, old, new, autojunk=False).find_longest_match()
    if match.size < min(MIN_MATCH, len(old)):
        return None
    return (*sure[: index + match.a + match.size], *again[match.b + match.size :])


def _key(word: Word) -> str:
    return re.sub(r"\W+", "", word.text.casefold())
