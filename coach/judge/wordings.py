"""Wordings: the small language in which a rubric names words, without regular expressions.

- words match without regard to case and punctuation;
- `a/my/the`: one of these words; `(current)`: may be there or not;
- `<apply>`: any form of the word (applies, applied), or the named list of the rubric if one has that name;
- `<NUMBER>`: a number in digits or in words; `...`: up to three words in between.

There is no repetition and no nesting, so the work is bounded: words x slots x (gap + 1) for each wording.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

MOST_SLOTS = 12
MOST_EXPANSIONS = 40
MOST_LINES = 200
MOST_LENGTH = 200
GAP = 3
"""How many words `...` may stand for."""

_NUMBERS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
"""
NUMBERS = frozenset(_NUMBERS.split())
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PART = re.compile(r"\.\.\.|\([^()<>]+\)|<[^<>]+>|[^\s()<>]+")
_NAME = re.compile(r"[a-z][a-z0-9 _-]*")


class WordingError(ValueError):
    """A wording that cannot be understood; the message says why and what is allowed."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the answer as wordings see it: folded text, character offsets, and its base form once it is known."""

    text: str
    start: int
    end: int
    lemma: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a wording: `words` that fit, or base forms of words that fit; `gap` words may be passed over."""

    words: frozenset[str] = frozenset()
    lemmas: frozenset[str] = frozenset()
    number: bool = False
    optional: bool = False
    gap: int = 0

    def fits(self, token: Token) -> bool:
        """Whether the token may stand here."""
        if token.text in self.words or (self.lemmas and (token.lemma or token.text) in self.lemmas):
            return True
        return self.number and (token.text in NUMBERS or token.text[0].isdigit())


@dataclass(frozen=True, slots=True)
class Wording:
    """A compiled wording."""

    text: str
    slots: tuple[Slot, ...]

    @property
    def needs_lemmas(self) -> bool:
        """Whether base forms of the answer's words are needed."""
        return any(s.lemmas for s in self.slots)


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text; hyphens separate, apostrophes do not ("don't" is one word)."""
    return tuple(Token(m.group().casefold().replace("’", "'"), m.start(), m.end()) for m in _TOKEN.finditer(text))


def compile_wording(text: str, named: Mapping[str, Sequence[str]] | None = None) -> tuple[Wording, ...]:
    """Compile one wording; named lists are put in, so one line may become several wordings.

    Raises WordingError when the line is too long, empty, badly written, or grows into too many wordings.
    """
    named = named or {}
    if len(text) > MOST_LENGTH:
        raise WordingError(f"is longer than {MOST_LENGTH} characters")
    parts = _PART.findall(text)
    if "".join(parts) != re.sub(r"\s+", "", text) and "".join(parts).replace(" ", "") != re.sub(r"\s+", "", text):
        raise WordingError("has a bracket that is not closed; allowed: (word), <word>, a/b, ...")
    choices: list[Sequence[str]] = []
    for part in parts:
        name = part[1:-1] if part.startswith("<") else ""
        choices.append(tuple(named[name]) if name in named else (part,))
        if name in named and any(f"<{n}>" in line for line in named[name] for n in named):
            raise WordingError(f"uses the list <{name}>, which itself uses a list; lists may not hold lists")
    count = 1
    for choice in choices:
        count *= max(1, len(choice))
    # A single list may be long, but lists that multiply may not grow.
    most = MOST_EXPANSIONS if sum(len(c) > 1 for c in choices) > 1 else MOST_LINES
    if count > most:
        raise WordingError(f"becomes {count} wordings; at most {most} are allowed")
    return tuple(Wording(line, _slots(line)) for line in (" ".join(c) for c in product(*choices)))


def _slots(line: str) -> tuple[Slot, ...]:
    slots: list[Slot] = []
    for part in _PART.findall(line):
        slots.extend(_slot(part))
    if slots and slots[0].gap:
        raise WordingError('begins with "..."; it may only stand between words')
    if slots and slots[-1].gap:
        raise WordingError('ends with "..."; it may only stand between words')
    if not any(not s.optional and not s.gap for s in slots):
        raise WordingError("holds no word that must be there")
    if len(slots) > MOST_SLOTS:
        raise WordingError(f"has {len(slots)} places; at most {MOST_SLOTS} are allowed")
    return tuple(slots)


def _slot(part: str) -> list[Slot]:
    if part == "...":
        return [Slot(gap=GAP)]
    if part == "<NUMBER>":
        return [Slot(number=True)]
    if part.startswith("<"):
        names = part[1:-1].split("/")
        if not all(_NAME.fullmatch(n) and len(n.split()) == 1 for n in names):
            raise WordingError(f"{part} is not known; allowed: <word>, <NUMBER>, or a list named in wordings")
        return [Slot(lemmas=frozenset(names))]
    optional = part.startswith("(")
    inner = part[1:-1] if optional else part
    if "/" in inner:
        words = [t.text for w in inner.split("/") for t in tokens(w)]
        if len(words) != inner.count("/") + 1:
            raise WordingError(f"{part}: between / only single words are allowed")
        return [Slot(words=frozenset(words), optional=optional)]
    found = tokens(inner)
    if not found:
        raise WordingError(f"{part} holds no word")
    if optional and len(found) > 1:
        raise WordingError(f"{part}: brackets may hold only one word")
    return [Slot(words=frozenset({t.text}), optional=optional) for t in found]


Index = Mapping[str, Sequence[int]]
"""Where each word, and each base form, stands."""


def index(words: Sequence[Token]) -> Index:
    """Where each word stands, and each base form with "<" before it."""
    places: dict[str, list[int]] = {}
    for i, word in enumerate(words):
        places.setdefault(word.text, []).append(i)
        places.setdefault("<" + (word.lemma or word.text), []).append(i)
    return places


def find(wording: Wording, words: Sequence[Token], places: Index | None = None) -> list[tuple[int, int]]:
    """Every place where the wording stands, as (first, after last) indices into `words`; places do not overlap.

    `places` is `index(words)`, to be made once when many wordings are looked for.
    """
    found: list[tuple[int, int]] = []
    after = 0
    for i in _starts(wording.slots[0], words, places):
        if i >= after and (end := _match(wording.slots, words, i)) > i:
            found.append((i, end))
            after = end
    return found


def _starts(slot: Slot, words: Sequence[Token], places: Index | None) -> Sequence[int]:
    if places is None or slot.optional or slot.number:
        return range(len(words))
    names = [*slot.words, *(f"<{lemma}" for lemma in slot.lemmas)]
    if len(names) == 1:
        return places.get(names[0], ())
    return sorted({i for name in names for i in places.get(name, ())})


def _match(slots: Sequence[Slot], words: Sequence[Token], begin: int) -> int:
    """Where the longest match that begins at `begin` ends, or `begin` when there is none."""
    reached = {begin}
    for slot in slots:
        after: set[int] = set()
        for at in reached:
            if slot.gap:
                after.update(range(at, min(at + slot.gap, len(words)) + 1))
                continue
            if slot.optional:
                after.add(at)
            if at < len(words) and slot.fits(words[at]):
                after.add(at + 1)
        if not after:
            return begin
        reached = after
    return max(reached)
