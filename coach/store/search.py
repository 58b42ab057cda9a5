"""Which answers hold the words of a search."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from coach.domain.search import MOST_WORDS, ways


@dataclass(frozen=True, slots=True)
class Held:
    """How many of the searched words each answer holds, by its id. `partly`: none holds all of them."""

    words: dict[str, int] = field(default_factory=dict)
    partly: bool = False


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
