"""The measures in the words of the report."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.auditing.comparison import Comparison, Distances, compare
from generation.auditing.leak import BAND_EDGES_MM, Agreement
from generation.auditing.leak_comparison import LeakComparison
from generation.auditing.neighbours import Neighbour
from generation.auditing.poses import name_pose

NEAREST = 8


@dataclass(frozen=True)
class Measured:
    """One measure of nearest neighbours.

    Attributes:
        comparison: drawn against unseen.
        median: distance of the unseen images that all ratios are over.
        drawn: what was compared.
    """

    comparison: Comparison
    median: float
    drawn: list[Neighbour]

    def ratio(self, neighbour: Neighbour) -> float:
        return neighbour.match.distance / self.median

    def is_copy(self, neighbour: Neighbour) -> bool:
        """Too near for any chance likeness."""
        return self.ratio(neighbour) < self.comparison.copy_limit


def measure_neighbours(drawn: list[Neighbour], unseen: list[Neighbour], *, seed: int) -> Measured:
    """Compare the neighbours of drawn with those of unseen images.

    Raises:
        ValueError: if either is empty.
    """
    ours, theirs = _take_distances(drawn), _take_distances(unseen)
    comparison = compare(ours, theirs, seed=seed)
    return Measured(comparison, float(np.median(theirs.values)), drawn)


def _take_distances(neighbours: list[Neighbour]) -> Distances:
    return Distances(
        np.array([each.match.distance for each in neighbours], np.float64),
        np.array([each.image for each in neighbours], np.str_),
    )


def describe_measure(measured: Measured) -> dict[str, Any]:
    """`measures` of the report, for one measure."""
    comparison = measured.comparison
    nearest = sorted(measured.drawn, key=lambda each: each.match.distance)[:NEAREST]
    return {
        "ratio": comparison.ratio,
        "interval": list(comparison.interval),
        "least": comparison.least,
        "limit": comparison.limit,
        "copy_limit": comparison.copy_limit,
        "lowest": float(comparison.drawn.min()),
        "below": comparison.below,
        "count": len(comparison.drawn),
        "chance": comparison.chance,
        "median_unseen": measured.median,
        "views": _describe_views(measured),
        "nearest": [_describe_neighbour(each, measured.ratio(each)) for each in nearest],
    }


def _describe_views(measured: Measured) -> dict[str, Any]:
    views: dict[str, list[float]] = {}
    for each in measured.drawn:
        views.setdefault(each.view, []).append(measured.ratio(each))
    return {
        view: {"ratio": float(np.median(ratios)), "count": len(ratios)}
        for view, ratios in sorted(views.items())
    }


def _describe_neighbour(neighbour: Neighbour, ratio: float) -> dict[str, Any]:
    return {
        "image": neighbour.image,
        "at_mm": list(neighbour.at_mm),
        "training_image": neighbour.match.name,
        "training_at_mm": list(neighbour.match.at_mm),
        "pose": name_pose(neighbour.match.pose),
        "ratio": ratio,
        "surroundings": neighbour.surroundings,
    }


def describe_surroundings(
    drawn: list[Neighbour], unseen: list[Neighbour], *, copies: int, limit: float
) -> dict[str, Any]:
    """`surroundings` of the report: the second look at all patches."""
    return {
        "copies": copies,
        "highest": _find_highest(drawn),
        "highest_unseen": _find_highest(unseen),
        "limit": limit,
    }


def _find_highest(neighbours: list[Neighbour]) -> float | None:
    return max(
        (each.surroundings for each in neighbours if each.surroundings is not None), default=None
    )


def describe_maps(
    leak: LeakComparison, training: list[Agreement], held_out: list[Agreement]
) -> dict[str, Any]:
    """`maps` of the report: the network on real images' own maps."""
    bands = [
        {
            "from_mm": low,
            "to_mm": high,
            "training": float(np.mean([each.bands[number] for each in training])),
            "held_out": float(np.mean([each.bands[number] for each in held_out])),
        }
        for number, (low, high) in enumerate(pairwise(BAND_EDGES_MM))
    ]
    return {
        "training": float(leak.training.mean()),
        "held_out": float(leak.held_out.mean()),
        "difference": leak.difference,
        "interval": list(leak.interval),
        "most": leak.most,
        "share_found": leak.share_found,
        "bands": bands,
        "tiles": {
            "below": leak.tiles.below,
            "count": len(leak.tiles.drawn),
            "chance": leak.tiles.chance,
            "highest_training": float(join_tiles(training).max()),
            "highest_held_out": float(join_tiles(held_out).max()),
        },
    }


def join_tiles(agreements: list[Agreement]) -> NDArray[np.float64]:
    """Correlations of the tiles of all images."""
    return np.concatenate([each.tiles for each in agreements])
