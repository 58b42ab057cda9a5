"""The recognisers a candidate can choose from, on this machine."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from coach.config import Home
from coach.practice.settings import load_settings, save_settings


@dataclass(frozen=True, slots=True)
class Offer:
    """A recogniser as the list shows it.

    `load` is seconds of work for each second of speech here, `keeps_up` whether it can follow a speaker; both None when
    the speed of this machine is not known. `measured` is false for an estimate. `wer` is the share of wrong words in
    our own measurement (docs/speech.md), None where we have none.
    """

    name: str
    about: str
    size_bytes: int
    multilingual: bool
    installed: bool
    chosen: bool
    sha256: str
    revision: str
    wer: float | None
    load: float | None
    keeps_up: bool | None
    measured: bool


def offers(home: Home, *, measure: bool = True) -> tuple[Offer, ...]:
    """All known recognisers. With `measure`, the machine's speed is measured once (a few seconds) and remembered."""
    from coach.speech.catalogue import DEFAULT_MODEL, MEASURED_WER
    from coach.speech.models import listed
    from coach.speech.pace import paces

    chosen = load_settings(home).model or DEFAULT_MODEL
    speed = paces(home) if measure else {}
    return tuple(
        Offer(
            name=model.name,
            about=model.about,
            size_bytes=model.size_bytes,
            multilingual=model.multilingual,
            installed=model.installed,
            chosen=model.name == chosen,
            sha256=model.sha256,
            revision=model.revision,
            wer=MEASURED_WER.get(model.name),
            load=pace.load if (pace := speed.get(model.name)) else None,
            keeps_up=pace.keeps_up if pace else None,
            measured=bool(pace and pace.measured),
        )
        for model in listed(home)
    )


def fetch(home: Home, name: str, on_progress: Callable[[int, int], None] | None = None) -> Path:
    """Fetch and check a recogniser; `on_progress` is told bytes here and bytes in all. Raises ModelError."""
    from coach.speech.fetch import get

    return get(name, home, on_progress)


def check(home: Home, name: str) -> Path:
    """Check a recogniser's files against their checksums, now. Raises ModelError."""
    from coach.speech.fetch import check as check_files

    return check_files(name, home)


def choose(home: Home, name: str) -> Path:
    """Use a recogniser (a known name, or the folder of a converted model) from now on. Raises ModelError."""
    from coach.speech.catalogue import find
    from coach.speech.models import resolve

    folder = resolve(name, home)
    save_settings(home, replace(load_settings(home), model=name if find(name) else str(folder.absolute())))
    return folder
