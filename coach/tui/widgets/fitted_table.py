"""A table whose columns always share the width that there is; text of users and files is never read as markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.widgets import DataTable
from textual.widgets.data_table import ColumnKey


@dataclass(frozen=True, slots=True)
class Fit:
    """One column: `least` cells wide, and its `share` of what is left over; gone in a table under `from_room` cells."""

    key: str
    title: str
    least: int
    share: int = 0
    from_room: int = 0


def widths(columns: Sequence[Fit], room: int, padding: int = 1) -> tuple[int, ...]:
    """How wide each column is in `room` cells; where there is too little room, each has its least."""
    left = room - sum(column.least + 2 * padding for column in columns)
    shares = sum(column.share for column in columns)
    if left <= 0 or not shares:
        return tuple(column.least for column in columns)
    return tuple(column.least + left * column.share // shares for column in columns)


def plain(text: str) -> Text:
    """One line of a table."""
    return Text(" ".join(text.splitlines()), no_wrap=True, overflow="ellipsis")


class FittedTable(DataTable[Text]):
    """Rows of plain text with a row cursor."""

    BINDINGS = [
        Binding("home", "scroll_top", show=False),
        Binding("end", "scroll_bottom", show=False),
    ]

    def __init__(self, columns: Sequence[Fit], *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, cursor_type="row", cell_padding=1)
        self._fits = tuple(columns)
        self._shown: tuple[Fit, ...] = ()
        self._cells: dict[str, list[str]] = {}

    def on_mount(self) -> None:
        """The columns of a narrow table, until its width is known."""
        self._show_columns(0)

    def on_resize(self, event: events.Resize) -> None:
        """Share out the new width; the place of the scroll bar is kept free."""
        room = event.size.width - self.styles.scrollbar_size_vertical
        self._show_columns(room)
        for fit, width in zip(self._shown, widths(self._shown, room), strict=True):
            self.columns[ColumnKey(fit.key)].width = width
        self._require_update_dimensions = True
        self._clear_caches()
        self.refresh()

    def _show_columns(self, room: int) -> None:
        """Put in the columns that have a place in `room` cells; rows and cursor stay."""
        shown = tuple(fit for fit in self._fits if fit.from_room <= room)
        if shown == self._shown:
            return
        rows, row = list(self._cells.items()), self.cursor_row
        self.clear(columns=True)
        self._shown = shown
        for fit in shown:
            self.add_column(Text(fit.title), key=fit.key, width=fit.least)
        self.append(rows)
        if rows:
            self.move_cursor(row=row)

    def clear(self, columns: bool = False) -> Self:
        """Take out all rows."""
        self._cells.clear()
        return super().clear(columns)

    def fill(self, rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Show these rows, each a key and its cells, and keep the cursor where it was."""
        row = self.cursor_row
        self.clear()
        self.append(rows)
        if rows:
            self.move_cursor(row=min(row, len(rows) - 1))

    def append(self, rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Add rows below; each has a cell for every column, also for those that have no place now."""
        at = [self._fits.index(fit) for fit in self._shown]
        for key, cells in rows:
            self._cells[key] = list(cells)
            self.add_row(*(plain(cells[place]) for place in at), key=key)

    def write(self, row: str, column: str, text: str) -> None:
        """Change one cell."""
        self._cells[row][[fit.key for fit in self._fits].index(column)] = text
        if ColumnKey(column) in self.columns:
            self.update_cell(row, column, plain(text))

    @property
    def chosen(self) -> str:
        """The key of the row under the cursor, "" when there is none."""
        if not self.row_count:
            return ""
        return self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value or ""
