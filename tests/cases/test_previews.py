import io

import numpy as np
import pytest
from PIL import Image

from cases.previews import (
    decode_mask,
    encode_mask,
    encode_preview,
    window_pixels,
)


def test_window_ends_map_to_black_and_white() -> None:
    values = np.array([0, 1547, 1548, 2048, 2547, 4095], np.uint16)
    grey = window_pixels(values, center=2048, width=1000)
    assert grey[0] == grey[1] == 0
    assert grey[-1] == grey[-2] == 255
    assert 126 <= grey[3] <= 129


def test_a_window_needs_a_width() -> None:
    with pytest.raises(ValueError, match="wider"):
        window_pixels(np.zeros((2, 2), np.uint16), center=0, width=1)


def test_preview_is_the_quarter_sized_windowed_image() -> None:
    pixels = np.zeros((41, 34), np.uint16)
    pixels[:20] = 4095
    with Image.open(io.BytesIO(encode_preview(pixels, center=2048, width=4096))) as preview:
        shown = np.asarray(preview)
    assert shown.shape == (10, 8)
    assert (shown[:5] == 255).all()
    assert (shown[5:] == 0).all()


def test_masks_come_back() -> None:
    mask = np.random.default_rng(0).random((30, 20)) > 0.7
    data = encode_mask(mask)
    assert np.array_equal(decode_mask(data), mask)
    with Image.open(io.BytesIO(data)) as picture:
        assert set(np.unique(np.asarray(picture))) == {0, 255}


def test_air_is_black_in_a_window_that_begins_below_it() -> None:
    pixels = np.zeros((8, 8), np.uint16)
    pixels[:, 4:] = 100
    with Image.open(io.BytesIO(encode_preview(pixels, center=100, width=1000))) as picture:
        grey = np.asarray(picture)
    assert grey[:, 0].tolist() == [0, 0]
    assert (grey[:, 1] > 100).all()
