"""Time from starting the interpreter to the first paint: `python -m benchmarks.startup [--times N] [--json]`.

The coach's first screen against an empty Textual app with header and footer, in turn, each in a fresh interpreter and
without a terminal. The first round warms the disk cache and is not counted. Prints the ratio of the medians.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time

PAINTED = "painted"
EMPTY = """
    from textual.app import App
    from textual.widgets import Footer, Header

    class Empty(App):
        def compose(self):
            yield Header()
            yield Footer()

        def on_mount(self):
            self.call_after_refresh(self.painted)

        def painted(self):
            print("painted", flush=True)
            self.exit()

    Empty().run(headless=True)
"""
COACH = """
    import sys
    from pathlib import Path
    from coach.config import Home
    from coach.practice.desk import Desk
    from coach.tui.app import CoachApp

    def painted(app, home):
        print("painted", flush=True)
        app.exit()

    CoachApp._greet = painted
    desk = Desk(Home(Path(sys.argv[1])))
    desk.prepare()
    CoachApp(desk, warm=False).run(headless=True)
    desk.close()
"""


def seconds_to_paint(code: str, *arguments: str) -> float:
    """Seconds from starting a fresh interpreter until it says that the first paint is done."""
    began = time.perf_counter()
    command = [sys.executable, "-c", textwrap.dedent(code), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip().endswith(PAINTED):
                taken = time.perf_counter() - began
                process.stdout.read()
                return taken
    raise RuntimeError("the app ended without a first paint")


def measure(times: int) -> dict[str, float]:
    """Medians in seconds of both, and their ratio."""
    empty, coach = [], []
    with tempfile.TemporaryDirectory() as home:
        for _ in range(times + 1):
            empty.append(seconds_to_paint(EMPTY))
            coach.append(seconds_to_paint(COACH, home))
    first, second = statistics.median(empty[1:]), statistics.median(coach[1:])
    return {"empty_s": round(first, 3), "coach_s": round(second, 3), "ratio": round(second / first, 2)}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    found = measure(arguments.times)
    if arguments.json:
        print(json.dumps(found))
    else:
        print(f"empty app {found['empty_s']} s, coach {found['coach_s']} s, ratio {found['ratio']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
