"""Recordings to measure with: a folder with sound and a `manifest.jsonl` (`file`, `text`; `group` if known)."""

import json
from dataclasses import dataclass
from pathlib import Path

DEFAULT = Path(__file__).parent.parent.parent / "shared" / "speech"


@dataclass(frozen=True, slots=True)
class Recording:
    """One recording with what was really said, hesitations kept where they were transcribed."""

    id: str
    path: Path
    text: str
    group: str
    seconds: float


def read_recordings(folder: Path) -> list[Recording]:
    """The recordings of a folder, in the order of the manifest. Raises SystemExit with a sentence if there are none."""
    manifest = folder / "manifest.jsonl"
    if not manifest.is_file():
        raise SystemExit(f"There is no {manifest}; give a folder of recordings with --recordings.")
    rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Recording(
            id=str(row.get("id", row["file"])),
            path=folder / row["file"],
            text=row["text"],
            group=row.get("group", "all"),
            seconds=float(row.get("seconds") or _seconds(folder / row["file"])),
        )
        for row in rows
    ]


def _seconds(path: Path) -> float:
    from coach.audio.files import read_mono
    from coach.domain.take import SAMPLE_RATE

    return len(read_mono(path)) / SAMPLE_RATE
