"""The rank order list: the candidate's own order, moved by hand, with a reason for each place (guide 3, tip 6)."""

from dataclasses import replace

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Header, Static

from coach.errors import CoachError
from coach.practice.desk import Desk
from coach.practice.programs import (
    ProgramRecord,
    load_programs,
    rank_remarks,
    ranked,
    save_program,
    save_rank_order,
    verdict,
)
from coach.tui.dialogs.ask_text import AskText
from coach.tui.dialogs.message import Note
from coach.tui.plain_errors import PlainScreen
from coach.tui.widgets.fitted_table import Fit, FittedTable

COLUMNS = (
    Fit("place", "Place", 5),
    Fit("name", "Program", 20, 2),
    Fit("verdict", "Verdict", 12),
    Fit("reason", "Why it stands here", 20, 3),
)
LONGEST_REASON = 400
HELP = """\
The order is yours: rank as you wish to train, not as you guess that they rank you.

space         put a program on the list, or take it off
u / d         move it up / down (also shift+up, shift+down)
enter         write why it stands there
escape        back; everything is kept already

Rank only programs where you would really go."""


class RankScreen(PlainScreen[None]):
    """The list; programs that are not on it stand below."""

    TITLE = "Rank order list"
    HELP = HELP
    BINDINGS = [
        Binding("space", "listed", "On/off the list"),
        Binding("u,shift+up", "move(-1)", "Up", key_display="u"),
        Binding("d,shift+down", "move(1)", "Down", key_display="d"),
        Binding("enter", "reason", "Reason", priority=True, key_display="⏎"),
        Binding("escape", "back", "Back", key_display="esc"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._records: dict[str, ProgramRecord] = {}
        self._order: list[str] = []

    def compose(self) -> ComposeResult:
        """The list and the remarks."""
        yield Header()
        with Container(id="rank"):
            yield FittedTable(COLUMNS, id="rank-table")
            with VerticalScroll(id="rank-card-box", can_focus=False):
                yield Static("", id="rank-card", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one(FittedTable).focus()
        self._read()

    def _read(self, chosen: str = "") -> None:
        try:
            records = load_programs(self._desk.home).records
        except CoachError as error:
            self.app.push_screen(Note.of(error))
            return
        self._order = [record.id for record in ranked(records)]
        rest = [record for record in records if not record.rank.place]
        self._records = {record.id: record for record in (*ranked(records), *rest)}
        rows = []
        for place, (program_id, record) in enumerate(self._records.items(), start=1):
            shown = f"{place:4}." if program_id in self._order else "    -"
            reason = record.rank.reason or ("press enter to say why" if program_id in self._order else "")
            rows.append((program_id, (shown, record.name, verdict(record).kind, reason)))
        table = self.query_one(FittedTable)
        table.fill(rows)
        if chosen in self._records:
            table.move_cursor(row=list(self._records).index(chosen))
        self._card()

    def _card(self) -> None:
        remarks = rank_remarks(self._records.values())
        content = Content("")
        if not self._records:
            content = Content("No program yet. Press escape, then n to write down the first one.")
        elif not self._order:
            content = Content("The list is empty. Choose a program and press space to put it on the list.")
        for remark in (*remarks[-1:], *remarks[:-1]):
            content += Content(f"· {remark}\n")
        self.query_one("#rank-card", Static).update(content)

    def _save(self, order: list[str], chosen: str) -> None:
        try:
            save_rank_order(self._desk.home, order)
        except CoachError as error:
            self.app.push_screen(Note.of(error))
        self._read(chosen)

    def action_listed(self) -> None:
        """Put the program at the end of the list, or take it off."""
        chosen = self.query_one(FittedTable).chosen
        if chosen in self._order:
            self._save([one for one in self._order if one != chosen], chosen)
        elif chosen:
            self._save([*self._order, chosen], chosen)

    def action_move(self, by: int) -> None:
        """Move the program up or down."""
        chosen = self.query_one(FittedTable).chosen
        if chosen not in self._order:
            self.notify("This program is not on the list. Press space to put it there.")
            return
        at = self._order.index(chosen)
        to = at + by
        if 0 <= to < len(self._order):
            order = list(self._order)
            order[at], order[to] = order[to], order[at]
            self._save(order, chosen)

    def action_reason(self) -> None:
        """Write why it stands there."""
        record = self._records.get(self.query_one(FittedTable).chosen)
        if record is None:
            return
        hint = "One sentence that you will still believe in March."
        self.app.push_screen(
            AskText(f"Why does {record.name} stand there?", record.rank.reason, hint), lambda t: self._keep(record, t)
        )

    def _keep(self, record: ProgramRecord, reason: str | None) -> None:
        if reason is None:
            return
        try:
            rank = replace(record.rank, reason=" ".join(reason.split())[:LONGEST_REASON])
            save_program(self._desk.home, replace(record, rank=rank))
        except CoachError as error:
            self.app.push_screen(Note.of(error))
            return
        self._read(record.id)

    def on_data_table_row_selected(self) -> None:
        """A click on the chosen line asks for the reason."""
        self.action_reason()

    def action_back(self) -> None:
        """Back."""
        self.dismiss(None)
