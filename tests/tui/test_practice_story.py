"""A candidate's evening, key by key."""

import threading

from textual.widgets import OptionList, Static

from coach.domain.finding import SessionFinding
from coach.errors import AudioError
from coach.tui.app import CoachApp
from coach.tui.dialogs.confirm import Confirm
from coach.tui.dialogs.message import Note
from coach.tui.screens.feedback import FeedbackScreen
from coach.tui.screens.history import HistoryScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.practice import PracticeScreen
from coach.tui.screens.session import SessionScreen
from coach.tui.screens.unfinished import UnfinishedScreen
from coach.tui.widgets.transcript_view import TranscriptView
from tests import builders
from tests.tui.conftest import QUESTIONS, answer, settle


def shown(screen, selector: str) -> str:
    return str(screen.query_one(selector, Static).content)


async def test_a_search_in_the_history_forgives_and_says_so(practising):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await answer(pilot)
        await pilot.press("escape", "escape", "h", "slash", *"helicopter consultan")
        await pilot.pause(0.3)
        assert len(practising.screen._lines) == 1
        assert "No answer has all these words" in shown(practising.screen, "#history-said")


async def test_a_newcomer_is_at_the_first_question_with_one_key(app):
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PracticeScreen)
        assert shown(app.screen, "#practice-question")


async def test_speak_stop_and_see_what_to_change(practising):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await answer(pilot)
        screen = practising.screen
        assert isinstance(screen, FeedbackScreen)
        assert "3.6 of 5" in shown(screen, "#feedback-headline")
        assert "Say what came of it" in str(screen.query_one(OptionList).get_option_at_index(0).prompt)
        assert "Next time:" in shown(screen, "#feedback-card")
        words = screen.query_one(TranscriptView).content
        marked = [words.plain[s.start : s.end] for s in words.spans if "reverse" in str(s.style)]
        assert marked == ["One night I wrote the wrong dose for a patient."]


async def test_moving_through_the_findings_moves_the_marked_words(practising):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await answer(pilot)
        assert practising.screen.query_one(OptionList).option_count == 2
        await pilot.press("down")
        await settle(pilot)
        words = practising.screen.query_one(TranscriptView).content
        marked = [words.plain[s.start : s.end] for s in words.spans if "reverse" in str(s.style)]
        assert marked == ["Since then I read every order aloud before I sign it"]


async def test_try_again_and_next_lead_on_from_the_feedback(practising, desk):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await answer(pilot)
        await pilot.press("r")
        await settle(pilot)
        assert shown(practising.screen, "#practice-question") == QUESTIONS[0].text
        await answer(pilot)
        assert [a.attempt for a in desk.archive.sessions()[0].answers] == [1, 2]
        await pilot.press("n")
        await settle(pilot)
        assert shown(practising.screen, "#practice-question") == QUESTIONS[1].text
        await pilot.press("n")
        await settle(pilot)
        assert isinstance(practising.screen, HomeScreen)


async def test_throwing_away_starts_again_without_a_judgement(practising, desk):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        desk.microphone.speak(builders.tone(0.2))
        await pilot.press("d")
        await settle(pilot)
        assert isinstance(practising.screen, PracticeScreen)
        assert "Set aside" in shown(practising.screen, "#practice-status")
        assert desk.archive.sessions()[0].answers[0].state == "discarded"


async def test_why_other_words_and_thinking_before_speaking(practising):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await pilot.press("w")
        assert "how you learn" in shown(practising.screen, "#practice-why")
        await pilot.press("a")
        assert shown(practising.screen, "#practice-question") == QUESTIONS[0].rephrasings[0]
        await pilot.press("t")
        await pilot.pause(0.3)
        assert "Think:" in shown(practising.screen, "#practice-status")
        await pilot.press("t")
        assert "Press space" in shown(practising.screen, "#practice-status")


