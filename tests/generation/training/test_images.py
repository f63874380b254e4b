"""Real images: the committed split, orientation, breast mask, excluded lesions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from generation.training.images import (
    RealImage,
    find_breast,
    list_images,
    load_grey,
    mark_excluded,
    read_split,
)
from tests.generation.training.mammograms import draw_grey, write_picture


def test_split_is_fixed_disjoint_and_a_quarter_held_out() -> None:
    train_part, held_out = read_split("train"), read_split("held_out")
    assert not train_part & held_out
    assert len(train_part | held_out) == 121
    assert len(held_out) == 30


def test_held_out_images_are_never_listed_for_training(folder: Path) -> None:
    listed = {image.path.name for image in list_images(folder, "train")}
    assert len(listed) == 2 and not listed & read_split("held_out")


def test_lesion_image_without_outline_is_left_out(folder: Path) -> None:
    (folder / "lesion_outlines.csv").write_text("file,original,shape\n")
    assert [image.category for image in list_images(folder, "train")] == ["normal"]


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="lesion_outlines.csv"):
        list_images(tmp_path, "train")


def test_right_images_are_turned_to_the_left(tmp_path: Path) -> None:
    path = tmp_path / "right.png"
    write_picture(path, draw_grey(height=420, width=360, side="right"))
    grey = load_grey(RealImage(path, "right", "normal", ()))
    assert grey[:, :50].mean() > grey[:, -50:].mean()
    mask = find_breast(grey)
    assert mask[200, 10] and not mask[5, -5]


def test_empty_image_has_no_breast() -> None:
    assert not find_breast(np.zeros((50, 50), np.float32)).any()


@pytest.mark.parametrize(
    "outline",
    [
        {"name": "circle", "cx": 60, "cy": 80, "r": 10},
        {"name": "ellipse", "cx": 60, "cy": 80, "rx": 10, "ry": 10},
        {"name": "polygon", "all_points_x": [50, 70, 70, 50], "all_points_y": [70, 70, 90, 90]},
        {"name": "rect", "x": 50, "y": 70, "width": 20, "height": 20},
    ],
    ids=lambda outline: outline["name"],
)
def test_ten_millimetres_around_a_lesion_are_excluded(outline: dict[str, object]) -> None:
    image = RealImage(Path("x"), "left", "benign", (outline,))
    excluded = mark_excluded(image, (300, 300))
    assert excluded[80, 60]
    assert excluded[80, 60 + 10 + 95] and not excluded[80, 60 + 10 + 106]
    mirrored = mark_excluded(RealImage(Path("x"), "right", "benign", (outline,)), (300, 300))
    assert np.array_equal(mirrored, excluded[:, ::-1])


def test_unknown_outline_is_an_error() -> None:
    image = RealImage(Path("x"), "left", "benign", ({"name": "spiral"},))
    with pytest.raises(ValueError, match="spiral"):
        mark_excluded(image, (10, 10))
