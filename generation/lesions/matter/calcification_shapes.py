"""Shapes of single calcifications by morphology, in 3D: generator and size -> cloud.

Sizes only say how fine and how thick in proportion a shape is made; `particles.settle` scales it.
Calibres follow the descriptors' definitions (BI-RADS 5th edition, as tabulated in the
literature): rods at least half a millimetre thick, casts of ducts below it, rims with walls below
1 mm. The shapes themselves are assumed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generation.lesions.matter.solids import (
    Cloud,
    Solid,
    fill_solid,
    fill_tube,
    join_clouds,
)

FloatArray = NDArray[np.float32]


def _ball(points: FloatArray, centre: FloatArray, radius: float) -> FloatArray:
    return np.asarray(radius - np.linalg.norm(points - centre, axis=1), np.float32)


def _union(balls: list[tuple[FloatArray, float]]) -> Solid:
    def inside(points: FloatArray) -> FloatArray:
        whole = _ball(points, *balls[0])
        for centre, radius in balls[1:]:
            whole = np.maximum(whole, _ball(points, centre, radius))
        return whole

    return inside


def _roughen(solid: Solid, rng: np.random.Generator, depth: float) -> Solid:
    """The same solid with a surface that is pitted and knobbly by about `depth`."""
    waves = rng.normal(0.0, 5.0, (3, 10)).astype(np.float32)
    phase = rng.uniform(0, 2 * np.pi, 10).astype(np.float32)

    def inside(points: FloatArray) -> FloatArray:
        field = np.cos(points @ waves + phase).sum(axis=1) / np.sqrt(5.0)
        return np.asarray(solid(points) + depth * field, np.float32)

    return inside


def build_sphere(rng: np.random.Generator, size_mm: float) -> Cloud:
    """A smooth ball, a little flattened and dented."""
    axes = np.array([1.0, *rng.uniform(0.7, 1.0, 2)], np.float32)
    dent = rng.normal(0.0, 0.10, 3).astype(np.float32)

    def inside(points: FloatArray) -> FloatArray:
        radius = np.linalg.norm(points / axes, axis=1)
        return np.asarray(1 + (points @ dent) ** 2 - radius, np.float32)

    return fill_solid(inside, size_mm=size_mm, rng=rng)


def _fill_shell(
    rng: np.random.Generator, size_mm: float, *, wall: float, mottling: float, flat: float
) -> Cloud:
    axes = np.array([1.0, *rng.uniform(flat, 1.0, 2)], np.float32)
    tilt, bend = rng.normal(size=3).astype(np.float32), rng.normal(0, 2.0, 3).astype(np.float32)

    def inside(points: FloatArray) -> FloatArray:
        radius = np.linalg.norm(points / axes, axis=1) + 0.06 * np.cos(points @ bend)
        uneven = 1 + 0.45 * np.tanh(points @ tilt)
        return np.asarray(np.minimum(1 - radius, radius - (1 - wall * uneven)), np.float32)

    return fill_solid(inside, size_mm=size_mm, rng=rng, mottling=mottling, elements=(10, 22))


def build_shell(rng: np.random.Generator, size_mm: float) -> Cloud:
    """A thin calcified wall around a lucent middle, uneven and here and there interrupted."""
    wall = float(np.clip(rng.uniform(0.10, 0.22) / size_mm * 2, 0.07, 0.3))
    return _fill_shell(rng, size_mm, wall=wall, mottling=0.75, flat=0.72)


def build_pore(rng: np.random.Generator, size_mm: float) -> Cloud:
    """A small ring with a lucent middle: calcium in a pore of the skin."""
    return _fill_shell(rng, size_mm, wall=rng.uniform(0.3, 0.6), mottling=0.55, flat=0.6)


def build_popcorn(rng: np.random.Generator, size_mm: float) -> Cloud:
    """Coarse lobules grown together, unevenly calcified."""
    count = int(rng.integers(9, 20))
    centres = rng.normal(0.0, [0.40, 0.34, 0.28], (count, 3)).clip(-1.2, 1.2).astype(np.float32)
    lobules = _union([(centre, float(rng.uniform(0.16, 0.38))) for centre in centres])
    solid = _roughen(lobules, rng, 0.06)
    return fill_solid(solid, size_mm=size_mm, rng=rng, mottling=0.75)


def build_dystrophic(rng: np.random.Generator, size_mm: float) -> Cloud:
    """An irregular lump or plaque, often with a lucent middle."""
    solid, middle = _draw_chip(rng)
    hollow = float(rng.uniform(0.0, 0.5))
    centre = (middle + rng.normal(0.0, 0.08, 3)).astype(np.float32)
    pitted = _roughen(solid, rng, 0.11)
    return fill_solid(
        lambda points: np.minimum(pitted(points), -_ball(points, centre, hollow)),
        size_mm=size_mm,
        rng=rng,
        mottling=0.7,
    )


def build_chip(rng: np.random.Generator, size_mm: float) -> Cloud:
    """An angular chip, as of crushed stone."""
    solid, _ = _draw_chip(rng)
    return fill_solid(_roughen(solid, rng, 0.06), size_mm=size_mm, rng=rng, mottling=0.45)


def _draw_chip(rng: np.random.Generator) -> tuple[Solid, FloatArray]:
    """A few unequal lobes along a bent axis, cut by planes; and its middle."""
    count = int(rng.integers(3, 6))
    step = rng.normal(0.0, 0.35, (count, 3)) * [1.0, 0.6, 0.6]
    centres = (np.cumsum(step, axis=0) - step.sum(axis=0) / 2).astype(np.float32)
    centres = np.clip(centres, -1.2, 1.2)
    balls = [(centre, float(rng.uniform(0.16, 0.42))) for centre in centres]
    cut = rng.normal(size=(3, 3)).astype(np.float32)
    cut /= np.linalg.norm(cut, axis=1, keepdims=True)
    solid, middle = _union(balls), centres.mean(axis=0)

    def inside(points: FloatArray) -> FloatArray:
        planes = 0.45 - (points - middle) @ cut.T
        return np.minimum(solid(points), planes.min(axis=1)).astype(np.float32)

    return inside, middle


def build_haze(rng: np.random.Generator, size_mm: float) -> Cloud:
    """A hazy flake without an edge: a loose crowd of the smallest grains."""
    shape = rng.uniform(0.35, 1.0, 3)
    points = rng.normal(0.0, 0.28, (70, 3)) * shape
    volumes = rng.lognormal(0.0, 0.9, 70) * 0.0035
    return Cloud(points.astype(np.float32), volumes.astype(np.float32), 0.22)


def build_rod(rng: np.random.Generator, size_mm: float) -> Cloud:
    """A solid smooth rod half a millimetre thick and more, gently bent, sometimes forked."""
    radius = rng.uniform(0.25, 0.42)
    path, radii = _draw_thread(rng, size_mm, radius=radius, bend=0.2, unevenness=0.08, smooth=True)
    along = np.linspace(-1, 1, len(radii))
    radii *= (1 - rng.uniform(0.25, 0.75) * (along - rng.uniform(-0.3, 0.3)) ** 2).clip(0.25)
    rod = fill_tube(path, radii, rng=rng, hollow=float(rng.choice([0.0, 0.0, 0.45])))
    if size_mm < 3.0 or rng.random() > 0.2:
        return rod
    return rod.joined(_draw_fork(rng, path, 0.8 * radii, share=0.45, unevenness=0.05))


def build_cast(rng: np.random.Generator, size_mm: float) -> Cloud:
    """A thin irregular cast of a duct, beaded, broken, sometimes forked."""
    radius = float(np.clip(rng.uniform(0.05, 0.11) * (0.6 + 0.4 * size_mm), 0.05, 0.2))
    path, radii = _draw_thread(rng, size_mm, radius=radius, bend=0.3, unevenness=0.55)
    gap = int(rng.integers(4, len(path) - 4))
    parts = [(0, len(path))]
    if size_mm > 1.0 and rng.random() < 0.5:
        parts = [(0, gap - 1), (gap + 1, len(path))]
    clouds = [
        fill_tube(path[first:last], radii[first:last], rng=rng)
        for first, last in parts
        if last - first > 1
    ]
    if rng.random() < 0.35:
        clouds.append(_draw_fork(rng, path, 0.8 * radii, share=0.5, unevenness=0.4))
    return join_clouds(clouds)


def build_thread(rng: np.random.Generator, size_mm: float) -> Cloud:
    """Calcified suture: a strand that bends or loops, hollow where the thread was, with a knot."""
    steps = np.linspace(0, 1, 25)
    turn = rng.uniform(0.3, 3.8) * rng.choice([-1, 1]) * steps
    start = rng.uniform(0, 2 * np.pi)
    heading = np.stack([np.cos(start + turn), np.sin(start + turn), 0.15 * np.sin(4 * turn)], 1)
    path = (np.cumsum(heading, axis=0) * size_mm / 25).astype(np.float32)
    swell = np.interp(steps, np.linspace(0, 1, 6), rng.normal(size=6))
    radii = rng.uniform(0.15, 0.25) * (1 + 0.2 * swell).clip(0.6, 1.4)
    clouds = [fill_tube(path, radii.astype(np.float32), rng=rng, hollow=0.5)]
    if rng.random() < 0.6:
        angle = np.linspace(0, 2 * np.pi * rng.uniform(0.8, 1.3), 16)
        loop = 0.45 * np.stack([np.cos(angle) - 1, np.sin(angle), 0.5 * np.sin(angle / 2)], 1)
        knot = (path[-1] + loop).astype(np.float32)
        clouds.append(fill_tube(knot, np.full(16, 0.2, np.float32), rng=rng))
    return join_clouds(clouds)


def _draw_thread(
    rng: np.random.Generator,
    size_mm: float,
    *,
    radius: float,
    bend: float,
    unevenness: float,
    smooth: bool = False,
) -> tuple[FloatArray, FloatArray]:
    """(M, 3) path along the first axis and (M,) radii of a thread of about this length.

    A smooth one bends and swells once; the others wander and are beaded.
    """
    count = int(np.clip(size_mm / 0.15, 12, 40))
    along = np.linspace(-0.5, 0.5, count)
    wander = np.cumsum(rng.normal(0.0, 0.25 * bend / count**0.5, (2, count)), axis=1)
    aside = 2 * bend * rng.normal(size=(2, 1)) * (along**2)[None] + (0 if smooth else wander)
    path = size_mm * np.stack([along, aside[0], aside[1]], axis=1)
    knots = rng.normal(size=3 if smooth else max(count // 3, 3))
    bead = np.interp(np.linspace(0, len(knots) - 1, count), np.arange(len(knots)), knots)
    radii = radius * np.clip(1 + unevenness * bead, 0.35, 1.8)
    return path.astype(np.float32), radii.astype(np.float32)


def _draw_fork(
    rng: np.random.Generator,
    path: FloatArray,
    radii: FloatArray,
    *,
    share: float,
    unevenness: float,
) -> Cloud:
    """An arm that leaves the path at an acute angle."""
    at = int(len(path) * rng.uniform(0.3, 0.6))
    length = share * float(np.linalg.norm(path[-1] - path[0]))
    arm, own = _draw_thread(rng, length, radius=float(radii[at]), bend=0.2, unevenness=unevenness)
    angle = rng.uniform(0.35, 0.8) * rng.choice([-1, 1])
    turn = np.array(
        [[np.cos(angle), np.sin(angle), 0], [-np.sin(angle), np.cos(angle), 0], [0, 0, 1]]
    )
    arm = ((arm - arm[0]) @ turn + path[at]).astype(np.float32)
    return fill_tube(arm, own, rng=rng)


def build_teacup(rng: np.random.Generator, size_mm: float) -> Cloud:
    """Sediment in a small cyst: lies at the bottom, hollowed on top; the third axis points up."""
    level, hollow = float(rng.uniform(-0.75, -0.3)), float(rng.uniform(0.75, 0.95))
    rise = np.array([0.0, 0.0, rng.uniform(0.25, 0.5)], np.float32)

    def inside(points: FloatArray) -> FloatArray:
        bottom = _ball(points, np.zeros(3, np.float32), 1.0)
        return np.minimum(
            np.minimum(bottom, level + 0.2 - points[:, 2]), -_ball(points, rise, hollow)
        ).astype(np.float32)

    return fill_solid(inside, size_mm=size_mm, rng=rng, mottling=0.3, elements=(9, 16))
