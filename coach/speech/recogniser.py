"""faster-whisper, used one window at a time: a piece of sound of at most 28 s goes in, words with times come out.

The encoder runs once for a window; the clean reading, the verbatim reading (hesitations) and the word times share its
output. Nothing said before reaches the decoder, so one mistake cannot spread, and nobody's model answer does either:
the only help it gets is the user's own vocabulary.
"""

import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from coach.domain.take import SAMPLE_RATE
from coach.domain.transcript import Word
from coach.errors import ModelError

WINDOW_S = 28.0
"""The longest piece that is decoded at once; Whisper sees 30 s and wants some silence at the end."""
BEAM = 5
LOOP_RATIO = 2.4
"""Text that shrinks by more than this when compressed repeats itself (OpenAI's own bound)."""
MIN_LOGPROB = -1.0
NO_SPEECH = 0.6
"""Both from OpenAI's decoding: a window this silent and this unsure holds no words."""
PADDING_S = 6.0
"""Silence after the sound. With much less the decoder runs on after the last word; see docs/speech.md."""
MAX_TOKENS = 448
"""The decoder's memory."""
MAX_NEW_TOKENS = 220
HOTWORD_TOKENS = 120
_ENGLISH = "en"
HESITATION_PROMPT = "um, uh, hmm"
HESITATION_FORMS = ("um", "uh", "Um", "Uh", "hmm", "Hmm", "uhm", "mm", "hm")
"""What counts as one where the decoder is asked for hesitations; "er" and "ah" are left out: they begin other words."""

MIN_SHARE = 0.08
"""A hesitation must be at least this share of all that the decoder would rather write than the word that was read."""

