"""The candidate's programs as the table of visa policies that guide 2 tells people to keep."""

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Header, Static

from coach.domain.question import Question
from coach.errors import CoachError
from coach.practice.desk import Desk
from coach.practice.programs import (
    ProgramRecord,
    Programs,
    load_programs,
    new_program,
    save_program,
    verdict,
    write_csv,
)
from coach.tui.dialogs.ask_text import AskText
from coach.tui.dialogs.message import Note
from coach.tui.plain_errors import PlainScreen
from coach.tui.screens.choice import Choice
from coach.tui.screens.facts import FactsScreen
from coach.tui.screens.kept_files import export_path
from coach.tui.screens.program_compare import MOST, CompareScreen, PickPrograms
from coach.tui.screens.program_form import ProgramFormScreen
from coach.tui.screens.program_signals import SignalsScreen
from coach.tui.screens.rank import RankScreen
from coach.tui.screens.sessions import Plan, questions_of
from coach.tui.starting import practise
from coach.tui.widgets.fitted_table import Fit, FittedTable

COLUMNS = (
    Fit("name", "Program", 19, 2),
    Fit("setting", "Setting", 20, 4, from_room=105),
    Fit("region", "Region", 14, 1),
    Fit("visa", "Visa", 8),
    Fit("imgs", "IMGs", 5),
    Fit("history", "With IMGs", 30, 6, from_room=150),
    Fit("verdict", "Verdict", 12),
    Fit("checked", "Checked", 7),
)
"""Sentences have columns only where there is room for them; the text under the table always has them in full."""
NEED_FACTS = "Its file does not say enough yet. Press enter and write some facts, the city, what is new there."
HELP = """\
One line a program: where it is, which visas it sponsors, its history with international graduates.

enter   edit a program            n  a new one
s       the nine signals: what to ask residents, what you heard, the verdict
p       practise the questions that this program may ask
c       compare two or three programs side by side
r       your rank order list
e       write the table to a file for Excel (.csv)
f       facts on J-1 and H-1B
escape  back

The programs that come with the coach are examples. Verify what they say with the program.
'IMGs' is how many of a class are international graduates; 'Checked' is the last date that stands among the sources."""


def visa_text(record: ProgramRecord) -> str:
    """The visa policy in a few letters."""
    return "+".join(record.visa.types) if record.visa.types else "? ask"


def percent(record: ProgramRecord, after: str = "") -> str:
    """How many of a class are international graduates, "" when it is not known."""
    share = record.numbers.img_percent
    return "" if share is None else f"{share:.0f} %{after}"


def checked(record: ProgramRecord) -> str:
    """The year and month in which something was checked last."""
    return max((source.checked for source in record.sources), default="")[:7]


def program_content(record: ProgramRecord) -> Content:
    """The verdict, in full what the table has no room for, the reasons, and what to ask next."""
    judged = verdict(record)
    content = Content(f"{record.name}: {judged.kind}").stylize("bold") + Content(f"  {judged.summary}")
    if record.verify:
        content += Content("\n! Verify with the program before you say it.")
    place = ", ".join(part for part in (record.city, record.region) if part)
    facts = (
        ("", (place, record.setting)),
        ("Visa: ", ("+".join(record.visa.types), record.visa.note)),
        ("IMGs: ", (percent(record, " of a class"), record.img_history)),
    )
    for name, parts in facts:
        if any(parts):
            content += Content(f"\n{name}" + "  ·  ".join(part for part in parts if part))
    for reason in judged.reasons:
        content += Content(f"\n  {reason.kind}: {reason.text}")
    if judged.missing:
        content += Content(f"\nAsk next: {judged.missing[0]}")
    return content


