"""Where the particles of a group lie in 3D: one arrangement, shown by both views.

The forms are those of the distribution descriptors (BI-RADS 5th edition, as tabulated in the
literature): diffuse all over the breast; regional over more than 2 cm and heeding no duct; grouped
in a small cluster; linear along one duct; segmental in a wedge whose tip points to the nipple. The
proportions are assumed. A VICTRE cluster (2.7 x 3.0 x 3.05 mm) is nearly as deep as wide, as
"grouped" is here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.geometry import PIXEL_MM
from generation.lesions.effects import Scene
from generation.lesions.matter.projection import Projection
from generation.spec import LesionSpec

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]
Room = Callable[[FloatArray], BoolArray]

CLEARANCE_MM = 0.12
TRIES = 60
INSET_MM = 4.0
ROOM_PIXEL_MM = 1.0

# Semi-axes of the volume that holds the group, relative to its long one.
ENVELOPES: dict[str, tuple[float, float, float]] = {
    "grouped": (1.0, 0.75, 0.75),
    "linear": (1.0, 0.09, 0.09),
    "segmental": (1.0, 0.5, 0.5),
    "regional": (1.0, 0.85, 0.7),
    "diffuse": (1.0, 1.0, 1.0),
}
LINE_BOW = 0.22
# Width of the crowds within a distribution that is not crowded in its middle, in half lengths.
CROWDED = {"regional": 0.22, "linear": 0.10, "segmental": 0.18}


@dataclass(frozen=True)
class Layout:
    """A drawn distribution: its two ends (3,) and a maker of (N, 3) more places, in mm."""

    ends: tuple[FloatArray, FloatArray]
    draw: Callable[[np.random.Generator, int], FloatArray]

    @property
    def middle(self) -> FloatArray:
        return np.asarray((self.ends[0] + self.ends[1]) / 2, np.float32)


def find_room(lesion: LesionSpec, scenes: Mapping[str, Scene]) -> Room:
    """(N, 3) mm from the lesion's centre -> (N,) True well inside the breast in every view.

    Inside means `INSET_MM` under the skin, on the image, and before the pectoral muscle.
    """
    maps = []
    for scene in scenes.values():
        inside = scene.outline.mask(ROOM_PIXEL_MM) & (scene.outline.pectoral(ROOM_PIXEL_MM) < 0.5)
        maps.append((scene.projection, scene.place(lesion), erode(inside, INSET_MM)))

    def holds(points_mm: FloatArray) -> BoolArray:
        held = np.ones(len(points_mm), bool)
        for projection, place, inside in maps:
            xy = projection.to_image_mm(points_mm) + (np.array(place) + 0.5) * PIXEL_MM
            column, row = np.floor(xy / ROOM_PIXEL_MM).astype(int).T
            on = (row >= 0) & (row < inside.shape[0]) & (column >= 0) & (column < inside.shape[1])
            held &= on
            held[on] &= inside[row[on], column[on]]
        return held

    return holds


def erode(inside: BoolArray, by_mm: float) -> BoolArray:
    """The area less a margin; the edge of the canvas counts as outside."""
    away = ndimage.distance_transform_edt(np.pad(inside, 1))[1:-1, 1:-1]
    return np.asarray(away * ROOM_PIXEL_MM > by_mm)


def draw_layout(
    rng: np.random.Generator, distribution: str, *, size_mm: float, axes: FloatArray
) -> Layout:
    """Draw one distribution of a size around the origin; `axes` are its rows, the duct's first."""
    radius = size_mm / 2.0
    envelope = np.array(ENVELOPES[distribution])
    bow = rng.normal(0.0, LINE_BOW) if distribution == "linear" else 0.0
    knots = rng.normal(0.0, 0.45, (4, 3)).clip(-0.75, 0.75)

    def draw(stream: np.random.Generator, count: int) -> FloatArray:
        points = _fill_ball(stream, count, distribution, knots)
        if distribution == "segmental":
            points[:, 1:] *= np.clip((1.0 - points[:, :1]) / 1.5, 0.08, 1.0)
        points = points * envelope
        points[:, 1] += bow * (1 - points[:, 0] ** 2) * 0.5
        return np.asarray(points @ axes * radius, np.float32)

    ends = (axes[0] * np.float32(radius), axes[0] * np.float32(-radius))
    return Layout(ends, draw)


