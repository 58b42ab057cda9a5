"""Ship a trained model: `python -m training.export RUN/model.pt` writes the int8 ONNX file, tokenizer and settings.

The encoder's matrices become 8-bit whole numbers (dynamic quantisation, one scale a column); everything else stays
float. Before it is shipped the file's probabilities are compared with those of the PyTorch model on the project's
own answers, and the largest and mean difference and the share of equal choices are printed.
"""

import argparse
import hashlib
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from coach.judge.encoder import MODEL_FOLDER, load_encoder
from coach.judge.encoder_join import softmax
from training.augment import sentences
from training.bases import Base, load_base
from training.criteria import OUTPUTS, QUIET
from training.data import Example, load_answers
from training.learn import Settings, read
from training.measure import Offsets, choose
from training.network import Judge

TOKENIZER = "judge-tokenizer.json"
INPUTS = ("ids", "answer", "from_start", "from_end")


class _Single(nn.Module):
    """One window at a time, so nothing is filled up and every token is present."""

    def __init__(self, model: Judge) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, answer: Tensor, from_start: Tensor, from_end: Tensor) -> tuple[Tensor, Tensor]:
        return self.model.explained(ids, answer, from_start, from_end, torch.ones_like(ids))


def load_checkpoint(path: Path) -> tuple[Settings, Base, Judge]:
    """A stored run: its settings, its base and the model with the trained weights."""
    stored = torch.load(path, weights_only=True)
    settings = Settings(**stored["settings"])
    base = load_base(settings.base, settings.layers)
    model = Judge(base.shape, OUTPUTS, 0.0, 0.0)
    model.load_state_dict(stored["weights"])
    return settings, base, model.eval()


def to_onnx(model: Judge, path: Path) -> None:
    """Write the float model."""
    ids = torch.randint(5, 200, (1, 40))
    answer = torch.ones_like(ids)
    answer[0, :7] = 0
    near = torch.zeros_like(ids)
    torch.onnx.export(
        _Single(model).eval(),
        (ids, answer, near, near.clone()),
        str(path),
        input_names=list(INPUTS),
        output_names=["scores", "added"],
        dynamic_axes={name: {1: "length"} for name in INPUTS} | {"added": {2: "length"}},
        opset_version=17,
        dynamo=False,
    )


def to_int8(source: Path, target: Path) -> None:
    """Quantise the matrices of the float model's encoder; the heads are small and stay exact."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.onnx"
        quant_pre_process(str(source), str(ready), skip_symbolic_shape=True)
        heads = [
            n.name
            for n in onnx.load(str(ready)).graph.node
            if n.op_type in ("MatMul", "Gemm") and "encoder" not in n.name
        ]
        quantize_dynamic(
            str(ready),
            str(target),
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            nodes_to_exclude=heads,
        )
        print(f"left in float: {len(heads)} products of the heads")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write_settings(folder: Path, base: Base, offsets: Offsets, tokenizer_name: str) -> None:
    """Write the tokenizer and `settings.json` beside the model file that lies in the folder."""
    tokenizer = base.tokenizer.encode("utf-8")
    (folder / tokenizer_name).write_bytes(tokenizer)
    settings = {
        "marks": {"first": base.marks.first, "end": base.marks.end},
        "model_sha256": _sha256((folder / "judge.onnx").read_bytes()),
        "tokenizer": tokenizer_name,
        "tokenizer_sha256": _sha256(tokenizer),
        "outputs": {name: list(values) for name, values in OUTPUTS.items()},
        "quiet": QUIET,
        "offsets": offsets,
    }
    (folder / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def compare(folder: Path, model: Judge, base: Base, examples: list[Example], offsets: Offsets) -> None:
    """Print how far the shipped file is from the PyTorch model."""
    encoder = load_encoder(folder)
    float_read = read(model, base, examples)
    differences: list[float] = []
    equal: list[bool] = []
    for example in examples:
        got = encoder.read(example.question, example.facts, example.category, sentences(example.text))
        for name in OUTPUTS:
            if "." in name or name == "overall":
                continue
            moved = {
                v: np.log(p + 1e-9) + offsets.get(name, {}).get(v, 0.0) for v, p in float_read[example.id][name].items()
            }
            expected = dict(zip(moved, softmax(np.array(list(moved.values()))).tolist(), strict=True))
            chances = got[name].probabilities
            differences += [abs(chances[v] - expected[v]) for v in chances]
            equal.append(choose(chances) == choose(expected))
    size = (folder / "judge.onnx").stat().st_size / 1e6
    print(
        f"{size:.1f} MB; {len(examples)} answers: mean difference {np.mean(differences):.4f}, "
        f"largest {np.max(differences):.3f}, equal choices {np.mean(equal):.4f}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--offsets", type=Path, help="offsets.json as training.calibrate writes it")
    asked = parser.parse_args()
    _, base, model = load_checkpoint(asked.checkpoint)
    offsets: Offsets = json.loads(asked.offsets.read_text(encoding="utf-8")) if asked.offsets else {}
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "float.onnx"
        to_onnx(model, source)
        to_int8(source, asked.out / "judge.onnx")
    write_settings(asked.out, base, offsets, TOKENIZER)
    compare(asked.out, model, base, load_answers()[::40], offsets)
    return 0


if __name__ == "__main__":
    sys.exit(main())
