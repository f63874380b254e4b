"""Image files of any kind a site may have, as grey: told apart by their content, never by name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from generation.training.dicom import ImageError, read_dicom_grey

FloatArray = NDArray[np.float32]

DICOM_MARK = slice(128, 132)
SIXTEEN_BITS = ("I;16", "I")


def is_dicom(path: Path) -> bool:
    """Whether the file begins as DICOM files do.

    Raises:
        ImageError: if the file cannot be opened.
    """
    try:
        with path.open("rb") as opened:
            return opened.read(DICOM_MARK.stop)[DICOM_MARK] == b"DICM"
    except OSError as error:
        raise ImageError(f"it cannot be opened: {error.strerror}") from error


def check_picture(path: Path) -> None:
    """Refuse what is no PNG or JPEG, without decoding it.

    Raises:
        ImageError: with the reason.
    """
    with _open_picture(path):
        pass


def read_grey(path: Path, *, white: int = 0) -> FloatArray:
    """(H, W) grey 0-1 of a DICOM, PNG or JPEG file at its own resolution; 16 bits stay 16.

    Args:
        path: told apart by content.
        white: the value shown white, where the file does not say; 0: the largest it could hold.

    Raises:
        ImageError: if the file cannot be read or holds no greys.
    """
    if is_dicom(path):
        return read_dicom_grey(path, white=white)
    with _open_picture(path) as opened:
        try:
            deep = opened.mode in SIXTEEN_BITS
            values = np.asarray(opened if deep else opened.convert("L"))
        except (OSError, ValueError, SyntaxError) as error:
            raise ImageError(f"it cannot be read: {' '.join(str(error).split())}") from error
        grey = values / (white or (65535 if deep else 255))
        return np.minimum(grey, 1).astype(np.float32)


def _open_picture(path: Path) -> Image.Image:
    try:
        return Image.open(path, formats=("JPEG", "PNG"))
    except UnidentifiedImageError as error:
        raise ImageError("it is neither DICOM nor PNG nor JPEG") from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ImageError(f"it cannot be read: {' '.join(str(error).split())}") from error


def resample(grey: FloatArray, pixel_mm: float, *, to_mm: float) -> FloatArray:
    """(H, W) grey on pixels of another size; a filter against aliasing (Lanczos, as Pillow's)."""
    size = tuple(max(1, round(edge * pixel_mm / to_mm)) for edge in reversed(grey.shape))
    resized = Image.fromarray(grey).resize((size[0], size[1]), Image.Resampling.LANCZOS)
    return np.clip(np.asarray(resized, np.float32), 0, 1)
