"""Fit the shapes of breast and pectoral muscle to real images: generation/anatomy/fitted.json.

CC outlines come from the training part of the digital CC images, oblique outlines and pectoral
edges from the film views of the other set (their stretch undone; the film's true scale is not
needed, for every length is divided by the breast's depth). Only numbers are written, no pixel:

    python scripts/fit_anatomy.py --cc DIR/cdd-cesm-cc --film DIR/cbis-ddsm-800
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from scipy import ndimage

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generation.training.images import find_breast, list_images, load_grey

TARGET = Path(__file__).resolve().parent.parent / "generation" / "anatomy" / "fitted.json"

# Directions in which the skin's distance is taken from the chest wall at the nipple's height, in
# degrees from the nipple line, downwards; heights of the skin, in depths, from which it is read.
# Film hardly ever shows more of the axilla than 65 degrees up.
ANGLES_DEG = {"cc": np.arange(-85.0, 86.0, 5.0), "mlo": np.arange(-65.0, 86.0, 5.0)}
HEIGHTS = {"cc": np.linspace(-1.3, 1.3, 131), "mlo": np.linspace(-1.9, 1.2, 156)}
MODES = {"cc": 4, "mlo": 5}
FILM_PIXEL_MM = 0.05  # nominal; scanners differ by up to a fifth
BORDER_MM = 4
FILM_BACKGROUND = 0.14
TAPE_GREY = 0.97


def trace_skin(mask: np.ndarray, pixel_mm: float) -> np.ndarray:
    """(h,) depth of the skin in mm at each row; 0 where there is no breast."""
    deepest = mask.shape[1] - mask[:, ::-1].argmax(axis=1)
    return np.where(mask.any(axis=1), deepest, 0) * pixel_mm


def normalise(skin_mm: np.ndarray, pixel_mm: float, view: str) -> tuple[np.ndarray, int, float]:
    """(distance over ANGLES_DEG in depths, nan where not seen; apex row; depth in mm)."""
    smooth = ndimage.gaussian_filter1d(skin_mm, 3 / pixel_mm)
    low, high = int(0.2 * len(smooth)), int(0.9 * len(smooth))
    apex = low + int(smooth[low:high].argmax())
    depth = float(smooth[apex])
    rows = (np.arange(len(smooth)) - apex) * pixel_mm / depth
    heights = HEIGHTS[view]
    reach = np.interp(heights, rows, smooth / depth, left=np.nan, right=np.nan)
    seen = np.isfinite(reach) & (reach > 0)
    angles = np.degrees(np.arctan2(heights[seen], reach[seen]))
    distance = np.hypot(heights[seen], reach[seen])
    # A skin that folds back is seen at its front alone.
    front = np.diff(np.maximum.accumulate(angles), prepend=-90) > 0
    profile = np.interp(ANGLES_DEG[view], angles[front], distance[front], left=np.nan, right=np.nan)
    return profile, apex, depth


def read_cc(data: Path) -> Iterator[np.ndarray]:
    """Profiles of the digital CC views; those whose front the field of view cuts are left out."""
    for image in list_images(data, "train"):
        mask = find_breast(load_grey(image))[::5, ::5]
        if mask[:, -1].mean() > 0.05:
            continue
        # Opening takes the nipple off: the outline is the skin's.
        body = ndimage.binary_opening(np.pad(mask, 24, mode="edge"), iterations=12)[24:-24, 24:-24]
        skin = trace_skin(body, 0.5)
        rows = np.flatnonzero(skin > 0)
        # Beyond the skin's end there is nothing; beyond the image's end nobody knows.
        known = skin[max(rows[0] - 6, 0) : rows[-1] + 7]
        ends = [0.0] * 120
        closed = (rows[0] > 3, rows[-1] < len(skin) - 4)
        known = np.concatenate([ends if closed[0] else [], known, ends if closed[1] else []])
        yield normalise(known, 0.5, "cc")[0]


def read_film(row: dict[str, str], data: Path) -> tuple[np.ndarray, np.ndarray] | None:
    """(grey, mask) of one film view at 1 mm, chest wall at left; None when its size is unknown."""
    if not row["native_h"]:
        return None
    size = [round(float(row[name]) * FILM_PIXEL_MM) for name in ("native_w", "native_h")]
    with Image.open(data / row["file"]) as opened:
        shrunk = opened.convert("L").resize((size[0], size[1]), Image.Resampling.BOX)
    grey = np.asarray(shrunk, np.float32)[BORDER_MM:-BORDER_MM, BORDER_MM:-BORDER_MM] / 255
    bright = ndimage.gaussian_filter(grey, 1.2) > FILM_BACKGROUND
    labels, count = ndimage.label(ndimage.binary_opening(bright, iterations=4))
    if count == 0:
        return None
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    mask = ndimage.binary_fill_holes(labels == sizes.argmax())
    edge = grey.shape[1] // 6
    if mask[:, :edge].sum() < mask[:, -edge:].sum():
        return grey[:, ::-1], mask[:, ::-1]
    return grey, mask


def find_pectoral(
    grey: np.ndarray, skin: np.ndarray, apex: int, depth: float
) -> tuple[float, float, float] | None:
    """(top / depth, foot / apex height, curvature) of the muscle's edge; None when it is not seen.

    The edge is x(y) = top (1 - s)(1 + curvature s), s = y / foot: the candidate with the largest
    mean step from muscle to fat over its length.
    """
    smooth = ndimage.gaussian_filter(np.where(grey > TAPE_GREY, np.median(grey), grey), 1.5)
    rows = np.arange(8, len(skin))
    top, foot, bend = (
        part.reshape(-1, 1)
        for part in np.meshgrid(
            np.arange(14, 100, 4.0),
            np.arange(50, min(260, len(skin)), 8.0),
            np.arange(-0.3, 0.5, 0.15),
            indexing="ij",
        )
    )
    along = rows / foot
    edge = top * (1 - along) * (1 + bend * along)
    counted = (edge > 6) & (edge < skin[rows] - 10)
    columns = [
        np.clip(np.round(edge + offset), 0, grey.shape[1] - 1).astype(int) for offset in (-4, 4)
    ]
    step = smooth[rows, columns[0]] - smooth[rows, columns[1]]
    length = np.maximum(counted.sum(axis=1), 1)
    mean = (step * counted).sum(axis=1) / length
    falling = ((step > 0.008) & counted).sum(axis=1) / length
    score = np.where(length > 35, mean * np.sqrt(length) * falling**2, -1)
    best = int(score.argmax())
    if falling[best] < 0.9 or mean[best] < 0.06:
        return None
    return (
        float(top[best, 0] / depth),
        float(foot[best, 0] / apex),
        float(bend[best, 0]),
    )


def read_oblique(data: Path) -> Iterator[tuple[np.ndarray, tuple[float, float, float] | None]]:
    """Profile and pectoral edge of every oblique film view that can be measured."""
    with (data / "labels.csv").open() as lines:
        rows = [row for row in csv.DictReader(lines) if row["view"] == "MLO"]
    for row in rows:
        found = read_film(row, data)
        if found is None:
            continue
        grey, mask = found
        skin = trace_skin(mask, 1.0)
        profile, apex, depth = normalise(skin, 1.0, "mlo")
        if 40 <= depth <= grey.shape[1] - 4:
            yield profile, find_pectoral(grey, skin, apex, depth)


def fit_modes(profiles: np.ndarray, view: str) -> dict[str, Any]:
    """Mean and principal components of profiles with gaps, filled by their own reconstruction."""
    # What swells beyond its depth is a label, a fold or a film cut off.
    count = MODES[view]
    reach = profiles * np.cos(np.radians(ANGLES_DEG[view]))
    profiles = profiles[np.nanmax(reach, axis=1) < 1.02]
    known = np.isfinite(profiles)
    mean = np.nanmedian(profiles, axis=0)
    filled = np.where(known, profiles, mean)
    for _ in range(40):
        mean = filled.mean(axis=0)
        left, size, modes = np.linalg.svd(filled - mean, full_matrices=False)
        rebuilt = mean + (left[:, :count] * size[:count]) @ modes[:count]
        filled = np.where(known, profiles, rebuilt)
    spread = (left[:, :count] * size[:count]).std(axis=0)
    explained = float((size[:count] ** 2).sum() / (size**2).sum())
    scaled = ndimage.gaussian_filter1d(modes[:count] * spread[:, None], 1.0, axis=1)
    return {
        "n": len(profiles),
        "explained": round(explained, 3),
        "mean": np.round(ndimage.gaussian_filter1d(mean, 1.0), 4).tolist(),
        "modes": np.round(scaled, 4).tolist(),
    }


def fit(cc: Path, film: Path) -> dict[str, Any]:
    """All fitted numbers."""
    oblique = list(read_oblique(film))
    profiles = {"cc": np.array(list(read_cc(cc))), "mlo": np.array([p for p, _ in oblique])}
    edges = np.array([edge for _, edge in oblique if edge is not None])
    fitted: dict[str, Any] = {
        view: {
            "angles_deg": ANGLES_DEG[view].tolist(),
            **fit_modes(profiles[view], view),
        }
        for view in ("cc", "mlo")
    }
    low, high = np.percentile(edges, (3, 97), axis=0)
    fitted["pectoral"] = {
        "n": len(edges),
        "seen_of": len(oblique),
        "names": ["top_per_depth", "foot_per_apex_height", "curvature"],
        "mean": np.round(edges.mean(axis=0), 4).tolist(),
        "covariance": np.round(np.cov(edges.T), 5).tolist(),
        "low": np.round(low, 4).tolist(),
        "high": np.round(high, 4).tolist(),
    }
    return fitted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cc", type=Path, required=True)
    parser.add_argument("--film", type=Path, required=True)
    arguments = parser.parse_args()
    fitted = fit(arguments.cc, arguments.film)
    TARGET.write_text(json.dumps(fitted, indent=1) + "\n")
    for name, part in fitted.items():
        sys.stdout.write(f"{name}: {part['n']} images\n")


if __name__ == "__main__":
    main()
