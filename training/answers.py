"""Labelled whole answers, written for this project, in a compact form.

A base line holds an answer and only those labels that differ from its category's defaults; a variant line names
its base with "of" and holds exact text replacements and only the labels that change. `load` brings both into full
form. `python -m training.answers` checks every file; with `--write FILE` the answers that the shipped model has
not seen (`held-out.txt`) are written in full, for `python -m benchmarks.agreement --answers FILE`.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "answers"
HELD_OUT = Path(__file__).parent / "held-out.txt"
Labels = dict[str, Any]

CATEGORIES = (
    "behavioral",
    "about_you",
    "program_specific",
    "red_flag",
    "visa",
    "future_plans",
    "clinical",
    "strengths",
    "time_management",
    "questions_for_us",
    "resident_lunch",
)
VALUES: dict[str, tuple[str, ...]] = {
    "closing_summary": ("met", "weak", "missing"),
    "score_apology": ("none", "once", "repeated"),
    "visa_mentions": ("none", "once", "repeated"),
    "visa_stance": ("none", "calm", "apologetic", "demanding", "vague", "avoiding"),
    "program_reasons": ("specific", "generic", "none"),
    "gratitude_first": ("yes", "no"),
    "concrete_example": ("yes", "no"),
    "result_stated": ("yes", "no"),
    "cause_or_change": ("change_led", "balanced", "cause_led"),
    "blame_or_victim": ("yes", "no"),
    "complaint": ("yes", "no"),
    "commitment_risk": ("yes", "no"),
    "commitment_signal": ("yes", "no"),
    "contempt": ("yes", "no"),
    "plans": ("concrete", "vague", "unrealistic"),
    "oversharing": ("yes", "no"),
    "underdog_identity": ("yes", "no"),
    "over_formal": ("yes", "no"),
    "stock_phrases": ("yes", "no"),
    "answers_question": ("yes", "partly", "no"),
    "asks_to_clarify": ("yes", "no"),
    "day_structure": ("yes", "no"),
    "question_kind": ("prestige", "logistics", "training", "support", "other"),
    "meandering": ("yes", "no"),
}
_EVERYWHERE: Labels = {
    "closing_summary": "met",
    "score_apology": "none",
    "visa_mentions": "none",
    "visa_stance": "none",
    "program_reasons": "na",
    "gratitude_first": "no",
    "concrete_example": "na",
    "result_stated": "na",
    "cause_or_change": "na",
    "blame_or_victim": "no",
    "complaint": "no",
    "commitment_risk": "no",
    "commitment_signal": "no",
    "contempt": "no",
    "plans": "na",
    "oversharing": "no",
    "underdog_identity": "no",
    "over_formal": "no",
    "stock_phrases": "no",
    "answers_question": "yes",
    "asks_to_clarify": "no",
    "day_structure": "na",
    "question_kind": "na",
    "meandering": "no",
}
_STORY = {"concrete_example": "yes", "result_stated": "yes"}
_BY_CATEGORY: dict[str, Labels] = {
    "behavioral": _STORY,
    "red_flag": {**_STORY, "cause_or_change": "change_led"},
    "clinical": _STORY,
    "strengths": _STORY,
    "time_management": {**_STORY, "day_structure": "yes"},
    "program_specific": {"program_reasons": "specific"},
    "future_plans": {"program_reasons": "none", "plans": "concrete"},
    "questions_for_us": {"closing_summary": "na", "question_kind": ["training"]},
    "resident_lunch": {"closing_summary": "na", "question_kind": []},
}


class BadAnswer(Exception):  # noqa: N818 -- read as "a bad answer"
    """A line that does not hold what it must; the message says which and why."""


def defaults(category: str) -> Labels:
    """The labels of a clean answer in `category`; "na" where a criterion does not apply."""
    if category not in CATEGORIES:
        raise BadAnswer(f"unknown category {category!r}; allowed: {', '.join(CATEGORIES)}")
    return {**_EVERYWHERE, **_BY_CATEGORY.get(category, {})}


def _check_labels(labels: Labels) -> None:
    """Two values joined by "|" are both right, where careful readers differ."""
    for name, value in labels.items():
        if name not in VALUES:
            raise BadAnswer(f"unknown criterion {name!r}")
        if value == "na":
            continue
        values = value if isinstance(value, list) else str(value).split("|")
        wrong = [v for v in values if v not in VALUES[name]]
        if wrong or (isinstance(value, list) != (name == "question_kind")):
            raise BadAnswer(f"{name}: {value!r} is not allowed; allowed: {VALUES[name]}")


def _expand(raw: dict[str, Any], bases: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if "of" not in raw:
        row = {**raw, "labels": {**defaults(raw["category"]), **raw["labels"]}}
    else:
        base = bases.get(raw["of"])
        if base is None:
            raise BadAnswer(f"base {raw['of']!r} does not stand before it")
        text = base["text"]
        for old, new in raw["edits"]:
            if text.count(old) != 1:
                raise BadAnswer(f"edit text stands {text.count(old)} times in the base, must be once: {old!r}")
            text = text.replace(old, new)
        row = {**base, **{k: v for k, v in raw.items() if k not in ("edits", "labels")}}
        row |= {"text": " ".join(text.split()), "labels": {**base["labels"], **raw["labels"]}}
    _check_labels(row["labels"])
    if not isinstance(row["text"], str):
        raise BadAnswer("text must be the words of the answer")
    if not isinstance(row["overall"], int | float) or not 1 <= row["overall"] <= 5:
        raise BadAnswer(f"overall must be 1 to 5, is {row['overall']!r}")
    return row


def load(path: Path) -> Iterator[dict[str, Any]]:
    """Expand one file. Raises BadAnswer, naming the file and line, at the first line that is wrong."""
    bases: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            row = _expand(raw, bases)
            if row["id"] in bases:
                raise BadAnswer(f"id {row['id']!r} stands twice")
            bases[row["id"]] = row
        except (AttributeError, KeyError, TypeError, ValueError, BadAnswer) as error:
            raise BadAnswer(f"{path.name}:{number}: {error!r}") from error
        yield row


def load_all(folder: Path = FOLDER, files: str = "*.jsonl") -> list[dict[str, Any]]:
    """All answers of a folder's files with such a name, expanded, in the order of file names."""
    return [row for path in sorted(folder.glob(files)) for row in load(path)]


