"""Asks for one text: a line or several, checked before it is taken."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Static, TextArea

from coach.errors import CoachError
from coach.tui.plain_errors import PlainDialog


class AskText(PlainDialog[str | None]):
    """Asks for a text; None when the user leaves. `check` raises CoachError for a text that cannot be taken."""

    HELP = """\
Type a text.

enter or ctrl+s  keep it (where there are several lines: ctrl+s)
escape           leave without it"""
    BINDINGS = [
        Binding("ctrl+s", "keep", "Keep", priority=True),
        Binding("escape", "leave", "Leave"),
    ]

    def __init__(
        self,
        title: str,
        value: str = "",
        hint: str = "",
        *,
        lines: bool = False,
        check: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._value, self._hint, self._lines, self._check = title, value, hint, lines, check

    def compose(self) -> ComposeResult:
        """Title, hint, field, problem, buttons."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            if self._hint:
                yield Static(self._hint, markup=False)
            if self._lines:
                yield TextArea(self._value, id="ask-text", classes="ask-lines")
            else:
                yield Input(self._value, id="ask-text")
            yield Static("", id="ask-problem", classes="field-problem", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Keep (ctrl+s)" if self._lines else "Keep (enter)", id="keep", variant="primary")
                yield Button("Leave (esc)", id="leave")

    def on_mount(self) -> None:
        """The cursor is in the field."""
        self.query_one("#ask-text").focus()

    def _text(self) -> str:
        field = self.query_one("#ask-text")
        return field.text if isinstance(field, TextArea) else field.value if isinstance(field, Input) else ""

    def on_input_submitted(self) -> None:
        """Enter keeps a line."""
        self.action_keep()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """A button does as its key does."""
        if event.button.id == "keep":
            self.action_keep()
        else:
            self.action_leave()

    def action_keep(self) -> None:
        """Take the text if it can be taken; else say why not, beside it."""
        text = self._text().strip()
        try:
            if self._check is not None:
                self._check(text)
        except CoachError as error:
            self.query_one("#ask-problem", Static).update(f"✗ {error}")
            return
        self.dismiss(text)

    def action_leave(self) -> None:
        """Leave without a text."""
        self.dismiss(None)
