"""The real images that drawn ones are measured against: those kept from training, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generation.evaluation.storage import Table, read_table
from generation.evaluation.tissue import TissueImage, sample_tissue
from generation.training.images import RealImage, list_images, load_grey, mark_excluded

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

LEAST_IMAGES = 6
# Of an image that is deeper than the canvas of a case (179.2 mm) the part before it is measured.
CANVAS_WIDTH_PX = 1744


@dataclass(frozen=True)
class RealView:
    """One held-out image, open: what is kept of it, and what redrawing it needs.

    Attributes:
        grey: (H, W) grey 0-1, left orientation, both sizes even.
        blocked: (H, W) lesions with their margin.
        table: of its file.
        tissue: None where no patch fits.
    """

    image: RealImage
    grey: FloatArray
    blocked: BoolArray
    table: Table | None
    tissue: TissueImage | None


def find_held_out(data: Path) -> list[RealImage]:
    """The held-out images that lie in the folder.

    Raises:
        FileNotFoundError: if the folder is not the data set's.
        ValueError: if too few of them are there.
    """
    for name in ("labels.csv", "lesion_outlines.csv"):
        if not (data / name).is_file():
            raise FileNotFoundError(f"{data} holds no {name}: not the CDD-CESM folder")
    images = [image for image in list_images(data, "held_out") if image.path.is_file()]
    if len(images) < LEAST_IMAGES:
        raise ValueError(
            f"{data} holds {len(images)} of the images kept from training; "
            f"at least {LEAST_IMAGES} are needed"
        )
    return images


def open_views(
    images: list[RealImage], *, count: int, rng: np.random.Generator
) -> Iterator[RealView]:
    """The images one after another.

    Args:
        images: of `find_held_out`.
        count: patches of each.
        rng: picks their places.

    Raises:
        ValueError: if a file is damaged.
    """
    for group, image in enumerate(images):
        try:
            grey, table = load_grey(image), read_table(image.path)
        except (OSError, SyntaxError, ValueError) as error:
            raise ValueError(f"{image.path.name} cannot be read as a picture: {error}") from error
        grey = grey[: grey.shape[0] // 2 * 2, : grey.shape[1] // 2 * 2]
        start = max(grey.shape[1] - CANVAS_WIDTH_PX, 0)
        blocked = mark_excluded(image, grey.shape)[:, start:]
        grey = np.ascontiguousarray(grey[:, start:])
        tissue = sample_tissue(
            grey,
            blocked,
            name=image.path.stem,
            view="cc",
            group=group,
            density=image.density,
            with_lesions=image.category != "normal",
            count=count,
            rng=rng,
        )
        yield RealView(image, grey, blocked, table, tissue)
