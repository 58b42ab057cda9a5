"""The program form: every field, kept as soon as you leave it, with what is wrong told beside it."""

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Checkbox, Footer, Header, Input, Label, Static, TextArea

from coach.errors import CoachError
from coach.practice.desk import Desk
from coach.practice.programs import ProgramRecord, save_program
from coach.tui.dialogs.confirm import Confirm
from coach.tui.plain_errors import PlainScreen
from coach.tui.screens.program_fields import FIELDS, LONGEST, Field

KEEP_AFTER_S = 1.0
"""So long after the last letter a field is kept, even while the cursor is still in it."""
YES_NO = {True: "yes", False: "no"}
"""The box is told in words too: its cross differs by colour only."""
HELP = """\
Fill in what you know. A blank is better than a guess. Nothing has to be complete.

tab / shift+tab  next field / the one before
space            tick a box
ctrl+s           keep now
escape           back; everything is kept already

Each field is kept by itself as soon as you stop typing or leave it. If something cannot be kept, the reason stands
under the field, and what was there before stays on disk.

Three steps: the program's own page (20 minutes), a current resident (one call), the interview day."""


class ProgramFormScreen(PlainScreen[None]):
    """One program, field by field."""

    TITLE = "Program"
    HELP = HELP
    BINDINGS = [
        Binding("tab", "app.focus_next", "Next field"),
        Binding("shift+tab", "app.focus_previous", "Field before", key_display="⇧tab"),
        Binding("ctrl+s", "keep", "Keep now", priority=True, key_display="ctrl+s"),
        Binding("escape", "back", "Back", key_display="esc"),
    ]

    def __init__(self, desk: Desk, record: ProgramRecord) -> None:
        super().__init__()
        self._desk, self._record = desk, record
        self._wrong: dict[str, str] = {}
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """A line for each field, the hint of the one with the cursor below."""
        yield Header()
        with VerticalScroll(id="form", can_focus=False):
            for field in FIELDS:
                with Vertical(classes="field"):
                    with Horizontal(classes="field-line"):
                        yield Label(field.title, markup=False)
                        yield self._widget(field)
                    yield Static("", id=f"problem-{field.name}", classes="field-problem", markup=False)
        yield Static("", id="form-hint", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def _widget(self, field: Field) -> Widget:
        value, name = field.read(self._record), f"field-{field.name}"
        if field.kind == "check":
            return Checkbox(YES_NO[bool(value)], bool(value), id=name, compact=True)
        if field.kind == "text":
            return TextArea(value, id=name, compact=True, highlight_cursor_line=False)
        return Input(value, id=name, compact=True, max_length=400)

    def on_mount(self) -> None:
        """The cursor is in the first field; no problems yet."""
        self.sub_title = self._record.name
        for field in FIELDS:
            self.query_one(f"#problem-{field.name}").display = False
        self.query_one("#field-name").focus()

    def _value(self, field: Field) -> str:
        widget = self.query_one(f"#field-{field.name}")
        if isinstance(widget, Checkbox):
            return "yes" if widget.value else ""
        text = widget.text if isinstance(widget, TextArea) else widget.value if isinstance(widget, Input) else ""
        return text[:LONGEST]

    def _keep(self, field: Field) -> None:
        """Keep one field if it says something new."""
        value = self._value(field)
        problem = ""
        if value.strip() != field.read(self._record).strip():
            try:
                record = field.write(self._record, value)
                if record != self._record:
                    save_program(self._desk.home, record)
                    self._record = record
                    self.sub_title = record.name
                    self._hint(f"✓ {field.title} is kept.")
            except CoachError as error:
                problem = str(error)
        self._wrong.pop(field.name, None)
        if problem:
            self._wrong[field.name] = problem
        line = self.query_one(f"#problem-{field.name}", Static)
        line.update(f"✗ {problem} (not kept)" if problem else "")
        line.display = bool(problem)

    def _hint(self, text: str) -> None:
        self.query_one("#form-hint", Static).update(text)

    def _field_of(self, widget: Widget | None) -> Field | None:
        name = ((widget.id if widget else "") or "").removeprefix("field-")
        return next((field for field in FIELDS if field.name == name), None)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A field that is left is kept."""
        field = self._field_of(event.widget)
        if field is not None and self.is_current:
            self._keep(field)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what belongs into the field."""
        field = self._field_of(event.widget)
        if field is not None:
            self._hint(field.hint)

    def on_input_changed(self) -> None:
        """Keep it when no letter follows."""
        self._keep_soon()

    def on_text_area_changed(self) -> None:
        """Keep it when no letter follows."""
        self._keep_soon()

    def _keep_soon(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(KEEP_AFTER_S, self.action_keep)

    def on_input_submitted(self) -> None:
        """Enter goes to the next field."""
        self.focus_next()

    def on_checkbox_changed(self, event: Checkbox.Changed) -> None:
        """A tick is kept at once."""
        event.checkbox.label = YES_NO[event.value]
        field = self._field_of(event.checkbox)
        if field is not None:
            self._keep(field)

    def action_keep(self) -> None:
        """Keep every field that changed."""
        for field in FIELDS:
            self._keep(field)

    def action_back(self) -> None:
        """Back; what could not be kept is told first."""
        self.action_keep()
        if not self._wrong:
            self.dismiss(None)
            return
        titles = ", ".join(field.title for field in FIELDS if field.name in self._wrong)
        question = f"Not kept, because something is wrong with it: {titles}.\nLeave without it?"
        self.app.push_screen(Confirm(question, "Leave", "Correct it"), self._leave)

    def _leave(self, yes: bool | None) -> None:
        if yes:
            self.dismiss(None)
