"""`coach review`: past answers, and takes that still wait to be judged."""

import argparse
from typing import TYPE_CHECKING, Any

from coach.commands.output import print_json, say, warn
from coach.commands.shared import answer_json, answer_line, answer_text, why_missing
from coach.practice.delivery import delivery
from coach.practice.plain_words import shortened

if TYPE_CHECKING:
    from coach.domain.session import Session


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
        if query and archive.partly(query):
            warn("No answer has all these words. The best matches come first.")
    finally:
        archive.close()
    if arguments.json:
        print_json({"sessions": [_session_json(s) for s in sessions], "unfinished": [a.id for a in waiting]})
        return 0
    for session in sessions:
        say(_session_text(session))
    if not sessions:
        say("No answers yet. Start with: coach" if not query else f"No answer has any of these words: {query}")
    if waiting:
        warn(f"{len(waiting)} recorded answers were not judged yet. Do it now with: coach review --again")
    return 0


def _session_json(session: "Session") -> dict[str, object]:
    return {
        "session": session.id,
        "started": session.started.isoformat(),
        "title": session.title,
        "answers": [answer_json(answer) for answer in session.answers],
    }


def _session_text(session: "Session") -> str:
    """Each answer with its result, its question, and how it was spoken or why it has no result."""
    lines = [f"{session.started.astimezone():%a %d %b %Y, %H:%M}  {session.title}".rstrip()]
    for answer in session.answers:
        lines += [f"  {answer.id}  {answer_line(answer)}", f"    {shortened(answer.asked_text, 110)}"]
        lines += [f"    {told}" for told in (delivery(answer.measures), why_missing(answer)) if told]
    return "\n".join(lines)
