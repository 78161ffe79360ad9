"""The infilling network: one weight-shared transformer that reads a kernel with a hole and writes the hole.

A row is packed as [feature prefix | context with one HOLE | START and the span so far | padding].
Prefix and context attend to each other in both directions and never to the span; a span position
attends to all of them and to the span up to itself: blank infilling as in GLM (Du et al., ACL 2022),
with the two-dimensional rotary positions of ChatGLM-6B. `export_onnx.py` builds the same arithmetic.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import NamedTuple

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor

BUCKETS = 256
"""Value buckets of a feature prefix token, see `dataset.value_bucket`."""
NO_BUCKET = BUCKETS
"""Bucket index of every position that is no feature; its embedding stays zero."""
NORM_EPSILON = 1e-5


@dataclass(frozen=True)
class ModelConfig:
    """Architecture; everything but the weights. Symbols are tokens, then features."""

    tokens: int
    features: int
    width: int = 384
    layers: int = 6
    heads: int = 6
    kv_heads: int = 2
    ffn_multiple: int = 4
    dropout: float = 0.1
    rope_base: float = 10_000.0

    @property
    def head_width(self) -> int:
        return self.width // self.heads

    @property
    def queries_per_kv(self) -> int:
        return self.heads // self.kv_heads

    def __post_init__(self) -> None:
        if self.width % self.heads or self.head_width % 4:
            raise ValueError(f"width {self.width} must be heads {self.heads} times a multiple of 4")
        if self.heads % self.kv_heads:
            raise ValueError(f"heads {self.heads} must be a multiple of kv_heads {self.kv_heads}")

    def to_json(self) -> dict[str, object]:
        return asdict(self)


class Rows(NamedTuple):
    """Packed rows on the model's device."""

    symbols: Tensor  # [row, position] token id, or `tokens` + feature id
    buckets: Tensor  # [row, position] value bucket, NO_BUCKET where no feature stands
    pos1: Tensor  # [row, position] place in the context; the hole's place for span positions
    pos2: Tensor  # [row, position] 0 before the span, then 1, 2, ...
    context_lengths: Tensor  # [row] prefix + context


def rope_frequencies(head_width: int, base: float) -> Tensor:
    """Frequencies of one position axis: a quarter of the head's width, as each axis rotates half of it."""
    pairs = head_width // 4
    return base ** (-torch.arange(pairs, dtype=torch.float32) / pairs)


def rope_tables(pos1: Tensor, pos2: Tensor, frequencies: Tensor) -> tuple[Tensor, Tensor]:
    """Cosines and sines, `[..., head_width / 2]`: the first half turns with pos1, the second with pos2."""
    angles = torch.cat([pos1.unsqueeze(-1) * frequencies, pos2.unsqueeze(-1) * frequencies], dim=-1)
    return angles.cos(), angles.sin()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turn neighbouring pairs (2i, 2i+1) of the last axis; pair i belongs to angle i."""
    even, odd = x.unflatten(-1, (-1, 2)).unbind(-1)
    return torch.stack([even * cos - odd * sin, odd * cos + even * sin], dim=-1).flatten(-2)


def attention_mask(context_lengths: Tensor, length: int) -> Tensor:
    """Additive mask `[row, 1, query, key]`: a query sees the whole context, and what is not after itself.

    For context queries the second rule adds nothing; padding stands last, so no real query sees it.
    Built once a batch, in bfloat16, which is what the layers compute in under autocast.
    """
    place = torch.arange(length, device=context_lengths.device)
    in_context = place.view(1, 1, -1) < context_lengths.view(-1, 1, 1)  # [row, 1, key]
    not_later = place.view(1, 1, -1) <= place.view(1, -1, 1)  # [1, query, key]
    mask = torch.zeros(context_lengths.shape[0], length, length, dtype=torch.bfloat16, device=place.device)
    return mask.masked_fill_(~(in_context | not_later), -1e9).unsqueeze(1)


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    """Softmax attention over `[row, head, position, channel]`; scaled by 1/sqrt(channel)."""
    if q.is_cuda and hasattr(F, "scaled_dot_product_attention"):  # on CPU cores its backward pass takes three times as long
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
    scores = q @ k.transpose(-1, -2) * (1.0 / math.sqrt(q.shape[-1]))
    return (scores + mask.to(scores.dtype)).softmax(-1).to(v.dtype) @ v


class Norm(nn.Module):
    """LayerNorm with a gain and no bias (`nn.LayerNorm(bias=False)` needs torch 2.1)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.gain = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, self.gain.shape, self.gain, None, NORM_EPSILON)


