"""The take file holds every sample, whatever happens to the process."""

import signal
import subprocess
import sys
import textwrap
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.audio.takefile import HEADER_BYTES, TakeWriter, frames_on_disk, read_take
from coach.errors import AudioError
from tests.builders import tone


def test_what_was_spoken_is_what_is_read(tmp_path):
    spoken = tone(0.5)
    with TakeWriter(tmp_path / "a.wav") as writer:
        writer.write(spoken[:3000])
        writer.write(spoken[3000:])
    assert np.array_equal(read_take(tmp_path / "a.wav"), spoken)
    with wave.open(str(tmp_path / "a.wav")) as opened:
        assert (opened.getframerate(), opened.getnchannels(), opened.getnframes()) == (16_000, 1, 8_000)


def test_a_take_is_never_overwritten(tmp_path):
    (tmp_path / "a.wav").write_bytes(b"precious")
    with pytest.raises(AudioError, match="cannot be written"):
        TakeWriter(tmp_path / "a.wav")
    assert (tmp_path / "a.wav").read_bytes() == b"precious"


def test_any_player_can_open_it_while_it_grows(tmp_path):
    with TakeWriter(tmp_path / "a.wav") as writer:
        for number in range(1, 6):
            writer.write(tone(0.1))
            with wave.open(str(tmp_path / "a.wav")) as opened:
                assert opened.getnframes() == number * 1600


def test_a_full_disk_says_so_and_keeps_what_there_is(tmp_path, monkeypatch):
    writer = TakeWriter(tmp_path / "a.wav")
    writer.write(tone(0.1))

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer._wave, "writeframes", full)
    with pytest.raises(AudioError, match="No space left on device"):
        writer.write(tone(0.1))
    assert frames_on_disk(tmp_path / "a.wav") == 1600
    monkeypatch.undo()
    writer.close()


@given(cut=st.integers(min_value=0, max_value=2 * 1600))
def test_any_torn_file_gives_the_samples_it_holds(tmp_path_factory, cut):
    folder = tmp_path_factory.mktemp("torn")
    spoken = tone(0.1)
    with TakeWriter(folder / "a.wav") as writer:
        writer.write(spoken)
    torn = (folder / "a.wav").read_bytes()[: HEADER_BYTES + cut]
    (folder / "torn.wav").write_bytes(torn)
    assert np.array_equal(read_take(folder / "torn.wav"), spoken[: cut // 2])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_killed_process_leaves_a_readable_take(tmp_path):
    script = textwrap.dedent(
        f"""
        import sys
        sys.path.insert(0, {str(Path.cwd())!r})
        from pathlib import Path
        from coach.audio.takefile import TakeWriter
        from tests.builders import tone
        writer = TakeWriter(Path({str(tmp_path / "a.wav")!r}))
        while True:
            writer.write(tone(0.1))
            print(writer.frames, flush=True)
        """
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        told = [int(process.stdout.readline()) for _ in range(20)]
        process.kill()
    with wave.open(str(tmp_path / "a.wav")) as opened:
        assert opened.getnframes() >= told[-1] == 32_000
        assert len(opened.readframes(10**9)) == 2 * opened.getnframes()
