"""Training data of a folder: real images, or the shards that `pack` made of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generation.anatomy.channels import CHANNELS
from generation.training.pair import Pair
from generation.training.shards import INDEX, read_index, read_pairs


@dataclass(frozen=True)
class TrainingData:
    """Pairs to train on, and what the training record says of them."""

    pairs: list[Pair]
    record: dict[str, Any]


def load_training_data(folder: Path, *, cache: Path) -> TrainingData:
    """The training part of a folder of shards, or of real images in a known layout.

    Args:
        folder: shards of `pack`, or images; those held out are never read.
        cache: keeps the condition maps of images.

    Raises:
        ShardError, LayoutError, ImageError: if the folder, or an image of it, cannot be used, with
            the reason.
    """
    if (folder / INDEX).exists():
        return _load_shards(folder)
    return _load_images(folder, cache)


def _load_shards(folder: Path) -> TrainingData:
    pairs = read_pairs(folder, channels=CHANNELS)
    index = read_index(folder)
    kept = {name: index[name] for name in ("layout", "licence", "images", "mode")}
    digest = hashlib.sha256((folder / INDEX).read_bytes()).hexdigest()
    return TrainingData(pairs, {**kept, "index_sha256": digest})


def _hash_names(names: Iterable[str]) -> str:
    """SHA-256 of some names, one after the other."""
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def _load_images(folder: Path, cache: Path) -> TrainingData:
    # Machines that train from shards have no scipy and no Pillow.
    from generation.training.layouts import LayoutError, recognise
    from generation.training.pairs import hash_file, load_pairs

    layout = recognise(folder)
    if layout.refused:
        raise LayoutError(layout.refused)
    images = layout.part("train")
    if not images:
        raise LayoutError(f"{folder} holds no image to train on")
    record = {
        "layout": layout.name,
        "licence": layout.licence,
        "images": {
            "used": len(images),
            "held_out": len(layout.part("held_out")),
            "skipped": len(layout.skipped),
        },
        "notes": list(layout.notes),
        "split_sha256": _hash_names(image.path.name for image in layout.part("held_out")),
        "files_sha256": _hash_names(hash_file(image.path) for image in images),
    }
    return TrainingData(load_pairs(images, cache), record)
