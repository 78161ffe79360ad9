"""Train the infilling model; the same command runs on CPU cores and on one GPU.

Writes to --out: checkpoint.pt (resume exactly), weights-*.npz with model-config.json (fp16, averaged),
best/ (the same at the lowest validation bits), metrics.jsonl and, with matplotlib, curves.svg.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import multiprocessing
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import torch

from curves import draw_curves
from dataset import Corpus, read_corpus
from model import InfillModel, ModelConfig, target_losses
from options import parse_options
from sampling import PoolDataset, read_pools, round_up
from validation import LabelledBatch, build_validation, to_device, validate
from weights import copy_weights, save_weights

PROCESS_START = time.monotonic()
ORDER_OPTIONS = ("seed", "batch_tokens", "max_row", "length_multiple", "optimizer")
"""What a resumed run must share with its first part to go on exactly."""


@dataclass
class Progress:
    """Where a run stands; stored in every checkpoint."""

    step: int = 0
    pool: int = 0  # next batch: pool number
    batch: int = 0  # and place in the pool
    seconds: float = 0.0  # of earlier processes
    tokens: int = 0  # padded tokens seen
    best_bits: float = math.inf

    def elapsed(self) -> float:
        return self.seconds + time.monotonic() - PROCESS_START

    def share(self, options: argparse.Namespace) -> float:
        """Share of the schedule done, 0..1; by time, each process's reserve does not count."""
        if options.steps:
            return min(1.0, self.step / options.steps)
        processes = math.ceil(options.total_minutes / options.minutes)
        return min(1.0, self.elapsed() / (options.total_minutes * 60 - processes * options.reserve_seconds))

    def is_over(self, options: argparse.Namespace) -> bool:
        if options.minutes and time.monotonic() - PROCESS_START >= options.minutes * 60 - options.reserve_seconds:
            return True
        return self.share(options) >= 1.0


def learning_rate(options: argparse.Namespace, step: int, share: float) -> float:
    """Linear warm-up by steps, times cosine to 2% or, for wsd, flat and then linear to 0."""
    warm = min(1.0, (step + 1) / max(1, options.warmup_steps))
    if options.schedule == "cosine":
        return options.learning_rate * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * share)))
    return options.learning_rate * warm * min(1.0, (1.0 - share) / 0.2)


def build_optimizers(model: InfillModel, options: argparse.Namespace) -> list[torch.optim.Optimizer]:
    """AdamW, or Muon (https://kellerjordan.github.io/posts/muon) for the layers' matrices and AdamW for the rest.

    Matrices and embeddings decay, gains do not. Muon's updates are scaled to AdamW's size, so one rate serves both.
    """
    hidden = [p for p in model.layers.parameters() if p.dim() == 2] if options.optimizer == "muon" else []
    rest = [p for p in model.parameters() if all(p is not other for other in hidden)]
    groups = [{"params": [p for p in rest if p.dim() >= 2], "weight_decay": options.weight_decay},
              {"params": [p for p in rest if p.dim() < 2], "weight_decay": 0.0}]  # fmt: skip
    extra = {"fused": True} if options.device.startswith("cuda") or not torch.__version__.startswith("1.") else {}
    optimizers: list[torch.optim.Optimizer] = [
        torch.optim.AdamW(groups, lr=options.learning_rate, betas=(0.9, 0.95), **extra)
    ]
    if hidden:
        optimizers.append(torch.optim.Muon(hidden, lr=options.learning_rate, weight_decay=options.weight_decay,
                                           adjust_lr_fn="match_rms_adamw"))  # fmt: skip
    return optimizers


