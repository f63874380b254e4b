"""Spiculations: branching segments grown in 3D from the surface of a mass.

Numbers and rules of de Sisternes 2015 as in the published VICTRE model: how many segments start,
their radius and length relative to the mass's radius, the decay of both from one segment to the
next, the chance to go on in one piece, and the two ways of forking otherwise. Ours: how calibre
changes with the size of the mass, and where segments start. The published model starts them in
equal neighbourhoods all over the surface, which reads as a brush; here half of them make a few
strands of unequal strength that taper to a tip, out of the body's corners first, as a reader
knows them, and the rest make the fuzz between.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.lesions.matter.projection import Projection, deposit
from generation.lesions.matter.surface import Surface

FloatArray = NDArray[np.float32]

SEGMENTS = (1358.0, 365.0)
RADIUS = (0.024, 0.0053)
RADIUS_DECAY = (0.89, 0.31)
LENGTH = (0.173, 0.018)
LENGTH_DECAY = (0.91, 0.30)
GO_ON = (0.717, 0.057)
TURN_DEG = 6.55
ASIDE_DEG = 36.0
FLOW = 1 / 2.6
THINNEST_MM = 0.025
MAX_CHAIN = 16

STRANDS = (13, 24)
# How far strands reach beyond the surface, in radii: log-normal median and deviation, and limits.
REACH = (1.15, 0.5)
REACH_LIMITS = (0.4, 2.4)
STRAND_SHARE = 0.5
# Below this radius of the mass calibre falls with the root of it only: the strands of a small
# cancer are hardly thinner than those of a larger one. Assumed.
CALIBRE_ALPHA_MM = 6.0
# Length of those between the strands relative to the published one.
BETWEEN = 0.5
# Filaments of a strand head for a point so much farther than it reaches: it tapers and ends
# before they meet.
AIM = 1.6
STEP_MM = 0.04


@dataclass(frozen=True)
class Segments:
    """start and end (N, 3) mm, radius (N,) mm."""

    start: FloatArray
    end: FloatArray
    radius_mm: FloatArray


@dataclass(frozen=True)
class _Tips:
    """Growing ends: position and direction (N, 3), radius, length and chance to go on (N,)."""

    position: FloatArray
    direction: FloatArray
    radius: FloatArray
    length: FloatArray
    go_on: FloatArray

    def take(self, keep: NDArray[np.bool_]) -> _Tips:
        return _Tips(
            self.position[keep],
            self.direction[keep],
            self.radius[keep],
            self.length[keep],
            self.go_on[keep],
        )

    def join(self, other: _Tips) -> _Tips:
        return _Tips(
            np.concatenate([self.position, other.position]),
            np.concatenate([self.direction, other.direction]),
            np.concatenate([self.radius, other.radius]),
            np.concatenate([self.length, other.length]),
            np.concatenate([self.go_on, other.go_on]),
        )


def _unit(vectors: NDArray[np.floating[Any]]) -> FloatArray:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), np.float32)


def _normal(rng: np.random.Generator, values: tuple[float, float], count: int) -> FloatArray:
    mean, deviation = values
    drawn = rng.normal(mean, deviation, count)
    return np.clip(drawn, mean - 2 * deviation, mean + 2 * deviation).astype(np.float32)


def _start_tips(rng: np.random.Generator, surface: Surface, alpha_mm: float) -> _Tips:
    """Tips on the surface: strands that converge on a tip of their own, and single ones between."""
    count = max(400, int(rng.normal(*SEGMENTS)))
    strands = max(int(rng.integers(*STRANDS)), len(surface.corners))
    axis = _unit(rng.normal(size=(strands, 3)))
    vigour = np.exp(rng.normal(0.0, 0.65, strands))
    axis[: len(surface.corners)] = surface.corners
    owner = rng.choice(strands, size=count, p=vigour / vigour.sum())
    bound = rng.random(count) < STRAND_SHARE
    base = rng.normal(0.0, 0.10, (count, 3)) * np.clip(np.sqrt(vigour[owner]), 0.6, 1.6)[:, None]
    outward = _unit(np.where(bound[:, None], axis[owner] + base, rng.normal(size=(count, 3))))
    position = outward * (surface.radius_along(outward) * 0.85)[:, None]
    lean = _unit(axis + rng.normal(0.0, 0.22, (strands, 3)))
    reach = np.clip(REACH[0] * np.exp(rng.normal(0.0, REACH[1], strands)), *REACH_LIMITS)
    tip = lean * (surface.radius_along(axis) + AIM * alpha_mm * reach)[:, None]
    direction = np.where(bound[:, None], _unit(tip[owner] - position), outward)
    # The published decay leaves about one radius of length: strands reach as far as they are drawn.
    stretch = np.where(bound, np.clip(reach[owner], 0.6, 2.2), BETWEEN)
    return _Tips(
        position=position.astype(np.float32),
        direction=direction.astype(np.float32),
        radius=max(alpha_mm, float(np.sqrt(alpha_mm * CALIBRE_ALPHA_MM)))
        * _normal(rng, RADIUS, count),
        length=(alpha_mm * _normal(rng, LENGTH, count) * stretch).astype(np.float32),
        go_on=_normal(rng, GO_ON, count),
    )


def _turn(rng: np.random.Generator, direction: FloatArray, degrees: float) -> FloatArray:
    """Directions bent sideways by a normal angle of this deviation."""
    aside = rng.normal(size=direction.shape).astype(np.float32)
    aside -= direction * np.sum(aside * direction, axis=1, keepdims=True)
    angle = np.clip(np.radians(degrees) * rng.normal(size=len(direction)), -1.2, 1.2)
    return _unit(direction + np.tan(angle)[:, None] * _unit(aside))


def _branch(rng: np.random.Generator, tips: _Tips) -> _Tips:
    """Children of tips: one each, or two where the tip forks (even, or one thin branch aside)."""
    count = len(tips.radius)
    forks = rng.random(count) >= tips.go_on
    even = rng.random(count) < 0.5
    share = np.where(even, rng.uniform(0.5, 0.8, count), rng.uniform(0.8, 1.0, count))
    kept = np.where(forks, share**FLOW, 1.0).astype(np.float32)
    main = _Tips(
        tips.position,
        _turn(rng, tips.direction, TURN_DEG),
        tips.radius * kept,
        tips.length * kept,
        tips.go_on,
    )
    rest = ((1 - share) ** FLOW).astype(np.float32)
    bent = np.where(
        even[:, None],
        _turn(rng, tips.direction, 2 * TURN_DEG),
        _turn(rng, tips.direction, ASIDE_DEG),
    ).astype(np.float32)
    side = _Tips(tips.position, bent, tips.radius * rest, tips.length * rest, tips.go_on)
    return main.join(side.take(forks))


def grow_spicules(rng: np.random.Generator, surface: Surface, *, alpha_mm: float) -> Segments:
    """Grow all segments around a body of radius `alpha_mm`; see the module's source."""
    tips = _start_tips(rng, surface, alpha_mm)
    starts, ends, radii = [], [], []
    for _ in range(MAX_CHAIN):
        end = tips.position + tips.direction * tips.length[:, None]
        starts.append(tips.position)
        ends.append(end)
        radii.append(tips.radius)
        count = len(tips.radius)
        grown = _Tips(
            end,
            tips.direction,
            tips.radius * np.clip(rng.normal(*RADIUS_DECAY, count), 0.0, 1.0).astype(np.float32),
            tips.length * np.clip(rng.normal(*LENGTH_DECAY, count), 0.0, 1.0).astype(np.float32),
            tips.go_on,
        )
        tips = _branch(rng, grown.take(grown.radius > THINNEST_MM))
        if not len(tips.radius):
            break
    return Segments(np.concatenate(starts), np.concatenate(ends), np.concatenate(radii))


