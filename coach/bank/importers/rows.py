"""From rows with column names to a checked bank, whatever file the rows came from."""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from coach.bank.check import Checked, check_document
from coach.bank.names import ASKED_BY, COUNTRIES, MAX_QUESTIONS, PLACEHOLDERS
from coach.bank.strictyaml import Document, Path
from coach.bank.text import from_spreadsheet_cell, harmless
from coach.domain.problem import Problem
from coach.domain.question import CATEGORIES

COLUMNS = (
    "id",
    "ask",
    "rephrasings",
    "category",
    "tags",
    "why",
    "strong",
    "sinks",
    "structure",
    "follow_ups",
    "criteria",
    "low",
    "high",
    "stop",
    "think_seconds",
    "asked_by",
    "specialty",
    "country",
)
"""The columns of a table of questions, as export writes them."""

LISTS = ("rephrasings", "tags", "follow_ups", "criteria")
"""Columns that hold several entries, one a line or separated by `|` (tags and criteria also by commas)."""

_NAMES = {
    "ask": "question questions ask text prompt front item interviewquestion",
    "rephrasings": "rephrasings rephrasing alternatives variants otherwords alternativewording",
    "category": "category type kind section topic",
    "tags": "tags tag labels keywords group",
    "why": "why whyasked reason purpose whyitisasked whytheyask",
    "strong": "strong answer goodanswer stronganswer modelanswer back notes hint hints tips tip keypoints",
    "sinks": "sinks bad avoid weak badanswer weakanswer pitfalls whatsinksit",
    "structure": "structure framework method",
    "follow_ups": "followups followup followupquestions next probes",
    "criteria": "criteria criterion",
    "low": "low minseconds lowseconds min",
    "high": "high maxseconds highseconds max seconds answerseconds",
    "stop": "stop stopseconds",
    "think_seconds": "thinkseconds think thinktime readseconds",
    "asked_by": "askedby interviewer who",
    "specialty": "specialty speciality field",
    "country": "country",
    "id": "id questionid key",
}
_COLUMN_OF = {alias: column for column, aliases in _NAMES.items() for alias in aliases.split()}
_SPELLINGS = {"behavioural": "behavioral", "us": "US", "usa": "US", "canada": "CA", "ca": "CA"}
_BRACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Row:
    """One question as found: its fields by column of COLUMNS, and the line of the file it stands in (0 if unknown)."""

    fields: Mapping[str, str]
    line: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What an importer found: rows, what went wrong, and what was left out on purpose (plain sentences)."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What the user says about the bank that an import makes. `category` is for rows that name none."""

    id: str
    title: str
    author: str = ""
    language: str = "en"
    category: str = ""


def column_of(header: str) -> str:
    """The column that a header means, or "" if it means none: `Question`, `Why asked?` and `Follow-ups` are known."""
    plain = unicodedata.normalize("NFKD", header).casefold()
    return _COLUMN_OF.get("".join(c for c in plain if c.isalnum()), "")


def rows_of_table(table: Iterable[Sequence[str]], file: str) -> Found:
    """Rows of a table whose first line names the columns; one column without a header is a list of questions."""
    rows: list[Row] = []
    notes: list[str] = []
    columns: list[str] | None = None
    for line, cells in enumerate(table, start=1):
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = [column_of(cell) for cell in cells]
            if "ask" in columns:
                unknown = [
                    cell.strip() for cell, column in zip(cells, columns, strict=True) if cell.strip() and not column
                ]
                notes += [f"Column {harmless(name)[:60]!r} is not known and was left out." for name in unknown]
                continue
            if sum(bool(cell.strip()) for cell in cells) > 1:
                allowed = "a first line with column names, one of them `question`; known: " + ", ".join(COLUMNS)
                return Found((), (Problem(file, line, 1, "no column of questions was found.", allowed),))
            columns = ["ask" if cell.strip() else "" for cell in cells]
        if len(rows) >= MAX_QUESTIONS:
            notes.append(f"Only the first {MAX_QUESTIONS} rows were read.")
            break
        fields: dict[str, str] = {}
        places: dict[str, int] = {}
        for position, (column, cell) in enumerate(zip(columns, cells, strict=False), start=1):
            if column and cell.strip() and column not in fields:
                fields[column] = from_spreadsheet_cell(cell.strip())
                places[column] = position
        rows.append(Row(fields, line, places))
    return Found(tuple(rows), (), tuple(notes))


