"""Weights as small fp16 files: what leaves the training machine, and what `export_onnx.py` reads.

weights-0.npz, weights-1.npz, ... stay under 15 MiB each; model-config.json describes them.
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from model import InfillModel, ModelConfig

PART_BYTES = 14 * 2**20
FORMAT = 1
RUN_KEYS = ("corpus", "step", "padded_tokens", "training_minutes", "optimizer", "learning_rate", "seed", "started_from")
"""Of model-config.json: what a run that starts from the weights says of them."""


def save_weights(folder: Path, model: InfillModel, details: dict[str, Any]) -> None:
    """Write the model's weights and `details` (step, metrics, vocabulary, ...); each file appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = split_parts({name: value.detach().float().cpu().numpy().astype(np.float16)
                         for name, value in model.state_dict().items()})  # fmt: skip
    step = np.array(details.get("step", 0))
    for index, part in enumerate(parts):
        temporary = folder / f"weights-{index}.tmp.npz"
        np.savez(temporary, step=step, **part)
        temporary.replace(folder / f"weights-{index}.npz")
    config = {"format": FORMAT, "architecture": model.config.to_json(), "parts": len(parts), **details}
    write_json(folder / "model-config.json", config)


def split_parts(arrays: dict[str, np.ndarray]) -> list[dict[str, np.ndarray]]:
    parts: list[dict[str, np.ndarray]] = [{}]
    size = 0
    for name, array in arrays.items():
        if array.nbytes > PART_BYTES:
            raise ValueError(f"{name} alone takes {array.nbytes} bytes, more than a part of {PART_BYTES}")
        if size + array.nbytes > PART_BYTES:
            parts.append({})
            size = 0
        parts[-1][name] = array
        size += array.nbytes
    return parts


def load_weights(folder: str | Path) -> tuple[InfillModel, dict[str, Any]]:
    """The model in fp32, in evaluation mode, and model-config.json."""
    folder = Path(folder)
    config = json.loads((folder / "model-config.json").read_text())
    known = {field.name for field in fields(ModelConfig)}
    architecture = {name: value for name, value in config["architecture"].items() if name in known}
    model = InfillModel(ModelConfig(**architecture))
    state: dict[str, torch.Tensor] = {}
    for index in range(config["parts"]):
        with np.load(folder / f"weights-{index}.npz") as part:
            if int(part["step"]) != int(config.get("step", 0)):
                raise ValueError(f"weights-{index}.npz is of step {part['step']}, not {config.get('step', 0)}")
            state.update({name: torch.from_numpy(part[name]).float() for name in part.files if name != "step"})
    model.load_state_dict(state)
    return model.eval(), config


def copy_weights(folder: str | Path, model: InfillModel, tokens: tuple[str, ...],
                 features: tuple[str, ...]) -> dict[str, Any]:  # fmt: skip
    """Start `model` from exported weights of the same shape; embeddings go by name, and new names keep their own.

    Returns how those weights came about. Raises ValueError if the architectures differ in more than the number of tokens
    and features.
    """
    initial, details = load_weights(folder)
    sizes = {"tokens": model.config.tokens, "features": model.config.features}
    if replace(initial.config, **sizes) != model.config:
        raise ValueError(f"{folder} has {initial.config}, expected {model.config}")
    own = model.symbol_embedding.weight.detach().clone()
    theirs = initial.symbol_embedding.weight.detach()
    for first, names, first_theirs, names_theirs in (
        (0, tokens, 0, details["tokens"]),
        (len(tokens), features, initial.config.tokens, [feature["name"] for feature in details["features"]]),
    ):
        places = {name: place for place, name in enumerate(names_theirs, first_theirs)}
        for row, name in enumerate(names, first):
            if name in places:
                own[row] = theirs[places[name]]
    model.load_state_dict({**initial.state_dict(), "symbol_embedding.weight": own})
    return {key: details[key] for key in RUN_KEYS if key in details}


def write_json(path: Path, data: Any) -> None:
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(data, indent=1) + "\n")
    temporary.replace(path)
