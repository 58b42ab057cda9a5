"""The questions-for-them drill: which kind, how much it does for the candidate, whom to ask, what is known already."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.bank.asking import split_questions
from coach.errors import UsageError
from coach.practice.drill import KINDS, ROLES, WEIGHTS, ToAsk, look_at, plan, run_drill, with_plan
from coach.practice.programs import SIGNALS, ProgramRecord, Visa, load_programs, save_program

MERCY = ProgramRecord("mercy", "Mercy", visa=Visa(("J-1",)), facts=("Night float with two seniors in house",))


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        ("How competitive is your program?", "prestige", "director"),
        ("What are your fellowship match rates?", "prestige", "director"),
        ("Do you sponsor visas?", "logistics", "coordinator"),
        ("How much vacation do residents get?", "logistics", "coordinator"),
        ("What makes an intern successful here in the first three months?", "training", "resident"),
        ("How do attendings give feedback after rounds?", "training", "faculty"),
        ("What systems are there when residents feel overwhelmed?", "support", "resident"),
        ("How do seniors back up interns on busy call nights?", "support", "resident"),
        ("Who handles coverage when somebody is struggling?", "support", "chief"),
        ("Where do people buy bread?", "other", "resident"),
    ],
)
def test_the_guides_examples_fall_into_the_guides_kinds(text, kind, who):
    seen = look_at(text)
    assert (seen.kind, seen.who, seen.weight) == (kind, who, WEIGHTS[kind])


@pytest.mark.parametrize(
    "text",
    [
        "What happens when somebody asks about H-1B, or about waiver jobs later?",
        "When did the program start your visa papers, and who did the work?",
        "Has a resident here ever lost a place because of a visa?",
        "How early did they start your visa?",
        "Do they ever discourage people from switching from J-1 to H-1B?",
        "Did you have to fight for your H-1B?",
    ],
)
def test_how_residents_fared_with_visas_is_support_and_for_residents(text):
    seen = look_at(text, MERCY)
    assert seen.kinds == ("support", "logistics")
    assert (seen.who, seen.answered) == ("resident", "")
    assert "Ask a resident" in seen.better.why


@pytest.mark.parametrize(
    "text",
    [
        "Do you sponsor H-1B?",
        "Do you support visas?",
        "Do you support the H-1B visa?",
        "What is your visa policy?",
        "Can you confirm you'd file H-1B for me, because it decides how I rank?",
        "How early will the program start the DS 2019 for my visa?",
        "If you do the J-1 first, can you change it to H-1B in the second year?",
    ],
)
def test_what_the_visa_policy_is_stays_logistics_for_the_coordinator(text):
    seen = look_at(text, MERCY)
    assert seen.kinds == ("logistics",)
    assert (seen.who, seen.answered) == ("coordinator", "It sponsors J-1.")


def test_the_questions_of_the_nine_signals_are_not_called_unclear():
    for question in (question for guide in SIGNALS for question in guide.ask):
        seen = look_at(question)
        assert seen.who == "resident"
        assert "from their own life" in seen.better.why


def test_weak_questions_get_something_to_ask_instead():
    assert look_at("How competitive is your program?").better.instead
    assert "coordinator" in look_at("Do you sponsor visas?").better.instead
    assert "how or what" in look_at("Do you support residents who struggle?").better.why


def test_what_the_page_answers_is_said_before_it_is_asked():
    assert look_at("Do you sponsor visas?", MERCY).answered == "It sponsors J-1."
    assert look_at("How many seniors are in house with night float?", MERCY).answered.startswith("Night float")
    assert look_at("How is feedback given?", MERCY).answered == ""


def test_a_spoken_round_is_split_judged_and_summed_up():
    said = (
        "Thank you. I read about your clinic. How do interns learn procedures? And how do seniors help on busy nights?"
    )
    drill = run_drill(said, MERCY)
    assert [one.kind for one in drill.asked] == ["training", "support"]
    assert drill.mean_weight == 85
    assert any("three or more" in remark for remark in drill.remarks)


def test_no_questions_and_a_prestige_opening_are_named():
    assert "no interest" in run_drill("No, thank you, all is clear.").remarks[0]
    assert "open with prestige" in run_drill("How competitive are you?").remarks[0]


def test_speech_without_question_marks_is_split_into_sentences_that_ask():
    assert split_questions("Thank you. I was wondering how feedback works.") == ("I was wondering how feedback works.",)


def test_another_classifier_can_stand_in():
    class Always:
        def kinds(self, text):
            return ("support",)

    assert run_drill("How competitive are you?", classifier=Always()).asked[0].kind == "support"


def test_the_plan_says_who_is_asked_what_and_is_kept_in_the_program(home):
    planned = plan(["Do you sponsor visas?", "How do seniors back up interns at night?", "Do you sponsor visas?"])
    assert list(planned) == list(ROLES)
    assert [one.text for one in planned["coordinator"]] == ["Do you sponsor visas?"]
    record = with_plan(
        MERCY, [ToAsk("How do seniors back up interns?", "resident"), ToAsk("What changes next?", "director")]
    )
    save_program(home, record)
    assert load_programs(home).record("mercy").to_ask == record.to_ask
    with pytest.raises(UsageError, match="twice"):
        with_plan(MERCY, [ToAsk("Why?", "resident"), ToAsk("why?", "resident")])
    with pytest.raises(UsageError, match="Nobody"):
        with_plan(MERCY, [ToAsk("Why?", "dean")])


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_a_round_with_known_kinds(text):
    drill = run_drill(text, MERCY)
    assert all(one.kind in KINDS and one.who in ROLES for one in drill.asked)
