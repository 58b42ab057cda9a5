"""Finding questions: a list that follows what is typed and filtered, and a preview of the chosen one."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from textual import work
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Footer, Header, Input, Static
from textual.worker import Worker, get_current_worker

from coach.domain.question import Question
from coach.errors import CoachError
from coach.practice.banks import StoppedError
from coach.practice.choosing import Mark
from coach.practice.desk import Desk
from coach.practice.programs import ProgramRecord, load_programs
from coach.tui.dialogs.message import Note
from coach.tui.plain_errors import PlainScreen, leave_and_tell
from coach.tui.reading import read_library
from coach.tui.screens.choice import Choice, Past, Pool, read_past
from coach.tui.screens.choose_filters import FiltersScreen, Offer, offer_of
from coach.tui.screens.nothing import STILL_SEARCHING, why_empty
from coach.tui.widgets.fitted_table import Fit, FittedTable
from coach.tui.widgets.question_card import QuestionCard, marks_text

COLUMNS = (Fit("signs", "", 4), Fit("category", "Category", 16), Fit("question", "Question", 20, 1))
PAGE = 200
PARTLY = "none has all these words, best matches first"


class FoundScreen(PlainScreen[None]):
    """Search line, filters in words, list, preview. What is done with the found questions is up to its heirs."""

    def __init__(self, desk: Desk, choice: Choice | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._choice = choice or Choice()
        self._questions: dict[str, Question] = {}
        self._picked: dict[str, Question] = {}
        self._pool: Pool | None = None
        self._offset = 0
        self._marks: Mapping[str, Mark] = {}
        self._past = Past()
        self._nothing = ""
        self._ready = False
        self._searching = False
        self._failed: CoachError | None = None
        self._record: ProgramRecord | None = None
        self._offer: Offer | None = None

    def compose(self) -> ComposeResult:
        """Search line, filters in words, list, preview."""
        yield Header()
        yield Input(self._choice.text, placeholder="Search in all questions", id="choose-search", compact=True)
        yield Static("", id="choose-said", markup=False)
        with Container(id="choose"):
            yield FittedTable(COLUMNS, id="choose-table")
            with VerticalScroll(id="choose-card-box", can_focus=False):
                yield QuestionCard("", id="choose-card", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Read the banks, then fill the list."""
        self.query_one(FittedTable).focus()
        self._open()

    def on_screen_resume(self) -> None:
        """What was practised meanwhile counts. Raises what kept the list from ever being there: the screen is left."""
        if self._failed is not None:
            raise self._failed
        if self._pool is not None:
            self._marks = self._desk.archive.get_marks()
            self._remember()

    @work(thread=True, group="choose-open")
    def _open(self) -> None:
        """Read what is new in the banks. Leaving the screen stops that; what was read is kept for the next time."""
        worker = get_current_worker()
        try:
            library = read_library(self._desk, worker, lambda said: self.call_later(self._reading, said))
        except StoppedError:
            return
        except CoachError as error:
            self.call_later(self._in_time, worker, self._fail, error)
            return
        self.call_later(self._opened, why_empty(library))

    def _reading(self, said: str) -> None:
        self.query_one("#choose-said", Static).update(said)

    def _opened(self, nothing: str) -> None:
        self._nothing = nothing
        self._ready = True
        self._look()

    @work(thread=True, exclusive=True, group="choose-past")
    def _remember(self) -> None:
        """Read the past answers, while the list can be used already."""
        worker = get_current_worker()
        try:
            past = read_past(self._desk.archive).with_due_dates()
        except CoachError as error:
            self.call_later(self._in_time, worker, self._tell, error)
            return
        self.call_later(self._in_time, worker, self._remembered, past)

    def _remembered(self, past: Past) -> None:
        self._past = past
        if self._pool is not None:
            self._preview()

    def _in_time(self, worker: Worker[None], then: Callable[..., None], *values: object) -> None:
        """What comes of a thread, unless a newer one took its place: a thread goes on even when it is cancelled."""
        if not worker.is_cancelled:
            then(*values)

    def _tell(self, error: CoachError) -> None:
        """Tell what went wrong here; another screen that lies over this one is not disturbed."""
        if self.is_active:
            self.app.push_screen(Note.of(error))

    def _fail(self, error: CoachError) -> None:
        """Tell what went wrong; a screen that never had a list is left, at the latest when it is on top again."""
        self._searching = False
        if self._pool is not None:
            self._tell(error)
            return
        self._failed = error
        if self.is_active:
            self.app.call_later(leave_and_tell, self, error)

    def _look(self) -> None:
        """List what fits, and read what was practised."""
        try:
            self._marks = self._desk.archive.get_marks()
        except CoachError as error:
            self._fail(error)
            return
        self._search()
        self._remember()

    def _search(self) -> None:
        self._searching = True
        self._find(self._choice, self._marks)

    @work(thread=True, exclusive=True, group="choose-find")
    def _find(self, choice: Choice, marks: Mapping[str, Mark]) -> None:
        """Find what fits; a newer search takes the place of an older one."""
        worker = get_current_worker()
        try:
            library = self._desk.library
            record = load_programs(self._desk.home).record(choice.program) if choice.program else None
            pool = Pool(library, choice, record, marks)
            page = pool.page(0, PAGE)
            if worker.is_cancelled:
                return
            self.call_later(self._in_time, worker, self._show, choice, record, pool, page)
            # Counting what the filters hold comes after the list: with 50,000 questions it takes as long again.
            if self._offer is None:
                self._offer = offer_of(library, load_programs(self._desk.home).records)
        except CoachError as error:
            self.call_later(self._in_time, worker, self._fail, error)

    def _show(
        self,
        choice: Choice,
        record: ProgramRecord | None,
        pool: Pool,
        page: tuple[Question, ...],
    ) -> None:
        if not self.is_mounted or choice != self._choice:
            return
        self._searching = False
        self._pool, self._record = pool, record
        self._questions, self._offset = {}, 0
        self.query_one(FittedTable).clear()
        self._add(page)
        self._say()
        self._preview()

    def _add(self, page: tuple[Question, ...]) -> None:
        self._offset += PAGE
        new = [question for question in page if question.key not in self._questions]
        self._questions |= {question.key: question for question in new}
        rows = [(q.key, (self._signs(q.key), q.category.replace("_", " "), q.text)) for q in new]
        self.query_one(FittedTable).append(rows)

    def _signs(self, key: str) -> str:
        return marks_text(self._marks.get(key), picked=key in self._picked)

    def _say(self) -> None:
        count = self._pool.count if self._pool else 0
        filters = self._choice.filters(self._record.name if self._record else "")
        number = "1 question" if count == 1 else f"{count} questions"
        said = Content(f"{number}").stylize("bold") + Content(f" · {filters}" if filters else "")
        if count and self._pool and self._pool.partly:
            said += Content(f" · {PARTLY}")
        if self._picked:
            said += Content(f" · {len(self._picked)} picked")
        self.query_one("#choose-said", Static).update(said + Content(f" · {self._choice.session()}"))

    def _chosen(self) -> Question | None:
        return self._questions.get(self.query_one(FittedTable).chosen)

    def _preview(self) -> None:
        question = self._chosen()
        key = question.key if question else ""
        past = self._past.of(key, self._desk.clock())
        self.query_one(QuestionCard).show(question, self._marks.get(key), past, self._nothing)
        self.query_one("#choose-card-box").scroll_home(animate=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as the user types."""
        if event.value != self._choice.text:
            self._choice = replace(self._choice, text=event.value)
            if self._ready:
                self._search()

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Show the question; near the end of the list, fetch more."""
        self._preview()
        pool = self._pool
        if pool is not None and event.cursor_row > event.data_table.row_count - 20 and self._offset < pool.length:
            self._add(pool.page(self._offset, PAGE))

    def _still_reading(self) -> bool:
        if not self._ready:
            self.notify("Still reading the question banks. Try again in a moment.")
        return not self._ready

    def _still_searching(self) -> bool:
        if self._searching:
            self.notify(STILL_SEARCHING)
        return self._searching

    def action_search(self) -> None:
        """To the search line."""
        self.query_one(Input).focus()

    def action_filters(self) -> None:
        """Pick filters."""
        if self._still_reading():
            return
        if self._offer is None:
            self.notify("Still counting the questions. Press f again in a moment.")
        else:
            self.app.push_screen(FiltersScreen(self._choice, self._offer), self._filtered)

    def _filtered(self, choice: Choice | None) -> None:
        if choice is not None and choice != self._choice:
            self._choice = replace(choice, text=self.query_one(Input).value)
            self._look()

    def action_to_list(self) -> None:
        """From the search line to the list."""
        self.query_one(FittedTable).focus()

    def _resign(self, key: str) -> None:
        self.query_one(FittedTable).write(key, "signs", self._signs(key))
        self._say()
