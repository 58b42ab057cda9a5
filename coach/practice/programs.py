"""The candidate's programs: what is known and was heard, comparison, rank order list, questions about them.

The screens import this before they are drawn. Reading and writing program files takes a YAML parser and pydantic, so
what does that is imported with the first file and not with this module.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coach.bank.comparison import Line, compare, rank_remarks, ranked, reordered, to_csv
from coach.bank.folders import write_atomically
from coach.bank.names import READINGS, VISA_TYPES, nearest
from coach.bank.placeholders import fill, is_template
from coach.bank.program_records import FactSource, Heard, Numbers, ProgramEntry, ProgramRecord, Rank, Visa
from coach.bank.records import OWN, SHIPPED
from coach.bank.search import normal
from coach.bank.signals import SIGNALS, SignalGuide
from coach.bank.verdict import KINDS, UNCLEAR, Reason, Verdict, verdict
from coach.config import Home, content
from coach.domain.problem import Problem
from coach.domain.question import Program, Question
from coach.errors import BankError
from coach.practice.banks import Filter, Library

__all__ = [
    "KINDS",
    "OWN",
    "READINGS",
    "SHIPPED",
    "SIGNALS",
    "UNCLEAR",
    "VISA_TYPES",
    "FactSource",
    "Heard",
    "Line",
    "Numbers",
    "ProgramEntry",
    "ProgramRecord",
    "Programs",
    "Rank",
    "Reason",
    "SignalGuide",
    "Verdict",
    "Visa",
    "check_program_file",
    "compare",
    "fill",
    "find_program",
    "is_template",
    "load_programs",
    "new_program",
    "offered",
    "program_questions",
    "programs_csv",
    "rank_remarks",
    "ranked",
    "save_program",
    "save_rank_order",
    "verdict",
    "with_signal",
    "write_csv",
]


@dataclass(frozen=True, slots=True)
class Programs:
    """All program files; an own file stands in place of a shipped one of the same id."""

    entries: tuple[ProgramEntry, ...]

    @property
    def records(self) -> tuple[ProgramRecord, ...]:
        """The programs that can be read, by name."""
        return tuple(sorted((e.record for e in self.entries if e.record), key=lambda r: r.name.casefold()))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with any program file."""
        return tuple(problem for entry in self.entries for problem in entry.problems)

    def record(self, program_id: str) -> ProgramRecord:
        """The program with this id, or with exactly this name. Raises BankError, naming the nearest one."""
        wanted = normal(program_id)
        for record in self.records:
            if wanted in {normal(record.id), normal(record.name)}:
                return record
        broken = next((e for e in self.entries if e.record is None and normal(e.id) == wanted), None)
        if broken:
            raise BankError(f"The program file {broken.path} has problems: {broken.problems[0]}", "Mend it first.")
        near = nearest(program_id, [record.id for record in self.records])
        suggestion = f"Did you mean {near}? " if near else ""
        raise BankError(f"There is no program {program_id!r}.", suggestion + "`coach program list` shows them.")


def load_programs(home: Home) -> Programs:
    """Every program: shipped and the candidate's own. A bad file is listed with its problems and breaks nothing."""
    from coach.bank.program_files import load_folder

    own = load_folder(home.programs, OWN)
    taken = {entry.id for entry in own}
    shipped = [entry for entry in load_folder(content("question_bank") / "programs", SHIPPED) if entry.id not in taken]
    seen: set[str] = set()
    entries = []
    for entry in (*shipped, *own):
        clash = entry.record is not None and entry.id in seen
        said = f"another own file already has the program id {entry.id!r}; this one is not used."
        problem = Problem(entry.path.name, 0, 0, said, "another id")
        entries.append(replace(entry, record=None, problems=(problem,)) if clash else entry)
        seen.add(entry.id)
    return Programs(tuple(entries))


def find_program(home: Home, program_id: str) -> Program:
    """The program as judging knows it. Raises BankError."""
    return load_programs(home).record(program_id).program()


def new_program(home: Home, name: str, program_id: str = "") -> ProgramRecord:
    """An empty program of that name, not saved yet. Raises BankError if its id is taken or cannot be one."""
    from coach.bank.check import valid_id

    words = "".join(c if c.isascii() and c.isalnum() else " " for c in name.lower()).split()
    program_id = valid_id(program_id or "-".join(words)[:60] or "program")
    if any(entry.id == program_id for entry in load_programs(home).entries):
        raise BankError(
            f"There is a program with the id {program_id!r} already.", "Choose another id or edit that one."
        )
    return ProgramRecord(id=program_id, name=name.strip() or program_id)


def save_program(home: Home, record: ProgramRecord) -> Path:
    """Save a program among the candidate's own files, atomically, comments kept. Raises BankError, nothing changed."""
    from coach.bank.check import valid_id
    from coach.bank.program_files import BLANK_FORM, save

    valid_id(record.id)
    shipped = content("question_bank") / "programs"
    forms = [shipped / f"{record.id}.yaml", shipped / BLANK_FORM]
    return save(home.programs, record, next((form for form in forms if form.is_file()), None))


def check_program_file(path: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a program file; it is only read. Raises BankError if there is no such file."""
    from coach.bank.install import read_limited
    from coach.bank.program_files import check_program

    return check_program(read_limited(path), path.name)[1]


def with_signal(record: ProgramRecord, heard: Heard) -> ProgramRecord:
    """The record with one more thing heard about a signal."""
    return replace(record, signals=(*record.signals, heard))


def save_rank_order(home: Home, order: Sequence[str]) -> tuple[ProgramRecord, ...]:
    """Make `order` (program ids, first place first) the rank order list; reasons stay. Raises BankError."""
    programs = load_programs(home)
    ids = [programs.record(program_id).id for program_id in order]
    twice = sorted({program_id for program_id in ids if ids.count(program_id) > 1})
    if twice:
        raise BankError(f"The list names {', '.join(twice)} more than once.", "Each program has one place.")
    for record in reordered(programs.records, ids):
        save_program(home, record)
    return ranked(load_programs(home).records)


def programs_csv(records: Iterable[ProgramRecord]) -> bytes:
    """The table of visa policies with everything else that is known, as bytes that spreadsheets open."""
    return ("\ufeff" + to_csv(records)).encode()


def write_csv(path: Path, records: Iterable[ProgramRecord]) -> None:
    """Write that table to a file that must not exist yet. Raises BankError."""
    if path.exists():
        raise BankError(f"{path} is already there.", "Give another name; nothing is overwritten.")
    write_atomically(path, programs_csv(records))


def offered(
    questions: Iterable[Question], record: ProgramRecord | None = None, specialty: str = "", pick: int = 0
) -> tuple[Question, ...]:
    """The questions that can be asked: templates filled from the program, those with an open place left out.

    Questions of other specialties than the program's (or `specialty`) are left out too.
    """
    own = normal((record.specialty if record else "") or specialty)
    fitting = (q for q in questions if not q.specialty or not own or normal(q.specialty) == own)
    return tuple(done for question in fitting if (done := fill(question, record, specialty, pick)))


def program_questions(home: Home, library: Library, program_id: str, pick: int = 0) -> tuple[Question, ...]:
    """What an interviewer of this program may ask about it: every template that its file can fill, with it attached.

    `pick` chooses which track, change and fact the questions name. Raises BankError if there is no such program.
    """
    record = load_programs(home).record(program_id)
    about = (*library.find(Filter(categories=("program_specific",))), *library.find(Filter(templates=True)))
    return offered({question.key: question for question in about}.values(), record, pick=pick)
