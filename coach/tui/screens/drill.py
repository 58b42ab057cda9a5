"""The drill 'what questions do you have for us': the candidate asks, sees what the question does, and plans the day."""

from dataclasses import replace

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Header, Input, OptionList, Static
from textual.widgets.option_list import Option

from coach.domain.question import Question
from coach.errors import CoachError
from coach.practice.desk import Desk
from coach.practice.drill import ROLES, Asked, ToAsk, look_at, run_drill, with_plan
from coach.practice.programs import SIGNALS, ProgramRecord, load_programs, ranked, save_program
from coach.tui.dialogs.ask_text import AskText
from coach.tui.dialogs.message import Note
from coach.tui.dialogs.pick import Pick
from coach.tui.plain_errors import PlainScreen
from coach.tui.screens.asked import WHO, asked_content, in_plan_order, plan_line
from coach.tui.screens.choice import Choice
from coach.tui.screens.nothing import NO_SUCH
from coach.tui.screens.sessions import Plan, questions_of
from coach.tui.starting import practise

SESSION_TITLE = "Questions for them"
NO_PROGRAM = ""
LONGEST = 400
START = """\
Type a question that you would ask on an interview day, then press enter.
You see which kind it is, how much it does for you, and how to ask it better."""
HELP = """\
At the end they ask: what questions do you have for us? Have several ready, and ask each person what only they know.

enter   look at the question; on the plan: look at that one
a       add it to the plan: you say whom you will ask
e       ideas to start from
h       write down what came back
x       take a question off the plan
g       choose the program that the plan belongs to
p       practise aloud: they ask, you speak
/       type another question
escape  back

The weight (0 to 100) says how much this kind of question does for you. The plan is kept with the program."""


