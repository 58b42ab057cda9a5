"""Finding what to practise, key by key."""

import sqlite3
import threading
import time

import pytest
from textual.widgets import Input, OptionList, Select

from coach.errors import CoachError
from coach.practice import banks
from coach.practice.banks import ANOTHER_READS, load_library
from coach.practice.choosing import set_hidden
from coach.practice.selection import Ask, select_at_once
from coach.tui import reading
from coach.tui.app import CoachApp
from coach.tui.dialogs.message import Note
from coach.tui.dialogs.pick import Pick
from coach.tui.dialogs.preparing import Preparing
from coach.tui.screens import found
from coach.tui.screens.choice import Choice, Pool
from coach.tui.screens.choose import ChooseScreen
from coach.tui.screens.choose_filters import FiltersScreen
from coach.tui.screens.found import PAGE
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.nothing import NO_BANKS, NO_SUCH, NONE_IN_USE, NOT_NOW, STILL_SEARCHING
from coach.tui.screens.practice import PracticeScreen
from coach.tui.widgets.fitted_table import Fit, FittedTable, widths
from tests.bank.banks import write_bank
from tests.tui.conftest import answer, settle
from tests.tui.looking import footer_fits, rows, shown, typed


@pytest.fixture
async def choosing(app):
    """A pilot on the chooser."""
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        assert isinstance(app.screen, ChooseScreen)
        yield pilot


