"""Writes a tiny synthetic corpus folder, for the tests and for trying the commands without mined kernels.

    python3 synthetic.py FOLDER [KERNELS]
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from pathlib import Path
from typing import Any

SPECIAL = {"PAD": 0, "HOLE": 1, "START": 2, "ENDHOLE": 3}
WORDS = "kernel void global float int ( ) { } [ ] ; , = + * < ++ for get_global_id 0 1 2".split()
SLOTS = {"f": 4, "p": 8, "v": 16}
SPACES = {"grewe": 8, "instcount": 70, "autophase": 56}


def build_vocabulary() -> dict[str, Any]:
    tokens = [f"[{name}]" for name in SPECIAL] + WORDS
    slots = {}
    for name, count in SLOTS.items():
        slots[name] = {"start": len(tokens), "count": count}
        tokens += [f"{name}{index}" for index in range(count)]
    return {"tokens": tokens, "special": SPECIAL, "slots": slots}


def build_kernel(random_source: random.Random, index: int) -> tuple[list[str], list[list[Any]]]:
    """A loop over a few statements, as token strings and spans."""
    tokens: list[str] = "kernel void f0 ( global float p0 , int p1 ) {".split()
    spans: list[list[Any]] = [[4, 10, "parameters"]]
    body = len(tokens)
    tokens += "int v0 = get_global_id ( 0 ) ; for ( int v1 = 0 ; v1 < p1 ; v1 ++ ) {".split()
    loop = len(tokens)
    for variable in range(2, 3 + random_source.randrange(6)):
        start = len(tokens)
        operator = random_source.choice("+*")
        tokens += f"p0 [ v0 ] = p0 [ v1 ] {operator} {random_source.randrange(3)} ;".split()
        spans += [[start, len(tokens), "statement"], [start + 5, len(tokens) - 1, "expression"]]
    spans += [[loop, len(tokens), "statements"], [loop, len(tokens), "loop-body"]]
    tokens.append("}")
    spans.append([body, len(tokens), "body"])
    tokens.append("}")
    if index % 4 == 3:
        spans.append([2, len(tokens), "scratch"])
    return tokens, spans


def write_corpus(folder: Path, kernels: int = 200, seed: int = 7) -> Path:
    """Write the folder; the same arguments write the same corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    source = random.Random(seed)
    vocabulary = build_vocabulary()
    ids = {token: index for index, token in enumerate(vocabulary["tokens"])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary))
    features = [{"space": space, "name": f"{space}{i}", "ratio": space == "grewe" and i >= 6}
                for space, count in SPACES.items() for i in range(count)]  # fmt: skip
    features.append({"space": "infill", "name": "tokens", "ratio": False})
    (folder / "features.json").write_text(json.dumps(features))
    with gzip.open(folder / "kernels.jsonl.gz", "wt") as out:
        for index in range(kernels):
            tokens, spans = build_kernel(source, index)
            counts = [tokens.count("+"), tokens.count("<"), tokens.count("["), 0, tokens.count("*"), 0]
            values = {"grewe": counts + [counts[4] / max(1, counts[2]), counts[0] / max(1, counts[2])],
                      "instcount": [len(tokens)] + [0] * 69, "autophase": [len(tokens) // 2] + [0] * 55}  # fmt: skip
            if index % 5 == 0:
                del values["autophase"]
            record = {"id": f"k{index}", "repository": f"r{index % 9}", "licence": "MIT",
                      "split": "valid" if index % 8 == 7 else "train", "tokens": [ids[token] for token in tokens],
                      "spans": spans, "features": values}  # fmt: skip
            out.write(json.dumps(record) + "\n")
    return folder


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200)
