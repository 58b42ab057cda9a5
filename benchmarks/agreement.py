"""Agreement of the judge with careful readers: `python -m benchmarks.agreement [--answers FILE] [--json]`.

Scores labelled answers (.jsonl with "labels") and prints the table per criterion, the mean kappa, the rank correlation
of the overall mark, false alarms, minimal pairs, and the speed. Definitions: benchmarks/agreeing.py.
"""

import argparse
import dataclasses
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.agreeing import Table, find_pairs, table
from coach.config import find_home
from coach.domain.finding import Feedback
from coach.judge.engine import load_judge
from coach.practice.scoring import score_row

LABELLED = Path(__file__).parent.parent.parent / "shared" / "judgement" / "answers-dev.jsonl"


def main(argv: list[str] | None = None) -> int:
    """Run the benchmark; 1 when there is no file of labelled answers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--answers", type=Path, default=LABELLED, help=".jsonl of labelled answers")
    parser.add_argument("--rubric", default="", help="judge by this rubric")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--wrong", metavar="CRITERION", default="", help="also list the answers judged otherwise")
    arguments = parser.parse_args(argv)
    if not arguments.answers.is_file():
        print(f"There is no file {arguments.answers}; give one with --answers.", file=sys.stderr)
        return 1
    rows = [json.loads(line) for line in arguments.answers.read_text(encoding="utf-8").splitlines() if line.strip()]
    predicted, seconds = _predict(rows, arguments.rubric)
    gold = {str(r["id"]): r["labels"] for r in rows}
    measured = table(gold, predicted, find_pairs(rows))
    if arguments.json:
        print(json.dumps({**dataclasses.asdict(measured), **seconds}))
    else:
        print_table(measured)
        print(
            f"first answer {seconds['first_s']:.1f} s, then {seconds['mean_s']:.3f} s an answer "
            f"(longest {seconds['longest_s']:.3f} s), {seconds['per_second']:.1f} answers a second"
        )
    if arguments.wrong:
        _print_wrong(arguments.wrong, rows, predicted)
    return 0


def _predict(rows: list[dict[str, Any]], rubric: str) -> tuple[dict[str, dict[str, Any]], dict[str, float]]:
    judge = load_judge(find_home(), rubric)
    predicted: dict[str, dict[str, Any]] = {}
    times: list[float] = []
    for row in rows:
        begun = time.perf_counter()
        feedback = score_row(judge, row)
        times.append(time.perf_counter() - begun)
        predicted[str(row["id"])] = labels_of(feedback)
    warm = times[1:] or times
    mean = sum(warm) / len(warm)
    speed = {"first_s": times[0], "mean_s": mean, "longest_s": max(warm), "per_second": 1 / mean}
    return predicted, speed


def labels_of(feedback: Feedback) -> dict[str, Any]:
    """The judge's labels in the form of the labelled answers, the overall mark among them."""
    labels = {k: list(v) if isinstance(v, tuple) else v for k, v in feedback.labels.items()}
    return {**labels, "overall": feedback.overall}


def print_table(measured: Table) -> None:
    """Print the table for people."""
    for row in measured.rows:
        extra = f"  P {row.precision:.2f} R {row.recall:.2f}" if row.precision is not None else ""
        print(f"{row.criterion:20} n {row.n:4d}  agree {row.agree:.2f}  kappa {row.kappa:+.2f}  F1 {row.f1:.2f}{extra}")
    pairs = f"{measured.pairs:.3f} of {measured.pair_count}" if measured.pairs is not None else "none in this file"
    print(
        f"mean kappa {measured.mean_kappa:.3f}  mean F1 {measured.mean_f1:.3f}  overall rho "
        f"{measured.spearman_overall:.3f}  false alarms {measured.false_alarms:.3f}  answers {measured.answers}"
    )
    cells = f"; by criterion {measured.pair_cells:.3f} of {measured.pair_cell_count}" if measured.pair_cells else ""
    print(f"minimal pairs right on both sides: {pairs}{cells}")


def _print_wrong(criterion: str, rows: list[dict[str, Any]], predicted: Mapping[str, Mapping[str, Any]]) -> None:
    for row in rows:
        right, said = row["labels"].get(criterion), predicted[str(row["id"])].get(criterion)
        given = "+".join(said) if isinstance(said, list) else str(said)
        if right not in ("na", None) and given not in str(right).split("|"):
            print(f"{row['id']}: said {given}, right is {right}")


if __name__ == "__main__":
    sys.exit(main())
