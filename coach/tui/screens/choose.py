"""The chooser: what is done with the questions that were found: mark them, practise them, start a session."""

from textual import work
from textual.binding import Binding
from textual.widgets import Input
from textual.worker import get_current_worker

from coach.domain.question import Question
from coach.errors import CoachError
from coach.practice.choosing import Mark, set_favourite, set_hidden, set_note
from coach.practice.programs import is_template
from coach.tui.dialogs.ask_text import AskText
from coach.tui.dialogs.message import Note
from coach.tui.dialogs.pick import Pick
from coach.tui.screens.found import FoundScreen
from coach.tui.screens.nothing import why_no_session
from coach.tui.screens.sessions import KINDS, LISTED, Plan, plan_for, questions_of
from coach.tui.starting import practise
from coach.tui.widgets.fitted_table import FittedTable
from coach.tui.widgets.question_card import NEEDS_PROGRAM

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


class ChooseScreen(FoundScreen):
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

    def on_data_table_row_selected(self) -> None:
        """A click on the chosen line practises it."""
        self._practise_chosen()

    def action_start(self) -> None:
        """Start a session: of what is listed, or of one of the kinds."""
        if self._still_reading():
            return
        listed = f"What is listed here: {self._choice.session()}"
        self.app.push_screen(Pick("Start which session?", ((listed, LISTED), *KINDS)), self._start)

    def _start(self, kind: str | None) -> None:
        if kind is None or (kind == LISTED and self._still_searching()):
            return
        plan = plan_for(kind, self._choice, self._choice.filters(self._record.name if self._record else ""))
        self._begin(plan, len(self._questions) if kind == LISTED else -1)

    @work(thread=True, exclusive=True, group="choose-session")
    def _begin(self, plan: Plan, listed: int) -> None:
        worker = get_current_worker()
        try:
            questions = questions_of(self._desk, plan)
            nothing = "" if questions else why_no_session(self._desk.library, plan, listed)
        except CoachError as error:
            self.call_later(self._in_time, worker, self._tell, error)
            return
        self.call_later(self._in_time, worker, self._practise, questions, plan.title, nothing)

    def _practise(self, questions: tuple[Question, ...], title: str, nothing: str) -> None:
        if not self.is_active:
            return
        if not questions:
            self.app.push_screen(Note("Nothing to practise", nothing))
            return
        practise(self.app, self._desk, questions, title)

    def action_practise(self) -> None:
        """Practise what is picked, or the chosen question; from the search line, go to the list."""
        if self.focused is self.query_one(Input):
            self.query_one(FittedTable).focus()
        else:
            self._practise_chosen()

    def _practise_chosen(self) -> None:
        if self._still_reading():
            return
        chosen = self._chosen()
        wanted = tuple(self._picked.values()) or ((chosen,) if chosen else ())
        if not wanted and self._still_searching():
            return
        ready = tuple(question for question in wanted if not is_template(question))
        if wanted and not ready:
            self.app.push_screen(Note("A program is missing", NEEDS_PROGRAM))
            return
        self._practise(ready, "Picked by you" if self._picked else "", self._nothing)

    def action_pick(self) -> None:
        """Pick the chosen question or let it go, and move on."""
        question = self._chosen()
        if question is None:
            return
        if self._picked.pop(question.key, None) is None:
            self._picked[question.key] = question
        self._resign(question.key)
        self.query_one(FittedTable).action_cursor_down()

    def _mark(self) -> tuple[Question | None, Mark]:
        question = self._chosen()
        key = question.key if question else ""
        return question, self._marks.get(key) or Mark(key)

    def _marked(self, key: str) -> None:
        self._marks = self._desk.archive.get_marks()
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
