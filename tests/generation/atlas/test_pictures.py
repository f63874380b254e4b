from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from generation.anatomy.geometry import CANVAS_PX
from generation.anatomy.views import make_breast
from generation.atlas.pictures import write_pictures
from generation.lesions.effects import build_scenes
from generation.placement import FoundInView, PlacedView
from tests.generation.specs import make_lesion, make_spec


def make_view(top: int, left: int, height: int, width: int) -> PlacedView:
    """A view with a bright rectangle as its finding."""
    spec = make_spec(make_lesion())
    scene = build_scenes(spec, "left", make_breast(spec, "left"))["cc"]
    base = np.full(CANVAS_PX, 800, np.uint16)
    pixels, mask = base.copy(), np.zeros(CANVAS_PX, bool)
    mask[top : top + height, left : left + width] = True
    pixels[mask] = 3200
    found = FoundInView(spec.lesions[0], mask, mask, (left, top), 1.0, np.zeros((0, 2), np.float32))
    return PlacedView(
        scene, np.ones(CANVAS_PX, bool), pixels, base, base, {spec.lesions[0].id: found}
    )


@pytest.mark.parametrize("place", [(1000, 600), (0, 0), (2290, 1780)])
def test_a_small_finding_is_cropped_at_full_size(place: tuple[int, int], tmp_path: Path) -> None:
    (names,) = write_pictures(make_view(*place, 12, 10), "f1", tmp_path, "x")
    image, base = (
        np.asarray(Image.open(tmp_path / names[key])).astype(int) for key in ("image", "base")
    )
    assert image.shape == base.shape == (320, 320)
    assert (image > 150).sum() == pytest.approx(120, abs=40)
    assert base.max() < 60
    outline = Image.open(tmp_path / names["outline"])
    assert outline.size == (320, 320)
    assert outline.info["transparency"] == 0
    assert np.asarray(outline).any()
    assert not (np.asarray(outline).astype(bool) & (image > 150)).any()


def test_a_whole_view_is_shrunk_and_comes_with_a_detail(tmp_path: Path) -> None:
    whole, detail = write_pictures(make_view(200, 0, 1900, 900), "f1", tmp_path, "x")
    for names in (whole, detail):
        size = Image.open(tmp_path / names["image"]).size
        assert max(size) <= 448
        assert (tmp_path / names["image"]).stat().st_size < 80_000
    assert np.asarray(Image.open(tmp_path / detail["image"])).min() > 150
