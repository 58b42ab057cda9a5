"""Where to cut speech into pieces for the recogniser: in silences, late enough for context, early enough to keep up.

Pure: what is decided depends on the voice probabilities alone, frame by frame, so a take that is followed live and one
that is read from disk later are cut at the same places.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from coach.speech.voice import FRAME_S

SPEECH_AT = 0.35
SILENCE_AT = 0.35
"""Speech begins above the first and ends below the second. Lower than Silero's own 0.5 and 0.35: soft, hoarse and
whispered speech must be heard, and what is no speech after all gives no words (guards.py)."""
LEAD_S = 0.25
"""Sound kept before the first and after the last speech of a piece, so that soft sounds are not cut off."""
PAUSE_S = 0.35
"""A silence this long is a chance to read ahead what was said so far."""
LONGEST_S = 18.0
"""A piece is cut here at the latest, at its quietest place in the last QUIET_S seconds."""
QUIET_S = 6.0
STEPS = ((4.0, 0.8), (6.0, 0.5), (8.0, 0.35), (11.0, 0.25), (14.0, 0.16))
"""From a length of so many seconds, a silence of so many is enough to cut: the longer the piece, the less.
Measured: pieces of about 10 s are heard as well as pieces of 25 s, and leave less for the stop (docs/speech.md)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the take to be decoded on its own, in seconds; `speech_s` is how much of it is speech."""

    start: float
    end: float
    speech_s: float


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece is complete; it will not change."""

    piece: Piece


@dataclass(frozen=True, slots=True)
class Pause:
    """The speaker paused; `piece` is what is open, up to here. Speech may go on."""

    piece: Piece


Step = Cut | Pause


class Cutter:
    """Turns voice probabilities into pieces. Feed it frames as they come; `flush` gives what is left at the stop."""

    def __init__(self) -> None:
        self._frames = 0
        self._start = 0.0
        self._speaking = False
        self._first_speech: float | None = None
        self._last_speech = 0.0
        self._speech_s = 0.0
        self._recent: list[float] = []
        self._paused = False

    @property
    def seconds(self) -> float:
        """How much was fed."""
        return self._frames * FRAME_S

    @property
    def last_speech(self) -> float:
        """Where speech was last heard, in seconds; 0 if never."""
        return self._last_speech

    def feed(self, probabilities: Iterable[float]) -> list[Step]:
        """Take in the next frames; returns what they decided, in order."""
        steps: list[Step] = []
        for probability in probabilities:
            steps.extend(self._one(float(probability)))
        return steps

    def open_piece(self) -> Piece | None:
        """What is open now, up to LEAD_S after the last speech, or None when there is no speech in it."""
        if self._first_speech is None:
            return None
        end = min(self.seconds, self._last_speech + LEAD_S)
        return Piece(self._start, end, self._speech_s)

    def flush(self, end: float) -> Piece | None:
        """The last piece of a take that ends at `end` seconds."""
        if self._first_speech is None:
            return None
        return Piece(self._start, min(end, self._last_speech + LEAD_S), self._speech_s)

    def _one(self, probability: float) -> list[Step]:
        self._frames += 1
        now = self.seconds
        self._speaking = probability >= (SILENCE_AT if self._speaking else SPEECH_AT)
        self._recent.append(probability)
        del self._recent[: -int(QUIET_S / FRAME_S)]
        if self._speaking:
            if self._first_speech is None:
                self._first_speech = now - FRAME_S
                self._start = max(self._start, self._first_speech - LEAD_S)
            self._last_speech = now
            self._speech_s += FRAME_S
            self._paused = False
        if self._first_speech is None:
            return []
        silence = now - self._last_speech
        length = now - self._start
        if length >= LONGEST_S:
            return [self._cut(self._quietest(now))]
        if silence >= needed_silence(self._last_speech - self._start):
            return [self._cut(min(now, self._last_speech + LEAD_S))]
        if silence >= PAUSE_S and not self._paused:
            self._paused = True
            return [Pause(Piece(self._start, min(now, self._last_speech + LEAD_S), self._speech_s))]
        return []

    def _quietest(self, now: float) -> float:
        """The middle of the quietest 0.1 s of the last QUIET_S seconds: the forced cut of a speaker without pauses."""
        around = [sum(self._recent[i : i + 3]) for i in range(len(self._recent) - 2)]
        best = min(range(len(around)), key=lambda i: around[i])
        return now - (len(self._recent) - best - 1.5) * FRAME_S

    def _cut(self, at: float) -> Cut:
        piece = Piece(self._start, at, self._speech_s)
        self._start = at
        if at < self._last_speech:  # a forced cut: what came after it belongs to the next piece
            self._first_speech = at
            self._speech_s = self._last_speech - at
        else:
            self._first_speech = None
            self._speech_s = 0.0
        self._paused = False
        return Cut(piece)


def needed_silence(length: float) -> float:
    """How long a silence must be to end a piece of that length, in seconds (infinite for a very short piece)."""
    wanted = float("inf")
    for seconds, silence in STEPS:
        if length >= seconds:
            wanted = silence
    return wanted


def pieces(probabilities: Iterable[float], duration_s: float) -> list[Piece]:
    """All pieces of a whole take."""
    cutter = Cutter()
    found = [step.piece for step in cutter.feed(probabilities) if isinstance(step, Cut)]
    last = cutter.flush(duration_s)
    return [*found, last] if last is not None else found
