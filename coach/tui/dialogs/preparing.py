"""Finding the questions of a sitting. It shows itself only where banks must be read first and that takes long."""

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static
from textual.worker import get_current_worker

from coach.domain.question import Question
from coach.errors import CoachError
from coach.practice.banks import StoppedError
from coach.practice.desk import Desk
from coach.practice.selection import Ask, select
from coach.tui.plain_errors import PlainDialog, leave_and_tell
from coach.tui.reading import read_library
from coach.tui.screens.nothing import NO_FIT, why_empty

Found = tuple[Question, ...]


class Preparing(PlainDialog[Found | None]):
    """Gives the questions; None when the user leaves, which stops the reading."""

    HELP = """\
The question banks are read. This is done once, and again for files that change.

escape   stop; next time it goes on from there"""
    BINDINGS = [Binding("escape", "leave", "Leave")]

    def __init__(self, desk: Desk, ask: Ask) -> None:
        super().__init__()
        self._desk, self._ask = desk, ask
        self._outcome: Found | CoachError | None = None

    def compose(self) -> ComposeResult:
        """How far it is."""
        with Vertical(classes="dialog"):
            yield Static("", id="preparing-said", markup=False)
            yield Static("esc: stop", classes="quiet", markup=False)

    def on_mount(self) -> None:
        """Begin."""
        self._prepare()

    def on_screen_resume(self) -> None:
        """What was found while the help lay over this."""
        self._end()

    @work(thread=True)
    def _prepare(self) -> None:
        try:
            library = read_library(self._desk, get_current_worker(), lambda said: self.call_later(self._show, said))
            nothing = why_empty(library)
            if nothing != NO_FIT:
                raise CoachError(nothing)
            self.call_later(self._found, select(self._desk, self._ask))
        except StoppedError:
            return
        except CoachError as error:
            self.call_later(self._found, error)

    def _show(self, said: str) -> None:
        self.query_one("#preparing-said", Static).update(said)
        self.add_class("-shown")

    def _found(self, outcome: Found | CoachError) -> None:
        self._outcome = outcome
        if self.is_active:
            self._end()

    def _end(self) -> None:
        if isinstance(self._outcome, CoachError):
            self.app.call_later(leave_and_tell, self, self._outcome)
        elif self._outcome is not None:
            self.dismiss(self._outcome)

    def action_leave(self) -> None:
        """Leave; the thread is cancelled with the dialog."""
        self.dismiss(None)
