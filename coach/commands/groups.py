"""What every group of commands does in the same way: its actions, which one runs, and how results are told."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from coach.commands.output import print_json, say

if TYPE_CHECKING:
    from coach.config import Home
    from coach.domain.problem import Problem

AddAction = Callable[[str, str], argparse.ArgumentParser]
"""Adds an action to a group, by its name and what it does."""


def add_group(subparsers: Any, name: str, text: str) -> tuple[argparse.ArgumentParser, AddAction]:  # noqa: ANN401 - argparse has no public type for it
    """Add a group; gives its parser and what adds its actions. Every action knows --home and --json."""
    group: argparse.ArgumentParser = subparsers.add_parser(name, help=text)
    actions = group.add_subparsers(dest="action", metavar="ACTION", required=True)

    def add_action(name: str, text: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = actions.add_parser(name, help=text, description=text)
        made.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        made.add_argument("--json", action="store_true", help="print JSON and nothing else")
        return made

    return group, add_action


def run_action(
    arguments: argparse.Namespace, actions: Mapping[str, Callable[["Home", argparse.Namespace], int]]
) -> int:
    """Run the chosen one of a group's actions; gives its exit code."""
    from coach.config import find_home

    return actions[arguments.action](find_home(getattr(arguments, "home", None)), arguments)


def tell(arguments: argparse.Namespace, value: object, text: str) -> None:
    """A result: `value` where JSON is asked for, else `text`."""
    if arguments.json:
        print_json(value)
    else:
        say(text)


def say_problems(problems: Sequence["Problem"]) -> None:
    """One line a problem."""
    for problem in problems:
        say(str(problem))


def counted(problems: int) -> str:
    """How many problems there are, as a sentence."""
    return "1 problem." if problems == 1 else f"{problems} problems."


def tell_check(arguments: argparse.Namespace, problems: Sequence["Problem"], well: str = "All is well.") -> int:
    """Everything that a check found, or `well`; gives the exit code."""
    if not arguments.json:
        say_problems(problems)
    tell(arguments, problems, counted(len(problems)) if problems else well)
    return 1 if problems else 0
