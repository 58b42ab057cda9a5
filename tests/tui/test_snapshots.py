"""A picture of every screen, at 80x24 and 120x40, in the dark and the light theme. Look at them when they change:
`sh test.sh tests/tui/test_snapshots.py --snapshot-update`, then open the SVG files.
"""

import sys
from dataclasses import replace

import pytest
import textual
from textual.widgets import Input

from coach.config import Home
from coach.domain.finding import SessionFinding
from coach.practice import choices, doctor
from coach.practice.doctor import Check
from coach.practice.programs import load_programs
from coach.tui.app import CoachApp
from coach.tui.screens.facts import FactsScreen
from coach.tui.screens.program_compare import CompareScreen
from coach.tui.screens.program_form import ProgramFormScreen
from coach.tui.screens.program_signals import SignalsScreen
from coach.tui.screens.rank import RankScreen
from tests import builders
from tests.tui.conftest import QUESTIONS, answer, settle

SIZES = {"80x24": (80, 24), "120x40": (120, 40)}
THEMES = ("textual-dark", "textual-light")
PINNED = ((3, 11), "8.2.8")
"""Pictures differ between versions of Textual; they are drawn and compared with this one only."""

pytestmark = pytest.mark.skipif(
    (sys.version_info[:2], textual.__version__) != PINNED,
    reason=f"the pictures were drawn with Python 3.11 and Textual {PINNED[1]}",
)

CHECKS = (
    Check("sound library", ok=True, detail="PortAudio V19.7.0"),
    Check("microphone", ok=False, detail="No microphone was found.", mend="Plug one in, then: coach doctor"),
    Check("disk", ok=True, detail="52.1 GB free"),
)


@pytest.fixture(params=THEMES)
def themed(request, desk, monkeypatch):
    """The desk with a theme, and nothing on screen that differs between machines."""
    desk.settings = replace(desk.settings, theme=request.param)
    monkeypatch.setattr(Input, "cursor_blink", False)
    monkeypatch.setattr(choices, "microphones", lambda: (("Headset", "Built-in"), ""))
    monkeypatch.setattr(doctor, "examine", lambda *_: CHECKS)
    return desk


@pytest.fixture(params=SIZES)
def size(request):
    return SIZES[request.param]


def drawn(snap_compare, app, size, before) -> bool:
    async def run_before(pilot) -> None:
        await settle(pilot)
        await before(pilot)
        await settle(pilot)

    return snap_compare(app, terminal_size=size, run_before=run_before)


async def nothing(pilot) -> None:
    """The screen as it is at first."""


def keys(*names):
    async def press(pilot) -> None:
        for name in names:
            await pilot.press(name)
            await settle(pilot)

    return press


def test_home(snap_compare, themed, size):
    assert drawn(snap_compare, CoachApp(themed), size, nothing)


def test_question(snap_compare, themed, size):
    assert drawn(snap_compare, CoachApp(themed, QUESTIONS), size, keys("w"))


def test_recording(snap_compare, themed, size):
    async def speak(pilot) -> None:
        await pilot.press("c", "space")
        await settle(pilot)
        for _ in range(66):
            themed.microphone.speak(builders.tone(1.0, loud=0.5))
        await pilot.pause(0.4)

    assert drawn(snap_compare, CoachApp(themed, QUESTIONS), size, speak)


def test_clipping(snap_compare, themed, size):
    async def shout(pilot) -> None:
        await pilot.press("space")
        await settle(pilot)
        themed.microphone.speak(builders.tone(1.0, loud=1.0))
        await pilot.pause(0.3)

    assert drawn(snap_compare, CoachApp(themed, QUESTIONS), size, shout)


def test_leave_while_recording(snap_compare, themed, size):
    assert drawn(snap_compare, CoachApp(themed, QUESTIONS), size, keys("space", "escape"))


def test_feedback(snap_compare, themed, size):
    assert drawn(snap_compare, CoachApp(themed, QUESTIONS), size, answer)


def test_feedback_not_scored(snap_compare, themed, size):
    themed.worker.feedback = builders.feedback(
        overall=None, findings=(), groups=(), labels={}, not_scored="I heard no words. Check the microphone, try again."
    )
    assert drawn(snap_compare, CoachApp(themed, QUESTIONS), size, answer)


