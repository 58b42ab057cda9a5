"""Programs side by side, the rank order list, and both as a table for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coach.bank.program_records import ProgramRecord, Rank
from coach.bank.signals import SIGNALS
from coach.bank.text import spreadsheet_cell
from coach.bank.verdict import verdict

UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a comparison: what is compared and what each program says, in the order of the programs."""

    title: str
    cells: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the programs differ here."""
        return len(set(self.cells)) > 1


def compare(records: Sequence[ProgramRecord]) -> tuple[Line, ...]:
    """The programs side by side, line by line; what nobody wrote down says so."""
    columns = [dict(_described(record)) for record in records]
    titles = list(columns[0]) if columns else []
    return tuple(Line(title, tuple(column[title] or UNKNOWN for column in columns)) for title in titles)


def ranked(records: Iterable[ProgramRecord]) -> tuple[ProgramRecord, ...]:
    """The rank order list: programs with a place, first place first; equal places by name."""
    return tuple(sorted((r for r in records if r.rank.place), key=lambda r: (r.rank.place, r.name)))


def reordered(records: Sequence[ProgramRecord], order: Sequence[str]) -> tuple[ProgramRecord, ...]:
    """The records that change when the rank order list becomes `order` (program ids); the others leave the list."""
    places = {program_id: place for place, program_id in enumerate(order, start=1)}
    wanted = [(record, replace(record, rank=Rank(places.get(record.id, 0), record.rank.reason))) for record in records]
    return tuple(new for old, new in wanted if new != old)


def rank_remarks(records: Iterable[ProgramRecord]) -> tuple[str, ...]:
    """What to think about before the list is certified (guide 3, tip 6); plain sentences."""
    remarks = []
    listed = ranked(records)
    for record in listed:
        if not record.rank.reason:
            remarks.append(f"{record.name} has no reason yet: why does it stand in place {record.rank.place}?")
        if not record.visa.types:
            remarks.append(f"{record.name}: its visa policy is not written down.")
        if verdict(record).kind in {"token", "score-mining"}:
            remarks.append(f"{record.name}: what you noted does not speak for support. Would you train there gladly?")
    if listed:
        remarks.append("Rank in the order of your own wishes, and only programs where you would go.")
    return tuple(remarks)


def to_csv(records: Iterable[ProgramRecord]) -> str:
    """The visa-policy spreadsheet of guide 2, one program a line, with signals, verdict and rank; no formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    header: list[str] | None = None
    for record in records:
        described = _described(record)
        if header is None:
            header = ["id", "name", *(title for title, _ in described), "notes"]
            writer.writerow(header)
        cells = (record.id, record.name, *(cell for _, cell in described), record.notes)
        writer.writerow(spreadsheet_cell(cell) for cell in cells)
    return out.getvalue()


def _described(record: ProgramRecord) -> list[tuple[str, str]]:
    numbers = record.numbers
    scores = [str(n) for n in (numbers.step2_low, numbers.step2_high) if n is not None]
    checked = sorted(source.checked for source in record.sources if source.checked)
    where = (source.where or source.what for source in record.sources)
    return [
        ("specialty", record.specialty),
        ("setting", record.setting),
        ("city", record.city),
        ("region", record.region),
        ("patients", record.patients),
        ("service", record.structure),
        ("tracks", "; ".join(record.tracks)),
        ("recent changes", "; ".join(record.recent_changes)),
        ("visa types", ", ".join(record.visa.types)),
        ("visa note", record.visa.note),
        ("history with IMGs", record.img_history),
        ("IMGs in a class", "" if numbers.img_percent is None else f"{numbers.img_percent:g} %"),
        ("IMGs since (years)", "" if numbers.img_years is None else str(numbers.img_years)),
        ("Step 2 scores", " to ".join(scores)),
        ("IMGs to fellowships", "" if numbers.fellowship_percent is None else f"{numbers.fellowship_percent:g} %"),
        *((f"signal: {guide.title}", _heard(record, guide.id)) for guide in SIGNALS),
        ("verdict", verdict(record).kind),
        ("rank", str(record.rank.place or "")),
        ("reason for the rank", record.rank.reason),
        ("sources", "; ".join(where)),
        ("last checked", checked[-1] if checked else ""),
        ("verify", "with the program" if record.verify else "verified"),
    ]


def _heard(record: ProgramRecord, signal: str) -> str:
    told = (f"{one.reading}: {one.heard}" if one.heard else one.reading for one in record.heard(signal))
    return "; ".join(text for text in told if text != "unknown")
