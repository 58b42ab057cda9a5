"""How fast a very large library is: 50,000 questions in 200 bank files.

`python -m benchmarks.banks [--json] [--questions N] [--files N]` makes the banks in a temporary folder, reads them once
(the first run), and then measures in fresh processes what a user feels: from the start of loading to the first page of
the list, and a search. Every time is the median of several processes.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TARGET_S = 0.3
"""The first list after the first run must be there within this time."""

_WORDS = (
    *("mistake", "conflict", "night", "patient", "family", "senior", "nurse", "pressure", "feedback", "handover"),
    *("error", "overload", "ethics", "research", "clinic", "rural", "community", "discharge", "consent", "language"),
    *("culture", "decision", "teamwork", "leadership", "schedule", "fatigue", "safety", "medication"),
)
_CATEGORIES = ("about_you", "behavioral", "red_flag", "clinical", "strengths", "time_management")
_MEASURED = """
import json, sys, time
start = time.perf_counter()
from pathlib import Path
from coach.config import Home
from coach.practice.banks import Filter, load_library
imported = time.perf_counter()
library = load_library(Home(Path(sys.argv[1])))
page = library.questions[:50]
first_list = time.perf_counter()
count = len(library.questions)
counted = time.perf_counter()
found = library.find(Filter(text="senior mistake", categories=("behavioral",)))[:50]
searched = time.perf_counter()
counts = library.counts("category")
grouped = time.perf_counter()
keys = library.keys()
listed = time.perf_counter()
deep = library.questions[40_000:40_050]
paged = time.perf_counter()
read = "pydantic" in sys.modules or "yaml" in sys.modules
from datetime import UTC, datetime
from coach.practice.choosing import Wish, choose
before = time.perf_counter()
session = choose(library, Wish(seed=1), (), {}, datetime.now(UTC))
chosen = time.perf_counter()
print(json.dumps({
    "import_s": imported - start, "first_list_s": first_list - imported, "count_s": counted - first_list,
    "search_s": searched - counted, "categories_s": grouped - searched, "all_keys_s": listed - grouped,
    "far_page_s": paged - listed, "questions": count, "found": len(found), "page": len(page),
    "session_s": chosen - before, "parser_imported": read,
}))
"""


def write_banks(folder: Path, questions: int, files: int) -> None:
    """Write `files` bank files with together `questions` questions."""
    folder.mkdir(parents=True)
    each = questions // files
    for number in range(files):
        lines = ["format: 1", f"id: bank-{number:03}", f"title: Bank {number}", "author: Benchmark", "questions:"]
        for position in range(each):
            first = _WORDS[(number + position) % len(_WORDS)]
            second = _WORDS[(number * 7 + position * 3) % len(_WORDS)]
            lines += [
                f"  - id: q-{position}",
                f"    ask: Tell me about a {first} that changed how you think about {second}, number {position}.",
                "    rephrasings:",
                f"      - When did a {first} teach you something on {second}?",
                f"      - Walk us through a {first} in your last year of training.",
                f"    category: {_CATEGORIES[position % len(_CATEGORIES)]}",
                f"    tags: [{first}, {second}]",
                "    why: They want to hear one event, what you did yourself, and what you do differently now.",
                "    strong: One event in three sentences, your own part, what came of it, and a takeaway at the end.",
                "    sinks: Blaming a colleague, a habit in place of an event, and no end.",
                "    structure: STAR",
                "    follow_ups: [What would your senior say?]",
                "    criteria: [concrete_example, result_stated, closing_summary]",
                "    answer_seconds: {low: 60, high: 90, stop: 120}",
            ]
        (folder / f"bank-{number:03}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def measure(questions: int, files: int, repeats: int) -> dict[str, float]:
    """Times in seconds, medians over `repeats` fresh processes; `first_run_s` is the one reading of everything."""
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        write_banks(home / "banks", questions, files)
        begun = time.perf_counter()
        _run(home)
        result = {"first_run_s": time.perf_counter() - begun}
        runs = [_run(home) for _ in range(repeats)]
        result |= {name: statistics.median(run[name] for run in runs) for name in runs[0]}
        bank = home / "banks" / "bank-007.yaml"
        bank.write_text(bank.read_text(encoding="utf-8").replace("Bank 7", "Bank seven"), encoding="utf-8")
        result["one_changed_s"] = _run(home)["first_list_s"]
        result["index_mb"] = (home / "cache" / "banks.db").stat().st_size / 1e6
    return result


def _run(home: Path) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", _MEASURED, str(home)], check=True, capture_output=True, text=True)
    values: dict[str, float] = json.loads(done.stdout)
    return values


def main() -> int:
    """Run the benchmark; returns 1 if the first list takes longer than the target."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--questions", type=int, default=50_000)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    result = measure(arguments.questions, arguments.files, arguments.repeats)
    felt = result["import_s"] + result["first_list_s"]
    if arguments.json:
        print(json.dumps({**result, "import_and_first_list_s": felt, "target_s": TARGET_S}))
    else:
        for name, value in result.items():
            print(f"{name:14} {value:10.3f}")
        print(f"import and first list: {felt:.3f} s (target {TARGET_S} s)")
    return 0 if felt <= TARGET_S else 1


if __name__ == "__main__":
    sys.exit(main())
