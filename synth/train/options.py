"""Command line of `train.py`."""

from __future__ import annotations

import argparse
from typing import Optional

import torch

DESCRIPTION = "Train the infilling model on a corpus folder; see README.md."


def parse_options(arguments: Optional[list[str]] = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=DESCRIPTION, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    add = parser.add_argument
    add("--data", required=True, help="corpus folder: vocab.json, features.json, kernels.jsonl.gz")
    add("--out", required=True, help="run folder")
    add("--seed", type=int, default=1, help="fixes initial weights, data order, dropout and validation holes")
    add("--resume", action="store_true", help="go on from OUT/checkpoint.pt if it is there")
    add("--init", help="start from the exported weights in this folder (fp16, no optimizer state), "
        "of whatever vocabulary")  # fmt: skip
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu", help="cuda or cpu")
    add("--threads", type=int, default=0, help="CPU threads of torch; 0 leaves its default")
    add("--precision", choices=("bf16", "fp32"), default="bf16", help="autocast type")
    add("--compile", nargs="?", const="dynamic", choices=("dynamic", "static"), help="torch.compile (torch 2); "
        "static compiles once per row length: use with --length-multiple 256")  # fmt: skip
    model = parser.add_argument_group("model")
    model.add_argument("--width", type=int, default=384)
    model.add_argument("--layers", type=int, default=6)
    model.add_argument("--heads", type=int, default=6)
    model.add_argument("--kv-heads", type=int, default=2)
    model.add_argument("--dropout", type=float, default=0.1)
    data = parser.add_argument_group("batches")
    data.add_argument("--batch-tokens", type=int, default=0, help="padded tokens; 0: 65536 on cuda, 8192 on cpu")
    data.add_argument("--max-row", type=int, default=1300, help="longer rows are skipped")
    data.add_argument("--length-multiple", type=int, default=64, help="row lengths are padded to a multiple of this")
    data.add_argument("--workers", type=int, default=-1, help="row-building processes; -1: 6 on cuda, 1 on cpu")
    plan = parser.add_argument_group("schedule")
    plan.add_argument("--steps", type=int, default=0, help="end after this many steps in all")
    plan.add_argument("--minutes", type=float, default=0, help="end this process by then, start-up and last save included")
    plan.add_argument("--total-minutes", type=float, default=0, help="length of the schedule over all resumes; 0: --minutes")
    plan.add_argument("--reserve-seconds", type=float, default=20, help="kept back for the last validation and save")
    plan.add_argument("--schedule", choices=("cosine", "wsd"), default="cosine", help="wsd: flat, last fifth linear to 0")
    plan.add_argument("--optimizer", choices=("adamw", "muon"), default="adamw", help="muon needs torch 2.9")
    plan.add_argument("--learning-rate", type=float, default=1e-3)
    plan.add_argument("--warmup-steps", type=int, default=200)
    plan.add_argument("--weight-decay", type=float, default=0.1)
    plan.add_argument("--ema", type=float, default=0.999, help="decay of the averaged weights; 0: no averaging")
    report = parser.add_argument_group("reports")
    report.add_argument("--log-steps", type=int, default=50, help="steps between lines of metrics.jsonl")
    report.add_argument("--checkpoint-minutes", type=float, default=5, help="between validations with checkpoint")
    report.add_argument("--checkpoint-steps", type=int, default=0, help="additionally every so many steps; 0: off")
    report.add_argument("--valid-holes", type=int, default=0, help="per kind; 0: 256 on cuda, 48 on cpu")
    options = parser.parse_args(arguments)
    if (options.steps > 0) == (options.minutes > 0):
        parser.error("give either --steps or --minutes")
    on_gpu = options.device.startswith("cuda")
    options.batch_tokens = options.batch_tokens or (65536 if on_gpu else 8192)
    options.workers = options.workers if options.workers >= 0 else (6 if on_gpu else 1)
    options.valid_holes = options.valid_holes or (256 if on_gpu else 48)
    options.total_minutes = options.total_minutes or options.minutes
    options.reserve_seconds = min(options.reserve_seconds, 15 * options.minutes)  # never above a quarter of the time
    return options
