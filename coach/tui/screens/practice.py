"""The practice screen: question, clock, level, nothing else, because an interview has nothing else."""

from collections.abc import Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Center, Vertical, VerticalScroll
from textual.widgets import Footer, Header, Static

from coach.domain.question import Question
from coach.domain.session import Answer
from coach.errors import CoachError
from coach.practice.conductor import Conductor
from coach.practice.desk import Desk
from coach.practice.events import (
    AnswerFailed,
    AnswerJudged,
    AnswerTranscribed,
    CaptionShown,
    Event,
    HelperState,
    LevelChanged,
    RecordingStopped,
)
from coach.tui.bridge import listener
from coach.tui.dialogs.message import Note
from coach.tui.dialogs.passing import Passing, WhileRecordingConfirm
from coach.tui.plain_errors import PlainScreen
from coach.tui.player import Player
from coach.tui.screens.feedback import FeedbackScreen
from coach.tui.widgets.clock import Clock
from coach.tui.widgets.level_meter import LevelMeter

TICK_S = 0.1
THINK_S = 10.0
"""Thinking time when neither the question nor the settings say another."""

READY = "Press space and speak. Press space again when you have finished."
OPENING = "The microphone is opening. Wait a moment before you speak ..."
RECORDING = "Recording: speak now. Press space when you have finished."
WAIT = "That was the last question. Wait for this feedback, then press n. (Esc twice: leave, and judge it later.)"
HELP = """\
An interviewer asks, you answer aloud. Nobody but this machine hears you.

space   start speaking; again: stop
t       take some seconds to think first
w       why interviewers ask this
a       hear the question in other words
d       throw this attempt away and start again
p       play your last attempt
n / b   next question / the one before
c       show or hide live text while you speak
escape  leave; what you said is kept

Aim for the green zone of the clock. End with one sentence that says your point."""


KEYS = frozenset(("speak", "finish", "discard", "think", "why", "rephrase", "play", "next", "back", "captions"))
"""The actions that need a sitting."""


