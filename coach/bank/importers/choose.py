"""Which importer reads which file."""

from coach.bank.importers.anki import from_anki_text, from_apkg
from coach.bank.importers.archive import MAX_ARCHIVE_BYTES
from coach.bank.importers.markdown import from_markdown
from coach.bank.importers.rows import Found
from coach.bank.importers.tables import from_csv, from_xlsx
from coach.bank.names import allowed_text
from coach.bank.strictyaml import decode
from coach.domain.problem import Problem
from coach.errors import BankError

KINDS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".md": "markdown",
    ".markdown": "markdown",
    ".apkg": "apkg",
    ".colpkg": "apkg",
    ".txt": "anki-text",
}
"""What a file's ending says it is."""

MAX_BYTES = MAX_ARCHIVE_BYTES


def kind_of(name: str, raw: bytes) -> str:
    """What a file is, by its ending; `.txt` is Anki's text if it looks so, else a list. Raises BankError."""
    ending = "." + name.lower().rpartition(".")[2] if "." in name else ""
    if ending not in KINDS:
        allowed = allowed_text(ending, KINDS)
        raise BankError(f"{name} cannot be imported.", f"Files that can: {allowed}. YAML banks: `coach bank add`.")
    if ending == ".txt" and not raw.startswith((b"#", b"\xef\xbb\xbf#")) and b"\t" not in raw[:4_000]:
        return "markdown"
    return KINDS[ending]


def read_rows(raw: bytes, name: str) -> Found:
    """The rows of a file of any known kind. Raises BankError for an unknown kind; the rest is in `problems`."""
    kind = kind_of(name, raw)
    if len(raw) > MAX_BYTES:
        said = f"the file is larger than {MAX_BYTES // 1_000_000} MB."
        return Found((), (Problem(name, 0, 0, said, "a smaller file"),))
    if kind == "xlsx":
        return from_xlsx(raw, name)
    if kind == "apkg":
        return from_apkg(raw, name)
    text, refused = decode(raw, name)
    if refused:
        return Found((), refused)
    return {"csv": from_csv, "markdown": from_markdown, "anki-text": from_anki_text}[kind](text, name)
