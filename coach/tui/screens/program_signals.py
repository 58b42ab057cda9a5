"""The nine backchannel signals: what to ask residents, how answers sound, what was heard, and the verdict from it."""

from dataclasses import dataclass, replace

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Footer, Header, Input, Label, OptionList, Select, Static, TextArea
from textual.widgets.option_list import Option

from coach.errors import CoachError
from coach.practice.desk import Desk
from coach.practice.programs import READINGS, SIGNALS, Heard, ProgramRecord, SignalGuide, save_program, verdict
from coach.tui.dialogs.confirm import Confirm
from coach.tui.dialogs.message import Note
from coach.tui.plain_errors import PlainDialog, PlainScreen

SIGNS = {"supportive": "+", "weak": "−", "unknown": "?"}
READING_NAMES = {"supportive": "+ supportive", "weak": "− weak", "unknown": "? cannot tell yet"}
HELP = """\
Ask current residents, on the phone or at the lunch. Never ask 'are you IMG-friendly?'; ask what is written here.

enter   on a signal: write down what you heard; on an answer: change it
x       remove an answer
escape  back; everything is kept already

+ sounds supportive, − weak, ? not known. The verdict below comes with its reasons."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: a signal, or (`at` is 0 or more) one thing heard, by its place in the record."""

    guide: SignalGuide
    at: int = -1


def rows_of(record: ProgramRecord) -> tuple[Row, ...]:
    """The nine signals, each followed by what was heard about it."""
    rows: list[Row] = []
    for guide in SIGNALS:
        rows.append(Row(guide))
        rows += [Row(guide, at) for at, heard in enumerate(record.signals) if heard.id == guide.id]
    return tuple(rows)


def row_text(record: ProgramRecord, row: Row) -> str:
    """How a line reads."""
    if row.at >= 0:
        one = record.signals[row.at]
        return f"    {SIGNS[one.reading]} {one.when}  {' '.join((one.heard or one.asked).split())}"
    said = [one.reading for one in record.heard(row.guide.id)]
    plus, minus = said.count("supportive"), said.count("weak")
    sign = "+" if plus > minus else "−" if minus > plus else "?"
    return f"{sign} {row.guide.title}"


def guide_content(record: ProgramRecord, row: Row) -> Content:
    """What to ask and how answers sound; for an answer, that answer in full first."""
    content = Content("")
    if row.at >= 0:
        one = record.signals[row.at]
        content += Content(f"{READING_NAMES[one.reading]}  {one.when}\n").stylize("bold")
        content += Content(f"Asked: {one.asked}\n" if one.asked else "")
        content += Content(f"Heard: {one.heard}\n\n" if one.heard else "\n")
    content += Content(row.guide.title).stylize("bold")
    content += Content("\nAsk:\n" + "\n".join(f"· {question}" for question in row.guide.ask))
    content += Content("\n+ Supportive: ").stylize("bold") + Content(row.guide.supportive)
    return content + Content("\n− Weak: ").stylize("bold") + Content(row.guide.weak)


def verdict_content(record: ProgramRecord) -> Content:
    """The verdict with every reason."""
    judged = verdict(record)
    content = Content(f"Verdict: {judged.kind}").stylize("bold") + Content(f". {judged.summary}")
    for reason in judged.reasons:
        content += Content(f"\n· {reason.kind}: {reason.text}")
    if not judged.reasons:
        content += Content("\nNothing is known yet. One call to a resident changes that.")
    return content


