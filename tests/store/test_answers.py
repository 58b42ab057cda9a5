"""What is kept of an answer comes back as it was, attempt by attempt."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.finding import Feedback
from coach.domain.measures import Measures
from coach.domain.question import Program, Question
from coach.domain.session import Session, Tried
from coach.domain.signal import Quality, Signal, Span
from coach.domain.take import Take
from coach.domain.transcript import Transcript, Word
from coach.errors import StoreError
from coach.store.answers import Answers
from coach.store.codec import dump, load
from coach.store.database import open_database
from tests import builders
from tests.conftest import EVENING


@pytest.fixture
def answers(tmp_path):
    database = open_database(tmp_path / "coach.db", tmp_path / "backups", EVENING)
    kept = Answers(database, tmp_path / "takes")
    kept.add_session(Session("s", EVENING))
    yield kept
    database.close()


def test_an_answer_grows_step_by_step_and_each_step_is_kept(answers, tmp_path):
    asked = answers.add_answer("s-01", "s", builders.question(), "In other words?", EVENING)
    assert (asked.state, asked.attempt, asked.asked_text) == ("asked", 1, "In other words?")
    take = Take(tmp_path / "takes" / "s" / "s-01.wav", 16_000, state="complete")
    assert answers.keep_take("s-01", take, "recorded").take == take
    transcript, measures = builders.transcript(), builders.measures()
    assert answers.keep_transcript("s-01", transcript, measures, EVENING).transcript == transcript
    judged = answers.keep_feedback("s-01", builders.feedback(), EVENING)
    assert judged.feedback == builders.feedback()
    assert (judged.state, judged.measures) == ("judged", measures)


def test_attempts_at_the_same_question_are_numbered(answers):
    attempts = [answers.add_answer(f"s-{n}", "s", builders.question(), "?", EVENING).attempt for n in (1, 2, 3)]
    other = answers.add_answer("s-4", "s", builders.question(id="other"), "?", EVENING)
    assert (attempts, other.attempt) == ([1, 2, 3], 1)
    assert [a.id for a in answers.history("tests/mistake")] == ["s-1", "s-2", "s-3"]


def test_a_new_transcript_stands_beside_the_old_one(answers):
    answers.add_answer("s-01", "s", builders.question(), "?", EVENING)
    answers.keep_transcript("s-01", builders.transcript("first try"), None, EVENING)
    newest = answers.keep_transcript("s-01", builders.transcript("second try"), None, EVENING)
    assert newest.transcript.text == "second try"
    assert answers._db.rows("SELECT count(*) FROM transcripts")[0][0] == 2


def test_choosing_sees_the_newest_mark_of_each_answer_and_reads_nothing_that_was_said(answers):
    for name in ("s-01", "s-02"):
        answers.add_answer(name, "s", builders.question(), "In other words?", EVENING)
    answers.keep_transcript("s-01", builders.transcript(), None, EVENING)
    for mark in (2.0, 3.6):
        answers.keep_feedback("s-01", builders.feedback(overall=mark), EVENING)
    with answers._db.transaction() as db:
        db.execute("UPDATE judgements SET feedback = 'damaged'")
    assert answers.tried() == (
        Tried("s-01", "tests/mistake", "In other words?", EVENING, "judged", 3.6),
        Tried("s-02", "tests/mistake", "In other words?", EVENING, "asked", None),
    )


def test_takes_are_kept_relative_so_that_the_home_can_be_moved(answers, tmp_path):
    answers.add_answer("s-01", "s", builders.question(), "?", EVENING)
    answers.keep_take("s-01", Take(tmp_path / "takes" / "s" / "a.wav"), "recording")
    moved = Answers(answers._db, tmp_path / "elsewhere")
    assert moved.answer("s-01").take.path == tmp_path / "elsewhere" / "s" / "a.wav"


def test_search_finds_words_of_the_question_and_of_the_answer(answers):
    answers.add_answer("s-01", "s", builders.question(), "Tell me about a mistake", EVENING)
    answers.keep_transcript("s-01", builders.transcript("the nurse checked the doses"), None, EVENING)
    for query in ("mistake", "nurses dose", "check", 'the "nurse', "mistak", "checki", "dosess", "NURSE", "nurse - ?"):
        assert [a.id for a in answers.search(query)] == ["s-01"], query
    for query in ("visa", "", "   ", "\0", "vi\0sa"):
        assert answers.search(query) == ()


def test_where_no_answer_holds_every_word_those_with_most_of_them_come_first(answers):
    for at, said in enumerate(("the nurse checked the doses", "the nurse slept", "a visa", "the nurse and the doses")):
        answers.add_answer(f"s-{at}", "s", builders.question(), "?", EVENING + timedelta(hours=at))
        answers.keep_transcript(f"s-{at}", builders.transcript(said), None, EVENING)
    lines = answers.lines("nurse doses helicopter")
    assert [line.id for line in lines] == ["s-3", "s-0", "s-1"]
    assert all(line.partly for line in lines)
    assert [a.id for a in answers.search("nurse doses helicopter")] == ["s-3", "s-0", "s-1"]
    lines = answers.lines("nurse doses")
    assert [(line.id, line.partly) for line in lines] == [("s-3", False), ("s-0", False)]
    assert answers.lines("helicopter") == ()


@given(st.text(max_size=60))
@settings(max_examples=50, deadline=None)
def test_any_search_text_is_harmless(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("search")
    database = open_database(folder / "coach.db", folder / "backups", EVENING)
    kept = Answers(database, folder)
    kept.add_session(Session("s", EVENING))
    kept.add_answer("s-01", "s", builders.question(), "Tell me", EVENING)
    kept.search(text.replace("\x00", ""))
    database.close()


def test_a_list_of_answers_tells_the_result_without_reading_what_was_said(answers, tmp_path, monkeypatch):
    answers.add_answer("s-1", "s", builders.question(), "First?", EVENING)
    answers.keep_take("s-1", Take(tmp_path / "takes" / "a.wav", 32_000), "recorded")
    answers.keep_transcript("s-1", builders.transcript("the nurse checked"), None, EVENING)
    answers.keep_feedback("s-1", builders.feedback(), EVENING)
    answers.add_answer("s-2", "s", builders.question(), "Second?", EVENING)
    answers.keep_feedback("s-2", builders.feedback(not_scored="Too short.", overall=None, findings=()), EVENING)
    answers.add_answer("s-3", "s", builders.question(), "Third?", EVENING)
    monkeypatch.setattr("coach.store.answers.load", None)
    told = [(line.id, line.asked_text, line.seconds, line.overall, line.fixes) for line in answers.lines()]
    assert told == [
        ("s-3", "Third?", None, None, None),
        ("s-2", "Second?", None, None, 0),
        ("s-1", "First?", 2.0, 3.6, 1),
    ]
    assert [line.id for line in answers.lines("nurse check")] == ["s-1"]
    assert answers.lines("visa") == ()
    assert answers.count() == 3


@pytest.mark.parametrize(
    ("table", "column"),
    [("answers", "question"), ("transcripts", "transcript"), ("transcripts", "measures"), ("judgements", "feedback")],
)
def test_a_damaged_part_is_left_out_and_told_and_hides_nothing_else(answers, table, column):
    for name in ("s-1", "s-2"):
        answers.add_answer(name, "s", builders.question(), "Asked?", EVENING)
        answers.keep_transcript(name, builders.transcript(), builders.measures(), EVENING)
        answers.keep_feedback(name, builders.feedback(), EVENING)
    with answers._db.transaction() as db:
        db.execute(f"UPDATE {table} SET {column} = '{{broken' WHERE rowid = 1")
    damaged, whole = answers.sessions()[0].answers
    assert "cannot be read any more" in damaged.problem
    assert (damaged.question.key, damaged.question.category) == ("tests/mistake", "behavioral")
    assert (whole.problem, whole.feedback) == ("", builders.feedback())
    assert [line.damaged for line in answers.lines()] == [False, table != "transcripts"]


def test_what_waits_is_everything_recorded_but_not_judged(answers, tmp_path):
    for number, state in enumerate(("asked", "recording", "recorded", "transcribed", "failed", "discarded", "judged")):
        answers.add_answer(f"s-{number}", "s", builders.question(id=str(number)), "?", EVENING)
        answers.set_state(f"s-{number}", state)
    assert [a.state for a in answers.unfinished()] == ["recording", "recorded", "transcribed", "failed"]


def test_an_unknown_answer_is_said_plainly(answers):
    with pytest.raises(StoreError, match="There is no answer 'x'"):
        answers.answer("x")
    with pytest.raises(StoreError, match="There is no answer 'x'"):
        answers.set_state("x", "failed")


plain = st.text(st.characters(blacklist_categories=("Cs",)), max_size=20)
seconds = st.floats(0, 600, allow_nan=False)
spans = st.builds(Span, seconds, seconds)
signals = st.builds(
    Signal,
    seconds,
    st.tuples(spans),
    st.tuples(spans, spans),
    st.tuples(seconds),
    st.builds(Quality, seconds, seconds, seconds, seconds, seconds, seconds, st.booleans(), st.tuples(plain)),
)
transcripts = st.builds(
    Transcript, plain, st.tuples(st.builds(Word, plain, seconds, seconds, seconds)), seconds, plain, signals | st.none()
)


@given(transcripts)
def test_any_transcript_comes_back_as_it_was(transcript):
    assert load(Transcript, dump(transcript)) == transcript


def test_questions_measures_and_feedback_come_back_as_they_were():
    question = replace(builders.question(), program=Program("p", "Prairie", facts=("open ICU",)))
    assert load(Question, dump(question)) == question
    assert load(Measures, dump(builders.measures())) == builders.measures()
    feedback = replace(builders.feedback(), labels={"question_kind": ("training", "support"), "plans": None})
    assert load(Feedback, dump(feedback)) == feedback


def test_a_damaged_column_is_one_sentence():
    with pytest.raises(StoreError, match="A kept transcript cannot be read"):
        load(Transcript, "{}")
