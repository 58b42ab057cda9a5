"""Past answers: every sitting, searchable; enter opens an answer with transcript, feedback and sound."""

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.timer import Timer
from textual.widgets import DataTable, Footer, Header, Input, Static

from coach.domain.session import Answer, AnswerLine
from coach.practice.archive import MOST_LISTED
from coach.practice.delivery import clock_text
from coach.practice.desk import Desk
from coach.practice.feedback_order import line_headline
from coach.tui.plain_errors import PlainScreen
from coach.tui.screens.feedback import FeedbackScreen
from coach.tui.widgets.fitted_table import Fit, FittedTable

COLUMNS = (
    Fit("when", "When", 12),
    Fit("question", "Question", 22, 1),
    Fit("length", "Length", 6),
    Fit("result", "Result", 26),
)
TYPING_S = 0.15
"""Seconds without a key after which the typed words are looked for."""

NOT_FOUND = "No answer has any of these words. Try the beginning of one word."
HELP = """\
Your past answers, the newest on top.

/       search in questions and in your own words
enter   open the answer: feedback, transcript, recording
t       read the answers of this sitting together, as interviewers do
l       read the whole list together
escape  back"""


class HistoryScreen(PlainScreen[None]):
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
        self._lines: dict[str, AnswerLine] = {}
        self._typing: Timer | None = None

    def compose(self) -> ComposeResult:
        """Search line and table."""
        yield Header()
        yield Input(placeholder="Search: words of a question or of your answers", id="history-search")
        yield FittedTable(COLUMNS, id="history-table")
        yield Static("", id="history-said", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """The list comes with the screen's resuming, which follows."""
        self.query_one(FittedTable).focus()

    def on_screen_resume(self) -> None:
        """Fill the list; an answer may have been judged since."""
        self._fill()

    def _fill(self) -> None:
        query = self.query_one(Input).value
        lines = self._desk.archive.lines(query)
        self._lines = {line.id: line for line in lines}
        table = self.query_one(FittedTable)
        table.fill(
            [
                (
                    line.id,
                    (
                        f"{line.started.astimezone():%d %b %H:%M}",
                        line.asked_text,
                        "-" if line.seconds is None else clock_text(line.seconds),
                        line_headline(line),
                    ),
                )
                for line in lines
            ]
        )
        table.display = bool(lines)
        said = self.query_one("#history-said", Static)
        said.update(self._said(query, sum(line.damaged for line in lines)))
        said.display = bool(str(said.content))

    def _said(self, query: str, damaged: int) -> str:
        if not self._lines:
            return NOT_FOUND if query else "No answers yet. Press escape, then enter to begin."
        said = []
        if any(line.partly for line in self._lines.values()):
            said.append("No answer has all these words; the best matches come first.")
        if len(self._lines) == MOST_LISTED:
            said.append(f"These are the newest {MOST_LISTED}. Search with / to find older ones.")
        if damaged:
            said.append(f"A part of {damaged} of them cannot be read any more; the recordings are kept.")
        return " ".join(said)

    def on_input_changed(self) -> None:
        """Search as the user types, when the fingers rest."""
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(TYPING_S, self._fill)

    def on_input_submitted(self) -> None:
        """From the search line to what was found."""
        if self._typing is not None:
            self._typing.stop()
        self._fill()
        self.query_one(FittedTable).focus()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Open an answer."""
        if event.row_key.value is not None:
            self.app.push_screen(FeedbackScreen(self._desk, self._desk.archive.answer(event.row_key.value)))

    def action_together(self) -> None:
        """Read the answers of the chosen one's sitting together."""
        line = self._lines.get(self.query_one(FittedTable).chosen)
        if line is not None:
            self._read_together([one.id for one in self._lines.values() if one.session_id == line.session_id])

    def action_all_together(self) -> None:
        """Read the whole list together: the history, or what was found."""
        self._read_together(list(self._lines))

    @work(thread=True, exclusive=True, group="history-together")
    def _read_together(self, ids: list[str]) -> None:
        answers = [self._desk.archive.answer(one) for one in reversed(ids)]
        self.app.call_from_thread(self._show_together, answers)

    def _show_together(self, answers: list[Answer]) -> None:
        from coach.tui.screens.session import SessionScreen

        if answers and self.is_active:
            self.app.push_screen(SessionScreen(self._desk, answers))

    def action_search(self) -> None:
        """To the search line."""
        self.query_one(Input).focus()

    def action_back(self) -> None:
        """From the search line to the table, else back."""
        if self.query_one(Input).has_focus and self._lines:
            self.query_one(FittedTable).focus()
        else:
            self.dismiss(None)
