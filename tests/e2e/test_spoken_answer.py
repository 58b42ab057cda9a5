"""The whole of it: a voice speaks into a microphone, the real app listens, the real recogniser writes it down, the
real judge judges it, the screen shows it, the store keeps it."""

import asyncio
import json
import os
import subprocess
import sys
import wave

import pytest
from textual.widgets import Static

from coach.practice.desk import Desk
from coach.tui.app import CoachApp
from coach.tui.screens.feedback import FeedbackScreen
from coach.tui.widgets.transcript_view import TranscriptView
from tests import builders, voice
from tests.conftest import project
from tests.e2e.virtual_microphone import missing, speak, virtual_microphone

pytestmark = [pytest.mark.e2e, pytest.mark.model]


async def until(pilot, done, seconds: float) -> None:
    """Wait for something to become true on screen."""
    for _ in range(int(seconds * 5)):
        await pilot.pause(0.2)
        if done():
            return
    raise AssertionError(f"did not happen within {seconds} s")


@pytest.mark.skipif(bool(missing()), reason=missing())
def test_spoken_into_a_microphone_and_judged_on_screen(home, tmp_path):
    """Runs in a process of its own: PortAudio reads its environment once, when it is loaded."""
    with virtual_microphone(tmp_path) as environment:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"{__file__}::test_inside"],
            env={**environment, "COACH_E2E_INSIDE": "1", "COACH_TEST_CACHE": str(voice.CACHE)},
            cwd=project(),
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
    assert done.returncode == 0, done.stdout[-4000:]
    assert "1 passed" in done.stdout


@pytest.mark.skipif(
    "COACH_E2E_INSIDE" not in os.environ, reason="runs inside test_spoken_into_a_microphone_and_judged_on_screen"
)
async def test_inside(home):
    sound = voice.say(voice.MISTAKE)
    with wave.open(str(sound)) as file:
        seconds = file.getnframes() / file.getframerate()
    desk = Desk(home)
    desk.prepare()
    app = CoachApp(desk, (builders.question(),))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(1.0)
        practice = app.screen
        await pilot.press("space")
        await until(pilot, lambda: "Recording" in str(practice.query_one("#practice-status", Static).content), 15)
        player = speak(sound, dict(os.environ))
        await until(pilot, lambda: "good" in str(practice.query_one("#level", Static).content), 10)
        await asyncio.to_thread(player.wait)
        await pilot.pause(0.5)
        await pilot.press("space")
        await until(pilot, lambda: isinstance(app.screen, FeedbackScreen), 10)
        feedback = app.screen
        await until(pilot, lambda: " of 5" in str(feedback.query_one("#feedback-headline", Static).content), 120)
        assert "patient with seizures" in feedback.query_one(TranscriptView).content.plain
        assert "✓" in str(feedback.query_one("#feedback-card", Static).content) or feedback._findings
    (session,) = desk.archive.sessions()
    (answer,) = session.answers
    assert answer.state == "judged"
    assert answer.take.seconds > seconds
    assert answer.feedback.labels["score_apology"] == "none"
    assert all(f.evidence for f in answer.feedback.findings)
    desk.close()


def run(*arguments: str):
    """One command; its JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "coach", *arguments], capture_output=True, text=True, check=False, cwd=project()
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_command_line_answers_transcribes_and_finds_it_again(home):
    sound = voice.say(voice.APOLOGY)
    answered = run(
        "answer", "--input", str(sound), "--ask", "Tell me about yourself.", "--category", "about_you", "--json"
    )
    assert set(answered) >= {"session", "answer", "question", "take", "transcript", "labels", "overall", "findings"}
    assert answered["labels"]["score_apology"] == "repeated"
    assert answered["labels"]["visa_mentions"] == "repeated"
    spoken = answered["transcript"]["text"]
    for finding in answered["findings"]:
        for piece in finding["evidence"]:
            assert spoken[piece["start"] : piece["end"]] == piece["text"]
    heard = run("transcribe", str(sound), "--json")
    assert set(heard) == {"text", "duration_s", "model", "words", "pauses", "quality", "measures"}
    assert {"text", "start", "end", "probability", "kind"} <= set(heard["words"][0])
    found = run("review", "ashamed", "--json")
    assert found["sessions"][0]["answers"][0]["answer"] == answered["answer"]


def test_silence_is_not_scored_and_says_why(home, tmp_path):
    silent = builders.wav(tmp_path / "silence.wav", 4.0, loud=0.0)
    answered = run("answer", "--input", str(silent), "--json")
    assert answered["transcript"]["text"] == ""
    assert answered["overall"] is None
    assert answered["findings"] == []
    assert answered["not_scored"]
