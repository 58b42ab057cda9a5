"""Where the sound of an answer comes from: a microphone, or a recorded file played as if it were one."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from coach.audio.files import read_mono
from coach.domain.take import SAMPLE_RATE
from coach.errors import AudioError

BLOCK_S = 0.1
"""Seconds in a block: what a killed process can lose at most is a few of these."""


@dataclass(frozen=True, slots=True)
class Block:
    """Raw sound as it came: bytes of interleaved int16, and whether samples before it were lost."""

    data: bytes
    overflow: bool = False


Receive = Callable[[Block], None]


class Source(Protocol):
    """Gives blocks to a receiver from a thread of its own, between `start` and `stop`."""

    rate: int
    channels: int
    name: str
    live: bool

    def start(self, receive: Receive) -> None:
        """Begin; `receive` must only copy. Raises AudioError with a sentence that says what to do."""

    def stop(self) -> None:
        """End; safe to call twice. No block comes after it returns."""

    @property
    def ended(self) -> bool:
        """True when no more blocks will come (a file's end, an unplugged microphone)."""


class Microphone:
    """The microphone, by sounddevice. `device` is a name or number, "" for the system's default."""

    live = True

    def __init__(self, device: str = "") -> None:
        from coach.audio.devices import choose

        chosen = choose(device)
        self.name, self.rate, self.channels, self._index = chosen.name, chosen.rate, chosen.channels, chosen.index
        self._stream: object | None = None

    def start(self, receive: Receive) -> None:
        """Open the stream; its callback copies a block and does nothing else."""
        from coach.audio.devices import open_stream

        self._stream = open_stream(
            self._index,
            self.rate,
            self.channels,
            int(self.rate * BLOCK_S),
            lambda data, lost: receive(Block(data, lost)),
        )

    def stop(self) -> None:
        """Stop and close the stream."""
        stream, self._stream = self._stream, None
        if stream is not None:
            from coach.audio.devices import close_stream

            close_stream(stream)

    @property
    def ended(self) -> bool:
        """True when the stream is no longer running."""
        from coach.audio.devices import is_running

        return self._stream is not None and not is_running(self._stream)


class FileSource:
    """Plays a sound file in real time (`speed` times as fast), for machines without a microphone."""

    rate = SAMPLE_RATE
    channels = 1
    live = False

    def __init__(self, path: Path, speed: float = 1.0) -> None:
        if not 0.1 <= speed <= 1000:
            raise AudioError(f"The speed {speed:g} is not allowed.", "Choose 0.1 to 1000.")
        self.name = path.name
        self._samples: npt.NDArray[np.int16] = read_mono(path)
        self._speed = speed
        self._stop = threading.Event()
        self._done = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, receive: Receive) -> None:
        """Begin to play from the start."""
        self._stop.clear()
        self._done.clear()
        self._thread = threading.Thread(target=self._play, args=(receive,), name="file-source", daemon=True)
        self._thread.start()

    def _play(self, receive: Receive) -> None:
        size = int(SAMPLE_RATE * BLOCK_S)
        began = time.monotonic()
        for number, at in enumerate(range(0, len(self._samples), size), start=1):
            wait = began + number * BLOCK_S / self._speed - time.monotonic()
            if self._stop.wait(max(0.0, wait)):
                return
            receive(Block(self._samples[at : at + size].tobytes()))
        self._done.set()

    def stop(self) -> None:
        """Stop playing."""
        self._stop.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()

    @property
    def ended(self) -> bool:
        """True when the whole file was played."""
        return self._done.is_set()
