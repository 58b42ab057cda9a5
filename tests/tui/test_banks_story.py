"""A mentor's bank, from a file to the evening's questions and back."""

import pytest
from textual.widgets import Input

from coach.errors import BankError
from coach.tui.dialogs.confirm import Confirm
from coach.tui.dialogs.message import Note
from coach.tui.screens.bank_preview import BankPreviewScreen
from coach.tui.screens.banks import BanksScreen
from coach.tui.screens.choose import ChooseScreen
from coach.tui.screens.facts import FactsScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.kept_files import export_path, typed_path
from coach.tui.widgets.fitted_table import FittedTable
from tests.tui.conftest import settle
from tests.tui.looking import footer_fits, rows, shown, typed

GOOD = """\
format: 1
id: dr-rao
title: Questions of Dr Rao
author: Dr Rao
version: "1"
questions:
  - id: street
    ask: Why this hospital and not the one across the street?
    category: behavioral
  - id: night
    ask: "Tell me [red]about[/red] a night shift."
    category: behavioral
"""
BAD = """\
format: 1
id: dr-rao
title: Bad
questions:
  - id: a
    ask: Hello?
    category: behavorial
  - id: a
    aks: Hello?
    category: visa
"""


@pytest.fixture
async def banks(app):
    """A pilot on the screen of banks."""
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        assert isinstance(app.screen, BanksScreen)
        yield pilot


async def look_at(pilot, path) -> BankPreviewScreen:
    await pilot.press("a")
    await settle(pilot)
    pilot.app.screen.query_one(Input).value = str(path)
    await pilot.press("enter")
    await settle(pilot)
    assert isinstance(pilot.app.screen, BankPreviewScreen)
    return pilot.app.screen


async def install(pilot, path) -> None:
    await look_at(pilot, path)
    await pilot.press("i")
    await settle(pilot)


