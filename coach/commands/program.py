"""`coach program`: the programs you applied to, what residents said, and your rank order list."""

import argparse
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.commands.groups import add_group, run_action, tell, tell_check
from coach.commands.output import pour, print_json, say, warn
from coach.commands.progress import opened_library

if TYPE_CHECKING:
    from coach.config import Home
    from coach.practice.programs import ProgramRecord


def add_parser(subparsers: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse has no public type for it
    """Add the group and its commands."""
    group, action = add_group(subparsers, "program", "programs, signals, and your rank order list")
    action("list", "programs with visa policy, verdict and rank")
    action("show", "one program, its verdict and the questions it fills").add_argument("program", metavar="ID")
    new = action("new", "make a program file from the blank form")
    new.add_argument("name", metavar="NAME")
    new.add_argument("--id", default="", help="its id (else made from the name)")
    action("check", "say everything that is wrong with a program file; never changes it").add_argument(
        "files", metavar="FILE", type=Path, nargs="+"
    )
    heard = action("signal", "note what somebody said about one of the nine signals; without options, list them")
    heard.add_argument("program", metavar="ID", nargs="?", default="")
    heard.add_argument("--signal", default="", help="which one")
    heard.add_argument("--heard", default="", help="what was said")
    heard.add_argument("--asked", default="", help="what you asked, and whom")
    heard.add_argument("--when", default="", metavar="DATE")
    heard.add_argument("--reading", default="unknown", help="supportive, weak or unknown")
    action("compare", "programs side by side").add_argument("programs", metavar="ID", nargs="+")
    rank = action("rank", "show the rank order list, or set it: first place first")
    rank.add_argument("programs", metavar="ID", nargs="*")
    rank.add_argument("--reason", metavar="TEXT", default="", help="why the one named program stands where it stands")
    export = action("export", "write the table of visa policies and everything else as CSV")
    export.add_argument("--output", metavar="FILE", type=Path, help="else it goes to standard output")
    return group


def run(arguments: argparse.Namespace) -> int:
    """Run one of the group's commands."""
    actions = {
        "list": _list,
        "show": _show,
        "new": _new,
        "check": _check,
        "signal": _signal,
        "compare": _compare,
        "rank": _rank,
        "export": _export,
    }
    return run_action(arguments, actions)


def _list(home: "Home", arguments: argparse.Namespace) -> int:
    from coach.practice.programs import load_programs, verdict

    programs = load_programs(home)
    if arguments.json:
        listed = [
            {"id": e.id, "origin": e.origin, "file": e.path, "problems": e.problems}
            | ({**dataclasses.asdict(e.record), "verdict": verdict(e.record).kind} if e.record else {})
            for e in programs.entries
        ]
        print_json(listed)
    else:
        for record in programs.records:
            visas = ", ".join(record.visa.types) or "visa not known"
            place = f"rank {record.rank.place}" if record.rank.place else ""
            say(f"{record.id:26} {verdict(record).kind:12} {visas:18} {place:8} {record.name}")
    for problem in programs.problems:
        warn(str(problem))
    return 0


def _show(home: "Home", arguments: argparse.Namespace) -> int:
    from coach.practice.programs import compare, load_programs, program_questions, verdict

    record = load_programs(home).record(arguments.program)
    judged = verdict(record)
    with opened_library(home) as library:
        questions = program_questions(home, library, record.id)
    if arguments.json:
        print_json({**dataclasses.asdict(record), "verdict": judged, "questions": [q.text for q in questions]})
        return 0
    say(f"{record.name} ({record.id})" + ("  verify with the program" if record.verify else ""))
    for line in compare([record]):
        if line.cells[0] != "not known":
            say(f"  {line.title}: {line.cells[0]}")
    for fact in record.facts:
        say(f"  fact: {fact}")
    say(f"\n{judged.kind}: {judged.summary}")
    for reason in judged.reasons:
        say(f"  {reason.kind} ({reason.weight:g}): {reason.text}")
    for missing in judged.missing:
        say(f"  still to ask: {missing}")
    say(f"\n{len(questions)} questions about it:")
    for question in questions:
        say(f"  {question.text}")
    return 0


def _new(home: "Home", arguments: argparse.Namespace) -> int:
    from coach.practice.programs import new_program, save_program

    path = save_program(home, new_program(home, arguments.name, arguments.id))
    tell(arguments, {"file": path}, f"Written: {path}. Fill in what you know, then: coach program check {path}")
    return 0


def _check(_home: "Home", arguments: argparse.Namespace) -> int:
    from coach.practice.programs import check_program_file

    return tell_check(arguments, [problem for file in arguments.files for problem in check_program_file(file)])


def _signal(home: "Home", arguments: argparse.Namespace) -> int:
    from coach.errors import UsageError
    from coach.practice.programs import SIGNALS, Heard, load_programs, save_program, with_signal

    if not arguments.signal:
        record = load_programs(home).record(arguments.program) if arguments.program else None
        if arguments.json:
            print_json([{"guide": guide, "heard": record.heard(guide.id) if record else ()} for guide in SIGNALS])
            return 0
        for guide in SIGNALS:
            say(f"{guide.id}: {guide.title}")
            for question in guide.ask:
                say(f"    ask: {question}")
            say(f"    supportive: {guide.supportive}")
            say(f"    weak: {guide.weak}")
            for one in record.heard(guide.id) if record else ():
                say(f"    heard {one.when}: {one.heard} ({one.reading})")
        return 0
    if not arguments.program:
        raise UsageError(
            "Say which program.", "coach program signal ID --signal visas --heard TEXT --reading supportive"
        )
    record = load_programs(home).record(arguments.program)
    heard = Heard(arguments.signal, arguments.asked, arguments.heard, arguments.when, arguments.reading)
    path = save_program(home, with_signal(record, heard))
    tell(arguments, {"file": path}, f"Noted in {path}.")
    return 0


def _compare(home: "Home", arguments: argparse.Namespace) -> int:
    from coach.practice.programs import compare, load_programs

    programs = load_programs(home)
    records = [programs.record(program_id) for program_id in arguments.programs]
    lines = compare(records)
    if arguments.json:
        print_json({"programs": [record.id for record in records], "lines": lines})
        return 0
    for line in lines:
        if any(cell != "not known" for cell in line.cells):
            say(f"{'*' if line.differs else ' '} {line.title}")
            for record, cell in zip(records, line.cells, strict=True):
                say(f"      {record.id}: {cell}")
    return 0


def _rank(home: "Home", arguments: argparse.Namespace) -> int:
    from coach.practice.programs import load_programs, rank_remarks, ranked, save_program, save_rank_order

    if arguments.reason:
        record = _one_program(home, arguments.programs)
        save_program(home, dataclasses.replace(record, rank=dataclasses.replace(record.rank, reason=arguments.reason)))
    elif arguments.programs:
        save_rank_order(home, arguments.programs)
    records = load_programs(home).records
    if arguments.json:
        listed = [{"place": r.rank.place, "id": r.id, "name": r.name, "reason": r.rank.reason} for r in ranked(records)]
        print_json({"order": listed, "remarks": rank_remarks(records)})
        return 0
    for record in ranked(records):
        say(f"{record.rank.place:3}. {record.name}: {record.rank.reason or 'no reason yet'}")
    for remark in rank_remarks(records):
        say(f"     {remark}")
    return 0


def _one_program(home: "Home", named: list[str]) -> "ProgramRecord":
    from coach.errors import UsageError
    from coach.practice.programs import load_programs

    if len(named) != 1:
        raise UsageError("A reason belongs to one program.", "coach program rank ID --reason TEXT")
    return load_programs(home).record(named[0])


def _export(home: "Home", arguments: argparse.Namespace) -> int:
    from coach.practice.programs import load_programs, programs_csv, write_csv

    records = load_programs(home).records
    if arguments.output:
        write_csv(arguments.output, records)
    if arguments.json:
        print_json({"file": arguments.output, "programs": len(records)})
    elif arguments.output:
        say(f"Written: {arguments.output}")
    else:
        pour(programs_csv(records))
    return 0
