"""Names of sittings and answers: readable, sortable by time, unique."""

from datetime import datetime


def session_id(now: datetime, salt: int) -> str:
    """Like `20261122-181502-3f`; `salt` (0 to 255) keeps two windows opened in one second apart."""
    return f"{now:%Y%m%d-%H%M%S}-{salt & 0xFF:02x}"


def answer_id(session: str, number: int) -> str:
    """The `number`-th answer of a sitting, from 1."""
    return f"{session}-{number:02d}"
