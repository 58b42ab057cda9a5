"""Delivery in numbers."""

from dataclasses import dataclass

from coach.domain.signal import Span


@dataclass(frozen=True, slots=True)
class Measures:
    """How the answer was delivered; None where the sound is not known or too short to measure fairly.

    Rates are words per minute (`rate_wpm` over the whole answer, `speech_rate_wpm` over speech time only), times are
    seconds, loudness is dB. `hesitations` is a lower bound: "at least N".
    """

    duration_s: float
    words: int
    rate_wpm: float | None = None
    speech_rate_wpm: float | None = None
    first_word_s: float | None = None
    longest_run_s: float | None = None
    long_pauses: tuple[Span, ...] = ()
    pauses_inside_sentences: int | None = None
    hesitations: int | None = None
    hesitations_per_minute: float | None = None
    repeated_words: int | None = None
    restarts: int | None = None
    loudness_db: float | None = None
    sentence_end_drop_db: float | None = None
