"""The app: which screens there are, how to reach them, and what every screen can do."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.actions import ActionParseResult
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.driver import Driver
from textual.worker import WorkerFailed

from coach.domain.question import Question
from coach.errors import CoachError
from coach.practice.desk import Desk
from coach.practice.events import HelperState
from coach.practice.greeting import greeting
from coach.practice.selection import Ask
from coach.tui.bridge import Happened, Latest
from coach.tui.dialogs.message import Help, Note
from coach.tui.listening import Listening
from coach.tui.palette import DoorCommands
from coach.tui.plain_errors import PlainErrors
from coach.tui.screens.home import HomeScreen
from coach.tui.starting import practise
from coach.tui.terminal import drawing

WARM_AFTER_S = 0.5
"""Seconds after the first paint at which the worker process begins to load, so that the screen comes first."""


class CoachApp(PlainErrors, App[int]):
    """Practise spoken answers."""

    TITLE = "coach"
    CSS_PATH = ["coach.tcss", "styles/questions.tcss"]
    COMMANDS: ClassVar = {DoorCommands}
    BINDINGS = [
        Binding("f1", "help", "Help", priority=True, key_display="F1"),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (22, "-low"), (30, "-tall")]

    def __init__(
        self, desk: Desk, questions: Sequence[Question] = (), *, ask: Ask | None = None, warm: bool = True
    ) -> None:
        super().__init__()
        self.desk = desk
        self._questions, self._ask = tuple(questions), ask
        self._warm = warm

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver, with the terminal in its own hands."""
        return drawing(super().get_driver_class())

    def on_mount(self) -> None:
        """Home first; then straight to practice when questions were given, or asked for and still to be found."""
        self.theme = self.desk.settings.theme if self.desk.settings.theme in self.available_themes else "textual-dark"
        home = HomeScreen()
        self.push_screen(home)
        self.call_after_refresh(self._greet, home)
        if self._warm:
            self.set_timer(WARM_AFTER_S, self.desk.worker.warm)
        if self._questions:
            self._practise(self._questions)
        elif self._ask is not None:
            self._prepare(self._ask)

    def _greet(self, home: HomeScreen) -> None:
        try:
            answers = self.desk.archive.count()
            waiting = len(self.desk.archive.unfinished())
        except CoachError as error:
            self.push_screen(Note.of(error))
            return
        home.greet(greeting(self.desk.clock().astimezone(), answers, waiting))

    def on_happened(self, message: Happened) -> None:
        """Tell every screen that listens."""
        for screen in list(self.screen_stack):
            if isinstance(screen, Listening) and screen.is_mounted:
                screen.hear(message.event)
        if isinstance(message.event, HelperState) and message.event.state == "died":
            self.notify(message.event.message, severity="warning")

    def on_latest(self, message: Latest) -> None:
        """Tell the screen on top: only it shows levels and live text."""
        if isinstance(self.screen, Listening):
            self.screen.hear(message.event)

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key or command asks for; a CoachError is told, whichever widget the key came from."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except CoachError as error:
            self.push_screen(Note.of(error))
            return True

    def _handle_exception(self, error: Exception) -> None:
        """Textual's last resort: timers, callbacks and threads that let an error through. Only others end the app."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(cause, CoachError):
            self.call_later(self.push_screen, Note.of(cause))
        else:
            super()._handle_exception(error)

    def _practise(self, questions: Sequence[Question], title: str = "") -> None:
        practise(self, self.desk, questions, title, self._back_home)

    def _prepare(self, ask: Ask, title: str = "") -> None:
        """Find the questions, which may take long, and then practise them."""
        from coach.tui.dialogs.preparing import Preparing

        def then(questions: Sequence[Question] | None) -> None:
            if questions:
                self._practise(questions, title)

        self.push_screen(Preparing(self.desk, ask), then)

    def _back_home(self, _: object = None) -> None:
        if isinstance(self.screen, HomeScreen):
            self._greet(self.screen)

    def action_practise(self) -> None:
        """Five questions, chosen for the user."""
        self._prepare(Ask())

    def action_baseline(self) -> None:
        """The five diagnostic questions of the first day."""
        self._prepare(Ask(baseline=True), "First day")

    def action_history(self) -> None:
        """Past answers."""
        from coach.tui.screens.history import HistoryScreen

        self.push_screen(HistoryScreen(self.desk), self._back_home)

    def action_unfinished(self) -> None:
        """Takes that were never judged."""
        from coach.tui.screens.unfinished import UnfinishedScreen

        self.push_screen(UnfinishedScreen(self.desk), self._back_home)

    def action_settings(self) -> None:
        """The user's choices."""
        from coach.tui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen(self.desk))

    def action_doctor(self) -> None:
        """Check this machine."""
        from coach.tui.screens.doctor import DoctorScreen

        self.push_screen(DoctorScreen(self.desk))

    def action_choose(self) -> None:
        """Find and mark questions, start a session of them."""
        from coach.tui.screens.choose import ChooseScreen

        self.push_screen(ChooseScreen(self.desk), self._back_home)

    def action_banks(self) -> None:
        """The question banks."""
        from coach.tui.screens.banks import BanksScreen

        self.push_screen(BanksScreen(self.desk), self._back_home)

    def action_programs(self) -> None:
        """The candidate's programs."""
        from coach.tui.screens.programs import ProgramsScreen

        self.push_screen(ProgramsScreen(self.desk), self._back_home)

    def action_drill(self) -> None:
        """Practise the questions that the candidate asks."""
        from coach.tui.screens.drill import DrillScreen

        self.push_screen(DrillScreen(self.desk), self._back_home)

    def action_help(self) -> None:
        """Explain the screen on top."""
        if isinstance(self.screen, Note):
            return
        # Textual gives every widget a HELP of None.
        told = getattr(self.screen, "HELP", None) or "escape: back"
        self.push_screen(Help("Help", f"{told}\n\nctrl+p: every screen by name"))

    async def action_quit(self) -> None:
        """Leave; a running recording is stopped and kept."""
        try:
            self.desk.leave()
        except CoachError as error:
            self.exit(1, 1, str(error))
        else:
            self.exit(0)
