"""Choosing what to practise: the same seed gives the same session, weak and due things come first."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from coach.bank.choosing import in_order, mixed, seconds_of, within, wording
from coach.bank.schedule import LONGEST_DAYS, due_dates, rating_of
from coach.domain.session import Tried
from coach.errors import UsageError
from coach.practice.choosing import (
    Attempt,
    Filter,
    Mark,
    Wish,
    attempts_of,
    baseline,
    choose,
    correct_rating,
    set_favourite,
    set_hidden,
    set_note,
)
from coach.practice.programs import ProgramRecord
from tests.bank.banks import bank_text, write_bank
from tests.builders import question

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
QUESTIONS = tuple(
    question(id=name, text=f"{name}?", category=c) for name, c in zip("abcdef", ("visa", "clinical") * 3, strict=True)
)


def ago(key, days, overall=None, **more):
    return Attempt(f"tests/{key}", NOW - timedelta(days=days), overall, **more)


def ids(questions):
    return "".join(q.id for q in questions)


def ordered(order, attempts=(), seed=1):
    return ids(in_order(QUESTIONS, order, attempts, random.Random(seed), NOW))


class Marks:
    """A mark store in memory."""

    def __init__(self):
        self.kept = {}

    def get_marks(self):
        return dict(self.kept)

    def set_mark(self, mark):
        self.kept[mark.question_key] = mark


def test_in_order_is_the_order_of_the_bank_and_random_depends_on_the_seed_alone():
    assert ordered("in-order") == "abcdef"
    assert ordered("random", seed=3) == ordered("random", seed=3)
    assert len({ordered("random", seed=seed) for seed in range(20)}) > 5


def test_random_takes_categories_in_turn_and_the_least_practised_first():
    attempts = [ago(key, 1, 3.0) for key in "abcd"]
    assert set(ordered("random", attempts)[:2]) == set("ef")
    assert [q.category for q in mixed(QUESTIONS)][:2] == ["visa", "clinical"]


def test_weakest_first_by_the_last_two_marks_with_the_unknown_in_the_middle():
    attempts = [ago("c", 9, 1.0), ago("c", 2, 4.0), ago("c", 1, 5.0), ago("d", 1, 2.0), ago("a", 1, 3.0)]
    result = ordered("weakest", attempts)
    assert result[:2] == "da"
    assert result[-1] == "c"


def test_due_first_then_new_then_what_can_wait():
    attempts = [ago("a", 10, 1.0), ago("b", 5, 1.0), ago("c", 0, 5.0)]
    result = ordered("due", attempts)
    assert result[:2] == "ab"
    assert result[-1] == "c"


def test_marks_become_ratings_and_a_correction_counts_instead():
    assert [rating_of(mark) for mark in (1, 1.9, 2, 3, 4, 4.5, 5)] == [1, 1, 2, 3, 3, 4, 4]
    soon = due_dates([ago("a", 1, 5.0, rating=1)])["tests/a"]
    late = due_dates([ago("a", 1, 5.0)])["tests/a"]
    assert soon < late
    assert due_dates([ago("a", 1)]) == {}


def test_the_same_history_gives_the_same_date_and_never_further_than_two_months():
    attempts = [ago("a", 400 - 30 * n, 5.0) for n in range(12)]
    dates = due_dates(attempts)
    assert dates == due_dates(reversed(attempts))
    assert dates["tests/a"] <= attempts[-1].when + timedelta(days=LONGEST_DAYS)


def test_a_session_in_minutes_counts_thinking_speaking_and_reading():
    assert seconds_of(question()) == 90 + 60
    assert len(list(within(QUESTIONS, 5))) == 2
    assert len(list(within(QUESTIONS, 1))) == 1
    assert list(within((), 5)) == []


def test_a_wording_that_was_not_heard_yet_is_preferred():
    asked = question()
    heard = {asked.text}
    assert wording(asked, random.Random(0), heard) == asked.rephrasings[0]
    assert wording(asked, random.Random(0), {asked.text, *asked.rephrasings}) in (asked.text, *asked.rephrasings)


# Over the library


@pytest.fixture
def shelf(home, library, no_shipped_banks):
    write_bank(home, "a.yaml", bank_text("a", *(f"Question {n}?" for n in range(8))))
    templates = bank_text("t", '"Why {program}?"', '"Why {specialty}?"', category="program_specific")
    write_bank(home, "t.yaml", templates)
    station = bank_text("s", "A station?") + "    tags: [mmi]\n"
    write_bank(home, "s.yaml", station)
    pack = bank_text("p", "A surgery question?") + "    specialty: surgery\n"
    write_bank(home, "p.yaml", pack)
    return library()


def chosen(shelf, wish, attempts=(), marks=None, record=None):
    return [one.question.text for one in choose(shelf, wish, attempts, marks or {}, NOW, record)]


def test_the_same_seed_is_the_same_session_and_templates_need_their_program(shelf):
    wish = Wish(count=100, seed=7)
    assert chosen(shelf, wish) == chosen(shelf, wish)
    assert set(chosen(shelf, wish)) == {f"Question {n}?" for n in range(8)}
    assert "Why surgery?" in chosen(shelf, Wish(count=100, specialty="surgery"))
    assert "Why Mercy?" in chosen(shelf, wish, record=ProgramRecord("m", "Mercy"))


def test_stations_and_other_specialties_come_only_when_asked_for(shelf):
    assert chosen(shelf, Wish(Filter(tags=("mmi",)))) == ["A station?"]
    assert chosen(shelf, Wish(Filter(banks=("p",)))) == ["A surgery question?"]
    assert "A surgery question?" in chosen(shelf, Wish(specialty="surgery", count=100))


def test_favourites_hidden_questions_and_notes(shelf):
    store = Marks()
    set_favourite(store, "a/q1", on=True)
    set_hidden(store, "a/q2", on=True)
    set_note(store, "a/q1", "tell the Lagos story")
    assert chosen(shelf, Wish(favourites=True), marks=store.get_marks()) == ["Question 0?"]
    assert "Question 1?" not in chosen(shelf, Wish(count=100), marks=store.get_marks())
    set_hidden(store, "a/q2", on=False)
    assert "Question 1?" in chosen(shelf, Wish(count=100), marks=store.get_marks())
    assert store.kept["a/q1"] == Mark("a/q1", favourite=True, note="tell the Lagos story")


def test_wishes_that_cannot_be_say_what_can(shelf):
    with pytest.raises(UsageError, match="did you mean weakest"):
        chosen(shelf, Wish(order="weekest"))
    with pytest.raises(UsageError, match="1 to 300"):
        chosen(shelf, Wish(count=0))


def test_past_answers_become_attempts_with_corrected_ratings():
    store = Marks()
    correct_rating(store, "tests/mistake", "x", 1)
    correct_rating(store, "tests/mistake", "y", 4)
    with pytest.raises(UsageError, match="rating 5"):
        correct_rating(store, "tests/mistake", "x", 5)
    tried = [
        Tried("x", "tests/mistake", "How?", NOW, "judged", 4.0),
        Tried("z", "tests/mistake", "How?", NOW, "transcribed"),
        Tried("gone", "tests/mistake", "How?", NOW, "discarded"),
    ]
    attempts = attempts_of(tried, store.get_marks())
    assert [(a.answer_id, a.overall, a.rating) for a in attempts] == [("x", 4.0, 1), ("z", None, None)]
    assert attempts_of(tried, {"tests/mistake": Mark("tests/mistake", card="not json")})[0].rating is None


def test_the_baseline_of_the_first_day_is_five_questions_in_their_order(library):
    asked = baseline(library())
    assert [q.key for q in asked] == [
        "about-you/tell-me-about-yourself",
        "why-specialty/why-this-specialty",
        "behavioral-growth/clinical-mistake",
        "behavioral-team/conflict-with-colleague",
        "strengths/greatest-weakness",
    ]
