"""The only way from other threads to the screens: practice events as Textual messages.

Latest-value messages replace each other, so a burst of levels costs one redraw.
"""

from collections.abc import Callable

from textual.message import Message
from textual.message_pump import MessagePump

from coach.practice.events import CaptionShown, Event, LevelChanged


class Happened(Message, bubble=False):
    """Something happened in the sitting; every one is delivered."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.event = event


class Latest(Message, bubble=False):
    """A level or caption; a newer one of the same kind replaces it."""

    def __init__(self, event: LevelChanged | CaptionShown) -> None:
        super().__init__()
        self.event = event

    def can_replace(self, message: Message) -> bool:
        """Whether this message makes `message`, which is still waiting, needless."""
        return isinstance(message, Latest) and type(message.event) is type(self.event)


def listener(target: MessagePump) -> Callable[[Event], None]:
    """A listener for a conductor that posts to `target`; safe to call from any thread."""

    def tell(event: Event) -> None:
        target.post_message(Latest(event) if isinstance(event, LevelChanged | CaptionShown) else Happened(event))

    return tell
