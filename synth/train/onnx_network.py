"""The arithmetic of `model.py` as ONNX graphs: encoder, cached decoder, and an uncached one for comparison.

The decoder writes S samples for each of G holes, one token a call. The keys and values of a hole's
context are stored once and scored for its S samples in one product; each row's own keys and values
come in as inputs, and only the new ones go out. Shapes: README.md. B = G*S, rows ordered by hole.
"""

from __future__ import annotations

from typing import Callable, Optional

import numpy as np
from onnx import TensorProto

from int8_ranges import TOKEN_OUTPUT, Ranges
from model import NO_BUCKET, NORM_EPSILON, InfillModel, rope_frequencies
from onnx_graph import MICROSOFT, Graph, WeightFile

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64


class Network:
    """The model's parts as graph nodes. Hidden states are `[rows, positions, width]`.

    `ranges` (of `int8_ranges.py`): of what is multiplied with each matrix, to multiply in int8.
    """

    def __init__(self, graph: Graph, model: InfillModel, ranges: Optional[Ranges] = None) -> None:
        self.graph, self.config, self.ranges = graph, model.config, ranges
        self.state = {name: value.numpy() for name, value in model.state_dict().items()}
        c = model.config
        self.kv, self.rep, self.head = c.kv_heads, c.queries_per_kv, c.head_width
        self.kv_width = self.kv * self.head

    def tokens(self, ids: str) -> str:
        """Embed token ids."""
        table = self.graph.weight("token_embedding", self.state["symbol_embedding.weight"][: self.config.tokens])
        return self.graph.op("Gather", table, ids)

    def features(self, ids: str, buckets: str) -> str:
        """Embed the feature prefix."""
        features = self.graph.weight("feature_embedding", self.state["symbol_embedding.weight"][self.config.tokens :])
        values = self.graph.weight("bucket_embedding", self.state["bucket_embedding.weight"][:NO_BUCKET])
        return self.graph.op("Add", self.graph.op("Gather", features, ids), self.graph.op("Gather", values, buckets))

    def angles(self, pos1: str, pos2: str) -> tuple[str, str]:
        """Cosine and sine tables `[n, head/2]` of float positions `[n, 1]`."""
        g = self.graph
        frequencies = rope_frequencies(self.head, self.config.rope_base).numpy()
        row = g.constant("frequencies", frequencies[None, :])
        both = g.op("Concat", g.op("Mul", pos1, row), g.op("Mul", pos2, row), axis=1)
        return g.op("Cos", both), g.op("Sin", both)

    def rotate(self, value: str, place: str, cos: str, sin: str) -> str:
        """Turn heads by the table rows named in `place` `[rows, positions]`."""
        return self.graph.op("RotaryEmbedding", value, place, cos, sin, domain=MICROSOFT, interleaved=1)

    def norm(self, x: str, name: str) -> str:
        gain = self.graph.weight(name, self.state[f"{name}.gain"])
        return self.graph.op("LayerNormalization", x, gain, axis=-1, epsilon=NORM_EPSILON)

    def add_norm(self, x: str, change: str, name: str) -> tuple[str, str]:
        """(x + change, its norm)."""
        total = self.graph.op("Add", x, change)
        return total, self.norm(total, name)

    def product(self, x: str, name: str, matrix: np.ndarray) -> str:
        """`x` times `matrix` `[in, out]`; in int8 by one scale for `x` and one for each column."""
        g = self.graph
        if self.ranges is None:
            return g.op("MatMul", x, g.weight(name, matrix))
        low, high = self.ranges[name]
        step = np.float32(max(high - low, 1e-6) / 255)
        x_scale, x_zero = g.constant(f"{name}.step", step), g.constant(f"{name}.zero", np.uint8(round(-low / step)))
        scale = np.maximum(np.abs(matrix).max(0) / 127, 1e-6).astype(np.float16)
        small = np.clip(np.rint(matrix / scale), -127, 127).astype(np.int8)
        return g.op("MatMulIntegerToFloat", g.op("QuantizeLinear", x, x_scale, x_zero), g.weight(f"{name}.int8", small),
                    x_scale, g.weight(f"{name}.scale", scale), x_zero, domain=MICROSOFT)  # fmt: skip

    def linear(self, x: str, name: str) -> str:
        return self.product(x, name, self.state[f"{name}.weight"].T)

    def qkv(self, x: str, layer: int) -> list[str]:
        """Queries (already scaled by 1/sqrt(head)), keys and values, heads side by side on the last axis."""
        name = f"layers.{layer}.qkv"
        matrix = self.state[f"{name}.weight"].T.copy()
        matrix[:, : self.config.width] /= np.sqrt(self.head)
        product = self.product(x, name, matrix)
        sizes = self.graph.integers(self.config.width, self.kv_width, self.kv_width)
        return self.graph.ops("Split", product, sizes, outputs=3, axis=2)

    def group_queries(self, q: str, shape: str) -> str:
        """`[., ., width]` → `[G, KV, n*rep, D]`, where `shape` is [G, n, KV, rep*D]."""
        g = self.graph
        return g.reshape(g.transpose(g.reshape(q, to=shape), 0, 2, 1, 3), 0, 0, -1, self.head)

    def ungroup(self, out: str) -> str:
        """`[G, KV, n*rep, D]` → `[G, n, KV, rep*D]`: the reverse."""
        g = self.graph
        return g.transpose(g.reshape(out, 0, 0, -1, self.rep * self.head), 0, 2, 1, 3)

    def feed_forward(self, x: str, layer: int) -> str:
        inner = self.graph.op("Gelu", self.linear(x, f"layers.{layer}.ffn_in"), domain=MICROSOFT)
        return self.linear(inner, f"layers.{layer}.ffn_out")

    def run_layers(self, x: str, attention: Callable[[int, str], str]) -> str:
        """All layers and the final norm; `attention(layer, normed)` gives the heads' outputs side by side."""
        last = self.config.layers - 1
        y = self.norm(x, "layers.0.attention_norm")
        for layer in range(last + 1):
            heads = self.linear(attention(layer, y), f"layers.{layer}.attention_out")
            x, y = self.add_norm(x, heads, f"layers.{layer}.ffn_norm")
            following = "final_norm" if layer == last else f"layers.{layer + 1}.attention_norm"
            x, y = self.add_norm(x, self.feed_forward(y, layer), following)
        return y

    def logits(self, hidden: str) -> str:
        """`[n, width]` → `[n, V]`."""
        table = self.state["symbol_embedding.weight"][: self.config.tokens]
        if self.ranges is not None:
            return self.product(hidden, TOKEN_OUTPUT, table.T)
        return self.graph.op("Gemm", hidden, self.graph.weight("token_embedding", table), transB=1)


