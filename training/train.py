"""Train the judgement encoder: `python -m training.train` cross-validates and then trains on everything.

Needs the extra "train". Everything that a run is made of lies in this folder: labelled answers (`answers/`), labelled
passages (`passages/`), settings (`training.learn.Settings`) and a fixed seed; groups of a base answer and its variants
always stand in one fold. A run is `--hold N` (one fold held out, its answers read by the model that has not seen
them), or `--hold none` (trained on everything). Into `--out` go, a run: `model.pt` after every epoch, so that a run can
be stopped early, and for a held-out fold `held.json`.

Predictions without leakage: `held.json` is {"fold", "folds", "seed", "predictions": {answer id: {output: {value:
probability}}}}, raw (before offsets). Whoever sets thresholds on the project's own answers takes these, never the
shipped model's readings, which has seen the answers. `python -m training.calibrate` joins them and fits the offsets.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

import torch

from training.bases import load_base
from training.data import Example, answer_example, folds, load_answers, load_passages
from training.learn import Settings, read, trained
from training.measure import agreement, table
from training.network import Judge


def _read_file(path: Path) -> list[Example]:
    return [answer_example(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def run(settings: Settings, hold: int | None, count: int, out: Path, looked_at: list[Example]) -> None:
    """One run, as the module says. `looked_at` are answers of another source, only measured, never trained on."""
    answers, passages = load_answers(), load_passages()
    where = folds((a.group for a in answers), count, settings.seed)
    seen = [a for a in answers if where[a.group] != hold]
    held = [a for a in answers if where[a.group] == hold]
    print(f"{settings}\nhold {hold}: {len(seen)} answers, {len(passages)} passages, {len(held)} held out", flush=True)
    out.mkdir(parents=True, exist_ok=True)
    base = load_base(settings.base, settings.layers)

    def after_epoch(number: int, model: Judge) -> None:
        torch.save({"settings": asdict(settings), "epoch": number, "weights": model.state_dict()}, out / "model.pt")
        if held:
            found = read(model, base, held)
            stored = {"fold": hold, "folds": count, "seed": settings.seed, "epoch": number, "predictions": found}
            (out / "held.json").write_text(json.dumps(stored), encoding="utf-8")
            print("  held out: " + table(agreement(held, found, {})).splitlines()[-1], flush=True)
            if number == settings.epochs:
                print(table(agreement(held, found, {})), flush=True)
        if looked_at:
            measured = agreement(looked_at, read(model, base, looked_at), {})
            print("  other source: " + table(measured).splitlines()[-1], flush=True)
            if number == settings.epochs:
                print(table(measured), flush=True)

    trained(settings, base, seen, passages, after_epoch)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hold", help="fold to hold out, or 'none'; without it all folds one after another, then none")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path(".cache/training"))
    parser.add_argument("--look", type=Path, help="answers of another source, to be measured after every epoch")
    parser.add_argument("--threads", type=int, default=2)
    for name, value in asdict(Settings()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    torch.set_flush_denormal(True)
    settings = Settings(**{name: getattr(asked, name) for name in asdict(Settings())})
    looked_at = _read_file(asked.look) if asked.look else []
    every: list[int | None] = [*range(asked.folds), None]
    one = None if asked.hold in (None, "none") else int(asked.hold)
    for hold in every if asked.hold is None else [one]:
        run(settings, hold, asked.folds, asked.out / ("all" if hold is None else f"fold-{hold}"), looked_at)
    return 0


if __name__ == "__main__":
    sys.exit(main())
