"""The fact sheets of the banks, such as the one on J-1 and H-1B visas."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Header, Static

from coach.practice.banks import Bank
from coach.tui.plain_errors import PlainScreen

NONE = "No bank has fact sheets here. The bank 'visa' that comes with the coach has one on J-1 and H-1B."
HELP = """\
Short facts, with the date on which they were written. Rules change: verify what matters to you with the source
before you say it in an interview.

up/down  scroll
escape   back"""


def facts_content(banks: Sequence[Bank]) -> Content:
    """Every fact of these banks, each with its date."""
    content = Content("")
    for bank in banks:
        if bank.info is None or not bank.info.facts:
            continue
        content += Content(f"{bank.info.title}\n").stylize("bold underline")
        for fact in bank.info.facts:
            dated = f"as of {fact.as_of}" if fact.as_of else "no date"
            verify = ", verify before you rely on it" if fact.verify else ""
            content += Content(f"\n{fact.title}").stylize("bold") + Content(f"  ({dated}{verify})\n").stylize("dim")
            content += Content(f"{fact.text}\n")
        content += Content("\n")
    return content


class FactsScreen(PlainScreen[None]):
    """Fact sheets to read."""

    TITLE = "Fact sheets"
    HELP = HELP
    BINDINGS = [Binding("escape", "back", "Back", key_display="esc")]

    def __init__(self, banks: Sequence[Bank]) -> None:
        super().__init__()
        self._banks = tuple(banks)

    def compose(self) -> ComposeResult:
        """The text."""
        yield Header()
        with VerticalScroll(id="facts"):
            content = facts_content(self._banks)
            yield Static(content if content.plain else Content(NONE), id="facts-text", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """The arrow keys scroll."""
        self.query_one(VerticalScroll).focus()

    def action_back(self) -> None:
        """Back."""
        self.dismiss(None)
