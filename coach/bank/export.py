"""Banks as YAML, as a CSV table for a spreadsheet, and as text that Anki imports."""

import csv
import html
import io
from collections.abc import Iterable, Mapping, Sequence

from coach.bank.importers.rows import COLUMNS, LISTS
from coach.bank.text import spreadsheet_cell
from coach.domain.question import Question

_ANKI_COLUMNS = (
    "guid",
    "question",
    "strong",
    "rephrasings",
    "why",
    "sinks",
    "structure",
    "follow_ups",
    "category",
    "tags",
)


def to_yaml(data: Mapping[str, object]) -> str:
    """A bank's data as YAML that the strict reader takes back; texts that look like something else come out quoted."""
    import yaml  # type: ignore[import-untyped]

    text: str = yaml.safe_dump(dict(data), sort_keys=False, allow_unicode=True, width=110)
    return text


def to_csv(questions: Iterable[Question]) -> str:
    """A table with one row a question and the columns that import knows. Formulas are made plain text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for question in questions:
        values = _values(question)
        writer.writerow(spreadsheet_cell(values[column]) for column in COLUMNS)
    return out.getvalue()


def to_anki(questions: Sequence[Question], deck: str) -> str:
    """Anki's plain text: File, Import makes one note a question, and the same question updates its note next time."""
    out = io.StringIO(newline="")
    names = "\t".join(name for name in _ANKI_COLUMNS if name not in {"guid", "tags"})
    out.write("#separator:tab\n#html:true\n")
    out.write(f"#guid column:1\n#tags column:{len(_ANKI_COLUMNS)}\n#deck:{' '.join(deck.split())}\n")
    out.write(f"#columns:guid\t{names}\ttags\n")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for question in questions:
        values = {**_values(question), "guid": question.key, "question": question.text}
        values["tags"] = " ".join(question.tags)
        writer.writerow(
            values[name] if name in {"guid", "tags"} else html.escape(values[name], quote=False).replace("\n", "<br>")
            for name in _ANKI_COLUMNS
        )
    return out.getvalue()


def _values(question: Question) -> dict[str, str]:
    band = question.band
    values = {"ask": question.text, "low": band.low_s, "high": band.high_s, "stop": band.stop_s}
    values["think_seconds"] = question.think_s
    plain = {name: f"{value:g}" if isinstance(value, float) else str(value) for name, value in values.items()}
    for column in COLUMNS:
        if column not in plain:
            value = getattr(question, column)
            plain[column] = "\n".join(value) if column in LISTS else str(value)
    return plain