Samples = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Heard:
    """What the decoder made of a window: words with times from the start of the take, and how sure it was.

    `no_speech` is Whisper's probability that there is nothing to hear, `logprob` the mean log probability of a token;
    `tokens` are the decoder's own, one tuple for each word.
    """

    words: tuple[Word, ...]
    no_speech: float = 0.0
    logprob: float = 0.0
    tokens: tuple[tuple[int, ...], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the decoder itself holds that there was nothing to hear."""
        return not self.words or (self.no_speech > NO_SPEECH and self.logprob < MIN_LOGPROB)


class Recogniser:
    """A loaded model. Not safe for several threads at once; the worker process has one."""

    def __init__(self, folder: Path, name: str, threads: int = 0) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer
        from faster_whisper.transcribe import get_suppressed_tokens

        self.name = name
        try:
            self._whisper = WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError(
                f"The recogniser in {folder} cannot be loaded: {error}.",
                "Check it with `coach models verify`, or choose another with `coach models use`.",
            ) from error
        self._tokens = Tokenizer(
            self._whisper.hf_tokenizer, self._whisper.model.is_multilingual, task="transcribe", language=_ENGLISH
        )
        self._suppressed = get_suppressed_tokens(self._tokens, [-1])
        forms = [self._tokens.encode(" " + form) for form in HESITATION_FORMS]
        self._hesitations = np.array([form[0] for form in forms if len(form) == 1])

    def listen(self, samples: Samples, start_s: float = 0.0) -> "Window":
        """Encode one piece of sound, at most WINDOW_S long, that begins `start_s` into the take."""
        features = self._whisper.feature_extractor(samples[: int(WINDOW_S * SAMPLE_RATE)], padding=0)
        frames = features.shape[-1]
        whole = self._whisper.feature_extractor.nb_max_frames
        length = min(whole, frames + int(PADDING_S * 100))
        padded = np.zeros((features.shape[0], length + length % 2), dtype=features.dtype)
        # The value of silence in a log spectrum: its floor (faster-whisper pads with zeros, which is a faint hiss).
        padded[:] = features.min() if frames else -1.5
        padded[:, :frames] = features
        return Window(self, self._whisper.encode(padded), frames, start_s)

    def decode(self, samples: Samples, start_s: float = 0.0, hotwords: str = "") -> Heard:
        """The clean reading of one piece of sound."""
        return self.listen(samples, start_s).read(hotwords)

    def rehearse(self, samples: Samples, words: int = 30) -> None:
        """Do the work of a full reading of so many words, whatever the sound holds: for measuring speed."""
        window = self.listen(samples)
        text = self._tokens.encode(" and" * words)
        self._generate(window._encoded, [*window._prompt(""), *text], max_length=len(text) + 10)
        window._timed(text)

    def _generate(self, encoded: Any, prompt: list[int], **more: Any) -> tuple[list[int], float, float]:  # noqa: ANN401
        """Tokens, mean log probability and no-speech probability."""
        result = self._whisper.model.generate(
            encoded,
            [prompt],
            beam_size=BEAM,
            patience=1,
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            **{
                "suppress_tokens": self._suppressed,
                "max_length": min(MAX_TOKENS, len(prompt) + MAX_NEW_TOKENS),
                **more,
            },
        )[0]
        tokens: list[int] = list(result.sequences_ids[0])
        logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)
        return tokens, float(logprob), float(result.no_speech_prob)


class Window:
    """One encoded piece of sound, that can be read in several ways at the cost of the decoder alone."""

    def __init__(self, owner: Recogniser, encoded: Any, frames: int, start_s: float) -> None:  # noqa: ANN401
        self._owner = owner
        self._encoded = encoded
        self._frames = frames
        self.start_s = start_s

    def read(self, hotwords: str = "") -> Heard:
        """The clean reading."""
        return self._read(hotwords)

    def hesitation_odds(self, heard: Heard) -> tuple[float, ...]:
        """For the place before each word of `heard`, and the one after the last: how likely a hesitation is there.

        The decoder is led along the words that were read cleanly, in a verbatim mood (asked for um and uh), and at each
        step its probability for a hesitation instead of the next word is taken. It cannot run into a loop or change a
        word, because it writes nothing.
        """
        tokens = self._owner._tokens
        flat = [token for word in heard.tokens for token in word]
        prompt = self._prompt(HESITATION_PROMPT)
        if not flat or len(prompt) + len(flat) >= MAX_TOKENS:
            return (0.0,) * (len(heard.tokens) + 1)
        result = self._owner._whisper.model.generate(
            self._encoded,
            [[*prompt, *flat]],
            beam_size=1,
            max_length=MAX_TOKENS,
            return_logits_vocab=True,
            suppress_tokens=[],
            suppress_blank=False,
        )[0]
        nexts = [*flat, tokens.eot]
        steps = [
            _odds(logits, self._owner._hesitations, follows)
            for logits, follows in zip(result.logits[0], nexts, strict=False)
        ]
        steps += [0.0] * (len(flat) + 1 - len(steps))
        odds: list[float] = []
        at, marks = 0, 0
        for word in heard.tokens:
            odds.append(max(steps[at - marks : at + 1]))
            at += len(word)
            marks = _trailing_marks([tokens.decode([token]) for token in word])
        odds.append(max(steps[at - marks : at + 1]))
        return tuple(odds)

    def _read(self, hotwords: str) -> Heard:
        tokens = self._owner._tokens
        prompt = self._prompt(hotwords)
        found, logprob, no_speech = self._owner._generate(self._encoded, prompt)
        text = [token for token in found if token < tokens.eot]
        if loops(tokens.decode(text)):
            found, logprob, no_speech = self._owner._generate(
                self._encoded, prompt, no_repeat_ngram_size=4, repetition_penalty=1.1
            )
            text = [token for token in found if token < tokens.eot]
        words, spans = self._timed(text)
        return Heard(words, no_speech, logprob, spans)

    def _prompt(self, hotwords: str) -> list[int]:
        tokens = self._owner._tokens
        prompt: list[int] = []
        if hotwords:
            prompt = [tokens.sot_prev, *tokens.encode(" " + hotwords.strip())[:HOTWORD_TOKENS]]
        return [*prompt, *tokens.sot_sequence, tokens.no_timestamps]

    def _timed(self, text: list[int]) -> tuple[tuple[Word, ...], tuple[tuple[int, ...], ...]]:
        """The words with their times, and the tokens of each."""
        from faster_whisper.transcribe import merge_punctuations

        text = text[: MAX_TOKENS - len(self._owner._tokens.sot_sequence) - 2]
        if not text:
            return (), ()
        found = self._owner._whisper.find_alignment(self._owner._tokens, [text], self._encoded, self._frames)
        if not found or not found[0]:
            return (), ()
        merge_punctuations(found[0], "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、")
        words: list[Word] = []
        tokens: list[tuple[int, ...]] = []
        for item in found[0]:
            written: str = item["word"]
            if not written.strip() or item["tokens"][0] >= self._owner._tokens.eot:
                continue
            word = Word(
                written.strip(),
                round(self.start_s + float(item["start"]), 2),
                round(self.start_s + float(item["end"]), 2),
                round(float(item["probability"]), 4),
            )
            if words and not written.startswith(" "):  # "o" and "'clock", "half" and "-time" are one word
                words[-1] = _one_word(words[-1], word)
                tokens[-1] = (*tokens[-1], *item["tokens"])
            else:
                words.append(word)
                tokens.append(tuple(item["tokens"]))
        return tuple(words), tuple(tokens)


def loops(text: str) -> bool:
    """Whether a text repeats itself as only a decoder in a loop does."""
    data = text.encode()
    return len(data) > 60 and len(data) / len(zlib.compress(data)) > LOOP_RATIO


def _one_word(first: Word, rest: Word) -> Word:
    return Word(first.text + rest.text, first.start, rest.end, min(first.probability, rest.probability))


def _odds(logits: Any, tokens: npt.NDArray[np.int64], follows: int) -> float:  # noqa: ANN401 - a buffer of CTranslate2
    """The probability of `tokens` together; 0 when they are only a small share of what speaks against `follows`.

    Where the decoder is unsure of the word itself, everything is a little probable, hesitations too.
    """
    values = np.asarray(logits, dtype=np.float32).reshape(-1)
    values = np.exp(values - values.max())
    values /= values.sum()
    odds = float(values[tokens].sum())
    return odds if odds >= MIN_SHARE * (1.0 - float(values[follows])) else 0.0


def _trailing_marks(texts: Sequence[str]) -> int:
    """How many of a word's last tokens are punctuation."""
    marks = 0
    for text in reversed(texts):
        if any(character.isalnum() for character in text):
            break
        marks += 1
    return marks