async def until(pilot, done, seconds: float = 10.0) -> None:
    """Wait while a thread of the app is held up on purpose; `settle` would wait for that thread."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "nothing came of it"
        await pilot.pause(0.01)


def said(app) -> str:
    """The line over the list."""
    return shown(app.screen, "#choose-said") if isinstance(app.screen, ChooseScreen) else ""


async def search(pilot, words: str) -> None:
    await pilot.press("slash")
    await typed(pilot, words)
    await settle(pilot)


async def test_where_no_question_has_every_word_it_says_so(choosing):
    await search(choosing, "mistake helicopter")
    assert rows(choosing.app.screen)
    assert "none has all these words, best matches first" in said(choosing.app)


async def test_searching_narrows_as_you_type_and_enter_practises_what_was_found(choosing):
    screen = choosing.app.screen
    everything = len(rows(screen))
    await search(choosing, "mistake patient care")
    assert 0 < len(rows(screen)) < everything
    assert "Why they ask" in shown(screen, "#choose-card")
    await choosing.press("enter")
    assert isinstance(choosing.app.screen.focused, FittedTable)
    first = rows(screen, "question")[0]
    await choosing.press("enter")
    await settle(choosing)
    assert isinstance(choosing.app.screen, PracticeScreen)
    assert shown(choosing.app.screen, "#practice-question") == first


async def test_the_preview_tells_all_that_the_bank_says(choosing):
    await search(choosing, "mistake patient care")
    card = shown(choosing.app.screen, "#choose-card")
    for part in ("Strong:", "Sinks it:", "Follow-ups:", "Also asked as:", "1:00 to 1:30", "20/80"):
        assert part in card


async def test_nothing_found_says_what_to_do(choosing):
    await search(choosing, "zzzzz")
    assert rows(choosing.app.screen) == []
    assert "Use fewer words" in shown(choosing.app.screen, "#choose-card")
    await choosing.press("down", "enter", "space", "t", "h", "n")
    await settle(choosing)
    assert isinstance(choosing.app.screen, ChooseScreen)


async def test_star_note_and_pick_are_signs_in_the_list_and_stay(choosing, desk):
    await choosing.press("t", "n")
    await settle(choosing)
    await typed(choosing, "tell [b]Ravi[/b]")
    await choosing.press("ctrl+s", "space")
    await settle(choosing)
    screen = choosing.app.screen
    assert rows(screen, "signs")[0] == "✓★ ✎"
    assert "1 picked" in shown(screen, "#choose-said")
    await choosing.press("up")
    await settle(choosing)
    assert "My note: tell [b]Ravi[/b]" in shown(screen, "#choose-card")
    (mark,) = desk.archive.get_marks().values()
    assert mark.favourite
    await choosing.press("escape", "c")
    await settle(choosing)
    assert rows(choosing.app.screen, "signs")[0] == " ★ ✎"


async def test_picked_questions_are_practised_together(choosing):
    await choosing.press("space", "down", "space", "enter")
    await settle(choosing)
    assert "Question 1 of 2" in shown(choosing.app.screen, "#practice-place")


async def test_hidden_questions_leave_the_list_and_the_session_until_they_are_shown_again(choosing, desk):
    first = next(iter(choosing.app.screen._questions))
    before = len(rows(choosing.app.screen))
    await choosing.press("h", "escape", "c")
    await settle(choosing)
    assert first not in choosing.app.screen._questions
    pool = Pool(desk.library, Choice(), None, desk.archive.get_marks())
    assert pool.count == pool.length - 1
    await pick_filter(choosing, "show", "hidden")
    assert list(choosing.app.screen._questions) == [first]
    await choosing.press("s", "enter")
    await settle(choosing)
    assert isinstance(choosing.app.screen, Note)
    await choosing.press("escape", "h")
    await settle(choosing)
    await pick_filter(choosing, "show", "")
    assert len(rows(choosing.app.screen)) == before


async def pick_filter(pilot, name: str, value: str) -> None:
    await pilot.press("f")
    await settle(pilot)
    pilot.app.screen.query_one(f"#filter-{name}", Select).value = value
    await settle(pilot)
    await pilot.press("escape")
    await settle(pilot)


async def test_filters_narrow_are_told_in_words_and_c_clears_them(choosing):
    await pick_filter(choosing, "category", "visa")
    screen = choosing.app.screen
    assert set(rows(screen, "category")) == {"visa"}
    assert "visa" in shown(screen, "#choose-said")
    await choosing.press("f")
    await settle(choosing)
    assert isinstance(choosing.app.screen, FiltersScreen)
    await choosing.press("c", "escape")
    await settle(choosing)
    assert len(set(rows(screen, "category"))) > 1


async def test_a_program_fills_the_questions_that_lack_one(choosing):
    await search(choosing, "why program")
    await choosing.press("escape")
    await pick_filter(choosing, "program", "uic-chicago")
    screen = choosing.app.screen
    assert set(rows(screen, "category")) == {"program specific"}
    assert any("UIC" in text for text in rows(screen, "question"))


async def test_a_question_that_lacks_a_program_says_so(choosing):
    await pick_filter(choosing, "category", "program_specific")
    at = next(at for at, text in enumerate(rows(choosing.app.screen, "question")) if "{" in text)
    choosing.app.screen.query_one(FittedTable).move_cursor(row=at)
    await settle(choosing)
    assert "needs a program" in shown(choosing.app.screen, "#choose-card")
    await choosing.press("enter")
    await settle(choosing)
    assert isinstance(choosing.app.screen, Note)


async def test_a_session_of_what_is_listed_has_the_chosen_length(choosing):
    await pick_filter(choosing, "category", "red_flag")
    await pick_filter(choosing, "length", "3")
    await choosing.press("s")
    await settle(choosing)
    assert isinstance(choosing.app.screen, Pick)
    await choosing.press("enter")
    await settle(choosing)
    assert "Question 1 of 3" in shown(choosing.app.screen, "#practice-place")
    assert "red flag" in shown(choosing.app.screen, "#practice-place")


@pytest.mark.parametrize("kind", range(1, 8))
async def test_every_kind_of_session_starts(choosing, kind):
    await choosing.press("s", *["down"] * kind, "enter")
    await settle(choosing)
    assert isinstance(choosing.app.screen, PracticeScreen)
    assert "of 5" in shown(choosing.app.screen, "#practice-place")


async def test_the_past_of_a_question_is_told(choosing):
    await choosing.press("enter")
    await settle(choosing)
    await answer(choosing)
    await choosing.press("escape")
    await settle(choosing)
    await choosing.press("escape")
    await settle(choosing)
    assert isinstance(choosing.app.screen, ChooseScreen)
    assert "Answered once, lately 3.6 of 5, due on" in shown(choosing.app.screen, "#choose-card")


async def test_the_list_is_there_before_the_past_is_read_which_fills_in_later(choosing, desk, monkeypatch):
    await choosing.press("enter")
    await settle(choosing)
    await answer(choosing)
    await choosing.press("escape", "escape", "escape")
    await settle(choosing)
    go_on, tried = threading.Event(), desk.archive.tried
    monkeypatch.setattr(desk.archive, "tried", lambda: go_on.wait(10) and tried())
    await choosing.press("c")
    await until(choosing, lambda: isinstance(choosing.app.screen, ChooseScreen) and rows(choosing.app.screen))
    screen = choosing.app.screen
    assert "Answered" not in shown(screen, "#choose-card")
    await choosing.press("t", "down", "up")
    await until(choosing, lambda: "★" in rows(screen, "signs")[0])
    go_on.set()
    await settle(choosing)
    assert "Answered once, lately 3.6 of 5, due on" in shown(screen, "#choose-card")
    assert "★" in rows(screen, "signs")[0]


async def test_leaving_while_the_past_is_read_is_safe(choosing, desk, monkeypatch):
    await choosing.press("escape")
    await settle(choosing)
    go_on, tried = threading.Event(), desk.archive.tried
    monkeypatch.setattr(desk.archive, "tried", lambda: go_on.wait(10) and tried())
    await choosing.press("c")
    await until(choosing, lambda: isinstance(choosing.app.screen, ChooseScreen) and rows(choosing.app.screen))
    await choosing.press("escape")
    await until(choosing, lambda: isinstance(choosing.app.screen, HomeScreen))
    go_on.set()
    await settle(choosing)
    assert isinstance(choosing.app.screen, HomeScreen)
    await choosing.press("c")
    await settle(choosing)
    assert rows(choosing.app.screen)


class HeldPast:
    """Past answers whose every reading waits until the test lets it end."""

    def __init__(self, archive, monkeypatch) -> None:
        self._tried = archive.tried
        self.readings: list[HeldReading] = []
        monkeypatch.setattr(archive, "tried", self._read)

    def _read(self):
        reading = HeldReading()
        self.readings.append(reading)
        reading.go_on.wait(10)
        if reading.error:
            raise reading.error
        return reading.found if reading.found is not None else self._tried()


class HeldReading:
    """One reading of past answers: what it finds, or what goes wrong with it."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.found, self.error = None, None

    def end(self, found=None, error=None) -> None:
        self.found, self.error = found, error
        self.go_on.set()


