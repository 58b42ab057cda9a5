"""One training run: from examples to a model, and a model's probabilities for examples."""

import random
import time
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from coach.judge.encoder_join import joined, parts, softmax
from training.augment import epoch, swapped
from training.bases import Base, load_tokenizer
from training.batches import batches, collate, right_values, windows_of
from training.criteria import OUTPUTS, QUIET
from training.data import Example
from training.measure import Probabilities
from training.network import Judge, build


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is made of.

    `frozen` lower layers keep their weights; an epoch reads the share `passages` of the passages and `composites` times
    as many answers with passages put in as there are answers; rates are the highest of encoder and heads, and sink
    to the share `last` of them at the end. `files` are the names of the files of labelled answers; an epoch reads the
    `share` of these answers, but all of those in the files named by `whole`, and besides `swapped` times as many as
    there are answers under questions that they do not answer.
    """

    base: str = "minilm"
    layers: int = 6
    frozen: int = 0
    epochs: int = 3
    rate: float = 1.2e-4
    head_rate: float = 1.5e-3
    last: float = 0.02
    composites: float = 0.3
    passages: float = 0.6
    passage_weight: float = 2.0
    dropout: float = 0.0
    head_dropout: float = 0.15
    files: str = "*.jsonl"
    share: float = 1.0
    whole: str = ""
    swapped: float = 0.0
    seed: int = 7


def value_counts(examples: Sequence[Example]) -> Counter[tuple[str, str]]:
    """How often each value of each output is labelled; two right values count half each."""
    counts: Counter[tuple[str, str]] = Counter()
    for example in examples:
        for name, values in example.targets.items():
            for value, share in values.items():
                counts[name, value] += share / len(values)
    return counts


@torch.no_grad()
def start_from_priors(model: Judge, examples: Sequence[Example]) -> None:
    """Let the fresh heads begin with how frequent each value is."""
    counts = value_counts(examples)
    found = [counts[name, v] + 1.0 for name, values in OUTPUTS.items() for v in values]
    logs = torch.tensor(found).log()
    for part in SLICES:
        logs[part] -= logs[part].mean()
    model.asked.bias.copy_(logs * 0.5)


def value_weights(examples: Sequence[Example]) -> Tensor:
    """A weight for every value: the square root of how rare it is beside an even spread, from 0.5 to 4."""
    counts = value_counts(examples)
    weights = []
    for name, values in OUTPUTS.items():
        total = sum(counts[name, v] for v in values)
        for value in values:
            even = total / len(values)
            weights.append(min(4.0, max(0.5, (even / max(counts[name, value], 1.0)) ** 0.5)) if total else 1.0)
    return torch.tensor(weights)


SLICES = tuple(parts(OUTPUTS).values())


def loss(scores: Tensor, right: Tensor, weights: Tensor, passage_weight: float) -> Tensor:
    """Weighted negative logarithm of the probability of the right values; unlabelled outputs count nothing."""
    terms = []
    for part in SLICES:
        known = right[:, part].sum(1) > 0
        log_p = torch.log_softmax(scores[:, part], dim=1)
        hit = torch.logsumexp(log_p + torch.log(right[:, part] + 1e-9), dim=1)
        share = right[:, part] / right[:, part].sum(1, keepdim=True).clamp(min=1e-9)
        terms.append(torch.where(known, -hit * (share * weights[part]).sum(1), torch.zeros_like(hit)))
    stacked = torch.stack(terms, 1)
    few = (stacked != 0).sum(1) <= 5
    each = stacked.sum(1) * torch.where(few, passage_weight, 1.0)
    return each.mean()


def drawn(answers: Sequence[Example], share: float, always: Container[str], rng: random.Random) -> list[Example]:
    """The answers of one epoch: those with the ids `always`, and a share of the others."""
    if share >= 1:
        return list(answers)
    others = [a for a in answers if a.id not in always]
    return [a for a in answers if a.id in always] + rng.sample(others, round(share * len(others)))


def trained(
    settings: Settings,
    base: Base,
    answers: Sequence[Example],
    passages: Sequence[Example],
    after_epoch: Callable[[int, Judge], None],
    start: Mapping[str, Tensor] | None = None,
    always: Container[str] = (),
) -> Judge:
    """A model trained on the examples; `after_epoch` gets the epoch's number and the model, to look or save.

    `start` are the weights of an earlier model to go on from; answers with the ids `always` are read in every epoch.
    """
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    tokenizer = load_tokenizer(base.tokenizer)
    model = build(base, OUTPUTS, settings.dropout, settings.head_dropout)
    still = [model.encoder.words, model.encoder.places, *model.encoder.layers[: settings.frozen]]
    if base.shape.relative:
        still.append(model.encoder.relative_bias)
    for part in still:
        part.requires_grad_(requires_grad=False)
    inner = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": inner, "lr": settings.rate}, {"params": heads, "lr": settings.head_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    unanswered = int(settings.swapped * len(answers))
    weights = value_weights([*answers, *passages, *swapped(answers, random.Random(settings.seed), unanswered)])
    if start is None:
        start_from_priors(model, [*answers, *passages])
    else:
        model.load_state_dict(start)
    done, spent = 0.0, time.monotonic()
    for number in range(settings.epochs):
        some = drawn(answers, settings.share, always, rng)
        examples = epoch(some, passages, rng, settings.composites, settings.passages)
        examples += swapped(answers, rng, unanswered)
        rows = [(windows_of(tokenizer, base.marks, e)[0], right_values(e, OUTPUTS)) for e in examples]
        todo = list(batches(rows, [e.group for e in examples], rng))
        model.train()
        total = 0.0
        for batch in todo:
            warm = min(1.0, done * settings.epochs / 0.25)
            for group, rate in zip(optimiser.param_groups, (settings.rate, settings.head_rate), strict=True):
                group["lr"] = rate * warm * (1.0 - done * (1.0 - settings.last))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model(*batch.inputs)
            lost = loss(scores.float(), batch.right, weights, settings.passage_weight)
            lost.backward()
            torch.nn.utils.clip_grad_norm_([*inner, *heads], 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            total += lost.item()
            done += 1 / len(todo) / settings.epochs
        passed = time.monotonic() - spent
        print(
            f"  epoch {number + 1}: loss {total / len(todo):.3f}, {len(rows)} texts, {passed:.0f} s so far", flush=True
        )
        after_epoch(number + 1, model)
    return model


@torch.no_grad()
def read(model: Judge, base: Base, examples: Sequence[Example]) -> dict[str, Probabilities]:
    """Id -> probabilities of every value of every output; long answers are read in windows, as the app does."""
    model.eval()
    tokenizer: Tokenizer = load_tokenizer(base.tokenizer)
    pieces = [(i, w) for i, e in enumerate(examples) for w in windows_of(tokenizer, base.marks, e)]
    order = sorted(range(len(pieces)), key=lambda n: len(pieces[n][1].ids))
    scores: dict[int, np.ndarray] = {}
    for begin in range(0, len(order), 12):
        some = order[begin : begin + 12]
        batch = collate([(pieces[n][1], [0.0]) for n in some])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            got = model(*batch.inputs).float().numpy().astype(np.float64)
        scores |= dict(zip(some, got, strict=True))
    rows: dict[int, list[np.ndarray]] = {}
    for number, (index, _) in enumerate(pieces):
        rows.setdefault(index, []).append(scores[number])
    return {e.id: probabilities(joined(np.stack(rows[i]), OUTPUTS, QUIET)) for i, e in enumerate(examples)}


def probabilities(scores: np.ndarray) -> Probabilities:
    """Scores of one answer as probabilities per output."""
    return {
        name: dict(zip(OUTPUTS[name], softmax(scores[part]).tolist(), strict=True))
        for name, part in parts(OUTPUTS).items()
    }
