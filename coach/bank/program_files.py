"""Reading, checking and saving program files."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from coach.bank.complaints import problems_of
from coach.bank.folders import earlier, write_atomically, yaml_files
from coach.bank.install import read_limited
from coach.bank.names import MAX_FILE_BYTES
from coach.bank.program_records import FactSource, Heard, Numbers, ProgramEntry, ProgramRecord, Rank, ToAsk, Visa
from coach.bank.program_schema import ProgramFile
from coach.bank.records import OWN
from coach.bank.strictyaml import decode, read
from coach.bank.text import harmless, one_line
from coach.domain.problem import Problem
from coach.errors import BankError

BLANK_FORM = "blank.yaml"
"""The shipped form that new programs start from; it is no program itself."""


def load_folder(folder: Path, origin: str) -> list[ProgramEntry]:
    """Every program file in a folder; a bad one is listed with its problems and breaks nothing."""
    return [load_file(path, origin) for path in yaml_files(folder) if path.name != BLANK_FORM]


def load_file(path: Path, origin: str = OWN) -> ProgramEntry:
    """One program file, with everything that is wrong with it."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        problem = Problem(one_line(path.name), 0, 0, f"the file cannot be read: {error.strerror}.")
        return ProgramEntry(path, origin, None, (problem,))
    record, problems = check_program(raw, one_line(path.name))
    return ProgramEntry(path, origin, record, problems)


def check_program(raw: bytes, file: str) -> tuple[ProgramRecord | None, tuple[Problem, ...]]:
    """The program that these bytes describe, or every problem with them."""
    text, refused = decode(raw, file)
    if refused:
        return None, refused
    document = read(text, file)
    if not isinstance(document.data, dict):
        return None, document.problems or (Problem(file, 1, 1, "the file is empty.", "format: 1, id, name"),)
    try:
        checked = ProgramFile.model_validate(document.data)
    except ValidationError as error:
        problems = [*document.problems, *problems_of(error, document, file, ProgramFile)]
        return None, tuple(sorted(problems, key=lambda p: (p.line, p.column)))
    if document.problems:
        return None, document.problems
    return _record(checked), ()


def save(folder: Path, record: ProgramRecord, template: Path | None) -> Path:
    """Write `record` to the folder, in place of an own file of that id, else with the comments of `template`.

    Comments and the order of keys in the file stay; a file whose comments cannot be kept is copied aside first. Raises
    BankError, with nothing changed, if the record could not be read back, the file on disk has problems, or the folder
    cannot be written.
    """
    target = _own_file(folder, record.id) or folder / f"{record.id}.yaml"
    base = target if target.exists() else template
    old = read_limited(base) if base else b""
    text = _merged(old, _data(record))
    again, problems = check_program(text, target.name)
    if again is None:
        raise BankError(f"This program cannot be saved: {problems[0].problem}", f"Allowed: {problems[0].allowed}.")
    if target.exists() and not _keeps_comments(old):
        changed = datetime.fromtimestamp(target.stat().st_mtime, tz=UTC)
        write_atomically(earlier(target, changed), old)
    write_atomically(target, text)
    return target


def _own_file(folder: Path, program_id: str) -> Path | None:
    for entry in load_folder(folder, OWN):
        if entry.id == program_id:
            if entry.record is None:
                raise BankError(
                    f"{entry.path} has problems and is left as it is: {entry.problems[0]}", "Mend or move it first."
                )
            return entry.path
    return None


def _merged(old: bytes, data: Mapping[str, Any]) -> bytes:
    """The YAML of `data`, written into the old text so that its comments stay."""
    yaml = _round_trip()
    document = _commented(old)
    found = read(decode(old, "")[0], "").data if document else None
    before = found if isinstance(found, dict) else {}
    for key, value in data.items():
        if _texts(value) != _texts(before.get(key)):
            document[key] = value
    out = io.BytesIO()
    yaml.dump(document, out)
    return out.getvalue()


