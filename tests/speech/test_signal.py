"""Speech, silence and loudness, from synthetic sound whose truth is known."""

import numpy as np
import pytest

from coach.speech.quality import clipped_share
from coach.speech.signal import frame_levels, measure_signal, pauses_between, spans
from coach.speech.voice import FRAME_S
from tests.speech.builders import RATE, noise, tone


def recording(*parts: np.ndarray, hiss: float = -70.0) -> np.ndarray:
    sound = np.concatenate(parts)
    return sound + noise(len(sound) / RATE, hiss)


def voice(sound: np.ndarray, *where: tuple[float, float]) -> np.ndarray:
    """What a detector would say that is late by a frame or two at both ends."""
    probabilities = np.full(len(sound) // 512, 0.02, dtype=np.float32)
    for start, end in where:
        probabilities[int((start + 0.06) / FRAME_S) : int((end + 0.1) / FRAME_S)] = 0.9
    return probabilities


QUIET = np.zeros(RATE, dtype=np.float32)


def test_levels_are_in_decibel_of_full_scale():
    assert frame_levels(tone(1, -20), 1600) == pytest.approx(np.full(10, -20), abs=0.2)
    assert frame_levels(QUIET, 1600).max() == -90


def test_pauses_are_found_where_the_sound_stops_not_where_the_detector_does():
    sound = recording(QUIET, tone(3), QUIET, QUIET, tone(2), QUIET)
    signal = measure_signal(sound, voice(sound, (1, 4), (6, 8)))
    assert [(s.start, s.end) for s in signal.speech] == [
        pytest.approx((1, 4), abs=0.03),
        pytest.approx((6, 8), abs=0.03),
    ]
    assert len(signal.pauses) == 1
    assert signal.pauses[0].seconds == pytest.approx(2, abs=0.05)


def test_a_gap_between_words_is_no_pause():
    sound = recording(tone(2), QUIET[: RATE // 5], tone(2))
    assert measure_signal(sound, voice(sound, (0, 4.2))).pauses == ()


def test_a_door_that_slams_is_not_speech():
    sound = recording(QUIET, tone(0.3, -5), QUIET, QUIET, tone(2, -20), QUIET)
    signal = measure_signal(sound, voice(sound, (3.3, 5.3)))
    assert len(signal.speech) == 1


def test_a_good_recording_has_no_warning():
    sound = recording(QUIET, tone(6, -22), QUIET)
    quality = measure_signal(sound, voice(sound, (1, 7))).quality
    assert quality.usable
    assert quality.warnings == ()
    assert quality.speech_db == pytest.approx(-22, abs=0.5)
    assert quality.snr_db == pytest.approx(48, abs=3)


@pytest.mark.parametrize(
    ("sound", "said"),
    [
        (recording(QUIET, tone(5, -52), QUIET, hiss=-85), "very quiet"),
        (recording(QUIET, tone(5, -25), QUIET, hiss=-32), "much noise"),
        (np.clip(recording(QUIET, tone(5, 3), QUIET), -1, 1), "distorted"),
    ],
)
def test_a_poor_recording_says_what_to_mend(sound, said):
    quality = measure_signal(sound, voice(sound, (1, 6))).quality
    assert any(said in warning for warning in quality.warnings)


def test_silence_and_nothing_at_all_are_not_usable():
    for sound in (np.zeros(3 * RATE, dtype=np.float32), np.zeros(0, dtype=np.float32)):
        quality = measure_signal(sound, np.zeros(len(sound) // 512, dtype=np.float32)).quality
        assert not quality.usable
        assert quality.warnings


def test_one_loud_sample_is_not_clipping():
    sound = tone(1, -20)
    sound[100] = 1.0
    assert clipped_share(sound) == 0
    sound[200:216] = 1.0
    assert clipped_share(sound) == pytest.approx(16 / RATE)


def test_spans_join_over_short_silences_and_leave_out_blips():
    active = np.zeros(500, dtype=bool)
    active[100:200] = active[220:300] = active[400:405] = True
    found = spans(active, 5.0)
    assert [(s.start, s.end) for s in found] == [(1.0, 3.0)]
    assert pauses_between(found) == ()
