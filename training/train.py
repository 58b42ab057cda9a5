"""Train the judgement encoder: `python -m training.train`.

Needs the extra "train". Everything that a run is made of lies in this folder: labelled answers (`answers/`), labelled
passages (`passages/`), settings (`training.learn.Settings`) and a fixed seed. A base answer and its variants (a group)
always stand on the same side of a split. `--hold`:

- `shipped` (the default): the groups of `held-out.txt` are held out; this is the model that is shipped;
- `N`: fold N of `--folds` is held out; the folds together give held-out predictions for every answer;
- `none`: nothing is held out.

Into `--out` go, after every epoch, so that a run can be stopped early: `model.pt`, and `held.json` with what the model
says about the held-out answers. `--start model.pt` goes on from a model of an earlier run with the same `--hold`.

Predictions without leakage: `held.json` is {"hold", "epoch", "predictions": {answer id: {output: {value:
probability}}}}, raw (before offsets). Whoever sets limits on the project's own answers takes these, never the shipped
model's readings of answers that it has seen. `python -m training.calibrate` joins such files and fits the offsets.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import torch

from training.answers import held_out
from training.bases import load_base
from training.data import Example, answer_example, fold, load_answers, load_passages
from training.learn import Settings, read, trained
from training.measure import agreement, table
from training.network import Judge


def read_file(path: Path) -> list[Example]:
    """Labelled answers of another source, one a line."""
    return [answer_example(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def holds(asked: str, count: int, seed: int) -> Callable[[str], bool]:
    """Whether a group is held out, for a `--hold` as the module says. Raises ValueError for anything else."""
    if asked == "none":
        return lambda _: False
    if asked == "shipped":
        return held_out().__contains__
    number = int(asked)
    return lambda group: fold(group, count, seed) == number


def run(settings: Settings, hold: str, count: int, out: Path, looked_at: list[Example], start: Path | None) -> None:
    """One run, as the module says. `looked_at` are answers of another source, only measured, never trained on."""
    answers, passages = load_answers(files=settings.files), load_passages()
    is_held = holds(hold, count, settings.seed)
    seen = [a for a in answers if not is_held(a.group)]
    held = [a for a in answers if is_held(a.group)]
    print(f"{settings}\nhold {hold}: {len(seen)} answers, {len(passages)} passages, {len(held)} held out", flush=True)
    out.mkdir(parents=True, exist_ok=True)
    base = load_base(settings.base, settings.layers)

    def after_epoch(number: int, model: Judge) -> None:
        torch.save({"settings": asdict(settings), "epoch": number, "weights": model.state_dict()}, out / "model.pt")
        if held:
            found = read(model, base, held)
            stored = {"hold": hold, "epoch": number, "predictions": found}
            (out / "held.json").write_text(json.dumps(stored), encoding="utf-8")
            print("  held out: " + table(agreement(held, found, {})).splitlines()[-1], flush=True)
            if number == settings.epochs:
                print(table(agreement(held, found, {})), flush=True)
        if looked_at:
            measured = agreement(looked_at, read(model, base, looked_at), {})
            print("  other source: " + table(measured).splitlines()[-1], flush=True)
            if number == settings.epochs:
                print(table(measured), flush=True)

    weights = torch.load(start, weights_only=True)["weights"] if start else None
    always = {a.id for a in load_answers(files=settings.whole)} if settings.whole else set()
    trained(settings, base, seen, passages, after_epoch, weights, always)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hold", default="shipped", help="'shipped', the number of a fold, or 'none'")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path(".cache/training"))
    parser.add_argument("--start", type=Path, help="go on from this model.pt")
    parser.add_argument("--look", type=Path, help="answers of another source, to be measured after every epoch")
    parser.add_argument("--threads", type=int, default=2)
    for name, value in asdict(Settings()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    torch.set_flush_denormal(True)
    settings = Settings(**{name: getattr(asked, name) for name in asdict(Settings())})
    looked_at = read_file(asked.look) if asked.look else []
    run(settings, asked.hold, asked.folds, asked.out / asked.hold, looked_at, asked.start)
    return 0


if __name__ == "__main__":
    sys.exit(main())
