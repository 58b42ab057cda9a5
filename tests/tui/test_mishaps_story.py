"""What goes wrong is told and harms nothing; two things at once never get into each other's way."""

import asyncio
import sqlite3

import pytest
from textual.widgets import Select

from coach.errors import CoachError, StoreError
from coach.practice import choices
from coach.practice.events import SessionFailed, SessionReviewed
from coach.store.migrations import NEWEST
from coach.tui.app import CoachApp
from coach.tui.bridge import Happened
from coach.tui.dialogs.confirm import Confirm
from coach.tui.dialogs.message import Note
from coach.tui.screens.feedback import FeedbackScreen
from coach.tui.screens.history import HistoryScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.practice import PracticeScreen
from coach.tui.screens.session import SessionScreen
from coach.tui.screens.settings import SettingsScreen
from tests import builders
from tests.tui.conftest import answer, settle
from tests.tui.looking import rows, shown


def full(*_args, **_kept):
    raise StoreError("The database cannot be written: the disk is full.", "Make room.")


def sittings(app) -> list[PracticeScreen]:
    return [one for one in app.screen_stack if isinstance(one, PracticeScreen)]


async def ends_by_itself(pilot) -> None:
    """The microphone is pulled out, the file is at its end, or the longest time is reached."""
    await asyncio.to_thread(pilot.app.desk._conductor._stop, "The microphone is gone.")
    await settle(pilot)


async def press(pilot, *keys) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def test_brackets_in_a_question_stay_text_in_the_history(desk):
    asked = 'Why [/b] this, and [program name]? [link="x"]'
    app = CoachApp(desk, (builders.question(asked),))
    async with app.run_test() as pilot:
        await settle(pilot)
        await answer(pilot)
        await press(pilot, "escape", "escape")
        await pilot.resize_terminal(120, 40)
        await press(pilot, "h")
        assert rows(app.screen, "question") == [asked]


async def test_a_database_of_a_newer_coach_is_told_on_every_door_and_ends_nothing(desk, home):
    desk.archive.close()
    del desk.__dict__["archive"]
    newer = sqlite3.connect(home.database)
    newer.execute(f"PRAGMA user_version = {NEWEST + 1}")
    newer.close()
    app = CoachApp(desk)
    async with app.run_test() as pilot:
        await settle(pilot)
        for key in ("", "h", "u", "enter"):
            if key:
                await press(pilot, key)
            assert isinstance(app.screen, Note)
            await press(pilot, "escape")
            assert isinstance(app.screen, HomeScreen)
        assert app.is_running


async def test_a_full_disk_while_throwing_away_is_told_and_the_next_try_works(practising, desk, monkeypatch):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "space")
        with monkeypatch.context() as broken:
            broken.setattr(practising.screen.conductor, "discard", full)
            await press(pilot, "d")
            assert isinstance(practising.screen, Note)
            await press(pilot, "escape")
        await press(pilot, "d")
        assert "Set aside" in shown(practising.screen, "#practice-status")


async def test_quitting_ends_the_app_even_when_nothing_can_be_kept(practising, desk, monkeypatch):
    async with practising.run_test() as pilot:
        await settle(pilot)
        with monkeypatch.context() as broken:
            broken.setattr(desk, "leave", full)
            await pilot.press("ctrl+q")
            await pilot.pause()
    assert practising.return_code == 1


async def test_a_choice_that_cannot_be_kept_goes_back_and_is_told(app, desk, monkeypatch):
    monkeypatch.setattr(choices, "microphones", lambda: (("Mic [/x]", "[b]Headset"), ""))
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "s")
        assert isinstance(app.screen, SettingsScreen)
        microphone = app.screen.query_one("#setting-microphone", Select)

        def refuse(_):
            raise CoachError("settings.json cannot be written.", "Make room.")

        with monkeypatch.context() as broken:
            broken.setattr(desk, "choose", refuse)
            microphone.value = "Mic [/x]"
            await settle(pilot)
            assert isinstance(app.screen, Note)
            await press(pilot, "escape")
        assert (microphone.value, desk.settings.microphone) == ("", "")
        microphone.value = "Mic [/x]"
        await settle(pilot)
        assert desk.settings.microphone == "Mic [/x]"


