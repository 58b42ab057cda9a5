"""Following a take: what is read when, and what is left at the stop."""

from itertools import pairwise

import numpy as np

from coach.speech.live import Live, flowing, text_of
from tests.speech.builders import RATE, ScriptedDetector, ScriptedReader, spoken, words


def followed(script, seconds, *, block=0.1, work=True):
    """A take followed block by block as if live, with time enough to read between the blocks."""
    reader, captions = ScriptedReader(script), []
    live = Live(reader, ScriptedDetector(), captions.append)
    sound = spoken(script, seconds)
    step = int(block * RATE)
    for first in range(0, len(sound), step):
        live.feed(sound[first : first + step])
        while work and live.work():
            pass
    return live, reader, captions


STORY = words("the first part of the story is rather long and goes on for some time", start=0.5) + words(
    "then there is a second part that comes after a silence of two seconds", start=8.5
)


def test_everything_that_was_said_is_there_once_in_order():
    live, _, _ = followed(STORY, 16)
    assert live.finish() == STORY


def test_live_and_from_disk_hold_the_same_words():
    live, _, _ = followed(STORY, 16)
    late, _, _ = followed(STORY, 16, block=4.0, work=False)
    assert live.finish() == late.finish()


def test_when_the_speaker_paused_before_the_stop_nothing_is_left_to_read():
    live, reader, _ = followed(STORY, 16)
    before = len(reader.asked)
    live.finish()
    assert len(reader.asked) == before


def test_at_a_stop_in_mid_sentence_only_the_last_seconds_are_read():
    script = words(" ".join(f"word{i}" for i in range(40)), start=0.3)
    live, reader, _ = followed(script, 16.3)
    asked = len(reader.asked)
    assert live.finish() == script
    tail = reader.asked[asked:]
    assert len(tail) == 1
    assert tail[0][1] - tail[0][0] < 10


def test_what_is_final_is_never_read_again():
    _, reader, _ = followed(STORY, 16)
    cut = 8.0
    first_after = next(i for i, (start, _) in enumerate(reader.asked) if start >= cut)
    assert all(start >= cut for start, _ in reader.asked[first_after:])


def test_captions_appear_while_speaking_and_what_is_final_only_grows():
    _, _, captions = followed(STORY, 16)
    assert len(captions) >= 4
    finals = [caption.final for caption in captions]
    assert all(after.startswith(before) for before, after in pairwise(finals))
    assert captions[0].provisional


def test_silence_asks_the_recogniser_nothing():
    live, reader, captions = followed((), 12)
    assert live.finish() == ()
    assert reader.asked == []
    assert captions == []


def test_sound_that_is_final_is_let_go():
    long = tuple(w for i in range(20) for w in words("one two three four five six seven eight", start=i * 6.0 + 0.5))
    live, _, _ = followed(long, 121, block=0.5)
    assert live._held.nbytes + sum(s.nbytes for s in live._sound) < 40 * RATE * 4


def test_sound_may_come_in_blocks_of_any_size():
    sound = spoken(STORY, 16)
    live = Live(ScriptedReader(STORY), ScriptedDetector())
    random = np.random.default_rng(1)
    at = 0
    while at < len(sound):
        size = int(random.integers(1, 9000))
        live.feed(sound[at : at + size])
        live.work()
        at += size
    assert live.finish() == STORY


def test_a_full_stop_at_a_cut_in_mid_sentence_goes_and_true_ones_stay():
    said = words("I rewrote his chart. because I had to. Then at 4 a.m. he called Dr. brown")
    assert text_of(flowing(said)) == "I rewrote his chart because I had to. Then at 4 a.m. he called Dr. brown"
