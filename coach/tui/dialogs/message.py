"""Something went wrong or needs to be read: one sentence and what to do."""

import re
import textwrap

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from coach.errors import CoachError

MORE = "up/down: read on   esc: close"
"""Said on the frame of a text that is longer than the window, where the button is not seen at first."""


class Note(ModalScreen[None]):
    """Shows a text from its beginning until it is closed; the arrow keys move through a long one."""

    AUTO_FOCUS = ""
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
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield Static(self._text, id="note-text", markup=False)
            yield Button("Close (enter)", variant="primary")

    def on_mount(self) -> None:
        """The button has the focus, but is not scrolled into sight: it stands at the end of the text."""
        self.query_one(Button).focus(scroll_visible=False)

    def on_resize(self) -> None:
        """Whether all of it is seen depends on the window."""
        self.call_after_refresh(self._say_more)

    def _say_more(self) -> None:
        box = self.query_one(VerticalScroll)
        box.border_subtitle = MORE if box.max_scroll_y > 0 else ""

    def on_button_pressed(self) -> None:
        """Close."""
        self.dismiss(None)

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)


_KEYS = re.compile(r"(\S+(?: \S+)*  +)\S")
"""A line of a table of keys: the keys, at least two spaces, what they do."""


def reflowed(text: str, width: int) -> str:
    """`text` in lines of `width` cells: sentences run on, and what a key does stays in its own column."""
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        pieces: list[str] = []
        for line in paragraph.splitlines():
            if _KEYS.match(line) or not pieces or _KEYS.match(pieces[-1]):
                pieces.append(line)
            else:
                pieces[-1] += f" {line}"
        for piece in pieces:
            keys = _KEYS.match(piece)
            indent = " " * len(keys[1]) if keys and len(keys[1]) < width // 2 else ""
            lines += textwrap.wrap(piece, max(20, width), subsequent_indent=indent)
        lines.append("")
    return "\n".join(lines[:-1])


class Help(Note):
    """Explains the screen or dialog below it."""

    def on_resize(self) -> None:
        """The lines fit the window. Textual calls the handler of a note besides."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        text = self.query_one("#note-text", Static)
        text.update(reflowed(self._text, text.content_size.width))
        self.call_after_refresh(self._say_more)
