"""From the sound of one take to its transcript, live or from disk; the one place where the parts of speech meet."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.config import Home
from coach.domain.signal import Signal
from coach.domain.take import SAMPLE_RATE
from coach.domain.transcript import Caption, Transcript, Word
from coach.speech.catalogue import DEFAULT_MODEL
from coach.speech.guards import guard, voiced_s
from coach.speech.hesitations import marked, with_hesitations
from coach.speech.live import Live, Samples, flowing, text_of
from coach.speech.models import resolve
from coach.speech.recogniser import NO_SPEECH, WINDOW_S, Heard, Recogniser
from coach.speech.signal import measure_signal
from coach.speech.vocabulary import FIELD_TERMS, Vocabulary, correct, hotwords
from coach.speech.voice import VoiceDetector

FEED_S = 1.0
UNHEARD = "Speech was there, but no words could be understood. The recording is kept; listen to it, then try again."
RESCUE_LOGPROB = -0.7
"""A whisper that the voice detector missed is believed only when the decoder is this sure."""


class Ears:
    """A loaded recogniser, ready to begin transcripts."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser

    @property
    def name(self) -> str:
        """The model's name."""
        return self._recogniser.name

    def transcriber(self, vocabulary: Vocabulary, on_caption: Callable[[Caption], None] | None = None) -> "Transcriber":
        """Begin the transcript of one take."""
        return Transcriber(self._recogniser, vocabulary, on_caption)

    def warm(self) -> None:
        """Decode a second of silence, so that the first real piece is not slower than the others."""
        VoiceDetector().feed(np.zeros(SAMPLE_RATE, dtype=np.float32))
        self._recogniser.decode(np.zeros(SAMPLE_RATE, dtype=np.float32))


def load(name: str | None, home: Home, threads: int = 0) -> Ears:
    """The recogniser of that name (None: the default), verified and loaded. Raises ModelError."""
    folder: Path = resolve(name, home)
    return Ears(Recogniser(folder, name or DEFAULT_MODEL, threads))


class Transcriber:
    """One take on its way to a transcript: `feed` sound, `work` while there is time, `finish` at the stop."""

    def __init__(
        self,
        recogniser: Recogniser,
        vocabulary: Vocabulary,
        on_caption: Callable[[Caption], None] | None = None,
    ) -> None:
        self._recogniser = recogniser
        self._corrections = (*vocabulary.corrections, *FIELD_TERMS)
        self._hotwords = hotwords(vocabulary)
        self._sound: list[Samples] = []
        self._live = Live(self._read, VoiceDetector(), on_caption)

    @property
    def seconds(self) -> float:
        """How much sound came in."""
        return self._live.seconds

    def feed(self, samples: Samples) -> None:
        """Take in mono sound at 16 kHz, any length."""
        self._sound.append(samples)
        self._live.feed(samples)

    def work(self) -> bool:
        """Do one reading if one is due; False when there is nothing to do until more sound comes."""
        return self._live.work()

    def settle(self) -> None:
        """Read the pieces that are complete, and nothing ahead: for a recording that is there already."""
        self._live.settle()

    def finish(self) -> Transcript:
        """Read the rest and return the transcript of everything that was fed."""
        words = self._live.finish()
        sound = np.concatenate([np.zeros(0, dtype=np.float32), *self._sound])
        signal = measure_signal(sound, self._live.probabilities)
        if not words and signal.quality.peak_db > -60.0:
            words = self._rescue(sound)
        words = correct(flowing(words), self._corrections)
        if not text_of(words) and signal.quality.speech_s >= 1.0:
            signal = _with_warning(signal, UNHEARD)
        return Transcript(text_of(words), words, signal.duration_s, self._recogniser.name, signal)

    def _read(self, samples: Samples, start_s: float) -> tuple[Word, ...]:
        window = self._recogniser.listen(samples, start_s)
        heard = window.read(self._hotwords)
        probabilities = self._live.probabilities
        speech_s = voiced_s(probabilities, start_s, start_s + len(samples) / SAMPLE_RATE)
        kept = guard(heard, probabilities, speech_s)
        if len(kept) < len(heard.words):  # something was invented here; no more is asked of this window
            return marked(kept)
        return with_hesitations(heard.words, window.hesitation_odds(heard))

    def _rescue(self, sound: Samples) -> tuple[Word, ...]:
        """Read a take in which the voice detector found nothing, and believe it only where the decoder is sure."""
        step = int((WINDOW_S - 2.0) * SAMPLE_RATE)
        found: list[Word] = []
        for first in range(0, len(sound), step):
            heard = self._recogniser.decode(sound[first : first + step], first / SAMPLE_RATE)
            if _sure(heard):
                found.extend(heard.words)
        return marked(tuple(found))


def transcribe(
    ears: Ears,
    samples: npt.NDArray[np.float32],
    vocabulary: Vocabulary,
    on_progress: Callable[[float], None] | None = None,
) -> Transcript:
    """The transcript of a whole recording: mono samples of shape (n,) at 16 kHz, from -1 to 1."""
    transcriber = ears.transcriber(vocabulary)
    step = int(FEED_S * SAMPLE_RATE)
    for first in range(0, len(samples), step):
        transcriber.feed(samples[first : first + step])
        transcriber.settle()
        if on_progress is not None:
            on_progress(transcriber.seconds)
    return transcriber.finish()


def _sure(heard: Heard) -> bool:
    return not heard.empty and heard.logprob > RESCUE_LOGPROB and heard.no_speech < NO_SPEECH


def _with_warning(signal: Signal, warning: str) -> Signal:
    return replace(signal, quality=replace(signal.quality, warnings=(*signal.quality.warnings, warning)))
