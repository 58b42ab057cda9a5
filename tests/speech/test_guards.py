"""What was not said does not stand in the transcript."""

import numpy as np

from coach.speech.guards import collapse, guard, voiced_s
from coach.speech.recogniser import Heard, loops
from coach.speech.voice import FRAME_S
from tests.speech.builders import words


def voice(*spans: tuple[float, float], seconds: float = 20.0) -> np.ndarray:
    probabilities = np.full(int(seconds / FRAME_S), 0.02, dtype=np.float32)
    for start, end in spans:
        probabilities[int(start / FRAME_S) : int(end / FRAME_S)] = 0.95
    return probabilities


def text(found) -> str:
    return " ".join(word.text for word in found)


def test_a_thank_you_in_silence_is_dropped():
    said = words("I would like to come.") + words("Thank you.", start=6.0)
    assert text(guard(Heard(said), voice((0, 2.0)), 2.0)) == "I would like to come."


def test_a_thank_you_that_was_spoken_stays():
    said = words("I would like to come.") + words("Thank you.", start=2.4)
    assert text(guard(Heard(said), voice((0, 3.4)), 3.4)) == "I would like to come. Thank you."


def test_an_unsure_word_where_nobody_speaks_is_dropped_and_a_sure_one_stays():
    said = words("yes of course") + words("maybe", start=8.0, probability=0.2) + words("indeed", start=9.0)
    assert text(guard(Heard(said), voice((0, 1.5)), 1.5)) == "yes of course indeed"


def test_a_window_that_the_decoder_holds_for_silence_gives_no_words():
    said = words("you you you", probability=0.2)
    assert guard(Heard(said, no_speech=0.9, logprob=-1.4), voice((0, 0.5)), 0.5) == ()


def test_accented_speech_that_the_decoder_is_unsure_of_is_kept():
    said = words("my mother tongue is not English", probability=0.6)
    assert guard(Heard(said, no_speech=0.7, logprob=-1.2), voice((0, 3)), 2.4) == said


def test_a_loop_is_told_once():
    said = words("I am sorry " * 20, each=0.05)
    assert text(guard(Heard(said), voice((0, 2)), 2.0)) == "I am sorry"
    assert loops("I am sorry. " * 20)
    assert not loops("I grew up in Lagos, where my father ran a small pharmacy, and I helped him after school.")


def test_three_times_is_no_loop():
    said = list(words("no no no I said"))
    assert collapse(said) == said


def test_speech_is_counted_between_two_times():
    assert abs(voiced_s(voice((1, 3)), 2.0, 10.0) - 1.0) < 0.05
