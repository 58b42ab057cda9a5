"""The fields of the program form: how each is shown as text, and how typed text changes the program."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from coach.errors import BankError
from coach.practice.programs import FactSource, Numbers, ProgramRecord

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `kind` is "line", "text" (several lines), or "check" (yes or no, as "yes" or "").

    `write` raises BankError with a sentence for the user if the text cannot be taken.
    """

    name: str
    title: str
    hint: str
    kind: str
    read: Callable[[ProgramRecord], str]
    write: Callable[[ProgramRecord, str], ProgramRecord]


def _text(name: str, title: str, hint: str, kind: str = "line") -> Field:
    def write(record: ProgramRecord, text: str) -> ProgramRecord:
        change: dict[str, Any] = {name: text.strip() if kind == "text" else " ".join(text.split())}
        return replace(record, **change)

    return Field(name, title, hint, kind, lambda record: str(getattr(record, name)), write)


def _lines(name: str, title: str, hint: str) -> Field:
    def write(record: ProgramRecord, text: str) -> ProgramRecord:
        entries = (" ".join(line.strip().removeprefix("- ").split()) for line in text.splitlines())
        change: dict[str, Any] = {name: tuple(entry for entry in entries if entry)}
        return replace(record, **change)

    return Field(name, title, hint, "text", lambda record: "\n".join(getattr(record, name)), write)


def _number(name: str, title: str, hint: str, least: int, most: int, *, whole: bool = True) -> Field:
    def read(record: ProgramRecord) -> str:
        value = getattr(record.numbers, name)
        return "" if value is None else f"{value:g}"

    def write(record: ProgramRecord, text: str) -> ProgramRecord:
        plain = text.strip().removesuffix("%").strip().replace(",", ".")
        if not plain:
            return replace(record, numbers=replace(record.numbers, **{name: None}))
        try:
            value = int(plain) if whole else float(plain)
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            kind = "a whole number" if whole else "a number"
            raise BankError(f"{title}: write {kind} from {least} to {most}, or leave it empty.")
        change: dict[str, Any] = {name: value}
        numbers: Numbers = replace(record.numbers, **change)
        if None not in (numbers.step2_low, numbers.step2_high) and (numbers.step2_low or 0) > (numbers.step2_high or 0):
            raise BankError("The lowest Step 2 score is above the highest one. Correct one of the two.")
        return replace(record, numbers=numbers)

    return Field(name, title, hint, "line", read, write)


def _visa(visa: str) -> Field:
    def write(record: ProgramRecord, text: str) -> ProgramRecord:
        # In the order in which they are always written, whatever is ticked first.
        types = tuple(t for t in ("J-1", "H-1B") if (t in record.visa.types if t != visa else text))
        return replace(record, visa=replace(record.visa, types=types))

    hint = "Tick it only if you read it on their page or heard it from them."
    read: Callable[[ProgramRecord], str] = lambda record: "yes" if visa in record.visa.types else ""  # noqa: E731
    return Field(f"visa-{visa.lower()}", f"Sponsors {visa}", hint, "check", read, write)


def _write_name(record: ProgramRecord, text: str) -> ProgramRecord:
    if not text.strip():
        raise BankError("A program needs a name. Write it as the people there say it.")
    return replace(record, name=" ".join(text.split()))


def _read_sources(record: ProgramRecord) -> str:
    return "\n".join(" | ".join((one.what, one.where, one.checked)).rstrip(" |") for one in record.sources)


def _write_sources(record: ProgramRecord, text: str) -> ProgramRecord:
    sources = []
    for line in text.splitlines():
        if not line.strip():
            continue
        parts = [" ".join(part.split()) for part in line.split("|")]
        if len(parts) > 3 or not parts[0]:
            raise BankError(f"Write one source a line: what | where | date. This line does not fit: {line.strip()}")
        sources.append(FactSource(*parts))
    return replace(record, sources=tuple(sources))


FIELDS = (
    Field("name", "Name", "As the people there say it: you will say it aloud.", "line", lambda r: r.name, _write_name),
    _text("specialty", "Specialty", "One for each program, for instance internal medicine."),
    _text("setting", "Setting", "What kind of hospital? For instance: 300-bed community hospital."),
    _text("city", "City", "Asked in questions such as: why would you be happy living here?"),
    _text("region", "State", "The state or province."),
    _text("patients", "Patients", "Whom do they look after? Read aloud after 'Our patients are mostly'."),
    _text("structure", "Service", "How is the work organised? Night float, wards, clinics.", "text"),
    _lines("tracks", "Tracks", "Tracks and special rotations by name, one a line."),
    _lines("recent_changes", "What is new", "What changed lately, one a line, without a full stop."),
    _visa("J-1"),
    _visa("H-1B"),
    Field(
        "visa-note",
        "Visa note",
        "Where did you read it? What is still to ask, and whom? (v in the list: the visa facts)",
        "text",
        lambda record: record.visa.note,
        lambda record, text: replace(record, visa=replace(record.visa, note=text.strip())),
    ),
    _text("img_history", "IMG history", "International graduates now and in the last years. Who told you?", "text"),
    _number("img_percent", "IMGs, %", "International graduates in a class, in percent.", 0, 100, whole=False),
    _number("img_years", "IMGs, years", "For how many years in a row has it matched some?", 0, 100),
    _number("step2_low", "Step 2 lowest", "Lowest usual Step 2 score of its residents.", 100, 300),
    _number("step2_high", "Step 2 highest", "Highest usual Step 2 score of its residents.", 100, 300),
    _number(
        "fellowship_percent", "To fellowship", "Its IMGs that went to a fellowship, in percent.", 0, 100, whole=False
    ),
    _lines("facts", "Your reasons", "Checkable facts, true here and not everywhere, one a line. Three to six."),
    Field(
        "sources",
        "Sources",
        "One a line: what | where | date. For instance: curriculum page | its own site | 2026-11-03",
        "text",
        _read_sources,
        _write_sources,
    ),
    Field(
        "verify",
        "Still to verify",
        "Ticked: something here still has to be checked with the program.",
        "check",
        lambda record: "yes" if record.verify else "",
        lambda record, text: replace(record, verify=bool(text)),
    ),
    _lines("vocabulary", "Names to hear", "Names that the recogniser should know, one a line: director, city."),
    _text("notes", "My notes", "Who interviewed you, what you talked about, how it felt.", "text"),
)
"""In the order of the form."""
