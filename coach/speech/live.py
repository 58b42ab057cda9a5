"""Transcribing while somebody speaks, so that at the stop only the unfinished tail is left.

Three kinds of reading, all of one piece of sound (segments.py decides the pieces):
- a *final* one when the piece is complete: the whole piece at full quality, once, never again;
- one *ahead* at each pause of the speaker: if nothing more is said, it becomes the final one at no cost;
- a *glance* every few seconds for the captions.
Readings ahead and glances go on from what an earlier reading of the same piece is sure of (joining.py), so they stay
short; so does the last piece at the stop. The sound decides what is read as one piece, never the clock.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt

from coach.domain.take import SAMPLE_RATE
from coach.domain.transcript import Caption, Word
from coach.speech.joining import anchor, join
from coach.speech.segments import LEAD_S, Cut, Cutter, Pause, Piece

Samples = npt.NDArray[np.float32]

GLANCE_S = 2.5
"""New speech that is worth a look for the captions."""
EDGE_S = 1.2
"""Words this close to the end of unfinished sound may still change; a pause makes them sure."""


class Read(Protocol):
    """Reads one piece of sound: samples, and its start in the take in seconds."""

    def __call__(self, samples: Samples, start_s: float) -> tuple[Word, ...]:
        """The words of the piece, with times from the start of the take."""
        ...


class Detect(Protocol):
    """Finds speech in sound as it comes; see voice.VoiceDetector."""

    def feed(self, samples: Samples) -> npt.NDArray[np.float32]:
        """Probabilities of the frames that are complete now."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of the open piece so far. `whole` means that nothing was taken over from an earlier reading."""

    piece: Piece
    words: tuple[Word, ...]
    sure: bool
    whole: bool

    def kept(self) -> tuple[Word, ...]:
        """The words that a later reading of the same piece may begin with."""
        if self.sure:
            return self.words
        return tuple(word for word in self.words if word.end <= self.piece.end - EDGE_S)


