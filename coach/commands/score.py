"""`coach score`: judges answers that are already there."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.commands.output import print_json, say
from coach.commands.shared import feedback_json, findings_lines, groups_line, say_assumed

if TYPE_CHECKING:
    from coach.config import Home
    from coach.domain.question import Program
    from coach.practice.scoring import Scored


def add_parser(subparsers: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    text = "judge answers: .jsonl (a line an answer), .txt, .json of a transcript, or sound"
    parser: argparse.ArgumentParser = subparsers.add_parser("score", help=text, description=text)
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+")
    parser.add_argument("--json", action="store_true", help="print JSON, one line an answer, and nothing else")
    parser.add_argument("--question", metavar="TEXT", default="", help="what was asked, for a single text")
    parser.add_argument("--category", metavar="NAME", default="", help="the kind of question, for a single text")
    parser.add_argument("--duration", metavar="SECONDS", type=float, default=0.0, help="how long a single text took")
    parser.add_argument("--program", metavar="ID", default="", help="the program that the question is about")
    parser.add_argument("--rubric", metavar="ID|FILE", default="", help="judge by this rubric")
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Judge and print."""
    from coach.config import find_home
    from coach.domain.question import CATEGORIES, DEFAULT_QUESTION
    from coach.errors import UsageError
    from coach.practice.scoring import Asked, score_files

    home = find_home(getattr(arguments, "home", None))
    category = arguments.category or "about_you"
    if category not in CATEGORIES:
        raise UsageError(f'"{category}" is no category.', f"Allowed: {', '.join(CATEGORIES)}.")
    if not 0 <= arguments.duration < 36_000:
        raise UsageError("--duration must be seconds, from 0 to 36000.")
    program = _program(home, arguments.program) if arguments.program else None
    asked = Asked(arguments.question or DEFAULT_QUESTION, category, arguments.duration, program)
    told = False
    for scored in score_files(home, arguments.files, asked, arguments.rubric):
        if not (told or scored.says_asked):
            say_assumed(arguments.question, arguments.category, '--question "Why our program?"')
            told = True
        if arguments.json:
            print_json(as_json(scored))
        else:
            say(as_text(scored))
    return 0


def _program(home: "Home", name: str) -> "Program":
    from coach.practice.programs import find_program

    return find_program(home, name)


def as_json(scored: "Scored") -> dict[str, Any]:
    """One answer's line. This form is stable; fields are only ever added.

    The labels hold "overall" too, so that a line can be compared as it is with labelled answers, which hold it there.
    """
    feedback = scored.feedback
    labels = feedback_json(feedback)["labels"]
    return {
        "id": scored.id,
        **feedback_json(feedback),
        "labels": {**labels, "overall": feedback.overall} if isinstance(labels, dict) and labels else {},
        "rubric": scored.feedback.rubric,
        "rubric_hash": scored.feedback.rubric_hash,
    }


def as_text(scored: "Scored") -> str:
    """One answer for people: what to change, what was good, and where that shows."""
    feedback = scored.feedback
    if feedback.not_scored:
        return f"{scored.id}: not scored. {feedback.not_scored}\n"
    overall = f"{feedback.overall:.1f} of 5" if feedback.overall is not None else "not scored"
    lines = [f"{scored.id}: {overall}", groups_line(feedback), *findings_lines(feedback.findings)]
    return "\n".join(line for line in lines if line) + "\n"
