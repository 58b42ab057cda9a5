"""Delivery in numbers, from words and silences that are known."""

from itertools import pairwise

import pytest

from coach.domain.signal import Quality, Signal, Span
from coach.domain.transcript import Transcript, Word
from coach.judge.measures import at_sentence_end, longest_run, measure, repeats

GOOD = Quality(30.0, -3.0, -20.0, -60.0, 40.0, 0.0, usable=True)


def said(text: str, start: float = 0.0, each: float = 0.5) -> tuple[Word, ...]:
    return tuple(Word(word, start + i * each, start + (i + 0.8) * each, 0.9) for i, word in enumerate(text.split()))


def signal(*speech: tuple[float, float], seconds: float = 30.0, levels: tuple[float, ...] | None = None) -> Signal:
    spans = tuple(Span(a, b) for a, b in speech)
    pauses = tuple(Span(a.end, b.start) for a, b in pairwise(spans))
    return Signal(seconds, spans, pauses, levels or (-20.0,) * int(seconds * 10), GOOD)


def transcript(words: tuple[Word, ...], sound: Signal | None) -> Transcript:
    spoken = " ".join(w.text for w in words if w.kind == "word")
    return Transcript(spoken, words, sound.duration_s if sound else 30.0, "test", sound)


def test_the_two_rates_differ_by_the_silence():
    words = said("word " * 40)
    found = measure(transcript(words, signal((2.0, 12.0), (17.0, 27.0))))
    assert found.words == 40
    assert found.rate_wpm == pytest.approx(80)
    assert found.speech_rate_wpm == pytest.approx(120)
    assert found.first_word_s == 2.0


def test_a_text_alone_has_words_and_nothing_that_needs_sound():
    found = measure(Transcript("I would like to come.", (), 0.0, ""))
    assert found.words == 5
    assert found.rate_wpm is None
    assert found.hesitations is None


def test_too_little_speech_gives_no_rate():
    found = measure(transcript(said("just a few words"), signal((0.5, 4.0), seconds=5)))
    assert found.rate_wpm is None
    assert found.hesitations_per_minute is None


def test_pauses_between_and_inside_sentences_are_told_apart():
    words = said("I worked there.", start=0.0) + said("Then I went to", start=3.0) + said("Canada.", start=8.0)
    sound = signal((0.0, 1.4), (3.0, 5.0), (8.0, 28.0))
    found = measure(transcript(words, sound))
    assert [pause.start for pause in found.long_pauses] == [1.4, 5.0]
    assert found.pauses_inside_sentences == 1
    assert at_sentence_end(Span(1.4, 3.0), words)
    assert not at_sentence_end(Span(5.0, 8.0), words)


def test_a_word_whose_time_was_stretched_over_the_pause_is_still_the_word_before_it():
    words = (Word("there.", 1.0, 3.4, 0.9), Word("Then", 3.5, 3.8, 0.9))
    assert at_sentence_end(Span(1.5, 3.4), words)


def test_short_breaks_do_not_end_the_longest_stretch():
    assert longest_run(signal((0.0, 5.0), (5.6, 11.0), (14.0, 20.0))) == 11.0
    assert longest_run(signal()) is None


def test_hesitations_are_counted_and_are_no_words():
    um = Word("um", 1.0, 1.3, 0.7, kind="hesitation")
    words = (*said("so I"), um, *said("went " * 20, start=2.0))
    found = measure(transcript(words, signal((0.0, 30.0))))
    assert (found.words, found.hesitations, found.hesitations_per_minute) == (22, 1, 2.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the the patient was stable", (1, 0)),
        ("I was I was on call", (0, 1)),
        ("It was very very hard", (0, 0)),
        ("I had had enough", (0, 0)),
        ("He came. He came back later", (0, 0)),
        ("we we we waited", (2, 0)),
        ("in the in the in the ward", (0, 2)),
        ("nothing is said twice", (0, 0)),
        ("", (0, 0)),
    ],
)
def test_repeated_words_and_restarts(text, expected):
    assert repeats(said(text)) == expected


def test_sentences_that_fade_are_measured_at_their_ends():
    levels = []
    for _ in range(4):
        levels += [-20.0] * 25 + [-32.0] * 5 + [-70.0] * 10
    speech = [(4.0 * i, 4.0 * i + 3.0) for i in range(4)]
    words = tuple(w for i in range(4) for w in said("I was there then. ".strip(), start=4.0 * i, each=0.7))
    found = measure(transcript(words, signal(*speech, seconds=16.0, levels=tuple(levels))))
    assert found.sentence_end_drop_db == pytest.approx(11.3, abs=0.5)


def test_too_few_sentences_say_nothing_about_their_ends():
    found = measure(transcript(said("I was there."), signal((0.0, 12.0))))
    assert found.sentence_end_drop_db is None
