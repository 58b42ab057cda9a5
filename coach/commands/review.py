"""`coach review`: past answers, and takes that still wait to be judged."""

import argparse
from typing import Any

from coach.commands.output import print_json, say, warn
from coach.commands.shared import answer_json, answer_text, why_missing


def add_parser(subparsers: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser("review", help="past sessions and answers")
    parser.add_argument("query", metavar="QUERY", nargs="*", help="words of the answer or question, or an answer's id")
    parser.add_argument("--again", action="store_true", help="transcribe and judge again what was not judged yet")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    return parser


def run(arguments: argparse.Namespace) -> int:
    """List, search, show one, or finish what a crash left."""
    from coach.config import find_home
    from coach.errors import StoreError
    from coach.practice.archive import Archive
    from coach.practice.repeating import judge_unfinished

    home = find_home(arguments.home)
    query = " ".join(arguments.query)
    if arguments.again:
        for line in judge_unfinished(home):
            warn(line)
    archive = Archive(home)
    try:
        if query:
            try:
                answer = archive.answer(query)
            except StoreError:
                pass
            else:
                print_json(answer_json(answer)) if arguments.json else say(answer_text(answer))
                return 0
        sessions = archive.sessions(query)
        waiting = archive.unfinished()
    finally:
        archive.close()
    if arguments.json:
        print_json(
            {
                "sessions": [
                    {
                        "session": s.id,
                        "started": s.started.isoformat(),
                        "title": s.title,
                        "answers": [answer_json(a) for a in s.answers],
                    }
                    for s in sessions
                ],
                "unfinished": [a.id for a in waiting],
            }
        )
        return 0
    for session in sessions:
        say(f"{session.started.astimezone():%a %d %b %Y, %H:%M}  {session.title}".rstrip())
        for a in session.answers:
            score = f"{a.feedback.overall:.1f}" if a.feedback and a.feedback.overall is not None else " - "
            length = f"{a.take.seconds:4.0f} s" if a.take else "      "
            say(f"  {a.id}  {score}  {length}  {a.asked_text[:70]}")
            why = why_missing(a)
            if why:
                say(f"    {why}")
    if not sessions:
        say("No answers yet. Start with: coach" if not query else f"No answer holds {query!r}.")
    if waiting:
        warn(f"{len(waiting)} recorded answers were not judged yet. Do it now with: coach review --again")
    return 0
