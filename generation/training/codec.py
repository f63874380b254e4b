"""How an image and its condition become small: numpy and zlib alone, both ways.

Greys and lines: differences along the row, then deflate (about 0.5 of the bytes on the real
images, and lossless). Masks: a bit a pixel. Smooth fields: values on a coarse grid with cubic
interpolation between. Fields linear in x and y: three numbers.
"""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

ByteArray = NDArray[np.uint8]
BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float32]

Shape = tuple[int, int]


class CodecError(ValueError):
    """Bytes that are not what was packed."""


def squeeze(values: ByteArray) -> ByteArray:
    """(H, W) bytes as a short row of bytes, lossless."""
    differences = values.copy()
    differences[:, 1:] -= values[:, :-1]
    packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS, 9, zlib.Z_FILTERED)
    return np.frombuffer(packer.compress(differences.tobytes()) + packer.flush(), np.uint8)


def unsqueeze(packed: ByteArray, shape: Shape) -> ByteArray:
    """The (H, W) bytes that `squeeze` was given.

    Raises:
        CodecError: if these bytes are not of such an array.
    """
    differences = np.frombuffer(_inflate(packed, shape[0] * shape[1]), np.uint8).reshape(shape)
    # Sums wrap at 256, as the differences did.
    return np.cumsum(differences, axis=1, dtype=np.uint8)


def squeeze_bits(mask: BoolArray) -> ByteArray:
    """(H, W) bits as a short row of bytes."""
    return np.frombuffer(zlib.compress(np.packbits(mask).tobytes(), 9), np.uint8)


def unsqueeze_bits(packed: ByteArray, shape: Shape) -> BoolArray:
    """The (H, W) bits that `squeeze_bits` was given.

    Raises:
        CodecError: if these bytes are not of such a mask.
    """
    count = shape[0] * shape[1]
    bits = np.frombuffer(_inflate(packed, -(-count // 8)), np.uint8)
    return np.unpackbits(bits, count=count).reshape(shape).astype(bool)


def _inflate(packed: ByteArray, length: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        # A bound on the output: a few bytes of a forged file must not fill the memory.
        content = unpacker.decompress(packed.tobytes(), length + 1)
    except zlib.error as error:
        raise CodecError(f"packed bytes are damaged: {error}") from error
    if len(content) != length:
        raise CodecError(f"packed bytes hold {len(content)} values, not {length}")
    return content


def count_nodes(length: int, step: int) -> int:
    """Nodes 0, step, 2 step ... that reach the last of `length` pixels."""
    return max(2, -(-(length - 1) // step) + 1)


def spread(nodes: NDArray[np.floating], step: int, shape: Shape) -> FloatArray:
    """(H, W) field through (n, m) nodes, every `step` pixels from the first pixel on.

    Catmull-Rom splines along both axes; at the ends the nodes beyond are those of a parabola.
    """
    down = _weights(shape[0], nodes.shape[0], step)
    across = _weights(shape[1], nodes.shape[1], step)
    return np.asarray(down @ nodes.astype(np.float32) @ across.T, np.float32)


def _weights(length: int, count: int, step: int) -> FloatArray:
    """(length, count) share of each node in each pixel."""
    pixels = np.arange(length)
    first = np.minimum(pixels // step, count - 2)
    t = (pixels - first * step) / step
    shares = (
        (-t + 2 * t**2 - t**3) / 2,
        (2 - 5 * t**2 + 3 * t**3) / 2,
        (t + 4 * t**2 - 3 * t**3) / 2,
        (-(t**2) + t**3) / 2,
    )
    # Columns 0 and count + 1 are the nodes beyond the ends.
    wide = np.zeros((length, count + 2))
    for offset, share in enumerate(shares):
        wide[pixels, first + offset] = share
    weights = wide[:, 1:-1].copy()
    beyond = (3, -3, 1) if count > 2 else (2, -1)
    for place, share_of_beyond in enumerate(beyond):
        weights[:, place] += share_of_beyond * wide[:, 0]
        weights[:, -1 - place] += share_of_beyond * wide[:, -1]
    return weights.astype(np.float32)


def draw_plane(numbers: NDArray[np.floating], shape: Shape) -> FloatArray:
    """(H, W) field a + b y + c x of the three numbers."""
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    a, b, c = (float(number) for number in numbers)
    return np.asarray(a + b * y + c * x, np.float32)
