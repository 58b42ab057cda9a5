"""The JSON Schemas of bank and program files, for editors that complete and check YAML.

`python -m coach.bank.published [FOLDER]` writes them anew, by default to `question_bank/schema/`; a test says when
that is due. They are as strict as our own check but for what JSON Schema cannot say: ids that are used twice, times in
order.
"""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from coach.bank.names import PLACEHOLDERS
from coach.bank.program_schema import ProgramFile
from coach.bank.schema import BankFile
from coach.config import content

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TITLES: dict[str, tuple[type[BaseModel], str]] = {
    "bank.schema.json": (BankFile, "A question bank of coach"),
    "program.schema.json": (ProgramFile, "A residency program in coach"),
}


def schemas() -> dict[str, dict[str, Any]]:
    """The schemas by file name."""
    return {name: _schema(model, title) for name, (model, title) in _TITLES.items()}


def texts() -> dict[str, str]:
    """The schemas as the text of their files."""
    return {name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in schemas().items()}


def _schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    schema = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        _relax(part)
    about = "Placeholders that a program file fills: " + ", ".join(f"{{{name}}}" for name in PLACEHOLDERS) + "."
    return {"$schema": _DIALECT, **schema, "title": title, "description": about}


def _relax(part: dict[str, Any]) -> None:
    """Makes one object's schema fit how people write YAML: empty keys are left out, and a number can be a text."""
    required = set(part.get("required", ()))
    for name, value in part.get("properties", {}).items():
        value.pop("default", None)
        value.pop("title", None)
        described = {"description": value.pop("description")} if "description" in value else {}
        choices = [choice for choice in value.get("anyOf", [dict(value)]) if choice.get("type") != "null"]
        choices = [_number_too(choice) for choice in choices]
        if name not in required:
            choices = [{k: v for k, v in choice.items() if (k, v) != ("minLength", 1)} for choice in choices]
            choices.append({"type": "null"})
        value.clear()
        value.update(described)
        value.update(choices[0] if len(choices) == 1 else {"anyOf": choices})
    part.pop("title", None)


def _number_too(choice: dict[str, Any]) -> dict[str, Any]:
    plain_text = choice.get("type") == "string" and "enum" not in choice
    return {**choice, "type": ["string", "number"]} if plain_text else choice


def main(folder: Path) -> int:
    """Write the schemas to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else content("question_bank") / "schema"))
