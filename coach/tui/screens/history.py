"""Past answers: every sitting, searchable; enter opens an answer with transcript, feedback and sound."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import DataTable, Footer, Header, Input, Static

from coach.domain.session import Answer
from coach.practice.desk import Desk
from coach.practice.feedback_order import headline
from coach.tui.screens.feedback import FeedbackScreen
from coach.tui.widgets.clock import clock_text

HELP = """\
Your past answers, the newest on top.

/       search in questions and in your own words
enter   open the answer: feedback, transcript, recording
t       read the answers of this sitting together, as interviewers do
l       read the whole list together
escape  back"""


class HistoryScreen(Screen[None]):
    """The list of past answers."""

    TITLE = "History"
    HELP = HELP
    BINDINGS = [
        Binding("slash", "search", "Search"),
        Binding("t", "together", "This sitting together"),
        Binding("l", "all_together", "All together"),
        Binding("escape", "back", "Back", key_display="esc"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._answers: dict[str, Answer] = {}

    def compose(self) -> ComposeResult:
        """Search line and table."""
        yield Header()
        yield Input(placeholder="Search: words of a question or of your answers", id="history-search")
        yield DataTable(id="history-table", cursor_type="row", zebra_stripes=True)
        yield Static("", id="history-empty", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(DataTable)
        table.add_columns("When", "Question", "Length", "Result")
        self._fill("")
        table.focus()

    def on_screen_resume(self) -> None:
        """An answer may have been judged since."""
        if self.query_one(DataTable).columns:
            self._fill(self.query_one(Input).value)

    def _fill(self, query: str) -> None:
        table = self.query_one(DataTable)
        row = table.cursor_row
        table.clear()
        self._answers = {}
        for session in self._desk.archive.sessions(query):
            for answer in session.answers:
                self._answers[answer.id] = answer
                length = clock_text(answer.take.seconds) if answer.take else "-"
                wide = max(20, self.size.width - 52)
                asked = answer.asked_text if len(answer.asked_text) <= wide else answer.asked_text[: wide - 1] + "…"
                when = f"{answer.started.astimezone():%d %b %H:%M}"
                table.add_row(when, asked, length, headline(answer), key=answer.id)
        table.display = bool(self._answers)
        empty = "No answer holds these words." if query else "No answers yet. Press escape, then enter to begin."
        self.query_one("#history-empty", Static).update("" if self._answers else empty)
        if self._answers:
            table.move_cursor(row=min(row, len(self._answers) - 1))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as the user types."""
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        """From the search line to what was found."""
        self.query_one(DataTable).focus()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Open an answer."""
        if event.row_key.value is not None:
            self.app.push_screen(FeedbackScreen(self._desk, self._answers[event.row_key.value]))

    def action_together(self) -> None:
        """Read the answers of the chosen one's sitting together."""
        answer = self._chosen()
        if answer is not None:
            self._read_together(a for a in self._answers.values() if a.session_id == answer.session_id)

    def action_all_together(self) -> None:
        """Read the whole list together: the history, or what was found."""
        self._read_together(self._answers.values())

    def _read_together(self, answers: Iterable[Answer]) -> None:
        from coach.tui.screens.session import SessionScreen

        in_order = sorted(answers, key=lambda a: a.started)
        if in_order:
            self.app.push_screen(SessionScreen(self._desk, in_order))

    def _chosen(self) -> Answer | None:
        ids = list(self._answers)
        row = self.query_one(DataTable).cursor_row
        return self._answers[ids[row]] if row < len(ids) else None

    def action_search(self) -> None:
        """To the search line."""
        self.query_one(Input).focus()

    def action_back(self) -> None:
        """From the search line to the table, else back."""
        if self.query_one(Input).has_focus and self._answers:
            self.query_one(DataTable).focus()
        else:
            self.dismiss(None)
