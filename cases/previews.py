"""Small eight-bit pictures of a view, and masks as picture files."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

# 7 x 9 blocks of 256 px: one pixel in four, 448 x 576 on the standard canvas.
PREVIEW_STEP = 4


def window_pixels(
    pixels: NDArray[np.floating] | NDArray[np.uint16], *, center: float, width: float
) -> NDArray[np.uint8]:
    """Map stored values to 8-bit grey with a linear window.

    Args:
        pixels: stored values, any shape.
        center, width: the window in stored values; width greater than 1.

    Returns:
        0-255, same shape.

    Raises:
        ValueError: if the width is not greater than 1.

    Source: DICOM PS3.3 C.11.2.1.2.1, function LINEAR.
    """
    if width <= 1:
        raise ValueError(f"a window is wider than 1, not {width}")
    scaled = ((np.asarray(pixels, np.float64) - (center - 0.5)) / (width - 1) + 0.5) * 255
    return np.clip(np.rint(scaled), 0, 255).astype(np.uint8)


def encode_preview(pixels: NDArray[np.uint16], *, center: float, width: float) -> bytes:
    """Make the small windowed picture (PNG, 8-bit) that is shown while the frame loads.

    Args:
        pixels: (H, W) stored values; each block of 4 x 4 becomes one preview pixel.
        center, width: the window in stored values.

    Returns:
        PNG bytes.
    """
    height, columns = (side - side % PREVIEW_STEP for side in pixels.shape)
    blocks = pixels[:height, :columns].reshape(
        height // PREVIEW_STEP, PREVIEW_STEP, columns // PREVIEW_STEP, PREVIEW_STEP
    )
    means = blocks.mean(axis=(1, 3))
    # Air, stored as 0, is black whatever the window, as the viewer shows it.
    return _png(window_pixels(means, center=center, width=width) * (means > 0))


def encode_mask(mask: NDArray[np.bool_]) -> bytes:
    """Write a mask (H, W) as an 8-bit PNG of 0 and 255 (contracts.md)."""
    return _png(mask.astype(np.uint8) * np.uint8(255))


def decode_mask(data: bytes) -> NDArray[np.bool_]:
    """Read a mask written by `encode_mask`: (H, W) bool."""
    with Image.open(io.BytesIO(data)) as picture:
        return np.asarray(picture) > 127


def _png(grey: NDArray[np.uint8]) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(grey).save(buffer, format="PNG")
    return buffer.getvalue()
