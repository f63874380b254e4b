"""Real mammograms as training material: loading, orientation, breast mask, excluded lesions."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy import ndimage

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

PIXEL_MM = 0.1
BACKGROUND_GREY = 10 / 255
LESION_MARGIN_MM = 10.0
SPLIT_FILE = Path(__file__).with_name("split.json")


@dataclass(frozen=True)
class RealImage:
    """One row of the data set's labels and the outlines of the lesions it holds."""

    path: Path
    side: str
    category: str
    outlines: tuple[dict[str, Any], ...]


def read_split(part: str) -> frozenset[str]:
    """File names of one part ("train" or "held_out") of the committed split."""
    return frozenset(json.loads(SPLIT_FILE.read_text())[part])


def list_images(data: Path, part: str) -> list[RealImage]:
    """Rows of one part of the split.

    A lesion image whose outlines could not be recovered is left out: its lesions would be learnt
    as tissue.

    Raises:
        FileNotFoundError: if `data` is not the CDD-CESM folder (labels.csv is missing).
    """
    outlines: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with (data / "lesion_outlines.csv").open() as rows:
        for row in csv.DictReader(rows):
            outlines[row["file"]].append(json.loads(row["shape"]))
    wanted = read_split(part)
    found = []
    with (data / "labels.csv").open() as rows:
        for row in csv.DictReader(rows):
            file = row["file"]
            unlocated = row["category"] != "normal" and file not in outlines
            if Path(file).name in wanted and not unlocated:
                found.append(
                    RealImage(data / file, row["side"], row["category"], tuple(outlines[file]))
                )
    return sorted(found, key=lambda image: image.path.name)


def load_grey(image: RealImage) -> FloatArray:
    """(H, W) grey 0-1 at 0.1 mm, chest wall at image left."""
    with Image.open(image.path) as opened:
        grey = (np.asarray(opened.convert("L")) / 255).astype(np.float32)
    return grey if image.side == "left" else np.ascontiguousarray(grey[:, ::-1])


def find_breast(grey: FloatArray) -> BoolArray:
    """Breast mask: the largest bright component, holes filled."""
    bright = ndimage.binary_opening(
        ndimage.gaussian_filter(grey, 2) > BACKGROUND_GREY, iterations=3
    )
    labels, count = ndimage.label(bright)
    if count == 0:
        return np.zeros(grey.shape, bool)
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    filled = ndimage.binary_fill_holes(labels == sizes.argmax())
    return np.asarray(filled, bool)


def mark_excluded(image: RealImage, shape: tuple[int, int]) -> BoolArray:
    """(H, W) pixels within `LESION_MARGIN_MM` of an outlined lesion, oriented as `load_grey`."""
    canvas = Image.new("1", (shape[1], shape[0]))
    draw = ImageDraw.Draw(canvas)
    for outline in image.outlines:
        _draw_outline(draw, outline)
    marked = np.asarray(canvas, bool)
    if image.side == "right":
        marked = marked[:, ::-1]
    if not marked.any():
        return np.ascontiguousarray(marked)
    near = ndimage.distance_transform_edt(~marked) <= LESION_MARGIN_MM / PIXEL_MM
    return np.asarray(near, bool)


def _draw_outline(draw: ImageDraw.ImageDraw, outline: dict[str, Any]) -> None:
    """Fill one VIA region (polygon, ellipse or circle, native pixels)."""
    match outline:
        case {"name": "polygon" | "polyline", "all_points_x": [*xs], "all_points_y": [*ys]}:
            draw.polygon(list(zip(xs, ys, strict=True)), fill=1)
        case {"cx": float() | int() as x, "cy": float() | int() as y}:
            rx = float(outline.get("rx", outline.get("r", 0)))
            ry = float(outline.get("ry", outline.get("r", 0)))
            draw.ellipse((x - rx, y - ry, x + rx, y + ry), fill=1)
        case _:
            raise ValueError(f"unknown lesion outline: {outline.get('name')!r}")
