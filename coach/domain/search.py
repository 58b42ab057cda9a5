"""How the words of a search are looked up, in question banks and in past answers alike."""

LEAST_STEM, MOST_CUT = 4, 5
"""Of a word that is not found so many letters are kept at least, and so many left off at most."""
MOST_WORDS = 12
"""More words than this in a search do not narrow it further."""


def ways(word: str) -> tuple[str, ...]:
    """How to look up a word, as full-text queries, the nearest first: as a beginning, then without its last letters.

    What is indexed are stems, so that "mistakes" finds "mistake"; half a word ("consultan") is longer than its stem,
    and a slip of the finger is mostly near the end. No sign in `word` can break a query.
    """
    shorter = (word[:length] for length in range(len(word) - 1, max(LEAST_STEM, len(word) - MOST_CUT) - 1, -1))
    return (f"{_quoted(word)}*", *(_quoted(stem) for stem in shorter))


def _quoted(word: str) -> str:
    # SQLite takes NUL for the end of the query.
    return '"' + word.replace('"', '""').replace("\0", " ") + '"'