def _fill_ball(
    rng: np.random.Generator, count: int, distribution: str, knots: FloatArray
) -> FloatArray:
    """(count, 3) points of the unit ball: crowded in the middle of a group, uneven in a region."""
    found: list[FloatArray] = []
    while sum(map(len, found)) < count:
        points = rng.uniform(-1.0, 1.0, (4 * count, 3))
        if distribution == "grouped":
            points = rng.normal(0.0, 0.46, (4 * count, 3))
        elif distribution in CROWDED:
            crowd = knots[rng.integers(0, len(knots), 4 * count)]
            crowded = crowd + rng.normal(0.0, CROWDED[distribution], (4 * count, 3))
            points = np.where(rng.random((4 * count, 1)) < 0.6, crowded, points)
        found.append(points[np.linalg.norm(points, axis=1) < 0.96])
    return np.concatenate(found)[:count]


def spread_out(rng: np.random.Generator, lesion: LesionSpec, room: Room) -> Layout:
    """All over the breast, as far as it reaches: ends and places inside it in both views.

    A breast too small for `size_mm` holds the longest spread found in it.
    """
    middle = -np.array([lesion.depth_mm, lesion.lateral_mm, lesion.superior_mm])
    reach = np.array([140.0, 110.0, 110.0])
    points = rng.uniform(-1.0, 1.0, (20000, 3)) * reach + middle + [70.0, 0.0, 0.0]
    cloud = points[room(points.astype(np.float32))].astype(np.float32)
    if len(cloud) < 2:
        cloud = np.zeros((2, 3), np.float32)
    few = cloud[:500]
    gaps = np.linalg.norm(few[:, None] - few[None], axis=2)
    pairs = np.argwhere(np.triu(gaps >= lesion.size_mm))
    if len(pairs) == 0:
        pairs = np.array([np.unravel_index(gaps.argmax(), gaps.shape)])
    best, held = _shrink(few, pairs[0], lesion.size_mm), -1
    for index in rng.permutation(len(pairs))[:40]:
        ends = _shrink(few, pairs[index], lesion.size_mm)
        here = _count_within(cloud, ends)
        if here > held and bool(room(np.stack(ends)).all()):
            best, held = ends, here
    within = cloud[_within(cloud, best)]
    within = within if len(within) else np.stack(best)

    def draw(stream: np.random.Generator, count: int) -> FloatArray:
        return within[stream.integers(0, len(within), count)]

    return Layout(best, draw)


def _shrink(
    cloud: FloatArray, pair: NDArray[np.int64], size_mm: float
) -> tuple[FloatArray, FloatArray]:
    """Two points of the cloud drawn together to `size_mm` where they lie farther apart."""
    first, second = cloud[pair[0]], cloud[pair[1]]
    gap = float(np.linalg.norm(second - first))
    share = min(1.0, size_mm / max(gap, 1e-6))
    middle = (first + second) / 2
    half = (second - first) / 2 * np.float32(share)
    return (middle - half).astype(np.float32), (middle + half).astype(np.float32)


def _within(cloud: FloatArray, ends: tuple[FloatArray, FloatArray]) -> BoolArray:
    """(N,) True in the ball that has the ends as poles: no two such points lie farther apart."""
    middle, radius = (ends[0] + ends[1]) / 2, np.linalg.norm(ends[1] - ends[0]) / 2
    return np.asarray(np.linalg.norm(cloud - middle, axis=1) < radius)


def _count_within(cloud: FloatArray, ends: tuple[FloatArray, FloatArray]) -> int:
    return int(_within(cloud, ends).sum())


def settle_places(
    rng: np.random.Generator,
    layout: Layout,
    reaches_mm: Sequence[float],
    projections: Mapping[str, Projection],
) -> FloatArray:
    """(N, 3) places of particles of these radii; the first two are the ends.

    Places in which particles would overlap in a view are avoided as long as there is room, so
    that each can be counted.
    """
    count = len(reaches_mm)
    if count == 1:
        return layout.middle[None]
    reaches = np.array(reaches_mm, np.float32)
    places = np.zeros((count, 3), np.float32)
    seen = {view: np.zeros((count, 2), np.float32) for view in projections}
    for rank in range(count):
        tries = layout.draw(rng, TRIES) if rank > 1 else layout.ends[rank][None]
        shown = {view: basis.to_image_mm(tries) for view, basis in projections.items()}
        room = np.full(len(tries), np.inf, np.float32)
        for view, at in shown.items():
            gap = np.linalg.norm(at[:, None] - seen[view][None, :rank], axis=2)
            gap -= reaches[:rank] + reaches[rank] + CLEARANCE_MM
            room = np.minimum(room, gap.min(axis=1, initial=np.inf))
        free = np.flatnonzero(room > 0)
        chosen = int(free[0]) if free.size else int(room.argmax())
        places[rank] = tries[chosen]
        for view, at in shown.items():
            seen[view][rank] = at[chosen]
    return places