class DrillScreen(PlainScreen[None]):
    """Question, what it does, plan."""

    TITLE = SESSION_TITLE
    HELP = HELP
    BINDINGS = [
        Binding("enter", "look", "Look", priority=True, key_display="⏎"),
        Binding("a", "add", "Add"),
        Binding("e", "ideas", "Ideas"),
        Binding("h", "heard", "Heard"),
        Binding("x", "drop", "Drop"),
        Binding("g", "program", "Program"),
        Binding("p", "aloud", "Aloud"),
        Binding("slash", "type", "Type"),
        Binding("down", "to_plan", show=False),
        Binding("escape", "back", "Back", key_display="esc"),
    ]

    def __init__(self, desk: Desk, record: ProgramRecord | None = None) -> None:
        super().__init__()
        self._desk, self._record = desk, record
        self._asked: Asked | None = None
        self._plan: tuple[ToAsk, ...] = ()

    def compose(self) -> ComposeResult:
        """The question, what it does, the plan."""
        yield Header()
        yield Input(placeholder="Your question to them", id="drill-question", max_length=LONGEST)
        with VerticalScroll(id="drill-asked-box", can_focus=False):
            yield Static(START, id="drill-asked", markup=False)
        yield Static("", id="drill-said", markup=False)
        yield OptionList(id="drill-plan", markup=False)
        yield Static("", id="drill-remarks", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Type at once; the plan is that of the first program on the rank order list."""
        if self._record is None:
            try:
                self._record = next(iter(ranked(load_programs(self._desk.home).records)), None)
            except CoachError as error:
                self.app.push_screen(Note.of(error))
        self.query_one(Input).focus()
        self._fill()

    def _fill(self, at: int = 0) -> None:
        record = self._record
        self._plan = in_plan_order(record.to_ask) if record else ()
        lines = self.query_one(OptionList)
        lines.clear_options()
        if record is not None:
            lines.add_options(Option(plan_line(one, record)) for one in self._plan)
        if self._plan:
            lines.highlighted = min(at, len(self._plan) - 1)
        name = f"Plan for {record.name}" if record else "No program chosen: press g, then plan who is asked what"
        signs = "  (✓ answered, ! they have told you already)" if self._plan else ""
        empty = "" if self._plan or record is None else ": nothing planned yet, press a"
        self.query_one("#drill-said", Static).update(Content(name + empty).stylize("bold") + Content(signs))
        self.query_one("#drill-remarks", Static).update("\n".join(f"· {one}" for one in self._remarks()))

    def _remarks(self) -> tuple[str, ...]:
        if not self._plan:
            return ()
        text = "\n".join(one.question.rstrip("?. ") + "?" for one in self._plan)
        return run_drill(text).remarks

    def _show(self, text: str) -> None:
        self._asked = look_at(text, self._record)
        self.query_one("#drill-asked", Static).update(asked_content(self._asked))
        self.query_one("#drill-asked-box").scroll_home(animate=False)

    def action_look(self) -> None:
        """Look at the typed question, or at the chosen one of the plan."""
        field = self.query_one(Input)
        chosen = self._chosen()
        if self.focused is field:
            text = " ".join(field.value.split())
            if not text:
                self.query_one("#drill-asked", Static).update(
                    "Type a question first: press / and type, or e for ideas."
                )
                self.query_one(OptionList).focus()
                return
            self._show(text)
            self.query_one(OptionList).focus()
        elif chosen is not None:
            self._show(chosen.question)

    def on_option_list_option_selected(self) -> None:
        """A click looks at the question."""
        self.action_look()

    def _chosen(self) -> ToAsk | None:
        at = self.query_one(OptionList).highlighted
        return self._plan[at] if at is not None and at < len(self._plan) else None

    def action_add(self) -> None:
        """Ask whom, then add the question to the plan."""
        if self._asked is None:
            self.notify("Type a question and press enter first.")
            return
        if self._record is None:
            self.notify("The plan is kept with a program. Choose one.")
            self._choose_program(then_add=True)
            return
        best = self._asked.who
        roles = [best, *(role for role in ROLES if role != best)]
        choices = [(WHO.get(role, role) + ("  (knows it best)" if role == best else ""), role) for role in roles]
        self.app.push_screen(Pick("Whom will you ask?", choices), self._added)

    def _added(self, who: str | None) -> None:
        if who is None or self._asked is None or self._record is None:
            return
        if any((one.question, one.who) == (self._asked.text, who) for one in self._record.to_ask):
            self.notify("This is on the plan already.")
            return
        self._keep((*self._record.to_ask, ToAsk(self._asked.text, who)))

    def _keep(self, to_ask: tuple[ToAsk, ...]) -> None:
        if self._record is None:
            return
        at = self.query_one(OptionList).highlighted or 0
        try:
            record = with_plan(self._record, to_ask)
            save_program(self._desk.home, record)
        except CoachError as error:
            self.app.push_screen(Note.of(error))
            return
        self._record = record
        self._fill(at)

    def action_heard(self) -> None:
        """Write down what came back."""
        chosen = self._chosen()
        if chosen is None:
            self.notify("Choose a question of the plan.")
            return
        self.app.push_screen(
            AskText("What came back?", chosen.heard, chosen.question, lines=True),
            lambda text: self._replace(chosen, text),
        )

    def _replace(self, old: ToAsk, heard: str | None) -> None:
        if heard is not None and self._record is not None:
            self._keep(tuple(replace(one, heard=heard) if one == old else one for one in self._record.to_ask))

    def action_drop(self) -> None:
        """Take the chosen question off the plan."""
        chosen = self._chosen()
        if chosen is not None and self._record is not None:
            self._keep(tuple(one for one in self._record.to_ask if one != chosen))
            self.notify(f"Taken off the plan: {chosen.question}", markup=False)

    def action_ideas(self) -> None:
        """Pick a question to start from."""
        ideas = [(question, question) for guide in SIGNALS for question in guide.ask]
        self.app.push_screen(Pick("Questions that residents can answer from their own life", ideas), self._idea)

    def _idea(self, text: str | None) -> None:
        if text is not None:
            self.query_one(Input).value = text
            self._show(text)

    def action_program(self) -> None:
        """Choose the program of the plan."""
        self._choose_program(then_add=False)

    def _choose_program(self, *, then_add: bool) -> None:
        try:
            records = {record.id: record for record in load_programs(self._desk.home).records}
        except CoachError as error:
            self.app.push_screen(Note.of(error))
            return

        def chosen(program: str | None) -> None:
            if program is None:
                return
            self._record = records.get(program)
            self._fill()
            if self._asked is not None:
                self._show(self._asked.text)
            if then_add and self._record is not None:
                self.action_add()

        choices = [(record.name, record.id) for record in records.values()]
        if not then_add:
            choices.append(("no program", NO_PROGRAM))
        self.app.push_screen(Pick("Which program?", choices), chosen)

    def action_aloud(self) -> None:
        """They ask for your questions, you speak."""
        self._begin(self._record)

    @work(thread=True, exclusive=True, group="drill-aloud")
    def _begin(self, record: ProgramRecord | None) -> None:
        try:
            choice = Choice(category="questions_for_us", program=record.id if record else "")
            questions = questions_of(self._desk, Plan(choice, SESSION_TITLE))
        except CoachError as error:
            self.call_later(self.app.push_screen, Note.of(error))
            return
        self.call_later(self._practise, questions)

    def _practise(self, questions: tuple[Question, ...]) -> None:
        if not self.is_active:
            return
        if not questions:
            self.app.push_screen(Note("Nothing to practise", NO_SUCH))
            return
        practise(self.app, self._desk, questions, SESSION_TITLE)

    def action_type(self) -> None:
        """To the question line."""
        self.query_one(Input).focus()

    def action_to_plan(self) -> None:
        """From the question line to the plan."""
        self.query_one(OptionList).focus()

    def action_back(self) -> None:
        """Back."""
        self.dismiss(None)