async def test_a_second_sitting_takes_the_place_of_the_first(practising, desk):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await answer(pilot)
        await press(pilot, "escape")
        await practising.run_action("app.history")
        await settle(pilot)
        await press(pilot, "enter", "r")
        (only,) = sittings(practising)
        assert practising.screen is only
        await answer(pilot)
        assert sum(isinstance(one, FeedbackScreen) for one in practising.screen_stack) == 1
        await press(pilot, "escape", "escape")
        assert isinstance(practising.screen, HomeScreen)


async def test_while_recording_no_other_sitting_begins_and_nothing_is_played(practising, desk):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await answer(pilot)
        await press(pilot, "r", "space")
        await practising.run_action("app.practise")
        await settle(pilot)
        assert isinstance(practising.screen, Note)
        assert desk.recording
        await press(pilot, "escape")
        await practising.run_action("app.history")
        await settle(pilot)
        await press(pilot, "down", "enter", "p")
        assert any("recording now" in str(one.message) for one in practising._notifications)
        await press(pilot, "escape", "escape", "d")
        assert len(sittings(practising)) == 1


async def test_a_countdown_stops_behind_another_screen(practising, desk):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await pilot.press("t")
        practising.screen._think_left = 0.3
        await press(pilot, "f1")
        await pilot.pause(0.6)
        assert not desk.recording
        await press(pilot, "escape")
        await pilot.pause(0.3)
        assert not desk.recording
        assert "Press space" in shown(practising.screen, "#practice-status")


async def test_only_what_was_asked_for_here_is_shown_and_a_failure_is_told(practising, desk, monkeypatch):
    monkeypatch.setattr(desk, "review", lambda answers, listener: "mine")
    async with practising.run_test() as pilot:
        await settle(pilot)
        await answer(pilot)
        await press(pilot, "n")
        await answer(pilot)
        await press(pilot, "n")
        assert isinstance(practising.screen, SessionScreen)
        practising.post_message(Happened(SessionReviewed("another", ())))
        await settle(pilot)
        assert "Reading your answers" in shown(practising.screen, "#session-findings")
        practising.post_message(Happened(SessionFailed("mine", "The rubric cannot be read.")))
        await settle(pilot)
        assert "The rubric cannot be read." in shown(practising.screen, "#session-findings")


async def test_a_damaged_answer_does_not_hide_the_others(practising, desk):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await answer(pilot)
        await press(pilot, "n")
        await answer(pilot)
        with desk.archive._database.transaction() as db:
            db.execute("UPDATE judgements SET feedback = '{broken' WHERE id = 1")
        await press(pilot, "escape", "escape", "h")
        assert isinstance(practising.screen, HistoryScreen)
        assert [one.strip() for one in rows(practising.screen, "result")] == [
            "3.6 of 5 · 1 to change",
            "cannot be read",
        ]
        assert "1 of them cannot be read" in shown(practising.screen, "#history-said")
        await press(pilot, "down", "enter")
        assert "recording is kept" in shown(practising.screen, "#feedback-card")
        await press(pilot, "g")
        assert "3.6 of 5" in shown(practising.screen, "#feedback-headline")


async def test_p_plays_again_after_the_end_and_stops_before_it(practising, desk, monkeypatch):
    from coach.practice import playback

    now, heard = [0.0], []

    def play_take(take, start_s=0.0, end_s=None):
        heard.append("play")
        return playback.Playing(lambda: heard.append("stop"), now[0] + take.seconds, lambda: now[0])

    monkeypatch.setattr(playback, "play_take", play_take)
    async with practising.run_test() as pilot:
        await settle(pilot)
        await answer(pilot)
        await press(pilot, "p")
        now[0] = 1.5
        await press(pilot, "p")
        now[0] = 2.0
        await press(pilot, "p")
    assert heard == ["play", "play", "stop"]


