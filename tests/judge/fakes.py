"""Stand-ins for the models: readings that a test writes down, and meanings that are words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from coach.domain.measures import Measures
from coach.domain.question import Program, Question
from coach.domain.transcript import Transcript
from coach.judge.conditions import Conditions, Held
from coach.judge.embed import Vectors
from coach.judge.engine import Judge
from coach.judge.language import WordFacts
from coach.judge.rubricfile import Rubric
from coach.judge.schema import Condition, RubricFile
from coach.judge.view import Models, Reading, View
from coach.judge.wordings import tokens


@dataclass(frozen=True)
class FakeReading:
    probabilities: Mapping[str, float]
    by_value: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass
class FakeEncoder:
    readings: Mapping[str, Reading]
    asked: list[tuple[str, tuple[str, ...], str, tuple[str, ...]]] = field(default_factory=list)

    def read(
        self, question: str, program_facts: Sequence[str], category: str, sentences: Sequence[str]
    ) -> Mapping[str, Reading]:
        self.asked.append((question, tuple(program_facts), category, tuple(sentences)))
        return self.readings


def bag_of_words(texts: Sequence[str]) -> Vectors:
    """Each text as counts of its words in 64 bins: equal texts are alike, texts without common words are not."""
    rows = np.zeros((len(texts), 64), dtype=np.float32)
    for i, text in enumerate(texts):
        for word in text.casefold().strip(".").split():
            rows[i, sum(map(ord, word)) % 64] += 1
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def content_words(text: str) -> tuple[WordFacts, ...]:
    """Every longer word carries the story."""
    return tuple(
        WordFacts(t.start, t.end, t.text, "", negated=False, quoted=False, content=len(t.text) > 3)
        for t in tokens(text)
    )


def view(
    text: str,
    question: str = "Tell me about yourself.",
    category: str = "about_you",
    measures: Measures | None = None,
    models: Models | None = None,
    program: Program | None = None,
) -> View:
    asked = Question("", "", question, category, program=program)
    return View(Transcript(text, (), 60.0, "test"), asked, measures, models or Models())


def held(condition: dict[str, object], text: str, **more: object) -> Held:
    """Evaluate a condition, written as in a rubric file, on a text."""
    models = more.pop("models", Models(embedder=bag_of_words))
    assert isinstance(models, Models)
    named = more.pop("named", {})
    seen = view(text, models=models, **more)  # type: ignore[arg-type]
    conditions = Conditions(named, models.embedder)  # type: ignore[arg-type]
    return conditions.holds(Condition.model_validate(condition), seen, "criterion")


def judge(file: dict[str, object], models: Models | None = None) -> Judge:
    return Judge(Rubric(RubricFile.model_validate(file), "hash", Path("test.yaml")), models or Models())


def rubric(*criteria: dict[str, object], **more: object) -> dict[str, object]:
    return {"format": 1, "id": "test", "title": "Test", "groups": {"all": "All"}, "criteria": list(criteria), **more}


def criterion(rules: list[dict[str, object]], **more: object) -> dict[str, object]:
    fix = {"verdict": "fix", "costs": 0.5, "why": "Because.", "advice": "Do this."}
    base: dict[str, object] = {
        "id": "thing",
        "title": "Thing",
        "group": "all",
        "otherwise": "no",
        "values": {"yes": fix, "no": {"verdict": "good", "silent": True}},
        "rules": rules,
    }
    return {**base, **more}
