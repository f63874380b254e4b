"""Packing a folder of real mammograms: read top to bottom."""

from __future__ import annotations

import json
import math
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from generation.anatomy.condition import MAP_PIXEL_MM
from generation.code_version import read_code_version
from generation.packages.manifest import describe_condition
from generation.training.images import PIXEL_MM, RealImage
from generation.training.layouts.layout import Layout, Skipped
from generation.training.packing import (
    FORMS,
    PackError,
    Tile,
    check_image,
    choose_tiles,
    encode_pair,
)
from generation.training.pair import Pair
from generation.training.pairs import hash_file, make_pair
from generation.training.shard_writer import ITEM_BYTES, PackFull, ShardWriter, measure

SPLIT = "split.json"
RULE = "a quarter of the patients, by a hash of each; the committed split where the images have one"
SAMPLED = 3
# Of the limit that a few images may promise to fill before all are packed whole.
FITTING_SHARE = 0.8
# Where those few images cannot be used.
USUAL_TILE_BYTES = 160_000.0
REPORT_S = 20.0


@dataclass(frozen=True)
class PackPlan:
    """What to pack.

    Attributes:
        crops: tiles in all; None: whole images if they fit the limit, else as many tiles as fit.
        whole: whole images, and an error if they do not fit.
        tile_px: edge of a tile on the 0.2 mm grid.
        shard_bytes, limit_bytes: largest sizes of a shard and of the pack.
    """

    crops: int | None = None
    whole: bool = False
    tile_px: int = 256
    shard_bytes: int = 16 * 2**20
    limit_bytes: int = 64 * 2**20


