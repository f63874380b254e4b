import hashlib
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.extra.numpy import array_shapes, arrays

from cases.frames import FrameError, decode_frame, encode_frame

images = arrays(np.uint16, array_shapes(min_dims=2, max_dims=2, max_side=24))


@given(images)
@settings(max_examples=200, deadline=None)
def test_any_image_comes_back_bit_for_bit(pixels: np.ndarray) -> None:
    height, width = pixels.shape
    frame = encode_frame(pixels)
    assert np.array_equal(decode_frame(frame.data, width=width, height=height), pixels)
    assert frame.sha256 == hashlib.sha256(frame.data).hexdigest()
    assert frame.size == len(frame.data)


def test_bytes_are_those_of_the_contract() -> None:
    """Worked by hand: the browser's decoder is tested against the same numbers."""
    pixels = np.array([[5, 3, 4], [0, 65535, 300]], np.uint16)
    # Row 1: 5, -2, 1 -> 10, 3, 2. Row 2: 0, -1, 301 -> 0, 1, 602.
    low = bytes([10, 3, 2, 0, 1, 602 & 0xFF])
    high = bytes([0, 0, 0, 0, 0, 602 >> 8])
    assert zlib.decompress(encode_frame(pixels).data) == low + high


def test_a_breast_like_image_is_a_fraction_of_its_raw_size() -> None:
    y, x = np.mgrid[:512, :512]
    rng = np.random.default_rng(3)
    tissue = 2000 + 300 * np.sin(x / 60) * np.cos(y / 80) + rng.normal(0, 12, x.shape)
    pixels = np.where(x < 300, tissue, 0).astype(np.uint16)
    assert encode_frame(pixels).size < 0.4 * pixels.nbytes


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((2, 2), np.int16),
        np.zeros((2, 2), np.float32),
        np.zeros((2, 2, 2), np.uint16),
        np.zeros((0, 4), np.uint16),
    ],
)
def test_what_is_no_image_is_refused(pixels: np.ndarray) -> None:
    with pytest.raises(FrameError):
        encode_frame(pixels)


def test_damaged_frames_are_refused() -> None:
    data = encode_frame(np.arange(12, dtype=np.uint16).reshape(3, 4)).data
    for damaged in (b"", data[:-5], b"not deflate", data[:4] + b"\xff\xff" + data[6:]):
        with pytest.raises(FrameError):
            decode_frame(damaged, width=4, height=3)


@pytest.mark.parametrize(("width", "height"), [(4, 2), (5, 3), (1, 1)])
def test_frames_of_another_size_are_refused(width: int, height: int) -> None:
    data = encode_frame(np.arange(12, dtype=np.uint16).reshape(3, 4)).data
    with pytest.raises(FrameError):
        decode_frame(data, width=width, height=height)
