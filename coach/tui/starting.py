"""The one way into a sitting: there is never a second one over it."""

from collections.abc import Callable, Sequence
from typing import Any

from textual.app import App

from coach.domain.question import Question
from coach.practice.desk import Desk
from coach.tui.dialogs.passing import WhileRecordingNote

STOP_FIRST = "You are recording now. Press space to stop; then this can be done."


def practise(
    app: App[Any],
    desk: Desk,
    questions: Sequence[Question],
    title: str = "",
    then: Callable[[object], None] | None = None,
) -> None:
    """Open a sitting over `questions`; `then` is called when it is left.

    A sitting that is open already is left first, up to the home screen; while it records, nothing is opened.
    """
    from coach.tui.screens.practice import PracticeScreen

    if desk.recording:
        app.push_screen(WhileRecordingNote("First stop the recording", STOP_FIRST))
        return
    screen = PracticeScreen(desk, questions, title)
    stack = app.screen_stack
    opened = next((at for at, one in enumerate(stack) if isinstance(one, PracticeScreen)), None)
    if opened is not None:
        for _ in stack[opened:]:
            app.pop_screen()
    app.push_screen(screen, then)
