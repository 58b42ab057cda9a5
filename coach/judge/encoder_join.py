"""One set of scores for an answer that was read in several windows, and scores as probabilities. Plain numpy."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Outputs = Mapping[str, Sequence[str]]
OPENING = frozenset({"gratitude_first"})
CLOSING = frozenset({"closing_summary"})


def parts(outputs: Outputs) -> dict[str, slice]:
    """Where each output's values stand in the row of scores."""
    found: dict[str, slice] = {}
    at = 0
    for name, values in outputs.items():
        found[name] = slice(at, at + len(values))
        at += len(values)
    return found


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return result


def joined(scores: Floats, outputs: Outputs, quiet: Mapping[str, str]) -> Floats:
    """Scores (windows, values) as one row.

    An opening is judged by the first window and a closing by the last. Where one passage decides, the window counts in
    which the quiet value ("nothing of the kind is there") is least probable. All else is the mean.
    """
    if len(scores) == 1:
        only: Floats = scores[0]
        return only
    row: Floats = scores.mean(axis=0)
    for name, part in parts(outputs).items():
        if name in OPENING:
            row[part] = scores[0, part]
        elif name in CLOSING:
            row[part] = scores[-1, part]
        elif name in quiet:
            silence = softmax(scores[:, part])[:, list(outputs[name]).index(quiet[name])]
            row[part] = scores[int(silence.argmin()), part]
    return row