def context_input(n: Network) -> tuple[str, str]:
    """Declare the context's inputs; returns its embedding `[G, T, width]` and its mask."""
    g = n.graph
    features = n.features(g.input("feature_ids", INT64, ["G", "P"]), g.input("feature_buckets", INT64, ["G", "P"]))
    tokens = n.tokens(g.input("token_ids", INT64, ["G", "C"]))
    mask = g.input("context_mask", FLOAT, ["G", 1, 1, "T"])
    return g.op("Concat", features, tokens, axis=1), mask


def count_places(g: Graph) -> tuple[str, str]:
    """Float positions 0..T as a column `[T+1, 1]`, and the table row of each context position `[T]`: 0 for features.

    Positions end at C, but RotaryEmbedding wants a table no shorter than the rows it turns.
    """
    one, prefix, context = g.integers(1), g.shape("feature_ids", 1), g.shape("token_ids", 1)
    zero, step = g.constant("zero", np.array(0, np.int64)), g.constant("one", np.array(1, np.int64))
    end = g.op("Add", context, one)
    places = g.op("Range", zero, g.op("Squeeze", g.op("Add", prefix, end)), step)
    column = g.op("Unsqueeze", g.op("Cast", places, to=FLOAT), one)
    row_of = g.op("Concat", g.op("Expand", g.integers(0), prefix), g.op("Slice", places, one, end), axis=0)
    return column, row_of


