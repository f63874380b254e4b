"""The body of a mass: a Gaussian random sphere, described by its radius in every direction."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, special

FloatArray = NDArray[np.float32]

L_MAX = 4
# Power law of the coefficients' variance over the degree (published VICTRE configuration).
COVARIANCE_POWER = 4.0
POLAR, AZIMUTH = 91, 180
DEEPEST_CLEFT = 0.45


@dataclass(frozen=True)
class ShapeForm:
    """Semi-axes relative to the longest, and the log-radius deviation of the random sphere."""

    axes: tuple[float, float, float]
    sigma: float


SHAPE_FORMS: dict[str, ShapeForm] = {
    "round": ShapeForm((1.0, 0.98, 0.96), 0.025),
    "oval": ShapeForm((1.0, 0.70, 0.66), 0.05),
    "irregular": ShapeForm((1.0, 0.90, 0.86), 0.20),
}


@dataclass(frozen=True)
class Surface:
    """Radius in mm on a (POLAR, AZIMUTH) grid; the pole is the +depth axis.

    `corners`: (N, 3) unit vectors to where it is drawn out to a point.
    """

    radius_mm: FloatArray
    corners: FloatArray = field(default_factory=lambda: np.zeros((0, 3), np.float32))

    def radius_along(self, directions: FloatArray) -> FloatArray:
        """(N,) radius in mm along (N, 3) vectors of any length, bilinear on the grid."""
        norm = np.linalg.norm(directions, axis=1)
        cosine = np.divide(directions[:, 0], norm, out=np.ones_like(norm), where=norm > 0)
        polar = np.arccos(np.clip(cosine, -1, 1)) * ((POLAR - 1) / np.pi)
        azimuth = np.arctan2(directions[:, 2], directions[:, 1]) * (AZIMUTH / (2 * np.pi))
        wrapped = np.concatenate([self.radius_mm, self.radius_mm[:, :1]], axis=1)
        place = np.stack([polar, azimuth % AZIMUTH])
        found = ndimage.map_coordinates(wrapped, place, order=1, mode="nearest")
        return np.asarray(found, np.float32)

    @property
    def largest_mm(self) -> float:
        return float(self.radius_mm.max())

    def without_corners(self) -> Surface:
        """The same with its corners cut: what strands that come out of them start from."""
        return replace(self, radius_mm=np.minimum(self.radius_mm, np.median(self.radius_mm)))


def grid_directions() -> FloatArray:
    """(POLAR, AZIMUTH, 3) unit vectors of the grid."""
    polar = np.linspace(0.0, np.pi, POLAR)[:, None]
    azimuth = np.arange(AZIMUTH)[None, :] * (2 * np.pi / AZIMUTH)
    parts = (
        np.cos(polar) + 0 * azimuth,
        np.sin(polar) * np.cos(azimuth),
        np.sin(polar) * np.sin(azimuth),
    )
    return np.stack(parts, axis=-1).astype(np.float32)


def draw_log_radius(rng: np.random.Generator, *, sigma: float, first: int = 2) -> FloatArray:
    """(POLAR, AZIMUTH) Gaussian field on the sphere, degrees `first`..L_MAX, rms about sigma.

    Source: Muinonen's Gaussian random sphere, as in de Sisternes 2015 (lMax 4).
    """
    polar = np.linspace(0.0, np.pi, POLAR)[:, None]
    azimuth = np.arange(AZIMUTH)[None, :] * (2 * np.pi / AZIMUTH)
    field = np.zeros((POLAR, AZIMUTH))
    degrees = np.arange(first, L_MAX + 1)
    variance = degrees**-COVARIANCE_POWER
    variance = variance / variance.sum()
    for degree, share in zip(degrees, variance, strict=True):
        for order in range(-degree, degree + 1):
            harmonic = special.sph_harm_y(degree, abs(order), polar, azimuth)
            part = harmonic.imag if order < 0 else harmonic.real
            scale = np.sqrt(4 * np.pi * share / (2 * degree + 1) * (1 if order == 0 else 2))
            field += rng.normal() * scale * part
    return (sigma * field).astype(np.float32)


def draw_rotation(rng: np.random.Generator, *, tilt_deg: float) -> FloatArray:
    """(3, 3) rotation: the first axis within about `tilt_deg` of depth, then a free turn.

    Depth is seen in full by both views, so that the long axis of a finding is too.
    """
    tilt = np.radians(rng.uniform(0.0, tilt_deg))
    around, turn = rng.uniform(0.0, 2 * np.pi, 2)
    first = np.array([np.cos(tilt), np.sin(tilt) * np.cos(around), np.sin(tilt) * np.sin(around)])
    helper = np.array([0.0, np.cos(turn), np.sin(turn)])
    second = helper - first * (helper @ first)
    second /= np.linalg.norm(second)
    return np.stack([first, second, np.cross(first, second)]).astype(np.float32)


def lobulate(
    rng: np.random.Generator, directions: FloatArray, *, count: int, depth: float
) -> FloatArray:
    """(POLAR, AZIMUTH) factor that scallops a surface into `count` lobules with clefts between.

    `depth` is the cleft's share of the radius.
    """
    index = np.arange(count) + 0.5
    height = 1 - 2 * index / count
    turn = np.pi * (1 + 5**0.5) * index
    ring = np.sqrt(1 - height**2)
    centres = np.stack([height, ring * np.cos(turn), ring * np.sin(turn)], axis=1)
    centres += rng.normal(0.0, 0.12, centres.shape)
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    angle = np.arccos(np.clip(directions @ centres.T.astype(np.float32), -1, 1))
    width = 2.6 / np.sqrt(count) * rng.uniform(0.7, 1.25, count)
    crest = 1 + 0.5 * depth * rng.uniform(-1, 1, count)
    bump = crest * np.sqrt(np.clip(1 - (angle / width) ** 2, 0, 1))
    return np.asarray(1 - depth + depth * bump.max(axis=-1), np.float32)


def pull_corners(rng: np.random.Generator, directions: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Draw a surface out into a few unequal corners, like tents.

    Returns:
        (POLAR, AZIMUTH) factor and the (N, 3) unit vectors of the corners.
    """
    count = int(rng.integers(7, 13))
    corners = rng.normal(size=(count, 3)).astype(np.float32)
    corners /= np.linalg.norm(corners, axis=1, keepdims=True)
    angle = np.arccos(np.clip(directions @ corners.T, -1, 1))
    width = np.radians(rng.uniform(8.0, 20.0, count))
    height = rng.uniform(0.12, 0.50, count)
    factor = 1 + (height * np.exp(-angle / width)).max(axis=-1)
    return np.asarray(factor, np.float32), corners


