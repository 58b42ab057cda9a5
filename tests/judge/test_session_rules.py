"""What only shows over several answers."""

from dataclasses import replace
from datetime import UTC, datetime

from coach.domain.finding import Evidence, Feedback, Finding, Value
from coach.domain.question import Question
from coach.domain.session import Answer
from coach.domain.transcript import Transcript
from coach.judge.schema import RubricFile
from coach.judge.sessions import judge_session
from coach.judge.view import Models
from tests.judge.fakes import bag_of_words, content_words, criterion, rubric

NIGHT = (
    "A man came at night with chest pain and I was alone. I called the senior at once. He lived and we wrote a list."
)
CLINIC = "The clinic in my village has one nurse and forty patients. We planned visits by bus days. Missed visits fell."


def said(
    name: str,
    labels: dict[str, Value],
    text: str = CLINIC,
    asked: str = "",
    by: str = "faculty",
    attempt: int = 1,
    gaps: tuple[tuple[str, float], ...] = (),
) -> Answer:
    question = Question(asked or name, "bank", asked or f"Question {name}?", "behavioral", asked_by=by)
    findings = tuple(
        Finding(c, f"About {c}", "yes", "fix", (Evidence(0, 1, text[:1]),), 0.9, "Why.", f"Mend {c}.", weight=w)
        for c, w in gaps
    )
    feedback = Feedback(labels, 4.0, findings)
    when = datetime(2026, 1, 1, tzinfo=UTC)
    transcript = Transcript(text, (), 60.0, "m")
    return Answer(name, "s", question, question.text, attempt, when, "judged", None, transcript, None, feedback)


def found(rule: dict[str, object], *answers: Answer) -> list[tuple[str, tuple[str, ...]]]:
    base = {"id": "rule", "title": "T", "detail": "{count} answers", "advice": "A"}
    file = RubricFile.model_validate(
        rubric(criterion([], id="thing"), criterion([], id="other"), session=[{**base, **rule}])
    )
    return [(f.criterion, f.answers) for f in judge_session(answers, file, Models(None, content_words, bag_of_words))]


AGAIN = {"kind": "again", "criterion": "thing", "values": ["yes"]}


def test_a_fault_in_two_answers_is_told_once_with_both() -> None:
    answers = said("1", {"thing": "yes"}), said("2", {"thing": "no"}), said("3", {"thing": "yes"})
    assert found(AGAIN, *answers) == [("thing", ("1", "3"))]
    assert found(AGAIN, *answers[:2]) == []


def test_only_the_last_attempt_at_a_question_counts() -> None:
    first = said("1", {"thing": "yes"}, asked="same")
    again = said("2", {"thing": "yes"}, asked="same", attempt=2)
    assert found(AGAIN, first, again) == []


def test_a_topic_that_comes_up_where_nobody_asked() -> None:
    rule = {"kind": "unasked", "criterion": "thing", "values": ["yes"], "question": ["visa"]}
    asked = said("1", {"thing": "yes"}, asked="Which visa do you need?")
    assert found(rule, asked, said("2", {"thing": "yes"})) == [("thing", ("1", "2"))]
    assert found(rule, asked, said("2", {"thing": "yes"}, asked="And the visa costs?")) == []


def test_leaving_in_one_answer_and_staying_in_another() -> None:
    rule = {"kind": "contradiction", "criterion": "thing", "values": ["yes"], "other": "other", "other_values": ["yes"]}
    leaving, staying = said("1", {"thing": "yes", "other": "no"}), said("2", {"thing": "no", "other": "yes"})
    assert found(rule, leaving, staying) == [("thing", ("1", "2"))]
    both = said("3", {"thing": "yes", "other": "yes"})
    assert found(rule, both) == []


def test_a_tone_for_one_side_of_the_table_only() -> None:
    rule = {"kind": "tone", "criterion": "thing", "values": ["yes"]}
    stiff = said("1", {"thing": "yes"}, by="program_director")
    assert found(rule, stiff, said("2", {"thing": "no"}, by="resident")) == [("thing", ("1",))]
    assert found(rule, stiff, said("2", {"thing": "yes"}, by="resident")) == []
    assert found(rule, stiff, said("2", {"thing": "no"})) == []


def test_the_same_story_for_two_questions() -> None:
    rule = {"kind": "same_story", "close": 0.8}
    one, other = said("1", {}, NIGHT), said("2", {}, "Okay so this is it for you. " + NIGHT)
    assert found(rule, one, other, said("3", {}, CLINIC)) == [("same_story", ("1", "2"))]
    assert found(rule, said("1", {}, NIGHT, asked="x"), said("2", {}, NIGHT, asked="x", attempt=2)) == []


def test_a_follow_up_may_stay_with_the_story_that_it_asks_about() -> None:
    rule = {"kind": "same_story", "close": 0.8}
    first, asked_more = said("1", {}, NIGHT, asked="x"), said("2", {}, NIGHT)
    followed = replace(asked_more, question=replace(asked_more.question, follows="x"))
    assert found(rule, first, asked_more) == [("same_story", ("1", "2"))]
    assert found(rule, first, followed) == []
    assert found(rule, first, followed, said("3", {}, NIGHT)) == [("same_story", ("1", "2", "3"))]


def test_a_story_told_three_times_is_named_once_with_all_its_answers() -> None:
    rule = {"kind": "same_story", "close": 0.8}
    bus = CLINIC + " I still phone the driver every Monday morning."
    night = [said(str(n), {}, f"Okay, answer {n} for you. " * (n > 1) + NIGHT) for n in (1, 2, 4)]
    answers = (*night[:2], said("3", {}, bus), night[2])
    assert found(rule, *answers) == [("same_story", ("1", "2", "4"))]
    assert found(rule, *answers, said("5", {}, bus)) == [("same_story", ("1", "2", "4")), ("same_story", ("3", "5"))]


def test_one_habit_to_work_on_next_is_the_one_that_costs_most() -> None:
    rule = {"kind": "habit"}
    one = said("1", {}, gaps=(("closing", 0.6), ("blame", 2.0)))
    other = said("2", {}, gaps=(("closing", 0.6),))
    assert found(rule, one, other) == [("closing", ("1", "2"))]
    assert found(rule, one) == []
