"""A microphone without a sound card: PulseAudio with a null sink, whose monitor is the default input."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = ("pulseaudio", "paplay", "pactl")


def missing() -> str:
    """Why there can be no virtual microphone here, or ""."""
    gone = [name for name in PROGRAMS if shutil.which(name) is None]
    if gone:
        return f"needs {', '.join(gone)} (Debian: pulseaudio pulseaudio-utils libasound2-plugins libportaudio2)"
    return ""


@contextmanager
def virtual_microphone(folder: Path) -> Iterator[dict[str, str]]:
    """Run a sound server below `folder`; gives the environment that programs need to find it."""
    run, home = folder / "run", folder / "home"
    run.mkdir(mode=0o700)
    home.mkdir()
    (home / ".asoundrc").write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(run), "HOME": str(home)}
    server = subprocess.Popen(
        [
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "--load=module-native-protocol-unix",
            "--load=module-null-sink sink_name=mic rate=48000 channels=1",
        ],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            if subprocess.run(["pactl", "info"], env=environment, capture_output=True, check=False).returncode == 0:
                break
            time.sleep(0.1)
        else:
            raise RuntimeError("pulseaudio did not start")
        yield environment
    finally:
        server.terminate()
        server.wait(10)


def speak(path: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Play a sound file into the microphone; returns at once."""
    return subprocess.Popen(["paplay", str(path)], env=environment, stderr=subprocess.DEVNULL)
