"""Fits how much each lean of a rubric counts: `python -m benchmarks.leans [--write]`.

Fitted are the shipped model's readings of the project's held-out answers (`training/held-out.txt`), which it has never
seen. For every criterion the amounts of its leans are fitted by penalised likelihood (each may move odds one way only),
then one amount a value without a condition is chosen: best kappa, less the price of false alarms. The agreement that
is printed is cross-fitted: amounts from three quarters of the answers, measured on the last. --write puts the amounts
into the rubric file; nothing else of it changes.
"""

import argparse
import math
import sys
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.agreeing import FAULTS, kappa
from coach.config import content
from coach.judge.conditions import Conditions
from coach.judge.encoder import load_encoder
from coach.judge.language import read_words
from coach.judge.rubricfile import load_rubric
from coach.judge.schema import Criterion
from coach.judge.view import Models, View
from coach.judge.yamlfile import read_yaml
from coach.practice.scoring import transcript_and_question
from training.answers import load_all
from training.data import held_out_groups, load_answers

Floats = NDArray[np.float64]
FOLDS = 4
GRID = [x / 4 for x in range(-12, 13)]
PRICE = 2.0
"""What a share of false alarms costs beside kappa: the coach is rather quiet than wrong."""
PENALTY = 1.0
SMALL = 1e-6
OFFSET_PRICE = 0.02


@dataclass(frozen=True)
class Cells:
    """What one criterion is fitted on: a row an answer. `held` are the leans with a condition that held.

    `signs` are 1 for a lean that may only raise odds, -1 for one that may only lower them.
    """

    values: tuple[str, ...]
    toward: tuple[str, ...]
    signs: Floats
    groups: tuple[str, ...]
    scores: Floats
    held: Floats
    right: NDArray[np.bool_]

    def part(self, chosen: NDArray[np.bool_]) -> "Cells":
        """Some of the rows."""
        groups = tuple(g for g, c in zip(self.groups, chosen, strict=True) if c)
        return Cells(
            self.values, self.toward, self.signs, groups, self.scores[chosen], self.held[chosen], self.right[chosen]
        )


@dataclass(frozen=True)
class Fitted:
    """The amounts: one a lean with a condition, one a value."""

    leans: Floats
    always: Floats


def moved(cells: Cells, fitted: Fitted) -> Floats:
    """The scores after all leans."""
    lands = np.array([[t == v for v in cells.values] for t in cells.toward], dtype=np.float64).reshape(
        len(cells.toward), len(cells.values)
    )
    result: Floats = cells.scores + (cells.held * fitted.leans) @ lands + fitted.always
    return result


def fit(cells: Cells, faults: frozenset[str]) -> Fitted:
    """Fit the amounts on all rows."""
    leans, always = np.zeros(len(cells.toward)), np.zeros(len(cells.values))
    lands = np.array([[t == v for v in cells.values] for t in cells.toward], dtype=np.float64)
    step = 0.5 / max(10.0, len(cells.scores) / 8)
    for _ in range(600):
        scores = moved(cells, Fitted(leans, always))
        chance = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        hit = chance * cells.right
        pull = hit / (hit.sum(axis=1, keepdims=True) + 1e-12) - chance
        if len(leans):
            leans = leans + step * (((pull @ lands.T) * cells.held).sum(axis=0) - PENALTY * leans)
            leans = cells.signs * np.maximum(0.0, cells.signs * leans)
        always = always + step * (pull.sum(axis=0) - 0.3 * always)
    return Fitted(leans, always + _best_always(cells, moved(cells, Fitted(leans, always)), faults))


def _best_always(cells: Cells, scores: Floats, faults: frozenset[str]) -> Floats:
    """One amount a value, tried over a coarse grid so that it cannot follow single answers."""
    best = np.zeros(len(cells.values))

    def worth(amounts: Floats) -> float:
        pairs = chosen(cells, scores + amounts)
        alarms = sum(b in faults and a not in faults for a, b in pairs) / len(pairs)
        return kappa(pairs) - PRICE * alarms - OFFSET_PRICE * float(np.abs(amounts).sum())

    def with_amount(k: int, x: float) -> Floats:
        tried = best.copy()
        tried[k] = x
        return tried

    for _ in range(2):
        for k in range(1 if len(cells.values) == 2 else 0, len(cells.values)):
            best = max((with_amount(k, x) for x in GRID), key=worth)
    return best


def chosen(cells: Cells, scores: Floats) -> list[tuple[str, str]]:
    """(right, chosen) value of each row; where two are right, the chosen one if it is among them."""
    pairs = []
    for row, top in zip(cells.right, scores.argmax(axis=1), strict=True):
        right = top if row[top] else int(row.argmax())
        pairs.append((cells.values[right], cells.values[top]))
    return pairs


def cross_fitted(cells: Cells, faults: frozenset[str]) -> list[tuple[str, str]]:
    """(right, chosen) of every row, by amounts that were fitted without its group."""
    fold = np.array([zlib.crc32(g.encode()) % FOLDS for g in cells.groups])
    pairs: list[tuple[str, str]] = []
    for k in range(FOLDS):
        if (fold == k).any() and (fold != k).any():
            rest = cells.part(fold == k)
            pairs += chosen(rest, moved(rest, fit(cells.part(fold != k), faults)))
    return pairs


