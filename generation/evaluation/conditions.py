"""Whether the network draws what it is asked for, over many maps; and whether seeds matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.condition import COARSE_SIGMA_MM, ConditionMap
from generation.evaluation.redrawing import DensityRead
from generation.networks.drawing import draw_background
from generation.networks.weights import TrainedGenerator
from generation.quality.bands import BANDS_PER_MM, measure_bands
from generation.quality.binding import Binding
from generation.quality.spectrum import cut_regions
from generation.quality.texture import find_interior

Numbers = dict[str, Any]
FloatArray = NDArray[np.float32]

PIXEL_MM = 0.1
CLASSES = "ABCD"


def summarise_bindings(bindings: Sequence[Binding]) -> Numbers:
    """Mean, median, lowest and highest of everything that was compared.

    Raises:
        ValueError: if there is nothing.
    """
    if not bindings:
        raise ValueError("no image to recompute a condition map from")
    summary: Numbers = {"images": len(bindings)}
    for name in (field.name for field in fields(Binding)):
        values = np.array([getattr(binding, name) for binding in bindings])
        values = values[np.isfinite(values)]
        summary[name] = {
            "mean": float(values.mean()) if len(values) else None,
            "median": float(np.median(values)) if len(values) else None,
            "lowest": float(values.min()) if len(values) else None,
            "highest": float(values.max()) if len(values) else None,
        }
    return summary


def summarise_densities(read: Sequence[DensityRead]) -> Numbers:
    """How often the class asked for came back, and what came instead.

    Raises:
        ValueError: if there is nothing.
    """
    if not read:
        raise ValueError("no view of a spec was drawn")
    return {
        "images": len(read),
        "recovered": float(np.mean([each.recovered == each.asked for each in read])),
        "blind": float(np.mean([each.blind == each.asked for each in read])),
        "classes": {
            asked: {
                "images": sum(each.asked == asked for each in read),
                "recovered": _count([each.recovered for each in read if each.asked == asked]),
                "blind": _count([each.blind for each in read if each.asked == asked]),
            }
            for asked in CLASSES
        },
    }


def compare_seeds(
    maps: Sequence[ConditionMap], trained: TrainedGenerator, *, seed: int, device: str
) -> Numbers:
    """Draw each map with one seed twice and with another once.

    Args:
        maps: to draw.
        trained: the generator.
        seed: the first seed; the other is the next.
        device: "cpu" or "cuda".

    Returns:
        `same_bytes`: whether one seed gave the same bytes both times on every map; `difference`:
        of two seeds, root mean square, relative to that of two pictures with independent texture
        (0 the same, 1 independent); the same by octave band.

    Raises:
        ValueError: if there is no map.
    """
    if not maps:
        raise ValueError("no map to draw with two seeds")
    same, differences, bands = True, [], []
    for condition in maps:
        one, again, other = (
            draw_background(trained.network, condition, seed=each, device=device)
            for each in (seed, seed, seed + 1)
        )
        same = same and one.tobytes() == again.tobytes()
        inside = find_interior(np.kron(condition.mask, np.ones((2, 2), bool)))
        fine = [_take_fine(grey) for grey in (one, other)]
        own = np.mean([np.square(each[inside]).mean() for each in fine])
        apart = np.square((fine[0] - fine[1])[inside]).mean()
        differences.append(float(np.sqrt(apart / (2 * own))))
        bands.append(_compare_bands(one, other, inside))
    return {
        "maps": len(maps),
        "same_bytes": same,
        "difference": float(np.mean(differences)),
        "bands": _average_bands(bands),
    }


def _average_bands(rows: Sequence[NDArray[np.float64] | None]) -> list[Numbers]:
    """Mean over the maps with room for regions; empty where none has."""
    there = [row for row in rows if row is not None]
    if not there:
        return []
    return [
        {"low_per_mm": low, "high_per_mm": high, "difference": float(value)}
        for (low, high), value in zip(BANDS_PER_MM, np.mean(there, axis=0), strict=True)
    ]


def _count(classes: Sequence[str]) -> dict[str, int]:
    return {name: classes.count(name) for name in CLASSES if name in classes}


def _take_fine(grey: FloatArray) -> FloatArray:
    """Texture finer than the coarse map."""
    return np.asarray(grey - ndimage.gaussian_filter(grey, COARSE_SIGMA_MM / PIXEL_MM, truncate=3))


def _compare_bands(
    one: FloatArray, other: FloatArray, inside: NDArray[np.bool_]
) -> NDArray[np.float64] | None:
    """(6,) amplitude of the difference over that of independent pictures; None without regions."""
    regions = [cut_regions(grey, inside) for grey in (one, other)]
    if len(regions[0]) == 0:
        return None
    powers = [10 ** (measure_bands(part) / 10) for part in (*regions, regions[0] - regions[1])]
    return np.asarray(np.sqrt(powers[2] / (powers[0] + powers[1])))
