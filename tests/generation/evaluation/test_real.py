"""Only images kept from training are measured against; what is wrong with a folder is said."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from generation.evaluation.real import CANVAS_WIDTH_PX, LEAST_IMAGES, find_held_out, open_views
from generation.training.images import read_split
from tests.generation.evaluation.pictures import draw_breast

FIELDS = ("file", "category", "side", "density")


def write_folder(
    folder: Path, names: list[str], *, outlined: str | None = None, wide: str | None = None
) -> Path:
    """A folder like the data set's, of small pictures; right breasts at odd places."""
    (folder / "images").mkdir(parents=True)
    with (folder / "labels.csv").open("w", newline="") as file:
        rows = csv.DictWriter(file, FIELDS)
        rows.writeheader()
        for number, name in enumerate(names):
            side = "right" if number % 2 else "left"
            kind = "malignant" if name == outlined else "normal"
            rows.writerow(
                {"file": f"images/{name}", "category": kind, "side": side, "density": "B"}
            )
            grey = draw_breast(640, CANVAS_WIDTH_PX + 120 if name == wide else 560, number)
            picture = np.round(grey * 255).astype(np.uint8)
            Image.fromarray(picture if side == "left" else picture[:, ::-1]).save(
                folder / "images" / name, quality=95
            )
    with (folder / "lesion_outlines.csv").open("w", newline="") as file:
        outlines = csv.DictWriter(file, ("file", "original", "shape"))
        outlines.writeheader()
        if outlined is not None:
            shape = json.dumps({"name": "circle", "cx": 30, "cy": 80, "r": 20})
            outlines.writerow({"file": f"images/{outlined}", "original": "", "shape": shape})
    return folder


@pytest.fixture
def held_out() -> list[str]:
    return sorted(read_split("held_out"))[:LEAST_IMAGES]


def test_training_images_are_never_opened(tmp_path: Path, held_out: list[str]) -> None:
    trained_on = sorted(read_split("train"))[:4]
    found = find_held_out(write_folder(tmp_path / "real", [*held_out, *trained_on]))
    assert {image.path.name for image in found} == set(held_out)


def test_views_come_oriented_with_their_lesions_blocked(
    tmp_path: Path, held_out: list[str]
) -> None:
    folder = write_folder(tmp_path / "real", held_out, outlined=held_out[0], wide=held_out[2])
    images = find_held_out(folder)
    views = list(open_views(images, count=2, rng=np.random.default_rng(0)))
    assert len(views) == LEAST_IMAGES
    assert all(view.grey[:, :20].mean() > view.grey[:, -20:].mean() for view in views)
    assert views[0].tissue is not None
    assert views[0].blocked.any()
    assert views[0].tissue.with_lesions
    assert not views[1].blocked.any()
    assert views[2].grey.shape[1] == CANVAS_WIDTH_PX
    assert all(view.table is not None for view in views)


def test_the_same_seed_takes_the_same_patches(tmp_path: Path, held_out: list[str]) -> None:
    images = find_held_out(write_folder(tmp_path / "real", held_out))
    taken = [
        [
            view.tissue.corners
            for view in open_views(images, count=3, rng=np.random.default_rng(5))
            if view.tissue
        ]
        for _ in range(2)
    ]
    assert taken[0] == taken[1]


def test_a_folder_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no labels.csv: not the CDD-CESM folder"):
        find_held_out(tmp_path)


def test_too_few_images(tmp_path: Path, held_out: list[str]) -> None:
    folder = write_folder(tmp_path / "real", held_out[:3])
    with pytest.raises(ValueError, match="holds 3 of the images kept from training"):
        find_held_out(folder)


def test_a_damaged_file_is_named(tmp_path: Path, held_out: list[str]) -> None:
    folder = write_folder(tmp_path / "real", held_out)
    (folder / "images" / held_out[1]).write_bytes(b"no picture")
    views = open_views(find_held_out(folder), count=2, rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match=held_out[1]):
        list(views)
