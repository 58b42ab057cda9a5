"""Is everything here that practising needs?"""

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Header, Static

from coach.practice import doctor
from coach.practice.desk import Desk
from coach.tui.plain_errors import PlainScreen

HELP = """\
Looks at the sound library, the microphone and its level, the recogniser, the questions, the disk.
Speak a little while it listens.

r       look again
escape  back"""


class DoctorScreen(PlainScreen[None]):
    """The list of checks."""

    TITLE = "Check this machine"
    HELP = HELP
    BINDINGS = [Binding("r", "look", "Look again"), Binding("escape", "back", "Back", key_display="esc")]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        """The checks."""
        yield Header()
        with VerticalScroll(id="doctor"):
            yield Static("", id="doctor-checks", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Look at once."""
        self.action_look()

    def action_look(self) -> None:
        """Look at everything, in a thread."""
        self.query_one("#doctor-checks", Static).update("Looking and listening. Say a few words ...")
        self._look()

    @work(thread=True, exclusive=True)
    def _look(self) -> None:
        settings = self._desk.settings
        checks = doctor.examine(self._desk.home, settings.microphone, settings.model, settings.rubric)
        self.app.call_from_thread(self._show, checks)

    def _show(self, checks: tuple[doctor.Check, ...]) -> None:
        if not self.is_mounted:
            return
        content = Content("")
        for check in checks:
            mark = "✓" if check.ok else "✗"
            content += Content(f"{mark} {check.name:14}").stylize("bold") + Content(f" {check.detail}\n")
            if not check.ok:
                content += Content(f"{'':17}{check.mend}\n").stylize("italic")
        if all(check.ok for check in checks):
            content += Content("\nAll is well.")
        self.query_one("#doctor-checks", Static).update(content)

    def action_back(self) -> None:
        """Back."""
        self.dismiss(None)
