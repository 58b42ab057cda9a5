"""Checks a bank file: everything that is wrong with it, at once, with places; and the bank when nothing is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from coach.bank.complaints import problems_of
from coach.bank.names import CRITERIA, MAX_QUESTIONS, allowed_text
from coach.bank.schema import FORMAT, BankFile, BankHeader, QuestionEntry, Slug
from coach.bank.strictyaml import Document, decode, read
from coach.domain.problem import Problem
from coach.errors import BankError


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check: the bank, or None when there are problems."""

    bank: BankFile | None
    problems: tuple[Problem, ...]


def check_bank(raw: bytes, file: str, rubrics: Collection[str] | None = None) -> Checked:
    """Check the bytes of a bank file; `file` is the name that problems carry. Nothing is raised, nothing is written.

    `rubrics` are the ids of the rubrics that exist; None leaves the bank's `rubric` unchecked.
    """
    text, refused = decode(raw, file)
    if refused:
        return Checked(None, refused)
    return check_document(read(text, file), file, rubrics)


def check_document(document: Document, file: str, rubrics: Collection[str] | None = None) -> Checked:
    """Check what was read from a bank file, or put together by an importer with the places it came from."""
    data = document.data
    if not isinstance(data, dict):
        what = "the file is empty." if data is None else "the file does not start with keys."
        return Checked(None, document.problems or (Problem(file, 1, 1, what, "format: 1, id, title, questions"),))
    newer = _newer(data, document, file)
    if newer:
        return Checked(None, (newer,))
    problems = [*document.problems]
    header = _header(data, document, file, problems)
    questions = _questions(data, document, file, problems)
    problems += _across(data, document, file, rubrics)
    if problems or header is None:
        return Checked(None, tuple(sorted(problems, key=lambda p: (p.line, p.column))))
    values = {name: getattr(header, name) for name in BankHeader.model_fields}
    return Checked(BankFile.model_construct(**values, questions=questions), ())


def _newer(data: Mapping[str, object], document: Document, file: str) -> Problem | None:
    given = data.get("format")
    if isinstance(given, str) and given.isdecimal() and int(given[:9]) > FORMAT:
        said = f"this bank is of format {given[:9]}, which a newer coach wrote; this one reads format {FORMAT}."
        return Problem(file, *document.place(("format",)), said, f"format: {FORMAT}, or a newer coach")
    return None


def _header(data: Mapping[str, object], document: Document, file: str, problems: list[Problem]) -> BankHeader | None:
    try:
        return BankHeader.model_validate({k: v for k, v in data.items() if k != "questions"})
    except ValidationError as error:
        problems += problems_of(error, document, file, BankFile)
        return None


def _questions(
    data: Mapping[str, object], document: Document, file: str, problems: list[Problem]
) -> list[QuestionEntry]:
    entries = data.get("questions")
    if not isinstance(entries, list) or not entries:
        place = document.keys.get(("questions",), (1, 1))
        problems.append(Problem(file, *place, "questions is missing or empty.", "a list of at least one question"))
        return []
    if len(entries) > MAX_QUESTIONS:
        said = f"there are {len(entries)} questions."
        problems.append(Problem(file, *document.place(("questions",)), said, f"at most {MAX_QUESTIONS} in one bank"))
    questions = []
    for position, entry in enumerate(entries[:MAX_QUESTIONS]):
        # One by one, so that a fault in one question does not hide the faults of the others.
        try:
            questions.append(QuestionEntry.model_validate(entry))
        except ValidationError as error:
            problems += problems_of(error, document, file, QuestionEntry, ("questions", position))
    return questions


def _across(
    data: Mapping[str, object], document: Document, file: str, rubrics: Collection[str] | None
) -> list[Problem]:
    """What only shows when questions and header are seen together, read from the raw data so that it always shows."""
    problems = []
    rubric = data.get("rubric")
    if rubrics is not None and isinstance(rubric, str) and rubric not in rubrics:
        place = document.place(("rubric",))
        problems.append(Problem(file, *place, f"the rubric {rubric!r} is not here.", allowed_text(rubric, rubrics)))
    defaults = data.get("defaults")
    has_category = isinstance(defaults, dict) and "category" in defaults
    seen: dict[str, int] = {}
    listed = data.get("questions")
    entries: Sequence[object] = listed if isinstance(listed, list) else []
    for position, entry in enumerate(entries):
        if not isinstance(entry, dict):
            continue
        path = ("questions", position)
        if not has_category and "category" not in entry:
            said = f"question {position + 1}, category is missing."
            problems.append(Problem(file, *document.place(path), said, "category here, or under defaults for all"))
        problems += _criteria(entry, path, document, file, own_rubric=isinstance(rubric, str))
        known = entry.get("id")
        if isinstance(known, str):
            place = document.place((*path, "id"))
            if known in seen:
                said = f"the id {known!r} is used twice (first in line {seen[known]})."
                problems.append(Problem(file, *place, said, "an id of its own for each question"))
            seen.setdefault(known, place[0])
    return problems


def _criteria(
    entry: Mapping[str, object], path: tuple[str | int, ...], document: Document, file: str, *, own_rubric: bool
) -> list[Problem]:
    given = entry.get("criteria")
    if own_rubric or not isinstance(given, list):
        return []
    return [
        Problem(
            file,
            *document.place((*path, "criteria", position)),
            f"the criterion {name!r} is not known.",
            allowed_text(name, CRITERIA),
        )
        for position, name in enumerate(given)
        if isinstance(name, str) and name not in CRITERIA
    ]


def valid_id(bank_id: str) -> str:
    """`bank_id` if it can be the id of a bank or program. Raises BankError."""
    try:
        return TypeAdapter[str](Slug).validate_python(bank_id)
    except ValidationError as error:
        raise BankError(
            f"{bank_id!r} cannot be used as an id.", "Use small letters, digits and hyphens, for instance night-float."
        ) from error
