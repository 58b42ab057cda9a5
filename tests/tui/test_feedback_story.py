"""What the feedback screen shows at once, and what its keys bring into sight."""

from dataclasses import replace

import pytest
from textual.widgets import OptionList, Static

from coach.domain.finding import Evidence, GroupScore
from coach.domain.measures import Measures
from coach.domain.session import Answer
from coach.domain.signal import Quality, Signal, Span
from coach.tui.app import CoachApp
from coach.tui.screens.feedback import FeedbackScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.practice import PracticeScreen
from coach.tui.widgets.finding_card import FindingCard
from coach.tui.widgets.transcript_view import TranscriptView
from tests import builders
from tests.conftest import EVENING
from tests.tui.conftest import QUESTIONS, answer, settle
from tests.tui.looking import footer_fits, shown

SAID = " ".join(f"This is sentence number {n} of a long answer about a night on call." for n in range(30))
QUOTE = "This is sentence number 25 of a long answer about a night on call. This is sentence number 26 of a long answer"
ADVICE = (
    "The time for this question was over at the marked words. Say it again and stop before them. Scene, what you did, "
    "result, what you learned. Stop there."
)
"""The longest advice of the shipped rubric."""
WHY = "They have seen your file and invited you anyway. Each apology takes them back to the number."
NOISE = "There is much noise in the recording. Close the window or move nearer to the microphone."


def evidence(quote: str) -> tuple[Evidence, ...]:
    start = SAID.index(quote)
    return (Evidence(start, start + len(quote), quote, 60.0, 70.0),)


@pytest.fixture
def crowded():
    """An answer of which as much is said as can be: long question, warnings, delivery, groups, many findings."""
    told = {"advice": ADVICE, "why": WHY, "follow_up": "What did you change, and how do you know that it worked?"}
    end = replace(builders.finding("end", title="Over the time", weight=2.0, **told), evidence=evidence(QUOTE))
    start = replace(builders.finding("start", title="A slow start", **told), evidence=evidence("sentence number 0"))
    others = tuple(builders.finding(f"g{n}", "good", title=f"Good thing {n}") for n in range(6))
    quality = Quality(60.0, -6.0, -20.0, -30.0, 10.0, 0.0, usable=True, warnings=(NOISE,))
    question = builders.question("You have two attempts and a gap of three years. What happened, and should we worry?")
    pauses = (Span(3.0, 4.5), Span(8.0, 10.0))
    return Answer(
        "s-01",
        "s",
        question,
        question.text,
        2,
        EVENING,
        state="judged",
        transcript=builders.transcript(SAID, signal=Signal(150.0, (Span(0.5, 149.0),), (), (), quality)),
        measures=Measures(150.0, 390, rate_wpm=156.0, long_pauses=pauses, hesitations=4, repeated_words=2),
        feedback=builders.feedback(
            findings=(end, start, *others), groups=tuple(GroupScore(name, 3.5, ()) for name in ("Reliability", "Team"))
        ),
    )


def in_sight(screen) -> str:
    """The lines of the finding that are seen without scrolling."""
    box, card = screen.query_one("#feedback-card-box"), screen.query_one(FindingCard)
    lines = [line.plain for line in card.content.wrap(card.content_size.width)]
    first = int(box.scroll_y)
    return " ".join(lines[first : first + box.size.height])


def actions(app) -> set[str]:
    return {binding.binding.action for binding in app.screen.active_bindings.values()}


def words_in_sight(screen) -> str:
    box, words = screen.query_one("#feedback-words-box"), screen.query_one(TranscriptView)
    lines = [line.plain for line in words.content.wrap(words.content_size.width)]
    first = int(box.scroll_y)
    return " ".join(lines[first : first + box.size.height])


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 24), (80, 40), (120, 40)])
async def test_what_to_do_next_time_and_its_words_are_seen_without_scrolling(desk, crowded, size):
    app = CoachApp(desk)
    async with app.run_test(size=size) as pilot:
        app.push_screen(FeedbackScreen(desk, crowded, lambda _: None))
        await settle(pilot)
        seen = in_sight(app.screen)
        assert ADVICE in seen
        assert "about a night on call" in seen
        assert "at 1:00" in seen
        assert app.screen.query_one(OptionList).region.height >= 3
        assert app.screen.query_one("#feedback-words-box").region.bottom <= size[1] - 1


async def test_space_reads_on_and_begins_again_and_page_up_goes_back(desk, crowded):
    app = CoachApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(FeedbackScreen(desk, crowded, lambda _: None))
        await settle(pilot)
        assert "I am sure" not in in_sight(app.screen)
        assert footer_fits(app.screen)
        await pilot.press("space")
        await settle(pilot)
        assert "I am sure of this." in in_sight(app.screen)
        await pilot.press("space")
        await settle(pilot)
        assert ADVICE in in_sight(app.screen)
        await pilot.press("pagedown", "pageup")
        await settle(pilot)
        assert ADVICE in in_sight(app.screen)


