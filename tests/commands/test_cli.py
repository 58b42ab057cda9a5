"""The command line as a whole: where results go, what happens when they cannot, and paths that mean nothing."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coach import cli
from coach.commands import output
from coach.config import UnknownUserError, find_home
from coach.errors import UsageError
from tests.conftest import project

NO_USER = "~no-such-user-here/x"


def coach(*arguments, stdout=subprocess.PIPE, **environment):
    return subprocess.run(
        [sys.executable, "-m", "coach", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        cwd=project(),
        env={**os.environ, **environment},
    )


def one_sentence(done) -> str:
    told = done.stderr.decode()
    assert told.startswith("coach: ")
    assert told.count("\n") == 1
    return told


@pytest.mark.parametrize(
    "arguments",
    [
        ("doctor", "--home", NO_USER),
        ("--home", NO_USER, "bank", "list"),
        ("transcribe", f"{NO_USER}.wav"),
        ("answer", "--input", f"{NO_USER}.wav"),
        ("practice", "--input", f"{NO_USER}.wav"),
    ],
)
def test_the_folder_of_a_user_that_is_not_there_is_wrong_usage(capsys, home, arguments):
    assert cli.main(arguments) == UsageError.exit_code
    out, err = capsys.readouterr()
    assert out == ""
    assert "There is no user no-such-user-here" in err


def test_so_is_one_in_the_environment():
    with pytest.raises(UnknownUserError, match="no-such-user-here"):
        find_home(None, {"COACH_HOME": NO_USER})


def test_a_home_may_be_the_users_own(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert find_home("~/coach").root == tmp_path / "coach"


def test_redirected_results_are_utf8_whatever_the_system_writes(monkeypatch):
    class Redirected(io.TextIOWrapper):
        def isatty(self) -> bool:
            return False

    out = Redirected(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", out)
    output.open_streams()
    output.print_json({"title": "Zoë → 漢字"})
    assert out.buffer.getvalue().decode("utf-8") == '{"title": "Zoë → 漢字"}\n'


def test_a_terminal_keeps_its_encoding_and_gets_escapes_for_the_rest(monkeypatch):
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    out = Terminal(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", out)
    output.open_streams()
    output.say("Zoë → 漢字")
    output.close_output()
    assert out.buffer.getvalue().decode("cp1252") == "Zoë \\u2192 \\u6f22\\u5b57\n"


def test_an_undecodable_file_name_is_named_and_not_stumbled_over(tmp_path):
    done = coach("transcribe", os.fsencode(tmp_path) + b"/\xff.wav")
    assert done.returncode == 1
    assert "There is no sound file" in one_sentence(done)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize(
    "arguments",
    [("bank", "list"), ("bank", "list", "--json"), ("bank", "list", "--questions"), ("bank", "export", "visa")],
)
def test_results_that_find_no_room_are_one_sentence(tmp_path, arguments):
    with Path("/dev/full").open("w") as full:
        done = coach(*arguments, stdout=full, COACH_HOME=str(tmp_path))
    assert done.returncode == 1
    assert "No space left" in one_sentence(done)


def test_a_reader_that_has_seen_enough_is_no_failure(tmp_path):
    read, write = os.pipe()
    os.close(read)
    done = coach("bank", "list", "--questions", stdout=write, COACH_HOME=str(tmp_path))
    os.close(write)
    assert done.returncode == 0
    assert done.stderr == b""


def test_what_the_system_refuses_is_a_sentence_that_names_the_place(capsys, monkeypatch, home):
    def refuse(_arguments):
        raise PermissionError(13, "Permission denied", "/locked/bank.yaml")

    monkeypatch.setattr(cli, "_run", refuse)
    assert cli.main(["bank", "list"]) == 1
    err = capsys.readouterr().err
    assert "/locked/bank.yaml" in err
    assert "Permission denied" in err


def test_stopping_a_command_says_that_nothing_is_lost(capsys, monkeypatch, home):
    def stop(_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_run", stop)
    assert cli.main(["bank", "list"]) == 1
    assert "kept" in capsys.readouterr().err


@pytest.mark.parametrize(("written", "stream"), [(output.say, "out"), (output.warn, "err")])
def test_text_of_a_file_cannot_command_the_terminal(capsys, written, stream):
    written("red \x1b[31mwords\x00\x9b2J\r,\tnaïve 日本\nnext")
    assert getattr(capsys.readouterr(), stream) == "red [31mwords2J,\tnaïve 日本\nnext\n"
