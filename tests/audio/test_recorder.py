"""Recording: every block goes to disk, the meter is told, and a source that ends says why."""

import threading

import numpy as np
import pytest

from coach.audio import recorder as recorder_module
from coach.audio.files import read_mono
from coach.audio.recorder import Recorder
from coach.audio.source import FileSource
from coach.audio.takefile import read_take
from coach.errors import AudioError
from tests.builders import tone, wav
from tests.fakes import FakeMicrophone


class Heard:
    def __init__(self) -> None:
        self.levels, self.ends = [], []
        self.ended = threading.Event()

    def end(self, ended) -> None:
        self.ends.append(ended)
        self.ended.set()


def test_blocks_become_a_take(tmp_path):
    microphone, heard = FakeMicrophone(), Heard()
    recorder = Recorder(microphone, tmp_path / "t.wav", heard.levels.append, heard.end)
    recorder.start()
    microphone.speak(tone(0.1))
    microphone.speak(tone(0.1, loud=1.0), overflow=True)
    take = recorder.stop()
    assert (take.frames, take.overflows, take.state) == (3200, 1, "complete")
    assert np.array_equal(read_take(take.path), np.concatenate([tone(0.1), tone(0.1, loud=1.0)]))
    assert [level.clipped for level in heard.levels] == [False, True]


def test_a_stereo_microphone_of_another_rate_becomes_16_khz_mono(tmp_path):
    microphone, heard = FakeMicrophone(), Heard()
    microphone.rate, microphone.channels = 48_000, 2
    recorder = Recorder(microphone, tmp_path / "t.wav", heard.levels.append, heard.end)
    recorder.start()
    for _ in range(10):
        microphone.speak(np.repeat(tone(0.1, rate=48_000), 2))
    take = recorder.stop()
    assert abs(take.frames - 16_000) < 100
    assert abs(float(np.abs(read_take(take.path)[2000:]).max()) - 0.3 * 32767) < 400


def test_a_file_answers_and_its_end_is_told(tmp_path):
    heard = Heard()
    source = FileSource(wav(tmp_path / "in.wav", 0.5), speed=100)
    recorder = Recorder(source, tmp_path / "t.wav", heard.levels.append, heard.end)
    recorder.start()
    assert heard.ended.wait(10)
    take = recorder.stop()
    assert heard.ends[0].reason == "end of file"
    assert np.array_equal(read_take(take.path), read_mono(tmp_path / "in.wav"))


def test_an_unplugged_microphone_is_noticed_and_what_was_said_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(recorder_module, "LOST_AFTER_S", 0.05)
    microphone, heard = FakeMicrophone(), Heard()
    recorder = Recorder(microphone, tmp_path / "t.wav", heard.levels.append, heard.end)
    recorder.start()
    microphone.speak(tone(0.1))
    assert heard.ended.wait(10)
    assert heard.ends[0].reason == "microphone lost"
    assert recorder.stop().frames == 1600


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [("none.wav", None, "There is no sound file"), ("text.wav", b"hello", "cannot be read as sound")],
)
def test_what_is_no_sound_is_refused_in_one_sentence(tmp_path, name, content, says):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(AudioError, match=says):
        FileSource(tmp_path / name)


def test_a_senseless_speed_is_refused(tmp_path):
    with pytest.raises(AudioError, match=r"0\.1 to 1000"):
        FileSource(wav(tmp_path / "in.wav", 0.1), speed=0)
