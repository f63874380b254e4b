"""Pictures stored as the real ones are, so that no measure reads the file format for the tissue.

The published images are 8-bit JPEG. What is compared with them goes through the same: rounded to
256 greys, compressed with the quantisation tables of a real file, and read again.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

FloatArray = NDArray[np.float32]
Table = list[int]


def read_table(path: Path) -> Table | None:
    """The 64 quantisation steps of a JPEG's grey, or None for a file of another format.

    Raises:
        OSError: if the file cannot be read as a picture.
    """
    with Image.open(path) as opened:
        tables: dict[int, Any] = getattr(opened, "quantization", {})
        return list(tables[0]) if 0 in tables else None


def store_grey(grey: FloatArray, table: Table | None) -> FloatArray:
    """The picture as it comes back from a file like the real ones.

    Args:
        grey: (H, W) grey, nominally 0-1.
        table: of `read_table`; None stores 8 bits without loss.

    Returns:
        (H, W) grey 0-1 in steps of 1 / 255.
    """
    picture = np.round(np.clip(grey, 0, 1) * 255).astype(np.uint8)
    if table is not None:
        file = io.BytesIO()
        Image.fromarray(picture).save(file, "JPEG", qtables=[table])
        with Image.open(file) as opened:
            picture = np.asarray(opened)
    return (picture / np.float32(255)).astype(np.float32)
