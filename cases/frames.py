"""The browser's frame: a lossless code for 16-bit images that a browser unpacks without wasm.

Format `delta-zigzag-planes-deflate` (see docs/decisions and frontend/src/viewer):
1. per row the difference to the left neighbour mod 2^16; the first pixel's neighbour is 0,
   so the first value stands raw;
2. zigzag over all of them as signed 16-bit: 0, -1, 1, -2 ... become 0, 1, 2, 3 ...;
3. all low bytes in row order, then all high bytes;
4. zlib-wrapped deflate, which `DecompressionStream('deflate')` reads.
"""

import hashlib
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ENCODING = "delta-zigzag-planes-deflate"

# Level 6 costs about a third of level 9's time for less than one per cent more bytes.
DEFLATE_LEVEL = 6


class FrameError(ValueError):
    """The bytes are not a frame of the stated size."""


@dataclass(frozen=True)
class Frame:
    """An encoded frame with what the client is told about it before it asks for the bytes."""

    data: bytes
    sha256: str

    @property
    def size(self) -> int:
        return len(self.data)


def encode_frame(pixels: NDArray[np.uint16]) -> Frame:
    """Encode one image losslessly for the browser.

    Args:
        pixels: (H, W) stored values, uint16.

    Returns:
        The encoded bytes and their SHA-256 (of the encoded bytes, lower-case hex).

    Raises:
        FrameError: if the array is not two-dimensional uint16 or is empty.
    """
    if pixels.ndim != 2 or pixels.dtype != np.uint16 or pixels.size == 0:
        raise FrameError(f"a frame is a 2D uint16 image, not {pixels.dtype} {pixels.shape}")
    delta = pixels.copy()
    delta[:, 1:] -= pixels[:, :-1]
    signed = delta.view(np.int16)
    zigzag = ((signed << 1) ^ (signed >> 15)).view(np.uint16)
    planes = np.concatenate([(zigzag & 0xFF).ravel(), (zigzag >> 8).ravel()]).astype(np.uint8)
    data = zlib.compress(planes.tobytes(), DEFLATE_LEVEL)
    return Frame(data=data, sha256=hashlib.sha256(data).hexdigest())


def decode_frame(data: bytes, *, width: int, height: int) -> NDArray[np.uint16]:
    """Decode a frame made by `encode_frame`.

    Args:
        data: the encoded bytes.
        width, height: the image's size in pixels.

    Returns:
        (height, width) stored values, uint16.

    Raises:
        FrameError: if the bytes are truncated, damaged or of another size.
    """
    expected = 2 * width * height
    inflate = zlib.decompressobj()
    try:
        # One byte more than wanted is enough to know that there is too much.
        raw = inflate.decompress(data, expected + 1)
    except zlib.error as error:
        raise FrameError(f"not a deflate stream: {error}") from error
    if len(raw) != expected or not inflate.eof:
        raise FrameError(f"the frame does not hold {width} x {height} pixels")
    low, high = np.frombuffer(raw, np.uint8).reshape(2, height, width).astype(np.uint16)
    zigzag = low | (high << np.uint16(8))
    delta = (zigzag >> np.uint16(1)) ^ (np.uint16(0) - (zigzag & np.uint16(1)))
    return np.cumsum(delta, axis=1, dtype=np.uint16)
