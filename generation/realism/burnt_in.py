"""Text in the pixels: what a header admits, and hard white edges over the breast.

Labels beside the breast are black in the frame, like all that is no breast. Over it they would
both name somebody and tell that the image is real.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydicom import dcmread
from pydicom.errors import InvalidDicomError
from scipy import ndimage

from generation.training.dicom import ImageError
from generation.training.files import is_dicom

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

TAGS = ("BurnedInAnnotation", "RecognizableVisualFeatures")
# Within 3 x 3 pixels of 0.1 mm, up to nearly white: no tissue steps like that.
STEP, WHITE = 0.5, 0.9
# Of 64 images of CDD-CESM without findings 63 have at most 64; "R CC" in letters of 5 mm, 1,000.
MOST_HARD_PX = 150


def check_header(path: Path) -> None:
    """Refuse a DICOM file whose header says that text or a face is in its pixels.

    Raises:
        ImageError: with the reason, or if the file cannot be read.
    """
    if not is_dicom(path):
        return
    try:
        data = dcmread(path, specific_tags=list(TAGS))
    except (InvalidDicomError, OSError, ValueError) as error:
        raise ImageError(f"it cannot be read: {' '.join(str(error).split())}") from error
    for tag in TAGS:
        if str(data.get(tag) or "").upper() == "YES":
            raise ImageError("its header says that something is burnt in that may name a person")


def count_hard_pixels(grey: FloatArray, mask: BoolArray) -> int:
    """Pixels of the breast (H, W) at 0.1 mm in whose 3 x 3 surroundings letters would stand."""
    high = ndimage.maximum_filter(grey, 3)
    step = high - ndimage.minimum_filter(grey, 3)
    return int(np.count_nonzero((step > STEP) & (high > WHITE) & mask))


def check_pixels(grey: FloatArray, mask: BoolArray) -> None:
    """Refuse a view over whose breast text seems to lie.

    Raises:
        ImageError: with the reason.
    """
    if count_hard_pixels(grey, mask) > MOST_HARD_PX:
        raise ImageError("white text or a marker seems to lie over the breast")