def _commented(old: bytes) -> Any:  # noqa: ANN401 - ruamel's own kind of mapping
    """The old text with its comments, or an empty mapping if there is none that both YAML parsers understand."""
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.error import YAMLError

    text, _ = decode(old, "")
    found = read(text, "")
    # Round trips go through a second parser, so only text that the strict reader took may get there.
    if not isinstance(found.data, dict) or found.problems:
        return CommentedMap()
    try:
        return _round_trip().load(text)
    except (YAMLError, ValueError):
        # The second parser knows dates and numbers, and 31 February is none.
        return CommentedMap()


def _keeps_comments(old: bytes) -> bool:
    return bool(_commented(old))


def _round_trip() -> Any:  # noqa: ANN401 - imported only when a program is saved
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = 110
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _texts(value: object) -> object:
    """A value as the strict reader would give it back: every scalar a text, and what is empty None."""
    if isinstance(value, Mapping):
        return {key: text for key, part in value.items() if (text := _texts(part)) is not None} or None
    if isinstance(value, list):
        return [_texts(part) for part in value] or None
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _data(record: ProgramRecord) -> dict[str, Any]:
    """The record as the file's keys and values; what is empty becomes None, a key without a value."""
    numbers = {name: getattr(record.numbers, name) for name in Numbers.__dataclass_fields__}
    return {
        "format": 1,
        "id": record.id,
        "name": record.name,
        "specialty": record.specialty or None,
        "setting": record.setting or None,
        "region": record.region or None,
        "city": record.city or None,
        "patients": record.patients or None,
        "structure": record.structure or None,
        "tracks": list(record.tracks) or None,
        "recent_changes": list(record.recent_changes) or None,
        "visa": _filled({"types": list(record.visa.types), "note": record.visa.note}),
        "img_history": record.img_history or None,
        "numbers": {name: _number(value) for name, value in numbers.items() if value is not None} or None,
        "facts": list(record.facts) or None,
        "sources": [_filled({"what": s.what, "where": s.where, "checked": s.checked}) for s in record.sources] or None,
        "verify": record.verify,
        "vocabulary": list(record.vocabulary) or None,
        "notes": record.notes or None,
        "signals": [
            _filled({"id": s.id, "asked": s.asked, "heard": s.heard, "when": s.when, "reading": s.reading})
            for s in record.signals
        ]
        or None,
        "rank": _filled({"place": record.rank.place, "reason": record.rank.reason}),
        "to_ask": [_filled({"question": a.question, "who": a.who, "heard": a.heard}) for a in record.to_ask] or None,
    }


def _filled(values: Mapping[str, Any]) -> dict[str, Any] | None:
    return {key: value for key, value in values.items() if value} or None


def _number(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def _record(checked: ProgramFile) -> ProgramRecord:
    return ProgramRecord(
        id=checked.id,
        name=one_line(checked.name),
        specialty=one_line(checked.specialty or ""),
        setting=one_line(checked.setting or ""),
        region=one_line(checked.region or ""),
        city=one_line(checked.city or ""),
        patients=one_line(checked.patients or ""),
        structure=harmless(checked.structure or ""),
        tracks=tuple(map(one_line, checked.tracks)),
        recent_changes=tuple(map(one_line, checked.recent_changes)),
        visa=Visa(tuple(checked.visa.types), harmless(checked.visa.note or "")),
        img_history=harmless(checked.img_history or ""),
        numbers=Numbers(**checked.numbers.model_dump()),
        facts=tuple(map(one_line, checked.facts)),
        sources=tuple(FactSource(one_line(s.what), one_line(s.where or ""), s.checked or "") for s in checked.sources),
        verify=checked.verify,
        vocabulary=tuple(map(one_line, checked.vocabulary)),
        notes=harmless(checked.notes or ""),
        signals=tuple(
            Heard(s.id, harmless(s.asked or ""), harmless(s.heard or ""), s.when or "", s.reading)
            for s in checked.signals
        ),
        rank=Rank(checked.rank.place, harmless(checked.rank.reason or "")),
        to_ask=tuple(ToAsk(one_line(a.question), a.who or "", harmless(a.heard or "")) for a in checked.to_ask),
    )
