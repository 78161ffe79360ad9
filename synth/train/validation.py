"""Validation: mean bits per token, by kind of hole, without features and with all Grewe features."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import torch

from dataset import HOLE_KINDS, SPAN_KINDS, Corpus
from model import InfillModel, Rows, target_losses
from sampling import EMPTY, RANDOM, Batch, Plan, pack_all, plan_random_span, row_length

PREFIXES = ("none", "grewe")


class LabelledBatch(NamedTuple):
    batch: Batch
    labels: np.ndarray  # [target] prefix index * len(HOLE_KINDS) + kind


def plan_validation(corpus: Corpus, holes_per_kind: int, max_row: int, seed: int) -> list[Plan]:
    """A fixed set of holes, at most one of a kind in each validation kernel."""
    rng = np.random.default_rng([seed, 2])
    kernels = rng.permutation(corpus.kernels_of("valid"))
    lengths = corpus.lengths()
    counts = [0] * len(HOLE_KINDS)
    plans: list[Plan] = []
    for kernel in kernels[row_length(lengths[kernels], 8) <= max_row]:
        spans = corpus.spans[corpus.span_offsets[kernel] : corpus.span_offsets[kernel + 1]]
        for kind in range(len(HOLE_KINDS)):
            found = np.flatnonzero(spans[:, 2] == kind) if kind < len(SPAN_KINDS) else EMPTY
            if counts[kind] >= holes_per_kind or not (kind == RANDOM or found.size):
                continue
            counts[kind] += 1
            if kind == RANDOM:
                start, end = plan_random_span(corpus, kernel, rng)
            else:
                start, end = (int(x) for x in spans[found[int(rng.random() * found.size)]][:2])
            plans.append(Plan(int(kernel), start, end, kind, EMPTY, row_length(int(lengths[kernel]), 0)))
        if min(counts) >= holes_per_kind:
            break
    return plans


def directed(corpus: Corpus, plan: Plan) -> Plan:
    """The same hole with every Grewe feature given (where the kernel has them)."""
    for index, space in enumerate(corpus.spaces):
        if space.name == "grewe" and corpus.has_space[plan.kernel, index]:
            features = np.arange(space.start, space.start + space.count)
            return plan._replace(features=features, length=plan.length + space.count)
    return plan


def build_validation(corpus: Corpus, holes_per_kind: int, batch_tokens: int, max_row: int, length_multiple: int,
                     seed: int) -> list[LabelledBatch]:  # fmt: skip
    """Batches that stay the same for the whole run; every pass over the same seed sees the same slots."""
    plans = plan_validation(corpus, holes_per_kind, max_row, seed)
    batches: list[LabelledBatch] = []
    for prefix, chosen in enumerate((plans, [directed(corpus, plan) for plan in plans])):
        order = sorted(chosen, key=lambda plan: -plan.length)  # the order in which pack_all takes them
        rng = np.random.default_rng([seed, 3])
        for batch in pack_all(corpus, chosen, batch_tokens, length_multiple, rng):
            rows, order = order[: batch.rows.shape[1]], order[batch.rows.shape[1] :]
            kinds = np.repeat([plan.kind for plan in rows], [plan.end - plan.start + 1 for plan in rows])
            batches.append(LabelledBatch(batch, prefix * len(HOLE_KINDS) + kinds))
    return batches


def to_device(batch: Batch, device: torch.device) -> tuple[Rows, torch.Tensor, torch.Tensor]:
    """Move a batch, without waiting for the copy on CUDA; returns rows, target places, target ids."""

    def move(array: np.ndarray) -> torch.Tensor:
        tensor = torch.from_numpy(array)
        return tensor.pin_memory().to(device, non_blocking=True) if device.type == "cuda" else tensor

    symbols, buckets, pos1, pos2 = move(batch.rows).int().unbind(0)
    return Rows(symbols, buckets, pos1, pos2, move(batch.context_lengths)), move(batch.places), move(batch.targets)


@torch.no_grad()
def validate(model: InfillModel, batches: list[LabelledBatch], device: torch.device,
             precision: torch.dtype) -> dict[str, dict[str, float]]:  # fmt: skip
    """Bits per target token: `result[prefix][kind]`, and `all`, the mean over the kinds."""
    model.eval()
    bins = len(PREFIXES) * len(HOLE_KINDS)
    sums = torch.zeros(bins, device=device)
    counts = np.zeros(bins, np.int64)
    for labelled in batches:
        rows, places, targets = to_device(labelled.batch, device)
        with torch.autocast(device_type=device.type, dtype=precision, enabled=precision != torch.float32):
            losses = target_losses(model, model(rows), places, targets)
        sums.index_add_(0, torch.from_numpy(labelled.labels).to(device), losses.float())
        counts += np.bincount(labelled.labels, minlength=bins)
    bits = sums.cpu().numpy() / np.maximum(counts, 1) / math.log(2)
    result: dict[str, dict[str, float]] = {}
    for prefix, name in enumerate(PREFIXES):
        first = prefix * len(HOLE_KINDS)
        kinds = {kind: round(float(bits[first + k]), 4) for k, kind in enumerate(HOLE_KINDS) if counts[first + k]}
        result[name] = {**kinds, "all": round(sum(kinds.values()) / max(1, len(kinds)), 4)}
    return result
