"""Each kind of rule, written as in a rubric file."""

import pytest

from coach.domain.measures import Measures
from coach.domain.question import Question, TimeBand
from coach.domain.transcript import Transcript
from coach.judge.conditions import Conditions
from coach.judge.language import WordFacts
from coach.judge.schema import Condition
from coach.judge.view import Models, View
from tests.judge.fakes import FakeEncoder, FakeReading, bag_of_words, held, view

STORY = "I was alone. I was sorry for her. We talked. We laughed. I am sorry I was late. So I call first now."


def test_a_mention_counts_and_shows_its_words() -> None:
    found = held({"mention": {"wordings": ["sorry"], "at_least": 2}}, STORY)
    assert found.holds
    assert [STORY[a:b] for a, b in found.places] == ["sorry", "sorry"]
    assert not held({"mention": {"wordings": ["sorry"], "at_most": 1}}, STORY).holds


def test_mentions_in_neighbouring_sentences_are_one_passage() -> None:
    text = "I need a visa. The visa is a J-1. I like the clinic. I run there. My visa is ready."
    by = {"wordings": ["visa", "j-1"], "count_by": "passage"}
    assert held({"mention": {**by, "at_least": 2, "at_most": 2}}, text).holds
    assert held({"mention": {**by, "apart": 9, "at_most": 1}}, text).holds


def test_a_wording_does_not_reach_over_the_end_of_a_sentence() -> None:
    rule = {"mention": {"wordings": ["attempt ... sorry"]}}
    assert held(rule, "For my attempt I am sorry. That is all.").holds
    assert not held(rule, "I passed at the first attempt. I am sorry that I was late.").holds


def test_a_place_limits_where_it_counts() -> None:
    assert not held({"mention": {"wordings": ["sorry"], "where": "first sentence"}}, STORY).holds
    assert held({"mention": {"wordings": ["sorry"], "where": "closing"}}, STORY).holds
    question = {"mention": {"wordings": ["visa"], "where": "question"}}
    assert held(question, STORY, question="Which visa do you need?").holds


def test_sentences_with_other_words_can_be_left_out() -> None:
    rule = {"mention": {"wordings": ["sorry"], "unless_near": ["her"]}}
    assert len(held(rule, STORY).places) == 1


def facts(text: str) -> tuple[WordFacts, ...]:
    at = text.index("sorry")
    return (WordFacts(at, at + 5, "sorry", "others", negated=True, quoted=True),)


def test_who_says_it_denial_and_quotation_count() -> None:
    text = "He said he was not sorry for his score at all."
    models = Models(reader=facts)
    for wanted in ({"subject": "speaker"}, {"negated": "no"}, {"quoted": "no"}):
        assert not held({"mention": {"wordings": ["sorry"], **wanted}}, text, models=models).holds
    for wanted in ({"subject": "others"}, {"negated": "yes"}, {"quoted": "yes"}):
        assert held({"mention": {"wordings": ["sorry"], **wanted}}, text, models=models).holds


def test_without_a_pipeline_a_rule_about_the_subject_cannot_be_told() -> None:
    rule = {"mention": {"wordings": ["sorry"], "subject": "speaker"}}
    assert held(rule, STORY, models=Models()).holds is None


def test_meaning_goes_by_the_nearest_example_and_away_from_the_others() -> None:
    rule = {"meaning": {"like": ["I call first now."], "unlike": ["We laughed."], "close": 0.6}}
    found = held(rule, STORY)
    assert [STORY[a:b] for a, b in found.places] == ["So I call first now."]
    near_both = {"meaning": {"like": ["We laughed."], "unlike": ["We laughed."], "close": 0.6}}
    assert not held(near_both, STORY).holds
    assert held(rule, STORY, models=Models()).holds is None


def test_order_wants_one_before_the_other() -> None:
    assert held({"order": {"first": ["alone"], "then": ["talked"]}}, STORY).holds
    assert not held({"order": {"first": ["talked"], "then": ["alone"]}}, STORY).holds


def test_proportion_is_a_share_of_words() -> None:
    text = "It was because of the rain and the bus. I changed my route and my alarm and my list and it worked."
    rule = {"part": {"wordings": ["because"]}, "rest": {"wordings": ["changed"]}}
    assert held({"proportion": {**rule, "below": 0.5}}, text).holds
    assert not held({"proportion": {**rule, "at_least": 0.5}}, text).holds
    assert held({"proportion": {**rule, "least_words": 50}}, text).holds is None


def test_repetition_finds_the_same_run_of_words() -> None:
    text = "I always give my best. It was late. I always give my best."
    assert held({"repetition": {"words": 4}}, text).holds
    assert not held({"repetition": {"words": 4}}, "very very very very very late").holds


def test_coverage_counts_lists() -> None:
    parts = {"situation": ["alone"], "action": ["talked"], "result": ["discharged"]}
    assert held({"coverage": {"parts": parts, "at_least": 2}}, STORY).holds
    assert not held({"coverage": {"parts": parts, "at_least": 3}}, STORY).holds


@pytest.mark.parametrize(("of", "number"), [("words", 23), ("sentences", 6), ("questions", 0)])
def test_count(of: str, number: int) -> None:
    assert held({"count": {"of": of, "at_least": number, "below": number + 1}}, STORY).holds


