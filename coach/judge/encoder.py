"""The judgement encoder: reads a whole spoken answer and tells how probable each value of each criterion is.

A small text encoder, fine-tuned on labelled answers and passages (`training/`, docs/model-card.md), shipped as an int8
ONNX file with its checksum. Beside the probabilities it tells how much each sentence spoke for each value: a score is a
sum over the words of the answer, so that the shares are exact. It decides nothing: limits and rules are the rubric's.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from coach.errors import ModelError
from coach.judge.encoder_join import Floats, joined, parts, softmax
from coach.judge.encoder_text import Marks, Window, windows

MODEL_FOLDER = Path(__file__).parent / "model"
MOST_WINDOWS = 16
"""Windows that are read of one answer, about 5,000 words; of a longer one the first and the last are read."""
_KINDS = "question_kind"
_MEND = "Reinstall the coach; its judgement model is part of the package."


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder says about one criterion.

    `probabilities` sum to 1 over the criterion's values, but for `question_kind`, where each kind has a probability of
    its own. `by_value` tells, for every value, how much each sentence raises (or, below zero, lowers) its score beside
    the mean of all values; `sentences` is the row for the telling value: the most probable one that is not "nothing of
    the kind".
    """

    probabilities: Mapping[str, float]
    sentences: tuple[float, ...]
    by_value: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """What `settings.json` beside the model says: the outputs in order, their quiet values, and calibration.

    `tokenizer` is a file name. `offsets` are added to the scores of values before they become
    probabilities (fitted on held-out predictions).
    """

    outputs: Mapping[str, tuple[str, ...]]
    quiet: Mapping[str, str]
    offsets: Mapping[str, Mapping[str, float]]
    marks: Marks
    model_sha256: str
    tokenizer: str
    tokenizer_sha256: str


def _settings(raw: Mapping[str, Any]) -> EncoderSettings:
    return EncoderSettings(
        outputs={name: tuple(values) for name, values in raw["outputs"].items()},
        quiet=raw["quiet"],
        offsets=raw["offsets"],
        marks=Marks(raw["marks"]["first"], raw["marks"]["end"]),
        model_sha256=raw["model_sha256"],
        tokenizer=raw["tokenizer"],
        tokenizer_sha256=raw["tokenizer_sha256"],
    )


def by_sentence(windows_read: Sequence[Window], added: Sequence[Floats], count: int) -> Floats:
    """What each of `count` sentences adds to each value: (values, sentences), from what each token adds.

    A token that two windows share counts once for each window, halved where the windows are averaged: rows are divided
    by the number of windows that saw the sentence.
    """
    total = np.zeros((added[0].shape[0], count))
    seen = np.zeros(count)
    for window, tokens in zip(windows_read, added, strict=True):
        inside = window.sentence >= 0
        owners = window.sentence[inside]
        np.add.at(total.T, owners, tokens[:, inside].T)
        seen[np.unique(owners)] += 1
    result: Floats = total / np.maximum(seen, 1)
    return result


class Encoder:
    """A loaded model. Safe to call from one thread at a time."""

    def __init__(self, session: Any, tokenizer: Tokenizer, settings: EncoderSettings) -> None:  # noqa: ANN401
        self._session = session
        self._tokenizer = tokenizer
        self.settings = settings
        self._parts = parts(settings.outputs)

    def read(
        self, question: str, program_facts: Sequence[str], category: str, sentences: Sequence[str]
    ) -> Mapping[str, Reading]:
        """Criterion -> reading, for an answer given as its sentences in order.

        Beside the criteria there are `setback_part` (cause, change, proof), `stock_phrase` (stock, own) and `overall`
        ("1" to "5"). Every criterion is read; whether it applies to the category is for the rubric to say.
        """
        found = windows(self._tokenizer, self.settings.marks, category, question, program_facts, sentences)
        if len(found) > MOST_WINDOWS:
            found = [*found[: MOST_WINDOWS - 1], found[-1]]
        runs = [self._run(window) for window in found]
        scores = joined(np.stack([s for s, _ in runs]), self.settings.outputs, self.settings.quiet)
        shares = by_sentence(found, [a for _, a in runs], len(sentences))
        readings: dict[str, Reading] = {}
        for name, part in self._parts.items():
            readings[name] = self._reading(name, scores[part], shares[part])
        return _with_kinds(readings)

    def _run(self, window: Window) -> tuple[Floats, Floats]:
        inputs = {
            "ids": window.ids[None],
            "answer": (window.sentence >= 0).astype(np.int64)[None],
            "from_start": window.from_start[None],
            "from_end": window.from_end[None],
        }
        scores, added = self._session.run(["scores", "added"], inputs)
        return scores[0].astype(np.float64), added[0].astype(np.float64)

    def _reading(self, name: str, scores: Floats, shares: Floats) -> Reading:
        values = self.settings.outputs[name]
        moved = self.settings.offsets.get(name, {})
        chances = softmax(scores + np.array([moved.get(v, 0.0) for v in values]))
        centred = shares - shares.mean(axis=0, keepdims=True)
        by_value = {v: tuple(float(x) for x in row) for v, row in zip(values, centred, strict=True)}
        probabilities = {v: float(p) for v, p in zip(values, chances, strict=True)}
        quiet = self.settings.quiet.get(name)
        telling = max((v for v in values if v != quiet), key=lambda v: probabilities[v])
        return Reading(probabilities, by_value[telling], by_value)


def _with_kinds(readings: dict[str, Reading]) -> dict[str, Reading]:
    """The yes/no outputs of the kinds of question as one reading."""
    kinds = {name.split(".", 1)[1]: r for name, r in readings.items() if name.startswith(f"{_KINDS}.")}
    found = {name: r for name, r in readings.items() if "." not in name}
    if kinds:
        chances = {kind: r.probabilities["yes"] for kind, r in kinds.items()}
        by_value = {kind: r.by_value["yes"] for kind, r in kinds.items()}
        found[_KINDS] = Reading(chances, by_value[max(chances, key=chances.__getitem__)], by_value)
    return found


def _checked(path: Path, expected: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"The judgement model's file {path.name} cannot be read: {error.strerror}.", _MEND) from error
    if hashlib.sha256(data).hexdigest() != expected:
        raise ModelError(
            f"The judgement model's file {path.name} is damaged: its checksum is not the shipped one.", _MEND
        )
    return data


def load_encoder(folder: Path = MODEL_FOLDER, threads: int = 2) -> Encoder:
    """The shipped encoder, its files checked against their checksums.

    Raises ModelError if a file is missing or damaged.
    """
    path = folder / "settings.json"
    try:
        settings = _settings(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ModelError(f"The judgement model's file {path.name} cannot be read: {error.strerror}.", _MEND) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"The judgement model's file {path.name} is damaged.", _MEND) from error
    tokenizer = Tokenizer.from_str(_checked(folder / settings.tokenizer, settings.tokenizer_sha256).decode("utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Waiting threads sleep: spinning ones would take the cores from the recogniser.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    data = _checked(folder / "judge.onnx", settings.model_sha256)
    session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    return Encoder(session, tokenizer, settings)
