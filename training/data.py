"""Labelled answers and passages as examples for training: what is read, and which values are right."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from training import answers
from training.criteria import KINDS, OUTPUTS

PASSAGES = Path(__file__).parent / "passages"
Targets = dict[str, dict[str, float]]
"""Output -> value -> share; two values that both count as right have the share 1 each."""
_RENAMED = {"cause_or_change": "setback_part", "stock_phrases": "stock_phrase"}
"""Passages judge a part of what an answer's criterion judges; these have outputs of their own."""


@dataclass(frozen=True, slots=True)
class Example:
    """One text to read with its right values. `group` ties what must stay in one fold: a base and its variants."""

    id: str
    group: str
    category: str
    question: str
    facts: tuple[str, ...]
    text: str
    targets: Targets = field(hash=False)


def mark_shares(overall: float) -> dict[str, float]:
    """A mark from 1 to 5 as shares of the two whole marks around it."""
    low = min(int(overall), 4)
    shares = {str(low): low + 1 - overall, str(low + 1): overall - low}
    return {value: share for value, share in shares.items() if share > 0}


def targets_of(labels: Mapping[str, Any]) -> Targets:
    """The targets of an answer's labels; a criterion that is "na", empty or unknown is left out."""
    found: Targets = {}
    for criterion, value in labels.items():
        if value in ("na", None, "") or criterion == "overall":
            continue
        if criterion == "question_kind":
            asked = set(value if isinstance(value, list) else str(value).split("|")[0].split("+"))
            found |= {f"question_kind.{kind}": {"yes" if kind in asked else "no": 1.0} for kind in KINDS}
        elif criterion in OUTPUTS:
            found[criterion] = dict.fromkeys(str(value).split("|"), 1.0)
    return found


def _facts(program: Mapping[str, Any] | None) -> tuple[str, ...]:
    return tuple(program["facts"]) if program else ()


def answer_example(row: Mapping[str, Any]) -> Example:
    """An expanded answer (see `training.answers`, or a line in the form of a labelled answers file) as an example."""
    targets = targets_of(row["labels"])
    overall = row.get("overall", row["labels"].get("overall"))
    if overall is not None:
        targets["overall"] = mark_shares(float(overall))
    return Example(
        id=row["id"],
        group=row.get("of", row["id"]),
        category=row["category"],
        question=row["question"],
        facts=_facts(row["program"]),
        text=row["text"],
        targets=targets,
    )


def passage_targets(criterion: str, value: str) -> Targets:
    """The targets of a passage, which is labelled for one criterion only."""
    if criterion == "question_kind":
        return {f"question_kind.{kind}": {"yes" if kind == value else "no": 1.0} for kind in KINDS}
    return {_RENAMED.get(criterion, criterion): {value: 1.0}}


def passage_example(row: Mapping[str, Any], number: str) -> Example:
    """A labelled passage as an example of its own."""
    return Example(
        id=number,
        group=number,
        category="",
        question=row["question"] or "",
        facts=_facts(row["program"]),
        text=row["text"],
        targets=passage_targets(row["criterion"], row["value"]),
    )


def load_answers(folder: Path = answers.FOLDER, files: str = "*.jsonl") -> list[Example]:
    """The labelled answers of the project, or of some files. Variants of a variant are tied to the first base."""
    found: list[Example] = []
    root: dict[str, str] = {}
    for row in answers.load_all(folder, files):
        root[row["id"]] = root.get(row.get("of", ""), row["id"])
        found.append(answer_example({**row, "of": root[row["id"]]}))
    return found


def load_passages(folder: Path = PASSAGES) -> list[Example]:
    """All labelled passages of the project, in the order of file names."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        found += [passage_example(json.loads(x), f"{path.stem}-{n}") for n, x in enumerate(lines, 1) if x.strip()]
    return found


def fold(group: str, count: int, seed: int) -> int:
    """The fold in which a group is held out: always the same one, however many groups there are."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{group}".encode()).digest()[:8], "big") % count
