"""`coach rubric`: what answers are judged by, the shipped rubric and your own."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.commands.output import print_json, say, warn

if TYPE_CHECKING:
    from coach.config import Home


def add_parser(subparsers: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse has no public type for it
    """Add the group and its commands."""
    group: argparse.ArgumentParser = subparsers.add_parser("rubric", help="list, check, test and start rubrics")
    actions = group.add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(name: str, text: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = actions.add_parser(name, help=text, description=text)
        made.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        made.add_argument("--json", action="store_true", help="print JSON and nothing else")
        return made

    action("list", "the rubrics that can be used")
    check = action("check", "say everything that is wrong with a rubric; never changes it")
    check.add_argument("files", metavar="FILE", type=Path, nargs="+")
    test = action("test", "run the examples of every rule")
    test.add_argument("rubric", metavar="ID|FILE", nargs="?", default="")
    new = action("new", "write a small commented rubric to start from")
    new.add_argument("file", metavar="FILE", type=Path)
    new.add_argument("--id", default="", help="id of the rubric (else made from the file name)")
    return group


def run(arguments: argparse.Namespace) -> int:
    """Run one of the group's commands."""
    from coach.config import find_home

    home = find_home(getattr(arguments, "home", None))
    actions = {"list": _list, "check": _check, "test": _test, "new": _new}
    return actions[arguments.action](home, arguments)


def _list(home: "Home", arguments: argparse.Namespace) -> int:
    from coach.practice.rubrics import list_rubrics

    listed = list_rubrics(home)
    if arguments.json:
        print_json(listed)
        return 0
    for rubric in listed:
        state = (
            f"{rubric.problems} problems" if rubric.problems else f"{rubric.criteria} criteria, {rubric.rules} rules"
        )
        say(f"{rubric.id:20} {rubric.title:30} {state}{'  (yours)' if rubric.own else ''}")
    return 0


def _check(home: "Home", arguments: argparse.Namespace) -> int:
    del home
    from coach.practice.rubrics import check_rubric

    problems = [problem for path in arguments.files for problem in check_rubric(path)]
    if arguments.json:
        print_json(problems)
    else:
        for problem in problems:
            say(str(problem))
        if not problems:
            say("All is well.")
    return 1 if problems else 0


def _test(home: "Home", arguments: argparse.Namespace) -> int:
    from coach.practice.rubrics import run_examples

    tested = run_examples(home, arguments.rubric)
    failed = [t for t in tested if not t.passed]
    if arguments.json:
        print_json(
            [
                {
                    "criterion": t.criterion,
                    "rule": t.rule,
                    "text": t.text,
                    "expected": t.expected,
                    "held": t.held,
                    "passed": t.passed,
                }
                for t in tested
            ]
        )
        return 1 if failed else 0
    for t in failed:
        should = "should hold" if t.expected else "should not hold"
        did = "cannot be told (a model is missing)" if t.held is None else "holds" if t.held else "does not hold"
        say(f"{t.criterion}, {t.rule}: {should}, but {did}: {t.text}")
    say(f"{len(tested) - len(failed)} of {len(tested)} examples are right.")
    if not tested:
        warn("This rubric has no examples. Add some to its rules: they show whether a rule does what you mean.")
    return 1 if failed else 0


def _new(home: "Home", arguments: argparse.Namespace) -> int:
    del home
    from coach.practice.rubrics import new_rubric

    path = new_rubric(arguments.file, arguments.id)
    if arguments.json:
        print_json({"file": path})
    else:
        say(f"{path} is written. Change it, then run: coach rubric check {path}")
    return 0
