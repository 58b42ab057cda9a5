"""`coach bank`: question banks, the shipped ones and your own."""

import argparse
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.commands.groups import add_group, run_action, say_problems, tell, tell_check
from coach.commands.output import pour, print_json, say, warn
from coach.commands.progress import opened_library

if TYPE_CHECKING:
    from coach.config import Home
    from coach.domain.question import Question
    from coach.practice.bank_files import Preview


def add_parser(subparsers: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse has no public type for it
    """Add the group and its commands."""
    group, action = add_group(subparsers, "bank", "list, check, add and share question banks")
    listing = action("list", "banks, and how many questions each category holds")
    listing.add_argument("--search", metavar="WORDS", default="", help="list the questions with these words instead")
    listing.add_argument("--questions", action="store_true", help="list the questions instead")
    listing.add_argument("--category", default="", help="only questions of this category")
    listing.add_argument("--tag", default="", help="only questions with this tag")
    action("show", "one bank with its questions").add_argument("bank", metavar="ID")
    new = action("new", "write a commented bank to start from")
    new.add_argument("file", metavar="FILE", type=Path)
    new.add_argument("--id", default="", help="id of the bank (else made from the file name)")
    new.add_argument("--title", default="")
    action("check", "say everything that is wrong with a bank; never changes it").add_argument(
        "files", metavar="FILE", type=Path, nargs="+"
    )
    add = action("add", "install a bank, or every bank in a folder")
    add.add_argument("path", metavar="FILE|FOLDER", type=Path)
    add.add_argument("--as", dest="as_id", metavar="ID", default="", help="install it under another id")
    _writing(add)
    action("remove", "set an own bank aside; your answers stay").add_argument("bank", metavar="ID")
    bring = action("import", "make a bank of a .csv, .xlsx, .md, .txt or .apkg file and install it")
    bring.add_argument("file", metavar="FILE", type=Path)
    bring.add_argument("--id", default="", help="id of the bank (else made from the file name)")
    bring.add_argument("--title", default="")
    bring.add_argument("--author", default="")
    bring.add_argument("--language", default="en")
    bring.add_argument("--category", default="", help="for questions whose category is not given or not known")
    bring.add_argument("--output", metavar="FILE", type=Path, help="write the bank there and install nothing")
    _writing(bring)
    export = action("export", "write a bank as a table, for Anki, or as YAML")
    export.add_argument("bank", metavar="ID")
    export.add_argument("--to", choices=("csv", "anki", "yaml"), default="csv")
    export.add_argument("--output", metavar="FILE", type=Path, help="else it goes to standard output")
    return group


def run(arguments: argparse.Namespace) -> int:
    """Run one of the group's commands."""
    actions = {
        "list": _list,
        "show": _show,
        "new": _new,
        "check": _check,
        "add": _add,
        "remove": _remove,
        "import": _import,
        "export": _export,
    }
    return run_action(arguments, actions)


def _writing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--update", action="store_true", help="put it in the place of the installed bank of this id")
    parser.add_argument("--dry-run", action="store_true", help="only show what would happen")


def _list(home: "Home", arguments: argparse.Namespace) -> int:
    from coach.practice.banks import Filter

    with opened_library(home) as library:
        if arguments.search or arguments.questions or arguments.category or arguments.tag:
            wanted = Filter(
                text=arguments.search,
                categories=(arguments.category,) if arguments.category else (),
                tags=(arguments.tag,) if arguments.tag else (),
            )
            found = library.find(wanted)
            if not found:
                warn("No question fits.")
            elif library.partly(wanted):
                warn("No question has all these words. The best matches come first.")
            if arguments.json:
                print_json([_question_json(question) for question in found])
            else:
                for question in found:
                    say(f"{question.key:44} {question.text}")
            return 0
        counts = library.counts("category")
        if arguments.json:
            banks = [
                {
                    **_info_json(bank.info),
                    "id": bank.id,
                    "origin": bank.origin,
                    "file": bank.path,
                    "problems": bank.problems,
                }
                for bank in library.banks
            ]
            print_json({"banks": banks, "categories": counts, "questions": sum(counts.values())})
        else:
            for bank in library.banks:
                count = (
                    f"{bank.info.count:6} questions"
                    if bank.info and bank.usable
                    else f"{len(bank.problems):6} problems "
                )
                title = bank.info.title if bank.info else "cannot be read"
                say(f"{bank.id:28} {count}  {bank.origin:8} {title}")
            say("")
            for category, number in sorted(counts.items(), key=lambda pair: -pair[1]):
                say(f"{category:28} {number:6}")
            say(f"{'all':28} {sum(counts.values()):6}")
        for bank in library.banks:
            if bank.problems:
                warn(f"{bank.path.name}: {len(bank.problems)} problems; coach bank check {bank.path}")
    return 0


def _show(home: "Home", arguments: argparse.Namespace) -> int:
    from coach.practice.banks import Filter

    with opened_library(home) as library:
        bank = library.bank(arguments.bank)
        questions = library.find(Filter(banks=(bank.id,)))[:] if bank.usable else ()
    if arguments.json:
        print_json(
            {
                **_info_json(bank.info),
                "id": bank.id,
                "origin": bank.origin,
                "file": bank.path,
                "problems": bank.problems,
                "questions": [_question_json(question) for question in questions],
            }
        )
        return 0 if bank.usable else 1
    info = bank.info
    if info:
        say(f"{info.title} ({info.id}), version {info.version or 'not given'}, by {info.author or 'unknown'}")
        say(f"licence {info.licence or 'not given'}, language {info.language}, {bank.path}")
        if info.about:
            say(info.about)
        for fact in info.facts:
            say(f"  fact: {fact.title}: {fact.text}" + (f" (as of {fact.as_of}; verify)" if fact.verify else ""))
    for question in questions:
        say(f"\n{question.key}  [{question.category}; {', '.join(question.tags)}]")
        say(f"  {question.text}")
        for text in question.rephrasings:
            say(f"  or: {text}")
    say_problems(bank.problems)
    return 0 if bank.usable else 1


def _new(_home: "Home", arguments: argparse.Namespace) -> int:
    from coach.practice.bank_files import new_bank_file

    path = new_bank_file(arguments.file, arguments.id, arguments.title)
    tell(arguments, {"file": path}, f"Written: {path}. Edit it, then: coach bank check {path}")
    return 0


def _check(home: "Home", arguments: argparse.Namespace) -> int:
    from coach.practice.bank_files import check_file, known_rubrics

    rubrics = known_rubrics(home)
    problems = [problem for file in arguments.files for problem in check_file(file, rubrics)]
    well = "All is well." if len(arguments.files) > 1 else f"{arguments.files[0]}: all is well."
    return tell_check(arguments, problems, well)


def _add(home: "Home", arguments: argparse.Namespace) -> int:
    from coach.practice.bank_files import preview_path

    with opened_library(home) as library:
        previews = preview_path(library, arguments.path, arguments.as_id)
    return _install(home, previews, arguments)


def _import(home: "Home", arguments: argparse.Namespace) -> int:
    from coach.practice.bank_files import About, import_questions, preview_text, save_text, suggested_id

    bank_id = arguments.id or suggested_id(arguments.file)
    title = arguments.title or bank_id.replace("-", " ").capitalize()
    about = About(bank_id, title, arguments.author, arguments.language, arguments.category)
    found = import_questions(arguments.file, about)
    for note in found.notes:
        warn(note)
    if found.info is None:
        if arguments.json:
            print_json(found.problems)
        else:
            say_problems(found.problems)
            if any("category" in problem.problem for problem in found.problems):
                warn("--category C sets the category of all questions that have none; coach bank list shows the names.")
        return 1
    if arguments.output and not arguments.dry_run:
        save_text(arguments.output, found.yaml)
        said = f"{found.info.count} questions written to {arguments.output}. Then: coach bank add {arguments.output}"
        tell(arguments, {"file": arguments.output, "questions": found.info.count}, said)
        return 0
    with opened_library(home) as library:
        seen = preview_text(library, found.yaml, arguments.file.name)
    return _install(home, (seen,), arguments)


def _install(home: "Home", previews: "tuple[Preview, ...]", arguments: argparse.Namespace) -> int:
    from datetime import datetime

    from coach.errors import CoachError
    from coach.practice.bank_files import add_bank

    results = []
    bad = 0
    for seen in previews:
        result: dict[str, object] = {
            "file": seen.name,
            "id": seen.info.id if seen.info else None,
            "change": seen.change,
        }
        result |= {"added": seen.added, "changed": seen.changed, "gone": seen.gone, "problems": seen.problems}
        if not arguments.json:
            _say_preview(seen)
        if not arguments.dry_run and seen.change != "refused":
            try:
                result["installed"] = add_bank(home, seen, datetime.now().astimezone(), update=arguments.update)
            except CoachError as error:
                # One bad bank of a folder must not keep the others out.
                result["error"] = str(error)
                warn(f"coach: {error}")
        bad += seen.change == "refused" or "error" in result
        results.append(result)
    if arguments.json:
        print_json(results)
    elif bad < len(results):
        say(
            "Nothing was written."
            if arguments.dry_run
            else f"{len(results) - bad} of {len(results)} banks are in place."
        )
    return 1 if bad else 0


def _remove(home: "Home", arguments: argparse.Namespace) -> int:
    from datetime import datetime

    from coach.practice.bank_files import remove_bank

    with opened_library(home) as library:
        kept = remove_bank(library, arguments.bank, datetime.now().astimezone())
    said = f"{arguments.bank} is set aside. Your answers stay. To have it back: coach bank add {kept}"
    tell(arguments, {"id": arguments.bank, "kept": kept}, said)
    return 0


def _export(home: "Home", arguments: argparse.Namespace) -> int:
    from coach.practice.bank_files import export_bank, save_bytes

    with opened_library(home) as library:
        data = export_bank(library, arguments.bank, arguments.to)
    if arguments.output:
        save_bytes(arguments.output, data)
        tell(arguments, {"file": arguments.output}, f"Written: {arguments.output}")
    elif arguments.json:
        print_json({"id": arguments.bank, "form": arguments.to, "text": data.decode("utf-8-sig")})
    else:
        pour(data)
    return 0


def _say_preview(seen: "Preview") -> None:
    if seen.info is None:
        say_problems(seen.problems)
        say(f"{seen.name}: refused, {len(seen.problems)} problems.")
        return
    what = {"new": "a new bank", "update": "an update", "same": "already installed", "clash": "the id is taken"}[
        seen.change
    ]
    say(f"{seen.name}: {seen.info.title} ({seen.info.id}), {seen.info.count} questions: {what}.")
    if seen.change == "update":
        say(f"  {len(seen.added)} new, {len(seen.changed)} changed, {len(seen.gone)} gone (their answers stay).")


def _info_json(info: object) -> dict[str, object]:
    return dataclasses.asdict(info) if dataclasses.is_dataclass(info) and not isinstance(info, type) else {}


def _question_json(question: "Question") -> dict[str, object]:
    return {"key": question.key, **dataclasses.asdict(question)}
