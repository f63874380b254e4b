"""Training pairs: what the condition of a real image is, and that it is computed once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from generation.anatomy.condition import CHANNELS, STYLE_REACH
from generation.anatomy.style import measure_style
from generation.training import pairs
from generation.training.dicom import ImageError
from generation.training.images import RealImage, find_breast, list_images, load_grey
from generation.training.pairs import find_interior, find_ridges, load_pairs, make_pair
from tests.generation.training.mammograms import draw_grey, write_picture


def test_ridges_keep_long_lines_and_drop_dots() -> None:
    grey = np.full((200, 200), 0.3, np.float32)
    grey[100, 30:160] += 0.3
    grey[50, 50] += 0.5
    ridges = find_ridges(grey, np.ones(grey.shape, bool))
    assert ridges[100, 60:130].min() > 0.2
    assert ridges[45:56, 45:56].max() == 0


def test_ridges_of_nothing_are_nothing() -> None:
    assert not find_ridges(np.ones((40, 40), np.float32), np.zeros((40, 40), bool)).any()


def test_interior_lies_away_from_the_skin() -> None:
    mask = np.zeros((301, 200), bool)
    mask[40:261, 30:170] = True
    interior = find_interior(mask)
    assert interior.shape == mask.shape
    assert interior[150, 100]
    rows, columns = np.nonzero(interior)
    assert min(rows.min() - 40, 260 - rows.max(), columns.min() - 30, 169 - columns.max()) >= 48


def test_a_pair_is_an_image_and_what_is_asked_for_it(folder: Path) -> None:
    (normal, benign) = list_images(folder, "train")
    pair = make_pair(normal)
    grey = load_grey(normal)
    inside = find_breast(grey)
    height, width = pair.excluded.shape
    assert pair.grey.shape == (2 * height, 2 * width) == grey.shape
    assert pair.channels.shape == (len(CHANNELS), height, width)
    assert np.abs(pair.grey[inside] / 255.0 - grey[inside]).max() < 0.003
    named = dict(zip(CHANNELS, pair.channels.astype(np.float32), strict=True))
    assert set(np.unique(named["mask"])) == {0, 1}
    deep = find_interior(inside)[::2, ::2]
    half = grey.reshape(height, 2, width, 2).mean(axis=(1, 3))
    assert abs(named["coarse"][deep].mean() - half[deep].mean()) < 0.02
    style = measure_style(grey, find_interior(inside))
    assert np.unique(named["fine_texture"][deep]) == pytest.approx(
        style.fine / STYLE_REACH, abs=0.02
    )
    assert np.unique(named["middle_texture"][deep]) == pytest.approx(
        style.middle / STYLE_REACH, abs=0.02
    )
    assert not pair.excluded.any() and make_pair(benign).excluded[30, 30]


def test_a_lesion_is_no_part_of_a_views_style(tmp_path: Path) -> None:
    outline = ({"name": "circle", "cx": 60, "cy": 60, "r": 10},)
    grey = draw_grey(height=420, width=360)
    write_picture(tmp_path / "plain.png", grey)
    # Strong texture where the outline excludes it.
    grey[50:100:2, 60:120] = np.minimum(grey[50:100:2, 60:120] * 2, 1)
    write_picture(tmp_path / "spoilt.png", grey)
    plain, spoilt, unmarked = (
        make_pair(RealImage(tmp_path / name, "left", "benign", outlines)).channels
        for name, outlines in (("plain.png", outline), ("spoilt.png", outline), ("spoilt.png", ()))
    )
    fine = CHANNELS.index("fine_texture")
    assert spoilt[fine].max() == pytest.approx(float(plain[fine].max()), abs=0.01)
    assert unmarked[fine].max() > plain[fine].max() + 0.2


def test_pairs_are_computed_once(folder: Path, tmp_path: Path) -> None:
    images = list_images(folder, "train")
    cache = tmp_path / "pairs"
    first = load_pairs(images, cache)
    stamps = {path: path.stat().st_mtime_ns for path in cache.iterdir()}
    assert len(stamps) == 2
    again = load_pairs(images, cache)
    assert {path: path.stat().st_mtime_ns for path in cache.iterdir()} == stamps
    for one, other in zip(first, again, strict=True):
        for part in ("grey", "channels", "excluded"):
            assert np.array_equal(getattr(one, part), getattr(other, part))


def test_a_pair_is_computed_anew_when_anything_of_it_changed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (image, *_) = list_images(folder, "train")
    cache = tmp_path / "pairs"

    def count() -> int:
        return len(list(cache.iterdir()))

    load_pairs([image], cache)
    outlined = replace(image, outlines=({"name": "circle", "cx": 60, "cy": 60, "r": 5},))
    (pair,) = load_pairs([outlined], cache)
    assert pair.excluded.any() and count() == 2
    image.path.write_bytes(image.path.read_bytes() + b"\0")
    load_pairs([image], cache)
    assert count() == 3
    hashed = pairs.hash_file
    monkeypatch.setattr(
        pairs, "hash_file", lambda path: hashed(path) + "x" * (path.name == "style.py")
    )
    load_pairs([image], cache)
    assert count() == 4


def test_an_image_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    write_picture(tmp_path / "odd.png", 1 - draw_grey(height=420, width=360))
    image = RealImage(tmp_path / "odd.png", "left", "normal", ())
    with pytest.raises(ImageError, match=r"odd\.png cannot be trained on: no background is seen"):
        load_pairs([image], tmp_path / "pairs")
