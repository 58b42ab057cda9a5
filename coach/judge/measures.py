"""Delivery in numbers, from the sound's speech and silence and from the words; pure.

Nothing here is a verdict: the rubric holds the bands and their sources. Where the sound is not known (an answer from a
text file), what needs it is None. Pauses and times come from the signal, never from the recogniser's word times.
"""

import re
from collections.abc import Sequence

import numpy as np

from coach.domain.measures import Measures
from coach.domain.signal import Signal, Span
from coach.domain.transcript import Transcript, Word

LONG_PAUSE_S = 1.0
"""Shorter silences are everyone's breathing and thinking."""
MIN_RATE_S = 10.0
"""A speaking rate from less speech than this is chance."""
SENTENCE_TAIL_S = 0.5
"""The end of a sentence, whose loudness is compared with the whole."""
MIN_SENTENCES = 3
MAX_REPEAT = 4
"""Repeats are looked for in phrases of up to this many words."""
_LOUDNESS_S = 0.1
_QUIET_DB = -80.0
_ENDS = (".", "!", "?")
_DOUBLED = frozenset({"had", "that", "very", "really", "so", "no", "yes", "bye", "many", "much", "far", "long", "is"})
"""Words that are said twice on purpose or by grammar; "very very", "had had", "no, no"."""


def measure(transcript: Transcript) -> Measures:
    """The delivery of one answer."""
    words = transcript.spoken
    signal = transcript.signal
    count = len(words) or len(transcript.text.split())
    heard = [word for word in transcript.words if word.kind == "hesitation"]
    minutes = transcript.duration_s / 60
    repeated, restarts = repeats(words)
    base = Measures(
        duration_s=round(transcript.duration_s, 2),
        words=count,
        hesitations=len(heard) if transcript.words else None,
        repeated_words=repeated if words else None,
        restarts=restarts if words else None,
    )
    if signal is None or not words:
        return base
    speech_s = sum(span.seconds for span in signal.speech)
    pauses = tuple(pause for pause in signal.pauses if pause.seconds >= LONG_PAUSE_S)
    fair = speech_s >= MIN_RATE_S
    return Measures(
        duration_s=base.duration_s,
        words=count,
        rate_wpm=round(count / minutes, 1) if fair and minutes else None,
        speech_rate_wpm=round(count / (speech_s / 60), 1) if fair else None,
        first_word_s=round(signal.speech[0].start, 2) if signal.speech else None,
        longest_run_s=longest_run(signal),
        long_pauses=pauses,
        pauses_inside_sentences=sum(not at_sentence_end(pause, words) for pause in pauses),
        hesitations=len(heard),
        hesitations_per_minute=round(len(heard) / minutes, 1) if fair and minutes else None,
        repeated_words=repeated,
        restarts=restarts,
        loudness_db=loudness(signal, signal.speech),
        sentence_end_drop_db=sentence_end_drop(signal, words),
    )


def longest_run(signal: Signal) -> float | None:
    """Seconds of the longest stretch without a pause of LONG_PAUSE_S."""
    if not signal.speech:
        return None
    longest = 0.0
    start = signal.speech[0].start
    for before, after in zip(signal.speech, signal.speech[1:], strict=False):
        if after.start - before.end >= LONG_PAUSE_S:
            longest = max(longest, before.end - start)
            start = after.start
    return round(max(longest, signal.speech[-1].end - start), 2)


def at_sentence_end(pause: Span, words: Sequence[Word]) -> bool:
    """Whether a pause falls between sentences: the last word that began before it ends one, or there is none.

    The recogniser's times are only used to find that word; its times may be off by the pause itself, so the word is
    found by its middle, and the punctuation decides.
    """
    before = [word for word in words if (word.start + min(word.end, word.start + 0.4)) / 2 <= pause.start + 0.1]
    return not before or before[-1].text.rstrip("\"')]").endswith(_ENDS)


def loudness(signal: Signal, where: Sequence[Span]) -> float | None:
    """The level of the sound in those spans, in dBFS (mean power)."""
    levels = [level for span in where for level in _levels(signal, span.start, span.end) if level > _QUIET_DB]
    if not levels:
        return None
    return round(float(10 * np.log10(np.mean(10 ** (np.array(levels) / 10)))), 1)


def sentence_end_drop(signal: Signal, words: Sequence[Word]) -> float | None:
    """By how many dB sentences get softer in their last half second than the answer is as a whole.

    The median over sentences that end in a silence, so that the end is known from the sound. A falling voice is normal;
    the rubric says how much is too much. None with fewer than MIN_SENTENCES such sentences.
    """
    whole = loudness(signal, signal.speech)
    if whole is None:
        return None
    drops: list[float] = []
    for span, after in zip(signal.speech, [*signal.pauses, None], strict=False):
        silence = after if after is not None else Span(span.end, span.end + LONG_PAUSE_S)
        if at_sentence_end(silence, words) and span.seconds >= 2 * SENTENCE_TAIL_S:
            tail = loudness(signal, (Span(span.end - SENTENCE_TAIL_S, span.end),))
            if tail is not None:
                drops.append(whole - tail)
    return round(float(np.median(drops)), 1) if len(drops) >= MIN_SENTENCES else None


def repeats(words: Sequence[Word]) -> tuple[int, int]:
    """How many words were said twice in a row ("the the"), and how many phrases were begun again ("I was, I was").

    Words that are doubled by grammar or on purpose ("very, very") do not count, nor do sentences that begin alike.
    """
    keys = [re.sub(r"[^a-z0-9']+", "", word.text.casefold()) for word in words]
    repeated = restarts = 0
    index = 0
    while index < len(keys):
        size = _repeat_at(keys, words, index)
        if size == 1 and keys[index] not in _DOUBLED:
            repeated += 1
        elif size > 1:
            restarts += 1
        index += max(1, size)
    return repeated, restarts


def _repeat_at(keys: Sequence[str], words: Sequence[Word], index: int) -> int:
    """The length of the phrase at `index` that is said again right after, 0 if none; the longest counts."""
    for size in range(MAX_REPEAT, 0, -1):
        first, second = keys[index : index + size], keys[index + size : index + 2 * size]
        if len(second) < size or first != second or not all(first):
            continue
        if any(word.text.endswith(_ENDS) for word in words[index : index + size]):
            continue
        if size > 1 and len(set(first)) == 1:
            continue
        return size
    return 0


def _levels(signal: Signal, start: float, end: float) -> tuple[float, ...]:
    first = max(0, round(start / _LOUDNESS_S))
    return signal.loudness_db[first : max(first + 1, round(end / _LOUDNESS_S))]