def test_timing_goes_by_the_measure_or_by_the_zone_of_the_question() -> None:
    measures = Measures(duration_s=100.0, words=200, rate_wpm=170.0)
    assert held({"timing": {"measure": "rate_wpm", "at_least": 161, "below": 176}}, STORY, measures=measures).holds
    assert held({"timing": {"measure": "duration_s", "zone": "long"}}, STORY, measures=measures).holds
    short = Question("", "", "Why?", "visa", band=TimeBand(120, 150, 180))
    seen = View(Transcript(STORY, (), 100.0, ""), short, measures, Models())
    condition = Condition.model_validate({"timing": {"measure": "duration_s", "zone": "short"}})
    assert Conditions({}, None).holds(condition, seen, "length").holds
    assert held({"timing": {"measure": "hesitations_per_minute", "below": 5}}, STORY, measures=measures).holds is None


def test_the_reading_of_the_encoder_and_the_sentences_that_speak_for_it() -> None:
    weights = (0.0, 0.9, 0.1, 0.0, 0.8, -0.2)
    reading = FakeReading({"none": 0.1, "once": 0.7, "repeated": 0.2}, {"once": weights})
    models = Models(encoder=FakeEncoder({"criterion": reading}))
    found = held({"learned": {"value": "once", "likeliest": True}}, STORY, models=models)
    assert (found.holds, found.sure) == (True, 0.7)
    assert [STORY[a:b] for a, b in found.places] == ["I was sorry for her.", "I am sorry I was late."]
    assert not held({"learned": {"value": "repeated", "likeliest": True}}, STORY, models=models).holds
    assert not held({"learned": {"value": "once", "at_least": 0.8}}, STORY, models=models).holds
    assert held({"learned": {"value": "once"}}, STORY).holds is None
    assert held({"learned": {"value": "twice"}}, STORY, models=models).holds is None


def test_what_comes_back_is_shown_by_every_sentence_that_speaks_against_nothing_being_there() -> None:
    reading = FakeReading(
        {"none": 0.1, "repeated": 0.9}, {"none": (0.1, -0.9, 0.2, 0.0, -0.8, 0.1), "repeated": (0.0, 0.9, 0, 0, 0, 0)}
    )
    models = Models(encoder=FakeEncoder({"criterion": reading}))
    found = held({"learned": {"value": "repeated", "unlike": "none"}}, STORY, models=models)
    assert [STORY[a:b] for a, b in found.places] == ["I was sorry for her.", "I am sorry I was late."]


def test_what_comes_back_is_shown_twice_even_where_the_second_time_is_quieter() -> None:
    quiet = {"none": (0.1, -0.9, 0.2, 0.0, -0.1, 0.1), "repeated": (0.0, 0.9, 0, 0, 0, 0)}
    models = Models(encoder=FakeEncoder({"criterion": FakeReading({"none": 0.1, "repeated": 0.9}, quiet)}))
    found = held({"learned": {"value": "repeated", "unlike": "none"}}, STORY, models=models)
    assert [STORY[a:b] for a, b in found.places] == ["I was sorry for her.", "I am sorry I was late."]
    alone = {**quiet, "none": (0.1, -0.9, 0.2, 0.0, 0.1, 0.1)}
    models = Models(encoder=FakeEncoder({"criterion": FakeReading({"none": 0.1, "repeated": 0.9}, alone)}))
    found = held({"learned": {"value": "repeated", "unlike": "none"}}, STORY, models=models)
    assert [STORY[a:b] for a, b in found.places] == ["I was sorry for her."]


def test_passages_are_counted_by_where_the_encoder_sees_something() -> None:
    reading = FakeReading({"none": 0.1}, {"none": (-0.6, -0.9, 0.2, 0.0, -0.8, -0.1)})
    models = Models(encoder=FakeEncoder({"criterion": reading}))

    def times(**limits: object) -> bool | None:
        return held({"passages": {"unlike": "none", **limits}}, STORY, models=models).holds

    assert times(at_least=2, at_most=2)
    assert times(at_least=3) is False
    assert times(apart=3, at_most=1)
    assert times(strong=0.85, at_most=1)
    assert held({"passages": {"unlike": "none"}}, STORY).holds is None
    assert held({"passages": {"unlike": "calm"}}, STORY, models=models).holds is None


def test_joins_carry_what_cannot_be_told() -> None:
    yes, no = {"mention": {"wordings": ["alone"]}}, {"mention": {"wordings": ["together"]}}
    unknown = {"learned": {"value": "x"}}
    assert held({"all": [yes, {"not": no}]}, STORY).holds is True
    assert held({"all": [no, unknown]}, STORY).holds is False
    assert held({"all": [yes, unknown]}, STORY).holds is None
    assert held({"any": [yes, unknown]}, STORY).holds is True
    assert held({"any": [no, unknown]}, STORY).holds is None
    assert held({"not": unknown}, STORY).holds is None


def test_models_are_asked_only_once_for_an_answer() -> None:
    encoder = FakeEncoder({"criterion": FakeReading({"once": 1.0})})
    seen = view(STORY, models=Models(encoder=encoder, embedder=bag_of_words))
    assert seen.readings() is seen.readings()
    assert len(encoder.asked) == 1
    assert encoder.asked[0][3][0] == "I was alone."


def test_what_the_speaker_asks_is_a_place_of_its_own() -> None:
    text = "I like nights. So how do seniors help on nights. I would like to know who pays. We do nights too."
    assert len(held({"mention": {"wordings": ["nights"], "where": "asked"}}, text).places) == 1
    assert held({"mention": {"wordings": ["pays"], "where": "asked"}}, text).holds
