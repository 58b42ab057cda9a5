"""The shipped content keeps to its own rules, and the published schemas are up to date and true."""

import json
import re

import pytest
from ruamel.yaml import YAML

from coach.bank.check import check_bank
from coach.bank.convert import questions
from coach.bank.names import ASKED_BY, CRITERIA, PLACEHOLDERS
from coach.bank.program_files import check_program
from coach.bank.program_schema import ProgramFile
from coach.bank.published import texts
from coach.bank.schema import QuestionEntry
from coach.bank.signals import SIGNAL_IDS
from coach.bank.template import new_bank
from coach.config import content
from coach.domain.question import CATEGORIES
from tests.bank.banks import GOOD
from tests.bank.test_check import TEN_MISTAKES
from tests.conftest import project

FOLDER = content("question_bank")
BANKS = sorted(FOLDER.glob("*.yaml"))
PROGRAMS = sorted((FOLDER / "programs").glob("*.yaml"))


@pytest.mark.parametrize("path", BANKS, ids=lambda p: p.stem)
def test_every_shipped_bank_is_right_and_complete(path):
    checked = check_bank(path.read_bytes(), path.name)
    assert checked.problems == ()
    for question in questions(checked.bank):
        assert len(set(question.rephrasings) - {question.text}) >= 2, question.key
        assert question.why, question.key
        assert question.strong, question.key
        assert question.sinks, question.key
        assert question.structure, question.key
        assert question.criteria, question.key


def test_shipped_questions_are_many_and_asked_once():
    asked = [q for path in BANKS for q in questions(check_bank(path.read_bytes(), path.name).bank)]
    assert len(asked) >= 220
    texts_of = [q.text.casefold() for q in asked]
    assert sorted({text for text in texts_of if texts_of.count(text) > 1}) == []


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda p: p.stem)
def test_every_shipped_program_is_right_and_says_verify(path):
    record, problems = check_program(path.read_bytes(), path.name)
    assert problems == ()
    assert record.verify


def test_the_published_schemas_are_what_the_code_says():
    for name, text in texts().items():
        published = (FOLDER / "schema" / name).read_text(encoding="utf-8")
        assert published == text, "run: python -m coach.bank.published"


def schema(name):
    return json.loads((FOLDER / "schema" / name).read_text(encoding="utf-8"))


def faults(value, rule, whole, path=""):
    """What a JSON Schema validator would say, for the keywords that ours uses."""
    if "$ref" in rule:
        return faults(value, whole["$defs"][rule["$ref"].rpartition("/")[2]], whole, path)
    if "anyOf" in rule:
        tries = [faults(value, choice, whole, path) for choice in rule["anyOf"]]
        return [] if [] in tries else min(tries, key=len)
    kinds = {"string": str, "number": (int, float), "integer": int, "boolean": bool, "null": type(None), "array": list}
    allowed = rule.get("type", [])
    allowed = [allowed] if isinstance(allowed, str) else allowed
    if allowed and not any(isinstance(value, kinds.get(kind, dict)) for kind in allowed):
        return [f"{path}: not {allowed}"]
    found = []
    if "enum" in rule and value not in rule["enum"]:
        found.append(f"{path}: not in the list")
    if isinstance(value, str):
        found += [f"{path}: pattern"] if not re.search(rule.get("pattern", ""), value) else []
        found += (
            [f"{path}: length"] if not rule.get("minLength", 0) <= len(value) <= rule.get("maxLength", 10**9) else []
        )
    elif isinstance(value, list):
        for number, one in enumerate(value):
            found += faults(one, rule.get("items", {}), whole, f"{path}[{number}]")
    elif isinstance(value, dict):
        known = rule.get("properties", {})
        found += [f"{path}: no {name}" for name in rule.get("required", ()) if name not in value]
        for name, one in value.items():
            found += faults(one, known[name], whole, f"{path}.{name}") if name in known else [f"{path}: unknown {name}"]
    elif isinstance(value, int | float):
        found += [f"{path}: range"] if not rule.get("minimum", value) <= value <= rule.get("maximum", value) else []
    return found


@pytest.mark.parametrize("path", [*BANKS, *PROGRAMS], ids=lambda p: p.stem)
def test_shipped_files_fit_the_published_schema_as_an_editor_reads_them(path):
    whole = schema("program.schema.json" if path in PROGRAMS else "bank.schema.json")
    assert faults(as_an_editor(path.read_text(encoding="utf-8")), whole, whole) == []


def as_an_editor(text):
    """The values of a YAML text as editors read them: of the core schema, in which dates are texts."""
    return typed(YAML(typ="base", pure=True).load(text))


def typed(value):
    """Plain texts as what they look like."""
    if isinstance(value, dict):
        return {name: typed(one) for name, one in value.items()}
    if isinstance(value, list):
        return [typed(one) for one in value]
    if value in ("true", "false"):
        return value == "true"
    return None if value in ("", None) else int(value) if re.fullmatch("[0-9]+", value) else value


def test_the_schema_refuses_what_the_check_refuses():
    whole = schema("bank.schema.json")
    assert faults(as_an_editor(GOOD), whole, whole) == []
    assert faults(as_an_editor(new_bank("mine", "Mine", "mine.yaml")), whole, whole) == []
    found = " ".join(faults(as_an_editor(TEN_MISTAKES), whole, whole))
    for fault in (
        "unknown autor",
        ".id: pattern",
        "not in the list",
        "unknown rephrasing",
        "think_seconds",
        ".ask: length",
    ):
        assert fault in found


def test_the_criteria_that_banks_may_name_are_those_of_the_shipped_rubric():
    rubric = (content("rubrics") / "residency.yaml").read_text(encoding="utf-8")
    assert set(CRITERIA) <= set(re.findall(r"^  - id: (\S+)$", rubric, re.MULTILINE))
    assert len(CRITERIA) == len(set(CRITERIA))


def test_the_example_in_the_documentation_is_right():
    guide = (project() / "docs" / "banks.md").read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(.*?)```", guide, re.DOTALL)[1]
    assert check_bank(example.encode(), "ward.yaml").problems == ()
    for name in (*QuestionEntry.model_fields, *CATEGORIES, *ASKED_BY, *PLACEHOLDERS):
        assert name in guide, name
    other = (project() / "docs" / "programs.md").read_text(encoding="utf-8")
    for name in (*ProgramFile.model_fields, *SIGNAL_IDS):
        assert name in other, name
