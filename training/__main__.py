"""The shipped model, from nothing to the files in `coach/judge/model`: `python -m training`.

Runs the stages of `RECIPE` one after the other, each from where the one before ended, then calibrates on the held-out
answers and exports. Needs the extra "train" and the packages of the base (docs/model-card.md).
"""

import argparse
import shlex
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

from training.learn import Settings

FIRST, SECOND, THIRD = "[a-e].jsonl", "[a-m].jsonl", "[a-t].jsonl"
"""The files of answers as they came, in three rounds before the last."""
_FROM_THE_BASE = Settings(base="mpnet", files=FIRST, epochs=3, rate=6e-5, head_rate=1.2e-3, seed=7)
_ROUND = replace(_FROM_THE_BASE, epochs=1, rate=4e-5, head_rate=6e-4, passages=0.15, composites=0.1)
RECIPE = (
    _FROM_THE_BASE,
    replace(_ROUND, files=SECOND, rate=5e-5, head_rate=8e-4, last=2 / 3, passages=0.2, seed=8),
    replace(_ROUND, files=SECOND, rate=3.3e-5, head_rate=5.3e-4, passages=0.2, seed=9),
    replace(_ROUND, files=SECOND, last=0.5, swapped=0.12, seed=11),
    replace(_ROUND, files=THIRD, last=0.6, swapped=0.08, share=0.65, seed=12),
    replace(
        _ROUND, files="*.jsonl", passages=0.1, composites=0.05, swapped=0.06, share=0.3, whole="[u-z].jsonl", seed=13
    ),
)
"""Round by round, at rates that sink at last; since the fourth stage with answers under questions that they do not
answer."""


def commands(folder: Path) -> list[list[str]]:
    """The module calls that make the model, in order; each is a command of its own and can be repeated alone."""
    found: list[list[str]] = []
    before: Path | None = None
    for number, settings in enumerate(RECIPE, start=1):
        out = folder / f"stage-{number}"
        call = ["training.train", "--out", str(out)]
        for name, value in asdict(settings).items():
            call += [f"--{name.replace('_', '-')}", str(value)]
        found.append(call if before is None else [*call, "--start", str(before)])
        before = out / "shipped" / "model.pt"
    last, offsets = folder / f"stage-{len(RECIPE)}" / "shipped", folder / "offsets.json"
    results = Path(__file__).parent / "results"
    calibrate = ["training.calibrate", str(last / "held.json"), "--offsets", str(offsets), "--results", str(results)]
    return [*found, calibrate, ["training.export", str(last / "model.pt"), "--offsets", str(offsets)]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path(".cache/training"), help="for what is made on the way")
    parser.add_argument("--show", action="store_true", help="only print the commands")
    asked = parser.parse_args()
    for command in commands(asked.folder):
        print("python -m " + shlex.join(command), flush=True)
        if not asked.show:
            subprocess.run([sys.executable, "-m", *command], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
