"""Writing shards: items one after another, files and total of bounded size, the index last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from generation.training.packing import PackError
from generation.training.shards import FORMAT, INDEX, KIND

Tensors = Mapping[str, NDArray[Any]]

# Of a shard's header for each tensor, and of the index for each item: more than either takes.
HEADER_BYTES, ITEM_BYTES = 160, 400


class PackFull(Exception):
    """The next item would take the pack over its limit."""


@dataclass
class ShardWriter:
    """Fills a folder with shards.

    Attributes:
        folder: empty, or not there yet.
        shard_bytes: largest size of a shard.
        limit_bytes: largest size of all of them with the index.
    """

    folder: Path
    shard_bytes: int
    limit_bytes: int
    shards: list[dict[str, Any]] = field(default_factory=list)
    items: int = 0
    written: int = 0
    _tensors: dict[str, NDArray[Any]] = field(default_factory=dict)
    _waiting: list[dict[str, Any]] = field(default_factory=list)
    _pending: int = 0

    def __post_init__(self) -> None:
        if self.folder.exists() and any(self.folder.iterdir()):
            raise PackError(f"{self.folder} is not empty: choose another folder")
        self.folder.mkdir(parents=True, exist_ok=True)

    def add(self, tensors: Tensors, about: dict[str, Any]) -> None:
        """Add one item.

        Args:
            tensors: of `packing.encode_pair`.
            about: what the index says of it; "shape" at least.

        Raises:
            PackFull: if there is no more room; the pack is as it was.
            PackError: if one item is larger than a shard.
        """
        size = measure(tensors)
        if size > self.shard_bytes:
            raise PackError(
                f"one item takes {size / 2**20:.1f} MiB, more than a shard of "
                f"{self.shard_bytes / 2**20:g} MiB holds"
            )
        if self.total_bytes + size + ITEM_BYTES > self.limit_bytes:
            raise PackFull
        if self._pending + size > self.shard_bytes:
            self._write_shard()
        name = f"{self.items:06d}"
        self._tensors.update({f"{name}.{part}": value for part, value in tensors.items()})
        self._waiting.append({"name": name, **about})
        self._pending += size
        self.items += 1

    @property
    def total_bytes(self) -> int:
        """Of all shards and the index, a little more than they will be."""
        return self.written + self._pending + ITEM_BYTES * self.items

    def finish(self, about: dict[str, Any]) -> dict[str, Any]:
        """Write what waits and the index, which makes the pack whole; the index."""
        if self._waiting:
            self._write_shard()
        index = {"kind": KIND, "format": FORMAT, **about, "shards": self.shards}
        partial = self.folder / f"{INDEX}.part"
        partial.write_text(json.dumps(index) + "\n")
        partial.rename(self.folder / INDEX)
        return index

    def discard(self) -> None:
        """Take away what was written: half a pack serves nobody."""
        for shard in self.shards:
            (self.folder / shard["file"]).unlink(missing_ok=True)

    def _write_shard(self) -> None:
        content = save(self._tensors)
        name = f"shard-{len(self.shards):04d}.safetensors"
        (self.folder / name).write_bytes(content)
        self.shards.append(
            {
                "file": name,
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "items": self._waiting,
            }
        )
        self.written += len(content)
        self._tensors, self._waiting, self._pending = {}, [], 0


def measure(tensors: Tensors) -> int:
    """Bytes that an item takes in a shard, header included, rather too many than too few."""
    return sum(np.asarray(value).nbytes + HEADER_BYTES for value in tensors.values())
