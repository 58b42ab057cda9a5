"""Rubrics for people: which there are, what is wrong with a file, whether its examples hold, a file to start from."""

from dataclasses import dataclass
from pathlib import Path

from coach.config import Home
from coach.domain.problem import Problem
from coach.domain.question import Program, Question
from coach.domain.transcript import Transcript
from coach.errors import RubricError
from coach.judge.conditions import Conditions
from coach.judge.engine import find_rubric, rubric_files, shipped_models, with_band
from coach.judge.leaning import lean
from coach.judge.rubricfile import Rubric, check_file, load_rubric, rules
from coach.judge.schema import Criterion, Example, Rule
from coach.judge.starter import starter_text
from coach.judge.view import Models, View
from coach.practice.scoring import measures_of


@dataclass(frozen=True, slots=True)
class Listed:
    """A rubric that can be used; `problems` counts what is wrong with its file."""

    id: str
    title: str
    author: str
    path: Path
    criteria: int
    rules: int
    problems: int
    own: bool


@dataclass(frozen=True, slots=True)
class Tested:
    """One example of one rule: whether the rule held, and whether it should have; None when it cannot be told."""

    criterion: str
    rule: str
    text: str
    expected: bool
    held: bool | None

    @property
    def passed(self) -> bool:
        """Whether the rule did what its example says."""
        return self.held is self.expected


def list_rubrics(home: Home) -> tuple[Listed, ...]:
    """Every rubric that can be used, the user's own first."""
    found = []
    for path in rubric_files(home):
        rubric, problems = check_file(path)
        own = path.parent == home.rubrics
        if rubric is None:
            found.append(Listed(path.stem, "", "", path, 0, 0, len(problems), own))
        else:
            file, count = rubric.file, sum(1 for _ in rules(rubric))
            found.append(Listed(path.stem, file.title, file.author, path, len(file.criteria), count, 0, own))
    return tuple(found)


def check_rubric(path: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a rubric file; empty when it is well."""
    if not path.is_file():
        return (Problem(str(path), 0, 0, "There is no such file."),)
    return check_file(path)[1]


def run_examples(home: Home, rubric: str, models: Models | None = None) -> tuple[Tested, ...]:
    """Run the examples of every rule of a rubric (an id or a file). Raises RubricError when the file is not well."""
    loaded = load_rubric(find_rubric(home, rubric))
    used = shipped_models() if models is None else models
    conditions = Conditions(loaded.file.wordings, used.embedder)
    return tuple(
        _test(loaded, conditions, used, criterion, rule, example, expected)
        for criterion, rule in rules(loaded)
        for expected, examples in ((True, rule.examples.met), (False, rule.examples.missed))
        for example in examples
    )


def _test(
    rubric: Rubric,
    conditions: Conditions,
    models: Models,
    criterion: Criterion,
    rule: Rule,
    example: Example | str,
    expected: bool,
) -> Tested:
    given = Example(text=example) if isinstance(example, str) else example
    program = Program("", "", facts=given.facts) if given.facts else None
    question = with_band(Question("", "", given.question, given.category, program=program), rubric.file)
    transcript = Transcript(" ".join(given.text.split()), (), given.duration_s, "text")
    view = View(transcript, question, measures_of(transcript), models)
    lean(criterion, view, conditions)
    held = conditions.holds(rule.when, view, criterion.id).holds
    return Tested(criterion.id, rule.id, transcript.text, expected, held)


def new_rubric(path: Path, rubric_id: str = "") -> Path:
    """Write a small commented rubric to start from. Raises RubricError when the file exists; nothing is overwritten."""
    if path.suffix not in (".yaml", ".yml"):
        raise RubricError(f"{path}: a rubric file ends in .yaml.", "Choose another name.")
    if path.exists():
        raise RubricError(f"{path} is already there.", "Choose another name; nothing was changed.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(starter_text(rubric_id or path.stem.casefold()), encoding="utf-8")
    return path
