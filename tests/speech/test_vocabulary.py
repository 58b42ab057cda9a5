"""Names and terms: what the decoder is told, and what is corrected, visibly."""

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.transcript import Word
from coach.speech.vocabulary import FIELD_TERMS, HOTWORD_CHARACTERS, Correction, Vocabulary, correct, hotwords
from tests.speech.builders import words


def fixed(text: str, *corrections: Correction) -> str:
    return " ".join(word.text for word in correct(words(text), corrections or FIELD_TERMS))


def test_a_term_is_written_as_it_should_be_and_says_what_stood_there():
    found = correct(words("I need an h one b visa."), FIELD_TERMS)
    assert [word.text for word in found] == ["I", "need", "an", "H-1B", "visa."]
    assert found[3].was == "h one b"


def test_the_times_of_a_corrected_stretch_span_all_of_it():
    before = words("the ecf mg certificate")
    found = correct(before, FIELD_TERMS)
    assert (found[1].start, found[1].end) == (before[1].start, before[2].end)


def test_punctuation_around_a_term_stays():
    assert fixed("I passed usm le.") == "I passed USMLE."


def test_what_is_right_already_is_not_marked():
    found = correct(words("my ECFMG number"), FIELD_TERMS)
    assert [word.was for word in found] == ["", "", ""]


def test_nothing_inside_a_word_or_across_a_sentence_is_touched():
    assert fixed("I see you. One step. One more.") == "I see you. One step. One more."
    assert fixed("the steps one takes") == "the steps one takes"


def test_the_users_corrections_come_first():
    own = Correction("ball a tee", "Balaton")
    assert fixed("near lake ball a tee in summer", own) == "near lake Balaton in summer"


def test_a_hesitation_is_never_swallowed_by_a_correction():
    said = (*words("ecf"), Word("um", 0.5, 0.8, 0.9, kind="hesitation"), *words("mg", start=1.0))
    assert correct(said, FIELD_TERMS) == said


def test_too_many_terms_are_cut_not_refused():
    told = hotwords(Vocabulary(tuple(f"place number {i}" for i in range(200))))
    assert told.startswith("place number 0, place number 1")
    assert len(told) <= HOTWORD_CHARACTERS


@given(st.lists(st.text(alphabet="abc 1-.", min_size=1, max_size=6), max_size=12))
def test_any_words_come_through_in_order(texts):
    said = tuple(Word(text, float(i), i + 0.5, 0.9) for i, text in enumerate(texts))
    found = correct(said, FIELD_TERMS)
    assert [w.start for w in found] == sorted(w.start for w in found)
    assert " ".join(w.was or w.text for w in found) == " ".join(texts)