def build_encoder(model: InfillModel, weights: WeightFile, ranges: Optional[Ranges] = None) -> Graph:
    g = Graph(weights)
    n = Network(g, model, ranges)
    x, mask = context_input(n)
    column, row_of = count_places(g)
    cos, sin = n.angles(column, g.op("Mul", column, g.constant("no_angle", np.array(0, np.float32))))
    rows, length = g.shape(x, 0), g.shape(x, 1)
    place = g.op("Expand", row_of, g.op("Concat", rows, length, axis=0))
    grouped = g.op("Concat", rows, length, g.integers(n.kv, n.rep * n.head), axis=0)

    def attention(layer: int, y: str) -> str:
        q, k, v = n.qkv(y, layer)
        q = n.group_queries(n.rotate(q, place, cos, sin), grouped)
        k = g.transpose(g.reshape(n.rotate(k, place, cos, sin), 0, 0, n.kv, n.head), 0, 2, 3, 1)  # [G, KV, D, T]
        v = g.transpose(g.reshape(v, 0, 0, n.kv, n.head), 0, 2, 1, 3)  # [G, KV, T, D]
        g.output(k, f"context_key_{layer}", FLOAT, ["G", n.kv, n.head, "T"])
        g.output(v, f"context_value_{layer}", FLOAT, ["G", n.kv, "T", n.head])
        k, v = f"context_key_{layer}", f"context_value_{layer}"
        weight = g.op("Softmax", g.op("Add", g.op("MatMul", q, k), mask), axis=-1)
        return g.reshape(n.ungroup(g.op("MatMul", weight, v)), 0, 0, n.config.width)

    n.run_layers(x, attention)
    return g


