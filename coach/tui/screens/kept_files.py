"""Where files go that the user asked the coach to write, and paths as people type or drop them."""

from collections.abc import Callable
from pathlib import Path

from coach.config import Home
from coach.errors import UsageError


def export_path(home: Home, name: str, ending: str, exists: Callable[[Path], bool] = Path.exists) -> Path:
    """A path in the `exports` folder that no file has yet; a number is added where the name is taken."""
    folder = home.root / "exports"
    names = (f"{name}.{ending}", *(f"{name}-{number}.{ending}" for number in range(2, 1_000)))
    return next((folder / one for one in names if not exists(folder / one)), folder / names[0])


def typed_path(text: str) -> Path:
    """The path that a user typed, pasted, or dropped on the terminal: quotes, escaped spaces and `~` are understood.

    Raises UsageError for a `~name` of a user that this machine does not know.
    """
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    elif "\\ " in text:
        text = text.replace("\\ ", " ")
    try:
        return Path(text.removeprefix("file://")).expanduser()
    except RuntimeError as error:
        raise UsageError(f"There is no home folder for {text.split('/')[0]}.", "Write the whole path.") from error