def held_out(path: Path = HELD_OUT) -> frozenset[str]:
    """The bases that, with their variants, the shipped model has never seen: on them it is calibrated and measured."""
    return frozenset(path.read_text(encoding="utf-8").split())


def held_out_rows(files: str = "*.jsonl") -> list[dict[str, Any]]:
    """The held-out answers, expanded, the overall mark among the labels; `group` is the base of all variants."""
    kept = held_out()
    root: dict[str, str] = {}
    found = []
    for row in load_all(files=files):
        root[row["id"]] = root.get(row.get("of", ""), row["id"])
        if root[row["id"]] in kept:
            found.append({**row, "group": root[row["id"]], "labels": {**row["labels"], "overall": row["overall"]}})
    return found


def check(path: Path) -> bool:
    """Print what a file holds, or what is wrong with it."""
    try:
        rows = list(load(path))
    except BadAnswer as error:
        print(error, file=sys.stderr)
        return False
    counts = Counter((c, str(v)) for r in rows for c, v in r["labels"].items() if v not in ("na", "no", "none"))
    print(f"{path.name}: {len(rows)} answers, {sum('of' not in r for r in rows)} bases")
    for (criterion, value), count in sorted(counts.items()):
        print(f"  {criterion} {value}: {count}")
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the held-out answers there")
    parser.add_argument("--files", default="*.jsonl", help="only of files with such a name")
    asked = parser.parse_args()
    if asked.write:
        rows = held_out_rows(asked.files)
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        asked.write.write_text("".join(lines), encoding="utf-8")
        print(f"{len(rows)} answers")
        return 0
    wrong = [path for path in sorted(FOLDER.glob(asked.files)) if not check(path)]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
