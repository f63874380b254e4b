"""Real mammograms as training material: loading, orientation, breast mask, excluded lesions.

What is found where in a folder of some data set or site is the business of `layouts`; here is one
image, and the committed split of the CDD-CESM images.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy import ndimage

from generation.training.files import read_grey, resample

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

PIXEL_MM = 0.1
BACKGROUND_GREY = 10 / 255
LESION_MARGIN_MM = 10.0
SPLIT_FILE = Path(__file__).with_name("split.json")


@dataclass(frozen=True)
class RealImage:
    """One real image, and what its data set says of it.

    Attributes:
        path: a JPEG, PNG or DICOM file.
        side: "left" or "right" breast.
        category: "normal" where nothing is marked in it, else the data set's word for what is.
        outlines: VIA shapes around lesions, in pixels of the file.
        view: "cc" or "mlo".
        density: ACR class A-D where known.
        patient: images of one patient have one (hashed) name, and are never split.
        pixel_mm: size of the file's pixels.
        chest_wall: edge of the file at which the chest wall lies: "left", "right", "" where it
            is the side's own, or "seen" where the pixels alone tell.
        white: the file's value that is shown white; 0 where the file says it, or holds it.
    """

    path: Path
    side: str
    category: str
    outlines: tuple[dict[str, Any], ...]
    view: str = "cc"
    density: str | None = None
    patient: str = ""
    pixel_mm: float = PIXEL_MM
    chest_wall: str = ""
    white: int = 0

    @property
    def mirrored(self) -> bool:
        """Whether the file shows the chest wall at its right edge."""
        if self.chest_wall == "seen":
            return _see_chest_wall(self.path, self.white, self.side) == "right"
        return (self.chest_wall or self.side) == "right"


def read_split(part: str) -> frozenset[str]:
    """File names of one part ("train" or "held_out") of the committed split."""
    return frozenset(json.loads(SPLIT_FILE.read_text())[part])


def list_images(data: Path, part: str) -> list[RealImage]:
    """CDD-CESM images of one part of the split.

    A lesion image whose outlines could not be recovered is left out: its lesions would be learnt
    as tissue.

    Raises:
        FileNotFoundError: if `data` is not the CDD-CESM folder (labels.csv is missing).
    """
    outlines = read_outlines(data / "lesion_outlines.csv")
    wanted = read_split(part)
    found = []
    with (data / "labels.csv").open() as rows:
        for row in csv.DictReader(rows):
            file = row["file"]
            unlocated = row["category"] != "normal" and file not in outlines
            if Path(file).name in wanted and not unlocated:
                found.append(
                    RealImage(
                        data / file,
                        row["side"],
                        row["category"],
                        tuple(outlines[file]),
                        density=row.get("density") or None,
                        # The split keeps runs of neighbours together; most patients are unknown.
                        patient=Path(file).name,
                    )
                )
    return sorted(found, key=lambda image: image.path.name)


def read_outlines(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The VIA shapes drawn in each file of CDD-CESM's lesion_outlines.csv."""
    outlines: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with path.open() as rows:
        for row in csv.DictReader(rows):
            outlines[row["file"]].append(json.loads(row["shape"]))
    return outlines


def load_grey(image: RealImage) -> FloatArray:
    """(H, W) grey 0-1 at 0.1 mm, chest wall at image left.

    Raises:
        ImageError: if the file cannot be read or used, with the reason.
    """
    grey = read_grey(image.path, white=image.white)
    if image.pixel_mm != PIXEL_MM:
        grey = resample(grey, image.pixel_mm, to_mm=PIXEL_MM)
    return np.ascontiguousarray(grey[:, ::-1]) if image.mirrored else grey


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


@cache
def _see_chest_wall(path: Path, white: int, side: str) -> str:
    """The edge that the breast touches along more of its length; the side's own if neither."""
    mask = find_breast(read_grey(path, white=white)[::8, ::8])
    left, right = mask[:, :2].sum(), mask[:, -2:].sum()
    if left == right:
        return side
    return "left" if left > right else "right"


def mark_excluded(image: RealImage, shape: tuple[int, int]) -> BoolArray:
    """(H, W) pixels within `LESION_MARGIN_MM` of an outlined lesion, oriented as `load_grey`."""
    canvas = Image.new("1", (shape[1], shape[0]))
    draw = ImageDraw.Draw(canvas)
    for outline in image.outlines:
        _draw_outline(draw, outline, image.pixel_mm / PIXEL_MM)
    marked = np.asarray(canvas, bool)
    if image.mirrored:
        marked = marked[:, ::-1]
    if not marked.any():
        return np.ascontiguousarray(marked)
    near = ndimage.distance_transform_edt(~marked) <= LESION_MARGIN_MM / PIXEL_MM
    return np.asarray(near, bool)


def _draw_outline(draw: ImageDraw.ImageDraw, outline: dict[str, Any], scale: float) -> None:
    """Fill one VIA region (native pixels) on a canvas whose pixels are 1 / `scale` as large."""
    match outline:
        case {"name": "polygon" | "polyline", "all_points_x": [*xs], "all_points_y": [*ys]}:
            points = [(scale * x, scale * y) for x, y in zip(xs, ys, strict=True)]
            draw.polygon(points, fill=1)
        case {"name": "rect", "x": x, "y": y, "width": width, "height": height}:
            draw.rectangle((scale * x, scale * y, scale * (x + width), scale * (y + height)), 1)
        case {"cx": float() | int() as x, "cy": float() | int() as y}:
            rx = scale * float(outline.get("rx", outline.get("r", 0)))
            ry = scale * float(outline.get("ry", outline.get("r", 0)))
            draw.ellipse((scale * x - rx, scale * y - ry, scale * x + rx, scale * y + ry), fill=1)
        case _:
            raise ValueError(f"unknown lesion outline: {outline.get('name')!r}")
