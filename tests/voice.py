"""Speech for tests, synthesised from our own text and kept between runs."""

import hashlib
import os
from pathlib import Path

from benchmarks.voice import speak
from tests.conftest import project

CACHE = Path(os.environ.get("COACH_TEST_CACHE", project() / ".cache" / "speech"))

MISTAKE = (
    "One night on the surgical ward I wrote the wrong dose for a patient with seizures. I noticed it in the morning, "
    "when he could not walk straight. I stopped the drug, I told my consultant, and I told the patient and his "
    "brother what had happened. He was well after two days. Since then I read every order aloud to the nurse, and she "
    "reads it back to me. So what I learned is that being careful is not enough. You need a step that catches you."
)
APOLOGY = (
    "I am sorry about my scores, I know that they are low. I need a J one visa. I worked in a clinic for two years and "
    "I saw many patients there. Again, I apologize for my failed attempt, I am really ashamed of it. I like teaching "
    "and I teach students every week. I hope that the visa is not a problem for you. Please sponsor my visa."
)


def say(text: str) -> Path:
    """A WAV file with `text` spoken; made once and cached by its text."""
    path = CACHE / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.wav"
    if not path.exists():
        speak(text, path)
    return path