class HeardDialog(PlainDialog[Heard | None]):
    """Asks what was heard about one signal."""

    HELP = """\
Write down whom you asked, what you heard, on which day (2026-11-20), and how it sounds.

tab     next field
ctrl+s  keep it
escape  leave without it"""
    BINDINGS = [Binding("ctrl+s", "keep", "Keep", priority=True), Binding("escape", "leave", "Leave")]

    def __init__(self, guide: SignalGuide, heard: Heard) -> None:
        super().__init__()
        self._guide, self._heard = guide, heard

    def compose(self) -> ComposeResult:
        """Four fields."""
        with Vertical(classes="dialog", id="heard"):
            yield Static(self._guide.title, classes="dialog-title", markup=False)
            with Horizontal(classes="field-line"):
                yield Label("Whom, what")
                yield Input(self._heard.asked, placeholder=self._guide.ask[0], id="heard-asked", compact=True)
            with Horizontal(classes="field-line"):
                yield Label("What I heard")
                yield TextArea(self._heard.heard, id="heard-heard", compact=True, highlight_cursor_line=False)
            with Horizontal(classes="field-line"):
                yield Label("When")
                yield Input(self._heard.when, placeholder="2026-11-20", id="heard-when", compact=True)
            with Horizontal(classes="field-line"):
                yield Label("It sounds")
                choices = [(READING_NAMES[name], name) for name in READINGS]
                yield Select(choices, value=self._heard.reading, allow_blank=False, compact=True, id="heard-reading")
            yield Static("", id="heard-problem", classes="field-problem", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button("Keep (ctrl+s)", id="keep", variant="primary")
                yield Button("Leave (esc)", id="leave")

    def on_mount(self) -> None:
        """Start where there is something to write."""
        self.query_one("#heard-asked" if not self._heard.asked else "#heard-heard").focus()

    def on_input_submitted(self) -> None:
        """Enter goes to the next field."""
        self.focus_next()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """A button does as its key does."""
        if event.button.id == "keep":
            self.action_keep()
        else:
            self.action_leave()

    def action_keep(self) -> None:
        """Take it, if something was written."""
        kept = replace(
            self._heard,
            asked=self.query_one("#heard-asked", Input).value.strip(),
            heard=self.query_one("#heard-heard", TextArea).text.strip(),
            when=self.query_one("#heard-when", Input).value.strip(),
            reading=str(self.query_one("#heard-reading", Select).value),
        )
        if not kept.heard and not kept.asked:
            self.query_one("#heard-problem", Static).update("✗ Write what you heard, in your own words.")
            return
        self.dismiss(kept)

    def action_leave(self) -> None:
        """Leave without keeping."""
        self.dismiss(None)


class SignalsScreen(PlainScreen[None]):
    """The checklist of one program."""

    TITLE = "Signals"
    HELP = HELP
    BINDINGS = [
        Binding("enter", "write", "Write what you heard", priority=True, key_display="⏎"),
        Binding("x", "remove", "Remove answer"),
        Binding("escape", "back", "Back", key_display="esc"),
    ]

    def __init__(self, desk: Desk, record: ProgramRecord) -> None:
        super().__init__()
        self._desk, self._record = desk, record
        self._rows: tuple[Row, ...] = ()

    def compose(self) -> ComposeResult:
        """Signals, one in full, verdict."""
        yield Header()
        with Container(id="signals"):
            yield OptionList(id="signals-list", markup=False)
            with VerticalScroll(id="signals-guide-box", can_focus=False):
                yield Static("", id="signals-guide", markup=False)
        with VerticalScroll(id="signals-verdict-box", can_focus=False):
            yield Static("", id="signals-verdict", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Fill the list."""
        self.sub_title = self._record.name
        self.query_one(OptionList).focus()
        self._fill(0)

    def _fill(self, at: int) -> None:
        self._rows = rows_of(self._record)
        choices = self.query_one(OptionList)
        choices.clear_options()
        choices.add_options(Option(row_text(self._record, row)) for row in self._rows)
        choices.highlighted = min(at, len(self._rows) - 1)
        self.query_one("#signals-verdict", Static).update(verdict_content(self._record))

    def _row(self) -> Row:
        return self._rows[self.query_one(OptionList).highlighted or 0]

    def on_option_list_option_highlighted(self) -> None:
        """Show the signal."""
        self.query_one("#signals-guide", Static).update(guide_content(self._record, self._row()))
        self.query_one("#signals-guide-box").scroll_home(animate=False)

    def on_option_list_option_selected(self) -> None:
        """A click opens the dialog."""
        self.action_write()

    def action_write(self) -> None:
        """Write down an answer, or change one."""
        row = self._row()
        today = f"{self._desk.clock().astimezone():%Y-%m-%d}"
        heard = self._record.signals[row.at] if row.at >= 0 else Heard(row.guide.id, when=today)
        self.app.push_screen(HeardDialog(row.guide, heard), lambda kept: self._written(row, kept))

    def _written(self, row: Row, kept: Heard | None) -> None:
        if kept is None:
            return
        signals = list(self._record.signals)
        if row.at >= 0:
            signals[row.at] = kept
        else:
            signals.append(kept)
        if not self._keep(replace(self._record, signals=tuple(signals))):
            self.app.push_screen(HeardDialog(row.guide, kept), lambda again: self._written(row, again))

    def _keep(self, record: ProgramRecord) -> bool:
        at = self.query_one(OptionList).highlighted or 0
        try:
            save_program(self._desk.home, record)
        except CoachError as error:
            self.app.call_later(self.app.push_screen, Note.of(error))
            return False
        self._record = record
        self._fill(at)
        return True

    def action_remove(self) -> None:
        """Ask, then remove an answer."""
        row = self._row()
        if row.at < 0:
            self.notify("Choose an answer that you wrote down; the signals themselves stay.")
            return
        left = tuple(one for at, one in enumerate(self._record.signals) if at != row.at)

        def remove(yes: bool | None) -> None:
            if yes:
                self._keep(replace(self._record, signals=left))

        self.app.push_screen(Confirm("Remove this answer?", "Remove", "Keep"), remove)

    def action_back(self) -> None:
        """Back."""
        self.dismiss(None)