def build_decoder(model: InfillModel, weights: WeightFile, ranges: Optional[Ranges] = None) -> Graph:
    g = Graph(weights)
    n = Network(g, model, ranges)
    c = n.config
    ids = g.input("token_ids", INT64, ["G", "S"])
    holes = g.input("hole_positions", INT64, ["G"])
    step = g.input("step", INT64, [1])
    context_mask = g.input("context_mask", FLOAT, ["G", 1, 1, "T"])
    for layer in range(c.layers):
        g.input(f"context_key_{layer}", FLOAT, ["G", n.kv, n.head, "T"])
        g.input(f"context_value_{layer}", FLOAT, ["G", n.kv, "T", n.head])
        g.input(f"past_key_{layer}", FLOAT, ["B", n.kv, "W", n.head])
        g.input(f"past_value_{layer}", FLOAT, ["B", n.kv, "W", n.head])
    past_mask = g.input("past_mask", FLOAT, [1, 1, 1, "W"])

    # What all layers share: shapes, the joint mask [G, 1, 1, T+W+1], rotary tables with one row per hole.
    holes_count, samples = g.shape(ids, 0), g.shape(ids, 1)
    own_length = g.op("Add", g.shape(past_mask, 3), g.integers(1))
    grouped = g.op("Concat", holes_count, samples, g.integers(n.kv, n.rep * n.head), axis=0)
    own_by_row = g.op("Concat", holes_count, samples, g.integers(n.kv, -1), axis=0)
    own_by_hole = g.op("Concat", g.integers(0, 0, -1), own_length, axis=0)
    own_split = g.op("Concat", g.integers(0, 0), samples, g.integers(-1), axis=0)
    own_by_sample = g.op("Concat", g.integers(-1, n.kv, n.rep), own_length, axis=0)
    wide_past = g.op("Expand", past_mask, g.op("Concat", holes_count, g.integers(1, 1, 1), axis=0))
    self_mask = g.op("Expand", g.constant("no_mask", np.zeros((1, 1, 1, 1), np.float32)),
                     g.op("Concat", holes_count, g.integers(1, 1, 1), axis=0))  # fmt: skip
    mask = g.op("Concat", context_mask, wide_past, self_mask, axis=3)
    parts = g.op("Concat", g.shape(context_mask, 3), own_length, axis=0)
    own_parts = g.op("Concat", g.shape(past_mask, 3), g.integers(1), axis=0)
    column = g.op("Unsqueeze", g.op("Cast", holes, to=FLOAT), g.integers(1))
    pos2 = g.op("Cast", g.op("Add", step, g.integers(1)), to=FLOAT)
    cos, sin = n.angles(column, g.op("Expand", g.op("Unsqueeze", pos2, g.integers(1)), g.op("Shape", column)))
    zero, one = g.constant("zero", np.array(0, np.int64)), g.constant("one", np.array(1, np.int64))
    numbers = g.op("Unsqueeze", g.op("Range", zero, g.op("Squeeze", holes_count), one), g.integers(1))
    place = g.reshape(g.op("Expand", numbers, g.op("Shape", ids)), -1, 1)  # [B, 1]

    def attention(layer: int, y: str) -> str:
        q, k, v = n.qkv(y, layer)
        q = n.rotate(q, place, cos, sin)
        own_q = g.reshape(q, 0, n.kv, n.rep, n.head)  # [B, KV, rep, D]
        one_q = g.reshape(q, 0, n.kv, n.rep, 1, n.head)
        k = g.reshape(n.rotate(k, place, cos, sin), 0, n.kv, 1, n.head)
        v = g.reshape(v, 0, n.kv, 1, n.head)
        g.output(k, f"new_key_{layer}", FLOAT, ["B", n.kv, 1, n.head])
        g.output(v, f"new_value_{layer}", FLOAT, ["B", n.kv, 1, n.head])
        context = g.op("MatMul", n.group_queries(q, grouped), f"context_key_{layer}")  # [G, KV, S*rep, T]
        # One product a query: onnxruntime repacks the cache for those of several rows.
        past_key = g.op("Unsqueeze", f"past_key_{layer}", g.integers(2))
        past = g.op("FusedMatMul", one_q, past_key, domain=MICROSOFT, transB=1)  # [B, KV, rep, 1, W]
        here = g.op("ReduceSum", g.op("Mul", own_q, f"new_key_{layer}"), g.integers(3), keepdims=1)  # [B, KV, rep, 1]
        own = g.op("Concat", g.reshape(past, 0, 0, 0, -1), here, axis=3)  # [B, KV, rep, W+1]
        own = g.reshape(own, to=own_by_row)  # [G, S, KV, rep*(W+1)]
        own = g.reshape(g.transpose(own, 0, 2, 1, 3), to=own_by_hole)  # [G, KV, S*rep, W+1]
        weight = g.op("Softmax", g.op("Add", g.op("Concat", context, own, axis=3), mask), axis=-1)
        context, own = g.ops("Split", weight, parts, outputs=2, axis=3)
        own = g.transpose(g.reshape(own, to=own_split), 0, 2, 1, 3)  # [G, S, KV, rep*(W+1)]
        past, here = g.ops("Split", g.reshape(own, to=own_by_sample), own_parts, outputs=2, axis=3)
        own = g.op("Add", g.op("MatMul", past, f"past_value_{layer}"), g.op("Mul", here, f"new_value_{layer}"))
        context = n.ungroup(g.op("MatMul", context, f"context_value_{layer}"))  # [G, S, KV, rep*D]
        return g.op("Add", g.reshape(context, -1, 1, c.width), g.reshape(own, -1, 1, c.width))

    hidden = n.run_layers(g.reshape(n.tokens(ids), -1, 1, c.width), attention)
    scores = g.op("LogSoftmax", n.logits(g.reshape(hidden, -1, c.width)), axis=-1)
    g.output(scores, "log_probabilities", FLOAT, ["B", c.tokens])
    return g


