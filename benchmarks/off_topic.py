"""Whether the judge compares an answer with its question: `python -m benchmarks.off_topic [--json]`.

Answers that the shipped model has never seen (`training/held-out.txt`) and that answer their question are judged under
that question and under one of quite another category (`training.augment.asked_otherwise`), so that the same words are
read twice and only the question tells the difference. Counted is what `answers_question` says.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping

from coach.config import find_home
from coach.judge.engine import Judge, load_judge
from coach.practice.scoring import score_row
from training.answers import held_out
from training.augment import swapped
from training.data import Example, load_answers

COUNT, SEED = 150, 5
CRITERION = "answers_question"


def main(argv: list[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument(
        "--files", default="*.jsonl", help="only the held-out answers of these files of training/answers"
    )
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(argv)
    kept = held_out()
    held = [a for a in load_answers(files=arguments.files) if a.group in kept]
    own = {a.id: a for a in held}
    elsewhere = swapped(held, random.Random(SEED), COUNT)
    judge = load_judge(find_home())
    found = {
        "under its own question": told(judge, (own[e.id.split("?")[0]] for e in elsewhere)),
        "under another question": told(judge, elsewhere),
    }
    if arguments.json:
        print(json.dumps(found))
        return 0
    for name, counts in found.items():
        print(f"{name}: " + ", ".join(f"{value} {count}" for value, count in counts.items()))
    return 0


def told(judge: Judge, examples: Iterable[Example]) -> Mapping[str, int]:
    """How often each value of the criterion is told."""
    counts: Counter[str] = Counter()
    for example in examples:
        feedback = score_row(judge, row(example))
        counts[str(feedback.labels[CRITERION])] += 1
    return dict(sorted(counts.items()))


def row(example: Example) -> dict[str, object]:
    """An example in the form of a labelled answers file, without labels."""
    program = {"name": "", "facts": list(example.facts)} if example.facts else None
    return {
        "id": example.id,
        "category": example.category,
        "question": example.question,
        "program": program,
        "text": example.text,
    }


if __name__ == "__main__":
    raise SystemExit(main())
