"""Draw the README's picture from a real run: `python scripts/picture.py`.

A synthetic voice answers, the real recogniser and judge work, and the feedback screen is saved as docs/feedback.svg.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from textual.widgets import Static

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.config import Home  # noqa: E402
from coach.practice.desk import Desk  # noqa: E402
from coach.tui.app import CoachApp  # noqa: E402
from tests import builders, voice  # noqa: E402

SIZE = (112, 32)
WAIT_S = 180
ANSWER = (
    "One night on the surgical ward I wrote the wrong dose for a patient with seizures. I noticed it in the morning, "
    "when he could not walk straight. I stopped the drug, I told my consultant, and I told the patient and his "
    "brother what had happened. He was well after two days. I am sorry that my scores are low, I know that they are "
    "a problem. Since then I read every order aloud to the nurse, and she reads it back to me. Thank you for this "
    "opportunity."
)


async def draw(folder: Path) -> None:
    """Answer one question and save the screen."""
    desk = Desk(Home(folder), [voice.say(ANSWER)], speed=4.0)
    desk.prepare()
    app = CoachApp(desk, (builders.question("Tell me about a mistake you made in patient care."),))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(1.0)
        await pilot.press("space")
        for _ in range(WAIT_S * 5):
            await pilot.pause(0.2)
            found = app.screen.query("#feedback-headline")
            if found and " of 5" in str(found.first(Static).content):
                break
        await pilot.pause(0.5)
        (ROOT / "docs" / "feedback.svg").write_text(app.export_screenshot(), encoding="utf-8")
    desk.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        asyncio.run(draw(Path(temporary)))
