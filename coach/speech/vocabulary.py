"""Names and terms: what the recogniser is told to expect, and what is corrected after it, visibly.

A correction replaces whole words only, never inside a word, and each replaced word keeps what the recogniser wrote
(`Word.was`). The list of the field's own terms holds spellings of one spoken form ("h one b", "H1B"), nothing that
could put something into an answer that was not said.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.domain.transcript import Word

HOTWORD_CHARACTERS = 300
"""More terms than fit here would crowd the decoder's memory; the first ones count."""

_EDGES = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)
_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Correction:
    """What the recogniser tends to write, and what was meant; both as words, compared without case."""

    heard: str
    meant: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The user's names and terms: `terms` help the recogniser while it listens, `corrections` come after it."""

    terms: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


def _forms(meant: str, *heard: str) -> tuple[Correction, ...]:
    return tuple(Correction(form, meant) for form in heard)


FIELD_TERMS: tuple[Correction, ...] = (
    *_forms("H-1B", "h one b", "h 1 b", "h1b", "h1 b", "h-1-b", "h 1b", "h one-b", "age one b", "age 1b"),
    *_forms("J-1", "j one", "j 1", "j1", "jay one", "j-one"),
    *_forms("O-1", "o 1 visa"),
    *_forms("ECFMG", "ecf mg", "e c f m g", "ec fmg", "e.c.f.m.g", "ecmfg", "ecf m g"),
    *_forms("USMLE", "us mle", "u s m l e", "usm le", "u.s.m.l.e"),
    *_forms("Conrad 30", "conrad thirty", "conrad-30", "conrad's 30", "con rad 30"),
    *_forms("CaRMS", "cams match", "carms"),
    *_forms("IMG", "i m g", "i.m.g"),
    *_forms("PGY-1", "pgy one", "pgy 1", "p g y one", "pgy1"),
    *_forms("PGY-2", "pgy two", "pgy 2", "p g y two", "pgy2"),
    *_forms("OSCE", "oski", "osky"),
    *_forms("Step 1", "step one"),
    *_forms("Step 2", "step two"),
    *_forms("Step 3", "step three"),
    *_forms("ICU", "i c u", "i.c.u"),
)


def hotwords(vocabulary: Vocabulary) -> str:
    """The terms as the decoder takes them, cut at HOTWORD_CHARACTERS, each once, in the order given."""
    chosen: list[str] = []
    length = 0
    for term in dict.fromkeys(term.strip() for term in vocabulary.terms):
        if not term or length + len(term) + 2 > HOTWORD_CHARACTERS:
            continue
        chosen.append(term)
        length += len(term) + 2
    return ", ".join(chosen)


def correct(words: Sequence[Word], corrections: Iterable[Correction]) -> tuple[Word, ...]:
    """The words with corrections applied; the longest heard form wins, and a corrected stretch is one word.

    Punctuation around the stretch stays; a hesitation is never part of it; what already reads right is kept.
    """
    table = _table(corrections)
    longest = max(map(len, table), default=0)
    result: list[Word] = []
    index = 0
    while index < len(words):
        for size in range(min(longest, len(words) - index), 0, -1):
            stretch = words[index : index + size]
            meant = table.get(tuple(_key(word.text) for word in stretch)) if _plain(stretch) else None
            if meant is not None:
                result.append(_joined(stretch, meant))
                index += size
                break
        else:
            result.append(words[index])
            index += 1
    return tuple(result)


def _table(corrections: Iterable[Correction]) -> dict[tuple[str, ...], str]:
    table: dict[tuple[str, ...], str] = {}
    for item in corrections:
        key = tuple(part for word in item.heard.split() if (part := _key(word)))
        if key and item.meant.strip():
            table.setdefault(key, item.meant.strip())
    return table


def _key(word: str) -> str:
    return _LETTERS.sub("", word.casefold())


def _plain(stretch: Sequence[Word]) -> bool:
    """Whether these words may be read as one term: no hesitation among them, no sentence end or comma inside."""
    inner = stretch[:-1]
    return all(word.kind == "word" for word in stretch) and not any(word.text[-1:] in ".,;:!?" for word in inner)


def _joined(stretch: Sequence[Word], meant: str) -> Word:
    first, last = stretch[0], stretch[-1]
    written = " ".join(word.text for word in stretch)
    before, core, after = _split(written)
    if core == meant:
        return Word(written, first.start, last.end, min(word.probability for word in stretch))
    text = before + meant + after
    probability = min(word.probability for word in stretch)
    return Word(text, first.start, last.end, probability, was=written)


def _split(text: str) -> tuple[str, str, str]:
    match = _EDGES.match(text)
    return (match[1], match[2], match[3]) if match else ("", text, "")
