"""Asks the user to pick one of a few things."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach.tui.plain_errors import PlainDialog


class Pick(PlainDialog[str | None]):
    """Shows lines to pick from, each with the value that is returned; None when the user leaves."""

    HELP = """\
up/down  move
enter    take this line
escape   leave without taking one"""
    BINDINGS = [Binding("escape", "leave", "Leave")]

    def __init__(self, title: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title, self._choices = title, tuple(choices)

    def compose(self) -> ComposeResult:
        """Title and lines."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="dialog-title", markup=False)
            yield OptionList(*(Option(line) for line, _ in self._choices), classes="pick-list", markup=False)
            yield Static("enter: take it    esc: leave", classes="quiet", markup=False)

    def on_mount(self) -> None:
        """The first line is chosen."""
        lines = self.query_one(OptionList)
        lines.highlighted = 0
        lines.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return what was picked."""
        self.dismiss(self._choices[event.option_index][1])

    def action_leave(self) -> None:
        """Leave without picking."""
        self.dismiss(None)
