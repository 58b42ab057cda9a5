"""The first screen: from here a newcomer reaches the first question with one key."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Footer, Header, OptionList, Static
from textual.widgets.option_list import Option

HELP = """\
Choose with the arrow keys and enter, or press the letter beside a line.

enter   practise now: five questions, ready to speak
ctrl+p  every screen and command by name
F1      help, on every screen
q       leave

Everything that you say stays on this machine."""


@dataclass(frozen=True, slots=True)
class Door:
    """One way on from the first screen: the app's action, its key and what it says."""

    action: str
    key: str
    title: str
    about: str


DOORS = (
    Door("practise", "enter", "Practise now", "five questions, chosen for you"),
    Door("baseline", "b", "First day", "the five questions everybody is asked"),
    Door("choose", "c", "Choose questions", "by subject, program, specialty, or what is due"),
    Door("drill", "a", "Ask them", "practise the questions that you ask"),
    Door("history", "h", "History", "your answers, feedback and recordings"),
    Door("programs", "p", "Programs", "facts, visa table, signals, rank list"),
    Door("banks", "m", "Question banks", "add your own or your mentor's"),
    Door("settings", "s", "Settings", "microphone, recogniser, colours"),
    Door("doctor", "d", "Check this machine", "sound, recogniser, disk"),
)


class HomeScreen(Screen[None]):
    """The menu."""

    TITLE = "coach"
    SUB_TITLE = "practise your residency interview"
    HELP = HELP
    BINDINGS = [
        *(Binding(d.key, f"app.{d.action}", d.title, show=d.key in "bchs") for d in DOORS if d.key != "enter"),
        Binding("u", "app.unfinished", "Unfinished", show=False),
        Binding("q", "app.quit", "Quit"),
    ]

    def compose(self) -> ComposeResult:
        """Greeting, menu, promise."""
        yield Header()
        with Vertical(id="home"):
            yield Static("", id="home-greeting", markup=False)
            yield OptionList(
                *(Option(f"{d.title:20}{d.about:48}{d.key}", id=d.action) for d in DOORS), id="home-menu", markup=False
            )
            yield Static("Nothing that you say leaves this machine.", id="home-promise", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """The first line is chosen, so that enter practises."""
        menu = self.query_one(OptionList)
        menu.highlighted = 0
        menu.focus()

    def greet(self, text: str) -> None:
        """Show the greeting."""
        self.query_one("#home-greeting", Static).update(text)

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go through the chosen door."""
        await self.app.run_action(f"app.{event.option.id}")
