"""The chooser: find questions as you type, look at them, mark them, and practise them."""

from dataclasses import replace

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Footer, Header, Input, Static
from textual.worker import get_current_worker

from coach.domain.question import Question
from coach.errors import CoachError
from coach.practice.choosing import Mark, attempts_of, baseline, set_favourite, set_hidden, set_note
from coach.practice.desk import Desk
from coach.practice.programs import ProgramRecord, is_template, load_programs
from coach.tui.dialogs.ask_text import AskText
from coach.tui.dialogs.message import Note
from coach.tui.dialogs.pick import Pick
from coach.tui.plain_errors import PlainScreen
from coach.tui.screens.choice import Choice, Past, Pool, session
from coach.tui.screens.choose_filters import FiltersScreen, Offer
from coach.tui.starting import practise
from coach.tui.widgets.fitted_table import Fit, FittedTable
from coach.tui.widgets.question_card import NEEDS_PROGRAM, QuestionCard, marks_text

COLUMNS = (Fit("signs", "", 4), Fit("category", "Category", 16), Fit("question", "Question", 20, 1))
PAGE = 200
NOTE_MOST = 2_000

HELP = """\
Type to search; the list follows. Then move with the arrow keys.

enter   practise this question, or those that you picked
space   pick it, or let it go
s       start a session: of what is listed, mixed, first day, due, weakest, panel
f       filters, order and length of a session
t       star it as a favourite        h  hide it, or show it again
n       write a note on it            /  back to searching
escape  back

Signs in the list: ✓ picked, ★ favourite, - hidden, ✎ you wrote a note."""

LISTED = "listed"
KINDS = (
    ("Mixed: a bit of everything", "mixed"),
    ("First day: the five questions that everybody is asked", "baseline"),
    ("Due: what should be repeated now, then what is new", "due"),
    ("Weakest first: where your answers scored lowest", "weakest"),
    ("Panel: several people ask, one after the other", "panel"),
    ("Stations: short scenarios as in an MMI", "mmi"),
    ("One-way video: nobody there but a camera", "one-way-video"),
)
NOTHING = "No question fits. Use fewer words, or press f and then c to clear the filters."


