"""Training on small made-up images: data, crops, losses, loop, resume."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from generation.anatomy.condition import CHANNELS
from generation.networks.generator import GeneratorConfig
from generation.training import checkpoint
from generation.training.crops import CropSampler
from generation.training.images import (
    RealImage,
    find_breast,
    list_images,
    load_grey,
    mark_excluded,
    read_split,
)
from generation.training.loop import TrainingConfig, train
from generation.training.losses import coarse_error, pair_loss
from generation.training.pairs import Pair, find_ridges, load_pairs, make_pair

SMALL = TrainingConfig(
    batch=2,
    crop_px=64,
    save_every_s=1e9,
    generator=GeneratorConfig(widths=(8, 8, 8, 8, 8), hidden=4, tail=4),
)
NAME = "IM0001.jpg"


def draw_breast(path: Path, *, size: tuple[int, int] = (360, 420), side: str = "left") -> None:
    """Save a half-disc of textured grey, chest wall at the side's edge."""
    rng = np.random.default_rng(0)
    y, x = np.mgrid[: size[1], : size[0]]
    inside = (x / (size[0] - 20)) ** 2 + ((y - size[1] / 2) / (size[1] / 2 - 15)) ** 2 < 1
    grey = np.where(inside, 90 + 12 * rng.standard_normal(inside.shape), 0)
    if side == "right":
        grey = grey[:, ::-1]
    Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(path)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder laid out as the published set: one training image with one outlined lesion."""
    (tmp_path / "images").mkdir()
    names = sorted(read_split("train"))[:2]
    outline = {"name": "circle", "cx": 60, "cy": 60, "r": 10}
    with (tmp_path / "labels.csv").open("w") as handle:
        rows = csv.writer(handle)
        rows.writerow(["file", "category", "side"])
        for name, category in zip(names, ("normal", "benign"), strict=True):
            draw_breast(tmp_path / "images" / name)
            rows.writerow([f"images/{name}", category, "left"])
        rows.writerow([f"images/{sorted(read_split('held_out'))[0]}", "normal", "left"])
    with (tmp_path / "lesion_outlines.csv").open("w") as handle:
        rows = csv.writer(handle)
        rows.writerow(["file", "original", "shape"])
        rows.writerow([f"images/{names[1]}", "", json.dumps(outline)])
    return tmp_path


@pytest.fixture
def pairs(data: Path) -> list[Pair]:
    return [make_pair(image) for image in list_images(data, "train")]


def test_split_is_fixed_disjoint_and_a_quarter_held_out() -> None:
    train_part, held_out = read_split("train"), read_split("held_out")
    assert not train_part & held_out
    assert len(train_part | held_out) == 121
    assert len(held_out) == 30


def test_held_out_images_are_never_listed_for_training(data: Path) -> None:
    listed = {image.path.name for image in list_images(data, "train")}
    assert listed and not listed & read_split("held_out")


def test_lesion_image_without_outline_is_left_out(data: Path) -> None:
    (data / "lesion_outlines.csv").write_text("file,original,shape\n")
    assert [image.category for image in list_images(data, "train")] == ["normal"]


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="lesion_outlines.csv"):
        list_images(tmp_path, "train")


def test_right_images_are_turned_to_the_left(tmp_path: Path) -> None:
    path = tmp_path / NAME
    draw_breast(path, side="right")
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
    ],
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


def test_ridges_keep_long_lines_and_drop_dots() -> None:
    grey = np.full((200, 200), 0.3, np.float32)
    grey[100, 30:160] += 0.3
    grey[50, 50] += 0.5
    ridges = find_ridges(grey, np.ones(grey.shape, bool))
    assert ridges[100, 60:130].min() > 0.2
    assert ridges[45:56, 45:56].max() == 0


def test_crops_avoid_lesions_and_flip_the_bearing(pairs: list[Pair]) -> None:
    excluded = np.zeros_like(pairs[0].excluded)
    excluded[: len(excluded) // 3] = True
    # Brighter downwards, and white where a lesion is: no crop may show any of that.
    height, width = (2 * size for size in excluded.shape)
    grey = np.tile(np.linspace(0, 100, height).astype(np.uint8)[:, None], (1, width))
    grey[: height // 3] = 255
    channels = pairs[0].channels.copy()
    channels[CHANNELS.index("nipple_lateral")] = 0.5
    sampler = CropSampler(
        [Pair(grey, channels, excluded)], crop_px=64, rng=np.random.default_rng(0)
    )
    crops, conditions = sampler.draw(24)
    assert crops.shape == (24, 1, 128, 128)
    assert conditions.shape == (24, len(CHANNELS), 64, 64)
    assert 0 <= float(crops.min()) and float(crops.max()) < 0.5
    upright = crops[:, 0, -1, 0] > crops[:, 0, 0, 0]
    assert upright.any() and not upright.all()
    bearings = conditions[:, CHANNELS.index("nipple_lateral"), 0, 0]
    assert torch.equal(bearings, torch.where(upright, 0.5, -0.5))


def test_crops_fail_clearly_when_all_is_excluded(pairs: list[Pair]) -> None:
    blocked = [Pair(pair.grey, pair.channels, np.ones_like(pair.excluded)) for pair in pairs]
    with pytest.raises(ValueError, match="no crop free of lesions"):
        CropSampler(blocked, crop_px=64, rng=np.random.default_rng(0)).draw(1)
    with pytest.raises(ValueError, match="no training image"):
        CropSampler(pairs, crop_px=4096, rng=np.random.default_rng(0))


def test_coarse_error_sees_moved_tissue_but_not_fine_texture() -> None:
    flat = torch.full((1, 1, 256, 256), 0.4)
    texture = flat + 0.05 * torch.randn(flat.shape, generator=torch.Generator().manual_seed(0))
    assert coarse_error(texture, flat) < 0.002
    assert coarse_error(flat + 0.1, flat) == pytest.approx(0.1, abs=1e-4)


def test_pair_loss_falls_as_the_preferred_scores_higher() -> None:
    low, high = torch.zeros(2, 1, 4, 4), torch.ones(2, 1, 4, 4)
    assert pair_loss(high, low) < pair_loss(low, low) < pair_loss(low, high)


def test_pairs_are_computed_once(data: Path, tmp_path: Path) -> None:
    images = list_images(data, "train")
    first = load_pairs(images, tmp_path / "pairs")
    stamps = {p: p.stat().st_mtime_ns for p in (tmp_path / "pairs").iterdir()}
    again = load_pairs(images, tmp_path / "pairs")
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "pairs").iterdir()} == stamps
    assert np.array_equal(first[0].channels, again[0].channels)


def test_resumed_run_equals_an_uninterrupted_one(pairs: list[Pair], tmp_path: Path) -> None:
    quiet = {"minutes": 5.0, "report": lambda line: None}
    whole = train(SMALL, pairs, tmp_path / "whole", steps=4, **quiet)  # type: ignore[arg-type]
    train(SMALL, pairs, tmp_path / "parts", steps=2, **quiet)  # type: ignore[arg-type]
    resumed = train(SMALL, pairs, tmp_path / "parts", steps=4, **quiet)  # type: ignore[arg-type]
    assert resumed.record["step"] == whole.record["step"] == 4
    for name, tensor in whole.generator.state_dict().items():
        assert torch.equal(tensor, resumed.generator.state_dict()[name]), name
    for name, tensor in whole.average.state_dict().items():
        assert torch.equal(tensor, resumed.average.state_dict()[name]), name


def test_a_run_killed_while_it_saves_goes_on_from_the_checkpoint_before(
    pairs: list[Pair], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet = {"minutes": 5.0, "report": lambda line: None}
    whole = train(SMALL, pairs, tmp_path / "whole", steps=2, **quiet)  # type: ignore[arg-type]
    train(SMALL, pairs, tmp_path / "parts", steps=1, **quiet)  # type: ignore[arg-type]

    def be_killed(optimizer: torch.optim.Optimizer) -> dict[str, torch.Tensor]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        # After the networks were written, before their optimisers.
        patched.setattr(checkpoint, "_flatten", be_killed)
        train(SMALL, pairs, tmp_path / "parts", steps=2, **quiet)  # type: ignore[arg-type]
    resumed = train(SMALL, pairs, tmp_path / "parts", steps=2, **quiet)  # type: ignore[arg-type]
    for name, tensor in whole.generator.state_dict().items():
        assert torch.equal(tensor, resumed.generator.state_dict()[name]), name


def test_training_reports_and_ends_by_the_clock(pairs: list[Pair], tmp_path: Path) -> None:
    lines: list[str] = []
    run = train(SMALL, pairs, tmp_path, minutes=0.0, report=lines.append)
    assert run.record["step"] == 1
    assert len(lines) == 1 and "images/s" in lines[0]
    assert (tmp_path / "checkpoint" / "state.json").exists()


def test_changed_settings_are_added_to_the_record(pairs: list[Pair], tmp_path: Path) -> None:
    def go(config: TrainingConfig, steps: int) -> dict[str, Any]:
        run = train(config, pairs, tmp_path, minutes=5, steps=steps, report=lambda line: None)
        return run.record

    go(SMALL, 1)
    assert len(go(SMALL, 2)["configs"]) == 1
    configs = go(replace(SMALL, generator_rate=1e-5), 3)["configs"]
    assert [(c["from_step"], c["generator_rate"]) for c in configs] == [
        (0, SMALL.generator_rate),
        (2, 1e-5),
    ]
