"""The judgement encoder as a PyTorch module: a pre-trained text encoder and one attention head group a criterion.

For each criterion, `QUERIES` learned queries weigh the tokens of the answer; each value of the criterion is scored by a
linear reading of the weighed token states, of the first token's state (what was asked against what was said) and of
how much of the answer the queries look for is there (for "once" and "repeated"). Since the score is a sum over tokens,
the share of every sentence in it can be told exactly.
"""

from collections.abc import Mapping

import torch
import torch.nn.functional as F  # noqa: N812 -- the usual name
from torch import Tensor, nn

from coach.judge.encoder_text import END_STEPS, START_STEPS
from training.bases import Base, Shape

QUERIES = 2
_BUCKETS, _FARTHEST = 32, 128


def relative_buckets(length: int) -> Tensor:
    """MPNet's bucket of the distance between each two places (as T5's: exact when near, logarithmic when far)."""
    place = torch.arange(length)
    distance = place[:, None] - place[None, :]
    half = _BUCKETS // 2
    found = (distance < 0).long() * half
    distance = distance.abs()
    exact = half // 2
    scale = torch.log(distance.float().clamp(min=1) / exact) / torch.log(torch.tensor(_FARTHEST / exact))
    far = (exact + (scale * (half - exact)).long()).clamp(max=half - 1)
    return found + torch.where(distance < exact, distance, far)


class Layer(nn.Module):
    """One layer of the encoder: attention and a feed-forward part, each normalised after its residual sum."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = shape.heads, dropout
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.norm_1 = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.up = nn.Linear(shape.hidden, shape.inner)
        self.down = nn.Linear(shape.inner, shape.hidden)
        self.norm_2 = nn.LayerNorm(shape.hidden, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """States (batch, tokens, hidden) to states; `bias` is added to the attention's scores."""
        size = x.shape
        q, k, v = self.qkv(x).view(size[0], size[1], 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        seen = self.out(seen.transpose(1, 2).reshape(size))
        x = self.norm_1(x + F.dropout(seen, self.dropout, self.training))
        inner = self.down(F.gelu(self.up(x)))
        out: Tensor = self.norm_2(x + F.dropout(inner, self.dropout, self.training))
        return out


class Encoder(nn.Module):
    """Token numbers to token states."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.places = nn.Embedding(shape.positions, shape.hidden)
        if shape.relative:
            self.relative_bias = nn.Embedding(_BUCKETS, shape.heads)
        else:
            self.kinds = nn.Embedding(2, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.layers = nn.ModuleList([Layer(shape, dropout) for _ in range(shape.layers)])
        self.register_buffer("buckets", relative_buckets(512), persistent=False)

    def forward(self, ids: Tensor, answer: Tensor, present: Tensor) -> Tensor:
        """States (batch, tokens, hidden); `answer` and `present` are 1 where a token is of the answer, or is there."""
        length = ids.shape[1]
        first = self.shape.first_position
        x = self.words(ids) + self.places.weight[first : first + length]
        if not self.shape.relative:
            x = x + self.kinds(answer.long())
        x = self.norm(x)
        bias = (1.0 - present.to(x.dtype))[:, None, None, :] * -1e4
        if self.shape.relative:
            near = self.relative_bias(self.buckets[:length, :length]).permute(2, 0, 1)[None]
            bias = bias + near
        if torch.is_autocast_enabled("cpu"):
            x, bias = x.bfloat16(), bias.bfloat16()
        for layer in self.layers:
            x = layer(x, bias)
        return x.float()


class Judge(nn.Module):
    """The whole model: the scores of all values and, on demand, what each token adds to them."""

    def __init__(
        self, shape: Shape, outputs: Mapping[str, tuple[str, ...]], dropout: float, head_dropout: float
    ) -> None:
        super().__init__()
        self.encoder = Encoder(shape, dropout)
        self.drop = nn.Dropout(head_dropout)
        count, values = len(outputs), sum(len(v) for v in outputs.values())
        owner = torch.tensor([c for c, found in enumerate(outputs.values()) for _ in found])
        self.register_buffer("belongs", F.one_hot(owner, count).T.float(), persistent=False)
        self.count = count
        self.attend = nn.Linear(shape.hidden, QUERIES * count)
        self.near_start = nn.Embedding(len(START_STEPS) + 1, QUERIES * count)
        self.near_end = nn.Embedding(len(END_STEPS) + 1, QUERIES * count)
        self.value = nn.Linear(shape.hidden, QUERIES * values, bias=False)
        self.asked = nn.Linear(shape.hidden, values)
        self.amount = nn.Parameter(torch.zeros(values))
        for part in (self.near_start, self.near_end):
            nn.init.zeros_(part.weight)
        for linear in (self.attend, self.value, self.asked):
            nn.init.normal_(linear.weight, std=0.02)

    def forward(self, ids: Tensor, answer: Tensor, from_start: Tensor, from_end: Tensor, present: Tensor) -> Tensor:
        """Scores (batch, values)."""
        states, weights, amount = self._looked(ids, answer, from_start, from_end, present)
        pooled = self.drop(torch.einsum("bqcl,blh->bqch", weights, states))
        spread = torch.einsum("bqch,cv->bqvh", pooled, self.belongs)
        said = self.value.weight.view(QUERIES, -1, pooled.shape[-1])
        return torch.einsum("bqvh,qvh->bv", spread, said) + self.asked(states[:, 0]) + amount

    def explained(
        self, ids: Tensor, answer: Tensor, from_start: Tensor, from_end: Tensor, present: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores (batch, values) as `forward` gives them, and what each token adds to them (batch, values, tokens)."""
        states, weights, amount = self._looked(ids, answer, from_start, from_end, present)
        said = self.value(states).transpose(1, 2).reshape(ids.shape[0], QUERIES, -1, ids.shape[1])
        spread = torch.einsum("bqcl,cv->bqvl", weights, self.belongs)
        added = (spread * said).sum(1)
        return added.sum(-1) + self.asked(states[:, 0]) + amount, added

    def _looked(
        self, ids: Tensor, answer: Tensor, from_start: Tensor, from_end: Tensor, present: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        states = self.encoder(ids, answer, present)
        looked = self.attend(states) + self.near_start(from_start) + self.near_end(from_end)
        inside = answer[:, None, :].to(states.dtype)
        looked = looked.transpose(1, 2) + (inside - 1.0) * 1e4
        weights = torch.softmax(looked, dim=-1).view(ids.shape[0], QUERIES, self.count, ids.shape[1])
        found = torch.log1p((torch.sigmoid(looked - 2.0) * inside).sum(-1))
        amount = (found[:, : self.count] @ self.belongs) * self.amount
        return states, weights, amount


def build(base: Base, outputs: Mapping[str, tuple[str, ...]], dropout: float, head_dropout: float) -> Judge:
    """A model with the base's weights and fresh heads. Raises RuntimeError if a weight is missing."""
    model = Judge(base.shape, outputs, dropout, head_dropout)
    model.encoder.load_state_dict(base.weights)
    return model
