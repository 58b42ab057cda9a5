"""The user's choices, kept as JSON; unknown keys are kept, wrong values fall back to the default."""

import json
from dataclasses import asdict, dataclass, fields

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
    known = {f.name: type(f.default) for f in fields(Settings)}
    return Settings(**{k: v for k, v in kept.items() if k in known and isinstance(v, known[k])})


def save_settings(home: Home, settings: Settings) -> None:
    """Keep the choices, in one step: a half-written file never replaces the old one."""
    merged = {**_read(home), **asdict(settings)}
    home.root.mkdir(parents=True, exist_ok=True)
    draft = home.settings.with_suffix(".json.new")
    draft.write_text(json.dumps(merged, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(home.settings)


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
