"""What the clock, the meter and the transcript show, as pure functions."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from coach.domain.finding import Evidence
from coach.domain.question import TimeBand
from coach.domain.session import ANSWER_STATES, AnswerLine
from coach.domain.transcript import Word
from coach.practice.delivery import clock_text
from coach.practice.feedback_order import headline, in_order, line_headline
from coach.practice.greeting import greeting
from coach.tui.dialogs.message import reflowed
from coach.tui.palette import commands
from coach.tui.screens.history import COLUMNS
from coach.tui.screens.home import DOORS
from coach.tui.widgets.clock import zone_bar, zone_text
from coach.tui.widgets.finding_card import card
from coach.tui.widgets.level_meter import meter_bar
from coach.tui.widgets.transcript_view import line_of, transcript_content, word_offsets
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


def test_how_sure_a_finding_is_is_told_in_words_and_what_it_follows_by_name():
    assert "This may be wrong: read your words and decide." in card(builders.finding(confidence=0.5)).plain
    told = card(builders.finding(confidence=0.9, guide="0 §4")).plain
    assert "I am sure of this." in told
    assert "This follows a guide to interview-day mistakes, section 4." in told
    assert not any(sign in told for sign in ("%", "§", "guide 0"))


def test_a_finding_begins_with_what_to_do_and_the_words_it_rests_on():
    told = card(builders.feedback().findings[0]).plain.splitlines()
    assert told[0] == "Next time: End with: 'So what I do now is ...'."
    assert told[1] == "You said: “One night I wrote the wrong dose for a patient.” at 0:03"


def test_a_long_quotation_is_shortened_and_further_places_are_counted():
    long = Evidence(0, 900, "I was sorry about the number " * 30, 3.0, 5.0)
    told = card(replace(builders.finding(), evidence=(long, long, long))).plain.splitlines()[1]
    assert len(told) < 200
    assert "I was sorry" in told
    assert told.endswith("at 0:03 and 2 more places, marked in your words")


def test_a_good_finding_gives_no_advice_for_next_time():
    assert "Next time" not in card(builders.finding(verdict="good")).plain


WORDS = st.lists(st.tuples(st.text("ab", min_size=1, max_size=50), st.sampled_from((" ", "\n", "\n\n"))), max_size=20)


@given(WORDS, WORDS, st.integers(4, 40))
def test_the_line_of_a_word_is_the_line_that_is_drawn(before, after, width):
    text = "".join(f"{word}{space}" for word, space in (*before, ("Xx", " "), *after))
    lines = [line.plain for line in Content(text).wrap(width)]
    assert "X" in lines[line_of(Content(text), text.index("X"), width)]


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


def test_what_became_of_an_answer_fits_its_column_in_the_history():
    line = AnswerLine("a", "s", "?", EVENING, "judged", 60.0)
    judged = [replace(line, overall=4.8, fixes=fixes) for fixes in (0, 1, 12)]
    assert [line_headline(one) for one in judged] == [f"4.8 of 5 · {fixes} to change" for fixes in (0, 1, 12)]
    others = (
        replace(line, fixes=0),
        replace(line, damaged=True),
        *(replace(line, state=state) for state in ANSWER_STATES),
    )
    (room,) = (column.least for column in COLUMNS if column.key == "result")
    assert all(0 < len(line_headline(one)) <= room for one in (*judged, *others))


def test_a_help_text_runs_on_and_keeps_the_column_of_the_keys():
    text = "One sentence that goes on.\nIt goes on here.\n\nenter  take this line, or the next one\nesc    leave"
    told = (
        "One sentence that goes on. It\ngoes on here.\n\nenter  take this line, or the\n       next one\nesc    leave"
    )
    assert reflowed(text, 30) == told


@given(st.text(alphabet="ab  \n", max_size=200), st.integers(20, 80))
def test_a_help_text_loses_no_word(text, width):
    assert reflowed(text, width).split() == text.split() or max(map(len, text.split())) > width
