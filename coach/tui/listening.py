"""Which screens are told what happens in the sitting."""

from typing import Protocol, runtime_checkable

from coach.practice.events import Event


@runtime_checkable
class Listening(Protocol):
    """A screen that wants to know."""

    def hear(self, event: Event) -> None:
        """Take one event; always called on the screen's own thread."""
