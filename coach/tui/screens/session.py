"""What a sitting, or the whole history, shows when its answers are read together."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Header, OptionList, Static
from textual.widgets.option_list import Option

from coach.domain.finding import SessionFinding
from coach.domain.session import Answer
from coach.practice.delivery import clock_text
from coach.practice.desk import Desk
from coach.practice.events import Event, SessionFailed, SessionReviewed
from coach.practice.feedback_order import headline
from coach.tui.bridge import listener
from coach.tui.plain_errors import PlainScreen

HELP = """\
Interviewers compare notes. This is what they would see over all your answers: the same
apology twice, the visa raised again, one story for three questions, plans that do not fit.

The first thing named is the one habit to work on next.

enter   open an answer
escape  back"""


class SessionScreen(PlainScreen[None]):
    """Answers in a list, and below what only shows over all of them."""

    TITLE = "Your answers together"
    HELP = HELP
    BINDINGS = [Binding("escape", "back", "Back", key_display="esc")]

    def __init__(self, desk: Desk, answers: Sequence[Answer]) -> None:
        super().__init__()
        self._desk = desk
        self._answers = tuple(answers)
        self._job = ""

    def compose(self) -> ComposeResult:
        """The list and the findings."""
        yield Header()
        yield OptionList(id="session-answers", markup=False)
        with VerticalScroll(id="session-box"):
            yield Static("Reading your answers together ...", id="session-findings", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """List the answers and have them judged together."""
        choices = self.query_one(OptionList)
        for answer in self._answers:
            length = clock_text(answer.take.seconds) if answer.take else "-"
            choices.add_option(Option(f"{length:>5}  {headline(answer):32}  {answer.asked_text}"))
        choices.focus()
        scored = [a for a in self._answers if a.feedback is not None and a.feedback.not_scored is None]
        if len({a.question.key for a in scored}) < 2:
            self._show_text("Scored answers to two questions are needed before they can be compared.")
        else:
            self._job = self._desk.review(self._answers, listener(self.app))

    def hear(self, event: Event) -> None:
        """Take the judgement that this screen asked for."""
        if isinstance(event, SessionReviewed) and event.job == self._job:
            self._show(event.findings)
        elif isinstance(event, SessionFailed) and event.job == self._job:
            self._show_text(f"{event.message}\nYour answers are kept. Press escape and open this list again to retry.")

    def _show_text(self, text: str) -> None:
        self.query_one("#session-findings", Static).update(text)

    def _show(self, findings: Sequence[SessionFinding]) -> None:
        if not findings:
            self._show_text("Nothing speaks against you when these answers are read together.")
            return
        content = Content("")
        for finding in findings:
            content += Content(f"{finding.title}\n").stylize("bold") + Content(f"{finding.detail}\n")
            for answer in self._answers:
                if answer.id in finding.answers:
                    content += Content(f"  · {answer.asked_text}\n").stylize("dim")
            content += Content("Next time: ").stylize("bold") + Content(f"{finding.advice}\n\n")
        self.query_one("#session-findings", Static).update(content)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open an answer."""
        from coach.tui.screens.feedback import FeedbackScreen

        self.app.push_screen(FeedbackScreen(self._desk, self._answers[event.option_index]))

    def action_back(self) -> None:
        """Back."""
        self.dismiss(None)
