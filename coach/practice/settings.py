"""The user's choices, kept as JSON; unknown keys are kept, wrong values fall back to the default."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from coach.config import Home
from coach.errors import CoachError


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choices; `model`, `microphone` and `rubric` are "" for the default, `theme` is Textual's name."""

    model: str = ""
    microphone: str = ""
    theme: str = "textual-dark"
    captions: bool = False
    think: bool = False
    rubric: str = ""
    name: str = ""


def load_settings(home: Home) -> Settings:
    """What the user chose, or the defaults. Raises CoachError when the file is not JSON."""
    kept = _read(home)
    return changed(Settings(), kept)


def changed(settings: Settings, choices: Mapping[str, object]) -> Settings:
    """`settings` with `choices` put in; names that are not known and values of a wrong kind are passed over."""
    fitting: dict[str, Any] = {}
    for field in fields(Settings):
        value = choices.get(field.name)
        if isinstance(value, type(getattr(settings, field.name))):
            fitting[field.name] = value
    return replace(settings, **fitting)


def save_settings(home: Home, settings: Settings) -> None:
    """Keep the choices, in one step: a half-written file never replaces the old one. Raises CoachError."""
    merged = {**_read(home), **asdict(settings)}
    draft = home.settings.with_suffix(".json.new")
    try:
        home.root.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(merged, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(home.settings)
    except OSError as error:
        raise CoachError(
            f"{home.settings} cannot be written: {error.strerror or error}.",
            "Make room on the disk, or choose another folder with --home. Your choice was not kept.",
        ) from error


def _read(home: Home) -> dict[str, object]:
    try:
        kept = json.loads(home.settings.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise CoachError(
            f"{home.settings} cannot be read: {error}.", "Mend or delete that file; it holds only choices."
        ) from error
    return kept if isinstance(kept, dict) else {}
