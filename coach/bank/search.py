"""What a filter means in SQL."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from coach.bank.records import Filter
from coach.domain.search import MOST_WORDS, ways

_WORD = re.compile(r"\w+")


def normal(text: str) -> str:
    """`text` for comparing: small letters, one space between words, no accents, hyphens and underscores as spaces."""
    plain = unicodedata.normalize("NFKD", text.replace("-", " ").replace("_", " "))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


@dataclass(frozen=True, slots=True)
class Sought:
    """The words of a search as full-text queries. `partly`: no question has all of them, so any will do."""

    words: tuple[str, ...] = ()
    partly: bool = False

    @property
    def query(self) -> str:
        """The full-text query; "" finds nothing."""
        return (" OR " if self.partly else " AND ").join(f"({word})" for word in self.words)


def sought(text: str, known: Callable[[str], bool]) -> Sought:
    """What to look for, of full-text queries that `known` says are found anywhere."""
    words = _WORD.findall(normal(text))[:MOST_WORDS]
    found = [next((way for way in ways(word) if known(way)), "") for word in words]
    return Sought(tuple(way for way in found if way), partly=not all(found))


def conditions(wanted: Filter, query: str = "") -> tuple[str, list[str]]:
    """The WHERE part over `questions q`, `files f` and, where text is searched, `words`; and its values.

    `query` is the full-text query of the text.
    """
    parts, values = ["f.active"], list[str]()
    if normal(wanted.text):
        parts.append("words MATCH ?" if query else "0")
        values += [query] if query else []
    for column, allowed in (
        ("q.bank_id", wanted.banks),
        ("q.category", wanted.categories),
        ("q.asked_by", wanted.asked_by),
    ):
        if allowed:
            parts.append(f"{column} IN ({','.join('?' * len(allowed))})")
            values += allowed
    for tag in wanted.tags:
        parts.append("EXISTS (SELECT 1 FROM tags WHERE tags.tag = ? AND tags.question = q.id)")
        values.append(tag)
    if wanted.without_tags:
        marks = ",".join("?" * len(wanted.without_tags))
        parts.append(f"q.id NOT IN (SELECT question FROM tags WHERE tag IN ({marks}))")  # noqa: S608 - only question marks
        values += wanted.without_tags
    for column, value in (("q.specialty", normal(wanted.specialty)), ("q.country", wanted.country.upper())):
        if value:
            parts.append(f"{column} = ?" if wanted.only else f"{column} IN ('', ?)")
            values.append(value)
    if wanted.templates is not None:
        parts.append("q.template" if wanted.templates else "NOT q.template")
    return " AND ".join(parts), values
