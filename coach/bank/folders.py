"""Which files are bank and program files, and writing them so that a crash leaves the old or the new, never half."""

import os
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from coach.bank.names import MAX_FILES
from coach.bank.records import OWN, SHIPPED, Source
from coach.config import Home, content
from coach.errors import BankError

ENDINGS = (".yaml", ".yml")

EARLIER = "earlier"
"""Folder beside banks and programs that replaced and removed files are moved to."""


def yaml_files(folder: Path) -> list[Path]:
    """The YAML files directly in `folder`, by name; hidden ones and links that lead out of the folder are left out."""
    if not folder.is_dir():
        return []
    inside = folder.resolve()
    found = [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in ENDINGS and not path.name.startswith((".", "_"))
    ]
    return [path for path in found if path.is_file() and path.resolve().parent == inside][:MAX_FILES]


def bank_sources(home: Home) -> list[Source]:
    """All bank files: the shipped ones first, then the user's."""
    shipped = [Source(path, SHIPPED) for path in yaml_files(content("question_bank"))]
    return shipped + [Source(path, OWN) for path in yaml_files(home.banks)]


def index_path(home: Home) -> Path:
    """Where the index over the banks is kept; it can be deleted at any time."""
    return home.root / "cache" / "banks.db"


def write_atomically(path: Path, data: bytes, replace: Callable[[str, Path], None] = os.replace) -> None:
    """Write `data` to `path` through a temporary file beside it. Raises BankError if the folder cannot be written."""
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        replace(temporary, path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise BankError(
            f"{path} cannot be written: {error.strerror}.", "Nothing was changed. Check the folder."
        ) from error


def earlier(path: Path, now: datetime) -> Path:
    """Where a file that is replaced or removed at `now` is kept; nothing is there yet."""
    folder = path.parent / EARLIER
    stem = f"{path.stem}-{now:%Y%m%d-%H%M%S}"
    names = [f"{stem}{path.suffix}", *(f"{stem}-{number}{path.suffix}" for number in range(2, 100))]
    return next(folder / name for name in names if not (folder / name).exists())