async def test_of_two_readings_of_the_past_the_newer_counts_however_late_the_older_ends(choosing, desk, monkeypatch):
    await choosing.press("enter")
    await settle(choosing)
    await answer(choosing)
    held = HeldPast(desk.archive, monkeypatch)
    for number in (1, 2):
        await choosing.press(*("escape", "escape") if number == 1 else ("f1", "escape"))
        await until(choosing, lambda number=number: len(held.readings) == number)
    older, newer = held.readings
    newer.end()
    await until(choosing, lambda: "Answered once" in shown(choosing.app.screen, "#choose-card"))
    older.end(found=())
    await settle(choosing)
    assert "Answered once" in shown(choosing.app.screen, "#choose-card")


async def test_what_goes_wrong_in_the_background_is_not_told_over_another_screen(choosing, desk, monkeypatch):
    held = HeldPast(desk.archive, monkeypatch)
    await choosing.press("f1", "escape")
    await until(choosing, lambda: len(held.readings) == 1)
    await choosing.press("enter")
    await until(choosing, lambda: isinstance(choosing.app.screen, PracticeScreen))
    held.readings[0].end(error=CoachError("The database cannot be read.", ""))
    await settle(choosing)
    assert isinstance(choosing.app.screen, PracticeScreen)


class SlowReading:
    """A library whose reading goes on file by file, as the test says."""

    def __init__(self, desk, monkeypatch) -> None:
        self.step, self.stopped = threading.Semaphore(0), threading.Event()
        monkeypatch.setattr(banks, "load_library", self._load)
        monkeypatch.setattr(reading, "SHOW_AFTER_S", 0.0)
        monkeypatch.setattr(reading, "SHOW_EVERY_S", 0.0)
        desk.reload_library()

    def _load(self, home, progress):
        try:
            for done in range(100):
                progress(done, 100)
                self.step.acquire(timeout=10)
        except banks.StoppedError:
            self.stopped.set()
            raise
        return load_library(home)

    def read(self, files: int) -> None:
        for _ in range(files):
            self.step.release()


async def test_reading_many_new_banks_shows_how_far_it_is(app, desk, monkeypatch):
    slow = SlowReading(desk, monkeypatch)
    async with app.run_test() as pilot:
        await pilot.press("c")
        await until(pilot, lambda: "Reading new question banks" in said(app))
        assert "0 %" in said(app)
        slow.read(40)
        await until(pilot, lambda: said(app).endswith("████████░░░░░░░░░░░░ 40 %"))
        await pilot.press("s", "f", "enter", "slash", *"mistake", "enter")
        assert isinstance(app.screen, ChooseScreen)
        slow.read(100)
        await settle(pilot)
        assert "Reading" not in said(app)
        assert 0 < len(rows(app.screen)) < PAGE


