"""The mean of several trained models: `python -m training.blend A/model.pt B/model.pt --out MEAN`.

Runs that went on from the same model with different seeds end in the same valley of the loss, where the mean of their
weights is usually better than each, at the size and cost of one ("model soups", Wortsman et al. 2022). All must have
run with `--hold shipped`. Writes `model.pt` and `held.json` as a run does.
"""

import argparse
import json
import sys
from pathlib import Path

import torch

from training.bases import load_base
from training.criteria import OUTPUTS
from training.data import held_out_groups, load_answers
from training.learn import Settings, read
from training.measure import agreement, table
from training.network import build
from training.train import read_file


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--look", type=Path, help="answers of another source, to be measured")
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    stored = [torch.load(path, weights_only=True) for path in asked.models]
    weights = {name: torch.stack([s["weights"][name] for s in stored]).mean(0) for name in stored[0]["weights"]}
    settings = Settings(**stored[0]["settings"])
    base = load_base(settings.base, settings.layers)
    model = build(base, OUTPUTS, 0.0, 0.0)
    model.load_state_dict(weights)
    asked.out.mkdir(parents=True, exist_ok=True)
    torch.save({**stored[0], "weights": weights}, asked.out / "model.pt")
    held = [a for a in load_answers() if a.group in held_out_groups()]
    found = read(model, base, held)
    stored_held = {"hold": "shipped", "epoch": 0, "predictions": found}
    (asked.out / "held.json").write_text(json.dumps(stored_held), encoding="utf-8")
    print("held out\n" + table(agreement(held, found, {})))
    if asked.look:
        other = read_file(asked.look)
        found = read(model, base, other)
        (asked.out / "other.json").write_text(json.dumps(found), encoding="utf-8")
        print("other source\n" + table(agreement(other, found, {})))
    return 0


if __name__ == "__main__":
    sys.exit(main())
