"""What the clock, the meter and the transcript show, as pure functions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.question import TimeBand
from coach.domain.transcript import Word
from coach.practice.feedback_order import headline, in_order
from coach.practice.greeting import greeting
from coach.tui.palette import commands
from coach.tui.screens.home import DOORS
from coach.tui.widgets.clock import clock_text, zone_bar, zone_text
from coach.tui.widgets.finding_card import card
from coach.tui.widgets.level_meter import meter_bar
from coach.tui.widgets.transcript_view import transcript_content, word_offsets
from tests import builders
from tests.conftest import EVENING

BAND = TimeBand(60, 90, 120)


@pytest.mark.parametrize(
    ("seconds", "shown", "zone"),
    [
        (0, "0:00", "under 60 s"),
        (59.9, "0:59", "under 60 s"),
        (60, "1:00", "60 to 90 s"),
        (90.5, "1:30", "over 90 s"),
        (121, "2:01", "over 120 s"),
    ],
)
def test_the_clock_says_the_zone_in_words(seconds, shown, zone):
    assert clock_text(seconds) == shown
    assert zone_text(BAND, seconds).startswith(zone)


@given(st.floats(0, 10_000), st.integers(10, 200))
def test_the_zone_line_always_fits_and_shows_three_bounds(seconds, width):
    line = zone_bar(BAND, seconds, width)
    assert len(line) == width
    assert line.count("┃") == 3


@given(st.floats(-200, 20), st.integers(1, 100))
def test_the_meter_always_fits(peak, width):
    assert len(meter_bar(peak, width)) == width


def test_the_meter_is_empty_in_silence_and_full_at_full_scale():
    assert meter_bar(-90, 10) == "░" * 10
    assert meter_bar(0, 10) == "█" * 10


def test_words_are_found_in_the_text_in_order():
    words = (Word(" no,", 0, 1, 0.9), Word(" no", 1, 2, 0.9), Word(" gone", 2, 3, 0.9))
    assert [(s, e) for s, e, _ in word_offsets("no, no way", words)] == [(0, 3), (4, 6)]


@given(st.text(max_size=50), st.lists(st.text(max_size=8), max_size=6))
def test_any_words_give_places_inside_the_text(text, words):
    for start, end, word in word_offsets(text, [Word(w, 0, 1, 1) for w in words]):
        assert text[start:end] == word.text.strip()


def test_unsure_words_are_marked():
    unsure = builders.transcript("clear words", words=(Word("clear", 0, 1, 0.9), Word("words", 1, 2, 0.2)))
    content = transcript_content(unsure, (), None)
    assert [content.plain[s.start : s.end] for s in content.spans] == ["words"]


def test_markup_in_what_was_said_is_only_text():
    strange = builders.transcript("[bold]not bold[/bold]")
    assert transcript_content(strange, (), None).plain == "[bold]not bold[/bold]"


def test_what_to_change_comes_first_and_the_heaviest_of_it_on_top():
    light = builders.finding("a", "fix", weight=0.2)
    heavy = builders.finding("b", "fix", weight=0.9)
    good = builders.finding("c", "good", weight=5)
    assert [f.criterion for f in in_order((good, light, heavy))] == ["b", "a", "c"]


def test_a_finding_that_is_not_sure_says_so():
    assert "not sure" in card(builders.finding(confidence=0.5)).plain
    assert "not sure" not in card(builders.finding(confidence=0.9)).plain


def test_a_good_finding_gives_no_advice_for_next_time():
    assert "Next time" not in card(builders.finding(verdict="good")).plain


def test_the_greeting_fits_the_day_and_what_waits():
    assert greeting(EVENING, 0, 0).startswith("Good evening. Press enter")
    assert "one question so far" in greeting(EVENING.replace(hour=9), 1, 0)
    assert "2 recorded answers were not judged yet" in greeting(EVENING, 5, 2)


def test_the_palette_holds_every_door():
    assert {f"app.{door.action}" for door in DOORS} <= {action for _, _, action in commands()}


def test_the_headline_of_an_answer_without_feedback_says_where_it_stands():
    from coach.domain.session import Answer

    answer = Answer("a", "s", builders.question(), "?", 1, EVENING, state="failed")
    assert headline(answer) == "not judged, recording kept"
