"""What the user can understand is told in a note; it never ends the app, and never leaves a screen that cannot be left.

Textual ends the message loop of whatever lets an error through, and then the app. An app or screen that inherits from
`PlainErrors` stops a CoachError before that.
"""

from typing import Any, Generic, TypeVar

from textual import events
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import ModalScreen, Screen

from coach.errors import CoachError
from coach.tui.dialogs.message import Note

T = TypeVar("T")


class PlainErrors(MessagePump):
    """Its handlers may raise CoachError."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except CoachError as error:
            self.tell(message, error)

    def tell(self, message: Message, error: CoachError) -> None:  # noqa: ARG002 - screens look at the message
        """Tell what handling `message` ran into."""
        self.app.push_screen(Note.of(error))


class _PlainScreenErrors(PlainErrors):
    """A screen that cannot even be filled is left: it would fail again whenever the user comes back to it."""

    def tell(self, message: Message, error: CoachError) -> None:
        if isinstance(message, events.Mount | events.ScreenResume) and isinstance(self, Screen):
            self.app.call_later(leave_and_tell, self, error)
        else:
            super().tell(message, error)


def leave_and_tell(screen: Screen[Any], error: CoachError) -> None:
    """Leave a screen that is on top, and tell why. Call it from the app, which outlives the screen."""
    if screen not in screen.app.screen_stack:  # told already: both its mounting and its resuming failed
        return
    # Not `is_current`: that is true of the screen below the one on top as well, which would then be left.
    if screen.is_active and len(screen.app.screen_stack) > 2:  # below are the home screen and Textual's own
        screen.dismiss(None)
    screen.app.push_screen(Note.of(error))


class PlainScreen(_PlainScreenErrors, Screen[T], Generic[T]):
    """A screen of the coach."""


class PlainDialog(_PlainScreenErrors, ModalScreen[T], Generic[T]):
    """A dialog of the coach."""
