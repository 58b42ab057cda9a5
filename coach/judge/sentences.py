"""Spoken sentences: punctuation first, pauses second, and words like "so" and "but" where neither is there.

A recogniser writes punctuation most of the time, but it may stop doing so for minutes. What is not cut by a full stop
is then cut at pauses of the signal, else at gaps between words, else before a word that usually begins a new thought.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.domain.transcript import Transcript

PAUSE_S = 0.7
"""A silence that may end a sentence which no full stop ended (research on long pauses: 0.7 s)."""
LONG_WORDS = 35
"""A stretch of more words than this is cut further even without a full stop."""
SHORT_WORDS = 6
"""A cut that is not at a full stop leaves at least this many words on both sides."""

_WORD = re.compile(r"\S+")
_END = re.compile(r"[.?!…]+[\"'”’)\]]*$")
_ABBREVIATIONS = frozenset(
    {"dr.", "mr.", "mrs.", "ms.", "prof.", "st.", "vs.", "e.g.", "i.e.", "approx.", "no.", "jr."}
)
_OPENERS = frozenset({"so", "but", "and", "then", "okay", "ok", "now", "also", "because", "yeah", "well", "after"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A spoken sentence: character offsets into the transcript's text, and seconds of audio where words have times."""

    start: int
    end: int
    text: str
    start_s: float | None = None
    end_s: float | None = None

    @property
    def words(self) -> int:
        """How many words it holds."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class TimedWord:
    """One word of the text with its character offsets, and its time in seconds where it is known."""

    text: str
    start: int
    end: int
    start_s: float | None = None
    end_s: float | None = None


def place_words(transcript: Transcript) -> tuple[TimedWord, ...]:
    """Every word of the text, with the times of the recogniser's words where both agree.

    The text may have been corrected by hand or joined differently than the words; a word that cannot be found within
    the next few dozen characters is passed over, and text words in between stay without a time.
    """
    text = transcript.text
    spans = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    starts: dict[int, tuple[float, float]] = {}
    folded, cursor = text.casefold(), 0
    if len(folded) != len(text):
        folded = text
    for word in transcript.spoken:
        wanted = word.text.strip().casefold()
        if not wanted:
            continue
        at = folded.find(wanted, cursor, cursor + len(wanted) + 60)
        if at >= 0:
            starts[at] = (word.start, word.end)
            cursor = at + len(wanted)
    placed, keys, k = [], sorted(starts), 0
    for start, end in spans:
        inside = []
        while k < len(keys) and keys[k] < end:
            if keys[k] >= start:
                inside.append(starts[keys[k]])
            k += 1
        first_s = inside[0][0] if inside else None
        last_s = inside[-1][1] if inside else None
        placed.append(TimedWord(text[start:end], start, end, first_s, last_s))
    return tuple(placed)


def split(transcript: Transcript) -> tuple[Sentence, ...]:
    """Split a transcript into sentences, in order; together they hold every word of the text."""
    words = place_words(transcript)
    pauses = [p.start for p in transcript.signal.pauses if p.seconds >= PAUSE_S] if transcript.signal else None
    runs: list[Sequence[TimedWord]] = []
    begin = 0
    for i, word in enumerate(words):
        follower = words[i + 1].text if i + 1 < len(words) else ""
        if i + 1 == len(words) or _ends_sentence(word.text, follower):
            runs.extend(_cut_long(words[begin : i + 1], pauses))
            begin = i + 1
    return tuple(_sentence(transcript.text, run) for run in runs if run)


def split_text(text: str) -> tuple[Sentence, ...]:
    """Split a text of which no sound is known."""
    return split(Transcript(text=text, words=(), duration_s=0.0, model=""))


def _ends_sentence(word: str, follower: str) -> bool:
    if not _END.search(word):
        return False
    if word.endswith(("...", "…")):
        return follower[:1].isupper()
    if word.casefold() in _ABBREVIATIONS or re.fullmatch(r"(?:[A-Za-z]\.)", word):
        return False
    if re.fullmatch(r"(?:[A-Za-z]\.){2,}", word):
        return follower[:1].isupper()
    return True


def _cut_long(words: Sequence[TimedWord], pauses: Sequence[float] | None) -> list[Sequence[TimedWord]]:
    """Cut a stretch without a full stop until each piece is short enough or has no good place to cut."""
    if len(words) <= LONG_WORDS:
        return [words]
    last = len(words) - SHORT_WORDS
    by_pause = [(gap, i) for i in range(SHORT_WORDS, last) if (gap := _gap(words, i, pauses)) >= PAUSE_S]
    if by_pause:
        cut = max(by_pause)[1]
    else:
        middle = len(words) / 2
        openers = [i for i in range(SHORT_WORDS, last) if _bare(words[i].text) in _OPENERS]
        commas = [i for i in range(SHORT_WORDS, last) if words[i - 1].text.endswith((",", ";", ":"))]
        both = [i for i in openers if i in commas]
        places = both or openers or commas
        cut = min(places, key=lambda i: abs(i - middle)) if places else round(middle)
    return _cut_long(words[:cut], pauses) + _cut_long(words[cut:], pauses)


def _gap(words: Sequence[TimedWord], i: int, pauses: Sequence[float] | None) -> float:
    """Seconds of silence before word `i`; 0 where it is not known."""
    before, after = words[i - 1].end_s, words[i].start_s
    if before is None or after is None:
        return 0.0
    if pauses is not None:
        # Word times are unsure by some tenths of a second: the signal's own pauses decide.
        return max(after - before, PAUSE_S) if any(before - 0.3 <= p <= after + 0.3 for p in pauses) else 0.0
    return after - before


def _bare(word: str) -> str:
    return word.casefold().strip(".,;:!?\"'“”’()")


def _sentence(text: str, words: Sequence[TimedWord]) -> Sentence:
    start, end = words[0].start, words[-1].end
    return Sentence(
        start,
        end,
        text[start:end],
        next((w.start_s for w in words if w.start_s is not None), None),
        next((w.end_s for w in reversed(words) if w.end_s is not None), None),
    )
