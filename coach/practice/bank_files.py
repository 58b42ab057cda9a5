"""What a mentor does with bank files: new, check, preview, add, remove, import, export; nothing is written unasked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coach.bank import install as installing
from coach.bank.check import check_bank, valid_id
from coach.bank.convert import bank_info, questions
from coach.bank.export import to_anki, to_csv, to_yaml
from coach.bank.folders import write_atomically, yaml_files
from coach.bank.importers.choose import MAX_BYTES, read_rows
from coach.bank.importers.rows import About, to_bank
from coach.bank.install import Preview
from coach.bank.records import OWN, BankInfo, Filter
from coach.bank.template import new_bank
from coach.bank.text import one_line
from coach.config import Home, content
from coach.domain.problem import Problem
from coach.domain.question import Question
from coach.errors import BankError
from coach.practice.banks import Library

__all__ = [
    "FORMATS",
    "About",
    "Imported",
    "Preview",
    "add_bank",
    "check_file",
    "export_bank",
    "import_questions",
    "known_rubrics",
    "new_bank_file",
    "preview_path",
    "preview_text",
    "remove_bank",
    "save_bytes",
    "save_text",
    "suggested_id",
]

FORMATS = ("csv", "anki", "yaml")
"""What a bank can be exported to."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import found: the bank's YAML and questions, or problems with line and column of the imported file.

    `notes` say what was left out.
    """

    yaml: str
    info: BankInfo | None
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def check_file(path: Path, rubrics: Sequence[str] | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with a bank file; the file is only read. Raises BankError if there is no such file."""
    return check_bank(installing.read_limited(path), one_line(str(path)), rubrics).problems


def known_rubrics(home: Home) -> tuple[str, ...]:
    """The ids of the rubrics that a bank can name: the user's own and the shipped ones."""
    return tuple(path.stem for folder in (home.rubrics, content("rubrics")) for path in yaml_files(folder))


def new_bank_file(path: Path, bank_id: str = "", title: str = "") -> Path:
    """Write a commented bank to `path`, which must not exist yet. Raises BankError."""
    if path.exists():
        raise BankError(f"{path} is already there.", "Give another name; nothing is overwritten.")
    bank_id = valid_id(bank_id or suggested_id(path))
    text = new_bank(bank_id, title or bank_id.replace("-", " ").capitalize(), path.name)
    write_atomically(path, text.encode())
    return path


def preview_path(
    library: Library, path: Path, as_id: str = "", rubrics: Sequence[str] | None = None
) -> tuple[Preview, ...]:
    """What adding a file, or every bank file directly in a folder, would do; nothing is written. Raises BankError."""
    files = yaml_files(path) if path.is_dir() else [path]
    if not files:
        raise BankError(f"{path} holds no bank files.", "Bank files end in .yaml or .yml.")
    if as_id and len(files) > 1:
        raise BankError("Another id can only be given to one file.", "Add the files one by one.")
    as_id = valid_id(as_id) if as_id else ""
    return tuple(
        installing.preview(installing.read_limited(file), file.name, library.banks, rubrics, as_id) for file in files
    )


def preview_text(library: Library, yaml: str, name: str) -> Preview:
    """What adding this bank text would do, for instance one that an import made."""
    return installing.preview(yaml.encode(), name, library.banks)


def add_bank(home: Home, seen: Preview, now: datetime, *, update: bool = False) -> Path:
    """Install a previewed bank. Raises BankError if it has problems, clashes, or would replace one without `update`."""
    return installing.install(home.banks, seen, now, update=update)


def remove_bank(library: Library, bank_id: str, now: datetime) -> Path:
    """Move an own bank aside; answers stay. Returns where the file is now. Raises BankError."""
    mine = [bank for bank in library.banks if bank.origin == OWN and bank_id in {bank.id, bank.path.name}]
    return installing.remove(mine[0] if mine else library.bank(bank_id), now)


def import_questions(path: Path, about: About) -> Imported:
    """Read questions from CSV, Excel, Markdown or Anki. Raises BankError if the file is missing or of another kind."""
    raw = installing.read_limited(path, MAX_BYTES)
    name = one_line(path.name)
    valid_id(about.id)
    found = read_rows(raw, name)
    if found.problems:
        return Imported("", None, (), found.problems, found.notes)
    data, checked = to_bank(found, about, name)
    if checked.bank is None:
        return Imported("", None, (), checked.problems, found.notes)
    return Imported(to_yaml(data), bank_info(checked.bank), questions(checked.bank), (), found.notes)


def export_bank(library: Library, bank_id: str, form: str) -> bytes:
    """A bank as the bytes of a file of one of FORMATS; YAML is the file as it is installed. Raises BankError."""
    bank = library.bank(bank_id)
    if form not in FORMATS:
        raise BankError(f"A bank cannot be exported to {form!r}.", f"Choose one of {', '.join(FORMATS)}.")
    if form == "yaml":
        return installing.read_limited(bank.path)
    if bank.info is None:
        raise BankError(f"The bank {bank_id!r} has problems.", "`coach bank check` lists them.")
    offered = library.find(Filter(banks=(bank.info.id,)))[:]
    # The mark at the start of the CSV is how Excel knows that the text is UTF-8.
    return ("\ufeff" + to_csv(offered)).encode() if form == "csv" else to_anki(offered, bank.info.title).encode()


def suggested_id(path: Path) -> str:
    """An id for a bank made from a file of this name."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in path.stem.lower()).split()
    return "-".join(words)[:60] or "imported"


def save_text(path: Path, text: str) -> None:
    """Write a text file that must not exist yet. Raises BankError."""
    save_bytes(path, text.encode())


def save_bytes(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet. Raises BankError."""
    if path.exists():
        raise BankError(f"{path} is already there.", "Give another name; nothing is overwritten.")
    write_atomically(path, data)
