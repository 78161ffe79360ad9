"""Draws metrics.jsonl as a picture; does nothing where matplotlib is not installed."""

from __future__ import annotations

import json
from pathlib import Path


def draw_curves(metrics: Path, picture: Path) -> bool:
    """Training bits, and validation bits by kind of hole (solid: no features, dashed: Grewe given)."""
    try:
        import matplotlib

        matplotlib.use("Agg")
        from matplotlib import pyplot
    except ImportError:
        return False
    if not metrics.exists():
        return False
    lines = [json.loads(line) for line in metrics.read_text().splitlines()]
    training = [(line["step"], line["train_bits"]) for line in lines if "train_bits" in line]
    validation = [(line["step"], line["valid_bits"]) for line in lines if "valid_bits" in line]
    figure, axes = pyplot.subplots(figsize=(8, 5))
    if training:
        axes.plot(*zip(*training), color="lightgrey", label="training")
    for prefix, style in (("none", "-"), ("grewe", "--")):
        kinds = list(validation[-1][1][prefix]) if validation else []
        for index, kind in enumerate(kinds):
            points = [(step, bits[prefix][kind]) for step, bits in validation if kind in bits[prefix]]
            colour = "black" if kind == "all" else f"C{index}"
            axes.plot(*zip(*points), style, color=colour, label=kind if prefix == "none" else None)
    axes.set(xlabel="step", ylabel="bits per token", title="solid: undirected, dashed: Grewe features given")
    axes.set_ylim(bottom=0)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(fontsize="small")
    axes.grid(alpha=0.3)
    figure.savefig(picture, bbox_inches="tight")
    pyplot.close(figure)
    return True