def to_bank(
    found: Found, about: About, file: str, rubrics: Collection[str] | None = None
) -> tuple[dict[str, object], Checked]:
    """A bank's data from imported rows, and its check; problems carry line and column of the imported file."""
    places: dict[Path, tuple[int, int]] = {(): (1, 1)}
    entries: list[dict[str, object]] = []
    taken: set[str] = set()
    for row in found.rows:
        entry = _entry(row, taken, about)
        position = len(entries)
        places[("questions", position)] = (row.line, 1)
        for name in (*entry, "answer_seconds"):
            column = row.columns.get("high" if name == "answer_seconds" else name, 1)
            places[("questions", position, name)] = (row.line, column)
        entries.append(entry)
    header = {"format": "1", "id": about.id, "title": about.title, "author": about.author, "language": about.language}
    data: dict[str, object] = {**{k: v for k, v in header.items() if v}, "questions": entries}
    checked = check_document(Document(data, places, {}, found.problems), file, rubrics)
    return data, checked


def question_id(text: str, taken: Collection[str] = ()) -> str:
    """A short stable id made of the first words of a question; with a mark of its text if that is taken."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    slug = "-".join(words[:7])[:56].strip("-")
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    slug = slug or f"q-{mark}"
    return slug if slug not in taken else f"{slug}-{mark}"


def _entry(row: Row, taken: set[str], about: About) -> dict[str, object]:
    entry: dict[str, object] = {}
    for column in COLUMNS:
        text = _spoken(row.fields.get(column, ""))
        if not text or column in {"low", "high", "stop"}:
            continue
        entry[column] = _list(column, text) if column in LISTS else _word(column, text)
    ask = str(entry.get("ask", ""))
    entry.setdefault("id", question_id(ask, taken))
    taken.add(str(entry["id"]))
    if about.category and entry.get("category") not in CATEGORIES:
        # A mentor's own kind of question is worth keeping as a tag where a category was named for the whole file.
        own = _tag(str(entry.get("category", "")))
        entry["category"] = about.category
        if own:
            entry["tags"] = [*_strings(entry.get("tags")), own]
    times = {name: row.fields[name] for name in ("low", "high", "stop") if row.fields.get(name)}
    if times:
        entry["answer_seconds"] = _band(times)
    return entry


def _spoken(text: str) -> str:
    """Text without hidden characters, and braces that are no placeholder made round: they mean nothing here."""
    return _BRACE.sub(lambda m: m[0] if m[1] in PLACEHOLDERS else f"({m[1]})", harmless(text))


def _list(column: str, text: str) -> list[str]:
    parts = re.split(r"[|\n,;]" if column in {"tags", "criteria"} else r"[|\n]", text)
    found = [part.strip(" -•\t") for part in parts]
    if column == "tags":
        return list(dict.fromkeys(tag for part in found if (tag := _tag(part))))
    return [part for part in found if part]


def _strings(value: object) -> list[str]:
    return [str(part) for part in value] if isinstance(value, list) else []


def _tag(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-")


def _word(column: str, text: str) -> str:
    names = {"category": CATEGORIES, "asked_by": ASKED_BY, "country": COUNTRIES}.get(column)
    if names is None:
        return text if column in {"why", "strong", "sinks"} else " ".join(text.split())
    plain = "_".join(text.casefold().replace("-", " ").split())
    plain = _SPELLINGS.get(plain, plain)
    return next((name for name in names if name.casefold() == plain.casefold()), text)


def _band(times: Mapping[str, str]) -> dict[str, str]:
    """The band of a row; where only some of its times are given, the others follow from them."""
    band = dict(times)
    try:
        numbers = {name: float(value) for name, value in times.items()}
    except ValueError:
        return band
    high = numbers.get("high", numbers.get("stop", max(90.0, numbers.get("low", 0.0))))
    band.setdefault("high", f"{high:g}")
    band.setdefault("low", f"{min(60.0, high):g}")
    band.setdefault("stop", f"{max(high, round(high * 4 / 3)):g}")
    return band
