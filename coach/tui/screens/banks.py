"""The question banks: which there are, adding, removing and sharing them."""

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Header, Static
from textual.worker import get_current_worker

from coach.errors import CoachError
from coach.practice.bank_files import export_bank, remove_bank, save_bytes
from coach.practice.banks import SHIPPED, Bank, Library, StoppedError
from coach.practice.desk import Desk
from coach.tui.dialogs.confirm import Confirm
from coach.tui.dialogs.message import Note
from coach.tui.dialogs.pick import Pick
from coach.tui.plain_errors import PlainScreen
from coach.tui.reading import read_library
from coach.tui.screens.bank_preview import BankPreviewScreen
from coach.tui.screens.choice import Choice
from coach.tui.screens.choose import ChooseScreen
from coach.tui.screens.facts import FactsScreen
from coach.tui.screens.kept_files import export_path
from coach.tui.widgets.fitted_table import Fit, FittedTable

COLUMNS = (
    Fit("title", "Bank", 20, 4),
    Fit("author", "By", 8, 2),
    Fit("version", "Version", 7),
    Fit("count", "Questions", 9),
    Fit("origin", "From", 6),
    Fit("state", "State", 13),
)
EXPORTS = (
    ("A table for Excel and the like (.csv)", "csv"),
    ("Cards for Anki (.txt, import it there)", "anki"),
    ("A bank file for another coach (.yaml)", "yaml"),
)
ENDINGS = {"csv": "csv", "anki": "txt", "yaml": "yaml"}
HELP = """\
All questions come from banks. Some came with the coach; add your own or your mentor's.

enter   the questions of this bank
a       add a bank: a .yaml file or a folder of them, or a table, a list or Anki cards
x       remove a bank of your own; your answers stay, and the file is set aside
e       export a bank for Excel, for Anki, or for another coach
f       fact sheets, such as the one on J-1 and H-1B
escape  back

A bank with problems is listed, but its questions are not asked. Choose it to see what to mend."""


def state_of(bank: Bank) -> str:
    """What is the matter with a bank, in two words."""
    count = len(bank.problems)
    return "✓ in use" if bank.usable else f"✗ {count} problem{'s' if count != 1 else ''}"


def bank_content(bank: Bank) -> Content:
    """A bank in full: about, licence, file, and everything that is wrong with it."""
    info = bank.info
    content = Content(info.title if info else bank.path.name).stylize("bold")
    if info:
        about = (f"id {info.id}", info.licence, info.language, f"rubric {info.rubric}" if info.rubric else "")
        sheets = f"{len(info.facts)} facts (f)" if info.facts else ""
        content += Content("  " + "  ·  ".join(part for part in (*about, sheets) if part)).stylize("dim")
        content += Content(f"\n{info.about}" if info.about else "")
    if bank.problems:
        content += Content("\n" + "\n".join(f"✗ {problem}" for problem in bank.problems))
        content += Content("\nIts questions are not asked until this is mended.")
    where = f"comes with coach, {bank.path.name}" if bank.origin == SHIPPED else str(bank.path)
    return content + Content(f"\n{where}").stylize("dim")


