"""The candidate's programs: the table, the form, what residents said, comparison, and the rank order list."""

import csv
import threading
from dataclasses import replace

import pytest
from textual.widgets import Checkbox, Input, OptionList, Select, TextArea

from coach.errors import BankError
from coach.practice.programs import Numbers, ProgramRecord, Rank, Visa, load_programs, new_program, ranked, save_program
from coach.tui.dialogs.confirm import Confirm
from coach.tui.dialogs.message import Note
from coach.tui.screens.facts import FactsScreen
from coach.tui.screens.practice import PracticeScreen
from coach.tui.screens.program_compare import CompareScreen, PickPrograms
from coach.tui.screens.program_fields import FIELDS
from coach.tui.screens.program_form import ProgramFormScreen
from coach.tui.screens.program_signals import HeardDialog, SignalsScreen
from coach.tui.screens.programs import ProgramsScreen
from coach.tui.screens.rank import RankScreen
from coach.tui.screens.sessions import questions_of
from coach.tui.widgets.fitted_table import FittedTable
from tests.tui.conftest import settle
from tests.tui.looking import footer_fits, rows, shown, typed


@pytest.fixture
async def programs(app):
    """A pilot on the table of programs."""
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert isinstance(app.screen, ProgramsScreen)
        yield pilot


async def make(pilot, name: str) -> None:
    """A new program, its form open."""
    await pilot.press("n")
    await settle(pilot)
    await typed(pilot, name)
    await pilot.press("enter")
    await settle(pilot)


def at(pilot, name: str):
    return pilot.app.screen.query_one(f"#field-{name}")


async def fill(pilot, name: str, text: str) -> None:
    """Write into a field and leave it."""
    field = at(pilot, name)
    field.focus()
    await settle(pilot)
    if isinstance(field, TextArea):
        field.text = text
    else:
        field.value = text
    pilot.app.screen.focus_next()
    await settle(pilot)


def titles(screen) -> list[str]:
    return [column.label.plain for column in screen.query_one(FittedTable).columns.values()]


async def test_the_table_is_the_spreadsheet_of_visa_policies(programs):
    table = programs.app.screen.query_one(FittedTable)
    assert titles(programs.app.screen) == ["Program", "Region", "Visa", "IMGs", "Verdict", "Checked"]
    assert any("Cleveland Clinic" in row and "? ask" in row and "2026-11" in row for row in rows(programs.app.screen))
    assert "visa policy not known" in shown(programs.app.screen, "#programs-said")
    assert table.virtual_size.width <= 80
    assert footer_fits(programs.app.screen)


async def test_a_narrow_window_cuts_no_cell_and_the_text_below_says_the_rest(programs, home):
    riverside = replace(
        new_program(home, "Riverside Hosp."),
        region="North Carolina",
        setting="a community hospital with a long name",
        img_history="every year since 2009",
        visa=Visa(("J-1", "H-1B"), "H-1B with Step 3"),
        numbers=Numbers(img_percent=33.3),
        rank=Rank(10),
    )
    save_program(home, riverside)
    await programs.press("escape", "p")
    await settle(programs)
    screen = programs.app.screen
    table = screen.query_one(FittedTable)
    for at in range(table.row_count):
        for column, cell in zip(table.columns.values(), table.get_row_at(at), strict=True):
            assert cell.cell_len <= column.width, cell.plain
    table.move_cursor(row=rows(screen, "name").index("10. Riverside Hosp."))
    await settle(programs)
    card = shown(screen, "#programs-card")
    for told in ("a community hospital with a long name", "33 % of a class  ·  every year since 2009", "with Step 3"):
        assert told in card


async def test_a_wider_window_has_more_columns_and_keeps_the_chosen_program(programs):
    screen = programs.app.screen
    await programs.press("down", "down")
    chosen = screen.query_one(FittedTable).chosen
    await programs.resize_terminal(120, 40)
    await settle(programs)
    assert titles(screen) == ["Program", "Setting", "Region", "Visa", "IMGs", "Verdict", "Checked"]
    assert "academic center of a university" in rows(screen, "setting")
    assert screen.query_one(FittedTable).chosen == chosen
    await programs.resize_terminal(80, 24)
    await settle(programs)
    assert "Setting" not in titles(screen)
    assert screen.query_one(FittedTable).chosen == chosen


