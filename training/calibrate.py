"""Offsets from held-out predictions.

`python -m training.calibrate RUNS/*/held.json --offsets FILE --results FOLDER` joins the predictions of all runs. The
offset moves the scores so that agreement is best. It is fitted on predictions of answers that the predicting model had
not seen. What is reported as agreement is cross-fitted: fitted on one half of the groups and measured on the other
half, and the other way round.
"""

import argparse
import json
import sys
from pathlib import Path

from training.data import Example, fold, load_answers
from training.measure import Offsets, Probabilities, agreement, calibrate, choose, table


def load_held(paths: list[Path]) -> dict[str, Probabilities]:
    """Answer id -> held-out probabilities, from all files."""
    found: dict[str, Probabilities] = {}
    for path in paths:
        found |= json.loads(path.read_text(encoding="utf-8"))["predictions"]
    return found


def moved(found: dict[str, Probabilities], offsets: Offsets) -> dict[str, Probabilities]:
    """Predictions in which the value chosen with the offsets has all the probability."""
    return {
        key: {
            name: values if name == "overall" else {v: float(v == choose(values, offsets.get(name))) for v in values}
            for name, values in outputs.items()
        }
        for key, outputs in found.items()
    }


def cross_fitted(examples: list[Example], found: dict[str, Probabilities]) -> dict[str, Probabilities]:
    """Choices by offsets that were fitted on the other half of the groups."""
    half = {e.group: fold(e.group, 2, 11) for e in examples}
    chosen: dict[str, Probabilities] = {}
    for side in (0, 1):
        fitted = calibrate([e for e in examples if half[e.group] != side], found)
        chosen |= moved({e.id: found[e.id] for e in examples if half[e.group] == side}, fitted)
    return chosen


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("held", type=Path, nargs="+")
    parser.add_argument("--offsets", type=Path, required=True, help="where to write the offsets")
    parser.add_argument("--results", type=Path, help="folder for the table")
    asked = parser.parse_args()
    found = load_held(asked.held)
    examples = [e for e in load_answers() if e.id in found]
    raw = table(agreement(examples, found, {}))
    fitted = table(agreement(examples, cross_fitted(examples, found), {}))
    asked.offsets.write_text(json.dumps(calibrate(examples, found), indent=1) + "\n", encoding="utf-8")
    report = f"{len(examples)} held-out answers\n\nWithout offsets\n\n{raw}\n\nWith offsets, cross-fitted\n\n{fitted}\n"
    print(report)
    if asked.results:
        asked.results.mkdir(parents=True, exist_ok=True)
        (asked.results / "held-out.txt").write_text(report, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