async def test_f1_explains_the_question_whether_to_leave(practising):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "space", "escape")
        assert isinstance(practising.screen, Confirm)
        await press(pilot, "f1")
        assert isinstance(practising.screen, Note)


@pytest.mark.parametrize("over_it", ["", "f1"])
async def test_the_question_whether_to_leave_goes_when_the_recording_ends_by_itself(practising, over_it):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "space")
        sitting = practising.screen
        practising.desk.microphone.speak(builders.tone(1.0))
        await press(pilot, "escape", *filter(None, [over_it]))
        assert isinstance(practising.screen, Note if over_it else Confirm)
        await ends_by_itself(pilot)
        assert practising.screen_stack[-2:] == [sitting, practising.screen]
        assert isinstance(practising.screen, FeedbackScreen)
        await press(pilot, "n")
        assert practising.screen is sitting
        await press(pilot, "space")
        assert practising.desk.recording


async def test_what_lies_over_the_question_whether_to_leave_stays_and_the_question_goes(practising):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "space")
        sitting = practising.screen
        practising.desk.microphone.speak(builders.tone(1.0))
        await press(pilot, "escape")
        await practising.run_action("app.settings")
        await settle(pilot)
        await ends_by_itself(pilot)
        await press(pilot, "escape")
        assert isinstance(practising.screen, SettingsScreen)
        await press(pilot, "escape")
        assert practising.screen is sitting


async def test_the_advice_to_stop_the_recording_goes_with_the_recording(practising):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "space")
        sitting = practising.screen
        practising.desk.microphone.speak(builders.tone(1.0))
        await practising.run_action("app.practise")
        await settle(pilot)
        assert isinstance(practising.screen, Note)
        await ends_by_itself(pilot)
        await press(pilot, "escape")
        assert practising.screen is sitting


@pytest.mark.parametrize("again", [False, True])
async def test_the_end_of_a_sitting_waits_for_an_answer_that_is_still_transcribed(desk, again):
    app = CoachApp(desk, (builders.question(),))
    desk.worker.silent = not again
    desk.worker.fail = "The recogniser stopped." if again else ""
    async with app.run_test() as pilot:
        await settle(pilot)
        await answer(pilot)
        job = desk.archive.sessions()[0].answers[0].id
        if again:
            desk.worker.silent = True
            await press(pilot, "g")
        await press(pilot, "n")
        assert isinstance(app.screen, FeedbackScreen)
        assert any("Wait for this feedback" in one.message for one in app._notifications)
        assert "Writing down" in shown(app.screen, "#feedback-card")
        await press(pilot, "escape", "n")
        assert isinstance(app.screen, FeedbackScreen)
        desk.worker.silent, desk.worker.fail = False, ""
        desk.worker._answer(job)
        await settle(pilot)
        assert "3.6 of 5" in shown(app.screen, "#feedback-headline")
        await press(pilot, "n")
        assert isinstance(app.screen, HomeScreen)
        assert desk.archive.unfinished() == ()


async def test_an_answer_that_cannot_be_judged_does_not_hold_the_sitting(desk):
    app = CoachApp(desk, (builders.question(),))
    desk.worker.fail = "The recogniser stopped."
    async with app.run_test() as pilot:
        await settle(pilot)
        await answer(pilot)
        await press(pilot, "n")
        assert isinstance(app.screen, HomeScreen)


async def test_a_long_help_opens_at_its_beginning_and_scrolls(app):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "p", "f1")
        assert isinstance(app.screen, Note)
        box = app.screen.query_one(".dialog")
        assert box.max_scroll_y > 0
        assert box.scroll_y == 0
        assert "read on" in str(box.border_subtitle)
        for down, up in (("down", "up"), ("pagedown", "pageup"), ("end", "home")):
            await press(pilot, down)
            assert box.scroll_y > 0
            await press(pilot, up)
            assert box.scroll_y == 0
        await pilot.resize_terminal(80, 60)
        await settle(pilot)
        assert not box.border_subtitle
        await press(pilot, "enter")
        assert not isinstance(app.screen, Note)
