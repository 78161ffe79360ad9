"""Ranges of what the model multiplies with its matrices, on validation kernels: what an export in int8 scales by.

Fixed scales, unlike those that onnxruntime finds at each call, keep a row from depending on those beside it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from dataset import Corpus
from model import InfillModel
from sampling import EMPTY, Plan, given_ids, pack_all
from validation import plan_validation, to_device

Ranges = dict[str, tuple[float, float]]
"""Lowest and highest value, 0 among them, by the name of the matrix."""
TOKEN_OUTPUT = "token_output"
"""Name of the output layer's matrix."""
HOLES_PER_KIND = 12


@torch.no_grad()
def measure_ranges(model: InfillModel, corpus: Corpus, max_row: int) -> Ranges:
    """Raises ValueError if no validation kernel fits `max_row`."""
    ranges: Ranges = {}
    plans = plan_validation(corpus, HOLES_PER_KIND, max_row, seed=1)
    if not plans:
        raise ValueError(f"no validation kernel fits rows of {max_row}: int8 has nothing to be scaled by")

    def note(name: str, x: torch.Tensor) -> None:
        low, high = ranges.get(name, (0.0, 0.0))
        ranges[name] = (min(low, x.min().item()), max(high, x.max().item()))

    def note_input(name: str) -> Any:
        return lambda _, inputs: note(name, inputs[0][is_used])

    linear = [(name, module) for name, module in model.named_modules() if isinstance(module, torch.nn.Linear)]
    hooks = [module.register_forward_pre_hook(note_input(name)) for name, module in linear]
    told = [told_all(corpus, plan) for plan in plans]
    chosen = plans + [plan for plan in told if plan.length <= max_row]
    for batch in pack_all(corpus, chosen, batch_tokens=4096, length_multiple=32, rng=np.random.default_rng(1)):
        rows, places, _ = to_device(batch, torch.device("cpu"))
        is_used = rows.symbols != corpus.vocabulary.special["PAD"]
        note(TOKEN_OUTPUT, model(rows).flatten(0, 1)[places.long()])
    for hook in hooks:
        hook.remove()
    return ranges


def told_all(corpus: Corpus, plan: Plan) -> Plan:
    """The same hole, with all that a row may be told."""
    spaces = [space for index, space in enumerate(corpus.spaces) if corpus.has_space[plan.kernel, index]]
    given = [given_ids(corpus, plan.kernel, space.start, space.count) for space in spaces]
    features = np.concatenate([*given, EMPTY if corpus.length_feature is None else [corpus.length_feature]])
    return plan._replace(features=features.astype(np.int64), length=plan.length + len(features))
