"""Where things live, decided once: `--home`, COACH_HOME, recordings/ in a checkout, or the user data folder.

Functions here are pure but for asking whether a path exists; nothing is created.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Home:
    """Everything that the coach keeps, below one folder."""

    root: Path

    @property
    def database(self) -> Path:
        """Sessions, answers, transcripts, findings, favourites, notes."""
        return self.root / "coach.db"

    @property
    def takes(self) -> Path:
        """The recorded audio, one folder a session."""
        return self.root / "takes"

    @property
    def backups(self) -> Path:
        """Copies of the database, made before each migration."""
        return self.root / "backups"

    @property
    def models(self) -> Path:
        """Recogniser models that were fetched, joined or checked here."""
        return self.root / "models"

    @property
    def banks(self) -> Path:
        """Question banks that the user or a mentor added."""
        return self.root / "banks"

    @property
    def programs(self) -> Path:
        """The candidate's own program files."""
        return self.root / "programs"

    @property
    def rubrics(self) -> Path:
        """Rubrics that the user or a mentor added."""
        return self.root / "rubrics"

    @property
    def vocabulary(self) -> Path:
        """The user's own list of names and terms, one a line; `wrong -> right` corrects after recognition."""
        return self.root / "vocabulary.txt"

    @property
    def settings(self) -> Path:
        """Chosen model, microphone, theme and the like (JSON)."""
        return self.root / "settings.json"

    @property
    def log(self) -> Path:
        """What went wrong, for a bug report; holds no spoken words."""
        return self.root / "coach.log"


def checkout() -> Path | None:
    """The root of the source checkout that this package runs from, or None when it is installed."""
    root = PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "recordings").is_dir() else None


def content(kind: str) -> Path:
    """The folder of shipped content: `kind` is "question_bank" or "rubrics"."""
    installed = PACKAGE / "content" / kind
    return installed if installed.is_dir() else PACKAGE.parent / kind


class UnknownUserError(ValueError):
    """A path starts with `~name`, and this machine knows no such user."""


def expanded(text: str) -> Path:
    """A path that somebody typed, absolute, with `~` and `~name` replaced. Raises UnknownUserError."""
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as error:
        user = Path(text).parts[0]
        raise UnknownUserError(
            f"There is no user {user[1:]} here, so {user} in {text} means no folder. Write the whole path."
        ) from error


def find_home(flag: str | None = None, environment: Mapping[str, str] = os.environ) -> Home:
    """Decide where the coach keeps its things. `flag` is the value of --home, if one was given.

    Raises UnknownUserError.
    """
    if flag:
        return Home(expanded(flag))
    if environment.get("COACH_HOME"):
        return Home(expanded(environment["COACH_HOME"]))
    root = checkout()
    if root is not None:
        return Home(root / "recordings")
    from platformdirs import user_data_path

    return Home(user_data_path("coach", appauthor=False))