async def test_another_finding_begins_at_its_first_line(desk, crowded):
    app = CoachApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(FeedbackScreen(desk, crowded))
        await settle(pilot)
        await pilot.press("space", "down")
        await settle(pilot)
        assert in_sight(app.screen).startswith("Next time:")


async def test_your_words_follow_the_chosen_finding(desk, crowded):
    app = CoachApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(FeedbackScreen(desk, crowded))
        await settle(pilot)
        assert "sentence number 25" in words_in_sight(app.screen)
        await pilot.press("down")
        await settle(pilot)
        assert "sentence number 0" in words_in_sight(app.screen)
        await pilot.press("up")
        await settle(pilot)
        assert "sentence number 25" in words_in_sight(app.screen)


async def test_your_words_stay_in_sight_when_the_window_changes(desk, crowded):
    app = CoachApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(FeedbackScreen(desk, crowded))
        await settle(pilot)
        await pilot.resize_terminal(120, 26)
        await settle(pilot)
        assert "sentence number 25" in words_in_sight(app.screen)


async def test_a_finding_that_is_all_in_sight_offers_no_more(desk, crowded):
    app = CoachApp(desk)
    async with app.run_test(size=(120, 40)) as pilot:
        app.push_screen(FeedbackScreen(desk, crowded))
        await settle(pilot)
        assert "read_on" not in actions(app)


async def test_where_a_finding_is_all_in_sight_the_page_keys_move_your_words(desk, crowded):
    app = CoachApp(desk)
    async with app.run_test(size=(120, 30)) as pilot:
        app.push_screen(FeedbackScreen(desk, crowded))
        await settle(pilot)
        await pilot.press("tab", "home", "pagedown")
        await settle(pilot)
        box = app.screen.query_one("#feedback-words-box")
        assert box.scroll_y == box.max_scroll_y > 0
        await pilot.press("pageup")
        await settle(pilot)
        assert box.scroll_y == 0


async def test_the_follow_up_is_the_next_question_of_the_sitting(desk):
    provoked = builders.finding(quote="One night", follow_up="What did you change after that?")
    feedback = builders.feedback(findings=(provoked, builders.finding("good", "good", title="Good")))
    app = CoachApp(desk, QUESTIONS)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        desk.worker.feedback = feedback
        await answer(pilot)
        assert "follow_up" in actions(app)
        assert footer_fits(app.screen)
        await pilot.press("down")
        await settle(pilot)
        assert "follow_up" not in actions(app)
        await pilot.press("up", "f")
        await settle(pilot)
        assert isinstance(app.screen, PracticeScreen)
        assert shown(app.screen, "#practice-question").startswith("What did you change after that?")
        assert shown(app.screen, "#practice-place").startswith("Question 2 of 3")
        await answer(pilot)
        kept = desk.archive.sessions()[0].answers
        assert [a.question.key for a in kept] == ["tests/mistake", "tests/mistake+closing_summary-missing"]
        await pilot.press("n")
        await settle(pilot)
        assert shown(app.screen, "#practice-question") == QUESTIONS[1].text


async def test_the_follow_up_of_a_past_answer_is_a_sitting_of_its_own(desk, crowded):
    app = CoachApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(FeedbackScreen(desk, crowded))
        await settle(pilot)
        assert footer_fits(app.screen)
        await pilot.press("f")
        await settle(pilot)
        assert isinstance(app.screen, PracticeScreen)
        asked = shown(app.screen, "#practice-question")
        assert asked.startswith(crowded.feedback.findings[0].follow_up)
        assert crowded.question.text in asked
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_notes_on_a_question_are_put_away_when_the_recording_begins(desk):
    app = CoachApp(desk, QUESTIONS)
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        await pilot.press("w")
        await settle(pilot)
        assert app.screen.query_one("#practice-why").display
        await pilot.press("space")
        await settle(pilot)
        assert not app.screen.query_one("#practice-why").display
        assert app.screen.query_one("#practice-status").region.bottom < 20


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_the_help_is_laid_out_for_the_window(desk, crowded, width):
    app = CoachApp(desk)
    async with app.run_test(size=(width, 24)) as pilot:
        app.push_screen(FeedbackScreen(desk, crowded))
        await settle(pilot)
        await pilot.press("f1")
        await settle(pilot)
        text = app.screen.query_one("#note-text", Static)
        lines = str(text.content).splitlines()
        assert max(map(len, lines)) <= text.content_size.width
        assert any(line.startswith("         ") for line in lines)