@dataclass
class Packer:
    """Turns images into pairs and keeps account of those that cannot be."""

    skipped: list[Skipped] = field(default_factory=list)
    _kept: dict[Path, Pair] = field(default_factory=dict)
    _refused: set[Path] = field(default_factory=set)

    def sample(self, images: list[RealImage]) -> Iterator[Pair]:
        """Pairs of a few images spread over the folder, kept for when their turn comes."""
        for image in images[:: max(1, len(images) // SAMPLED)][:SAMPLED]:
            pair = self.prepare(image)
            if pair is not None:
                self._kept[image.path] = pair
                yield pair

    def prepare(self, image: RealImage) -> Pair | None:
        """The pair of an image; None where it cannot be used."""
        if image.path in self._kept:
            return self._kept.pop(image.path)
        if image.path in self._refused:
            return None
        try:
            check_image(image)
            return make_pair(image)
        except ValueError as error:
            self.leave_out(image, str(error))
            return None

    def leave_out(self, image: RealImage, reason: str) -> None:
        self._refused.add(image.path)
        # Names repeat between the folders of exams.
        self.skipped.append(Skipped("/".join(image.path.parts[-2:]), reason))


def pack_images(
    layout: Layout, out: Path, plan: PackPlan, *, report: Callable[[str], None]
) -> tuple[dict[str, Any], list[Skipped]]:
    """Pack the training part of a folder.

    Returns:
        The index, and the images left out, the layout's among them.

    Raises:
        PackError: if the images may not be trained on, or do not fit as asked.
    """
    images = layout.part("train")
    if layout.refused:
        raise PackError(layout.refused)
    if not images:
        raise PackError(f"there is no image to train on: {len(layout.skipped)} were left out")
    packer = Packer()
    writer = ShardWriter(out, plan.shard_bytes, plan.limit_bytes)
    try:
        tile_bytes = _plan_tiles(packer, images, plan)
        used = _write_items(packer, images, writer, plan, tile_bytes, report)
        skipped = [*layout.skipped, *packer.skipped]
        if not used:
            raise PackError(f"none of {len(images)} images can be used: {skipped[-1].reason}")
        (out / SPLIT).write_text(json.dumps(_describe_split(layout), indent=1) + "\n")
        index = writer.finish(_describe(layout, plan, tile_bytes is None, used, skipped))
    except BaseException:
        writer.discard()
        raise
    return index, skipped


def _plan_tiles(packer: Packer, images: list[RealImage], plan: PackPlan) -> float | None:
    """About how many bytes a tile takes; None where whole images are to be packed."""
    if plan.whole:
        return None
    whole: list[int] = []
    tiles: list[int] = []
    for pair in packer.sample(images):
        whole.append(measure(encode_pair(pair)) + ITEM_BYTES)
        rng = np.random.default_rng(0)
        for tile in choose_tiles(pair, 2, edge_px=plan.tile_px, rng=rng):
            tiles.append(measure(encode_pair(pair, tile)) + ITEM_BYTES)
    if whole and not plan.crops:
        needed = sum(whole) / len(whole) * len(images)
        if needed <= FITTING_SHARE * plan.limit_bytes:
            return None
    return sum(tiles) / len(tiles) if tiles else USUAL_TILE_BYTES


def _write_items(
    packer: Packer,
    images: list[RealImage],
    writer: ShardWriter,
    plan: PackPlan,
    tile_bytes: float | None,
    report: Callable[[str], None],
) -> int:
    """Fill the shards; how many images are in them."""
    reported = time.monotonic()
    used = 0
    for number, image in enumerate(images):
        tiles = None
        if tile_bytes is not None:
            tiles = _count_tiles(writer, plan, tile_bytes, number, len(images))
        pair = None if tiles == 0 else packer.prepare(image)
        if pair is None:
            continue
        before = writer.items
        try:
            _add_items(writer, image, pair, plan.tile_px, tiles)
            if writer.items == before:
                packer.leave_out(image, "no part of it is free of lesions")
        except PackFull as full:
            if tile_bytes is None or plan.crops:
                raise PackError(_say_full(writer, plan, number, len(images))) from full
        used += writer.items > before
        if time.monotonic() - reported > REPORT_S:
            reported = time.monotonic()
            mib = writer.total_bytes / 2**20
            report(f"{number + 1} of {len(images)} images, {writer.items} items, {mib:.1f} MiB")
    return used


def _count_tiles(
    writer: ShardWriter, plan: PackPlan, tile_bytes: float, number: int, images: int
) -> int:
    """Tiles to take from the image of this number, so that all give alike and the plan is met.

    What images before could not give is made up for, by no more than as much again.
    """
    mean_bytes = writer.total_bytes / writer.items if writer.items else tile_bytes
    in_all = plan.crops or plan.limit_bytes / mean_bytes
    due = int(in_all * (number + 1) / images) - writer.items
    return max(0, min(due, 2 * math.ceil(in_all / images)))


def _add_items(
    writer: ShardWriter, image: RealImage, pair: Pair, tile_px: int, tiles: int | None
) -> None:
    """Add an image, or this many tiles of it."""
    source = hash_file(image.path)
    height, width = pair.excluded.shape
    places: list[Tile] = [(0, 0, height, width)]
    if tiles is not None:
        rng = np.random.default_rng(int(source[:16], 16))
        places = choose_tiles(pair, tiles, edge_px=tile_px, rng=rng)
    for place in places:
        about = {
            "shape": list(place[2:]),
            "origin": list(place[:2]),
            "source": source,
            "side": image.side,
            "view": image.view,
            "density": image.density,
        }
        writer.add(encode_pair(pair, place), about)


def _say_full(writer: ShardWriter, plan: PackPlan, number: int, images: int) -> str:
    limit = f"{plan.limit_bytes / 2**20:g} MiB"
    if plan.crops:
        return f"{writer.items} crops fill the limit of {limit}; {plan.crops} were asked for"
    needed = writer.total_bytes / max(number, 1) * images / 2**20
    return (
        f"{images} whole images take about {needed:.0f} MiB, more than the limit of {limit}: "
        "raise the limit, or pack parts of them with --crops"
    )


def _describe(
    layout: Layout, plan: PackPlan, whole: bool, used: int, skipped: list[Skipped]
) -> dict[str, Any]:
    return {
        "code": read_code_version(),
        "layout": layout.name,
        "licence": layout.licence,
        "notes": list(layout.notes),
        "part": "train",
        "mode": "whole" if whole else "crops",
        "tile_px": None if whole else plan.tile_px,
        "pixel_mm": PIXEL_MM,
        "map_pixel_mm": MAP_PIXEL_MM,
        "channels": [asdict(form) for form in FORMS],
        "condition": describe_condition(),
        "images": {
            "used": used,
            "train": len(layout.part("train")),
            "held_out": len(layout.part("held_out")),
            "skipped": dict(Counter(each.reason for each in skipped)),
        },
    }


def _describe_split(layout: Layout) -> dict[str, Any]:
    """Which images are held out: by name where names are the data set's own, else by content."""
    names: dict[str, list[str]] = {"train": [], "held_out": []}
    for image in layout.images:
        name = image.path.name if layout.public_names else hash_file(image.path)
        names[layout.part_of(image)].append(name)
    said = "file names" if layout.public_names else "SHA-256 of the files"
    return {"layout": layout.name, "rule": RULE, "named_by": said, **names}