async def test_a_new_program_is_on_disk_with_its_name_and_every_field_as_soon_as_it_is_left(programs, home):
    await make(programs, "Riverside")
    assert isinstance(programs.app.screen, ProgramFormScreen)
    assert load_programs(home).record("riverside").name == "Riverside"
    await fill(programs, "city", "Fargo")
    assert load_programs(home).record("riverside").city == "Fargo"
    await fill(programs, "tracks", "rural track\n- global health\n\n")
    await fill(programs, "img_percent", "42 %")
    await fill(programs, "sources", "visa page | its own site | 2026-10-02\na resident")
    at(programs, "visa-h-1b").focus()
    await programs.press("space")
    at(programs, "visa-j-1").focus()
    await programs.press("space")
    await settle(programs)
    kept = load_programs(home).record("riverside")
    assert kept.tracks == ("rural track", "global health")
    assert kept.numbers.img_percent == 42
    assert [(s.what, s.where, s.checked) for s in kept.sources] == [
        ("visa page", "its own site", "2026-10-02"),
        ("a resident", "", ""),
    ]
    assert kept.visa.types == ("J-1", "H-1B")
    await programs.press("escape")
    await settle(programs)
    row = next(row for row in rows(programs.app.screen) if "Riverside" in row)
    assert "J-1+H-1B" in row
    assert "2026-10" in row
    assert "Riverside" in shown(programs.app.screen, "#programs-card")


async def test_a_ticked_box_says_yes_in_words(programs):
    await programs.press("enter")
    await settle(programs)
    box = at(programs, "visa-j-1")
    assert isinstance(box, Checkbox)
    assert str(box.label) == "no"
    box.focus()
    await programs.press("space")
    await settle(programs)
    assert str(box.label) == "yes"
    assert footer_fits(programs.app.screen)


async def test_wrong_input_is_told_beside_the_field_and_harms_nothing(programs, home):
    await make(programs, "Riverside")
    await fill(programs, "step2_low", "abc")
    screen = programs.app.screen
    assert "a whole number from 100 to 300" in shown(screen, "#problem-step2_low")
    await fill(programs, "sources", "page | site | someday")
    assert "not kept" in shown(screen, "#problem-sources")
    await fill(programs, "name", "")
    assert "needs a name" in shown(screen, "#problem-name")
    await fill(programs, "city", "Fargo")
    kept = load_programs(home).record("riverside")
    assert (kept.city, kept.sources, kept.numbers.step2_low) == ("Fargo", (), None)
    await programs.press("escape")
    await settle(programs)
    assert isinstance(programs.app.screen, Confirm)
    await programs.press("n")
    await settle(programs)
    await fill(programs, "step2_low", "230")
    assert not screen.query_one("#problem-step2_low").display
    await programs.press("escape", "y")
    await settle(programs)
    assert isinstance(programs.app.screen, ProgramsScreen)
    assert load_programs(home).record("riverside").numbers.step2_low == 230


async def test_what_is_typed_is_kept_even_without_leaving_the_field(programs, home):
    await make(programs, "Riverside")
    at(programs, "city").focus()
    await typed(programs, "Fargo")
    for _ in range(100):
        await programs.pause(0.1)
        if load_programs(home).record("riverside").city == "Fargo":
            break
    assert load_programs(home).record("riverside").city == "Fargo"
    assert programs.app.screen.focused is at(programs, "city")


async def test_a_name_that_is_empty_or_taken_is_refused_in_the_dialog(programs):
    await programs.press("n")
    await settle(programs)
    await programs.press("enter")
    assert "needs a name" in shown(programs.app.screen, "#ask-problem")
    await typed(programs, "uic chicago")
    await programs.press("enter")
    await settle(programs)
    assert "already" in shown(programs.app.screen, "#ask-problem")