def test_feedback_failed(snap_compare, themed, size):
    themed.worker.fail = "The recogniser's file is damaged."
    assert drawn(snap_compare, CoachApp(themed, QUESTIONS), size, answer)


def test_history(snap_compare, themed, size):
    async def visit(pilot) -> None:
        await answer(pilot, 71.0)
        await keys("escape", "escape", "h")(pilot)

    assert drawn(snap_compare, CoachApp(themed, QUESTIONS), size, visit)


def test_unfinished(snap_compare, themed, size):
    async def visit(pilot) -> None:
        await pilot.press("space")
        await settle(pilot)
        themed.microphone.speak(builders.tone(65.0))
        await keys("escape", "y", "u")(pilot)

    assert drawn(snap_compare, CoachApp(themed, QUESTIONS), size, visit)


def test_settings(snap_compare, themed, size, monkeypatch):
    async def visit(pilot) -> None:
        await keys("s")(pilot)
        pilot.app.screen.query_one("#settings-home").update("Everything is kept in /home/you/coach")

    assert isinstance(themed.home, Home)
    assert drawn(snap_compare, CoachApp(themed), size, visit)


def test_doctor(snap_compare, themed, size):
    assert drawn(snap_compare, CoachApp(themed), size, keys("d"))


def test_help(snap_compare, themed, size):
    assert drawn(snap_compare, CoachApp(themed, QUESTIONS), size, keys("f1"))


def test_palette(snap_compare, themed, size):
    async def visit(pilot) -> None:
        await pilot.press("ctrl+p", *"hist")
        await pilot.pause(0.6)

    assert drawn(snap_compare, CoachApp(themed), size, visit)


def test_choose(snap_compare, themed, size):
    assert drawn(snap_compare, CoachApp(themed), size, keys("c"))


def test_choose_filters(snap_compare, themed, size):
    assert drawn(snap_compare, CoachApp(themed), size, keys("c", "f"))


def test_banks(snap_compare, themed, size):
    assert drawn(snap_compare, CoachApp(themed), size, keys("m"))


def test_programs(snap_compare, themed, size):
    assert drawn(snap_compare, CoachApp(themed), size, keys("p"))


def test_program_form(snap_compare, themed, size):
    async def visit(pilot) -> None:
        await keys("p")(pilot)
        pilot.app.push_screen(ProgramFormScreen(themed, load_programs(themed.home).record("usc-keck")))

    assert drawn(snap_compare, CoachApp(themed), size, visit)


def test_program_signals(snap_compare, themed, size):
    async def visit(pilot) -> None:
        pilot.app.push_screen(SignalsScreen(themed, load_programs(themed.home).record("usc-keck")))

    assert drawn(snap_compare, CoachApp(themed), size, visit)


def test_program_compare(snap_compare, themed, size):
    async def visit(pilot) -> None:
        pilot.app.push_screen(CompareScreen(load_programs(themed.home).records[:3]))

    assert drawn(snap_compare, CoachApp(themed), size, visit)


def test_rank_list(snap_compare, themed, size):
    async def visit(pilot) -> None:
        pilot.app.push_screen(RankScreen(themed))

    assert drawn(snap_compare, CoachApp(themed), size, visit)


def test_drill(snap_compare, themed, size):
    assert drawn(snap_compare, CoachApp(themed), size, keys("a"))


def test_facts(snap_compare, themed, size):
    async def visit(pilot) -> None:
        pilot.app.push_screen(FactsScreen([bank for bank in themed.library.banks if bank.id == "visa"]))

    assert drawn(snap_compare, CoachApp(themed), size, visit)


def test_answers_together(snap_compare, themed, size):
    themed.worker.session_findings = (
        SessionFinding(
            "score_apology",
            "You excused your scores in two answers",
            "Interviewers compare notes: twice sounds like a worry.",
            ("20261122-181502-07-01", "20261122-181502-07-02"),
            "Say it once, in one sentence, and only when they ask.",
        ),
    )

    async def visit(pilot) -> None:
        await answer(pilot, 71.0)
        await keys("n")(pilot)
        await answer(pilot, 95.0)
        await keys("n")(pilot)

    assert drawn(snap_compare, CoachApp(themed, QUESTIONS), size, visit)