class Layer(nn.Module):
    """Pre-norm grouped-query attention and a GELU feed-forward; no biases."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        width, hidden = config.width, config.width * config.ffn_multiple
        kv_width = config.kv_heads * config.head_width
        self.attention_norm = Norm(width)
        self.qkv = nn.Linear(width, width + 2 * kv_width, bias=False)
        self.attention_out = nn.Linear(width, width, bias=False)
        self.ffn_norm = Norm(width)
        self.ffn_in = nn.Linear(width, hidden, bias=False)
        self.ffn_out = nn.Linear(hidden, width, bias=False)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor) -> Tensor:
        x = x + self.dropout(self.attention(self.attention_norm(x), cos, sin, mask))
        return x + self.dropout(self.ffn_out(F.gelu(self.ffn_in(self.ffn_norm(x)))))

    def attention(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor) -> Tensor:
        c = self.config
        rows, length, width = x.shape
        heads = self.qkv(x).view(rows, length, c.heads + 2 * c.kv_heads, c.head_width)
        turned, v = heads.split([c.heads + c.kv_heads, c.kv_heads], dim=2)
        turned = rotate(turned, cos.to(heads.dtype), sin.to(heads.dtype))
        q, k = turned.split([c.heads, c.kv_heads], dim=2)  # query head h reads key head h // queries_per_kv
        k = k.repeat_interleave(c.queries_per_kv, dim=2)
        v = v.repeat_interleave(c.queries_per_kv, dim=2)
        out = attend(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2), mask)
        return self.attention_out(out.transpose(1, 2).reshape(rows, length, width))


class InfillModel(nn.Module):
    """Embeddings, layers, final norm; the output head is the token embedding, transposed."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.symbol_embedding = nn.Embedding(config.tokens + config.features, config.width)
        self.bucket_embedding = nn.Embedding(BUCKETS + 1, config.width, padding_idx=NO_BUCKET)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers))
        self.final_norm = Norm(config.width)
        self.dropout = nn.Dropout(config.dropout)
        frequencies = rope_frequencies(config.head_width, config.rope_base)
        self.register_buffer("frequencies", frequencies, persistent=False)
        self.initialise()

    def initialise(self) -> None:
        """Normal(0, 0.02); what writes to the residual stream starts smaller, by 1/sqrt(2 * layers)."""
        for name, parameter in self.named_parameters():
            if parameter.dim() < 2:
                continue
            writes = name.endswith(("attention_out.weight", "ffn_out.weight"))
            nn.init.normal_(parameter, std=0.02 / math.sqrt(2 * self.config.layers) if writes else 0.02)
        with torch.no_grad():
            self.bucket_embedding.weight[NO_BUCKET].zero_()

    def forward(self, rows: Rows) -> Tensor:
        """Hidden states `[row, position, width]`, ready for `logits`."""
        x = self.symbol_embedding(rows.symbols) + self.bucket_embedding(rows.buckets)
        x = self.dropout(x)
        cos, sin = rope_tables(rows.pos1, rows.pos2, self.frequencies)
        cos, sin = cos.unsqueeze(2), sin.unsqueeze(2)  # [row, position, 1 (head), head_width / 2]
        mask = attention_mask(rows.context_lengths, rows.symbols.shape[1])
        for layer in self.layers:
            x = layer(x, cos, sin, mask)
        return self.final_norm(x)

    def logits(self, hidden: Tensor) -> Tensor:
        """Scores over tokens; features are never written."""
        return F.linear(hidden, self.symbol_embedding.weight[: self.config.tokens])


def target_losses(model: InfillModel, hidden: Tensor, places: Tensor, targets: Tensor) -> Tensor:
    """Negative log likelihood in nats, `[target]`, at flat positions `places` of `hidden`."""
    logits = model.logits(hidden.flatten(0, 1).index_select(0, places))
    return F.cross_entropy(logits.float(), targets, reduction="none")