class ChooseScreen(PlainScreen[None]):
    """Search, filters, list, preview."""

    TITLE = "Choose questions"
    HELP = HELP
    BINDINGS = [
        Binding("enter", "practise", "Go", priority=True, key_display="⏎"),
        Binding("slash", "search", "Find"),
        Binding("f", "filters", "Filter"),
        Binding("space", "pick", "Pick"),
        Binding("s", "start", "Start"),
        Binding("t", "star", "Star"),
        Binding("h", "hide", "Hide"),
        Binding("n", "note", "Note"),
        Binding("down", "to_list", show=False),
        Binding("escape", "back", "Back", key_display="esc"),
    ]

    def __init__(self, desk: Desk, choice: Choice | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._choice = choice or Choice()
        self._questions: dict[str, Question] = {}
        self._picked: dict[str, Question] = {}
        self._pool: Pool | None = None
        self._offset = 0
        self._past = Past()
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
        """Fill the list."""
        self.query_one(FittedTable).focus()
        self._look()

    def on_screen_resume(self) -> None:
        """What was practised meanwhile counts."""
        if self._pool is not None:
            self._remember()
            self._preview()

    def _remember(self) -> None:
        archive = self._desk.archive
        marks = archive.get_marks()
        self._past = Past(attempts_of(archive.tried(), marks), marks)

    def _look(self) -> None:
        """Find what fits, in a thread; a newer search takes the place of an older one."""
        try:
            self._remember()
        except CoachError as error:
            self.app.push_screen(Note.of(error))
            return
        self._find(self._choice, self._past)

    @work(thread=True, exclusive=True, group="choose-find")
    def _find(self, choice: Choice, past: Past) -> None:
        worker = get_current_worker()
        try:
            record = load_programs(self._desk.home).record(choice.program) if choice.program else None
            pool = Pool(self._desk.library, choice, record, past.marks or {})
            page = pool.page(0, PAGE)
            if worker.is_cancelled:
                return
            self.call_later(self._show, choice, record, pool, page)
            # Counting what the filters hold comes after the list: with 50,000 questions it takes as long again.
            if self._offer is None:
                self._offer = self._offers()
        except CoachError as error:
            self.call_later(self.app.push_screen, Note.of(error))

    def _offers(self) -> Offer:
        library = self._desk.library
        records = load_programs(self._desk.home).records
        return Offer(
            library.counts("category"),
            library.counts("tag"),
            library.counts("specialty"),
            library.counts("country"),
            [(bank.info.title, bank.id) for bank in library.banks if bank.usable and bank.info],
            [(record.name, record.id) for record in records],
        )

    def _show(
        self,
        choice: Choice,
        record: ProgramRecord | None,
        pool: Pool,
        page: tuple[Question, ...],
    ) -> None:
        if not self.is_mounted or choice != self._choice:
            return
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
        return marks_text((self._past.marks or {}).get(key), picked=key in self._picked)

    def _say(self) -> None:
        count = self._pool.count if self._pool else 0
        filters = self._choice.filters(self._record.name if self._record else "")
        number = "1 question" if count == 1 else f"{count} questions"
        said = Content(f"{number}").stylize("bold") + Content(f" · {filters}" if filters else "")
        if self._picked:
            said += Content(f" · {len(self._picked)} picked")
        self.query_one("#choose-said", Static).update(said + Content(f" · {self._choice.session()}"))

    def _chosen(self) -> Question | None:
        return self._questions.get(self.query_one(FittedTable).chosen)

    def _preview(self) -> None:
        question = self._chosen()
        key = question.key if question else ""
        empty = NOTHING if self._desk.library.banks else "There are no questions. Press escape, then m to add a bank."
        past = self._past.of(key, self._desk.clock())
        self.query_one(QuestionCard).show(question, (self._past.marks or {}).get(key), past, empty)
        self.query_one("#choose-card-box").scroll_home(animate=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as the user types."""
        if event.value != self._choice.text:
            self._choice = replace(self._choice, text=event.value)
            self._find(self._choice, self._past)

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Show the question; near the end of the list, fetch more."""
        self._preview()
        pool = self._pool
        if pool is not None and event.cursor_row > event.data_table.row_count - 20 and self._offset < pool.length:
            self._add(pool.page(self._offset, PAGE))

    def on_data_table_row_selected(self) -> None:
        """A click on the chosen line practises it."""
        self._practise_chosen()

    def action_search(self) -> None:
        """To the search line."""
        self.query_one(Input).focus()

    def action_filters(self) -> None:
        """Pick filters."""
        if self._offer is None:
            self.notify("Still counting the questions. Press f again in a moment.")
        else:
            self.app.push_screen(FiltersScreen(self._choice, self._offer), self._filtered)

    def _filtered(self, choice: Choice | None) -> None:
        if choice is not None and choice != self._choice:
            self._choice = replace(choice, text=self.query_one(Input).value)
            self._look()

    def action_start(self) -> None:
        """Start a session: of what is listed, or of one of the kinds."""
        listed = f"What is listed here: {self._choice.session()}"
        self.app.push_screen(Pick("Start which session?", ((listed, LISTED), *KINDS)), self._start)

    def _start(self, kind: str | None) -> None:
        if kind is None:
            return
        if kind == LISTED:
            self._begin(self._choice, self._choice.filters(self._record.name if self._record else ""))
            return
        plain = Choice(specialty=self._choice.specialty, length=self._choice.length)
        choices = {"due": replace(plain, order="due"), "weakest": replace(plain, order="weakest"), "mixed": plain}
        title = next(text.split(":")[0] for text, name in KINDS if name == kind)
        self._begin(choices.get(kind, replace(plain, tag=kind)), title, first_day=kind == "baseline")

    @work(thread=True, exclusive=True, group="choose-session")
    def _begin(self, choice: Choice, title: str, *, first_day: bool = False) -> None:
        try:
            library = self._desk.library
            record = load_programs(self._desk.home).record(choice.program) if choice.program else None
            if first_day:
                questions = baseline(library, choice.specialty)
            elif choice.show == "hidden":
                raise CoachError("Hidden questions are not practised.", "Press h on a question to show it again.")
            else:
                questions = session(library, choice, record, self._past, self._desk.clock())
        except CoachError as error:
            self.call_later(self.app.push_screen, Note.of(error))
            return
        self.call_later(self._practise, questions, title)

    def _practise(self, questions: tuple[Question, ...], title: str) -> None:
        if not self.is_current:
            return
        if not questions:
            self.app.push_screen(Note("Nothing to practise", NOTHING))
            return
        practise(self.app, self._desk, questions, title)

    def action_to_list(self) -> None:
        """From the search line to the list."""
        self.query_one(FittedTable).focus()

    def action_practise(self) -> None:
        """Practise what is picked, or the chosen question; from the search line, go to the list."""
        if self.focused is self.query_one(Input):
            self.query_one(FittedTable).focus()
        else:
            self._practise_chosen()

    def _practise_chosen(self) -> None:
        chosen = self._chosen()
        wanted = tuple(self._picked.values()) or ((chosen,) if chosen else ())
        ready = tuple(question for question in wanted if not is_template(question))
        if wanted and not ready:
            self.app.push_screen(Note("A program is missing", NEEDS_PROGRAM))
            return
        self._practise(ready, "Picked by you" if self._picked else "")

    def action_pick(self) -> None:
        """Pick the chosen question or let it go, and move on."""
        question = self._chosen()
        if question is None:
            return
        if self._picked.pop(question.key, None) is None:
            self._picked[question.key] = question
        self._resign(question.key)
        self.query_one(FittedTable).action_cursor_down()

    def _resign(self, key: str) -> None:
        self.query_one(FittedTable).write(key, "signs", self._signs(key))
        self._say()

    def _mark(self) -> tuple[Question | None, Mark]:
        question = self._chosen()
        key = question.key if question else ""
        return question, (self._past.marks or {}).get(key) or Mark(key)

    def _marked(self, key: str) -> None:
        self._remember()
        if key in self._questions:
            self._resign(key)
        self._preview()

    def action_star(self) -> None:
        """A favourite, or not."""
        question, mark = self._mark()
        if question is not None:
            set_favourite(self._desk.archive, question.key, on=not mark.favourite)
            self._marked(question.key)

    def action_hide(self) -> None:
        """Never ask it again, or ask it again."""
        question, mark = self._mark()
        if question is not None:
            set_hidden(self._desk.archive, question.key, on=not mark.hidden)
            self._marked(question.key)
            said = "It may be asked again." if mark.hidden else "Hidden: it is not asked any more. Press h to undo."
            self.notify(said)

    def action_note(self) -> None:
        """Write a note."""
        question, mark = self._mark()
        if question is None:
            return

        def keep(text: str | None) -> None:
            if text is not None:
                set_note(self._desk.archive, question.key, text[:NOTE_MOST])
                self._marked(question.key)

        self.app.push_screen(AskText("My note", mark.note, question.text, lines=True), keep)

    def action_back(self) -> None:
        """From the search line to the list, from the list back."""
        if self.focused is self.query_one(Input):
            self.query_one(FittedTable).focus()
            return
        self.dismiss(None)
