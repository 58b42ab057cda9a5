"""Delivery in one line."""

from dataclasses import replace

from coach.domain.measures import Measures
from coach.domain.session import Answer
from coach.domain.signal import Quality, Signal, Span
from coach.domain.take import Take
from coach.practice.delivery import delivery, sound_warnings
from tests import builders
from tests.conftest import EVENING


def test_what_was_measured_is_told_in_words():
    measures = Measures(
        duration_s=70,
        words=150,
        rate_wpm=128.6,
        long_pauses=(Span(1, 2.5), Span(8, 9.1)),
        hesitations=4,
        repeated_words=2,
    )
    assert delivery(measures) == (
        "129 words a minute  ·  2 pauses over 1 s, the longest 1.5 s  ·  at least 4 um or uh  ·  2 repeated words"
    )


def test_what_was_not_measured_is_not_told():
    assert delivery(None) == ""
    assert delivery(Measures(duration_s=5, words=3, hesitations=0)) == ""


def test_a_poor_recording_and_lost_sound_are_said(tmp_path):
    quality = Quality(4, -1, -20, -30, 10, 0.2, usable=False, warnings=("The room is loud.",))
    spoken = replace(builders.transcript(), signal=Signal(5, (), (), (), quality))
    answer = Answer("a", "s", builders.question(), "?", 1, EVENING, transcript=spoken)
    assert sound_warnings(answer) == ("The room is loud.",)
    lossy = replace(answer, take=Take(tmp_path / "a.wav", 16_000, overflows=2))
    assert len(sound_warnings(lossy)) == 2
