"""`check_bank`: every problem at once, with line, column, what is allowed and the nearest right name."""

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.bank.check import check_bank
from coach.bank.convert import bank_info, questions
from coach.domain.question import TimeBand
from tests.bank.banks import GOOD

TEN_MISTAKES = """\
format: 1
id: Night Float
title: Night float
autor: Me
defaults:
  answer_seconds: {low: 100, high: 90, stop: 80}
questions:
  - id: one
    ask: "Look \\e[31mhere"
    category: behavoral
    rephrasing: [a]
  - id: one
    ask: Tell me about {programm}.
    category: behavioral
    think_seconds: soon
    criteria: [closing_sumary]
  - id: three
    ask: x
    tags: Not A List
"""


def check(text, **options):
    return check_bank(text.encode(), "bank.yaml", **options)


def test_a_good_bank_becomes_questions_with_its_defaults():
    bank = check(GOOD).bank
    first, second = questions(bank)
    assert bank_info(bank).count == 2
    assert bank_info(bank).version == "2"
    assert first.key == "nights/first-night"
    assert first.band == TimeBand(45, 80, 110)
    assert first.tags == ("overload", "nights")
    assert first.asked_by == "chief_resident"
    assert first.rephrasings[1] == "What do you remember of your first call?"
    assert (second.category, second.think_s, second.country) == ("clinical", 30, "US")
    assert second.band == TimeBand(90, 150, 200)


def test_ten_mistakes_are_reported_at_once_each_at_its_place():
    checked = check(TEN_MISTAKES)
    assert checked.bank is None
    found = {(p.line, p.column): f"{p.problem} | {p.allowed}" for p in checked.problems}
    expected = {
        (2, 5): "small letters, digits and hyphens",
        (4, 1): "did you mean author?",
        (6, 19): "low <= high <= stop",
        (9, 10): "U+001B",
        (10, 15): "did you mean behavioral?",
        (11, 5): "did you mean rephrasings?",
        (12, 9): "used twice (first in line 8)",
        (13, 10): "did you mean {program}?",
        (15, 20): "must be a number ('soon')",
        (16, 16): "did you mean closing_summary?",
        (17, 5): "question 3, category is missing",
        (18, 10): "question 3, ask is too short",
        (19, 11): "must be a list",
    }
    assert set(found) == set(expected)
    for place, words in expected.items():
        assert words in found[place]


def test_problems_read_as_one_line_with_file_line_and_column():
    assert str(check("format: 1\n").problems[0]).startswith("bank.yaml:1:1: ")


def test_a_file_of_a_newer_coach_is_refused_with_that_reason_alone():
    problems = check(GOOD.replace("format: 1", "format: 2").replace("ask:", "asks:")).problems
    assert len(problems) == 1
    assert "newer coach" in problems[0].problem


def test_an_empty_file_a_list_and_missing_questions():
    assert "empty" in check("").problems[0].problem
    assert "does not start with keys" in check("- a\n").problems[0].problem
    assert any("questions is missing" in p.problem for p in check("format: 1\nid: x\ntitle: X\n").problems)
    assert any("must be keys with values" in p.problem for p in check(GOOD + "  - just text\n").problems)


def test_an_own_rubric_brings_its_own_criteria_and_must_exist_where_rubrics_are_known():
    text = GOOD.replace("language: en", "language: en\nrubric: strict").replace("result_stated", "says-please")
    assert check(text).bank is not None
    assert "did you mean strict?" not in str(check(text, rubrics=["strict"]).problems)
    missing = check(text, rubrics=["stricter"]).problems
    assert missing[0].line == 7
    assert "did you mean stricter?" in missing[0].allowed


def test_markup_and_hidden_characters_take_no_effect():
    text = GOOD.replace("Tell me about your first night alone.", '"[red]Tell[/] me [@click=app.quit]now"')
    assert questions(check(text).bank)[0].text == "(red)Tell(/) me (@click=app.quit)now"
    hidden = GOOD.replace("Night float", '"Night \\u202e float"')
    assert "U+202E" in check(hidden).problems[0].problem


def test_names_that_windows_cannot_write_are_no_bank_ids():
    assert "Windows" in check(GOOD.replace("id: nights", "id: con")).problems[0].problem


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_bank_or_problems(raw):
    checked = check_bank(raw, "bank.yaml")
    assert (checked.bank is None) == bool(checked.problems)


KEYS = [
    "format",
    "id",
    "title",
    "questions",
    "ask",
    "category",
    "tags",
    "answer_seconds",
    "low",
    "defaults",
    "facts",
    "criteria",
]
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), values))
def test_right_keys_with_wrong_values_never_raise(data):
    from coach.bank.export import to_yaml

    checked = check_bank(to_yaml(data).encode(), "bank.yaml")
    assert (checked.bank is None) == bool(checked.problems)
