"""The feedback screen: what to change next, what was good, and where in my words that shows."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Header, OptionList, Static
from textual.widgets.option_list import Option

from coach.domain.finding import Feedback, Finding
from coach.domain.question import Question
from coach.domain.session import Answer
from coach.practice.delivery import clock_text, delivery, sound_warnings
from coach.practice.desk import Desk
from coach.practice.events import AnswerFailed, AnswerJudged, AnswerTranscribed, Event
from coach.practice.feedback_order import headline, in_order
from coach.practice.following import follow_up
from coach.tui.bridge import listener
from coach.tui.plain_errors import PlainScreen
from coach.tui.player import Player
from coach.tui.starting import practise
from coach.tui.widgets.finding_card import MARKS, FindingCard
from coach.tui.widgets.transcript_view import TranscriptView

HELP = """\
First what to change next, then what was good. Move with the arrow keys: the words that a
finding rests on stand out in your text.

up/down  the findings
space    read on in the finding, then from its beginning again; page up goes back
tab      to your words, to move through them with up and down; tab again: back
enter    play the words that this finding rests on
p        play the whole answer, or stop
r        try the same question again
n        next question
g        transcribe and judge again
f        answer the question that they may ask because of this
escape   back

'Not scored' means that too little was heard to be fair. Your recording is kept in every case."""

FOLLOW_UP = "Follow-up"


class FeedbackScreen(PlainScreen[None]):
    """One answer with its feedback; also opens past answers. `then` gets the user's wish.

    That is "again", "next", "leave" or "back" when the screen is left, and "judge" when it stays and judges again.
    `follow` gets the follow-up question that the user wants to answer next.
    """

    TITLE = "Feedback"
    HELP = HELP
    BINDINGS = [
        Binding("r", "wish('again')", "Again"),
        Binding("n", "wish('next')", "Next"),
        Binding("p", "play", "Play"),
        Binding("enter", "play_words", "Hear it", priority=True),
        Binding("space", "read_on", "More"),
        Binding("pagedown", "read_on", show=False, priority=True),
        Binding("pageup", "read_back", show=False, priority=True),
        Binding("f", "follow_up", "Follow-up"),
        Binding("g", "repeat", "Judge"),
        Binding("escape", "wish('back')", "Back", key_display="esc"),
    ]

    def __init__(
        self,
        desk: Desk,
        answer: Answer,
        then: Callable[[str], None] | None = None,
        follow: Callable[[Question], None] | None = None,
        *,
        note: str = "",
    ) -> None:
        super().__init__()
        self._follow = follow
        self._desk, self._answer, self._then, self._note = desk, answer, then, note
        self._findings: tuple[Finding, ...] = ()
        self._player = Player(self, desk)

    def compose(self) -> ComposeResult:
        """Headline; findings and one in full; the transcript."""
        yield Header()
        with Vertical(id="feedback"):
            yield Static("", id="feedback-question", markup=False)
            yield Static("", id="feedback-headline", markup=False)
            with Horizontal(id="feedback-columns"):
                with Vertical(id="feedback-left"):
                    yield OptionList(id="feedback-list", markup=False)
                    with VerticalScroll(id="feedback-card-box", can_focus=False):
                        yield FindingCard("", id="feedback-card", markup=False)
                with VerticalScroll(id="feedback-words-box"):
                    yield TranscriptView(id="feedback-words")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Show what is there already."""
        self.query_one("#feedback-words-box").border_title = "Your words"
        self.query_one(OptionList).focus()
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A past answer has no next question; a finding that is all in sight leaves the page keys to your words."""
        if action == "follow_up":
            finding = self._chosen()
            return finding is not None and bool(finding.follow_up)
        if action in ("read_on", "read_back"):
            return bool(self.query("#feedback-card-box")) and self.query_one("#feedback-card-box").max_scroll_y > 0
        return not (action == "wish" and parameters == ("next",) and self._then is None)

    def hear(self, event: Event) -> None:
        """Take what the sitting tells of this answer."""
        if isinstance(event, AnswerTranscribed | AnswerJudged | AnswerFailed) and event.answer.id == self._answer.id:
            self._answer = event.answer
            self._show()

    def _show(self) -> None:
        answer = self._answer
        self.query_one("#feedback-question", Static).update(answer.asked_text)
        self.query_one("#feedback-headline", Static).update(self._headline())
        feedback = answer.feedback
        self._findings = in_order(feedback.findings) if feedback is not None else ()
        choices = self.query_one(OptionList)
        choices.clear_options()
        choices.add_options(Option(f"{MARKS.get(f.verdict, '·')} {f.title}") for f in self._findings)
        choices.display = bool(self._findings)
        if self._findings:
            choices.highlighted = 0
        self._show_finding(self._findings[0] if self._findings else None)

    def _headline(self) -> Content:
        answer = self._answer
        length = clock_text(answer.take.seconds) if answer.take else "-"
        lines = [Content(f"{length}  ·  attempt {answer.attempt}  ·  ") + Content(headline(answer)).stylize("bold")]
        feedback = answer.feedback
        lines += [Content(f"! {warning}") for warning in sound_warnings(answer)]
        if answer.problem and feedback is not None:
            lines.append(Content(f"! {answer.problem}"))
        if self._note:
            lines.append(Content(self._note))
        told = delivery(answer.measures)
        if told:
            lines.append(Content(told))
        if feedback is not None and feedback.groups:
            groups = "   ".join(f"{g.name} {g.score:.1f}" for g in feedback.groups)
            lines.append(Content(groups).stylize("dim"))
        return Content("\n").join(lines)

    def _empty(self) -> str:
        answer = self._answer
        feedback: Feedback | None = answer.feedback
        if feedback is not None:
            return feedback.not_scored or "Nothing to change was found. Try a harder question."
        if answer.problem:
            return f"{answer.problem}\nPress g to try again."
        if answer.state == "discarded":
            return "You set this attempt aside. Press g to have it judged after all."
        return "Judging ..." if answer.transcript is not None else "Writing down what you said ..."

    def _show_finding(self, finding: Finding | None) -> None:
        self.query_one(FindingCard).show(finding, self._empty())
        self.query_one("#feedback-card-box").scroll_home(animate=False)
        self.call_after_refresh(self.refresh_bindings)
        words = self.query_one(TranscriptView)
        if self._answer.transcript is not None:
            words.show(self._answer.transcript, self._findings, finding)
        else:
            words.update("")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The chosen finding is told in full and its words stand out."""
        if event.option_index < len(self._findings):
            self._show_finding(self._findings[event.option_index])

    def _chosen(self) -> Finding | None:
        index = self.query_one(OptionList).highlighted if self.query(OptionList) else None
        return self._findings[index] if index is not None and index < len(self._findings) else None

    def on_resize(self) -> None:
        """Whether there is more to read depends on the window."""
        self.call_after_refresh(self.refresh_bindings)

    def action_read_on(self) -> None:
        """The next lines of the finding; after the last ones the first ones again."""
        box = self.query_one("#feedback-card-box")
        if box.scroll_y >= box.max_scroll_y:
            box.scroll_home(animate=False)
        else:
            box.scroll_page_down(animate=False)

    def action_read_back(self) -> None:
        """The lines of the finding before these."""
        self.query_one("#feedback-card-box").scroll_page_up(animate=False)

    def action_play(self) -> None:
        """Play the answer, or stop."""
        self._player.toggle(self._answer.take)

    def action_play_words(self) -> None:
        """Play from a second before the chosen finding's words to a second after them."""
        finding = self._chosen()
        if finding is None:
            self.notify("There is no finding to hear. Press p to hear the whole answer.")
            return
        timed = [e for e in finding.evidence if e.start_s is not None and e.end_s is not None]
        if not timed or timed[0].start_s is None or timed[0].end_s is None:
            self.notify("This finding has no place in the recording.")
            return
        self._player.play(self._answer.take, max(0.0, timed[0].start_s - 1.0), timed[0].end_s + 1.0)

    def action_repeat(self) -> None:
        """Transcribe and judge the kept take again."""
        if self._then is not None and self._answer.state in ("recorded", "transcribed"):
            self.notify("This is under way already.")
            return
        self._desk.repeat(self._answer, listener(self.app))
        self.notify("Listening to your recording again ...")
        if self._then is not None:
            self._then("judge")

    def action_follow_up(self) -> None:
        """Ask what this finding provokes: next in the sitting that is open, else in one of its own."""
        finding = self._chosen()
        if finding is None or not finding.follow_up:
            return
        question = follow_up(self._answer, finding)
        self._player.stop()
        self.dismiss(None)
        if self._follow is not None:
            self._follow(question)
        else:
            practise(self.app, self._desk, (question,), FOLLOW_UP)

    def action_wish(self, wish: str) -> None:
        """Go where the user wants."""
        self._player.stop()
        self.dismiss(None)
        if self._then is not None:
            self._then(wish)
        elif wish == "again":
            practise(self.app, self._desk, (self._answer.question,))

    def on_unmount(self) -> None:
        """Stop playing."""
        self._player.stop()