def cells_of(
    criterion: Criterion,
    rows: Sequence[Mapping[str, Any]],
    views: Mapping[str, View],
    conditions: Conditions,
    kind: str = "",
) -> Cells | None:
    """The cells of a criterion, or of one kind of a criterion with many values."""
    leans = [x for x in criterion.leans if x.when is not None and (not kind or x.toward == kind)]
    scores, held, right, groups = [], [], [], []
    values: tuple[str, ...] = ()
    for row in rows:
        label, found = row["labels"].get(criterion.id), views[row["id"]].chances(criterion.id)
        if label in ("na", None) or found is None:
            continue
        if kind:
            found = {"yes": found[kind], "no": 1.0 - found[kind]}
        values = tuple(sorted(found))
        options = set(label) if isinstance(label, list) else set(str(label).split("|"))
        if kind:
            options = {"yes" if kind in options else "no"}
        view = views[row["id"]]
        scores.append([math.log(max(found[v], SMALL)) for v in values])
        held.append([float(bool(conditions.holds(x.when, view, criterion.id).holds)) for x in leans if x.when])
        right.append([v in options for v in values])
        groups.append(str(row.get("of") or row["id"]))
    if len(scores) < 20:
        return None
    toward = tuple("yes" if kind else x.toward for x in leans)
    # What is missing can only speak against a kind of question, which has no value of its own for "not asked".
    signs = np.array([-1.0 if kind and x.when and x.when.not_ is not None else 1.0 for x in leans])
    return Cells(values, toward, signs, tuple(groups), np.array(scores), np.array(held), np.array(right))


def main(argv: list[str] | None = None) -> int:
    """Fit, print the agreement before and after, and write the amounts when asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rubric", type=Path, default=content("rubrics") / "residency.yaml")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args(argv)
    file = load_rubric(arguments.rubric).file
    held_out = {a.id for a in load_answers() if a.group in held_out_groups()}
    rows = [r for r in load_all() if r["id"] in held_out]
    models = Models(load_encoder(), read_words)
    views = {}
    for row in rows:
        transcript, question = transcript_and_question(row)
        views[row["id"]] = View(transcript, question, None, models)
    conditions = Conditions(file.wordings, None)
    amounts: dict[tuple[int, int], float] = {}
    before_after = []
    for at, criterion in enumerate(file.criteria):
        for view in views.values() if criterion.many else ():
            view.read_questions(criterion.id)
        for kind in criterion.values if criterion.many else ("",):
            cells = cells_of(criterion, rows, views, conditions, kind) if criterion.leans else None
            if cells is None:
                continue
            faults = FAULTS.get(criterion.id, frozenset())
            before, after = kappa(chosen(cells, cells.scores)), cross_fitted(cells, faults)
            alarms = sum(b in faults and a not in faults for a, b in after), sum(a not in faults for a, _ in after)
            before_after.append((before, kappa(after), *alarms))
            fitted = fit(cells, faults)
            _collect(amounts, at, criterion, cells, fitted, kind)
            name = f"{criterion.id}.{kind}" if kind else criterion.id
            print(f"{name:26} n {len(cells.scores):4d}  kappa {before:+.2f} -> {kappa(after):+.2f}  alarms {alarms[0]}")
    alarms_share = sum(x[2] for x in before_after) / max(1, sum(x[3] for x in before_after))
    means = [sum(x[i] for x in before_after) / len(before_after) for i in (0, 1)]
    print(f"mean kappa {means[0]:.3f} -> {means[1]:.3f}, false alarms {alarms_share:.3f}")
    if arguments.write:
        write(arguments.rubric, amounts)
    return 0


def _collect(
    amounts: dict[tuple[int, int], float], at: int, criterion: Criterion, cells: Cells, fitted: Fitted, kind: str
) -> None:
    """Put the fitted amounts to the leans that they belong to; only differences between values count."""
    always = dict(zip(cells.values, fitted.always, strict=True))
    listed = {x.toward for x in criterion.leans if x.when is None}
    base = always["no"] if kind or listed == {"yes"} else 0.0
    place = 0
    for i, one in enumerate(criterion.leans):
        if kind and one.toward != kind:
            continue
        if one.when is None:
            amounts[at, i] = always["yes" if kind else one.toward] - base
        else:
            amounts[at, i] = float(fitted.leans[place])
            place += 1


def write(path: Path, amounts: Mapping[tuple[int, int], float]) -> None:
    """Put the amounts into the file in the place of the old ones."""
    loaded = read_yaml(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    for (at, i), amount in amounts.items():
        line, column = loaded.place(("criteria", at, "leans", i, "by"))
        text = lines[line - 1]
        end = next(k for k in range(column - 1, len(text) + 1) if k == len(text) or text[k] in ",} ")
        lines[line - 1] = f"{text[: column - 1]}{_limited(amount):.2f}{text[end:]}"
    path.write_text("\n".join(lines), encoding="utf-8")


def _limited(amount: float) -> float:
    return min(6.0, max(-6.0, round(amount, 2))) + 0.0


if __name__ == "__main__":
    sys.exit(main())
