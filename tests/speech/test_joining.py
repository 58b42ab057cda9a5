"""Going on from an earlier reading."""

from coach.speech.joining import anchor, join
from tests.speech.builders import words


def text(found) -> str:
    return " ".join(word.text for word in found)


def test_with_little_sure_speech_everything_is_read_again():
    assert anchor(words("so I started")) is None
    assert anchor(()) is None


def test_reading_begins_again_in_the_widest_gap_a_few_seconds_back():
    sure = words("I was a medical officer for one year.") + words("Then I moved to another town", start=4.0)
    index, at = anchor(sure)
    assert sure[index].text == "Then"
    assert 3.1 < at < 4.0


def test_the_new_reading_goes_on_where_the_sure_words_end():
    sure = words("I was a medical officer maybe eight months in")
    again = words("medical officer maybe eight months in covering the male ward", start=1.2)
    joined = join(sure, 3, again)
    assert text(joined) == "I was a medical officer maybe eight months in covering the male ward"


def test_a_word_that_was_cut_in_half_at_the_start_does_not_come_in():
    sure = words("I was a medical officer maybe eight months in")
    again = words("cal officer maybe eight months in covering", start=1.2)
    assert text(join(sure, 3, again)) == "I was a medical officer maybe eight months in covering"


def test_readings_that_do_not_fit_are_not_forced_together():
    sure = words("I was a medical officer maybe eight months in")
    assert join(sure, 3, words("thank you for watching", start=1.2)) is None
