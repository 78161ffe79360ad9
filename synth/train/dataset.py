"""Reads the training corpus that the TypeScript side writes, into flat numpy arrays.

A corpus folder holds vocab.json, features.json and kernels.jsonl.gz (README.md has the layout).
The decoded arrays are cached beside them in kernels.npz, rebuilt when any of the three changes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import numpy as np

SPLITS = ("train", "valid")
SYNTAX_KINDS = ("expression", "statement", "statements", "loop-body", "parameters")
"""Holes among which the sampler picks a kind first, so that large and small ones are both common."""
SPAN_KINDS = SYNTAX_KINDS + ("body", "scratch")
HOLE_KINDS = SPAN_KINDS + ("random",)
LENGTH_SPACE = "infill"
"""The space whose only feature is no property of the kernel: the length of the span, in tokens."""
CACHE_VERSION = 2

PLAIN_BUCKETS = 200  # last bucket of counts
RATIO_BUCKETS = 201  # first bucket of ratios


def round_half_up(values: np.ndarray) -> np.ndarray:
    """What `Math.round` does; numpy's own rounding sends halves to the even neighbour."""
    return np.floor(values + 0.5)


def value_buckets(values: np.ndarray, is_ratio: np.ndarray) -> np.ndarray:
    """Bucket of each feature value, 0..255.

    Counts (v is rounded, negatives count as 0): v itself up to 32, above
    `min(200, 32 + round(8 * log2(v / 32)))`, eight buckets an octave.
    Ratios: `201 + min(54, round(8 * log2(1 + 8 * v)))`. `round` is half-up, as in JavaScript.
    """
    values = np.maximum(values, 0.0)
    counts = round_half_up(values)
    large = 32 + round_half_up(8 * np.log2(np.maximum(counts, 32) / 32))
    plain = np.where(counts <= 32, counts, np.minimum(PLAIN_BUCKETS, large))
    ratio = RATIO_BUCKETS + np.minimum(54, round_half_up(8 * np.log2(1 + 8 * values)))
    return np.where(is_ratio, ratio, plain).astype(np.uint8)


def value_bucket(value: float, is_ratio: bool) -> int:
    """`value_buckets` of a single value."""
    return int(value_buckets(np.array([value], np.float64), np.array([is_ratio]))[0])


def length_bucket(tokens: int) -> int:
    """Bucket of a span's length: three an octave, so that it says about how long, not when to stop."""
    return min(255, int(math.floor(3 * math.log2(1 + tokens) + 0.5)))


@dataclass(frozen=True)
class Space:
    """A feature space: `count` consecutive global feature ids from `start`."""

    name: str
    start: int
    count: int


@dataclass(frozen=True)
class Vocabulary:
    """Token strings, the special ids by name, and (start, count) of each class of identifier slots."""

    tokens: tuple[str, ...]
    special: dict[str, int]
    slots: dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Corpus:
    """All kernels, flattened. Kernel k owns `tokens[token_offsets[k]:token_offsets[k+1]]`, and so on."""

    vocabulary: Vocabulary
    spaces: tuple[Space, ...]
    feature_names: tuple[str, ...]  # "space:name", in global feature id order
    ratio: np.ndarray  # [feature] bool
    tokens: np.ndarray  # [all tokens] uint16, canonical slots
    token_offsets: np.ndarray  # [kernel + 1]
    spans: np.ndarray  # [all spans, 3] start, end (exclusive), index into SPAN_KINDS; sorted by kind
    span_offsets: np.ndarray  # [kernel + 1]
    buckets: np.ndarray  # [kernel, feature] uint8
    has_space: np.ndarray  # [kernel, space] bool
    split: np.ndarray  # [kernel] index into SPLITS
    digest: str  # of the contents of the three files

    @property
    def length_feature(self) -> Optional[int]:
        """Global id of the span's length, where the corpus lists it."""
        return next((space.start for space in self.spaces if space.name == LENGTH_SPACE), None)

    def kernels_of(self, split: str) -> np.ndarray:
        return np.flatnonzero(self.split == SPLITS.index(split))

    def lengths(self) -> np.ndarray:
        return np.diff(self.token_offsets)


def read_corpus(folder: str | Path) -> Corpus:
    """Read a corpus folder, through the cache where it is current.

    Raises ValueError, naming the kernel, if a record contradicts the vocabulary or the features.
    """
    folder = Path(folder)
    vocabulary = read_vocabulary(folder / "vocab.json")
    features = json.loads((folder / "features.json").read_text())
    spaces = group_spaces(features)
    ratio = np.array([bool(feature.get("ratio", False)) for feature in features])
    digest = corpus_digest(folder)
    cache = folder / "kernels.npz"
    arrays = load_cache(cache, digest)
    if arrays is None:
        arrays = decode_kernels(folder / "kernels.jsonl.gz", len(vocabulary.tokens), spaces, ratio)
        save_cache(cache, digest, arrays)
    names = tuple(f"{feature['space']}:{feature['name']}" for feature in features)
    return Corpus(vocabulary, spaces, names, ratio, digest=digest, **arrays)


