"""Questions from CSV and Excel files."""

import csv
import io
import itertools
import warnings
from collections.abc import Iterator, Sequence
from zipfile import BadZipFile

from coach.bank.importers.archive import check_archive
from coach.bank.importers.rows import Found, rows_of_table
from coach.bank.names import MAX_QUESTIONS
from coach.domain.problem import Problem

MAX_COLUMNS = 60
MAX_CELL = 20_000
_SEPARATORS = (",", ";", "\t", "|")


def from_csv(text: str, file: str) -> Found:
    """Rows of a CSV text; the separator is the one that the first line holds most often outside quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.lower().startswith("sep=") and len(first) == len("sep=;"):
        # Excel's own way to name the separator.
        separator, text = first[4], text.split("\n", 1)[-1]
    else:
        bare = "".join(first.split('"')[::2])
        separator = max(_SEPARATORS, key=bare.count) if any(sign in bare for sign in _SEPARATORS) else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return rows_of_table((cells[:MAX_COLUMNS] for cells in itertools.islice(reader, MAX_QUESTIONS + 2)), file)
    except csv.Error as error:
        return Found((), (Problem(file, reader.line_num, 1, f"this is not valid CSV: {error}.", "CSV saved as UTF-8"),))


def from_xlsx(raw: bytes, file: str) -> Found:
    """Rows of the first sheet with a column of questions. Formulas count as the value that was last shown for them."""
    refused = check_archive(raw, file)
    if refused:
        return Found((), (refused,))
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    broken = Problem(file, 0, 0, "this is not an Excel workbook that can be read.", ".xlsx, saved by a spreadsheet")
    try:
        with warnings.catch_warnings():
            # Styles, macros and extensions that openpyxl warns about do not matter for text.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            found = [rows_of_table(_cells(sheet), file) for sheet in book.worksheets[:50]]
            book.close()
    except (
        BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        OSError,
        SyntaxError,
        TypeError,
        AttributeError,
        IndexError,
    ):
        # openpyxl has no error of its own for a workbook whose parts are missing or are not what they should be.
        return Found((), (broken,))
    with_rows = [one for one in found if one.rows]
    if not with_rows:
        return next((one for one in found if one.problems), Found((), (broken,)))
    skipped = len([one for one in found if one is not with_rows[0] and (one.rows or one.problems)])
    notes = (f"{skipped} other sheets were left out: only one is read.",) if skipped else ()
    return Found(with_rows[0].rows, with_rows[0].problems, with_rows[0].notes + notes)


def _cells(sheet: object) -> Iterator[Sequence[str]]:
    rows = sheet.iter_rows(max_row=MAX_QUESTIONS + 2, max_col=MAX_COLUMNS, values_only=True)  # type: ignore[attr-defined]
    for row in rows:
        yield [_cell(value) for value in row]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:MAX_CELL]
