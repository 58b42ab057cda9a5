"""The user's list of names and terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.config import Home
from coach.domain.question import Program
from coach.errors import CoachError
from coach.practice.vocabulary import MAX_TERM, parse_vocabulary, read_vocabulary, vocabulary_for
from coach.speech.vocabulary import Correction


def test_terms_and_corrections_are_read_and_comments_left_out():
    found = parse_vocabulary("# places\nBeira\n  Multan  # Pakistan\ncough ee -> Kofi\n\n")
    assert found.terms == ("Beira", "Multan", "Kofi")
    assert found.corrections == (Correction("cough ee", "Kofi"),)


def test_a_line_that_cannot_be_used_is_left_out():
    found = parse_vocabulary("-> nothing\nsomething ->\n" + "x" * (MAX_TERM + 1) + "\nBeira")
    assert found.terms == ("Beira",)
    assert found.corrections == ()


def test_the_programs_names_come_first_and_its_facts_never(tmp_path):
    home = Home(tmp_path)
    home.vocabulary.write_text("Beira\n")
    program = Program("p", "Mercy Hospital", region="Ohio", facts=("a rural track",), vocabulary=("Dr. Okafor",))
    assert vocabulary_for(home, program).terms == ("Dr. Okafor", "Mercy Hospital", "Ohio", "Beira")


def test_without_a_list_there_is_none(tmp_path):
    assert vocabulary_for(Home(tmp_path)).terms == ()


def test_a_file_that_is_no_list_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(CoachError, match="cannot be read"):
        read_vocabulary(tmp_path / "none.txt")
    large = tmp_path / "large.txt"
    large.write_bytes(b"a\n" * 100_000)
    with pytest.raises(CoachError, match="too large"):
        read_vocabulary(large)


@given(st.text())
def test_any_text_gives_clean_terms(text):
    found = parse_vocabulary(text)
    assert all(term and term.isprintable() and len(term) <= MAX_TERM for term in found.terms)
