"""The take file: 16 kHz mono 16-bit WAV, on disk as it is spoken, readable whenever the process dies.

`wave.writeframes` corrects the header at each block, so a killed process leaves a file that any player opens;
libsndfile and `writeframesraw` do not. The file is opened unbuffered and never over an existing one.
"""

from __future__ import annotations

import contextlib
import os
import wave
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from coach.domain.take import SAMPLE_RATE
from coach.errors import AudioError

HEADER_BYTES = 44
SYNC_S = 2.0
"""How often the file is forced to the disk itself, against a power cut; a killed process loses nothing written."""

if TYPE_CHECKING:  # the first screen asks how long a take is, and must not wait for numpy
    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[np.int16]


class TakeWriter:
    """Writes one take. Raises AudioError when the file exists already or the disk refuses."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.frames = 0
        self._since_sync = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("xb", buffering=0)
            self._wave = wave.open(self._file, "wb")  # noqa: SIM115 - closed by close()
            self._wave.setnchannels(1)
            self._wave.setsampwidth(2)
            self._wave.setframerate(SAMPLE_RATE)
            self._wave.writeframes(b"")
        except OSError as error:
            raise AudioError(
                f"The recording {path} cannot be written: {error.strerror or error}.",
                "Free some disk space or choose another folder with --home.",
            ) from error

    def write(self, samples: Samples) -> None:
        """Append mono samples, shape (n,); they are in the file when this returns."""
        try:
            self._wave.writeframes(samples.astype("<i2", copy=False).tobytes())
            self._since_sync += len(samples)
            if self._since_sync >= SYNC_S * SAMPLE_RATE:
                os.fsync(self._file.fileno())
                self._since_sync = 0
        except OSError as error:
            raise AudioError(
                f"The recording {self.path} stopped: {error.strerror or error}.",
                "What was recorded so far is kept. Free some disk space, then try again.",
            ) from error
        self.frames += len(samples)

    def close(self) -> None:
        """Finish the file; safe to call twice. What was written stays readable even if the disk refuses now."""
        if self._file.closed:
            return
        with contextlib.suppress(OSError):
            self._wave.close()
            os.fsync(self._file.fileno())
        with contextlib.suppress(OSError):
            self._file.close()

    def __enter__(self) -> TakeWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def frames_on_disk(path: Path) -> int:
    """How many whole samples a take file holds, by its size, whatever its header says; 0 if there is none."""
    try:
        return max(0, (path.stat().st_size - HEADER_BYTES) // 2)
    except FileNotFoundError:
        return 0


def read_take(path: Path, start: int = 0, stop: int | None = None) -> Samples:
    """Samples [start, stop) of a take, also while it grows, shape (n,)."""
    import numpy as np

    stop = frames_on_disk(path) if stop is None else min(stop, frames_on_disk(path))
    if stop <= start:
        return np.zeros(0, dtype=np.int16)
    with path.open("rb") as file:
        file.seek(HEADER_BYTES + 2 * start)
        data = file.read(2 * (stop - start))
    return np.frombuffer(data[: len(data) // 2 * 2], dtype="<i2").astype(np.int16, copy=False)
