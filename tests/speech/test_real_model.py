"""The real recogniser on made-up sound: nothing is invented, what is said is heard, stop where you like."""

import re
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np
import pytest

from coach.audio.files import read_mono
from coach.config import Home
from coach.speech.transcriber import load, transcribe
from coach.speech.vocabulary import Vocabulary
from tests.speech.builders import RATE, noise
from tests.voice import say

pytestmark = pytest.mark.model
PLAIN = Vocabulary()


@pytest.fixture(scope="module")
def ears(tmp_path_factory):
    return load("tiny.en", Home(tmp_path_factory.mktemp("home")))


def heard(ears, sound):
    return transcribe(ears, sound.astype(np.float32), PLAIN)


def keys(seconds: float) -> np.ndarray:
    """Typing: short clicks a few times a second over a soft hiss."""
    random = np.random.default_rng(3)
    sound = noise(seconds, -65)
    for at in np.cumsum(random.uniform(0.1, 0.35, int(seconds * 4))):
        start = int(at * RATE)
        if start + 800 < len(sound):
            sound[start : start + 800] += random.normal(0, 0.08, 800) * np.exp(-np.arange(800) / 120)
    return sound


def breath(seconds: float) -> np.ndarray:
    """Breathing: a soft rush that swells every four seconds."""
    t = np.arange(int(seconds * RATE)) / RATE
    return noise(seconds, -38) * np.maximum(0, np.sin(2 * np.pi * t / 4)).astype(np.float32)


def music(seconds: float) -> np.ndarray:
    """A slow melody of plain chords."""
    t = np.arange(int(seconds * RATE)) / RATE
    step = (t * 2).astype(int)
    tune = np.array([262, 330, 392, 523, 440, 349, 294, 392])[step % 8]
    return sum(0.05 * np.sin(2 * np.pi * np.cumsum(tune * k) / RATE) for k in (1, 1.5, 2))


@pytest.mark.parametrize(
    "sound",
    [np.zeros(20 * RATE), noise(20, -70), noise(20, -30), keys(20), breath(20), music(20), np.zeros(100)],
    ids=["silence", "quiet room", "loud noise", "typing", "breathing", "music", "almost nothing"],
)
def test_where_nobody_speaks_there_are_no_words(ears, sound):
    assert heard(ears, sound).text == ""


ANSWER = (
    "I grew up in Beira, um, near the harbour. My father ran a small pharmacy there. In my second year I was on call "
    "every, uh, third night, and I learned to ask for help early."
)
WORDS = set(re.findall(r"[a-z]+", ANSWER.lower()))


@pytest.fixture(scope="module")
def answer() -> np.ndarray:
    pytest.importorskip("piper", reason="the voice extra is not installed")
    return read_mono(say(ANSWER)).astype(np.float32) / 32768


def test_an_answer_is_heard_with_its_hesitations_apart(tmp_path, answer):
    """By the model that is used unless another is chosen: the hesitations were calibrated on it."""
    found = heard(load(None, Home(tmp_path)), answer)
    assert "My father ran a small pharmacy there." in found.text
    assert "um" not in found.text.split()
    assert [w.kind for w in found.words].count("hesitation") in (1, 2)


def test_times_run_forward_and_lie_in_the_recording(ears, answer):
    found = heard(ears, answer)
    assert all(a.start <= b.start for a, b in pairwise(found.words))
    assert found.words[-1].end <= found.duration_s + 0.5


@pytest.mark.parametrize("share", [0.15, 0.33, 0.52, 0.71, 0.9])
def test_a_cut_at_any_point_invents_no_closing(ears, answer, share):
    cut = answer[: int(len(answer) * share)]
    said = re.findall(r"[a-z]+", heard(ears, cut).text.lower())
    assert said
    assert sum(word not in WORDS for word in said) <= 3 + len(said) // 8, said  # a word cut in half may read as another
    assert not heard(ears, cut).text.lower().rstrip(".!").endswith(("thank you", "thanks for watching"))


def test_silence_after_the_answer_adds_nothing(ears, answer):
    long = np.concatenate([answer, noise(25, -60)])
    assert heard(ears, long).text == heard(ears, np.concatenate([answer, noise(2, -60)])).text


def test_an_answer_followed_live_reads_as_from_disk(ears, answer):
    live = ears.transcriber(PLAIN)
    for first in range(0, len(answer), RATE // 10):
        live.feed(answer[first : first + RATE // 10])
        live.work()
    both = (live.finish().text.lower().split(), heard(ears, answer).text.lower().split())
    same = SequenceMatcher(None, *both).ratio()
    assert same > 0.8, both
