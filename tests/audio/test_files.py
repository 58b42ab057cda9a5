"""Sound files from elsewhere: what is read, and what is refused with a sentence."""

import wave

import av
import numpy as np
import pytest

from coach.audio import files
from coach.audio.files import read_mono
from coach.domain.take import SAMPLE_RATE
from coach.errors import AudioError


def tone(seconds: float = 1.0, rate: int = SAMPLE_RATE) -> np.ndarray:
    return (np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate) * 9000).astype(np.int16)


def write_wav(path, samples, rate=SAMPLE_RATE, channels=1):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.astype("<i2").tobytes())
    return path


def write_with(codec, path, rate=48_000):
    samples = tone(rate=rate)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples[None], format="s16", layout="mono")
        frame.sample_rate = rate
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return path


def refusal(path) -> str:
    with pytest.raises(AudioError) as refused:
        read_mono(path)
    return str(refused.value)


def test_a_wav_at_our_rate_is_read_sample_by_sample(tmp_path):
    assert np.array_equal(read_mono(write_wav(tmp_path / "a.wav", tone())), tone())


def test_a_stereo_file_of_another_rate_becomes_mono_at_ours(tmp_path):
    both = np.repeat(tone(rate=44_100), 2)
    read = read_mono(write_wav(tmp_path / "a.wav", both, rate=44_100, channels=2))
    assert abs(len(read) - SAMPLE_RATE) <= 1
    assert 8_000 < np.abs(read).max() < 10_000


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("a.flac", "flac"),
        ("a.mp3", "libmp3lame"),
        ("voice memo.m4a", "aac"),
        ("a.3gp", "aac"),
        ("a.aac", "aac"),
        ("a.opus", "libopus"),
        ("a.webm", "libopus"),
        ("a.aiff", "pcm_s16be"),
        ("a.caf", "pcm_s16be"),
    ],
)
def test_what_phones_and_recorders_write_is_read(tmp_path, name, codec):
    read = read_mono(write_with(codec, tmp_path / name))
    assert abs(len(read) - SAMPLE_RATE) < 0.05 * SAMPLE_RATE
    assert np.abs(read).max() > 8_000


def test_a_colon_in_a_name_is_not_taken_for_an_address(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_wav(tmp_path / "tape:1.wav", tone())
    assert len(read_mono(files.Path("tape:1.wav"))) == SAMPLE_RATE


@pytest.mark.parametrize(
    "text",
    [
        "ffconcat version 1.0\nfile secret.wav\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:1,\nsecret.wav\n#EXT-X-ENDLIST\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 9 RTP/AVP 0\n",
    ],
    ids=["ffconcat", "playlist", "session description"],
)
def test_a_list_of_other_files_that_is_called_wav_opens_none_of_them(tmp_path, text):
    write_wav(tmp_path / "secret.wav", tone())
    (tmp_path / "answer.wav").write_text(text)
    assert "cannot be read as sound" in refusal(tmp_path / "answer.wav")


@pytest.mark.parametrize("content", [b"", b"I am a text.", b"RIFF", b"RIFF\xff\xff\xff\xffWAVEfmt "])
def test_what_is_not_sound_is_refused_and_the_readable_kinds_are_named(tmp_path, content):
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    assert "M4A" in refusal(path)


def test_a_wav_without_a_sample_holds_no_sound(tmp_path):
    assert "sound" in refusal(write_wav(tmp_path / "a.wav", tone(0)))


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert "There is no sound file" in refusal(tmp_path / "none.wav")
    assert "There is no sound file" in refusal(tmp_path)


def test_a_file_of_hours_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_SECONDS", 60)
    assert "longer than 1 minutes" in refusal(write_wav(tmp_path / "a.wav", tone(61)))


def test_a_huge_file_is_refused_before_it_is_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 1 << 20)
    (tmp_path / "a.wav").write_bytes(bytes((1 << 20) + 1))
    assert "larger than 1 MB" in refusal(tmp_path / "a.wav")
