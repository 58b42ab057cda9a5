"""Records one take: the source copies blocks into a queue, a writer thread puts them on disk and measures the level."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.audio.levels import level
from coach.audio.source import Block, Source
from coach.audio.takefile import TakeWriter
from coach.domain.take import SAMPLE_RATE, Level, Take
from coach.errors import AudioError

LOST_AFTER_S = 1.5
"""Seconds without any block after which the microphone counts as lost (it was unplugged, or the system took it)."""
OPENS_WITHIN_S = 8.0
"""Seconds that the first block may take: a sound server needs 1 to 2 s to wake a sleeping device."""


REASONS = ("end of file", "microphone lost", "disk", "broken")


@dataclass(frozen=True, slots=True)
class RecordingEnded:
    """The source stopped by itself: `reason` is one of REASONS; `message` is for people."""

    reason: str
    message: str


class _Converter:
    """Interleaved int16 of any rate and channels to 16 kHz mono, in a stream."""

    def __init__(self, rate: int, channels: int) -> None:
        self._channels = channels
        self._rate = rate
        self._resampler = None
        if rate != SAMPLE_RATE:
            import av

            self._resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)

    def convert(self, data: bytes) -> npt.NDArray[np.int16]:
        samples = np.frombuffer(data, dtype=np.int16)
        if self._channels > 1:
            samples = samples.reshape(-1, self._channels).mean(axis=1).astype(np.int16)
        return samples if self._resampler is None else self._resample(samples)

    def finish(self) -> npt.NDArray[np.int16]:
        return np.zeros(0, dtype=np.int16) if self._resampler is None else self._resample(None)

    def _resample(self, samples: npt.NDArray[np.int16] | None) -> npt.NDArray[np.int16]:
        import av

        assert self._resampler is not None  # noqa: S101 - told to mypy; the callers check it
        frame = None
        if samples is not None:
            frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate = self._rate
        pieces = [p.to_ndarray().reshape(-1) for p in self._resampler.resample(frame)]
        return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int16)


class Recorder:
    """One recording. `on_level` and `on_end` are called from the writer thread; both must be quick and thread-safe."""

    def __init__(
        self,
        source: Source,
        path: Path,
        on_level: Callable[[Level], None],
        on_end: Callable[[RecordingEnded], None],
    ) -> None:
        self._source = source
        self._writer = TakeWriter(path)
        self._convert = _Converter(source.rate, source.channels)
        self._on_level, self._on_end = on_level, on_end
        self._queue: queue.SimpleQueue[Block | None] = queue.SimpleQueue()
        self._overflows = 0
        self._thread = threading.Thread(target=self._write, name="take-writer", daemon=True)
        self._stopping = False

    def start(self) -> None:
        """Begin. Raises AudioError when the source cannot be opened; the empty take file stays as a record."""
        try:
            self._source.start(self._queue.put)
        except AudioError:
            self._writer.close()
            raise
        self._thread.start()

    def stop(self) -> Take:
        """End, with everything that was heard on disk. Safe to call after the source ended by itself."""
        self._stopping = True
        self._source.stop()
        self._queue.put(None)
        if self._thread.ident is not None:
            self._thread.join()
        self._writer.close()
        return Take(self._writer.path, self._writer.frames, SAMPLE_RATE, self._overflows, "complete")

    @property
    def seconds(self) -> float:
        """How much is on disk, in seconds."""
        return self._writer.frames / SAMPLE_RATE

    def _write(self) -> None:
        try:
            self._write_blocks()
        except AudioError as error:
            self._on_end(RecordingEnded("disk", str(error)))
        except Exception as error:  # noqa: BLE001 - whatever it is, the user must not go on speaking into nothing
            text = f"The recording stopped ({type(error).__name__}). What you said so far is kept; try again."
            self._on_end(RecordingEnded("broken", text))

    def _write_blocks(self) -> None:
        last = time.monotonic()
        while True:
            try:
                block = self._queue.get(timeout=0.25)
            except queue.Empty:
                ended = self._end_of_source(time.monotonic() - last)
                if ended is None or not self._queue.empty():
                    continue
                self._on_end(ended)
                return
            if block is None:
                self._keep(self._convert.finish())
                return
            last = time.monotonic()
            self._overflows += block.overflow
            self._keep(self._convert.convert(block.data))

    def _end_of_source(self, quiet_s: float) -> RecordingEnded | None:
        if self._stopping:
            return None
        if not self._source.live and self._source.ended:
            return RecordingEnded("end of file", "The recorded answer has ended.")
        if quiet_s >= (LOST_AFTER_S if self._writer.frames else OPENS_WITHIN_S):
            return RecordingEnded(
                "microphone lost",
                "The microphone stopped sending sound. What you said so far is kept; check the plug, then try again.",
            )
        return None

    def _keep(self, samples: npt.NDArray[np.int16]) -> None:
        if len(samples):
            self._writer.write(samples)
            self._on_level(level(samples, self._writer.frames / SAMPLE_RATE))
