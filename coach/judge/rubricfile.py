"""Rubric files: from YAML to a checked rubric, with every problem of a file at once."""

import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from coach.domain.problem import Problem
from coach.errors import RubricError
from coach.judge.readable import readable
from coach.judge.schema import Condition, Criterion, RubricFile, Rule
from coach.judge.wordings import WordingError, compile_wording
from coach.judge.yamlfile import Loaded, Path_, read_yaml

KINDS = (
    "mention", "meaning", "learned", "passages", "timing", "count", "order", "proportion", "repetition", "coverage",
)  # fmt: skip
JOINS = ("all", "any", "not")
MOST_CONDITION_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Rubric:
    """A checked rubric, the hash of its file, and where it came from."""

    file: RubricFile
    hash: str
    path: Path

    @property
    def id(self) -> str:
        """The rubric's id."""
        return self.file.id


def check_file(path: Path) -> tuple[Rubric | None, tuple[Problem, ...]]:
    """Read and check a rubric file; the rubric is None when there are problems."""
    loaded = read_yaml(path)
    problems = list(loaded.problems)
    if loaded.value is None or problems:
        return None, tuple(problems)
    name = str(path)
    try:
        file = RubricFile.model_validate(loaded.value)
    except ValidationError as error:
        return None, tuple(_sorted({_problem(name, loaded, e) for e in _told(error)}))
    problems = [Problem(name, *loaded.place(p), text, allowed) for p, text, allowed in _meaning_problems(file)]
    if problems:
        return None, tuple(_sorted(set(problems)))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return Rubric(file, digest, path), ()


def load_rubric(path: Path) -> Rubric:
    """Read a rubric file. Raises RubricError with the first problems when it is not well."""
    rubric, problems = check_file(path)
    if rubric is None:
        more = f" There are {len(problems) - 1} more problems." if len(problems) > 1 else ""
        raise RubricError(f"{problems[0]}{more}", f"See all of them: coach rubric check {path}")
    return rubric


def _told(error: ValidationError) -> list[Any]:
    """The errors without "too few entries" for a list whose entries are only wrong, not missing."""
    every: list[Any] = list(error.errors())
    inner = {e["loc"][:n] for e in every for n in range(len(e["loc"]))}
    return [e for e in every if e["type"] != "too_short" or e["loc"] not in inner]