class Trainer:
    """Owns the state of one run: model, averaged model, optimizer, progress."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options, self.out, self.device = options, Path(options.out), torch.device(options.device)
        self.out.mkdir(parents=True, exist_ok=True)
        if options.threads:
            torch.set_num_threads(options.threads)
        torch.set_float32_matmul_precision("high")
        torch.manual_seed(options.seed)
        self.corpus = read_corpus(options.data)
        self.started_from: Optional[dict[str, Any]] = None
        self.model = self.build_model(self.corpus).to(self.device)
        self.averaged = copy.deepcopy(self.model).eval().requires_grad_(False)
        self.optimizers = build_optimizers(self.model, options)
        self.progress = Progress()
        if options.resume and (self.out / "checkpoint.pt").exists():
            self.restore()
        else:
            (self.out / "metrics.jsonl").unlink(missing_ok=True)
        self.pools = PoolDataset(self.corpus, options.seed, options.batch_tokens, options.max_row, options.length_multiple)
        self.validation: list[LabelledBatch] = build_validation(
            self.corpus, options.valid_holes, max(options.batch_tokens // 2, round_up(options.max_row, options.length_multiple)),
            options.max_row, options.length_multiple, options.seed)  # fmt: skip
        self.precision = torch.bfloat16 if options.precision == "bf16" else torch.float32
        self.trunk: Any = self.model
        if options.compile:
            torch._dynamo.config.cache_size_limit = 64
            self.trunk = torch.compile(self.model, dynamic=options.compile == "dynamic")
        self.stop_signal = 0

    def build_model(self, corpus: Corpus) -> InfillModel:
        o = self.options
        config = ModelConfig(tokens=len(corpus.vocabulary.tokens), features=corpus.ratio.size, width=o.width,
                             layers=o.layers, heads=o.heads, kv_heads=o.kv_heads, dropout=o.dropout)  # fmt: skip
        model = InfillModel(config)
        if o.init:
            self.started_from = copy_weights(o.init, model, corpus.vocabulary.tokens, corpus.feature_names)
        return model

    def step(self, batch: Any) -> torch.Tensor:
        """One update; returns the mean loss in nats, still on the device."""
        rate = learning_rate(self.options, self.progress.step, self.progress.share(self.options))
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate
        rows, places, targets = to_device(batch, self.device)
        with torch.autocast(device_type=self.device.type, dtype=self.precision, enabled=self.precision != torch.float32):
            loss = target_losses(self.model, self.trunk(rows), places, targets).mean()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        self.average()
        return loss.detach()

    @torch.no_grad()
    def average(self) -> None:
        """Exponential moving average, which starts fast so that early weights are forgotten."""
        decay = min(self.options.ema, (1 + self.progress.step) / (10 + self.progress.step))
        averaged = list(self.averaged.parameters())
        torch._foreach_mul_(averaged, decay)
        torch._foreach_add_(averaged, list(self.model.parameters()), alpha=1 - decay)

    def run(self) -> None:
        o, p = self.options, self.progress
        self.say(f"{sum(x.numel() for x in self.model.parameters()) / 1e6:.1f} M parameters on {self.device}, "
                 f"{self.pools.kernels.size} training kernels, step {p.step}")  # fmt: skip
        self.model.train()
        stream = read_pools(self.pools, p.pool, p.batch, o.workers)
        losses: list[torch.Tensor] = []
        logged_at, logged_tokens, saved_at, saved_step = time.monotonic(), p.tokens, time.monotonic(), p.step
        while not p.is_over(o) and not self.stop_signal:
            pool, next_batch, batch = next(stream)
            losses.append(self.step(batch))
            p.step, p.pool, p.batch, p.tokens = p.step + 1, pool, next_batch, p.tokens + batch.rows[0].size
            if len(losses) >= o.log_steps:
                bits = torch.stack(losses).mean().item() / math.log(2)  # waits for the device
                now = time.monotonic()
                rate = (p.tokens - logged_tokens) / (now - logged_at)
                self.record({"train_bits": round(bits, 4), "tokens_per_second": round(rate),
                             "learning_rate": self.optimizers[0].param_groups[0]["lr"]})  # fmt: skip
                losses, logged_at, logged_tokens = [], now, p.tokens
            due = time.monotonic() - saved_at >= o.checkpoint_minutes * 60
            if due or (o.checkpoint_steps and p.step % o.checkpoint_steps == 0):
                self.checkpoint()
                pause = time.monotonic()
                logged_at, logged_tokens, losses = pause, p.tokens, []
                saved_at, saved_step = pause, p.step
        if p.step > saved_step or p.step == 0:
            self.checkpoint(validating=not self.stop_signal)
        draw_curves(self.out / "metrics.jsonl", self.out / "curves.svg")
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # torch's handler would take what follows for a failure
        for worker in multiprocessing.active_children():
            worker.kill()  # they ignore SIGTERM, by which they would be ended: the process could wait for them for ever

    def checkpoint(self, validating: bool = True) -> None:
        """Validate the averaged weights, save for resuming, export."""
        details = self.describe()
        if validating and self.validation:
            bits = validate(self.averaged, self.validation, self.device, self.precision)
            self.record({"valid_bits": bits})
            details["valid_bits"] = bits
            mean = sum(prefix["all"] for prefix in bits.values()) / len(bits)
            if mean < self.progress.best_bits:
                self.progress.best_bits = mean
                save_weights(self.out / "best", self.averaged, details)
        self.save()
        save_weights(self.out, self.averaged, details)

    def save(self) -> None:
        state = {
            "progress": {**vars(self.progress), "seconds": self.progress.elapsed()},
            "model": self.model.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "rng": torch.get_rng_state(),
            "cuda_rng": torch.cuda.get_rng_state() if self.device.type == "cuda" else None,
            "corpus": self.corpus.digest,
            "options": {name: getattr(self.options, name) for name in ORDER_OPTIONS},
            "started_from": self.started_from,
        }
        temporary = self.out / "checkpoint.tmp"
        torch.save(state, temporary)
        temporary.replace(self.out / "checkpoint.pt")

    def restore(self) -> None:
        state = read_checkpoint(self.out / "checkpoint.pt")
        if state["corpus"] != self.corpus.digest:
            raise ValueError(f"{self.out / 'checkpoint.pt'} was trained on another corpus than {self.options.data}")
        for name, stored in state.get("options", {}).items():
            given = getattr(self.options, name)
            if given != stored:
                raise ValueError(f"--{name.replace('_', '-')}: the run was begun with {stored}, received {given}; "
                                 "--resume goes on with what it was begun with")  # fmt: skip
        self.model.load_state_dict(state["model"])
        self.averaged.load_state_dict(state["averaged"])
        for optimizer, stored in zip(self.optimizers, state["optimizers"]):
            optimizer.load_state_dict(stored)
        torch.set_rng_state(state["rng"])
        if self.device.type == "cuda" and state["cuda_rng"] is not None:
            torch.cuda.set_rng_state(state["cuda_rng"])
        self.progress = Progress(**state["progress"])
        self.started_from = state.get("started_from")

    def describe(self) -> dict[str, Any]:
        """What model-config.json says beside the architecture."""
        vocabulary, p = self.corpus.vocabulary, self.progress
        return {
            "tokens": vocabulary.tokens,
            "special": vocabulary.special,
            "slots": {name: {"start": start, "count": count} for name, (start, count) in vocabulary.slots.items()},
            "feature_spaces": [vars(space) for space in self.corpus.spaces],
            "features": [{"name": n, "ratio": bool(r)} for n, r in zip(self.corpus.feature_names, self.corpus.ratio)],
            "corpus": {"sha256": self.corpus.digest, "train_kernels": int(self.pools.kernels.size),
                       "valid_kernels": int(self.corpus.kernels_of("valid").size)},
            "step": p.step, "padded_tokens": p.tokens, "training_minutes": round(p.elapsed() / 60, 2),
            "max_row": self.options.max_row, "batch_tokens": self.options.batch_tokens,
            "optimizer": self.options.optimizer, "learning_rate": self.options.learning_rate, "dropout": self.options.dropout,
            "seed": self.options.seed, "torch": torch.__version__, "device": str(self.device),
            **({"started_from": self.started_from} if self.started_from else {}),
        }  # fmt: skip

    def record(self, values: dict[str, Any]) -> None:
        line = {"step": self.progress.step, "minutes": round(self.progress.elapsed() / 60, 3), **values}
        with open(self.out / "metrics.jsonl", "a") as metrics:
            metrics.write(json.dumps(line) + "\n")
        self.say(json.dumps(line))

    def say(self, text: str) -> None:
        print(text, flush=True)



def read_checkpoint(path: Path) -> dict[str, Any]:
    """A checkpoint on the CPU. Torch 1.13's restricted loader knows no floats, so there the file must be trusted."""
    return torch.load(path, map_location="cpu", weights_only=not torch.__version__.startswith("1."))


def main(arguments: Optional[list[str]] = None) -> Trainer:
    trainer = Trainer(parse_options(arguments))

    def request_stop(number: int, _: Any) -> None:
        trainer.stop_signal = number

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, request_stop)
    trainer.run()
    return trainer


if __name__ == "__main__":
    main()
