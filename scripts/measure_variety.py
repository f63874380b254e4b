"""How far apart drawn women are, beside real ones, and how alike right and left: JSON on stdout.

Condition maps alone are compared, so no network is needed; a minute for 200 women:

    python scripts/measure_variety.py --real DIR/cdd-cesm-cc --count 200
"""

import argparse
import csv
import itertools
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generation.anatomy.condition import COARSE_SIGMA_MM, MAP_PIXEL_MM, blur_inside
from generation.anatomy.views import make_breast
from generation.quality.variety import compare_grey, compare_pattern, frame_map, summarise
from generation.spec import CaseSpec
from generation.training.images import (
    PIXEL_MM,
    RealImage,
    find_breast,
    list_images,
    load_grey,
)

SHRINK = 8
# The labelled real images, rounded: A 0, B 23, C 37, D 3.
REAL_DENSITIES = {"B": 0.37, "C": 0.58, "D": 0.05}

Framed = tuple[np.ndarray, np.ndarray]


def frame_real(image: RealImage) -> Framed:
    """The small map of one real image."""
    grey = load_grey(image)
    mask = find_breast(grey)[SHRINK // 2 :: SHRINK, SHRINK // 2 :: SHRINK]
    height, width = (size // SHRINK for size in grey.shape)
    blocks = grey[: height * SHRINK, : width * SHRINK].reshape(height, SHRINK, width, SHRINK)
    mask = mask[:height, :width]
    coarse = blur_inside(
        blocks.mean(axis=(1, 3)), mask, sigma_px=COARSE_SIGMA_MM / PIXEL_MM / SHRINK
    )
    rows, columns = np.nonzero(mask)
    farthest = columns.max()
    return frame_map(coarse, mask, (float(farthest), float(rows[columns == farthest].mean())))


def frame_drawn(seed: int, side: str) -> Framed:
    """The small map of one drawn woman's CC view, of the real images' mix of densities."""
    rng = np.random.default_rng(seed)
    density = str(rng.choice(list(REAL_DENSITIES), p=list(REAL_DENSITIES.values())))
    spec = CaseSpec.draw(rng, findings="none", density=density)
    condition = make_breast(spec, side).views["cc"].condition
    step = round(SHRINK * PIXEL_MM / MAP_PIXEL_MM)
    nipple_x, nipple_y = (value / step for value in condition.nipple_xy)
    return frame_map(
        condition.coarse[::step, ::step], condition.mask[::step, ::step], (nipple_x, nipple_y)
    )


def describe(framed: list[Framed], groups: int) -> dict[str, Any]:
    """Spread of the set, and the mean over `groups` parts of it, for sets of another size."""
    described: dict[str, Any] = {}
    maps, inside = (np.stack(part) for part in zip(*framed, strict=True))
    for name, compare in (("grey", compare_grey), ("pattern", compare_pattern)):
        distance = compare(maps, inside)
        parts = np.array_split(np.arange(len(maps)), groups)
        spreads = [summarise(distance[np.ix_(part, part)]).to_json() for part in parts]
        described[name] = {
            key: round(float(np.mean([spread[key] for spread in spreads])), 4) for key in spreads[0]
        }
    return described


def correlate(pairs: list[tuple[Framed, Framed]]) -> list[float]:
    """Pattern correlation of each pair."""
    both = [
        compare_pattern(*(np.stack(part) for part in zip(*pair, strict=True)))[0, 1]
        for pair in pairs
    ]
    return sorted(round(1 - float(value), 3) for value in both)


def find_sides(data: Path, images: list[RealImage]) -> list[list[RealImage]]:
    """Right and left of one woman, where the original names tell."""
    with (data / "labels.csv").open() as rows:
        woman = {
            Path(row["file"]).name: row["original"].split("_")[0] for row in csv.DictReader(rows)
        }
    women: dict[str, list[RealImage]] = defaultdict(list)
    for image in images:
        if woman[image.path.name]:
            women[woman[image.path.name]].append(image)
    return [both for both in women.values() if {image.side for image in both} == {"left", "right"}]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--real", type=Path, required=True)
    parser.add_argument("--count", type=int, default=200)
    arguments = parser.parse_args()
    images = [
        image
        for part in ("train", "held_out")
        for image in list_images(arguments.real, part)
        if image.category == "normal"
    ]
    real = [frame_real(image) for image in images]
    drawn = [frame_drawn(seed, "left") for seed in range(arguments.count)]
    everyone = [
        image for part in ("train", "held_out") for image in list_images(arguments.real, part)
    ]
    sides = [
        (frame_real(both[0]), frame_real(both[1])) for both in find_sides(arguments.real, everyone)
    ]
    strangers = list(itertools.pairwise(drawn))
    report = {
        "real": describe(real, 1),
        "drawn": describe(drawn, max(round(len(drawn) / len(real)), 1)),
        "left_right": {
            "real": correlate(sides),
            "drawn": np.percentile(
                correlate([(drawn[seed], frame_drawn(seed, "right")) for seed in range(40)]),
                (5, 50, 95),
            ).tolist(),
            "real_strangers": np.percentile(
                correlate(list(itertools.pairwise(real))), (5, 50, 95)
            ).tolist(),
            "drawn_strangers": np.percentile(correlate(strangers), (5, 50, 95)).tolist(),
        },
    }
    sys.stdout.write(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
