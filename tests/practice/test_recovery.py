"""A process that is killed in mid-recording loses nothing that was on disk; the next start finds the take."""

import os
import signal
import subprocess
import sys
import textwrap
import wave

import pytest

from coach.practice.archive import Archive
from tests.conftest import project

SCRIPT = """
    import sys, time
    from datetime import UTC, datetime
    from pathlib import Path
    from coach.config import Home
    from coach.domain.session import Session
    from coach.practice.archive import Archive, utc_now
    from coach.practice.conductor import Conductor, Tools
    from coach.speech.vocabulary import Vocabulary
    from coach.audio.source import FileSource
    from tests import builders
    from tests.fakes import FakeWorker

    home = Home(Path(sys.argv[1]))
    sound = builders.wav(Path(sys.argv[2]), 30.0)
    archive = Archive(home)
    worker = FakeWorker(home, None, lambda event: None)
    tools = Tools(archive, worker, lambda: FileSource(sound), utc_now, lambda _: Vocabulary())
    conductor = Conductor(tools, Session("s", utc_now()), (builders.question(),), lambda event: None)
    began = time.monotonic()
    conductor.record()
    while conductor.seconds < 1.0:
        time.sleep(0.01)
    print("spoke", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_killed_app_is_found_again_with_all_but_the_last_half_second(home, tmp_path):
    command = [sys.executable, "-c", textwrap.dedent(SCRIPT), str(home.root), str(tmp_path / "in.wav")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=project()) as process:
        assert process.stdout.readline() == "spoke\n"
        process.kill()
    archive = Archive(home)
    assert archive.unfinished() == (), "it may still be recording in another window"
    (take,) = home.takes.rglob("*.wav")
    os.utime(take, (0, 0))
    (waiting,) = archive.unfinished()
    assert (waiting.state, waiting.take.state) == ("recorded", "interrupted")
    assert waiting.take.seconds >= 1.0
    with wave.open(str(waiting.take.path)) as opened:
        assert opened.getnframes() == waiting.take.frames
    assert archive.set_aside(waiting).state == "discarded"
    assert archive.unfinished() == ()
    archive.close()