def written(folder, text: str, name: str = "rao.yaml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


async def test_shipped_banks_are_listed_with_author_version_and_count(banks):
    assert "questions in" in shown(banks.app.screen, "#banks-said")
    assert "press a to add your own" in shown(banks.app.screen, "#banks-said")
    assert all("✓ in use" in row for row in rows(banks.app.screen))
    assert footer_fits(banks.app.screen)


async def test_a_bank_is_seen_before_it_is_installed_and_then_practised(banks, tmp_path, home):
    screen = await look_at(banks, written(tmp_path, GOOD))
    text = shown(screen, "#preview-text")
    assert "✓ new" in text
    assert "2 questions" in text
    assert "Tell me (red)about(/red) a night shift." in text
    assert not home.banks.exists()
    await banks.press("i")
    await settle(banks)
    assert isinstance(banks.app.screen, BanksScreen)
    assert "Questions of Dr Rao | Dr Rao | 1" in rows(banks.app.screen)[0]
    await banks.press("enter")
    await settle(banks)
    assert isinstance(banks.app.screen, ChooseScreen)
    assert len(rows(banks.app.screen)) == 2


async def test_a_bad_bank_is_refused_with_every_problem_and_its_place(banks, tmp_path, home):
    path = written(tmp_path, BAD)
    screen = await look_at(banks, path)
    text = shown(screen, "#preview-text")
    assert "✗ line 7, column 15" in text
    assert "did you mean behavioral?" in text
    assert "used twice" in text
    assert "Nothing was changed" in text
    await banks.press("i")
    await settle(banks)
    assert not home.banks.exists()
    assert path.read_text(encoding="utf-8") == BAD


async def test_wrong_paths_and_wrong_files_are_told_in_a_sentence(banks, tmp_path):
    screen = await look_at(banks, tmp_path / "nothing.yaml")
    assert "is not a file" in shown(screen, "#preview-text")
    for name in ("empty", "picture.png"):
        (tmp_path / name).mkdir() if name == "empty" else written(tmp_path, "x", name)
        await banks.press("escape")
        await settle(banks)
        screen = await look_at(banks, tmp_path / name)
        assert shown(screen, "#preview-text").startswith("✗")


async def test_an_update_is_asked_first_and_says_what_changes(banks, tmp_path, desk):
    await install(banks, written(tmp_path, GOOD))
    newer = GOOD.replace("street?", "road?").replace('version: "1"', 'version: "2"')
    screen = await look_at(banks, written(tmp_path, newer))
    assert "0 new, 1 changed, 0 gone" in shown(screen, "#preview-text")
    await banks.press("i")
    await settle(banks)
    assert isinstance(banks.app.screen, Confirm)
    await banks.press("n")
    await settle(banks)
    assert "street?" in desk.library.question("dr-rao/street").text
    await banks.press("i", "y")
    await settle(banks)
    assert "road?" in desk.library.question("dr-rao/street").text


async def test_a_clash_with_a_shipped_bank_is_solved_by_another_id(banks, tmp_path, desk):
    screen = await look_at(banks, written(tmp_path, GOOD.replace("id: dr-rao", "id: visa")))
    assert "press o for another id" in shown(screen, "#preview-text")
    await banks.press("i")
    await settle(banks)
    assert banks.app.screen is screen
    banks.app.screen.query_one("#preview").focus()
    await banks.press("o")
    await settle(banks)
    banks.app.screen.query_one(Input).value = "rao-visa"
    await banks.press("enter")
    await settle(banks)
    assert "id rao-visa" in shown(screen, "#preview-text")
    await banks.press("i")
    await settle(banks)
    assert desk.library.question("rao-visa/night")


async def test_a_table_becomes_a_bank(banks, tmp_path, desk):
    table = "question,category\nWhy did you leave?,red_flag\nWhere next?,future_plans\n"
    await install(banks, written(tmp_path, table, "my questions.csv"))
    assert desk.library.bank("my-questions").usable


async def test_removing_asks_and_sets_the_file_aside(banks, tmp_path, home):
    await install(banks, written(tmp_path, GOOD))
    await banks.press("home", "x")
    await settle(banks)
    assert isinstance(banks.app.screen, Confirm)
    await banks.press("y")
    await settle(banks)
    assert "Dr Rao" not in rows(banks.app.screen)[0]
    assert [path.name.startswith("dr-rao") for path in (home.banks / "earlier").iterdir()] == [True]
    await banks.press("x")
    await settle(banks)
    assert isinstance(banks.app.screen, BanksScreen)


async def test_a_broken_bank_is_listed_with_its_problems_and_harms_nothing(home, app):
    home.banks.mkdir(parents=True)
    written(home.banks, BAD)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        assert "✗ 4 problems" in rows(pilot.app.screen)[0]
        assert "behavorial" in shown(pilot.app.screen, "#banks-card")
        assert "1 more with problems" in shown(pilot.app.screen, "#banks-said")
        await pilot.press("enter", "e", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, Note)


@pytest.mark.parametrize(("downs", "ending"), [(0, "csv"), (1, "txt"), (2, "yaml")])
async def test_exporting_tells_where_the_file_is(banks, home, downs, ending):
    await banks.press("e", *["down"] * downs, "enter")
    await settle(banks)
    assert isinstance(banks.app.screen, Note)
    (path,) = (home.root / "exports").iterdir()
    assert path.suffix == f".{ending}"
    assert path.stat().st_size > 100


async def test_the_sheet_on_visas_is_readable_and_dated(banks):
    await banks.press("f")
    await settle(banks)
    assert isinstance(banks.app.screen, FactsScreen)
    text = shown(banks.app.screen, "#facts-text")
    for part in ("J-1", "H-1B", "as of 2026", "verify"):
        assert part in text
    await banks.press("escape")
    await settle(banks)
    assert isinstance(banks.app.screen, BanksScreen)


async def test_an_empty_path_does_nothing(banks):
    await banks.press("a")
    await settle(banks)
    await typed(banks, " ")
    await banks.press("enter", "escape")
    await settle(banks)
    assert isinstance(banks.app.screen, BanksScreen)
    assert isinstance(banks.app.screen.focused, FittedTable)


def test_exports_never_take_a_name_that_is_taken(home):
    first = export_path(home, "visa", "csv")
    first.parent.mkdir(parents=True)
    first.touch()
    assert export_path(home, "visa", "csv").name == "visa-2.csv"


def test_paths_are_understood_as_terminals_and_people_write_them(tmp_path):
    for text in (
        f"'{tmp_path}/my bank.yaml'",
        f'"{tmp_path}/my bank.yaml"',
        f"{tmp_path}/my\\ bank.yaml",
        f"file://{tmp_path}/my bank.yaml",
    ):
        assert typed_path(text) == tmp_path / "my bank.yaml"


async def test_banks_that_cannot_be_read_are_told_where_the_list_would_be(app, desk, monkeypatch):
    def damaged(*_):
        raise BankError("The index of the banks cannot be written: the disk is full.", "Make room.")

    monkeypatch.setattr("coach.practice.banks.load_library", damaged)
    desk.reload_library()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        assert isinstance(app.screen, Note)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, BanksScreen)
        assert shown(app.screen, "#banks-said").startswith("✗ The index of the banks cannot be written")
        assert "Press escape" in shown(app.screen, "#banks-card")
        await pilot.press("enter", "x", "e", "a", "escape")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
