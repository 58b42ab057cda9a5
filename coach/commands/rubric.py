"""`coach rubric`: what answers are judged by, the shipped rubric and your own."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.commands.groups import add_group, run_action, tell, tell_check
from coach.commands.output import print_json, say, warn

if TYPE_CHECKING:
    from coach.config import Home


def add_parser(subparsers: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse has no public type for it
    """Add the group and its commands."""
    group, action = add_group(subparsers, "rubric", "list, check, test and start rubrics")
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
    return run_action(arguments, {"list": _list, "check": _check, "test": _test, "new": _new})


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

    return tell_check(arguments, [problem for path in arguments.files for problem in check_rubric(path)])


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
    tell(arguments, {"file": path}, f"{path} is written. Change it, then run: coach rubric check {path}")
    return 0