class PracticeScreen(PlainScreen[None]):
    """One sitting."""

    TITLE = "Practice"
    HELP = HELP
    BINDINGS = [
        Binding("space", "speak", "Speak", priority=True),
        Binding("space", "finish", "Stop", priority=True),
        Binding("d", "discard", "Throw away, start again"),
        Binding("t", "think", "Think"),
        Binding("w", "why", "Why"),
        Binding("a", "rephrase", "Reword"),
        Binding("p", "play", "Play"),
        Binding("n", "next", "Next"),
        Binding("b", "back", "Back"),
        Binding("c", "captions", "Text"),
        Binding("escape", "leave", "Leave", key_display="esc"),
    ]

    def __init__(self, desk: Desk, questions: Sequence[Question], title: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._questions = tuple(questions)
        self._title = title
        self._conductor: Conductor | None = None
        self._wording = 0
        self._think_left: float | None = None
        self._last: Answer | None = None
        self._player = Player(self, desk)
        self._captions = desk.settings.captions
        self._heard = False
        self._under_way: dict[str, Answer] = {}

    def compose(self) -> ComposeResult:
        """Question, reason, clock, meter, live text, status."""
        yield Header()
        with VerticalScroll(id="practice"):
            yield Static("", id="practice-place", markup=False)
            yield Static("", id="practice-question", markup=False)
            yield Static("", id="practice-why", markup=False)
            with Center():
                yield Clock(id="clock")
            with Vertical(id="practice-live"):
                yield LevelMeter(id="level")
                yield Static("", id="practice-captions", markup=False)
                yield Static(READY, id="practice-status", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Begin the sitting."""
        self.query_one("#practice-captions").display = self._captions
        self._conductor = self._desk.sitting(self._questions, listener(self.app), self._title)
        self._desk.worker.warm()
        self.set_interval(TICK_S, self._tick)
        self._show_question()
        self.refresh_bindings()

    @property
    def conductor(self) -> Conductor:
        """The sitting's state machine."""
        assert self._conductor is not None  # noqa: S101 - set in on_mount, before any key arrives
        return self._conductor

    @property
    def _question(self) -> Question:
        question = self.conductor.question
        assert question is not None  # noqa: S101 - the screen closes when there is no question left
        return question

    def _asked(self) -> str:
        wordings = (self._question.text, *self._question.rephrasings)
        return wordings[self._wording % len(wordings)]

    def _show_question(self) -> None:
        number, count = self.conductor.position
        question = self._question
        place = f"Question {number} of {count}  ·  {question.category.replace('_', ' ')}"
        if question.program is not None:
            place += f"  ·  {question.program.name}"
        self.query_one("#practice-place", Static).update(place)
        self.query_one("#practice-question", Static).update(self._asked())
        self.query_one("#practice-why").display = False
        self.query_one(Clock).show(question.band, 0.0, running=False)
        self.query_one(LevelMeter).reset()
        self.query_one("#practice-captions", Static).update("")
        self._status(READY)

    def _status(self, text: str) -> None:
        self.query_one("#practice-status", Static).update(text)

    def _tick(self) -> None:
        if self._conductor is None or self.conductor.question is None:
            return
        if self.conductor.recording:
            self.query_one(Clock).show(self._question.band, self.conductor.seconds, running=True)
        elif self._think_left is not None and self.is_current:
            self._think_left -= TICK_S
            if self._think_left <= 0:
                self._think_left = None
                self._start()
            else:
                self._status(f"Think: {self._think_left:.0f} s. Space starts at once, t stops the countdown.")

    def on_screen_suspend(self) -> None:
        """Behind another screen nothing counts down: nobody would see that the recording begins."""
        if self._think_left is not None:
            self._think_left = None
            self._status(READY)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Offer what makes sense now: other keys while speaking than before."""
        if self._conductor is None:
            return action not in KEYS
        recording = self._conductor.recording
        if action in ("finish", "discard"):
            return recording
        if action == "play":
            return not recording and self._last is not None
        if action in ("speak", "think", "rephrase", "next", "back"):
            return not recording
        return True

    def action_speak(self) -> None:
        """Start to record."""
        self._start()

    def action_finish(self) -> None:
        """Stop; the feedback follows."""
        self._stop()

    def _start(self) -> None:
        self._think_left = None
        self._player.stop()
        self.query_one("#practice-why").display = False  # an interview has no notes; w shows them again
        try:
            self.conductor.record(self._asked(), self._captions)
        except CoachError as error:
            self.app.push_screen(Note.of(error))
            self._status("Nothing was recorded. Press space to try again.")
            return
        self.query_one(LevelMeter).reset()
        self.query_one("#practice-captions", Static).update("")
        self._heard = False
        self._status(OPENING)
        self.refresh_bindings()

    def _stop(self) -> None:
        self._status("Stopping ...")
        self.conductor.stop()

    def hear(self, event: Event) -> None:
        """Take what this sitting tells."""
        if self._conductor is None or (
            isinstance(event, RecordingStopped | AnswerTranscribed | AnswerJudged | AnswerFailed)
            and event.answer.session_id != self._conductor.session_id
        ):
            return
        match event:
            case LevelChanged(level=level) if self.conductor.recording:
                if not self._heard:
                    self._heard = True
                    self._status(RECORDING)
                self.query_one(LevelMeter).show(level)
            case CaptionShown(caption=caption):
                text = f"{caption.final} {caption.provisional}".strip()
                self.query_one("#practice-captions", Static).update(text[-400:])
            case RecordingStopped(answer=answer, message=message):
                self._last = answer
                self.refresh_bindings()
                self._status(message or "Your answer is kept. Listening to it now ...")
                self._withdraw_dialogs()
                self._under_way[answer.id] = answer
                self._show_feedback(answer, message)
            case AnswerTranscribed(answer=answer):
                self._last = self._under_way[answer.id] = answer
            case AnswerJudged(answer=answer) | AnswerFailed(answer=answer):
                self._last = answer
                self._under_way.pop(answer.id, None)
            case HelperState(state="died", message=message):
                self._status(message)

    def _show_feedback(self, answer: Answer, note: str = "") -> None:
        def then(wish: str) -> None:
            if wish == "judge":
                self._under_way[answer.id] = replace(answer, state="recorded", problem="")
            else:
                self._after_feedback(wish)

        self.app.push_screen(FeedbackScreen(self._desk, answer, then, self._ask_next, note=note))

    def _ask_next(self, question: Question) -> None:
        """A follow-up, before the questions that were planned."""
        self.conductor.insert(question)
        self.action_next()

    def _withdraw_dialogs(self) -> None:
        for screen in reversed(list(self.app.screen_stack)):
            if isinstance(screen, Passing):
                screen.withdraw()

    def _after_feedback(self, wish: str) -> None:
        if wish == "next":
            self.action_next()
        elif wish == "again":
            self._show_question()
        elif wish == "leave":
            self._leave()

    def action_discard(self) -> None:
        """Set this attempt aside and start again."""
        try:
            self.conductor.discard()
        finally:
            self.refresh_bindings()
            self._show_question()
        self._status("Set aside. Press space when you are ready again.")

    def action_play(self) -> None:
        """Play the last attempt, or stop playing."""
        if self._last is not None:
            self._player.toggle(self._last.take)

    def action_why(self) -> None:
        """Show or hide why interviewers ask this."""
        why = self.query_one("#practice-why", Static)
        why.display = not why.display
        question = self._question
        parts = [f"Why they ask: {question.why}" if question.why else "Why they ask: no note for this question."]
        if question.structure:
            parts.append(f"A structure that helps: {question.structure}")
        if question.strong:
            parts.append(f"Strong answers: {question.strong}")
        if question.sinks:
            parts.append(f"What sinks it: {question.sinks}")
        why.update("\n".join(parts))

    def action_rephrase(self) -> None:
        """Ask in other words."""
        self._wording += 1
        self._show_question()

    def action_think(self) -> None:
        """Start or stop the thinking countdown."""
        if self._think_left is not None:
            self._think_left = None
            self._status(READY)
        else:
            self._think_left = self._question.think_s or THINK_S

    def action_next(self) -> None:
        """The next question; after the last one the sitting is over, once all that was said is judged."""
        number, count = self.conductor.position
        if number == count and self._under_way:
            # Leaving would drop what is still being transcribed or judged.
            self.notify(WAIT)
            self._show_feedback(next(reversed(self._under_way.values())))
            return
        self._wording = 0
        self._think_left = None
        if self.conductor.next() is None:
            self.conductor.back()
            self.notify("That was the last question. Well done.")
            self._finish_sitting()
            return
        self._show_question()

    def _finish_sitting(self) -> None:
        """After the last question: what the answers show together."""
        from coach.tui.screens.session import SessionScreen

        if self._last is None:
            self._leave()
            return
        answers = self._desk.archive.answers.session(self._last.session_id).answers
        scored = [a for a in answers if a.state == "judged"]
        if len({a.question.key for a in scored}) < 2:
            self._leave()
            return
        self._player.stop()
        self.app.push_screen(SessionScreen(self._desk, scored), lambda _: self._leave())

    def action_back(self) -> None:
        """The question before."""
        self._wording = 0
        self._think_left = None
        self.conductor.back()
        self._show_question()

    def action_captions(self) -> None:
        """Show or hide live text; an interview has none."""
        self._captions = not self._captions
        self.query_one("#practice-captions").display = self._captions
        if self.conductor.recording:
            self.notify("Live text changes with the next answer." if self._captions else "Live text is hidden.")

    def action_leave(self) -> None:
        """Leave; a running recording is stopped and kept, after asking."""
        if not self.conductor.recording:
            self._leave()
            return

        def decide(yes: bool | None) -> None:
            if yes:
                self._leave()

        question = WhileRecordingConfirm("You are still recording. Stop, keep it and leave?", "Leave", "Go on")
        self.app.push_screen(question, decide)

    def _leave(self) -> None:
        self._player.stop()
        try:
            if self._conductor is not None:
                self._desk.leave(self._conductor)
        finally:
            self.dismiss(None)

    def on_unmount(self) -> None:
        """Whatever way the screen goes, nothing that was said is lost."""
        self._player.stop()
        if self._conductor is not None:
            self._desk.leave(self._conductor)
