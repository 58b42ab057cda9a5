"""Fetching a known model: pinned revision, progress, going on after a break, checksum before it may be used.

The only part of the coach that uses a network, and only when the user asks for it with `coach models get`.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coach.config import Home
from coach.errors import ModelError
from coach.speech.catalogue import MODELS, KnownModel, find
from coach.speech.models import installed, place, resolve, verify

Progress = Callable[[int, int], None]
"""Told (bytes here, bytes in all)."""
ROOM = 1.1
"""How much more space than the model itself must be free."""


def get(name: str, home: Home, on_progress: Progress | None = None) -> Path:
    """Make a known model ready: fetch it if need be, check it, and return its folder.

    What was fetched before a break is not fetched again. Raises ModelError when the name is unknown, there is no
    room or no network, or what came is not the original; then nothing is left that could be used by mistake.
    """
    model = find(name)
    if model is None:
        raise ModelError(
            f'There is no recogniser called "{name}" to fetch.', f"Known are {', '.join(m.name for m in MODELS)}."
        )
    if installed(model, home):
        return resolve(name, home)
    folder = home.models / model.name
    _check_room(model, home)
    incoming = home.models / f"{model.name}.incoming"
    done = 0
    for file in sorted(model.files, key=lambda f: f.size):
        before = done

        def tell(here: int, before: int = before) -> None:
            if on_progress is not None:
                on_progress(before + here, model.size)

        _fetch(model, file.name, incoming, tell)
        done += file.size
        tell(file.size)
    try:
        verify(model, incoming, home, again=True)
    except ModelError as error:
        shutil.rmtree(incoming, ignore_errors=True)
        raise ModelError(
            f"What was fetched for the model {model.name} is not the original, so it was deleted.",
            "Try again; if it happens twice, do not use that network for it.",
        ) from error
    shutil.rmtree(folder, ignore_errors=True)
    incoming.rename(folder)
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    return folder


def check(name: str, home: Home) -> Path:
    """Check a model's files against their checksums again, now. Raises ModelError as `resolve` does."""
    folder = resolve(name, home)
    model = find(name)
    if model is not None:
        verify(model, place(model, home) or folder, home, again=True)
    return folder


def _check_room(model: KnownModel, home: Home) -> None:
    try:
        home.models.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(home.models).free
    except OSError as error:
        raise ModelError(f"The folder {home.models} cannot be written: {error.strerror or error}.") from error
    if free < model.size * ROOM:
        raise ModelError(
            f"The model {model.name} needs {model.size / 1e6:.0f} MB, but only {free / 1e6:.0f} MB are free.",
            "Make room, or choose another folder with --home.",
        )


def _fetch(model: KnownModel, name: str, incoming: Path, tell: Callable[[int], None]) -> None:
    """One file, into `incoming`; goes on where it stopped."""
    os.environ.pop("HF_HUB_OFFLINE", None)
    from huggingface_hub import hf_hub_download, logging
    from huggingface_hub.errors import HfHubHTTPError

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        hf_hub_download(
            model.repository, name, revision=model.revision, local_dir=incoming, tqdm_class=_teller(tell), token=False
        )
    # The library has many ways to say "no network": its own, those of its HTTP client, and the system's.
    except (HfHubHTTPError, OSError, RuntimeError, ValueError) as error:
        raise ModelError(
            f"The model {model.name} could not be fetched ({type(error).__name__}).",
            "Check the network, then run the same command again; it goes on where it stopped. "
            "Without a network, use one of the models that are installed: `coach models list`.",
        ) from error


def _teller(tell: Callable[[int], None]) -> type[Any]:
    """A progress bar, as the library wants one, that draws nothing and tells how much is here."""
    from huggingface_hub.utils import tqdm  # type: ignore[attr-defined]

    class Teller(tqdm):  # type: ignore[misc, unused-ignore]
        """Tells, and draws nothing."""

        def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401
            options.pop("name", None)
            super().__init__(*arguments, **{**options, "disable": True})  # type: ignore[no-untyped-call]
            self._here = int(options.get("initial") or 0)

        def update(self, n: float | None = 1) -> None:
            """More bytes are here."""
            self._here += int(n or 0)
            tell(self._here)

    return Teller
