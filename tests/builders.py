"""Readable domain objects for tests."""

from pathlib import Path

import numpy as np

from coach.audio.takefile import TakeWriter
from coach.domain.finding import Evidence, Feedback, Finding, GroupScore
from coach.domain.measures import Measures
from coach.domain.question import Question, TimeBand
from coach.domain.transcript import Transcript, Word

ANSWER = (
    "One night I wrote the wrong dose for a patient. I told the nurse and the consultant at once, and the patient was "
    "fine. Since then I read every order aloud before I sign it, and that is what I took from it."
)


def question(text: str = "Tell me about a mistake you made.", **changes) -> Question:
    """A behavioural question."""
    kept = {
        "id": "mistake",
        "bank_id": "tests",
        "category": "behavioral",
        "why": "They want to see how you learn.",
        "structure": "STAR",
        "rephrasings": ("What went wrong once, and what did you do?",),
        "band": TimeBand(60, 90, 120),
    }
    return Question(text=text, **{**kept, **changes})


def words(text: str, start: float = 0.5, each: float = 0.4, probability: float = 0.9) -> tuple[Word, ...]:
    """Evenly spoken words."""
    return tuple(Word(w, start + i * each, start + (i + 0.9) * each, probability) for i, w in enumerate(text.split()))


def transcript(text: str = ANSWER, **changes) -> Transcript:
    """A transcript of evenly spoken words."""
    spoken = words(text)
    kept = {"words": spoken, "duration_s": (spoken[-1].end + 0.5) if spoken else 3.0, "model": "fake"}
    return Transcript(text=text, **{**kept, **changes})


def measures(text: str = ANSWER) -> Measures:
    """Measures that fit `transcript(text)`."""
    return Measures(duration_s=transcript(text).duration_s, words=len(text.split()))


def finding(criterion: str = "closing_summary", verdict: str = "fix", quote: str = "", **changes) -> Finding:
    """A finding that rests on `quote` in ANSWER."""
    start = ANSWER.find(quote) if quote else 0
    evidence = (Evidence(start, start + len(quote), quote, 3.0, 5.0),) if quote else ()
    kept = {
        "title": "Your answer stops without a closing sentence" if verdict == "fix" else "You closed with a takeaway",
        "value": "missing" if verdict == "fix" else "met",
        "confidence": 0.9,
        "why": "Interviewers write down your last sentence.",
        "advice": "End with: 'So what I do now is ...'.",
        "guide": "guide 0, section 4",
    }
    return Finding(criterion=criterion, verdict=verdict, evidence=evidence, **{**kept, **changes})


def feedback(**changes) -> Feedback:
    """A mixed feedback: one thing to change, one that was good."""
    fix = finding(
        "result_stated", "fix", "One night I wrote the wrong dose for a patient.", title="Say what came of it"
    )
    good = finding("closing_summary", "good", "Since then I read every order aloud before I sign it")
    kept = {
        "labels": {"closing_summary": "met", "result_stated": "no", "visa_mentions": "none"},
        "overall": 3.6,
        "findings": (fix, good),
        "groups": (GroupScore("Reliability", 3.5, ("closing_summary",)), GroupScore("Communication", 4.0, ())),
        "rubric": "residency",
        "rubric_hash": "abc",
    }
    return Feedback(**{**kept, **changes})


def tone(seconds: float, rate: int = 16_000, loud: float = 0.3) -> np.ndarray:
    """A tone, int16."""
    at = np.arange(int(seconds * rate)) / rate
    return (np.sin(2 * np.pi * 220 * at) * loud * 32767).astype(np.int16)


def wav(path: Path, seconds: float = 1.0, loud: float = 0.3) -> Path:
    """A take file with a tone."""
    with TakeWriter(path) as writer:
        writer.write(tone(seconds, loud=loud))
    return path
