"""start.sh and test.sh on machines that lack this or that. All commands they find are actors; nothing is installed."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import project

SH = shutil.which("sh")
pytestmark = pytest.mark.skipif(SH is None or os.name == "nt", reason="no sh on this system")

TOOLS = ("sh", "cat", "cksum", "uname", "rm", "mkdir", "cp", "chmod", "tail", "dirname", "env", "touch", "true")
"""Real commands that the scripts and the actors need; no other command of this machine can be seen."""

PYTHON = """#!/bin/sh
printf 'python %s\\n' "$*" >>"$STAGE/log"
case "$*" in
    *"import ensurepip"*) [ -f "$STAGE/ensurepip" ] ;;
    *"%d.%d-venv"*) echo python3.11-venv ;;
    "-m venv"*)
        [ -f "$STAGE/venv broken" ] && { echo "Error: the disk is made of cheese"; exit 1; }
        case "$*" in
            *--without-pip*) mkdir -p .venv/bin ;;
            *) mkdir -p .venv/bin; [ -f "$STAGE/ensurepip" ] || { echo "ensurepip is not available"; exit 1; }
               touch .venv/pip ;;
        esac
        cp "$STAGE/inner" .venv/bin/python && chmod +x .venv/bin/python ;;
    "-m pip --python"*) [ -f "$STAGE/lender" ] && touch .venv/pip ;;
    *version_info*) [ ! -f "$STAGE/old python" ] ;;
esac
"""

INNER = """#!/bin/sh
printf 'inner %s\\n' "$*" >>"$STAGE/log"
case "$*" in
    *"import pip"*) [ -f .venv/pip ] ;;
    *"import sounddevice"*) [ -f "$STAGE/portaudio" ] ;;
    *version_info*) [ ! -f "$STAGE/venv outdated" ] ;;
    *cache_tag*) cat "$STAGE/tag" ;;
    "-m pip install"*) [ -f "$STAGE/online" ] ;;
    "-P -m coach doctor") echo "doctor looked"; exit 1 ;;
    "-P -m coach"*) echo "in $PWD:"; for word in "$@"; do echo "[$word]"; done; exit 7 ;;
    *) tool=${2:-layers}; [ "$BAD" = "$tool" ] && { echo "$tool found something"; exit 1; }; echo "$* ran" ;;
esac
"""

SUDO = """#!/bin/sh
unset DEBIAN_FRONTEND NEEDRESTART_MODE
printf 'sudo %s\\n' "$*" >>"$STAGE/log"
[ -f "$STAGE/sudo needs a password" ] && exit 1
shift
exec "$@"
"""

APT = """#!/bin/sh
printf 'apt-get %s (%s %s)\\n' "$*" "$DEBIAN_FRONTEND" "$NEEDRESTART_MODE" >>"$STAGE/log"
[ -f "$STAGE/online" ] || exit 1
case "$*" in
    *libportaudio2*) touch "$STAGE/portaudio" ;;
    *python3.11-venv*) touch "$STAGE/ensurepip"; rm -f "$STAGE/old python" ;;
esac
"""

ID = '#!/bin/sh\necho "$FAKE_UID"\n'


@dataclass
class Machine:
    """A stage with a checkout and a PATH of actors; facts about the machine are files in the stage's folder."""

    stage: Path
    uid: int = 1000
    bad: str = ""
    name: str = "my checkout"

    @property
    def checkout(self) -> Path:
        return self.stage / self.name

    def has(self, *facts: str) -> None:
        for fact in facts:
            (self.stage / fact).touch()

    def lacks(self, *facts: str) -> None:
        for fact in facts:
            (self.stage / fact).unlink(missing_ok=True)

    def act(self, name: str, text: str) -> None:
        path = self.stage / "bin" / name
        path.write_text(text)
        path.chmod(0o755)

    def run(self, script="start.sh", *arguments: str, cwd: Path | None = None):
        (self.stage / "log").write_text("")
        return subprocess.run(
            [SH, str(self.checkout / script), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            cwd=cwd or self.stage,
            env={
                "PATH": str(self.stage / "bin"),
                "STAGE": str(self.stage),
                "FAKE_UID": str(self.uid),
                "BAD": self.bad,
            },
        )

    def calls(self, start: str) -> list[str]:
        return [line for line in (self.stage / "log").read_text().splitlines() if line.startswith(start)]

    @property
    def installations(self) -> int:
        return len(self.calls("inner -m pip install"))


@pytest.fixture
def machine(tmp_path) -> Machine:
    """Online, with Python and PortAudio, without root and without apt-get."""
    made = Machine(tmp_path)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool))
    made.act("python3.11", PYTHON)
    made.act("id", ID)
    (tmp_path / "inner").write_text(INNER)
    (tmp_path / "tag").write_text("cpython-311\n")
    (made.checkout / "scripts").mkdir(parents=True)
    for name in ("start.sh", "test.sh", "scripts/setup.sh"):
        shutil.copy(project() / name, made.checkout / name)
    for name in ("requirements.lock", "requirements-test.lock", "pyproject.toml"):
        (made.checkout / name).write_text(name)
    made.has("online", "ensurepip", "portaudio")
    return made


def debian(machine: Machine, *, root: bool = False) -> None:
    machine.act("apt-get", APT)
    if root:
        machine.uid = 0
    else:
        machine.act("sudo", SUDO)


def test_the_first_start_without_a_terminal_installs_checks_and_says_how_to_start(machine):
    done = machine.run()
    assert done.returncode == 0
    assert done.stdout == "doctor looked\n"
    assert f"start the app with: sh {machine.checkout}/start.sh" in done.stderr
    assert any("--require-hashes" in call for call in machine.calls("inner -m pip install"))


