"""`coach answer`: the whole loop without a screen."""

import argparse
from typing import Any

from coach.commands.output import print_json, say
from coach.commands.shared import answer_json, answer_text, existing_file, say_assumed


def add_parser(subparsers: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "answer", help="take one answer from a sound file, transcribe, judge and keep it"
    )
    parser.add_argument("--input", metavar="FILE", type=existing_file, required=True, help="the sound file")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--question", metavar="ID", default="", help="a question of the library (bank/id)")
    which.add_argument("--ask", metavar="TEXT", default="", help="any question, in your words")
    parser.add_argument("--category", metavar="C", default="", help="its category (visa, behavioral ...)")
    parser.add_argument("--program", metavar="ID", default="", help="the program that it is about")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Run the loop."""
    from coach.config import find_home
    from coach.practice.answering import answer_file

    answer = answer_file(
        find_home(arguments.home),
        arguments.input,
        arguments.question,
        arguments.ask,
        arguments.category,
        arguments.program,
    )
    if not arguments.question:  # a question of the library has its category
        another = '--ask "Why our program?", or --question ID with an id from: coach bank list --questions'
        say_assumed(arguments.ask, arguments.category, another)
    if arguments.json:
        print_json(answer_json(answer))
    else:
        say(answer_text(answer))
    return 0
