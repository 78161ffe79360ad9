"""Draws training rows: which hole, which features are given, which names the slots get; then packs batches.

Everything is a pure function of (seed, pool number), so a resumed run sees the rows that an
uninterrupted one would have seen, with any number of worker processes.
"""

from __future__ import annotations

import signal
from collections import OrderedDict
from typing import Iterator, NamedTuple

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

from dataset import HOLE_KINDS, SPAN_KINDS, SYNTAX_KINDS, Corpus, length_bucket
from model import NO_BUCKET

SCRATCH, BODY, RANDOM = SPAN_KINDS.index("scratch"), SPAN_KINDS.index("body"), HOLE_KINDS.index("random")
CATEGORY_LIMITS = (0.60, 0.65, 0.90)
"""Cumulative shares: 60% scratch, 5% body, 25% other syntax spans; the rest are random spans. Scratch rows have the
shortest context and every other token as a target: per second of training they teach most, and what they teach is what
most infills lack, to keep scopes and brackets in order over a long stretch."""
LARGE_SPACE = 16
"""Of a space with more features than this, zeros are not given: most are zero, and the prefix is paid for."""
CANONICAL = 0.6
"""Share of rows that keep the normal form's own slot numbers, which is what inference shows the model. Scratch rows
always do: nothing in their context tells other numbers, so the model could only guess them."""
SPARE_SLOTS = 8
"""The others are permuted among the slots in use and this many more."""
LONGEST_RANDOM_HOLE = 0.9
UNDIRECTED = 0.3
"""Share of rows without any feature."""
ONE_SPACE = 0.7
DROP_RATES = (0.0, 0.0, 0.15, 0.5)
LENGTH_GIVEN = 0.5
"""Share of rows that are told how long the span is, see `dataset.length_bucket`."""
EMPTY = np.zeros(0, np.int64)


class Plan(NamedTuple):
    """A row before its slots are drawn."""

    kernel: int
    start: int
    end: int
    kind: int  # index into HOLE_KINDS
    features: np.ndarray  # global feature ids, ascending
    length: int  # of the packed row


class Batch(NamedTuple):
    """Packed rows, small types; `symbols`, `buckets`, `pos1`, `pos2` are as in `model.Rows`."""

    rows: np.ndarray  # [4, row, position] int16: symbols, buckets, pos1, pos2
    context_lengths: np.ndarray  # [row] int32
    places: np.ndarray  # [target] int64 flat index of the position that predicts it
    targets: np.ndarray  # [target] int64 token id


def row_length(kernel_tokens: int, features: int) -> int:
    """Prefix, context with HOLE in place of the span, START, span."""
    return features + kernel_tokens + 2


def plan_hole(corpus: Corpus, kernel: int, rng: np.random.Generator) -> tuple[int, int, int]:
    """Draw (start, end, kind). A kind the kernel lacks gives way to other syntax spans, then to random ones."""
    spans = corpus.spans[corpus.span_offsets[kernel] : corpus.span_offsets[kernel + 1]]
    kinds = spans[:, 2]
    draw = rng.random()
    if draw < CATEGORY_LIMITS[2] and len(spans):
        wanted = SCRATCH if draw < CATEGORY_LIMITS[0] else BODY if draw < CATEGORY_LIMITS[1] else -1
        found = np.flatnonzero(kinds == wanted) if wanted >= 0 else EMPTY
        if not found.size:
            present = [kind for kind in range(len(SYNTAX_KINDS)) if (kinds == kind).any()]
            if present:
                found = np.flatnonzero(kinds == present[int(rng.random() * len(present))])
        if found.size:
            start, end, kind = spans[found[int(rng.random() * found.size)]]
            return int(start), int(end), int(kind)
    return (*plan_random_span(corpus, kernel, rng), RANDOM)


def plan_random_span(corpus: Corpus, kernel: int, rng: np.random.Generator) -> tuple[int, int]:
    tokens = int(corpus.token_offsets[kernel + 1] - corpus.token_offsets[kernel])
    length = int(rng.random() * (int(LONGEST_RANDOM_HOLE * tokens) + 1))
    start = int(rng.random() * (tokens - length + 1))
    return start, start + length


