"""Follow-up questions."""

from coach.practice.following import follow_up
from tests import builders


def test_a_follow_up_names_what_was_asked_first_and_stays_of_its_kind():
    asked = builders.question("Tell me about a mistake.", asked_by="chair")
    made = follow_up(asked, builders.finding(follow_up="And how did it end?"))
    assert made.text == "And how did it end? (You were asked: Tell me about a mistake.)"
    assert (made.key, made.category, made.asked_by) == ("tests/mistake+closing_summary", asked.category, "chair")
    assert made.rephrasings == ()


def test_a_follow_up_to_a_follow_up_names_the_first_question_once():
    asked = builders.question("Tell me about a mistake.")
    once = follow_up(asked, builders.finding(follow_up="And how did it end?"))
    again = follow_up(once, builders.finding("result_stated", follow_up="What changed?"))
    assert again.text == "What changed? (You were asked: Tell me about a mistake.)"