def build_full(model: InfillModel, weights: WeightFile) -> Graph:
    """Context and whole span in one pass, without any cache: only what cached decoding is timed against."""
    g = Graph(weights)
    n = Network(g, model)
    c = n.config
    x, context_mask = context_input(n)
    span = g.input("span_ids", INT64, ["G", "N"])
    holes = g.input("hole_positions", INT64, ["G"])
    rows, context_length, span_length = g.shape(x, 0), g.shape(x, 1), g.shape(span, 1)
    length = g.op("Add", context_length, span_length)
    x = g.op("Concat", x, n.tokens(span), axis=1)
    # Positions [G, T+N]: the context counts, then the hole's place; and zeros, then 1, 2, ...
    _, context_places = count_places(g)
    zero, one = g.constant("zero", np.array(0, np.int64)), g.constant("one", np.array(1, np.int64))
    steps = g.op("Add", g.op("Range", zero, g.op("Squeeze", span_length), one), one)
    wide = g.op("Expand", context_places, g.op("Concat", rows, context_length, axis=0))
    hole = g.op("Expand", g.op("Unsqueeze", holes, g.integers(1)), g.op("Concat", rows, span_length, axis=0))
    pos1 = g.reshape(g.op("Cast", g.op("Concat", wide, hole, axis=1), to=FLOAT), -1, 1)
    line = g.op("Concat", g.op("Expand", g.integers(0), context_length), steps, axis=0)
    pos2 = g.reshape(g.op("Cast", g.op("Expand", line, g.op("Concat", rows, length, axis=0)), to=FLOAT), -1, 1)
    cos, sin = n.angles(pos1, pos2)
    all_places = g.op("Range", zero, g.op("Squeeze", g.op("Mul", rows, length)), one)
    place = g.reshape(all_places, to=g.op("Concat", rows, length, axis=0))
    # Mask [G, 1, T+N, 1, T+N]: the context as given; the span from each query's step on back.
    back = g.op("Greater", g.op("Unsqueeze", steps, g.integers(0)), g.op("Unsqueeze", line, g.integers(1)))
    later = g.op("Mul", g.op("Cast", back, to=FLOAT), g.constant("minus", np.array(-1e9, np.float32)))  # [T+N, N]
    wide_shape = g.op("Concat", rows, g.integers(1), length, g.integers(1), context_length, axis=0)
    wide_context = g.op("Expand", g.op("Unsqueeze", context_mask, g.integers(1)), wide_shape)
    later = g.op("Unsqueeze", later, g.integers(0, 1, 3))
    span_shape = g.op("Concat", rows, g.integers(1), length, g.integers(1), span_length, axis=0)
    mask = g.op("Concat", wide_context, g.op("Expand", later, span_shape), axis=4)
    grouped = g.op("Concat", rows, length, g.integers(n.kv, n.rep * n.head), axis=0)
    by_query = g.op("Concat", rows, g.integers(n.kv), length, g.integers(n.rep), length, axis=0)

    def attention(layer: int, y: str) -> str:
        q, k, v = n.qkv(y, layer)
        q = n.group_queries(n.rotate(q, place, cos, sin), grouped)
        k = g.transpose(g.reshape(n.rotate(k, place, cos, sin), 0, 0, n.kv, n.head), 0, 2, 3, 1)
        v = g.transpose(g.reshape(v, 0, 0, n.kv, n.head), 0, 2, 1, 3)
        scores = g.op("Add", g.reshape(g.op("MatMul", q, k), to=by_query), mask)  # [G, KV, L, rep, L]
        flat = g.op("Concat", rows, g.integers(n.kv, -1), length, axis=0)
        weight = g.reshape(g.op("Softmax", scores, axis=-1), to=flat)
        return g.reshape(n.ungroup(g.op("MatMul", weight, v)), 0, 0, c.width)

    hidden = g.op("Slice", n.run_layers(x, attention), context_length, length, g.integers(1))
    g.output(g.reshape(n.logits(g.reshape(hidden, -1, c.width)), to=g.op("Concat", rows, span_length, g.integers(-1), axis=0)),
             "logits", FLOAT, ["G", "N", c.tokens])  # fmt: skip
    return g
