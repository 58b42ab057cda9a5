"""From the key to the screen: how long a key press takes to be painted while an answer is followed.

A Textual app runs without a terminal; a key is pressed every 0.2 s while the worker transcribes a recording fed in real
time. The time from the press to the end of the next refresh of the screen is what a person would wait, less the
terminal itself.
"""

import asyncio
import statistics
import threading
import time
from pathlib import Path

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Footer, Header, Input, Static

from coach.audio.files import read_mono
from coach.audio.takefile import TakeWriter
from coach.config import Home
from coach.practice.worker import CaptionChanged, Worker
from coach.practice.worker_messages import Event
from coach.speech.vocabulary import Vocabulary

SECONDS = 20.0
EVERY_S = 0.2
SIZE = (120, 40)


class Typing(App[None]):
    """A screen like that of practice: a line to type in, the live text, and a level that moves."""

    def compose(self) -> ComposeResult:
        """Header, live text, level, input, footer."""
        yield Header()
        yield Static("", id="caption")
        yield Static("", id="level")
        yield Input(id="typed")
        yield Footer()

    def on_mount(self) -> None:
        """The level moves ten times a second, as the meter does."""
        self.query_one(Input).focus()
        self.set_interval(0.1, self._level)

    def _level(self) -> None:
        self.query_one("#level", Static).update("#" * (int(time.monotonic() * 10) % 40))

    def show(self, text: str) -> None:
        """The live text; called on the app's own thread."""
        self.query_one("#caption", Static).update(text[-400:])


def measure_key_to_paint(home: Home, model: str, recording: Path) -> float:
    """The 95th percentile, in milliseconds, of the time from a key press to its painting."""
    return round(asyncio.run(_measure(home, model, recording)), 1)


async def _measure(home: Home, model: str, recording: Path) -> float:
    app = Typing()
    stop = threading.Event()

    def hear(event: Event) -> None:
        if isinstance(event, CaptionChanged) and app.is_running:
            app.call_later(app.show, event.caption.final + " " + event.caption.provisional)

    worker = Worker(home, model, hear)
    worker.warm()
    path = home.takes / "painting.wav"
    feeder = threading.Thread(target=_feed, args=(recording, path, stop), daemon=True)
    times: list[float] = []
    try:
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            feeder.start()
            worker.follow("painting", path, Vocabulary(), captions=True)
            until = time.perf_counter() + SECONDS
            while time.perf_counter() < until:
                times.append(await _press(app))
                await asyncio.sleep(EVERY_S)
    finally:
        stop.set()
        feeder.join()
        worker.stop()
    return 1000 * statistics.quantiles(times, n=20)[-1]


async def _press(app: App[None]) -> float:
    """Seconds from a key press until the screen has been painted after it."""
    painted = asyncio.Event()
    began = time.perf_counter()
    app.post_message(Key("a", "a"))
    app.call_after_refresh(painted.set)
    await painted.wait()
    return time.perf_counter() - began


def _feed(recording: Path, path: Path, stop: threading.Event) -> None:
    """Write the recording as a growing take, in real time."""
    samples = read_mono(recording)
    writer = TakeWriter(path)
    began = time.perf_counter()
    for first in range(0, len(samples), 1600):
        if stop.wait(max(0.0, began + (first + 1600) / 16_000 - time.perf_counter())):
            break
        writer.write(samples[first : first + 1600])
    writer.close()
