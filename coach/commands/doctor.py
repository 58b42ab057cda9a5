"""`coach doctor`: is everything here that practising needs?"""

import argparse
from typing import Any

from coach.commands.output import plain, print_json, say


def add_parser(subparsers: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse has no public type for it
    """Add the command."""
    parser: argparse.ArgumentParser = subparsers.add_parser("doctor", help="check sound, models, disk and terminal")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Look at everything; 1 when something is not well."""
    from coach.config import find_home
    from coach.practice.doctor import examine
    from coach.practice.settings import load_settings

    home = find_home(arguments.home)
    settings = load_settings(home)
    checks = examine(home, settings.microphone, settings.model, settings.rubric)
    well = all(check.ok for check in checks)
    if arguments.json:
        print_json({"ok": well, "checks": [plain(check) for check in checks]})
    else:
        for check in checks:
            say(f"{'ok ' if check.ok else 'BAD'}  {check.name:15} {check.detail}")
            if not check.ok:
                say(f"{'':20}{check.mend}")
        say("All is well." if well else "Mend the lines marked BAD, then run coach doctor again.")
    return 0 if well else 1