def test_the_second_start_installs_nothing(machine):
    machine.run()
    machine.run()
    assert machine.installations == 0
    assert not machine.calls("python -m venv")


def test_coach_runs_in_the_callers_folder_with_the_words_as_they_were(machine, tmp_path):
    (tmp_path / "here").mkdir()
    done = machine.run("start.sh", "answer", "--input", "my answer.wav", "--ask", "", cwd=tmp_path / "here")
    assert done.returncode == 7
    told = done.stdout.splitlines()
    assert told[0] == f"in {tmp_path / 'here'}:"
    assert told[-5:] == ["[answer]", "[--input]", "[my answer.wav]", "[--ask]", "[]"]


def test_an_installation_that_breaks_off_is_said_and_done_again_the_next_time(machine):
    machine.lacks("online")
    done = machine.run()
    assert done.returncode == 1
    assert "did not finish" in done.stderr
    machine.has("online")
    assert machine.run().returncode == 0
    assert machine.installations == 2


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_a_changed_lock_file_is_installed(machine, changed):
    machine.run()
    (machine.checkout / changed).write_text("something newer")
    machine.run()
    assert machine.installations == 2


def test_another_python_in_the_environment_is_noticed(machine):
    machine.run()
    (machine.stage / "tag").write_text("cpython-312\n")
    machine.run()
    assert machine.installations == 2


def test_a_moved_checkout_is_noticed(machine):
    machine.run()
    machine.checkout.rename(machine.stage / "another place")
    machine.name = "another place"
    machine.run()
    assert machine.installations == 2


@pytest.mark.parametrize("break_it", ["no pip", "no interpreter", "venv outdated"])
def test_a_broken_environment_is_made_anew_from_nothing(machine, break_it):
    machine.run()
    leftover = machine.checkout / ".venv" / "leftover"
    leftover.touch()
    if break_it == "no pip":
        (machine.checkout / ".venv" / "pip").unlink()
    elif break_it == "no interpreter":
        (machine.checkout / ".venv" / "bin" / "python").unlink()
    else:
        (machine.checkout / ".venv" / "bin" / "python").write_text("#!/bin/sh\nexit 1\n")
    assert machine.run().returncode == 0
    assert not leftover.exists()
    assert machine.installations == 2


def test_without_a_fitting_python_one_is_asked_for(machine):
    machine.has("old python")
    done = machine.run()
    assert done.returncode == 1
    assert "Python 3.11 or 3.12" in done.stderr
    assert not (machine.checkout / ".venv").exists()


def test_a_missing_venv_package_is_installed_where_that_needs_no_password(machine):
    debian(machine)
    machine.lacks("ensurepip")
    assert machine.run().returncode == 0
    (call,) = machine.calls("apt-get")
    assert "install -y --no-install-recommends python3.11-venv" in call
    assert call.endswith("(noninteractive a)")


def test_without_root_a_pip_is_borrowed(machine):
    machine.lacks("ensurepip")
    machine.has("lender")
    assert machine.run().returncode == 0
    assert machine.calls("python -m venv --without-pip")
    assert machine.installations == 2


def test_where_nothing_helps_the_package_is_named_and_nothing_half_made_stays(machine):
    debian(machine)
    machine.has("sudo needs a password")
    machine.lacks("ensurepip")
    done = machine.run()
    assert done.returncode == 1
    assert "sudo apt install python3.11-venv" in done.stderr
    assert not machine.calls("apt-get")
    assert not (machine.checkout / ".venv").exists()


def test_another_reason_for_a_failed_environment_is_told_in_pythons_words(machine):
    machine.has("venv broken")
    done = machine.run()
    assert done.returncode == 1
    assert "made of cheese" in done.stderr


@pytest.mark.parametrize("root", [True, False])
def test_a_missing_sound_library_is_installed_without_a_question(machine, root):
    debian(machine, root=root)
    machine.lacks("portaudio")
    done = machine.run()
    assert done.returncode == 0
    assert "Installing libportaudio2" in done.stderr
    assert "is missing" not in done.stderr
    assert machine.calls("apt-get")[0].endswith("(noninteractive a)")


def test_without_internet_the_sound_library_is_tried_once_and_not_at_every_start(machine):
    debian(machine)
    machine.run()
    machine.lacks("portaudio", "online")
    first = machine.run()
    assert "Installing libportaudio2" in first.stderr
    assert machine.calls("apt-get")
    second = machine.run()
    assert (first.returncode, second.returncode) == (0, 0)
    assert "sudo apt install libportaudio2" in second.stderr
    assert not machine.calls("apt-get")


def test_the_test_command_runs_everything_and_pytest_last(machine):
    done = machine.run("test.sh", "-k", "two words")
    assert done.returncode == 0
    ran = done.stdout.splitlines()
    assert ran == [
        "-m ruff check . ran",
        "-m ruff format --check . ran",
        "-m mypy ran",
        ".venv/bin/lint-imports ran",
        "-m pytest -k two words ran",
    ]


@pytest.mark.parametrize("bad", ["ruff", "mypy", "layers", "pytest"])
def test_one_finding_is_enough_for_the_exit_code_and_stops_nothing(machine, bad):
    machine.bad = bad
    done = machine.run("test.sh")
    assert done.returncode == 1
    assert f"{bad} found something" in done.stdout
    assert "pytest" in done.stdout.splitlines()[-1]
    assert ("Not clean" in done.stderr) == (bad != "pytest")