def _sorted(problems: set[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda p: (p.line, p.column, p.problem))


def _problem(name: str, loaded: Loaded, error: Any) -> Problem:  # noqa: ANN401 - pydantic's error mapping
    path: Path_ = tuple(p for p in error["loc"] if not (isinstance(p, str) and p in ("Example", "constrained-str")))
    path = tuple(p for p in path if not (isinstance(p, str) and p.startswith(("function-", "tagged-"))))
    kind, context = error["type"], error.get("ctx", {})
    field = str(path[-1]) if path else "file"
    if kind == "extra_forbidden":
        allowed = _allowed_fields(path[:-1])
        near = difflib.get_close_matches(field, allowed, n=1)
        hint = f' Did you mean "{near[0]}"?' if near else ""
        return Problem(name, *loaded.place((*path, "key")), f'"{field}" is not known here.{hint}', ", ".join(allowed))
    given = error.get("input")
    said = f'"{given}"' if isinstance(given, str | int | float) and len(str(given)) < 60 else "this"
    text, allowed_text = _reworded(kind, context, field, said)
    if kind == "literal_error" and isinstance(given, str):
        near = difflib.get_close_matches(given, allowed_text.split(", "), n=1)
        text += f' Did you mean "{near[0]}"?' if near else ""
    return Problem(name, *loaded.place(path), text, allowed_text)


def _reworded(kind: str, context: dict[str, Any], field: str, said: str) -> tuple[str, str]:
    """Pydantic's message in words for people who are no programmers."""
    if kind == "missing":
        return f'"{field}" is missing here.', ""
    if kind == "literal_error":
        return f"{said} is not allowed for {field}.", str(context.get("expected", "")).replace("'", "").replace(
            " or ", ", "
        )
    if kind == "string_pattern_mismatch":
        return f"{said} is not a good name.", "small letters, digits, _ and -, beginning with a letter"
    limits = {
        "greater_than_equal": "at least {ge}", "less_than_equal": "at most {le}", "greater_than": "more than {gt}",
        "less_than": "less than {lt}", "string_too_long": "at most {max_length} characters",
        "string_too_short": "at least {min_length} characters", "too_long": "at most {max_length} entries",
        "too_short": "at least {min_length} entries",
    }  # fmt: skip
    if kind in limits:
        return f"{said} is not allowed for {field}.", limits[kind].format(**context)
    wanted = {
        "string_type": "text (put it in quotes)", "int_type": "a whole number", "int_parsing": "a whole number",
        "int_from_float": "a whole number", "float_type": "a number", "float_parsing": "a number",
        "tuple_type": "a list", "dict_type": "fields with names", "model_type": "fields with names",
        "model_attributes_type": "fields with names", "bool_type": "true or false", "bool_parsing": "true or false",
    }  # fmt: skip
    return f"{field} cannot be {said}.", wanted.get(kind, "")


def _allowed_fields(path: Path_) -> list[str]:
    """The fields that are allowed at a path of the file."""
    model: Any = RubricFile
    for step in path:
        if isinstance(step, int) or not (isinstance(model, type) and issubclass(model, BaseModel)):
            continue
        found = next((f for n, f in model.model_fields.items() if step in (n, f.alias)), None)
        inner = _model_in(found.annotation) if found else None
        if inner is not None:
            model = inner
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    return [f.alias or n for n, f in model.model_fields.items()]


def _model_in(annotation: Any) -> Any:  # noqa: ANN401 - a type or a part of one
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if str(annotation).find("Condition") >= 0 and not get_args(annotation):
        return Condition
    for inner in get_args(annotation):
        found = _model_in(inner)
        if found is not None:
            return found
    return None


_Found = tuple[Path_, str, str]


def _meaning_problems(file: RubricFile) -> Iterator[_Found]:
    """What the fields alone do not show: names that do not exist, ids used twice, wordings that cannot be read."""
    named = dict(file.wordings)
    for name, lines in named.items():
        yield from _wordings(("wordings", name), lines, named)
    yield from _doubles(("criteria",), [c.id for c in file.criteria], "criterion")
    for i, criterion in enumerate(file.criteria):
        at: Path_ = ("criteria", i)
        if criterion.group not in file.groups:
            yield (*at, "group"), f'The group "{criterion.group}" is not in groups.', ", ".join(file.groups)
        yield from _criterion(at, criterion, file)
    known = {c.id: c for c in file.criteria}
    yield from _doubles(("session",), [s.id for s in file.session], "session rule")
    for i, rule in enumerate(file.session):
        for field, values in (("criterion", rule.values), ("other", rule.other_values)):
            wanted = getattr(rule, field)
            if wanted and wanted not in known:
                yield ("session", i, field), f'There is no criterion "{wanted}".', ", ".join(known)
            elif wanted and (wrong := [v for v in values if v not in known[wanted].values]):
                yield ("session", i), f'"{wrong[0]}" is no value of {wanted}.', ", ".join(known[wanted].values)
        yield from _wordings(("session", i, "question"), rule.question, named)


def _criterion(at: Path_, criterion: Criterion, file: RubricFile) -> Iterator[_Found]:
    allowed = ", ".join(criterion.values)
    if criterion.otherwise is not None and criterion.otherwise not in criterion.values:
        yield (*at, "otherwise"), f'"{criterion.otherwise}" is not one of the values.', allowed
    for i, applies in enumerate(criterion.applies):
        yield from _wordings((*at, "applies", i, "question"), applies.question, file.wordings)
        yield from _wordings((*at, "applies", i, "unless_question"), applies.unless_question, file.wordings)
    yield from _doubles((*at, "rules"), [r.id for r in criterion.rules], "rule")
    for name, outcome in criterion.values.items():
        if outcome.verdict == "fix" and not ((outcome.why or criterion.why) and outcome.advice):
            yield (*at, "values", name), 'A value with the verdict "fix" needs why and advice.', ""
    for i, lean in enumerate(criterion.leans):
        if lean.toward not in criterion.values:
            yield (*at, "leans", i, "toward"), f'"{lean.toward}" is not one of the values.', allowed
        if lean.when is not None:
            yield from _condition((*at, "leans", i, "when"), lean.when, file, criterion.id)
    for i, rule in enumerate(criterion.rules):
        if rule.gives not in criterion.values:
            yield (*at, "rules", i, "gives"), f'"{rule.gives}" is not one of the values.', allowed
        yield from _condition((*at, "rules", i, "when"), rule.when, file, criterion.id)


def _condition(at: Path_, condition: Condition, file: RubricFile, criterion: str, depth: int = 1) -> Iterator[_Found]:
    given = [k for k in (*JOINS, *KINDS) if getattr(condition, k + "_" if k in JOINS else k) is not None]
    if len(given) != 1:
        yield at, f"A condition holds exactly one kind; here are {len(given)}.", ", ".join((*JOINS, *KINDS))
        return
    if depth > MOST_CONDITION_DEPTH:
        yield at, "Conditions are nested too deeply.", f"at most {MOST_CONDITION_DEPTH} levels"
        return
    for join, inner in (("all", condition.all_), ("any", condition.any_)):
        for i, part in enumerate(inner or ()):
            yield from _condition((*at, join, i), part, file, criterion, depth + 1)
    if condition.not_ is not None:
        yield from _condition((*at, "not"), condition.not_, file, criterion, depth + 1)
    for path, lines in _lines(condition):
        yield from _wordings((*at, *path), lines, file.wordings)
    yield from _read(at, condition, criterion)
    timing = condition.timing
    if timing and timing.at_least is None and timing.below is None and timing.zone is None:
        yield (*at, "timing"), "A timing needs a limit.", "at_least, below, zone"


def _read(at: Path_, condition: Condition, criterion: str) -> Iterator[_Found]:
    """Names that the shipped encoder does not know, and numbers of passages that cannot be."""
    known = readable()
    for kind, asked in (("learned", condition.learned), ("passages", condition.passages)):
        if asked is None or not known:
            continue
        name = asked.criterion or criterion
        if name not in known:
            near = ", ".join(difflib.get_close_matches(name, known, n=3)) or ", ".join(known)
            yield (*at, kind), f'The shipped reader does not read "{name}".', near
            continue
        for field in ("value", "unlike"):
            value = getattr(asked, field, "")
            if value and value not in known[name]:
                yield (
                    (*at, kind, field),
                    f'The shipped reader knows no value "{value}" of {name}.',
                    ", ".join(known[name]),
                )
    for kind, many in (("passages", condition.passages), ("mention", condition.mention)):
        if many is not None and many.at_most is not None and many.at_most < many.at_least:
            yield (*at, kind), f"at_most {many.at_most} is below at_least {many.at_least}.", ""


def _lines(condition: Condition) -> Iterator[tuple[Path_, tuple[str, ...]]]:
    if condition.mention:
        yield ("mention", "wordings"), condition.mention.wordings
        yield ("mention", "unless_near"), condition.mention.unless_near
    if condition.order:
        yield ("order", "first"), condition.order.first
        yield ("order", "then"), condition.order.then
    if condition.proportion:
        yield ("proportion", "part", "wordings"), condition.proportion.part.wordings
        yield ("proportion", "rest", "wordings"), condition.proportion.rest.wordings
    for name, lines in (condition.coverage.parts if condition.coverage else {}).items():
        yield ("coverage", "parts", name), lines


def _wordings(at: Path_, lines: tuple[str, ...], named: dict[str, tuple[str, ...]]) -> Iterator[_Found]:
    for i, line in enumerate(lines):
        try:
            compile_wording(line, named)
        except WordingError as error:
            yield (*at, i), f'The wording "{line}" {error}.', ""


def _doubles(at: Path_, ids: list[str], what: str) -> Iterator[_Found]:
    for i, name in enumerate(ids):
        if name in ids[:i]:
            yield (*at, i, "id"), f'The {what} id "{name}" is used twice.', ""


def rules(rubric: Rubric) -> Iterator[tuple[Criterion, Rule]]:
    """Every rule with its criterion, in the order of the file."""
    for criterion in rubric.file.criteria:
        for rule in criterion.rules:
            yield criterion, rule
