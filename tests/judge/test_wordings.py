import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.judge.wordings import Token, WordingError, compile_wording, find, tokens


def found(wording: str, text: str, **named: list[str]) -> list[str]:
    words = tokens(text)
    return [
        " ".join(w.text for w in words[a:b]) for one in compile_wording(wording, named) for a, b in find(one, words)
    ]


def test_case_and_punctuation_do_not_matter() -> None:
    assert found("so in short", "And SO, in short: I stay.") == ["so in short"]


def test_a_slash_gives_a_choice_and_brackets_an_option() -> None:
    assert found("my/the (current) program", "My program, the current program, a program.") == [
        "my program",
        "the current program",
    ]


def test_dots_stand_for_up_to_three_words() -> None:
    assert found("sorry ... score", "sorry about my low score") == ["sorry about my low score"]
    assert found("sorry ... score", "sorry I was never happy with that score") == []


def test_a_hyphen_is_as_good_as_a_space() -> None:
    assert found("h-1b", "I need an H-1B, yes an h 1b.") == ["h 1b", "h 1b"]


def test_numbers_in_digits_and_in_words() -> None:
    assert found("<NUMBER> patients", "twenty patients and 14 patients") == ["twenty patients", "14 patients"]


def test_a_named_list_is_put_in() -> None:
    assert found("<sorry> ... score", "I apologise for the score", sorry=["sorry", "apologise"]) == [
        "apologise for the score"
    ]


def test_any_form_of_a_word_goes_by_its_base_form() -> None:
    (wording,) = compile_wording("<apply>")
    assert find(wording, [Token("applied", 0, 7, "apply")]) == [(0, 1)]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("(", "bracket"),
        ("... sorry", "begins"),
        ("sorry ...", "ends"),
        ("(maybe)", "must be there"),
        ("<Not Known!>", "not known"),
        ("a b c d e f g h i j k l m", "at most 12"),
        ("x" * 300, "longer"),
    ],
)
def test_a_bad_wording_says_what_is_wrong(line: str, complaint: str) -> None:
    with pytest.raises(WordingError, match=complaint):
        compile_wording(line)


def test_lists_that_multiply_are_refused() -> None:
    many = [f"w{i}" for i in range(10)]
    with pytest.raises(WordingError, match="at most 40"):
        compile_wording("<a> <b>", {"a": many, "b": many})


@given(st.text(max_size=60), st.text(max_size=200))
def test_nothing_that_one_can_write_crashes_or_finds_outside(line: str, text: str) -> None:
    words = tokens(text)
    try:
        wordings = compile_wording(line)
    except WordingError:
        return
    for wording in wordings:
        places = find(wording, words)
        assert all(0 <= a < b <= len(words) for a, b in places)
        assert all(a[1] <= b[0] for a, b in pairwise(places))


def test_the_worst_wording_stays_quick_on_a_long_text() -> None:
    (wording,) = compile_wording("a ... a ... a ... a ... a ... b")
    words = tokens("a " * 10_000)
    begun = time.perf_counter()
    assert find(wording, words) == []
    assert time.perf_counter() - begun < 5
