"""The real app over a desk with a fake worker and a fake microphone, a small bank and a fixed clock."""

import gc

import pytest
from textual import _wait, constants

from coach.audio import recorder
from coach.practice.desk import Desk
from coach.tui.app import CoachApp
from tests import builders
from tests.conftest import EVENING
from tests.fakes import FakeMicrophone, FakeWorker
from tests.tui.looking import read_before


@pytest.fixture
def desk(home, monkeypatch):
    """A desk whose worker answers at once and whose microphone a test speaks into (`desk.microphone`)."""
    monkeypatch.setenv("TZ", "UTC")
    # A test speaks when it likes; only the tests of the recorder look at what a silent microphone means.
    monkeypatch.setattr(recorder, "LOST_AFTER_S", 600.0)
    monkeypatch.setattr(recorder, "OPENS_WITHIN_S", 600.0)
    made = Desk(home, clock=lambda: EVENING, salt=7, make_worker=FakeWorker)
    made.microphone = FakeMicrophone()
    made.inputs.next = lambda: made.microphone
    read_before(home)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    """Scrolling and fading are at their end at once, and an idle app is seen to be idle after 5 ms instead of 20."""
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", 1 / 200)
    monkeypatch.setattr(_wait, "SLEEP_IDLE", 1 / 2000)


@pytest.fixture(scope="session", autouse=True)
def rare_collections():
    """What is loaded by now stays; looking through it again and again took a seventh of the time of these tests."""
    kept = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    yield
    gc.set_threshold(*kept)
    gc.unfreeze()


@pytest.fixture
def app(desk):
    """The app with two questions to practise."""
    return CoachApp(desk)


QUESTIONS = (builders.question(), builders.question("Why our program?", id="why-us", category="program_specific"))


@pytest.fixture
def practising(desk):
    """The app, straight on the practice screen."""
    return CoachApp(desk, QUESTIONS)


async def settle(pilot) -> None:
    """Until everything posted by other threads is drawn."""
    await pilot.app.workers.wait_for_complete()
    for _ in range(3):
        await pilot.pause()


async def answer(pilot, seconds: float = 1.0) -> None:
    """Answer the question on screen."""
    await pilot.press("space")
    await settle(pilot)
    pilot.app.desk.microphone.speak(builders.tone(seconds))
    await settle(pilot)
    await pilot.press("space")
    await settle(pilot)
