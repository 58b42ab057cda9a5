"""Whether a zip archive from somebody else may be opened at all."""

import io
import lzma
import zipfile
import zlib
from pathlib import PurePosixPath

from coach.domain.problem import Problem

MAX_ARCHIVE_BYTES = 50_000_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_MEMBERS = 20_000
MAX_RATIO = 200
"""A text packs about ten to one; a bomb packs a thousand to one."""


def check_archive(raw: bytes, file: str) -> Problem | None:
    """Why this archive is refused, or None: size, number and names of its members, and how much it would unfold to."""
    if len(raw) > MAX_ARCHIVE_BYTES:
        return Problem(file, 0, 0, "the file is too big.", f"at most {MAX_ARCHIVE_BYTES // 1_000_000} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        return Problem(file, 0, 0, "the file is damaged, or not what its name says.", "a complete file")
    if len(members) > MAX_MEMBERS:
        return Problem(file, 0, 0, f"the archive holds {len(members)} files.", f"at most {MAX_MEMBERS}")
    for member in members:
        name = member.filename.replace("\\", "/")
        if name.startswith("/") or ".." in PurePosixPath(name).parts or ":" in name:
            return Problem(
                file, 0, 0, "the archive holds a path that leads out of it.", "plain names inside the archive"
            )
    unpacked = sum(member.file_size for member in members)
    suspicious = any(m.file_size > 1_000_000 and m.file_size > MAX_RATIO * max(1, m.compress_size) for m in members)
    if unpacked > MAX_UNPACKED_BYTES or suspicious:
        said = f"the archive would unfold to {unpacked / 1e6:.0f} MB, far more than text needs."
        return Problem(file, 0, 0, said, f"at most {MAX_UNPACKED_BYTES // 1_000_000} MB, packed as usual")
    return None


def member_bytes(raw: bytes, name: str, limit: int) -> bytes | None:
    """One member of a checked archive, or None if it is not there, damaged, locked, or longer than it claims."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive, archive.open(name) as member:
            # The sizes in an archive's directory are claims; the limit holds for what really comes out.
            data = member.read(limit + 1)
    except (KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        return None
    except (zlib.error, lzma.LZMAError):
        return None
    return data if len(data) <= limit else None
