"""Follow-up questions."""

from coach.domain.session import Answer
from coach.practice.following import follow_up
from tests import builders
from tests.conftest import EVENING


def answered(question, asked=""):
    return Answer("s-01", "s", question, asked or question.text, 1, EVENING)


def test_a_follow_up_names_what_was_asked_first_and_stays_of_its_kind():
    asked = builders.question("Tell me about a mistake.", asked_by="chair")
    made = follow_up(answered(asked), builders.finding(follow_up="And how did it end?"))
    assert made.text == "And how did it end? (You were asked: Tell me about a mistake.)"
    assert (made.key, made.category, made.asked_by) == (
        "tests/mistake+closing_summary-missing",
        asked.category,
        "chair",
    )
    assert made.rephrasings == ()


def test_it_names_the_wording_that_was_asked():
    asked = builders.question("Tell me about a mistake.", rephrasings=("What went wrong once?",))
    made = follow_up(answered(asked, "What went wrong once?"), builders.finding(follow_up="And how did it end?"))
    assert made.text == "And how did it end? (You were asked: What went wrong once?)"
    assert made.follows == asked.text


def test_a_follow_up_to_a_follow_up_names_the_first_question_once():
    asked = builders.question("Tell me about a mistake.")
    once = follow_up(answered(asked), builders.finding(follow_up="And how did it end?"))
    again = follow_up(answered(once), builders.finding("result_stated", follow_up="What changed?"))
    assert again.text == "What changed? (You were asked: Tell me about a mistake.)"
    assert once.follows == again.follows == asked.text


def test_two_follow_ups_of_one_criterion_have_each_their_own_history():
    asked = answered(builders.question())
    keys = {follow_up(asked, builders.finding(value=value, follow_up=value)).key for value in ("weak", "missing")}
    assert len(keys) == 2
