"""Dialogs that speak of a running recording: once it has ended they would ask or tell what is no longer so."""

from typing import Any

from textual.screen import ModalScreen

from coach.tui.dialogs.confirm import Confirm
from coach.tui.dialogs.message import Help, Note


class Passing(ModalScreen[Any]):
    """A dialog that can be withdrawn: it closes without an answer, at once or when it would come on top again."""

    _withdrawn = False

    def withdraw(self) -> None:
        """What this speaks of is over."""
        self._withdrawn = True
        if isinstance(self.app.screen, Help) and self.app.screen_stack[-2] is self:
            self.app.screen.dismiss(None)
        self._close_if_on_top()

    def on_screen_resume(self) -> None:
        """What lay over this is gone."""
        if self._withdrawn:
            self._close_if_on_top()

    def _close_if_on_top(self) -> None:
        if self.is_active:
            self.dismiss(None)


# Textual takes the style from the first base.
class WhileRecordingConfirm(Confirm, Passing):
    """A yes-or-no question about a running recording."""


class WhileRecordingNote(Note, Passing):
    """A note about a running recording."""
