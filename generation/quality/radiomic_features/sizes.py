"""Runs of one level along a line (GLRLM) and zones of one level (GLSZM): sixteen features each.

Source: pyradiomics 3.0.1 `radiomics.glrlm`, each feature the mean over the four directions, and
`radiomics.glszm`, a zone being joined over all eight neighbours. Both count how many things of
level i have size j, and measure the counts alike.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

NEIGHBOURS = ((0, 1), (1, 0), (1, 1), (1, -1))
# (name of the size, name of how many there are, of a run and of a zone) in pyradiomics.
RUN_WORDS = {
    "Short": "ShortRun",
    "Long": "LongRun",
    "Low": "LowGrayLevelRunEmphasis",
    "High": "HighGrayLevelRunEmphasis",
    "NonUniformity": "RunLengthNonUniformity",
    "Thing": "Run",
}
ZONE_WORDS = {
    "Short": "SmallArea",
    "Long": "LargeArea",
    "Low": "LowGrayLevelZoneEmphasis",
    "High": "HighGrayLevelZoneEmphasis",
    "NonUniformity": "SizeZoneNonUniformity",
    "Thing": "Zone",
}


def measure_runs(levels: IntArray) -> dict[str, float]:
    """Sixteen GLRLM features of (H, W) levels from 1."""
    sets = []
    for order, starts in _list_lines(levels.shape):
        along = levels.ravel()[order]
        begins = starts.copy()
        begins[1:] |= along[1:] != along[:-1]
        at = np.flatnonzero(begins)
        lengths = np.diff(np.append(at, len(along)))
        sets.append(_measure(along[at], lengths, RUN_WORDS))
    return {name: float(np.mean([found[name] for found in sets])) for name in sets[0]}


def measure_zones(levels: IntArray) -> dict[str, float]:
    """Sixteen GLSZM features of (H, W) levels from 1."""
    labels = _label_zones(levels)
    _, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    return _measure(levels.ravel()[first], sizes, ZONE_WORDS)


@cache
def _list_lines(shape: tuple[int, ...]) -> list[tuple[IntArray, BoolArray]]:
    """For each direction the pixels in order along its lines, and which of them begin a line."""
    y, x = np.indices(shape)
    found = []
    for line, along in ((y, x), (x, y), (y - x, x), (y + x, x)):
        order = np.lexsort((along.ravel(), line.ravel()))
        sorted_lines = line.ravel()[order]
        starts = np.ones(len(order), bool)
        starts[1:] = sorted_lines[1:] != sorted_lines[:-1]
        found.append((order, starts))
    return found


def _label_zones(levels: IntArray) -> IntArray:
    """(H * W,) number of the zone of each pixel."""
    height, width = levels.shape
    number = np.arange(height * width).reshape(height, width)
    ends: list[tuple[IntArray, IntArray]] = []
    for down, right in NEIGHBOURS:
        first = np.s_[: height - down, max(0, -right) : width - max(0, right)]
        second = np.s_[down:, max(0, right) : width - max(0, -right)]
        same = levels[first] == levels[second]
        ends.append((number[first][same], number[second][same]))
    rows, columns = (np.concatenate(parts) for parts in zip(*ends, strict=True))
    graph = sparse.coo_matrix(
        (np.ones(len(rows), np.int8), (rows, columns)), shape=(number.size, number.size)
    )
    return np.asarray(csgraph.connected_components(graph, directed=False)[1], np.int64)


def _measure(level: IntArray, size: IntArray, words: dict[str, str]) -> dict[str, float]:
    """Features of things given one by one, named in the words of their kind."""
    i, j = level.astype(np.float64), size.astype(np.float64)
    by_level, by_size = np.bincount(level), np.bincount(size)
    _, both = np.unique(level * (int(size.max()) + 1) + size, return_counts=True)
    shares = both / len(level)
    short, long, thing = words["Short"], words["Long"], words["Thing"]
    found = {
        f"{short}Emphasis": (1 / j**2).mean(),
        f"{long}Emphasis": (j**2).mean(),
        "GrayLevelNonUniformity": (by_level.astype(np.float64) ** 2).sum() / len(i),
        "GrayLevelNonUniformityNormalized": ((by_level / len(i)) ** 2).sum(),
        words["NonUniformity"]: (by_size.astype(np.float64) ** 2).sum() / len(i),
        f"{words['NonUniformity']}Normalized": ((by_size / len(i)) ** 2).sum(),
        f"{thing}Percentage": len(i) / j.sum(),
        "GrayLevelVariance": i.var(),
        f"{thing}Variance": j.var(),
        f"{thing}Entropy": -(shares * np.log2(shares + np.spacing(1))).sum(),
        words["Low"]: (1 / i**2).mean(),
        words["High"]: (i**2).mean(),
        f"{short}LowGrayLevelEmphasis": (1 / (i * j) ** 2).mean(),
        f"{short}HighGrayLevelEmphasis": ((i / j) ** 2).mean(),
        f"{long}LowGrayLevelEmphasis": ((j / i) ** 2).mean(),
        f"{long}HighGrayLevelEmphasis": ((i * j) ** 2).mean(),
    }
    return {name: float(value) for name, value in found.items()}
