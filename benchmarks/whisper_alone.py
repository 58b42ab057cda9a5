"""faster-whisper as anyone would use it: one call after the stop. What the coach is compared with."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

Transcribe = Callable[[npt.NDArray[np.float32]], str]


def alone(folder: Path) -> Transcribe:
    """A function from mono samples at 16 kHz to text.

    The library's own defaults (beam 5, temperature fallback), with word times as the coach has them, English, and no
    conditioning on earlier text, as the coach has none.
    """
    os.environ["HF_HUB_OFFLINE"] = "1"
    from faster_whisper import WhisperModel

    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=0, local_files_only=True)

    def transcribe(samples: npt.NDArray[np.float32]) -> str:
        segments, _ = model.transcribe(
            samples, language="en", beam_size=5, word_timestamps=True, condition_on_previous_text=False
        )
        return " ".join(segment.text.strip() for segment in segments)

    return transcribe