def project_spicules(
    segments: Segments,
    surface: Surface,
    projection: Projection,
    *,
    half_px: int,
    pixel_mm: float,
) -> FloatArray:
    """(2 * half_px + 1) square path length in mm of the segments' part outside the body.

    Volume is deposited along each axis and spread by half the radius, the deviation of a
    cylinder's chord profile, so that totals are exact.
    """
    vector = segments.end - segments.start
    length = np.linalg.norm(vector, axis=1)
    steps = np.maximum(1, np.ceil(length / STEP_MM)).astype(np.int64)
    owner = np.repeat(np.arange(len(steps)), steps)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(steps) - steps, steps)
    along = (within + 0.5) / steps[owner]
    points = segments.start[owner] + vector[owner] * along[:, None].astype(np.float32)
    # Matter inside the body counts once, as the body's.
    depth = np.linalg.norm(points, axis=1) / surface.radius_along(points)
    outside = np.clip((depth - 0.92) / 0.16, 0.0, 1.0)
    volume = (np.pi * segments.radius_mm**2 * length / steps)[owner] * outside
    image = projection.to_image_mm(points)
    edges = np.quantile(segments.radius_mm, [0.0, 0.25, 0.5, 0.75, 1.0])
    total = np.zeros((2 * half_px + 1, 2 * half_px + 1), np.float32)
    for low, high in pairwise(edges):
        radius = segments.radius_mm[owner]
        chosen = (radius >= low) & ((radius < high) | (high == edges[-1]))
        if not chosen.any():
            continue
        part = deposit(image[chosen], volume[chosen], half_px=half_px, pixel_mm=pixel_mm)
        sigma = max(float(radius[chosen].mean()) / 2 / pixel_mm, 0.7)
        total += ndimage.gaussian_filter(part, sigma)
    return total
