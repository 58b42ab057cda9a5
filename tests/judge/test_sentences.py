from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.signal import Quality, Signal, Span
from coach.domain.transcript import Transcript, Word
from coach.judge.sentences import LONG_WORDS, split, split_text


def texts(text: str) -> list[str]:
    return [s.text for s in split_text(text)]


def test_full_stops_end_sentences_but_abbreviations_and_decimals_do_not() -> None:
    assert texts(
        "Dr. Osei gave 0.9 units at 4 a.m. to him. I stayed. Careful fails at 4 a.m. It has to be a step."
    ) == [
        "Dr. Osei gave 0.9 units at 4 a.m. to him.",
        "I stayed.",
        "Careful fails at 4 a.m.",
        "It has to be a step.",
    ]


def test_text_without_punctuation_is_cut_before_words_that_open_a_thought() -> None:
    text = "i was alone on the ward with nine patients and the nurse called me about bed four " * 3
    pieces = texts(text)
    assert len(pieces) == 2
    assert all(len(p.split()) <= LONG_WORDS for p in pieces)


def test_without_full_stops_the_longest_pause_decides() -> None:
    names = [f"w{i}" for i in range(40)]
    times = [0.3 * i + (1.2 if i >= 15 else 0.0) for i in range(40)]
    words = tuple(Word(n, t, t + 0.25, 0.9) for n, t in zip(names, times, strict=True))
    first, second = split(Transcript(" ".join(names), words, 14.0, "m"))
    assert first.text.endswith("w14")
    assert second.start_s == times[15]


def test_a_gap_of_the_word_times_that_the_signal_does_not_confirm_is_no_pause() -> None:
    names = [f"w{i}" for i in range(40)]
    times = [0.3 * i + (1.2 if i >= 15 else 0.0) for i in range(40)]
    words = tuple(Word(n, t, t + 0.25, 0.9) for n, t in zip(names, times, strict=True))
    quality = Quality(12, -3, -20, -60, 40, 0, True)
    quiet = Signal(14.0, (Span(0, 14),), (), (), quality)
    first, _ = split(Transcript(" ".join(names), words, 14.0, "m", quiet))
    assert first.text.endswith("w19")


def test_words_that_were_corrected_leave_the_other_times_in_place() -> None:
    words = (Word("I", 0.0, 0.1, 1), Word("use", 0.1, 0.4, 1), Word("smile", 0.4, 0.9, 1), Word("passed.", 1.0, 1.4, 1))
    (only,) = split(Transcript("I USMLE passed.", words, 2.0, "m"))
    assert (only.start_s, only.end_s) == (0.0, 1.4)


@given(st.text(alphabet="ab ., ?!…\n\u0130", max_size=400))
def test_sentences_hold_every_word_once_and_in_order(text: str) -> None:
    assert [w for s in split_text(text) for w in s.text.split()] == text.split()


@given(st.text(max_size=300))
def test_offsets_point_into_the_text(text: str) -> None:
    sentences = split_text(text)
    assert all(text[s.start : s.end] == s.text for s in sentences)
    assert all(a.end <= b.start for a, b in pairwise(sentences))
