"""Hesitations: um, uh, hmm and their kin. What is heard is a lower bound, "at least N"."""

import re
from collections.abc import Iterable
from dataclasses import replace

from coach.domain.transcript import Word

SOUND = re.compile(r"^(u+[hm]+|u+hm+|h+m+|m+h*m+|e+r+m?|a+h+|e+h+m?|a+h*m+)$")
"""How hesitations are written, after punctuation and case are gone. "Oh", "ah" with "a" alone and "I" are words."""
_MARKS = re.compile(r"[^a-z]+")


def is_hesitation(text: str) -> bool:
    """Whether a written word is a hesitation."""
    plain = _MARKS.sub("", text.casefold())
    return plain != "am" and bool(SOUND.match(plain))


def marked(words: Iterable[Word]) -> tuple[Word, ...]:
    """The words, those that are hesitations marked as such."""
    return tuple(replace(word, kind="hesitation") if is_hesitation(word.text) else word for word in words)
