"""The command line and the first screen load nothing heavy: they must be there before anything is asked of them."""

import io
import json
import subprocess
import sys
import textwrap

import pytest

from coach.errors import CoachError
from coach.practice.desk import Desk
from coach.tui import start
from tests.conftest import project

HEAVY = {
    "av",
    "coach.judge.engine",
    "ctranslate2",
    "faster_whisper",
    "huggingface_hub",
    "jinja2",
    "numpy",
    "onnxruntime",
    "openpyxl",
    "sounddevice",
    "spacy",
    "tokenizers",
    "torch",
}


def modules_after(code: str, **environment: str) -> set[str]:
    """The top-level and coach modules that a fresh interpreter has loaded after `code`."""
    script = textwrap.dedent(code) + "\nimport sys, json; print(json.dumps(list(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=project(),
        env=environment or None,
    )
    loaded = json.loads(done.stdout.splitlines()[-1])
    return set(loaded)


def test_the_command_line_loads_nothing_heavy():
    loaded = modules_after("import coach.cli; coach.cli.parser()")
    assert not HEAVY & loaded
    assert not {"textual", "sqlite3", "pydantic", "ruamel.yaml"} & loaded


def test_the_first_screen_paints_before_the_heavy_libraries_load(tmp_path):
    loaded = modules_after(
        f"""
        import asyncio
        from pathlib import Path
        from coach.config import Home
        from coach.practice.desk import Desk
        from coach.tui.app import CoachApp

        async def paint():
            app = CoachApp(Desk(Home(Path({str(tmp_path)!r}))), warm=False)
            async with app.run_test() as pilot:
                await pilot.pause()
                assert app.screen.query_one("#home-menu").option_count > 5

        asyncio.run(paint())
        """
    )
    assert not HEAVY & loaded


@pytest.mark.parametrize(
    "module",
    ["coach.practice.programs", "coach.tui.screens.choose", "coach.tui.screens.drill", "coach.tui.screens.programs"],
)
def test_screens_with_programs_are_there_before_any_program_file_is_read(module):
    assert not {"pydantic", "yaml", "ruamel.yaml"} & modules_after(f"import {module}")


@pytest.mark.parametrize("arguments", [["--help"], ["practice", "--help"], ["bank", "--help"], ["--version"]])
def test_help_is_there_for_every_command(arguments):
    done = subprocess.run(
        [sys.executable, "-m", "coach", *arguments], capture_output=True, text=True, check=True, cwd=project()
    )
    assert "coach" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["nonsense"], 2, "invalid choice"),
        (["transcribe", "nothing.wav"], 1, "There is no sound file"),
        (["answer", "--input", "nothing.wav"], 1, "There is no sound file"),
        (["answer", "--input", "nothing.wav", "--category", "cooking"], 2, "There is no category 'cooking'"),
        ([], 1, "needs a terminal"),
        (["practice", "--questions", "3"], 1, "needs a terminal"),
        (["review", "--home", "/dev/null/x"], 1, "cannot be opened"),
    ],
)
def test_wrong_use_is_one_sentence_and_an_exit_code(arguments, code, says, home):
    done = subprocess.run(
        [sys.executable, "-m", "coach", *arguments], capture_output=True, text=True, check=False, cwd=project()
    )
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("elsewhere", ["stdin", "stdout", "stderr"])
def test_the_app_does_not_open_where_nobody_would_see_it_or_press_a_key(monkeypatch, elsewhere):
    for name in ("stdin", "stdout", "stderr"):
        stream = io.StringIO()
        monkeypatch.setattr(stream, "isatty", lambda name=name: name != elsewhere, raising=False)
        monkeypatch.setattr(sys, name, stream)
    with pytest.raises(CoachError, match="terminal"):
        start._need_a_terminal()


@pytest.mark.parametrize(("left_with", "code"), [(0, 0), (1, 1), (None, 1)])
def test_an_app_that_broke_down_is_no_success(monkeypatch, home, left_with, code):
    class App:
        return_code = left_with

        def __init__(self, desk: Desk) -> None:
            pass

        def run(self) -> None:
            """As Textual does, it gives nothing back after a crash."""

    monkeypatch.setattr(start, "_need_a_terminal", lambda: None)
    monkeypatch.setattr("coach.tui.app.CoachApp", App)
    assert start.run_app(str(home.root)) == code


def test_a_module_of_the_callers_folder_is_not_taken_for_ours(tmp_path):
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong json')")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "coach", "--version"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stdout.startswith("coach ")
