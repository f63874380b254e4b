"""Framing of real and drawn views. All tissue here is made up; no real mammogram is used."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from generation.evaluation.storage import read_table
from generation.realism.cutting import Extent, measure_extent, share_extent
from generation.realism.framing import (
    FULL_SCALE,
    HEIGHT_PX,
    LEVELS,
    WIDTH_PX,
    Storage,
    find_view,
    frame,
    open_drawn,
    open_real,
    store_like,
)
from generation.training.dicom import ImageError
from generation.training.images import RealImage
from tests.generation.training.mammograms import draw_grey, write_dicom, write_picture

PLAIN = Storage(0.1, None, mirrored=False)


def make_real(path: Path, *, side: str = "left", **fields: object) -> RealImage:
    return RealImage(path, side, "normal", (), chest_wall="seen", **fields)  # type: ignore[arg-type]


def write_view(path: Path, *, side: str = "left", **fields: object) -> RealImage:
    write_picture(path, draw_grey(height=1000, width=560, side=side))
    return make_real(path, side=side, **fields)


def test_a_pair_is_cut_to_one_size_whatever_the_breasts_are(tmp_path: Path) -> None:
    real, _ = open_real(write_view(tmp_path / "a.png"))
    pixels = np.round(draw_grey(height=1400, width=900, seed=3) * FULL_SCALE).astype(np.uint16)
    drawn = open_drawn(pixels, side="left", storage=PLAIN)
    piece = share_extent(real.extent, drawn.extent)
    shown = [frame(view, piece, side="left").pixels for view in (real, drawn)]
    for pixels in shown:
        rows, columns = np.nonzero(pixels)
        assert pixels.shape == (HEIGHT_PX, WIDTH_PX)
        assert columns.min() == 0
        assert abs(int(columns.max()) + 1 - piece.depth) <= 4
        # Cut off above and below, as a file that is cropped to the breast is.
        assert rows.max() + 1 - rows.min() == piece.above + piece.below
    assert abs(int(np.nonzero(shown[0])[0].min()) - int(np.nonzero(shown[1])[0].min())) <= 1


def test_all_is_held_in_256_greys_on_plain_black(tmp_path: Path) -> None:
    deep = draw_grey(height=1000, width=560)
    deep[:, 520:] += 0.01 * (deep[:, 520:] == 0)
    path = tmp_path / "deep.dcm"
    write_dicom(path, deep, bits=14)
    view, storage = open_real(make_real(path))
    assert storage == PLAIN
    shown = frame(view, share_extent(view.extent, view.extent), side="left").pixels
    steps = np.unique(shown).astype(float) * LEVELS / FULL_SCALE
    assert np.abs(steps - np.round(steps)).max() < 0.04
    assert len(steps) <= LEVELS + 1
    # The faint haze beside the breast is gone.
    assert shown[:, 530:].max() == 0


def test_a_right_breast_keeps_its_side(tmp_path: Path) -> None:
    view, storage = open_real(write_view(tmp_path / "r.png", side="right"))
    assert storage.mirrored
    shown = frame(view, share_extent(view.extent, view.extent), side="right").pixels
    assert shown[HEIGHT_PX // 2, -1] > 0
    assert shown[:, 0].max() == 0


def test_a_drawn_view_takes_on_the_files_compression(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.fromarray(np.round(draw_grey(height=1000, width=560) * 255).astype(np.uint8)).save(
        path, quality=60
    )
    _, storage = open_real(make_real(path))
    assert storage.table == read_table(path)
    grey = draw_grey(height=1000, width=560, seed=9).astype(np.float32)
    once = store_like(grey, storage)
    assert np.abs(once - grey).max() > 1 / 255
    # What has been through the file already comes back nearly unchanged, as the real one does.
    assert np.abs(store_like(once, storage) - once).mean() < np.abs(once - grey).mean() / 5


def test_finer_pixels_of_a_file_blur_the_drawn_view_as_they_did_the_real_one() -> None:
    grey = draw_grey(height=1000, width=560, seed=2).astype(np.float32)
    through = store_like(grey, Storage(0.07, None, mirrored=True))
    assert np.abs(np.array(through.shape) - grey.shape).max() <= 1
    inner = np.s_[300:700, 50:250]
    assert np.corrcoef(through[inner].ravel(), grey[inner].ravel())[0, 1] > 0.9


def test_the_first_window_is_found_by_one_rule() -> None:
    dark, light = (
        find_view((scale * draw_grey(height=1000, width=560)).astype(np.float32))
        for scale in (0.5, 1.0)
    )
    piece = share_extent(dark.extent, light.extent)
    shown = [frame(view, piece, side="left") for view in (dark, light)]
    for each in shown:
        low = each.window_center - each.window_width / 2
        grey = (each.pixels[each.pixels > 0] - low) / each.window_width
        assert float(grey.mean()) == pytest.approx(0.42, abs=0.02)
        assert float(grey.std()) == pytest.approx(0.17, abs=0.02)
    assert shown[0].window_width < 0.6 * shown[1].window_width


def test_labels_beside_the_breast_are_gone_and_over_it_refused(tmp_path: Path) -> None:
    def write(name: str, at: tuple[int, int]) -> RealImage:
        picture = Image.fromarray(
            np.round(draw_grey(height=1000, width=560) * 0.7 * 255).astype(np.uint8)
        )
        ImageDraw.Draw(picture).text(at, "R CC 12:04", fill=255, font_size=50)
        picture.save(tmp_path / name)
        return make_real(tmp_path / name)

    view, _ = open_real(write("beside.png", (290, 20)))
    shown = frame(view, share_extent(view.extent, view.extent), side="left")
    assert shown.pixels.max() < 0.9 * FULL_SCALE
    with pytest.raises(ImageError, match="text or a marker"):
        open_real(write("over.png", (60, 480)))


def test_a_header_that_admits_burnt_in_text_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "a.dcm"
    write_dicom(path, draw_grey(height=1000, width=560), BurnedInAnnotation="YES")
    with pytest.raises(ImageError, match="burnt in"):
        open_real(make_real(path))


def test_a_breast_that_is_cut_off_at_the_front_is_refused(tmp_path: Path) -> None:
    write_picture(tmp_path / "a.png", draw_grey(height=1000, width=560)[:, :400])
    with pytest.raises(ImageError, match="of its front"):
        open_real(make_real(tmp_path / "a.png"))


def test_too_little_breast_is_refused() -> None:
    mask = np.zeros((1000, 560), bool)
    mask[200:800, :200] = True
    with pytest.raises(ImageError, match="too little"):
        measure_extent(mask)


def test_distance_in_size_is_relative() -> None:
    one = Extent(500, 600, 700)
    assert one.distance(one) == 0
    assert one.distance(Extent(550, 660, 770)) == pytest.approx(np.log(1.1))
