"""Hesitations between the words."""

import pytest

from coach.speech.hesitations import SURE, is_hesitation, probability, with_hesitations
from tests.speech.builders import words


def written(found) -> str:
    return " ".join(f"<{w.text}>" if w.kind == "hesitation" else w.text for w in found)


@pytest.mark.parametrize("text", ["um", "Uh,", "uhm", "Hmm.", "mhm", "er", "erm", "uhhh", "ummm..."])
def test_written_hesitations_are_known(text):
    assert is_hesitation(text)


@pytest.mark.parametrize("text", ["am", "oh", "I", "a", "her", "uhuru", "hum", "me", "Mahmud", ""])
def test_words_are_not_hesitations(text):
    assert not is_hesitation(text)


def test_where_the_decoder_expects_one_it_stands():
    said = words("told my consultant")
    assert written(with_hesitations(said, (0.0, 0.0, 0.2, 0.0))) == "told my <um> consultant"


def test_at_the_start_of_a_sentence_more_is_asked():
    said = words("It was fine. In my town")
    assert written(with_hesitations(said, (0.05, 0, 0, 0.05, 0.05, 0, 0))) == "It was fine. In <um> my town"
    assert probability(0.05, at_start=True) < SURE < probability(0.05, at_start=False)


def test_a_written_one_is_marked_and_not_counted_twice():
    said = words("my um consultant")
    assert written(with_hesitations(said, (0.0, 0.9, 0.9, 0.0))) == "my <um> consultant"


def test_times_never_go_back():
    said = words("one two three", each=0.4)
    found = with_hesitations(said, (0.9, 0.9, 0.9, 0.9))
    starts = [word.start for word in found]
    assert starts == sorted(starts)
    assert all(word.end >= word.start for word in found)


def test_nothing_said_nothing_added():
    assert with_hesitations((), (0.99,)) == ()


def test_words_themselves_are_untouched():
    said = words("I moved to Ohio and began again")
    found = with_hesitations(said, (0.5,) * 8)
    assert tuple(word for word in found if word.kind == "word") == said