async def test_very_long_texts_and_markup_stay_text(programs, home):
    await make(programs, "The [red]Big[/red] One")
    await fill(programs, "notes", "[b]word[/b] " * 1500)
    await fill(programs, "img_history", "many " * 300)
    await programs.press("escape")
    await settle(programs)
    assert isinstance(programs.app.screen, ProgramsScreen)
    assert any("red" in name and "Big" in name for name in rows(programs.app.screen, "name"))


async def test_signals_are_written_down_and_move_the_verdict(programs, home):
    await make(programs, "Riverside")
    await programs.press("escape")
    await settle(programs)
    await programs.press("s")
    await settle(programs)
    screen = programs.app.screen
    assert isinstance(screen, SignalsScreen)
    assert footer_fits(screen)
    assert "Ask:" in shown(screen, "#signals-guide")
    assert "Supportive" in shown(screen, "#signals-guide")
    for place in range(3):
        screen.query_one(OptionList).highlighted = 2 * place
        await programs.press("enter")
        await settle(programs)
        assert isinstance(programs.app.screen, HeardDialog)
        await programs.press("ctrl+s")
        assert "Write what you heard" in shown(programs.app.screen, "#heard-problem")
        await typed(programs, "Ana, second year")
        await programs.press("enter")
        await typed(programs, "she named three people")
        programs.app.screen.query_one("#heard-reading", Select).value = "supportive"
        await settle(programs)
        await programs.press("ctrl+s")
        await settle(programs)
    assert "Verdict: supportive" in shown(screen, "#signals-verdict")
    heard = load_programs(home).record("riverside").signals
    assert [(h.asked, h.heard, h.when, h.reading) for h in heard] == [
        ("Ana, second year", "she named three people", "2026-11-22", "supportive")
    ] * 3
    screen.query_one(OptionList).highlighted = 1
    await settle(programs)
    assert "Heard: she named three people" in shown(screen, "#signals-guide")
    await programs.press("x", "y")
    await settle(programs)
    assert len(load_programs(home).record("riverside").signals) == 2
    assert "Verdict: unclear" in shown(screen, "#signals-verdict")


async def test_a_date_that_is_none_brings_the_dialog_back_with_everything_in_it(programs):
    await programs.press("s", "enter")
    await settle(programs)
    await typed(programs, "Ana")
    programs.app.screen.query_one("#heard-when", Input).value = "yesterday"
    await programs.press("ctrl+s")
    await settle(programs)
    assert isinstance(programs.app.screen, Note)
    await programs.press("escape")
    await settle(programs)
    assert isinstance(programs.app.screen, HeardDialog)
    assert programs.app.screen.query_one("#heard-asked", Input).value == "Ana"


async def test_programs_stand_side_by_side(programs):
    await programs.press("c")
    await settle(programs)
    assert isinstance(programs.app.screen, PickPrograms)
    await programs.press("enter")
    assert "1 ticked" in shown(programs.app.screen, "#pick-problem")
    await programs.press("down", "space", "down", "space", "down", "space", "enter")
    assert "4 ticked" in shown(programs.app.screen, "#pick-problem")
    await programs.press("space", "enter")
    await settle(programs)
    screen = programs.app.screen
    assert isinstance(screen, CompareScreen)
    assert footer_fits(screen)
    table = screen.query_one("#compare-table")
    assert len(table.columns) == 4
    assert table.virtual_size.width <= 80
    everything = table.row_count
    await programs.press("d")
    await settle(programs)
    assert 0 < table.row_count < everything
    assert all(table.get_row_at(at)[0].plain.startswith("≠") for at in range(table.row_count))
    await programs.press("enter")
    await settle(programs)
    assert isinstance(programs.app.screen, Note)


