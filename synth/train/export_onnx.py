"""Export trained weights as encoder.onnx and decoder.onnx, which share weights.bin (fp16).

Also writes model.json (architecture, tokenizer, what the model was trained on) and reference.json: inputs and
the logits that PyTorch gives for them without any cache, so that the JavaScript side can check its decoding.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any, Iterator, Optional

import numpy as np
import torch

from dataset import LENGTH_SPACE, SPAN_KINDS, read_corpus, value_bucket
from int8_ranges import Ranges, measure_ranges
from model import NO_BUCKET, InfillModel, Rows
from onnx_graph import WeightFile
from onnx_network import build_decoder, build_encoder, build_full
from sampling import row_length
from weights import load_weights, write_json

MASKED = -1e9
COPIES = "copies.bin"
"""Fingerprints of the training kernels, `synth/copies.ts`."""
SAMPLED = "sampled"
"""What kernels that a model wrote have for a repository, `synth/training-data.ts`."""
FOUND_ELSEWHERE = {"format", "parts", "architecture", "tokens", "special", "slots", "features", "feature_spaces"}
"""Of model-config.json: what model.json says in other words."""
BUCKET_SAMPLES = [(value, False) for value in (0, 1, 31, 32, 33, 34, 35, 47, 100, 1000, 123456, 1e9)] + [
    (value, True) for value in (0, 0.01, 0.25, 1 / 3, 0.5, 1, 2.5, 7, 19, 1000)]  # fmt: skip


def parse_options(arguments: Optional[list[str]] = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--weights", required=True, help="folder with model-config.json and weights-*.npz")
    parser.add_argument("--out", required=True, help="folder for the ONNX files")
    parser.add_argument("--data", required=True, help="corpus folder it was trained on")
    parser.add_argument("--name", default="benchsteer-infill", help="of the model")
    parser.add_argument("--int8", action="store_true", help="multiply in int8, scaled by what --data gives")
    parser.add_argument("--full", action="store_true", help="also write full.onnx, which recomputes everything (benchmark only)")
    parser.add_argument("--seed", type=int, default=1, help="of the inputs in reference.json")
    return parser.parse_args(arguments)


def export(folder: Path, model: InfillModel, full: bool, ranges: Optional[Ranges] = None) -> list[Path]:
    """Write the graphs and their shared weights; returns the paths."""
    weights = WeightFile(folder / "weights.bin")
    graphs = {"encoder.onnx": build_encoder(model, weights, ranges), "decoder.onnx": build_decoder(model, weights, ranges)}
    if full:
        graphs["full.onnx"] = build_full(model, weights)
    for name, graph in graphs.items():
        graph.save(folder / name)
    weights.write()
    return [folder / name for name in (*graphs, "weights.bin")]


@torch.no_grad()
def build_reference(model: InfillModel, config: dict[str, Any], seed: int, int8: bool) -> dict[str, Any]:
    """Logits of a full forward over a random context, for START and four more span positions.

    The last feature entry is padding, hidden by `context_mask`: PyTorch does not get it at all. Random tokens go beyond
    the ranges that int8 is scaled for, hence its wide tolerance.
    """
    rng = np.random.default_rng(seed)
    special = config.get("special", {"HOLE": 1, "START": 2})
    tokens, features = model.config.tokens, model.config.features
    context = rng.integers(4, tokens, 24)
    hole = 9
    context[hole] = special["HOLE"]
    prefix = rng.permutation(features)[:5]
    buckets = rng.integers(0, NO_BUCKET, prefix.size)
    span = np.concatenate([[special["START"]], rng.integers(4, tokens, 4)])
    symbols = np.concatenate([tokens + prefix, context, span])
    none = np.full(context.size + span.size, NO_BUCKET)
    pos1 = np.concatenate([np.zeros(prefix.size), np.arange(context.size) + 1, np.full(span.size, hole + 1)])
    pos2 = np.concatenate([np.zeros(prefix.size + context.size), np.arange(span.size) + 1])
    columns = [symbols, np.concatenate([buckets, none]), pos1, pos2]
    rows = Rows(*(torch.from_numpy(column.astype(np.int64))[None] for column in columns),
                torch.tensor([prefix.size + context.size]))  # fmt: skip
    logits = model.logits(model(rows))[0, -span.size :]
    return {
        "feature_ids": [*prefix.tolist(), 0],
        "feature_buckets": [*buckets.tolist(), 0],
        "token_ids": context.tolist(),
        "context_mask": [0.0] * prefix.size + [MASKED] + [0.0] * context.size,
        "hole_position": hole + 1,
        "span_ids": span.tolist(),
        "logits": [[round(value, 5) for value in row] for row in logits.tolist()],
        "tolerance": 1 if int8 else 0.02,
        "value_buckets": [[value, ratio, value_bucket(value, ratio)] for value, ratio in BUCKET_SAMPLES],
    }


def describe(options: argparse.Namespace, model: InfillModel, config: dict[str, Any]) -> dict[str, Any]:
    """What `synth/model.ts` reads (`name` to `featureOffsets`), and for people what the model was trained on."""
    data = Path(options.data)
    c = model.config
    offsets: dict[str, int] = {}
    for index, feature in enumerate(json.loads((data / "features.json").read_text())):
        offsets.setdefault(feature["space"], index)
    return {
        "name": options.name,
        "config": {"layers": c.layers, "kvHeads": c.kv_heads, "headWidth": c.head_width,
                   "maxRow": config["max_row"]},
        "vocabulary": json.loads((data / "vocab.json").read_text()),
        "featureOffsets": offsets,
        **({"lengths": scratch_lengths(data / "kernels.jsonl.gz", config["max_row"])} if LENGTH_SPACE in offsets else {}),
        "training": {
            "parameters": sum(parameter.numel() for parameter in model.parameters()),
            "architecture": c.to_json(),
            "arithmetic": "int8" if options.int8 else "float32",
            "data": count_data(data / "kernels.jsonl.gz"),
            "run": {key: value for key, value in config.items() if key not in FOUND_ELSEWHERE},
        },
    }  # fmt: skip


def scratch_lengths(path: Path, max_row: int) -> list[int]:
    """Quantiles, every 5%, of the scratch spans of the human kernels that the model was trained on."""
    lengths = [end - start for kernel in read_lines(path) for start, end, kind in kernel["spans"]
               if kind == "scratch" and kernel["split"] == "train" and kernel["repository"] != SAMPLED
               and row_length(len(kernel["tokens"]), 0) <= max_row]  # fmt: skip
    return np.quantile(lengths, np.linspace(0, 1, 21)).astype(int).tolist() if lengths else [0]


def count_data(path: Path) -> dict[str, Any]:
    """Kernels, tokens, repositories and licences of each side of the split, and of what a model wrote."""
    sides: dict[str, dict[str, Any]] = {}
    for kernel in read_lines(path):
        side = sides.setdefault(SAMPLED if kernel["repository"] == SAMPLED else kernel["split"], {"kernels": 0, "tokens": 0, "repositories": set(), "licences": Counter()})
        side["kernels"] += 1
        side["tokens"] += len(kernel["tokens"])
        side["repositories"].add(kernel["repository"])
        side["licences"][kernel["licence"]] += 1
    return {name: {**side, "repositories": sorted(side["repositories"])} for name, side in sorted(sides.items())}


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main(arguments: Optional[list[str]] = None) -> None:
    options = parse_options(arguments)
    folder = Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    model, config = load_weights(options.weights)
    corpus = read_corpus(options.data)
    if corpus.digest != config["corpus"]["sha256"]:
        raise ValueError(f"{options.weights} was trained on other data than {options.data}")
    ranges = measure_ranges(model, corpus, config["max_row"]) if options.int8 else None
    files = export(folder, model, options.full, ranges)
    write_json(folder / "reference.json", build_reference(model, config, options.seed, options.int8))
    write_json(folder / "model.json", describe(options, model, config))
    (folder / COPIES).unlink(missing_ok=True)
    if (Path(options.data) / COPIES).exists():
        shutil.copyfile(Path(options.data) / COPIES, folder / COPIES)
    for path in files:
        print(f"{path} {path.stat().st_size / 2**20:.2f} MiB")


if __name__ == "__main__":
    main()