def read_vocabulary(path: Path) -> Vocabulary:
    data = json.loads(path.read_text())
    for name in ("PAD", "HOLE", "START", "ENDHOLE"):
        if name not in data["special"]:
            raise ValueError(f"{path}: special token {name} is missing")
    slots = {name: (int(s["start"]), int(s["count"])) for name, s in data["slots"].items()}
    for name, (start, count) in slots.items():
        if start < 0 or start + count > len(data["tokens"]):
            raise ValueError(f"{path}: slots {name} reach beyond the {len(data['tokens'])} tokens")
    if len(data["tokens"]) > 30_000:
        raise ValueError(f"{path}: more than 30000 tokens do not fit the int16 rows")
    return Vocabulary(tuple(data["tokens"]), dict(data["special"]), slots)


def group_spaces(features: list[dict[str, Any]]) -> tuple[Space, ...]:
    spaces: list[Space] = []
    for index, feature in enumerate(features):
        if spaces and spaces[-1].name == feature["space"]:
            spaces[-1] = Space(spaces[-1].name, spaces[-1].start, spaces[-1].count + 1)
        else:
            spaces.append(Space(feature["space"], index, 1))
    if len({space.name for space in spaces}) != len(spaces):
        raise ValueError("features.json: the features of a space must stand together")
    return tuple(spaces)


def decode_kernels(path: Path, tokens: int, spaces: tuple[Space, ...], ratio: np.ndarray) -> dict[str, np.ndarray]:
    token_parts: list[np.ndarray] = []
    span_parts: list[np.ndarray] = []
    values: list[np.ndarray] = []
    has_space: list[list[bool]] = []
    split: list[int] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            ids = np.array(record["tokens"], np.int64)
            spans = [(start, end, SPAN_KINDS.index(kind)) for start, end, kind in record["spans"]]
            if ids.size == 0 or ids.min() < 0 or ids.max() >= tokens:
                raise ValueError(f"{path}: kernel {record['id']} has no tokens, or one outside 0..{tokens - 1}")
            if any(not 0 <= start <= end <= ids.size for start, end, _ in spans):
                raise ValueError(f"{path}: kernel {record['id']} has a span outside its {ids.size} tokens")
            row = np.zeros(ratio.size)
            for space in spaces:
                given = record["features"].get(space.name)
                if given is not None and len(given) != space.count:
                    raise ValueError(f"{path}: kernel {record['id']}: {len(given)} values in {space.name}")
                if given is not None:
                    row[space.start : space.start + space.count] = given
            token_parts.append(ids.astype(np.uint16))
            span_parts.append(np.array(sorted(spans, key=lambda span: span[2]), np.int32).reshape(-1, 3))
            values.append(row)
            has_space.append([record["features"].get(space.name) is not None for space in spaces])
            split.append(SPLITS.index(record["split"]))
    if not split:
        raise ValueError(f"{path}: no kernels")
    return {
        "tokens": np.concatenate(token_parts),
        "token_offsets": np.cumsum([0] + [part.size for part in token_parts]),
        "spans": np.concatenate(span_parts),
        "span_offsets": np.cumsum([0] + [len(part) for part in span_parts]),
        "buckets": value_buckets(np.stack(values), ratio[None, :]),
        "has_space": np.array(has_space, bool),
        "split": np.array(split, np.uint8),
    }


def corpus_digest(folder: Path) -> str:
    """SHA-256 over the three files and the cache's version."""
    digest = hashlib.sha256(f"v{CACHE_VERSION}".encode())
    for name in ("vocab.json", "features.json", "kernels.jsonl.gz"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def load_cache(path: Path, digest: str) -> dict[str, np.ndarray] | None:
    if not path.exists():
        return None
    with np.load(path) as stored:
        if str(stored["digest"]) != digest:
            return None
        return {name: stored[name] for name in stored.files if name != "digest"}


def save_cache(path: Path, digest: str, arrays: dict[str, np.ndarray]) -> None:
    """Best effort: a read-only corpus folder is decoded anew each time."""
    temporary = path.with_suffix(f".{os.getpid()}.tmp.npz")
    try:
        np.savez(temporary, digest=np.array(digest), **arrays)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
