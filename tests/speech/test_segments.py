"""Where speech is cut for the recogniser."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.speech.segments import LONGEST_S, Cut, Cutter, Pause, needed_silence, pieces
from coach.speech.voice import FRAME_S


def talk(seconds: float) -> list[float]:
    return [0.95] * round(seconds / FRAME_S)


def hush(seconds: float) -> list[float]:
    return [0.02] * round(seconds / FRAME_S)


def test_silence_alone_gives_nothing_to_decode():
    assert pieces(hush(20), 20) == []


def test_a_short_answer_is_one_piece_without_its_silences():
    found = pieces(hush(3) + talk(4) + hush(5), 12)
    assert len(found) == 1
    assert 2.6 <= found[0].start <= 3.0
    assert 7.0 <= found[0].end <= 7.4


def test_a_long_silence_ends_a_short_piece_and_a_breath_does_not():
    calm = pieces(talk(6.5) + hush(1.5) + talk(3), 11)
    flowing = pieces(talk(6.5) + hush(0.1) + talk(3), 9.6)
    assert len(calm) == 2
    assert len(flowing) == 1


def test_a_speaker_who_never_pauses_is_cut_at_the_quietest_place():
    dip = [0.5] * 3
    probabilities = talk(LONGEST_S - 3) + dip + talk(20)
    first = pieces(probabilities, len(probabilities) * FRAME_S)[0]
    assert abs(first.end - (LONGEST_S - 3)) < 0.2


def test_a_pause_is_told_once_before_any_cut():
    steps = Cutter().feed(talk(2) + hush(0.6) + talk(1))
    assert [type(step) for step in steps] == [Pause]


def test_the_longer_a_piece_the_shorter_the_silence_that_ends_it():
    silences = [needed_silence(seconds) for seconds in range(30)]
    assert silences == sorted(silences, reverse=True)


probabilities = st.lists(
    st.tuples(st.floats(0, 1), st.integers(1, 200)).map(lambda run: [run[0]] * run[1]), max_size=40
).map(lambda runs: [p for run in runs for p in run])


@given(probabilities)
@settings(max_examples=60, deadline=None)
def test_pieces_are_in_order_apart_and_short_enough(values):
    found = pieces(values, len(values) * FRAME_S)
    for piece in found:
        assert 0 <= piece.start < piece.end <= len(values) * FRAME_S + 1e-6
        assert piece.end - piece.start <= LONGEST_S + 0.5
    for before, after in pairwise(found):
        assert before.end <= after.start + 1e-6


@given(probabilities, st.integers(1, 97))
@settings(max_examples=60, deadline=None)
def test_how_the_sound_arrives_changes_nothing(values, block):
    at_once = [s.piece for s in Cutter().feed(values) if isinstance(s, Cut)]
    cutter = Cutter()
    bit_by_bit = [
        step.piece
        for i in range(0, len(values), block)
        for step in cutter.feed(values[i : i + block])
        if isinstance(step, Cut)
    ]
    assert at_once == bit_by_bit
