"""One view, real or drawn, on the canvas of contracts.md: the same steps for both."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.evaluation.storage import Table, read_table, store_grey
from generation.realism.burnt_in import check_header, check_pixels
from generation.realism.cutting import MARGIN_PX, Extent, cut, measure_extent
from generation.training.dicom import ImageError
from generation.training.files import is_dicom, resample
from generation.training.images import PIXEL_MM, RealImage, find_breast, load_grey
from generation.training.packing import check_image

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]
PixelArray = NDArray[np.uint16]

WIDTH_PX, HEIGHT_PX = 1792, 2304
FULL_SCALE = 4095
LEVELS = 255
# Grey 0-1 of the breast's pixels as first shown: so no image is darker or flatter than others.
MEAN_SHOWN, DEVIATION_SHOWN = 0.42, 0.17
# Of the edge away from the chest wall. A file cut close around a round breast touches it for a
# centimetre; where it is more, the front of the breast is missing.
MOST_CUT_MM = 12.0


@dataclass(frozen=True)
class Storage:
    """How a real file holds its image: a drawn view passes through the same.

    Attributes:
        pixel_mm: size of the file's own pixels.
        table: the 64 quantisation steps of a JPEG; None for other files.
        mirrored: whether the file shows the chest wall at its right edge.
    """

    pixel_mm: float
    table: Table | None
    mirrored: bool

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        return cls(**kept)


@dataclass(frozen=True)
class View:
    """A view with its breast found, left-oriented.

    Attributes:
        grey: (H, W) grey 0-1 at 0.1 mm.
        mask: (H, W) breast.
        extent: of the breast.
    """

    grey: FloatArray
    mask: BoolArray
    extent: Extent

    @property
    def near(self) -> BoolArray:
        """(H, W) breast with the fall-off of its skin; all else is shown black."""
        return np.asarray(ndimage.binary_dilation(self.mask, iterations=MARGIN_PX), bool)


@dataclass(frozen=True)
class Framed:
    """A view as it is shown.

    Attributes:
        pixels: (2304, 1792) stored values of 12 bits in 256 steps, the side's own way round.
        window_center, window_width: in stored values, by one rule for all.
    """

    pixels: PixelArray
    window_center: float
    window_width: float


def find_view(grey: FloatArray) -> View:
    """A left-oriented view (H, W) and its breast.

    Raises:
        ImageError: if there is no breast, or too little of one.
    """
    mask = find_breast(grey)
    return View(grey, mask, measure_extent(mask))


def open_real(image: RealImage) -> tuple[View, Storage]:
    """A real image, and how its file holds it.

    Raises:
        ImageError: if the file cannot be read or used, or tells what it is: it is no plain view of
            a whole breast, its front is cut off, or text seems to lie over the breast.
    """
    check_header(image.path)
    check_image(image)
    grey = load_grey(image)
    touched_mm = float(find_breast(grey)[:, -1].sum()) * PIXEL_MM
    if touched_mm > MOST_CUT_MM:
        raise ImageError(f"{touched_mm:.0f} mm of its front are cut off by the file's edge")
    # Of a breast deeper than the canvas the part behind the nipple is kept.
    view = find_view(grey[:, max(grey.shape[1] - WIDTH_PX, 0) :])
    check_pixels(view.grey, view.mask)
    table = None if is_dicom(image.path) else read_table(image.path)
    return view, Storage(image.pixel_mm, table, image.mirrored)


def open_drawn(pixels: PixelArray, *, side: str, storage: Storage) -> View:
    """A drawn view as it comes back from a file like a real one.

    Args:
        pixels: (2304, 1792) stored values of 12 bits, the side's own way round.
        side: "left" or "right".
        storage: of a real image.

    Raises:
        ImageError: if no breast is seen.
    """
    grey = pixels.astype(np.float32) / np.float32(FULL_SCALE)
    return find_view(store_like(grey[:, ::-1] if side == "right" else grey, storage))


def store_like(grey: FloatArray, storage: Storage) -> FloatArray:
    """A left-oriented view (H, W), grey 0-1, as it comes back from such a file."""
    held = np.ascontiguousarray(grey[:, ::-1] if storage.mirrored else grey)
    finer = storage.pixel_mm != PIXEL_MM
    if finer:
        held = resample(held, PIXEL_MM, to_mm=storage.pixel_mm)
    held = store_grey(held, storage.table)
    if finer:
        held = resample(held, storage.pixel_mm, to_mm=PIXEL_MM)
    return np.ascontiguousarray(held[:, ::-1] if storage.mirrored else held)


def frame(view: View, piece: Extent, *, side: str) -> Framed:
    """A piece of a view alone on a black canvas, in 256 greys, mirrored for right breasts."""
    grey, mask = cut(np.where(view.near, view.grey, 0), view.mask, piece)
    steps = np.round(np.clip(grey, 0, 1) * LEVELS)
    values = np.round(steps * (FULL_SCALE / LEVELS)).astype(np.uint16)
    canvas = np.zeros((HEIGHT_PX, WIDTH_PX), np.uint16)
    height, width = (min(size, most) for size, most in zip(values.shape, canvas.shape, strict=True))
    top = (HEIGHT_PX - height) // 2
    canvas[top : top + height, :width] = values[:height, :width]
    # Where the breast was black throughout, any window shows the same.
    width_shown = max(float(values[mask].std()), 1.0) / DEVIATION_SHOWN
    centre = float(values[mask].mean()) + (0.5 - MEAN_SHOWN) * width_shown
    pixels = np.ascontiguousarray(canvas[:, ::-1]) if side == "right" else canvas
    return Framed(pixels, window_center=round(centre, 1), window_width=round(width_shown, 1))
