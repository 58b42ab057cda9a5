"""The user's choices."""

from collections.abc import Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Header, Label, Select, Static, Switch

from coach.errors import CoachError
from coach.practice import choices
from coach.practice.desk import Desk
from coach.practice.settings import changed
from coach.tui.plain_errors import PlainScreen

HELP = """\
tab moves to the next choice, space or enter changes it. Everything is kept at once.

Live text: words appear while you speak. An interview has none, so it is off at first.
escape: back"""

THEMES = (("dark", "textual-dark"), ("light", "textual-light"))


def _plain(options: Sequence[tuple[str, str]]) -> list[tuple[Content, str]]:
    """Names of devices and files as they are: brackets in them are not markup."""
    return [(Content(name), value) for name, value in options]


class SettingsScreen(PlainScreen[None]):
    """Microphone, recogniser, colours, live text."""

    TITLE = "Settings"
    HELP = HELP
    BINDINGS = [Binding("escape", "back", "Back", key_display="esc")]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        """One line a choice."""
        settings = self._desk.settings
        found, problem = choices.microphones()
        names = [("the system's default", ""), *((name, name) for name in found)]
        if settings.microphone not in [value for _, value in names]:
            names.append((f"{settings.microphone} (not here now)", settings.microphone))
        recognisers = [("chosen for you", ""), *choices.models(self._desk.home)]
        if settings.model not in [value for _, value in recognisers]:
            recognisers.append((settings.model, settings.model))
        yield Header()
        with VerticalScroll(id="settings"):
            with Horizontal(classes="setting"):
                yield Label("Microphone")
                yield Select(_plain(names), value=settings.microphone, allow_blank=False, id="setting-microphone")
            yield Static(problem, id="settings-problem", markup=False)
            with Horizontal(classes="setting"):
                yield Label("Recogniser")
                yield Select(_plain(recognisers), value=settings.model, allow_blank=False, id="setting-model")
            with Horizontal(classes="setting"):
                yield Label("Colours")
                dark = settings.theme if settings.theme in dict(THEMES).values() else THEMES[0][1]
                yield Select(THEMES, value=dark, allow_blank=False, id="setting-theme")
            with Horizontal(classes="setting"):
                yield Label("Live text while I speak")
                yield Switch(settings.captions, id="setting-captions")
            yield Static(f"Everything is kept in {self._desk.home.root}", id="settings-home", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Hide the problem line when there is none."""
        problem = self.query_one("#settings-problem", Static)
        problem.display = bool(str(problem.content))

    def on_select_changed(self, event: Select.Changed) -> None:
        """Keep a choice."""
        name = (event.select.id or "").removeprefix("setting-")
        value = str(event.value)
        kept = getattr(self._desk.settings, name)
        if kept == value:
            return
        try:
            self._desk.choose(changed(self._desk.settings, {name: value}))
        except CoachError:
            event.select.value = kept
            raise
        if name == "theme":
            self.app.theme = value
        if name == "model":
            self.notify("The new recogniser is used from the next start of coach.")

    def on_switch_changed(self, event: Switch.Changed) -> None:
        """Keep a choice."""
        kept = self._desk.settings.captions
        if kept == event.value:
            return
        try:
            self._desk.choose(replace(self._desk.settings, captions=event.value))
        except CoachError:
            event.switch.value = kept
            raise

    def action_back(self) -> None:
        """Back."""
        self.dismiss(None)
