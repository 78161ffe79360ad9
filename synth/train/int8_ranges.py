"""Ranges of what the model multiplies with its matrices, on validation kernels: what an export in int8 scales by.

Fixed scales, unlike those that onnxruntime finds at each call, keep a row from depending on those beside it.
"""

from __future__ import annotations

from typing import Any

import torch

from dataset import Corpus
from model import InfillModel
from validation import build_validation, to_device

Ranges = dict[str, tuple[float, float]]
"""Lowest and highest value, 0 among them, by the name of the matrix."""
TOKEN_OUTPUT = "token_output"
"""Name of the output layer's matrix."""
HOLES_PER_KIND = 12


@torch.no_grad()
def measure_ranges(model: InfillModel, corpus: Corpus, max_row: int) -> Ranges:
    ranges: Ranges = {}

    def note(name: str, x: torch.Tensor) -> None:
        low, high = ranges.get(name, (0.0, 0.0))
        ranges[name] = (min(low, x.min().item()), max(high, x.max().item()))

    def note_input(name: str) -> Any:
        return lambda _, inputs: note(name, inputs[0])

    linear = [(name, module) for name, module in model.named_modules() if isinstance(module, torch.nn.Linear)]
    hooks = [module.register_forward_pre_hook(note_input(name)) for name, module in linear]
    for labelled in build_validation(corpus, HOLES_PER_KIND, batch_tokens=4096, max_row=max_row, length_multiple=32, seed=1):
        rows, places, _ = to_device(labelled.batch, torch.device("cpu"))
        note(TOKEN_OUTPUT, model(rows).flatten(0, 1)[places.long()])
    for hook in hooks:
        hook.remove()
    return ranges
