"""Where the next answer's sound comes from: recorded files in turn, or the microphone."""

from collections.abc import Callable
from pathlib import Path

from coach.audio.source import FileSource, Microphone, Source


class Inputs:
    """`files` answer in turn, the last one again and again; without files the microphone of that name answers."""

    def __init__(self, files: tuple[Path, ...], speed: float, microphone: Callable[[], str]) -> None:
        self.files, self.speed, self._microphone = files, speed, microphone
        self._used = 0

    def next(self) -> Source:
        """The source for the next answer. Raises AudioError with what to do."""
        if not self.files:
            return Microphone(self._microphone())
        path = self.files[min(self._used, len(self.files) - 1)]
        source = FileSource(path, self.speed)
        self._used += 1
        return source
