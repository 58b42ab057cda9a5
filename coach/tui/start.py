"""Starting the app from the command line."""

import argparse
import sys
from typing import TYPE_CHECKING

from coach.config import find_home
from coach.errors import CoachError
from coach.practice.desk import Desk

if TYPE_CHECKING:
    from coach.tui.app import CoachApp


def _need_a_terminal() -> None:
    """A full-screen app without a terminal would wait for keys for ever. It draws on standard error."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise CoachError(
            "The app needs a terminal window.", "Without one, use: coach answer --input FILE, or see coach --help"
        )


def _run(app: "CoachApp") -> int:
    """Run until the user leaves. An app that broke down has a code other than 0, or none at all."""
    app.run()
    return 1 if app.return_code is None else app.return_code


def run_app(home: str | None) -> int:
    """Open the app on its first screen."""
    from coach.tui.app import CoachApp

    _need_a_terminal()
    desk = Desk(find_home(home))
    desk.prepare()
    try:
        return _run(CoachApp(desk))
    finally:
        desk.close()


def run_practice(arguments: argparse.Namespace) -> int:
    """Open the app on the practice screen; where banks must be read first, it is open while they are."""
    from coach.practice.selection import Ask, select_at_once
    from coach.tui.app import CoachApp

    for path in arguments.input:
        if not path.is_file():
            raise CoachError(f"There is no sound file {path}.", "Check the name and the folder.")
    _need_a_terminal()
    desk = Desk(find_home(arguments.home), arguments.input, arguments.speed)
    desk.prepare()
    ask = Ask(
        bank=arguments.bank,
        category=arguments.category,
        program=arguments.program,
        count=arguments.questions,
        seed=arguments.seed,
    )
    try:
        questions = select_at_once(desk, ask)
        return _run(CoachApp(desk, questions or (), ask=ask if questions is None else None))
    finally:
        desk.close()
