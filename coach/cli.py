"""The command line: finds the command, runs it, and turns what went wrong into one sentence and an exit code.

Exit codes: 0 done, 1 the thing asked about is not well, 2 wrong usage.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence

import coach
from coach.commands.output import close_output, forget_output, open_streams, warn
from coach.config import UnknownUserError
from coach.errors import CoachError, UsageError

GROUPS = ("practice", "answer", "transcribe", "score", "review", "bank", "program", "rubric", "models", "doctor")
"""Modules of coach.commands, in the order of the help; each has `add_parser(subparsers)` and `run(arguments)`."""


def parser() -> argparse.ArgumentParser:
    """The whole command line's parser."""
    top = argparse.ArgumentParser(
        prog="coach",
        description="Practise spoken answers for residency interviews. Nothing leaves this machine.",
        epilog="Without a command, coach opens the app.",
    )
    top.add_argument("--version", action="version", version=f"coach {coach.__version__}")
    top.add_argument("--home", metavar="DIR", help="keep everything in DIR (else COACH_HOME, else the usual place)")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for name in GROUPS:
        module = importlib.import_module(f"coach.commands.{name}")
        command = module.add_parser(commands)
        command.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        command.set_defaults(run=module.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run `coach`; returns the exit code."""
    open_streams()
    try:
        try:
            return _run(parser().parse_args(argv))
        finally:
            close_output()
    except CoachError as error:
        warn(f"coach: {error}")
        return error.exit_code
    except UnknownUserError as error:
        warn(f"coach: {error}")
        return UsageError.exit_code
    except KeyboardInterrupt:
        warn("coach: stopped. What was recorded so far is kept.")
        return 1
    except BrokenPipeError:
        # The reader has seen enough (coach review | head), which is no failure.
        forget_output()
        return 0
    except OSError as error:
        # A file or folder that the readers and writers did not foresee: still a sentence, and never a traceback.
        where = f" ({error.filename})" if error.filename else ""
        warn(f"coach: the system refused{where}: {error.strerror or error}. Check the disk and the folder's rights.")
        return 1


def _run(arguments: argparse.Namespace) -> int:
    if arguments.command is None:
        from coach.tui.start import run_app

        return run_app(arguments.home)
    code: int = arguments.run(arguments)
    return code


if __name__ == "__main__":
    sys.exit(main())