async def test_leaving_while_speaking_asks_and_keeps(practising, desk):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        desk.microphone.speak(builders.tone(0.2))
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(practising.screen, Confirm)
        await pilot.press("n")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot)
        assert isinstance(practising.screen, HomeScreen)
        assert "not judged yet" in shown(practising.screen, "#home-greeting")
        await pilot.press("u")
        await settle(pilot)
        assert isinstance(practising.screen, UnfinishedScreen)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(practising.screen, FeedbackScreen)
        assert desk.archive.unfinished() == ()


async def test_no_microphone_is_one_sentence_and_a_way_on(practising, desk):
    def refuse():
        raise AudioError("No microphone was found.", "Plug one in, or: coach practice --input FILE.wav")

    desk.inputs.next = refuse
    async with practising.run_test() as pilot:
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        assert isinstance(practising.screen, Note)
        await pilot.press("escape")
        await settle(pilot)
        assert "Nothing was recorded" in shown(practising.screen, "#practice-status")
        assert desk.archive.unfinished() == ()


async def test_a_failed_transcription_says_so_and_g_repeats_it(practising, desk):
    desk.worker.fail = "The recogniser's file is damaged."
    async with practising.run_test() as pilot:
        await settle(pilot)
        await answer(pilot)
        assert "file is damaged" in shown(practising.screen, "#feedback-card")
        desk.worker.fail = ""
        await pilot.press("g")
        await settle(pilot)
        assert "3.6 of 5" in shown(practising.screen, "#feedback-headline")


async def test_a_silent_answer_is_not_scored_and_says_why(practising, desk):
    desk.worker.feedback = builders.feedback(
        overall=None, findings=(), groups=(), labels={}, not_scored="I heard no words. Check the microphone."
    )
    async with practising.run_test() as pilot:
        await settle(pilot)
        await answer(pilot)
        assert "not scored" in shown(practising.screen, "#feedback-headline")
        assert "I heard no words" in shown(practising.screen, "#feedback-card")


async def test_history_finds_an_answer_by_its_words_and_opens_it(practising):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await answer(pilot)
        await pilot.press("escape", "escape", "h")
        await settle(pilot)
        assert isinstance(practising.screen, HistoryScreen)
        await pilot.press("slash", *"consult")
        await settle(pilot)
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert isinstance(practising.screen, FeedbackScreen)
        assert "wrong dose" in practising.screen.query_one(TranscriptView).content.plain
        await pilot.press("escape", "slash", *"zzz")
        await pilot.pause(0.3)
        assert "No answer has any of these words." in shown(practising.screen, "#history-said")


async def test_the_palette_finds_every_screen(app):
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p", *"histor")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, HistoryScreen)


async def test_f1_explains_every_screen(practising):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await pilot.press("f1")
        await settle(pilot)
        assert isinstance(practising.screen, Note)


async def test_quitting_while_speaking_keeps_the_answer(desk):
    app = CoachApp(desk, QUESTIONS)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        desk.microphone.speak(builders.tone(0.2))
        await pilot.press("ctrl+q")
    (waiting,) = desk.archive.unfinished()
    assert waiting.take.frames == 3200
    assert threading.active_count() < 20


async def test_after_the_last_question_the_answers_are_read_together(practising, desk):
    desk.worker.session_findings = (
        SessionFinding(
            "score_apology", "You excused your scores twice", "In two answers.", ("20261122-181502-07-01",), "Once."
        ),
    )
    async with practising.run_test() as pilot:
        await settle(pilot)
        await answer(pilot)
        await pilot.press("n")
        await settle(pilot)
        await answer(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert isinstance(practising.screen, SessionScreen)
        told = shown(practising.screen, "#session-findings")
        assert "You excused your scores twice" in told
        assert QUESTIONS[0].text in told
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(practising.screen, HomeScreen)
        await pilot.press("h", "t")
        await settle(pilot)
        assert isinstance(practising.screen, SessionScreen)


async def test_f1_on_a_question_dialog_explains_it_too(practising, desk):
    async with practising.run_test() as pilot:
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        await pilot.press("escape", "f1")
        await settle(pilot)
        assert isinstance(practising.screen, Note)
