"""The recipe of the shipped model: its commands fit the modules that they call, and each goes on where one ended."""

import argparse
import importlib
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="training needs the extra 'train'")
pytest.importorskip("safetensors", reason="training needs the extra 'train'")
pytest.importorskip("onnx", reason="training needs the extra 'train'")

from training import __main__ as recipe
from training import train
from training.answers import FOLDER

MADE = Path("made")
COMMANDS = recipe.commands(MADE)
STAGES = COMMANDS[: len(recipe.RECIPE)]


class Parsed(Exception):  # noqa: N818 -- not an error: the command line was understood
    """Stops a module's main once its command line is read."""


def parsed(command: list[str], monkeypatch: pytest.MonkeyPatch) -> argparse.Namespace:
    """What the module of a command understands of it."""
    understood = argparse.ArgumentParser.parse_args

    def stop(parser: argparse.ArgumentParser) -> None:
        raise Parsed(understood(parser, command[1:]))

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", stop)
    with pytest.raises(Parsed) as found:
        importlib.import_module(command[0]).main()
    monkeypatch.undo()
    return found.value.args[0]


def trained(command: list[str], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The run that `training.train` would begin for a command."""
    begun: dict[str, Any] = {}
    names = ("settings", "hold", "count", "out", "looked_at", "start")
    monkeypatch.setattr(train, "run", lambda *given: begun.update(zip(names, given, strict=True)))
    monkeypatch.setattr(train.torch, "set_num_threads", lambda _: None)
    monkeypatch.setattr(train.torch, "set_flush_denormal", lambda _: None)
    monkeypatch.setattr(sys, "argv", command)
    assert train.main() == 0
    monkeypatch.undo()
    return begun


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
def test_every_command_is_understood_by_its_module(command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert vars(parsed(command, monkeypatch))


def test_every_stage_is_run_with_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [trained(command, monkeypatch) for command in STAGES]
    assert [r["settings"] for r in runs] == list(recipe.RECIPE)
    assert {r["hold"] for r in runs} == {"shipped"}, "what is held out is held out of every stage"
    assert len({r["out"] for r in runs}) == len(runs), "no stage writes over another"


def test_every_stage_starts_from_the_model_of_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [trained(command, monkeypatch) for command in STAGES]
    assert [r["start"] for r in runs] == [None, *(r["out"] / "model.pt" for r in runs[:-1])]


def test_the_last_model_is_calibrated_and_exported_with_its_offsets(monkeypatch: pytest.MonkeyPatch) -> None:
    last = trained(STAGES[-1], monkeypatch)
    calibrate, export = (parsed(command, monkeypatch) for command in COMMANDS[-2:])
    assert [c[0] for c in COMMANDS[-2:]] == ["training.calibrate", "training.export"]
    assert calibrate.held == [last["out"] / "held.json"]
    assert export.checkpoint == last["out"] / "model.pt"
    assert export.offsets == calibrate.offsets


def test_every_stage_reads_files_that_are_there() -> None:
    assert all(list(FOLDER.glob(settings.files)) for settings in recipe.RECIPE)


def test_show_prints_the_commands_and_runs_none(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("nothing may be run")

    monkeypatch.setattr(subprocess, "run", refuse)
    monkeypatch.setattr(sys, "argv", ["training", "--show", "--folder", str(MADE)])
    assert recipe.main() == 0
    assert capsys.readouterr().out.splitlines() == ["python -m " + shlex.join(c) for c in COMMANDS]


def test_the_commands_are_run_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, check: ran.append(command) if check else None)
    monkeypatch.setattr(sys, "argv", ["training", "--folder", str(MADE)])
    assert recipe.main() == 0
    assert ran == [[sys.executable, "-m", *c] for c in COMMANDS]