class BanksScreen(PlainScreen[None]):
    """The list of banks."""

    TITLE = "Question banks"
    HELP = HELP
    BINDINGS = [
        Binding("enter", "questions", "Questions", priority=True, key_display="⏎"),
        Binding("a", "add", "Add"),
        Binding("x", "remove", "Remove"),
        Binding("e", "export", "Export"),
        Binding("f", "facts", "Fact sheets"),
        Binding("escape", "back", "Back", key_display="esc"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._library: Library | None = None
        self._banks: dict[str, Bank] = {}

    def compose(self) -> ComposeResult:
        """The list, and one bank in full."""
        yield Header()
        yield Static("Reading the banks ...", id="banks-said", markup=False)
        with Container(id="banks"):
            yield FittedTable(COLUMNS, id="banks-table")
            with VerticalScroll(id="banks-card-box", can_focus=False):
                yield Static("", id="banks-card", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Read the banks."""
        self.query_one(FittedTable).focus()
        self._read(again=False)

    @work(thread=True, exclusive=True, group="banks")
    def _read(self, *, again: bool) -> None:
        worker = get_current_worker()
        if again:
            self._desk.reload_library()
        try:
            library = read_library(self._desk, worker, lambda said: self.call_later(self._say, said))
        except StoppedError:
            return
        except CoachError as error:
            self.call_later(self._fail, error)
            return
        self.call_later(self._show, library)

    def _say(self, said: str) -> None:
        self.query_one("#banks-said", Static).update(said)

    def _fail(self, error: CoachError) -> None:
        """Say what went wrong where the list would be; a note as well, unless another screen lies over this one."""
        self._say(f"✗ {error.message} {error.mend}".rstrip())
        self.query_one("#banks-card", Static).update("The question banks could not be read. Press escape to go back.")
        if self.is_active:
            self.app.push_screen(Note.of(error))

    def _show(self, library: Library) -> None:
        if not self.is_mounted:
            return
        self._library = library
        self._banks = {str(bank.path): bank for bank in sorted(library.banks, key=lambda b: b.origin == SHIPPED)}
        rows = []
        for path, bank in self._banks.items():
            info = bank.info
            cells = (info.title, info.author, info.version, f"{info.count:9}") if info else (bank.path.name, "", "", "")
            rows.append((path, (*cells, "coach" if bank.origin == SHIPPED else "you", state_of(bank))))
        self.query_one(FittedTable).fill(rows)
        usable = [bank for bank in library.banks if bank.usable]
        said = f"{sum(bank.info.count for bank in usable if bank.info)} questions in {len(usable)} banks"
        broken = len(self._banks) - len(usable)
        said += f" · {broken} more with problems" if broken else ""
        own = any(bank.origin != SHIPPED for bank in self._banks.values())
        said += "" if own else " · press a to add your own"
        self.query_one("#banks-said", Static).update(said)
        self._card()

    def _chosen(self) -> Bank | None:
        return self._banks.get(self.query_one(FittedTable).chosen)

    def _card(self) -> None:
        bank = self._chosen()
        text = bank_content(bank) if bank else Content("There is no bank. Press a to add one.")
        self.query_one("#banks-card", Static).update(text)
        self.query_one("#banks-card-box").scroll_home(animate=False)

    def on_data_table_row_highlighted(self) -> None:
        """Show the bank in full."""
        self._card()

    def on_data_table_row_selected(self) -> None:
        """A click on the chosen line opens it."""
        self.action_questions()

    def action_questions(self) -> None:
        """The questions of this bank."""
        bank = self._chosen()
        if bank is not None and bank.usable:
            self.app.push_screen(ChooseScreen(self._desk, Choice(bank=bank.id)))
        elif bank is not None:
            self.notify("This bank has problems, so its questions are not asked. What to mend stands below.")

    def action_add(self) -> None:
        """Look at a file and install it."""
        if self._library is not None:
            self.app.push_screen(BankPreviewScreen(self._desk, self._library), self._added)

    def _added(self, changed: bool | None) -> None:
        if changed:
            self._read(again=True)

    def action_remove(self) -> None:
        """Ask, then set the bank aside."""
        bank = self._chosen()
        if bank is None:
            return
        if bank.origin == SHIPPED:
            self.notify("This bank came with the coach and stays. You can hide single questions in the chooser.")
            return
        title = bank.info.title if bank.info else bank.path.name
        question = f"Remove the bank '{title}'?\nYour answers and their feedback stay. The file is set aside."
        self.app.push_screen(Confirm(question, "Remove", "Keep"), lambda yes: self._remove(bank) if yes else None)

    def _remove(self, bank: Bank) -> None:
        if self._library is None:
            return
        try:
            where = remove_bank(self._library, bank.path.name, self._desk.clock())
        except CoachError as error:
            self.app.push_screen(Note.of(error))
            return
        self.notify(f"Removed. The file is now {where}")
        self._read(again=True)

    def action_export(self) -> None:
        """Ask for the form, then write a file."""
        bank = self._chosen()
        if bank is not None:
            self.app.push_screen(Pick("Export this bank as", EXPORTS), lambda form: self._export(bank, form))

    def _export(self, bank: Bank, form: str | None) -> None:
        if form is None or self._library is None:
            return
        path = export_path(self._desk.home, bank.id, ENDINGS[form])
        try:
            save_bytes(path, export_bank(self._library, bank.id, form))
        except CoachError as error:
            self.app.push_screen(Note.of(error))
            return
        self.app.push_screen(Note("Exported", f"The file is\n{path}"))

    def action_facts(self) -> None:
        """The fact sheets: of this bank, or of all where it has none."""
        bank = self._chosen()
        mine = [bank] if bank and bank.info and bank.info.facts else list(self._banks.values())
        self.app.push_screen(FactsScreen(sorted(mine, key=lambda b: -len(b.info.facts) if b.info else 0)))

    def action_back(self) -> None:
        """Back."""
        self.dismiss(None)