def plan_prefix(corpus: Corpus, kernel: int, rng: np.random.Generator) -> np.ndarray:
    """Draw what the row is told: features of the kernel, the length of the span, both or neither."""
    features = plan_features(corpus, kernel, rng)
    if corpus.length_feature is None or rng.random() >= LENGTH_GIVEN:
        return features
    return np.append(features, corpus.length_feature)


def plan_features(corpus: Corpus, kernel: int, rng: np.random.Generator) -> np.ndarray:
    """Draw the given features: none, or one space, or two to three; then drop single ones at a row's own rate."""
    available = np.flatnonzero(corpus.has_space[kernel])
    if rng.random() < UNDIRECTED or not available.size:
        return EMPTY
    wanted = 1 if rng.random() < ONE_SPACE else 2 + int(rng.random() * 2)
    chosen = np.sort(rng.permutation(available)[:wanted])
    spaces = [corpus.spaces[index] for index in chosen]
    ids = np.concatenate([given_ids(corpus, kernel, space.start, space.count) for space in spaces])
    rate = DROP_RATES[int(rng.random() * len(DROP_RATES))]
    return ids if rate == 0 else ids[rng.random(ids.size) >= rate]


def given_ids(corpus: Corpus, kernel: int, start: int, count: int) -> np.ndarray:
    """Global ids of one space's features that may be given."""
    ids = np.arange(start, start + count)
    return ids if count <= LARGE_SPACE else ids[corpus.buckets[kernel, ids] != 0]


def rename_slots(corpus: Corpus, tokens: np.ndarray, kind: int, rng: np.random.Generator) -> np.ndarray:
    """The tokens with each class of identifier slots permuted within itself, or as they are."""
    if kind == SCRATCH or rng.random() < CANONICAL:
        return tokens
    table = np.arange(len(corpus.vocabulary.tokens), dtype=np.int16)
    for start, count in corpus.vocabulary.slots.values():
        used = tokens[(tokens >= start) & (tokens < start + count)]
        if used.size:
            rng.shuffle(table[start : min(start + count, int(used.max()) + 1 + SPARE_SLOTS)])
    return table[tokens]


def pack(corpus: Corpus, plans: list[Plan], rows: int, length: int, rng: np.random.Generator) -> Batch:
    """Build one batch of `[rows, length]`; rows beyond the plans stay empty."""
    special = corpus.vocabulary.special
    token_count = len(corpus.vocabulary.tokens)
    packed = np.zeros((4, rows, length), np.int16)
    packed[0] = special["PAD"]
    packed[1] = NO_BUCKET
    symbols, buckets, pos1, pos2 = packed
    context_lengths = np.ones(rows, np.int32)
    counting = np.arange(1, length + 2, dtype=np.int16)
    places: list[np.ndarray] = []
    targets: list[np.ndarray] = []
    end_hole = np.array([special["ENDHOLE"]], np.int16)
    for row, plan in enumerate(plans):
        first, last = corpus.token_offsets[plan.kernel : plan.kernel + 2]
        tokens = rename_slots(corpus, corpus.tokens[first:last], plan.kind, rng)
        prefix, span = len(plan.features), plan.end - plan.start
        context = prefix + tokens.size - span + 1
        end = context + span + 1
        symbols[row, :prefix] = token_count + plan.features
        buckets[row, :prefix] = corpus.buckets[plan.kernel, plan.features]
        if prefix and plan.features[-1] == corpus.length_feature:
            buckets[row, prefix - 1] = length_bucket(span)
        symbols[row, prefix : prefix + plan.start] = tokens[: plan.start]
        symbols[row, prefix + plan.start] = special["HOLE"]
        symbols[row, prefix + plan.start + 1 : context] = tokens[plan.end :]
        symbols[row, context] = special["START"]
        symbols[row, context + 1 : end] = tokens[plan.start : plan.end]
        pos1[row, prefix:context] = counting[: context - prefix]
        pos1[row, context:end] = plan.start + 1
        pos2[row, context:end] = counting[: span + 1]
        context_lengths[row] = context
        places.append(np.arange(row * length + context, row * length + end))
        targets.append(tokens[plan.start : plan.end])
        targets.append(end_hole)
    return Batch(packed, context_lengths, np.concatenate(places), np.concatenate(targets).astype(np.int64))


