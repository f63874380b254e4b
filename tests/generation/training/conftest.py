"""Made-up training data: a folder as the published set, and pairs without any file."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from generation.anatomy.channels import CHANNELS
from generation.training.images import read_split
from generation.training.pair import Pair
from tests.generation.training.mammograms import draw_grey, write_picture

OUTLINE = {"name": "circle", "cx": 60, "cy": 60, "r": 10}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two images to train on, one with an outlined lesion; one held out, which has no file."""
    folder = tmp_path / "set"
    folder.mkdir()
    normal, benign = sorted(read_split("train"))[:2]
    with (folder / "labels.csv").open("w") as opened:
        rows = csv.writer(opened)
        rows.writerow(["file", "category", "side"])
        rows.writerow([f"images/{normal}", "normal", "left"])
        rows.writerow([f"images/{benign}", "benign", "left"])
        rows.writerow([f"images/{sorted(read_split('held_out'))[0]}", "normal", "left"])
    with (folder / "lesion_outlines.csv").open("w") as opened:
        rows = csv.writer(opened)
        rows.writerow(["file", "original", "shape"])
        rows.writerow([f"images/{benign}", "", json.dumps(OUTLINE)])
    for seed, name in enumerate((normal, benign)):
        write_picture(folder / "images" / name, draw_grey(height=420, width=360, seed=seed))
    return folder


@pytest.fixture
def pairs() -> list[Pair]:
    """Two pairs of textured breast, cut straight out of nothing."""
    rng = np.random.default_rng(0)
    made = []
    for height, width in ((120, 100), (100, 130)):
        channels = rng.random((len(CHANNELS), height, width)).astype(np.float16)
        channels[0] = 1
        grey = rng.integers(60, 140, (2 * height, 2 * width)).astype(np.uint8)
        made.append(Pair(grey, channels, np.zeros((height, width), bool)))
    return made
