"""Which answers hold the words of a search."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

LEAST_STEM, MOST_CUT = 4, 5
"""Of a word that is not found so many letters are kept at least, and so many left off at most."""
MOST_WORDS = 12
"""More words than this in a search do not narrow it further."""


@dataclass(frozen=True, slots=True)
class Held:
    """How many of the searched words each answer holds, by its id. `partly`: none holds all of them."""

    words: dict[str, int] = field(default_factory=dict)
    partly: bool = False


def ways(word: str) -> tuple[str, ...]:
    """How to look up a word, as full-text queries, the nearest first: as a beginning, then without its last letters.

    What is indexed are stems, so that "mistakes" finds "mistake"; half a word ("consultan") is longer than its stem,
    and a slip of the finger is mostly near the end.
    """
    shorter = (word[:length] for length in range(len(word) - 1, max(LEAST_STEM, len(word) - MOST_CUT) - 1, -1))
    return (f"{_quoted(word)}*", *(_quoted(stem) for stem in shorter))


def held(query: str, having: Callable[[str], Iterable[str]]) -> Held:
    """The answers with every word of `query`, or else all with some of its words.

    `having` gives the ids of the answers that a full-text query finds.
    """
    words = [word for word in dict.fromkeys(query.casefold().split()) if any(map(str.isalnum, word))][:MOST_WORDS]
    counts: Counter[str] = Counter()
    for word in words:
        counts.update(next((ids for way in ways(word) if (ids := set(having(way)))), ()))
    every = {answer: count for answer, count in counts.items() if count == len(words)}
    return Held(every) if every else Held(dict(counts), partly=True)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