class PoolDataset(Dataset):
    """Item p is pool p: a list of batches of similar row lengths, in random order.

    Kernels come in shuffled epochs; pool p takes the next `rows_per_pool` of them.
    """

    def __init__(self, corpus: Corpus, seed: int, batch_tokens: int, max_row: int, length_multiple: int,
                 pool_batches: int = 32) -> None:  # fmt: skip
        kernels = corpus.kernels_of("train")
        self.kernels = kernels[row_length(corpus.lengths()[kernels], 0) <= max_row]
        if not self.kernels.size:
            raise ValueError(f"no training kernel fits rows of {max_row}")
        self.corpus, self.seed, self.max_row = corpus, seed, max_row
        self.batch_tokens, self.length_multiple = batch_tokens, length_multiple
        if batch_tokens < round_up(max_row, length_multiple):
            raise ValueError(f"batch of {batch_tokens} tokens cannot hold a row of {max_row}")
        mean_row = corpus.lengths()[self.kernels].mean() + 40  # 40: mean prefix, HOLE and START
        self.rows_per_pool = max(1, int(pool_batches * batch_tokens / mean_row))
        self.epochs: OrderedDict[int, np.ndarray] = OrderedDict()

    def epoch(self, number: int) -> np.ndarray:
        if number not in self.epochs:
            self.epochs[number] = np.random.default_rng([self.seed, 0, number]).permutation(self.kernels)
            while len(self.epochs) > 4:
                self.epochs.popitem(last=False)
        return self.epochs[number]

    def __getitem__(self, pool: int) -> list[Batch]:
        rng = np.random.default_rng([self.seed, 1, pool])
        plans: list[Plan] = []
        for place in range(pool * self.rows_per_pool, (pool + 1) * self.rows_per_pool):
            number, offset = divmod(place, self.kernels.size)
            kernel = int(self.epoch(number)[offset])
            start, end, kind = plan_hole(self.corpus, kernel, rng)
            features = plan_prefix(self.corpus, kernel, rng)
            tokens = int(self.corpus.token_offsets[kernel + 1] - self.corpus.token_offsets[kernel])
            length = row_length(tokens, len(features))
            if length <= self.max_row:
                plans.append(Plan(kernel, start, end, kind, features, length))
        batches = list(pack_all(self.corpus, plans, self.batch_tokens, self.length_multiple, rng))
        return [batches[index] for index in rng.permutation(len(batches))]


def pack_all(corpus: Corpus, plans: list[Plan], batch_tokens: int, length_multiple: int,
             rng: np.random.Generator) -> Iterator[Batch]:  # fmt: skip
    """Batches of about `batch_tokens` padded tokens, longest rows first; few distinct shapes."""
    order = sorted(plans, key=lambda plan: -plan.length)
    while order:
        length = round_up(order[0].length, length_multiple)
        rows = max(1, batch_tokens // length)
        yield pack(corpus, order[:rows], rows, length, rng)
        order = order[rows:]


def round_up(value: int, multiple: int) -> int:
    return -(-value // multiple) * multiple


def read_pools(dataset: PoolDataset, pool: int, batch: int, workers: int) -> Iterator[tuple[int, int, Batch]]:
    """Endless batches from (pool, batch) on, each with the place at which to resume after it."""
    loader = DataLoader(
        dataset,
        sampler=range(pool, pool + 10**9),
        batch_size=None,
        num_workers=workers,
        collate_fn=keep_numpy,  # numpy travels through pipes: tensors would need /dev/shm and many descriptors
        worker_init_fn=start_worker,
        generator=torch.Generator(),  # else it draws from the global one, and a resumed run's dropout differs
    )
    for number, batches in enumerate(loader, pool):
        for index in range(batch, len(batches)):
            yield number, index + 1, batches[index]
        batch = 0


def keep_numpy(batches: list[Batch]) -> list[Batch]:
    return batches


def start_worker(_: int) -> None:
    """Workers outlive a SIGTERM sent to the process group, so that the trainer can still save."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