async def test_the_rank_order_list_is_moved_by_hand_and_has_reasons(programs, home):
    await programs.press("r")
    await settle(programs)
    screen = programs.app.screen
    assert isinstance(screen, RankScreen)
    assert "The list is empty" in shown(screen, "#rank-card")
    assert footer_fits(screen)
    names = rows(screen, "name")
    await programs.press("u", "space", "end", "space")
    await settle(programs)
    assert rows(screen, "name")[:2] == [names[0], names[-1]]
    await programs.press("u", "shift+up")
    await settle(programs)
    assert rows(screen, "name")[:2] == [names[-1], names[0]]
    await programs.press("enter")
    await settle(programs)
    await typed(programs, "my sister lives there")
    await programs.press("enter")
    await settle(programs)
    first, second = ranked(load_programs(home).records)
    assert (first.name, first.rank.place, first.rank.reason) == (names[-1], 1, "my sister lives there")
    assert (second.name, second.rank.place) == (names[0], 2)
    assert "has no reason yet" in shown(screen, "#rank-card")
    await programs.press("d")
    await settle(programs)
    assert ranked(load_programs(home).records)[0].name == names[0]
    await programs.press("space", "escape")
    await settle(programs)
    assert rows(programs.app.screen, "name")[0].startswith("1. ")


async def test_the_table_is_exported_and_its_place_told(programs, home):
    await programs.press("e")
    await settle(programs)
    assert isinstance(programs.app.screen, Note)
    path = home.root / "exports" / "programs.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {"name", "visa types", "verdict", "rank"} <= set(lines[0])
    assert len(lines) == 5


async def test_practice_for_one_program_asks_about_it(programs):
    await programs.press("end", "p")
    await settle(programs)
    assert isinstance(programs.app.screen, PracticeScreen)
    assert "USC Keck" in shown(programs.app.screen, "#practice-place")


async def test_visa_facts_are_one_key_away(programs):
    await programs.press("f")
    await settle(programs)
    assert isinstance(programs.app.screen, FactsScreen)
    assert shown(programs.app.screen, "#facts-text").index("J-1") < 60


async def test_a_program_without_any_field_opens_everywhere(programs):
    await make(programs, "Empty")
    await programs.press("escape")
    await settle(programs)
    for key in ("s", "r", "c", "p", "enter"):
        await programs.press(key)
        await settle(programs)
        await programs.press("escape")
        await settle(programs)
    assert isinstance(programs.app.screen, ProgramsScreen)


async def test_a_broken_program_file_is_told_and_the_others_stay(home, app):
    home.programs.mkdir(parents=True)
    (home.programs / "bad.yaml").write_text("format: 1\nid: bad\nnam: Bad\n", encoding="utf-8")
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert "✗ bad.yaml:" in shown(pilot.app.screen, "#programs-said")
        assert len(rows(pilot.app.screen)) == 5


def test_every_field_says_what_it_read(home):
    save_program(home, new_program(home, "Riverside"))
    full = load_programs(home).record("riverside")
    for field in FIELDS:
        sample = {"img_percent": "33.5", "img_years": "6", "step2_low": "220", "step2_high": "250"}.get(field.name)
        sample = sample or {"fellowship_percent": "12", "sources": "a page | a site | 2026-11"}.get(field.name, "yes")
        full = field.write(full, sample)
        assert field.read(full) == sample
    save_program(home, full)
    assert load_programs(home).record("yes") == full


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("img_percent", "101"),
        ("img_percent", "nan"),
        ("img_years", "2.5"),
        ("step2_low", "99"),
        ("sources", "a|b|c|d"),
        ("name", " "),
    ],
)
def test_fields_refuse_what_cannot_be(name, text):
    field = next(field for field in FIELDS if field.name == name)
    with pytest.raises(BankError):
        field.write(ProgramRecord("x", "X"), text)


def test_the_lowest_score_is_not_above_the_highest():
    low, high = (next(f for f in FIELDS if f.name == name) for name in ("step2_low", "step2_high"))
    with pytest.raises(BankError, match="above"):
        high.write(low.write(ProgramRecord("x", "X"), "250"), "240")


async def test_a_session_that_is_ready_late_does_not_open_over_another_screen(programs, monkeypatch):
    go_on, begun = threading.Event(), threading.Event()

    def late(desk, plan):
        begun.set()
        go_on.wait(10)
        return questions_of(desk, plan)

    monkeypatch.setattr("coach.tui.screens.programs.questions_of", late)
    await programs.press("p", "s")
    assert begun.wait(10)
    assert isinstance(programs.app.screen, SignalsScreen)
    go_on.set()
    await settle(programs)
    assert isinstance(programs.app.screen, SignalsScreen)
