"""What questions do you have for us: the candidate asks, sees what it does, and plans the day."""

import pytest
from textual.widgets import Input, OptionList

from coach.practice.programs import load_programs, save_rank_order
from coach.tui.dialogs.message import Note
from coach.tui.screens.drill import DrillScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.practice import PracticeScreen
from coach.tui.widgets.bar import bar
from tests.tui.conftest import settle
from tests.tui.looking import footer_fits, shown, typed


@pytest.fixture
async def drill(app, home):
    """A pilot on the drill, with one program on the rank order list."""
    save_rank_order(home, ["uic-chicago"])
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("a")
        await settle(pilot)
        assert isinstance(app.screen, DrillScreen)
        yield pilot


async def ask(pilot, text: str) -> str:
    await pilot.press("slash")
    pilot.app.screen.query_one(Input).value = ""
    await typed(pilot, text)
    await pilot.press("enter")
    await settle(pilot)
    return shown(pilot.app.screen, "#drill-asked")


def planned(pilot) -> list[str]:
    lines = pilot.app.screen.query_one(OptionList)
    return [str(lines.get_option_at_index(at).prompt) for at in range(lines.option_count)]


async def test_a_prestige_question_weighs_little_and_gets_a_better_one(drill):
    await typed(drill, "How competitive is your program?")
    await drill.press("enter")
    await settle(drill)
    text = shown(drill.app.screen, "#drill-asked")
    assert "20 of 100" in text
    assert "prestige" in text
    assert "Ask instead:" in text
    assert footer_fits(drill.app.screen)


async def test_a_support_question_weighs_much(drill):
    assert "90 of 100" in await ask(drill, "What happens when an intern is overwhelmed at night?")


async def test_a_plan_is_kept_person_by_person_with_what_came_back(drill, home):
    await ask(drill, "How do you help interns who struggle?")
    await drill.press("a", "enter")
    await settle(drill)
    await ask(drill, "When do you start the visa papers?")
    await drill.press("a", "enter")
    await settle(drill)
    assert [line.split()[0] for line in planned(drill)] == ["coordinator", "resident"]
    await drill.press("h")
    await settle(drill)
    await typed(drill, "in March")
    await drill.press("ctrl+s")
    await settle(drill)
    assert planned(drill)[0].strip().startswith("✓")
    kept = load_programs(home).record("uic-chicago").to_ask
    assert {(one.who, one.heard) for one in kept} == {("coordinator", "in March"), ("resident", "")}
    await drill.press("x")
    await settle(drill)
    assert len(load_programs(home).record("uic-chicago").to_ask) == 1


async def test_the_same_question_is_planned_once(drill):
    await ask(drill, "How do you help interns who struggle?")
    await drill.press("a", "enter", "a", "enter")
    await settle(drill)
    assert len(planned(drill)) == 1


async def test_what_the_page_answers_is_warned_about(drill, home):
    fact = load_programs(home).record("uic-chicago").facts[0]
    text = await ask(drill, f"Is it true: {fact}?")
    assert "They have told you already" in text


async def test_without_a_program_adding_asks_for_one_first(home, app):
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("a")
        await settle(pilot)
        assert "No program chosen" in shown(pilot.app.screen, "#drill-said")
        await ask(pilot, "How do you help interns who struggle?")
        await pilot.press("a", "enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert len(planned(pilot)) == 1
        assert load_programs(home).records[0].to_ask


async def test_ideas_programs_and_practice_aloud(drill):
    await drill.press("enter")
    assert "Type a question first" in shown(drill.app.screen, "#drill-asked")
    await drill.press("a", "h", "x", "e", "down", "enter")
    await settle(drill)
    assert drill.app.screen.query_one(Input).value.endswith("?")
    await drill.press("g", "enter")
    await settle(drill)
    assert "Cleveland Clinic" in shown(drill.app.screen, "#drill-said")
    await drill.press("p")
    await settle(drill)
    assert isinstance(drill.app.screen, PracticeScreen)
    assert "questions for us" in shown(drill.app.screen, "#practice-place")


async def test_escape_leads_home_and_f1_explains(drill):
    await drill.press("f1")
    await settle(drill)
    assert isinstance(drill.app.screen, Note)
    await drill.press("escape")
    await settle(drill)
    await drill.press("escape")
    await settle(drill)
    assert isinstance(drill.app.screen, HomeScreen)


def test_a_weight_is_a_bar():
    assert bar(0) == "░" * 20
    assert bar(90).count("█") == 18