class Live:
    """One take being followed. `feed` is cheap; `work` does one reading; `finish` returns all words.

    Not thread-safe: one thread feeds and works. `on_caption` is called when the text changes.
    """

    def __init__(self, read: Read, detector: Detect, on_caption: Callable[[Caption], None] | None = None) -> None:
        self._read = read
        self._detector = detector
        self._on_caption = on_caption
        self._cutter = Cutter()
        self._sound: list[Samples] = []
        self._held = np.zeros(0, dtype=np.float32)
        self._held_from = 0
        self._frames = 0
        self._probabilities: list[npt.NDArray[np.float32]] = []
        self._waiting: list[Piece] = []
        self._pause: Piece | None = None
        self._open: Reading | None = None
        self._final: list[Word] = []
        self._caption = Caption("")

    @property
    def seconds(self) -> float:
        """How much sound came in."""
        return self._frames / SAMPLE_RATE

    @property
    def probabilities(self) -> npt.NDArray[np.float32]:
        """Speech probability of each 32 ms so far."""
        return np.concatenate([np.zeros(0, dtype=np.float32), *self._probabilities])

    def feed(self, samples: Samples) -> None:
        """Take in the next sound, any length."""
        self._sound.append(samples)
        self._frames += len(samples)
        probabilities = self._detector.feed(samples)
        self._probabilities.append(probabilities)
        for step in self._cutter.feed(probabilities.tolist()):
            if isinstance(step, Cut):
                self._waiting.append(step.piece)
                self._pause = None
            elif isinstance(step, Pause):
                self._pause = step.piece

    def work(self) -> bool:
        """Do the most useful reading, if there is one; False when there is nothing to do until more sound comes."""
        if self._waiting:
            self._settle(self._waiting.pop(0))
        elif self._pause is not None:
            piece, self._pause = self._pause, None
            self._ahead(piece, sure=True)
        elif (glance := self._glance()) is not None:
            self._ahead(glance, sure=False)
        else:
            return False
        return True

    def settle(self) -> None:
        """Read all complete pieces, and nothing ahead."""
        while self._waiting:
            self._settle(self._waiting.pop(0))

    def finish(self) -> tuple[Word, ...]:
        """Read what is left and return every word of the take."""
        self.settle()
        last = self._cutter.flush(self.seconds)
        if last is not None:
            self._settle(last, hurry=True)
        return tuple(self._final)

    def _settle(self, piece: Piece, *, hurry: bool = False) -> None:
        """Make the words of a complete piece final. In a hurry, what was read ahead of it is not read again."""
        ahead = self._opened(piece)
        if ahead is not None and _same(ahead.piece, piece) and (ahead.whole or (hurry and ahead.sure)):
            words = ahead.words
        else:
            words, _ = self._words(piece, ahead if hurry else None)
        self._final.extend(words)
        self._open = None
        self._forget(piece.end)
        self._tell()

    def _ahead(self, piece: Piece, *, sure: bool) -> None:
        words, whole = self._words(piece, self._opened(piece))
        self._open = Reading(piece, words, sure=sure, whole=whole)
        self._tell()

    def _opened(self, piece: Piece) -> Reading | None:
        return self._open if self._open is not None and self._open.piece.start == piece.start else None

    def _glance(self) -> Piece | None:
        piece = self._cutter.open_piece()
        if piece is None:
            return None
        ahead = self._opened(piece)
        seen = ahead.piece.end if ahead is not None else piece.start
        return piece if piece.end - seen >= GLANCE_S else None

    def _words(self, piece: Piece, before: Reading | None) -> tuple[tuple[Word, ...], bool]:
        """The words of a piece, and whether all of it was read for them."""
        sure = before.kept() if before is not None else ()
        begin = anchor(sure)
        if begin is not None:
            index, at = begin
            joined = join(sure, index, self._read(self._samples(at, piece.end), at))
            if joined is not None:
                return joined, False
        return self._read(self._samples(piece.start, piece.end), piece.start), True

    def _samples(self, start: float, end: float) -> Samples:
        if self._sound:
            self._held = np.concatenate([self._held, *self._sound])
            self._sound = []
        first = max(0, int(start * SAMPLE_RATE) - self._held_from)
        last = max(first, int(end * SAMPLE_RATE) - self._held_from)
        return self._held[first:last]

    def _forget(self, before: float) -> None:
        """Drop sound that is final, so that memory does not grow with the answer."""
        drop = int(max(0.0, before - LEAD_S) * SAMPLE_RATE) - self._held_from
        if 0 < drop <= len(self._held):
            self._held = self._held[drop:].copy()
            self._held_from += drop

    def _tell(self) -> None:
        caption = Caption(text_of(self._final), text_of(self._open.words) if self._open else "")
        if caption != self._caption and self._on_caption is not None:
            self._on_caption(caption)
        self._caption = caption


def flowing(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words without the full stops that the decoder puts at the end of a piece cut in mid-sentence.

    A sentence does not go on in lower case; abbreviations ("a.m.", "Dr.") keep their stop.
    """
    spoken = [word for word in words if word.kind == "word"]
    ending = {
        id(before)
        for before, after in pairwise(spoken)
        if before.text.endswith(".")
        and after.text[:1].islower()
        and len(before.text) > 4
        and "." not in before.text[:-1]
    }
    return tuple(replace(word, text=word.text[:-1]) if id(word) in ending else word for word in words)


def text_of(words: tuple[Word, ...] | list[Word]) -> str:
    """The words as text, hesitations left out."""
    return " ".join(word.text for word in words if word.kind == "word")


def _same(one: Piece, other: Piece) -> bool:
    """Whether two pieces hold the same speech: equal but for the silence at their end."""
    return one.start == other.start and abs(one.speech_s - other.speech_s) < 1e-6
