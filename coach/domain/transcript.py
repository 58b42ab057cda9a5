"""What was said."""

from dataclasses import dataclass

from coach.domain.signal import Signal


@dataclass(frozen=True, slots=True)
class Word:
    """One heard word; times in seconds from the start of the take, `probability` from 0 to 1.

    `kind` is "word" or "hesitation" (um, uh); `was` is what the recogniser wrote before a vocabulary correction, or "".
    """

    text: str
    start: float
    end: float
    probability: float
    kind: str = "word"
    was: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """One transcript of a take. `text` holds the words without hesitations, as they are judged and shown.

    `signal` is None when only text is known (an answer read from a text file).
    """

    text: str
    words: tuple[Word, ...]
    duration_s: float
    model: str
    signal: Signal | None = None

    @property
    def spoken(self) -> tuple[Word, ...]:
        """The words proper, hesitations left out."""
        return tuple(w for w in self.words if w.kind == "word")


@dataclass(frozen=True, slots=True)
class Caption:
    """Live text while speaking: `final` will not change, `provisional` may."""

    final: str
    provisional: str = ""
