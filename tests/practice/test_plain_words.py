"""Numbers and codes of a finding in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.practice.plain_words import shortened, source, standing, sureness, told
from tests import builders


@pytest.mark.parametrize(
    ("guide", "told"),
    [
        ("0 §4", "a guide to interview-day mistakes, section 4"),
        ("guide 0, section 4", "a guide to interview-day mistakes, section 4"),
        ("0 §6, question 2", "a guide to interview-day mistakes, section 6, question 2"),
        ("0 §2, §3, §7", "a guide to interview-day mistakes, sections 2, 3 and 7"),
        ("our chief resident", "our chief resident"),
        ("", ""),
    ],
)
def test_a_guide_is_named_so_that_a_candidate_understands_it(guide, told):
    assert source(builders.finding(guide=guide)) == told


def test_sureness_is_told_in_three_steps():
    assert [sureness(one) for one in (1.0, 0.9, 0.8, 0.65, 0.6, 0.0)] == [
        "I am sure of this",
        "I am sure of this",
        "I am fairly sure",
        "I am fairly sure",
        "This may be wrong: read your words and decide",
        "This may be wrong: read your words and decide",
    ]


def test_what_to_do_comes_first_and_praise_is_no_task():
    fix = builders.finding(advice="Close it.", why="They forget.", follow_up="And then?")
    assert told(fix, "“Thanks.”") == (
        ("Next time", "Close it."),
        ("You said", "“Thanks.”"),
        ("Why", "They forget."),
        ("They may ask", "And then?"),
    )
    assert told(builders.finding(verdict="good", advice="Keep it.", why="Good.")) == (
        ("Why", "Good."),
        ("", "Keep it."),
    )


def test_what_a_rubric_leaves_empty_is_not_announced():
    assert told(builders.finding(verdict="note", advice="", why="")) == ()
    assert standing(builders.finding(guide="")) == ("I am sure of this.",)


@given(st.text(max_size=400), st.integers(20, 200))
def test_a_shortened_text_fits_and_keeps_its_ends(text, most):
    short = shortened(text, most)
    assert len(short) <= most
    if len(text) > most:
        head, tail = short.split(" ... ")[0], short.split(" ... ")[-1]
        assert text.startswith(head)
        assert text.endswith(tail)
    else:
        assert short == text
