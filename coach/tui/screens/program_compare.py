"""Two or three programs side by side."""

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Button, DataTable, Footer, Header, OptionList, Static
from textual.widgets.option_list import Option

from coach.practice.programs import Line, ProgramRecord, compare
from coach.tui.dialogs.message import Note
from coach.tui.plain_errors import PlainDialog, PlainScreen

MOST = 3
LONGEST_CELL = 240
TITLE_WIDTH = 14
HELP = """\
Each line is one thing, each column one program. ≠ marks where they differ.

up/down  the lines
enter    one line in full, where it was cut
d        only where they differ, or everything
escape   back

'not known' means that nobody wrote it down yet: a question for your next call."""


class PickPrograms(PlainDialog[tuple[str, ...] | None]):
    """Asks for two or three programs; gives their ids."""

    HELP = """\
space   tick a program, or let it go
enter   compare the two or three that are ticked
escape  leave"""
    BINDINGS = [
        Binding("enter", "done", "Compare", priority=True),
        Binding("space", "tick", "Tick", priority=True),
        Binding("escape", "leave", "Leave"),
    ]

    def __init__(self, records: Sequence[ProgramRecord], first: str) -> None:
        super().__init__()
        self._records, self._ticked = tuple(records), [first]

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical(classes="dialog"):
            yield Static("Compare which programs? Tick two or three.", classes="dialog-title", markup=False)
            yield OptionList(*(Option(self._line(r)) for r in self._records), classes="pick-list", markup=False)
            yield Static("space: tick    enter: compare    esc: leave", classes="quiet", markup=False)
            yield Static("", id="pick-problem", classes="field-problem", markup=False)
            yield Button("Compare (enter)", variant="primary")

    def on_mount(self) -> None:
        """The cursor is below what is ticked already."""
        choices = self.query_one(OptionList)
        choices.highlighted = next((at for at, r in enumerate(self._records) if r.id in self._ticked), 0)
        choices.focus()

    def _line(self, record: ProgramRecord) -> str:
        return f"{'[x]' if record.id in self._ticked else '[ ]'} {record.name}"

    def action_tick(self) -> None:
        """Tick the chosen program, or not."""
        choices = self.query_one(OptionList)
        at = choices.highlighted
        if at is None:
            return
        record = self._records[at]
        if record.id in self._ticked:
            self._ticked.remove(record.id)
        else:
            self._ticked.append(record.id)
        choices.replace_option_prompt_at_index(at, self._line(record))
        self.query_one("#pick-problem", Static).update("")

    def on_option_list_option_selected(self) -> None:
        """A click ticks."""
        self.action_tick()

    def on_button_pressed(self) -> None:
        """Compare."""
        self.action_done()

    def action_done(self) -> None:
        """Compare what is ticked, if that can be done."""
        if 2 <= len(self._ticked) <= MOST:
            self.dismiss(tuple(self._ticked))
        else:
            said = f"✗ {len(self._ticked)} ticked. Tick two or three with space."
            self.query_one("#pick-problem", Static).update(said)

    def action_leave(self) -> None:
        """Leave."""
        self.dismiss(None)


def cut(text: str) -> str:
    """A cell that does not push everything else off the screen."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


class CompareScreen(PlainScreen[None]):
    """The comparison."""

    TITLE = "Compare programs"
    HELP = HELP
    BINDINGS = [
        Binding("enter", "full", "In full", priority=True, key_display="⏎"),
        Binding("d", "differences", "Only differences / all"),
        Binding("escape", "back", "Back", key_display="esc"),
    ]

    def __init__(self, records: Sequence[ProgramRecord]) -> None:
        super().__init__()
        self._records = tuple(records)
        self._lines = compare(self._records)
        self._shown: tuple[Line, ...] = ()
        self._only_differences = False

    def compose(self) -> ComposeResult:
        """The table."""
        yield Header()
        yield Static("", id="compare-said", markup=False)
        yield DataTable[Text](
            id="compare-table", cursor_type="row", cell_padding=1, zebra_stripes=True, fixed_columns=1
        )
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """The arrow keys move in the table."""
        self.query_one(DataTable).focus()

    def on_resize(self, event: events.Resize) -> None:
        """The columns share the width."""
        self._fill(event.size.width)

    def _fill(self, width: int) -> None:
        table = self.query_one(DataTable)
        row = table.cursor_row
        table.clear(columns=True)
        each = max(12, (width - 2 - TITLE_WIDTH - 2) // len(self._records) - 2)
        table.add_column(Text(""), width=TITLE_WIDTH)
        for record in self._records:
            table.add_column(Text(record.name, overflow="ellipsis", no_wrap=True), width=each)
        self._shown = tuple(line for line in self._lines if line.differs or not self._only_differences)
        for line in self._shown:
            title = ("≠ " if line.differs else "  ") + line.title
            table.add_row(Text(title, style="bold"), *(Text(cut(cell)) for cell in line.cells), height=None)
        if self._shown:
            table.move_cursor(row=min(row, len(self._shown) - 1))
        differing = sum(line.differs for line in self._lines)
        said = f"{len(self._lines)} lines, {differing} differ (≠)"
        self.query_one("#compare-said", Static).update(said + (" · only these" if self._only_differences else ""))

    def action_differences(self) -> None:
        """Only what differs, or everything."""
        self._only_differences = not self._only_differences
        self._fill(self.size.width)

    def action_full(self) -> None:
        """One line in full."""
        row = self.query_one(DataTable).cursor_row
        if row < len(self._shown):
            line = self._shown[row]
            parts = (f"{record.name}:\n{cell}" for record, cell in zip(self._records, line.cells, strict=True))
            self.app.push_screen(Note(line.title, "\n\n".join(parts)))

    def on_data_table_row_selected(self) -> None:
        """A click on the chosen line opens it."""
        self.action_full()

    def action_back(self) -> None:
        """Back."""
        self.dismiss(None)