async def test_the_app_is_open_while_what_was_asked_for_is_still_read(desk, monkeypatch):
    slow = SlowReading(desk, monkeypatch)
    ask = Ask(category="visa", count=2)
    assert select_at_once(desk, ask) is None
    app = CoachApp(desk, ask=ask)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, Preparing))
        await until(pilot, lambda: "Reading new question banks" in preparing(app))
        slow.read(100)
        await settle(pilot)
        assert isinstance(app.screen, PracticeScreen)
        assert [question.category for question in app.screen._questions] == ["visa", "visa"]


async def test_what_cannot_be_asked_for_is_told_when_the_banks_are_read(desk, monkeypatch):
    slow = SlowReading(desk, monkeypatch)
    slow.read(100)
    app = CoachApp(desk, ask=Ask(bank="no-such-bank"))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, Note)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_while_another_coach_reads_new_banks_it_says_so_and_waits(app, desk, home, monkeypatch):
    monkeypatch.setattr(reading, "SHOW_AFTER_S", 0.0)
    write_bank(home)
    another = sqlite3.connect(home.root / "cache" / "banks.db", isolation_level=None)
    another.execute("BEGIN IMMEDIATE")
    async with app.run_test() as pilot:
        await pilot.press("c")
        await until(pilot, lambda: said(app) == ANOTHER_READS)
        await pilot.press("escape")
        await pilot.press("enter")
        await until(pilot, lambda: preparing(app) == ANOTHER_READS)
        another.execute("COMMIT")
        another.close()
        await settle(pilot)
        assert isinstance(app.screen, PracticeScreen)
        assert "Night float" in [bank.info.title for bank in desk.library.banks]


async def test_leaving_stops_the_reading_and_coming_back_goes_on(app, desk, monkeypatch):
    slow = SlowReading(desk, monkeypatch)
    async with app.run_test() as pilot:
        await pilot.press("c")
        await until(pilot, lambda: "Reading new question banks" in said(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        slow.read(1)
        await until(pilot, slow.stopped.is_set)
        slow.read(200)
        await pilot.press("c")
        await settle(pilot)
        assert rows(app.screen)


def preparing(app) -> str:
    """What stands in the dialog before a sitting."""
    return shown(app.screen, "#preparing-said") if isinstance(app.screen, Preparing) else ""


@pytest.mark.parametrize("key", ["enter", "b"])
async def test_practising_at_once_shows_how_far_the_reading_of_new_banks_is(app, desk, monkeypatch, key):
    slow = SlowReading(desk, monkeypatch)
    async with app.run_test() as pilot:
        await pilot.press(key)
        await until(pilot, lambda: "Reading new question banks" in preparing(app))
        slow.read(40)
        await until(pilot, lambda: preparing(app).endswith(" 40 %"))
        await pilot.press("f1")
        slow.read(100)
        await settle(pilot)
        assert isinstance(app.screen, Note)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, PracticeScreen)


async def test_escape_stops_the_reading_before_a_sitting_and_enter_goes_on(app, desk, monkeypatch):
    slow = SlowReading(desk, monkeypatch)
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Reading new question banks" in preparing(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        slow.read(1)
        await until(pilot, slow.stopped.is_set)
        slow.read(200)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PracticeScreen)


async def test_quitting_stops_the_reading(app, desk, monkeypatch):
    slow = SlowReading(desk, monkeypatch)
    async with app.run_test() as pilot:
        await pilot.press("c")
        await until(pilot, lambda: "Reading new question banks" in said(app))
        await pilot.press("ctrl+q")
    slow.read(1)
    assert slow.stopped.wait(5)


def unreadable(*_args, **_kept):
    raise CoachError("The banks cannot be read.", "Look at the disk.")


async def test_banks_that_cannot_be_read_are_told_and_the_chooser_is_left(app, desk, monkeypatch):
    async with app.run_test() as pilot:
        with monkeypatch.context() as broken:
            broken.setattr(desk, "open_library", unreadable)
            await pilot.press("c")
            await settle(pilot)
            assert isinstance(app.screen, Note)
            await pilot.press("escape")
            await settle(pilot)
            assert isinstance(app.screen, HomeScreen)
        await pilot.press("c")
        await settle(pilot)
        assert rows(app.screen)


async def test_a_first_search_that_fails_under_the_help_leaves_the_chooser_when_the_help_is_closed(
    app, desk, monkeypatch
):
    go_on = threading.Event()
    monkeypatch.setattr(desk, "open_library", lambda *_: go_on.wait(10) and unreadable())
    async with app.run_test() as pilot:
        await pilot.press("c", "f1")
        await until(pilot, lambda: isinstance(app.screen, Note))
        go_on.set()
        await settle(pilot)
        assert "enter   practise" in str(app.screen._text)
        await pilot.press("escape")
        await settle(pilot)
        assert "cannot be read" in str(app.screen._text)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)


