"""Takes that were recorded but never judged: a crash, a closed window, a failed recogniser."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Footer, Header, OptionList, Static
from textual.widgets.option_list import Option

from coach.domain.session import Answer
from coach.errors import CoachError
from coach.practice.delivery import clock_text
from coach.practice.desk import Desk
from coach.practice.events import AnswerFailed, AnswerJudged, AnswerTranscribed, Event
from coach.tui.bridge import listener
from coach.tui.dialogs.message import Note
from coach.tui.plain_errors import PlainScreen
from coach.tui.screens.feedback import FeedbackScreen

HELP = """\
These answers were recorded but not judged, perhaps because the window was closed. Nothing is lost.

enter   judge it now
x       do not offer it again (the recording stays on disk)
escape  back"""


class UnfinishedScreen(PlainScreen[None]):
    """The list of takes that wait."""

    TITLE = "Unfinished answers"
    HELP = HELP
    BINDINGS = [
        Binding("enter", "judge", "Judge it now", priority=True),
        Binding("x", "set_aside", "Do not offer again"),
        Binding("escape", "back", "Back", key_display="esc"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._answers: list[Answer] = []
        self._open: FeedbackScreen | None = None

    def compose(self) -> ComposeResult:
        """A sentence and the list."""
        yield Header()
        with Vertical(id="unfinished"):
            yield Static("", id="unfinished-text", markup=False)
            yield OptionList(id="unfinished-list", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_screen_resume(self) -> None:
        """Fill the list; an answer may be judged by now."""
        self._fill()

    def _fill(self) -> None:
        self._answers = list(self._desk.archive.unfinished())
        choices = self.query_one(OptionList)
        choices.clear_options()
        for a in self._answers:
            length = clock_text(a.take.seconds) if a.take else "-"
            choices.add_option(Option(f"{a.started.astimezone():%d %b %H:%M}  {length}  {a.asked_text}"))
        text = (
            "These answers were recorded but not judged. Nothing is lost." if self._answers else "Nothing waits here."
        )
        self.query_one("#unfinished-text", Static).update(text)
        if self._answers:
            choices.highlighted = 0
            choices.focus()

    def _chosen(self) -> Answer | None:
        index = self.query_one(OptionList).highlighted
        return self._answers[index] if index is not None and index < len(self._answers) else None

    def action_judge(self) -> None:
        """Transcribe and judge the chosen take."""
        answer = self._chosen()
        if answer is None:
            return
        try:
            self._desk.repeat(answer, listener(self.app))
        except CoachError as error:
            self.app.push_screen(Note.of(error))
            return
        self._open = FeedbackScreen(self._desk, answer)
        self.app.push_screen(self._open)

    def hear(self, event: Event) -> None:
        """The open feedback hears for itself; here only the list changes."""
        if isinstance(event, AnswerTranscribed | AnswerJudged | AnswerFailed) and self.is_current:
            self._fill()

    def action_set_aside(self) -> None:
        """Do not offer the chosen take again."""
        answer = self._chosen()
        if answer is not None:
            self._desk.archive.set_aside(answer)
            self._fill()

    def action_back(self) -> None:
        """Back."""
        self.dismiss(None)
