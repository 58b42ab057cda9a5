"""What a filter means in SQL."""

import re
import unicodedata

from coach.bank.records import Filter

_WORD = re.compile(r"\w+")
MAX_WORDS = 12
"""More words than this in a search do not narrow it further."""


def normal(text: str) -> str:
    """`text` for comparing: small letters, one space between words, no accents, hyphens and underscores as spaces."""
    plain = unicodedata.normalize("NFKD", text.replace("-", " ").replace("_", " "))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def match_words(text: str) -> str:
    """A full-text query that finds every word of `text` as a beginning, whatever signs it holds; "" finds nothing."""
    words = _WORD.findall(normal(text))[:MAX_WORDS]
    return " ".join(f'"{word}"*' for word in words)


def conditions(wanted: Filter) -> tuple[str, list[str]]:
    """The WHERE part over `questions q`, `files f` and, where text is searched, `words`; and its values."""
    parts, values = ["f.active"], list[str]()
    if normal(wanted.text):
        query = match_words(wanted.text)
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
