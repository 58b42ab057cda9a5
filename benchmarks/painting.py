"""From the key to the screen: how long a key press takes to be painted while an answer is recorded and transcribed.

The real app runs its practice screen without a terminal. A recording answers as if it came from the microphone, in real
time, live text on; every 0.2 s a key is pressed that shows or hides a part of the screen. The time from the press to
the end of the next refresh is what a person would wait, less the terminal itself.
"""

import asyncio
import statistics
import time
from dataclasses import replace
from pathlib import Path

from textual.app import App
from textual.events import Key

from coach.config import Home
from coach.domain.question import Question
from coach.practice.desk import Desk
from coach.tui.app import CoachApp

SECONDS = 20.0
EVERY_S = 0.2
SIZE = (120, 40)
READY_WITHIN_S = 60.0
QUESTION = Question(
    id="painting",
    bank_id="benchmark",
    text="Tell me about a mistake you made.",
    category="behavioral",
    why="They want to see how you learn.",
)


def measure_key_to_paint(home: Home, model: str, recording: Path) -> float:
    """The 95th percentile, in milliseconds, of the time from a key press to its painting."""
    return round(asyncio.run(_measure(home, model, recording)), 1)


async def _measure(home: Home, model: str, recording: Path) -> float:
    desk = Desk(home, [recording])
    desk.prepare()
    desk.settings = replace(desk.settings, model=model, captions=True)
    app = CoachApp(desk, (QUESTION,))
    times: list[float] = []
    try:
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            await pilot.press("space")
            await _until_recording(desk)
            until = time.perf_counter() + SECONDS
            while time.perf_counter() < until and desk.recording:
                times.append(await _press(app))
                await asyncio.sleep(EVERY_S)
    finally:
        desk.close()
    return 1000 * statistics.quantiles(times, n=20)[-1]


async def _until_recording(desk: Desk) -> None:
    for _ in range(int(READY_WITHIN_S / 0.1)):
        if desk.recording:
            return
        await asyncio.sleep(0.1)
    raise RuntimeError("the app did not begin to record")


async def _press(app: App[int]) -> float:
    """Seconds from a key press until the screen has been painted after it."""
    painted = asyncio.Event()
    began = time.perf_counter()
    app.post_message(Key("w", "w"))
    app.call_after_refresh(painted.set)
    await painted.wait()
    return time.perf_counter() - began
