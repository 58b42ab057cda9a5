"""Starting the app from the command line."""

import argparse
import sys

from coach.config import find_home
from coach.errors import CoachError
from coach.practice.desk import Desk


def _need_a_terminal() -> None:
    """A full-screen app without a terminal would wait for keys for ever."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise CoachError(
            "The app needs a terminal window.", "Without one, use: coach answer --input FILE, or see coach --help"
        )


def run_app(home: str | None) -> int:
    """Open the app on its first screen."""
    from coach.tui.app import CoachApp

    _need_a_terminal()
    desk = Desk(find_home(home))
    desk.prepare()
    try:
        return CoachApp(desk).run() or 0
    finally:
        desk.close()


def run_practice(arguments: argparse.Namespace) -> int:
    """Open the app on the practice screen."""
    from coach.practice.selection import Ask, select
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
        questions = select(desk, ask)
        return CoachApp(desk, questions).run() or 0
    finally:
        desk.close()
