"""Turns what pydantic says into problems that a mentor can act on: what, where, what is allowed."""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from coach.bank.names import allowed_text
from coach.bank.strictyaml import Document, Path
from coach.domain.problem import Problem

_PATTERNS = {
    "slug": "small letters, digits and hyphens, at most 64",
    "tag": "small letters, digits and hyphens, at most 40",
    "date": "a date such as 2025, 2025-03 or 2025-03-31",
    "language": "a language code such as en or en-CA",
}


def problems_of(
    error: ValidationError, document: Document, file: str, model: type[BaseModel], base: Path = ()
) -> list[Problem]:
    """Every problem of a validation error, at its place in the file. `base` is where the validated part stands."""
    return [_problem(dict(one), document, file, model, base) for one in error.errors(include_url=False)]


def _problem(error: dict[str, Any], document: Document, file: str, model: type[BaseModel], base: Path) -> Problem:
    path: Path = (*base, *error["loc"])
    name = _name(path)
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        place = document.keys.get(path) or document.place(path)
        siblings = _fields(model, error["loc"][:-1])
        return Problem(file, *place, f"the key {str(path[-1])!r} is not known.", allowed_text(str(path[-1]), siblings))
    if kind == "missing":
        place = document.keys.get(path) or document.place(path[:-1])
        return Problem(file, *place, f"{name} is missing or empty.", f"{path[-1]}: ...")
    line, column = document.place(path)
    if kind == "coach":
        return Problem(file, line, column, f"{name}: {error['msg']}", str(context.get("allowed", "")))
    said, allowed = _said(kind, context, error.get("input"))
    return Problem(file, line, column, f"{name} {said}.", allowed)


def _said(kind: str, context: Mapping[str, Any], given: object) -> tuple[str, str]:  # noqa: C901, PLR0911, RUF100
    """What is wrong and what is allowed, for one kind of pydantic error."""
    shown = f" ({_short(given)})" if isinstance(given, str | int | float) else ""
    if kind == "string_type":
        return ("is empty" if given is None else "must be one text, not a list or keys"), "text, in quotes if in doubt"
    if kind == "string_too_short":
        return "is too short", f"at least {context['min_length']} characters"
    if kind == "string_too_long":
        length = len(given) if isinstance(given, str) else "too many"
        return f"is too long ({length} characters)", f"at most {context['max_length']} characters"
    if kind == "string_pattern_mismatch":
        return f"has a form that is not allowed{shown}", _pattern_words(str(context["pattern"]))
    if kind in {"list_type"}:
        return "must be a list", "a list: `[one, two]` or lines starting with `- `"
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return "must be keys with values", "`key: value` lines"
    if kind in {"int_parsing", "int_type", "float_parsing", "float_type", "int_from_float"}:
        return f"must be a number{shown}", "digits"
    if kind in {"bool_parsing", "bool_type"}:
        return f"must be true or false{shown}", "true, false"
    if kind in {"greater_than_equal", "less_than_equal", "greater_than", "less_than", "finite_number"}:
        return f"is out of range{shown}", _range_words(context)
    if kind == "too_long":
        return f"has too many entries ({context['actual_length']})", f"at most {context['max_length']}"
    if kind == "too_short":
        return "has too few entries", f"at least {context['min_length']}"
    if kind == "literal_error":
        return f"is not a known choice{shown}", str(context.get("expected", ""))
    return f"is not right{shown}", kind.replace("_", " ")


def _range_words(context: Mapping[str, Any]) -> str:
    words = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    return ", ".join(f"{words[k]} {v:g}" for k, v in context.items() if k in words) or "an ordinary number"


def _pattern_words(pattern: str) -> str:
    if pattern.startswith(r"^\d{4}"):
        return _PATTERNS["date"]
    if pattern.startswith("^[a-z]{2,3}"):
        return _PATTERNS["language"]
    if pattern.endswith("{0,39}$"):
        return _PATTERNS["tag"]
    if "_." in pattern:
        return "small letters, digits, hyphens, dots and underscores, at most 80"
    return _PATTERNS["slug"] if "_" not in pattern else "small letters, digits, hyphens and underscores, at most 64"


def _short(value: object, limit: int = 40) -> str:
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 4] + "..." + text[-1]


def _name(path: Path) -> str:
    """A path as people read it: `question 3, answer_seconds, low`, counted from 1."""
    parts: list[str] = []
    for part in path:
        if isinstance(part, int):
            parts[-1:] = [f"{parts[-1].removesuffix('s') if parts else 'entry'} {part + 1}"]
        else:
            parts.append(part)
    return ", ".join(parts) or "the file"


def _fields(model: type[BaseModel], path: Sequence[str | int]) -> list[str]:
    """The keys that are allowed at `path` below `model`."""
    for part in path:
        if isinstance(part, int):
            continue
        annotation = model.model_fields[part].annotation
        found = _model_in(annotation)
        if found is None:
            return []
        model = found
    return list(model.model_fields)


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
