"""The first screen: from here a newcomer reaches the first question with one key."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Footer, Header, OptionList, Static
from textual.widgets.option_list import Option

from coach.tui.plain_errors import PlainScreen

HELP = """\
Choose with the arrow keys and enter, or press the letter beside a line.

enter   practise now: five questions, ready to speak
ctrl+p  every screen and command by name
F1      help, on every screen
q       leave

Everything that you say stays on this machine."""


@dataclass(frozen=True, slots=True)
class Door:
    """One way on from the first screen: the app's action, its key, its title, its name in the footer, what it is."""

    action: str
    key: str
    title: str
    short: str
    about: str


DOORS = (
    Door("practise", "enter", "Practise now", "", "five questions, chosen for you"),
    Door("baseline", "b", "First day", "First", "the five questions everybody is asked"),
    Door("choose", "c", "Choose questions", "Pick", "by subject, program, or what is due"),
    Door("drill", "a", "Ask them", "Ask", "practise the questions that you ask"),
    Door("history", "h", "History", "History", "your answers, feedback and recordings"),
    Door("programs", "p", "Programs", "Programs", "facts, visa table, signals, rank list"),
    Door("banks", "m", "Question banks", "Banks", "add your own or your mentor's"),
    Door("settings", "s", "Settings", "Setup", "microphone, recogniser, colours"),
    Door("doctor", "d", "Check this machine", "Test", "sound, recogniser, disk"),
)


class HomeScreen(PlainScreen[None]):
    """The menu."""

    TITLE = "coach"
    SUB_TITLE = "practise your residency interview"
    HELP = HELP
    BINDINGS = [
        *(Binding(d.key, f"app.{d.action}", d.short) for d in DOORS if d.short),
        Binding("u", "app.unfinished", "Unfinished", show=False),
        Binding("q", "app.quit", "Quit"),
    ]

    def compose(self) -> ComposeResult:
        """Greeting, menu, promise."""
        yield Header()
        with Vertical(id="home"):
            yield Static("", id="home-greeting", markup=False)
            yield OptionList(
                *(Option(f"{d.key:>5}  {d.title:20}{d.about}", id=d.action) for d in DOORS),
                id="home-menu",
                markup=False,
            )
            yield Static("Nothing that you say leaves this machine.", id="home-promise", markup=False)
        yield Footer(compact=True, show_command_palette=False)

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
