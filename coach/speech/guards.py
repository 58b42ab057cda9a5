"""Keeping invented words out: loops, words where nobody spoke, and the closing "Thank you" that Whisper likes to add.

A phrase is never dropped for what it says alone: it must also lack a voice (research on Whisper's inventions, Koenecke
et al. 2024, and the practice of many projects: phrase lists alone delete true words).
"""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from coach.domain.transcript import Word
from coach.speech.recogniser import Heard
from coach.speech.segments import SPEECH_AT
from coach.speech.voice import FRAME_S

CLOSINGS = frozenset(
    {
        "thank you",
        "thanks",
        "thank you very much",
        "thank you so much",
        "thank you for watching",
        "thanks for watching",
        "bye",
        "bye bye",
        "goodbye",
        "you",
        "okay",
        "the end",
        "subtitles by the amara org community",
    }
)
"""What Whisper writes under silence and noise, as users of many projects report it."""
MIN_VOICE_S = 0.2
"""The shortest of the closings takes longer than this to say."""
UNSURE = 0.5
FASTEST = 8.0
"""Words a second of speech; nobody speaks faster, a loop does."""
REPEATS = 4

Probabilities = npt.NDArray[np.float32]


def guard(heard: Heard, probabilities: Probabilities, speech_s: float) -> tuple[Word, ...]:
    """The words of one piece that a voice stands behind.

    `probabilities` are the voice detector's for the whole take so far, 32 ms each; `speech_s` is how much of the piece
    is speech.
    """
    if heard.empty and speech_s < 1.0:
        return ()
    words = list(heard.words)
    if len(words) > FASTEST * max(speech_s, 0.25):
        words = collapse(words)
    words = [word for word in words if not _unvoiced(word, probabilities)]
    return tuple(_without_closing(words, probabilities))


def voiced_s(probabilities: Probabilities, start: float, end: float) -> float:
    """Seconds of speech between two times, as the voice detector sees it."""
    first, last = max(0, int(start / FRAME_S)), int(np.ceil(end / FRAME_S))
    return float((probabilities[first:last] >= SPEECH_AT).sum() * FRAME_S)


def collapse(words: Sequence[Word]) -> list[Word]:
    """The words with each phrase that is said REPEATS times in a row or more kept once."""
    keys = [re.sub(r"\W+", "", word.text.casefold()) for word in words]
    kept: list[Word] = []
    index = 0
    while index < len(words):
        for size in range(1, 9):
            phrase = keys[index : index + size]
            times = 1
            while len(phrase) == size and keys[index + times * size : index + (times + 1) * size] == phrase:
                times += 1
            if times >= REPEATS:
                kept.extend(words[index : index + size])
                index += times * size
                break
        else:
            kept.append(words[index])
            index += 1
    return kept


def _unvoiced(word: Word, probabilities: Probabilities) -> bool:
    """An unsure word at a place where nobody speaks; the decoder's times may be off by a few tenths of a second."""
    return word.probability < UNSURE and voiced_s(probabilities, word.start - 0.3, word.end + 0.3) == 0.0


def _without_closing(words: list[Word], probabilities: Probabilities) -> list[Word]:
    for size in range(min(6, len(words)), 0, -1):
        phrase = words[-size:]
        said = " ".join(re.sub(r"[^\w\s]+", "", word.text.casefold()) for word in phrase)
        if said not in CLOSINGS:
            continue
        after = words[-size - 1].end if len(words) > size else phrase[0].start - 0.3
        voice = voiced_s(probabilities, after, phrase[-1].end + 0.2)
        unsure = float(np.mean([word.probability for word in phrase])) < UNSURE
        if voice < MIN_VOICE_S or (unsure and voice < 2 * MIN_VOICE_S):
            return words[:-size]
        return words
    return words
