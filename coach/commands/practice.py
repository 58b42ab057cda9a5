"""`coach practice`: straight to practice."""

import argparse
from typing import Any

from coach.commands.shared import existing_file


def add_parser(subparsers: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser("practice", help="practise now, in the app")
    parser.add_argument("--bank", metavar="ID", default="", help="only questions of this bank")
    parser.add_argument("--category", metavar="C", default="", help="only questions of this category")
    parser.add_argument("--program", metavar="ID", default="", help="questions about this program")
    parser.add_argument("--questions", metavar="N", type=int, default=5, help="how many (default 5)")
    parser.add_argument("--seed", metavar="N", type=int, default=None, help="the same questions for the same number")
    parser.add_argument(
        "--input",
        metavar="FILE",
        type=existing_file,
        action="append",
        default=[],
        help="answer with this sound file instead of the microphone; may be given several times",
    )
    parser.add_argument("--speed", metavar="X", type=float, default=1.0, help="play the files X times as fast")
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Open the app on its practice screen."""
    from coach.tui.start import run_practice

    return run_practice(arguments)