class ProgramsScreen(PlainScreen[None]):
    """The table."""

    TITLE = "Programs"
    HELP = HELP
    BINDINGS = [
        Binding("enter", "edit", "Edit", priority=True, key_display="⏎"),
        Binding("n", "new", "New"),
        Binding("s", "signals", "Signals"),
        Binding("p", "practise", "Practise"),
        Binding("c", "compare", "Compare"),
        Binding("r", "rank", "Rank"),
        Binding("e", "export", "CSV"),
        Binding("f", "facts", "Visa"),
        Binding("escape", "back", "Back", key_display="esc"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._records: dict[str, ProgramRecord] = {}
        self._new = ""

    def compose(self) -> ComposeResult:
        """The table, and one program's verdict."""
        yield Header()
        yield Static("", id="programs-said", markup=False)
        with Container(id="programs"):
            yield FittedTable(COLUMNS, id="programs-table")
            with VerticalScroll(id="programs-card-box", can_focus=False):
                yield Static("", id="programs-card", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """The arrow keys move in the table."""
        self.query_one(FittedTable).focus()

    def on_screen_resume(self) -> None:
        """Read the programs, now and after each change."""
        self._read()

    @work(thread=True, exclusive=True, group="programs")
    def _read(self) -> None:
        try:
            programs = load_programs(self._desk.home)
        except CoachError as error:
            self.call_later(self.app.push_screen, Note.of(error))
            return
        self.call_later(self._show, programs)

    def _show(self, programs: Programs) -> None:
        if not self.is_mounted:
            return
        self._records = {record.id: record for record in programs.records}
        table = self.query_one(FittedTable)
        table.fill([(r.id, self._cells(r)) for r in self._records.values()])
        if self._new in self._records:
            table.move_cursor(row=list(self._records).index(self._new))
        self._new = ""
        said = f"{len(self._records)} program{'s' if len(self._records) != 1 else ''}"
        unknown = sum(not record.visa.types for record in self._records.values())
        said += f" · visa policy not known: {unknown}" if unknown else ""
        if programs.problems:
            said += f" · ✗ {programs.problems[0]}"
        self.query_one("#programs-said", Static).update(said)
        self._card()

    def _cells(self, record: ProgramRecord) -> tuple[str, ...]:
        judged = verdict(record).kind
        place = record.city if record.city and not record.region else record.region
        name = f"{record.rank.place}. {record.name}" if record.rank.place else record.name
        imgs = percent(record) or "?"
        return (name, record.setting, place, visa_text(record), imgs, record.img_history, judged, checked(record))

    def _chosen(self) -> ProgramRecord | None:
        return self._records.get(self.query_one(FittedTable).chosen)

    def _card(self) -> None:
        record = self._chosen()
        text = program_content(record) if record else Content("No program yet. Press n to write down the first one.")
        self.query_one("#programs-card", Static).update(text)
        self.query_one("#programs-card-box").scroll_home(animate=False)

    def on_data_table_row_highlighted(self) -> None:
        """Show the verdict."""
        self._card()

    def on_data_table_row_selected(self) -> None:
        """A click on the chosen line opens it."""
        self.action_edit()

    def action_edit(self) -> None:
        """Open the form."""
        record = self._chosen()
        if record is not None:
            self.app.push_screen(ProgramFormScreen(self._desk, record))

    def action_new(self) -> None:
        """Ask for the name, then open the form."""

        def check(name: str) -> None:
            if not name:
                raise CoachError("A program needs a name.")
            new_program(self._desk.home, name)

        hint = "The name as the people there say it."
        self.app.push_screen(AskText("A new program", hint=hint, check=check), self._create)

    def _create(self, name: str | None) -> None:
        if not name:
            return
        try:
            record = new_program(self._desk.home, name)
            save_program(self._desk.home, record)
        except CoachError as error:
            self.app.push_screen(Note.of(error))
            return
        self._new = record.id
        self.app.push_screen(ProgramFormScreen(self._desk, record))

    def action_signals(self) -> None:
        """The nine signals."""
        record = self._chosen()
        if record is not None:
            self.app.push_screen(SignalsScreen(self._desk, record))

    def action_compare(self) -> None:
        """Pick two or three programs, then compare them."""
        record = self._chosen()
        if len(self._records) < 2:
            self.notify("Comparing takes two programs. Press n to write down another one.")
        elif record is not None:
            self.app.push_screen(PickPrograms(tuple(self._records.values()), record.id), self._compare)

    def _compare(self, ids: tuple[str, ...] | None) -> None:
        if ids:
            self.app.push_screen(CompareScreen([self._records[one] for one in ids[:MOST]]))

    def action_rank(self) -> None:
        """The rank order list."""
        self.app.push_screen(RankScreen(self._desk))

    def action_export(self) -> None:
        """Write the table."""
        path = export_path(self._desk.home, "programs", "csv")
        try:
            write_csv(path, self._records.values())
        except CoachError as error:
            self.app.push_screen(Note.of(error))
            return
        self.app.push_screen(Note("The table is written", f"Open it with Excel or another spreadsheet:\n{path}"))

    @work(thread=True, exclusive=True, group="programs-practise")
    def _ask(self, record: ProgramRecord) -> None:
        try:
            questions = questions_of(self._desk, Plan(Choice(program=record.id), record.name))
        except CoachError as error:
            self.call_later(self.app.push_screen, Note.of(error))
            return
        self.call_later(self._practise, record, questions)

    def _practise(self, record: ProgramRecord, questions: tuple[Question, ...]) -> None:
        if not self.is_active:
            return
        if not questions:
            self.app.push_screen(Note("Nothing to ask yet", NEED_FACTS))
            return
        practise(self.app, self._desk, questions, record.name)

    def action_practise(self) -> None:
        """Questions that this program may ask."""
        record = self._chosen()
        if record is not None:
            self._ask(record)

    @work(thread=True, exclusive=True, group="programs-facts")
    def _sheets(self) -> None:
        try:
            banks = [bank for bank in self._desk.library.banks if bank.info and bank.info.facts]
        except CoachError as error:
            self.call_later(self.app.push_screen, Note.of(error))
            return
        banks.sort(key=lambda bank: bank.id != "visa")
        self.call_later(self.app.push_screen, FactsScreen(banks))

    def action_facts(self) -> None:
        """The visa facts."""
        self._sheets()

    def action_back(self) -> None:
        """Back."""
        self.dismiss(None)
