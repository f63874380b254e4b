"""Pictures go through the file format of the real ones."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from generation.evaluation.storage import read_table, store_grey


@pytest.fixture
def grey() -> np.ndarray:
    return np.random.default_rng(0).uniform(-0.1, 1.1, (64, 48)).astype(np.float32)


def test_without_a_table_nothing_but_bits_is_lost(grey: np.ndarray) -> None:
    stored = store_grey(grey, None)
    assert stored.dtype == np.float32
    assert np.abs(stored - np.clip(grey, 0, 1)).max() <= 0.5 / 255 + 1e-6
    assert np.allclose(stored * 255, np.round(stored * 255), atol=1e-4)


def test_the_table_of_a_file_is_used(grey: np.ndarray, tmp_path: Path) -> None:
    picture = Image.fromarray(np.round(np.clip(grey, 0, 1) * 255).astype(np.uint8))
    picture.save(tmp_path / "real.jpg", quality=60)
    table = read_table(tmp_path / "real.jpg")
    assert table is not None
    assert len(table) == 64
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=60)
    with Image.open(file) as opened:
        expected = np.asarray(opened) / np.float32(255)
    assert np.array_equal(store_grey(grey, table), expected.astype(np.float32))


def test_coarser_tables_lose_more(grey: np.ndarray) -> None:
    losses = [
        np.abs(store_grey(grey, [step] * 64) - np.clip(grey, 0, 1)).mean() for step in (2, 60)
    ]
    assert losses[0] < losses[1]


def test_other_formats_have_no_table(tmp_path: Path) -> None:
    Image.new("L", (8, 8)).save(tmp_path / "picture.png")
    assert read_table(tmp_path / "picture.png") is None
