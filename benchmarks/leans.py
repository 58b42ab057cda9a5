"""Fits how much each lean of a rubric counts: `python -m benchmarks.leans [--write]`.

Fitted are the shipped model's readings of the project's held-out answers (`training/held-out.txt`), which it has never
seen. For every criterion the amounts of its leans are fitted by penalised likelihood (each may move odds one way
only). The agreement that is printed is cross-fitted: amounts from three quarters of the answers, measured on the last;
leans that do not help there should be taken out of the rubric. --write puts the amounts into the rubric file; nothing
else of it changes.
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
from coach.judge.encoder import MODEL_FOLDER, load_encoder
from coach.judge.language import read_words
from coach.judge.rubricfile import load_rubric
from coach.judge.schema import Criterion
from coach.judge.view import Models, View
from coach.judge.yamlfile import read_yaml
from coach.practice.scoring import transcript_and_question
from training.answers import held_out_rows

Floats = NDArray[np.float64]
FOLDS = 4
PENALTY = 1.0
SMALL = 1e-6


@dataclass(frozen=True)
class Cells:
    """What one criterion is fitted on: a row an answer. `held` are the leans whose condition held.

    `signs` are 1 for a lean that may only raise odds, -1 for one that may only lower them, 0 for one that may do both.
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


def moved(cells: Cells, amounts: Floats) -> Floats:
    """The scores after all leans."""
    result: Floats = cells.scores + (cells.held * amounts) @ lands(cells)
    return result


def lands(cells: Cells) -> Floats:
    """Which value each lean speaks for: a row a lean, a column a value."""
    rows = [[float(t == v) for v in cells.values] for t in cells.toward]
    return np.array(rows, dtype=np.float64).reshape(len(cells.toward), len(cells.values))


def fit(cells: Cells) -> Floats:
    """Fit the amount of each lean on all rows."""
    amounts, speaks = np.zeros(len(cells.toward)), lands(cells)
    step = 0.5 / max(10.0, len(cells.scores) / 8)
    for _ in range(600):
        scores = moved(cells, amounts)
        chance = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        hit = chance * cells.right
        pull = hit / (hit.sum(axis=1, keepdims=True) + 1e-12) - chance
        amounts = amounts + step * (((pull @ speaks.T) * cells.held).sum(axis=0) - PENALTY * amounts)
        amounts = np.where(cells.signs == 0.0, amounts, cells.signs * np.maximum(0.0, cells.signs * amounts))
    return amounts


def chosen(cells: Cells, scores: Floats) -> list[tuple[str, str]]:
    """(right, chosen) value of each row; where two are right, the chosen one if it is among them."""
    pairs = []
    for row, top in zip(cells.right, scores.argmax(axis=1), strict=True):
        right = top if row[top] else int(row.argmax())
        pairs.append((cells.values[right], cells.values[top]))
    return pairs


def cross_fitted(cells: Cells) -> list[tuple[str, str]]:
    """(right, chosen) of every row, by amounts that were fitted without its group."""
    fold = np.array([zlib.crc32(g.encode()) % FOLDS for g in cells.groups])
    pairs: list[tuple[str, str]] = []
    for k in range(FOLDS):
        if (fold == k).any() and (fold != k).any():
            rest = cells.part(fold == k)
            pairs += chosen(rest, moved(rest, fit(cells.part(fold != k))))
    return pairs


def cells_of(
    criterion: Criterion,
    rows: Sequence[Mapping[str, Any]],
    views: Mapping[str, View],
    conditions: Conditions,
    kind: str = "",
) -> Cells | None:
    """The cells of a criterion, or of one kind of a criterion with many values."""
    leans = [x for x in criterion.leans if not kind or x.toward == kind]
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
        held.append([float(x.when is None or bool(conditions.holds(x.when, view, criterion.id).holds)) for x in leans])
        right.append([v in options for v in values])
        groups.append(row["group"])
    if len(scores) < 20:
        return None
    toward = tuple("yes" if kind else x.toward for x in leans)
    # What is missing can only speak against a kind of question, which has no value of its own for "not asked".
    signs = np.array([0.0 if x.when is None else -1.0 if kind and x.when.not_ is not None else 1.0 for x in leans])
    return Cells(values, toward, signs, tuple(groups), np.array(scores), np.array(held), np.array(right))


def main(argv: list[str] | None = None) -> int:
    """Fit, print the agreement before and after, and write the amounts when asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rubric", type=Path, default=content("rubrics") / "residency.yaml")
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER, help="folder of another exported model")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args(argv)
    file = load_rubric(arguments.rubric).file
    rows = held_out_rows()
    models = Models(load_encoder(arguments.model), read_words)
    views = {}
    for row in rows:
        transcript, question = transcript_and_question(row)
        views[row["id"]] = View(transcript, question, None, models)
    conditions = Conditions(file.wordings, None)
    amounts: dict[tuple[int, int], float] = {}
    before_after = []
    for at, criterion in enumerate(file.criteria):
        if not criterion.leans:
            continue
        for view in views.values() if criterion.many else ():
            view.read_questions(criterion.id)
        for kind in [r.gives for r in criterion.rules] if criterion.many else [""]:
            cells = cells_of(criterion, rows, views, conditions, kind)
            if cells is None:
                continue
            faults = FAULTS.get(criterion.id, frozenset())
            before, after = chosen(cells, cells.scores), cross_fitted(cells)
            alarms = [sum(b in faults and a not in faults for a, b in pairs) for pairs in (before, after)]
            before_after.append((kappa(before), kappa(after)))
            fitted = fit(cells)
            places = [i for i, x in enumerate(criterion.leans) if not kind or x.toward == kind]
            amounts |= {(at, i): float(amount) for i, amount in zip(places, fitted, strict=True)}
            name = f"{criterion.id}.{kind}" if kind else criterion.id
            print(
                f"{name:26} n {len(cells.scores):4d}  kappa {kappa(before):+.2f} -> {kappa(after):+.2f}  "
                f"alarms {alarms[0]} -> {alarms[1]}  amounts {' '.join(f'{x:.2f}' for x in fitted)}"
            )
    means = [sum(x[i] for x in before_after) / max(1, len(before_after)) for i in (0, 1)]
    print(f"mean kappa of these {means[0]:.3f} -> {means[1]:.3f}")
    if arguments.write:
        write(arguments.rubric, amounts)
    return 0


def write(path: Path, amounts: Mapping[tuple[int, int], float]) -> None:
    """Put the amounts into the file in the place of the old ones."""
    loaded = read_yaml(path)
    lines = path.read_bytes().decode("utf-8").split("\n")
    places = {loaded.place(("criteria", at, "leans", i, "by")): amount for (at, i), amount in amounts.items()}
    # From the right, so that a changed length moves no place that is still to come.
    for (line, column), amount in sorted(places.items(), reverse=True):
        text = lines[line - 1]
        end = next(k for k in range(column - 1, len(text) + 1) if k == len(text) or text[k] in ",} \r")
        lines[line - 1] = f"{text[: column - 1]}{_limited(amount):.2f}{text[end:]}"
    path.write_bytes("\n".join(lines).encode("utf-8"))


def _limited(amount: float) -> float:
    return min(6.0, max(-6.0, round(amount, 2))) + 0.0


if __name__ == "__main__":
    sys.exit(main())