@pytest.fixture
def no_banks(monkeypatch, tmp_path):
    """A coach whose own banks are gone."""
    monkeypatch.setattr("coach.bank.folders.content", lambda kind: tmp_path)


async def told(pilot, *keys) -> str:
    """What the note says that these keys bring up."""
    await pilot.press(*keys)
    await settle(pilot)
    assert isinstance(pilot.app.screen, Note)
    said = pilot.app.screen._text
    await pilot.press("escape")
    await settle(pilot)
    return said


PANEL = ("s", *["down"] * 5, "enter")


@pytest.mark.usefixtures("no_banks")
async def test_a_home_without_any_bank_says_how_to_get_one_whatever_is_tried(app):
    async with app.run_test() as pilot:
        assert NO_BANKS in await told(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("c")
        await settle(pilot)
        assert shown(app.screen, "#choose-card") == NO_BANKS
        for keys in (("enter",), ("s", "enter"), PANEL):
            assert await told(pilot, *keys) == NO_BANKS


@pytest.mark.usefixtures("no_banks")
async def test_where_every_bank_has_problems_it_says_so(app, home):
    write_bank(home, "bad.yaml", "format: 1\n")
    async with app.run_test() as pilot:
        await pilot.press("c")
        await settle(pilot)
        assert shown(app.screen, "#choose-card") == NONE_IN_USE
        assert await told(pilot, "enter") == NONE_IN_USE


@pytest.mark.usefixtures("no_banks")
async def test_a_kind_that_no_bank_has_is_told_apart_from_one_whose_questions_are_hidden(app, home, desk):
    write_bank(home)
    async with app.run_test() as pilot:
        await pilot.press("c")
        await settle(pilot)
        assert await told(pilot, *PANEL) == NO_SUCH
        for key in ("nights/first-night", "nights/handover"):
            set_hidden(desk.archive, key, on=True)
        assert await told(pilot, "s", "down", "enter") == NOT_NOW


async def test_a_list_that_can_only_be_asked_with_a_program_is_not_said_to_be_empty(choosing):
    await pick_filter(choosing, "bank", "program")
    only = next(text for text in rows(choosing.app.screen, "question") if "{fact}" in text)
    await search(choosing, " ".join(word for word in only.split() if word.isalpha()))
    await choosing.press("escape")
    assert rows(choosing.app.screen)
    assert await told(choosing, "s", "enter") == NOT_NOW


async def test_before_the_first_list_is_there_it_is_still_searching(app, monkeypatch):
    go_on = threading.Event()
    monkeypatch.setattr(found, "Pool", lambda *which: go_on.wait(10) and Pool(*which))
    async with app.run_test() as pilot:
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen) and app.screen._ready)
        for keys in (("enter",), ("s", "enter")):
            app.clear_notifications()
            await pilot.press(*keys)
            await until(pilot, lambda: [one.message for one in app._notifications] == [STILL_SEARCHING])
            assert isinstance(app.screen, ChooseScreen)
        go_on.set()
        await settle(pilot)
        assert rows(app.screen)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PracticeScreen)


async def test_long_lists_are_fetched_page_by_page(choosing, desk):
    screen = choosing.app.screen
    assert len(rows(screen)) == PAGE
    await choosing.press("end")
    await settle(choosing)
    assert PAGE < len(rows(screen)) == Pool(desk.library, Choice(), None, {}).count


async def test_every_key_is_in_the_footer_and_escape_leads_back(choosing):
    assert footer_fits(choosing.app.screen)
    await choosing.press("slash")
    assert isinstance(choosing.app.screen.focused, Input)
    await choosing.press("escape", "escape")
    await settle(choosing)
    assert choosing.app.screen.query(OptionList)


def test_pages_hold_every_question_once(desk):
    everything = Pool(desk.library, Choice(), None, {})
    seen = [q.key for at in range(0, everything.length, 7) for q in everything.page(at, 7)]
    assert len(seen) == len(set(seen)) == everything.count
    set_hidden(desk.archive, seen[0], on=True)
    less = Pool(desk.library, Choice(), None, desk.archive.get_marks())
    assert seen[0] not in [q.key for at in range(0, less.length, 7) for q in less.page(at, 7)]


def test_columns_share_the_room_and_never_get_less_than_their_least():
    columns = (Fit("a", "A", 4), Fit("b", "B", 10, 1), Fit("c", "C", 10, 3))
    assert widths(columns, 70) == (4, 20, 40)
    assert widths(columns, 12) == (4, 10, 10)