def draw_surface(
    rng: np.random.Generator, *, shape: str, lobulated: bool, size_mm: float
) -> Surface:
    """Body of a mass whose largest diameter in 3D is `size_mm`; KeyError for an unknown shape.

    `lobulated` scallops it: lobules of some 2 mm, so that a larger mass has more of them.
    """
    directions = grid_directions()
    radius = draw_form(rng, directions, shape=shape)
    corners = np.zeros((0, 3), np.float32)
    if shape == "irregular":
        factor, corners = pull_corners(rng, directions)
        radius = radius * factor
    if lobulated:
        count = int(np.clip(20 * (size_mm / 10) ** 2, 18, 60) * rng.uniform(0.85, 1.15))
        depth = min(float(rng.uniform(2.0, 2.8)) / np.sqrt(count), DEEPEST_CLEFT)
        radius = radius * lobulate(rng, directions, count=count, depth=depth)
    return replace(scale_surface(radius, size_mm=size_mm), corners=corners)


def draw_form(rng: np.random.Generator, directions: FloatArray, *, shape: str) -> FloatArray:
    """(POLAR, AZIMUTH) relative radius of a shape's random sphere, turned at random."""
    form = SHAPE_FORMS[shape]
    local = directions @ draw_rotation(rng, tilt_deg=45.0).T
    radius = 1.0 / np.linalg.norm(local / np.array(form.axes, np.float32), axis=-1)
    return np.asarray(radius * np.exp(draw_log_radius(rng, sigma=form.sigma)), np.float32)


def scale_surface(radius: FloatArray, *, size_mm: float) -> Surface:
    """The surface of this relative (POLAR, AZIMUTH) radius with a largest diameter of `size_mm`."""
    directions = grid_directions()
    points = (directions * radius[..., None]).reshape(-1, 3)
    # The diameter is the largest width over all directions; every third loses under 0.3 %.
    along = points @ directions[: POLAR // 2 + 1 : 3, ::3].reshape(-1, 3).T
    diameter = float((along.max(axis=0) - along.min(axis=0)).max())
    return Surface((radius * (size_mm / diameter)).astype(np.float32))
