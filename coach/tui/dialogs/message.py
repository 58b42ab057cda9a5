"""Something went wrong or needs to be read: one sentence and what to do."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from coach.errors import CoachError


class Note(ModalScreen[None]):
    """Shows a text until it is closed."""

    BINDINGS = [Binding("escape,enter,space", "close", "Close")]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title, self._text = title, text

    @classmethod
    def of(cls, error: CoachError) -> "Note":
        """The note for an error."""
        return cls("This did not work", f"{error.message}\n\n{error.mend}".strip())

    def compose(self) -> ComposeResult:
        """Title, text, button."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield Static(self._text, markup=False)
            yield Button("Close (enter)", variant="primary")

    def on_button_pressed(self) -> None:
        """Close."""
        self.dismiss(None)

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)
