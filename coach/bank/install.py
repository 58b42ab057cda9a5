"""Installing, updating and removing banks: looked at first, then written, and nothing that was there is lost."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coach.bank.check import check_bank
from coach.bank.convert import bank_info, questions
from coach.bank.folders import earlier, write_atomically
from coach.bank.names import MAX_FILE_BYTES
from coach.bank.records import OWN, SHIPPED, Bank, BankInfo
from coach.bank.text import one_line
from coach.domain.problem import Problem
from coach.domain.question import Question
from coach.errors import BankError


@dataclass(frozen=True, slots=True)
class Preview:
    """What installing a bank file would do; nothing is written yet.

    `change` is "new", "update" (an own bank of this id is there and differs), "same" (already installed as it is),
    "clash" (a shipped bank has this id) or "refused" (see `problems`). `added`, `changed` and `gone` are question ids
    against the installed bank. `raw` is what would be written.
    """

    name: str
    change: str
    info: BankInfo | None
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    raw: bytes = b""
    installed: Path | None = None


def read_limited(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    """The bytes of a file, at most one more than `limit` so that a check can refuse it. Raises BankError."""
    try:
        if not path.is_file():
            raise BankError(f"{path} is not a file.", "Give the path of a bank file.")
        with path.open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise BankError(f"{path} cannot be read: {error.strerror}.", "Check the path and its permissions.") from error


def preview(
    raw: bytes, name: str, banks: Sequence[Bank], rubrics: Collection[str] | None = None, as_id: str = ""
) -> Preview:
    """What installing `raw` would do beside the installed `banks`; with `as_id`, under another bank id."""
    name = one_line(name)
    if as_id:
        raw = with_id(raw, as_id)
    checked = check_bank(raw, name, rubrics)
    if checked.bank is None:
        return Preview(name, "refused", None, (), checked.problems)
    info, offered = bank_info(checked.bank), questions(checked.bank)
    same_id = [bank for bank in banks if bank.info is not None and bank.info.id == info.id]
    if any(bank.origin == SHIPPED for bank in same_id):
        return Preview(name, "clash", info, offered, (), raw=raw)
    mine = next((bank for bank in same_id if bank.origin == OWN), None)
    if mine is None:
        return Preview(name, "new", info, offered, (), added=tuple(q.id for q in offered), raw=raw)
    old_raw = read_limited(mine.path)
    if old_raw == raw:
        return Preview(name, "same", info, offered, (), raw=raw, installed=mine.path)
    old = check_bank(old_raw, mine.path.name)
    before = {q.id: q for q in questions(old.bank)} if old.bank else {}
    now = {q.id: q for q in offered}
    return Preview(
        name,
        "update",
        info,
        offered,
        (),
        added=tuple(key for key in now if key not in before),
        changed=tuple(key for key in now if key in before and now[key] != before[key]),
        gone=tuple(key for key in before if key not in now),
        raw=raw,
        installed=mine.path,
    )


def install(folder: Path, seen: Preview, now: datetime, *, update: bool = False) -> Path:
    """Write a previewed bank to `folder`. Raises BankError if it is refused, clashes, or is an update not asked for."""
    if seen.info is None or seen.change == "refused":
        raise BankError(f"{seen.name} has {len(seen.problems)} problems.", "`coach bank check` lists them.")
    bank_id = seen.info.id
    if seen.change == "clash":
        raise BankError(
            f"A bank that comes with the coach already has the id {bank_id!r}.",
            "Install it under another id: --as NEW-ID.",
        )
    if seen.change == "same" and seen.installed:
        return seen.installed
    if seen.change == "update" and not update:
        raise BankError(
            f"A bank with the id {bank_id!r} is already installed.",
            "--update puts this one in its place and keeps the history; --as NEW-ID installs both.",
        )
    target = seen.installed or folder / f"{bank_id}.yaml"
    if target.exists():
        if seen.installed is None:
            raise BankError(f"{target} is in the way.", "Rename or move that file.")
        write_atomically(earlier(target, now), read_limited(target))
    write_atomically(target, seen.raw)
    return target


def remove(bank: Bank, now: datetime) -> Path:
    """Move an own bank file aside and return where it is now. Answers keep their own copy of each question."""
    if bank.origin == SHIPPED:
        raise BankError(
            f"The bank {bank.id!r} comes with the coach and cannot be removed.", "Its questions can be hidden."
        )
    target = earlier(bank.path, now)
    try:
        target.parent.mkdir(exist_ok=True)
        bank.path.rename(target)
    except OSError as error:
        raise BankError(f"{bank.path} cannot be moved: {error.strerror}.", "Nothing was changed.") from error
    return target


def with_id(raw: bytes, bank_id: str) -> bytes:
    """The bank's text under another id, otherwise untouched, comments included. Raises BankError."""
    line = re.compile(rb"^id:[^\n#]*?(?=\s*(?:#[^\n]*)?\r?$)", re.MULTILINE)
    if len(line.findall(raw)) != 1:
        raise BankError("The line `id:` of this bank was not found.", "Change the id in the file itself.")
    return line.sub(b"id: " + bank_id.encode(), raw)
