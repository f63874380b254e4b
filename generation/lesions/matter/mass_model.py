"""A mass in 3D: body, edge, spiculations, capsule, and the tissue that hides it.

Shape is the form of a Gaussian random sphere (de Sisternes 2015), drawn out into corners where it
is irregular. Margin is what happens at its edge: sharp, scalloped, fading and ragged, lost in
tissue on one side, or grown into spiculations. Density is the mix of fat and gland inside, uneven
as tissue is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from generation.lesions.matter.body import (
    Body,
    Matter,
    fill_unevenly,
    half_size,
    make_layer,
    outline,
    project_body,
    smoothstep,
)
from generation.lesions.matter.grain import Grain, draw_grain
from generation.lesions.matter.projection import Projection
from generation.lesions.matter.shell import Shell, draw_shell, project_shell
from generation.lesions.matter.spicules import Segments, grow_spicules, project_spicules
from generation.lesions.matter.surface import Surface, draw_rotation, draw_surface
from generation.physics.attenuation import MASS_GLANDULARITY
from generation.physics.blur import blur_and_sample
from generation.physics.layers import Layer
from generation.spec import LesionSpec

FloatArray = NDArray[np.float32]


@dataclass(frozen=True)
class Edge:
    """Width of the zone in which a body thins out, and how far it wanders, as shares of radius."""

    share: float
    roughness: float


EDGES: dict[str, Edge] = {
    "circumscribed": Edge(0.03, 0.0),
    "obscured": Edge(0.05, 0.03),
    "microlobulated": Edge(0.06, 0.02),
    "indistinct": Edge(0.60, 0.22),
    "spiculated": Edge(0.35, 0.13),
}
# An irregular body is rough whatever its margin.
IRREGULAR_ROUGHNESS = 0.07
# Variation inside, rms relative to the mean; by eye beside real masses.
UNEVENNESS = 0.22
# What hides an obscured edge: tissue of this thickness and mix beside the mass.
VEIL_SHARE = 0.55
VEIL_GLANDULARITY = 0.8
# Strands are fibrous tissue, as ligament ((.876 - .513) / (.767 - .513) at 20 keV); those of a
# faint mass are fainter.
STRAND_GLANDULARITY = 1.43
STRAND_OVER_BODY = 1.3
CAPSULE_MM = 0.35
# A strand is at most so thick, as a share of the mass's radius.
STRAND_SHARE_OF_RADIUS = 0.7
# Spiculations of a mass above this size are coarse enough for the image's own grid.
FINE_UP_TO_MM = 16.0


@dataclass(frozen=True)
class Mass:
    """A mass in 3D, ready to be projected in any direction.

    `veil` is tissue that lies over one side of it at `veil_at_mm` from its centre; it is no part
    of the mass that a reader sees.
    """

    body: Body
    glandularity: float
    spicules: Segments | None = None
    capsule: Shell | None = None
    veil: Body | None = None
    veil_at_mm: FloatArray | None = None


def draw_mass(rng: np.random.Generator, lesion: LesionSpec) -> Mass:
    """Draw the body (and what surrounds it) of one mass; the same for every view."""
    margin, density = lesion.descriptors["margin"], lesion.descriptors["density"]
    shape, size = lesion.descriptors["shape"], lesion.size_mm
    streams = rng.spawn(6)
    surface = draw_surface(
        streams[0], shape=shape, lobulated=margin == "microlobulated", size_mm=size
    )
    edge = EDGES[margin]
    rough = edge.roughness + (IRREGULAR_ROUGHNESS if shape == "irregular" else 0.0)
    body = Body(
        surface=surface,
        matter=_draw_matter(streams[2], density, surface, size),
        edge_share=edge.share,
        roughness=rough,
        grain=draw_grain(streams[4], period_mm=1.6 * size) if rough else None,
    )
    mass = Mass(body, MASS_GLANDULARITY[density])
    if margin == "spiculated":
        spicules = grow_spicules(streams[1], surface.without_corners(), alpha_mm=size / 2)
        mass = replace(mass, spicules=spicules)
    if margin == "obscured":
        mass = _obscure(streams[3], mass, size)
    if density == "fat_containing":
        mass = replace(mass, capsule=draw_shell(streams[5], surface, wall_mm=CAPSULE_MM))
    return mass


def _draw_matter(
    rng: np.random.Generator, density: str, surface: Surface, size_mm: float
) -> Matter:
    grain = draw_grain(rng, period_mm=1.5 * size_mm, exponent=2.6)
    if density != "fat_containing":
        nominal = MASS_GLANDULARITY[density]
        return fill_unevenly(nominal, grain, share=UNEVENNESS, inside=surface)
    # A lipoma is fat throughout; a hamartoma holds lumps of gland.
    return _mix_lumps(grain, float(rng.choice([0.0, 0.55])))


def _mix_lumps(grain: Grain, share: float) -> Matter:
    return lambda points, relative: np.asarray(
        share * smoothstep(grain.at(points) * 1.5 + 0.4), np.float32
    )


def _obscure(rng: np.random.Generator, mass: Mass, size_mm: float) -> Mass:
    """Lose the edge on one side, under uneven tissue that runs on beyond it."""
    # Mostly across the beam of both views, so that both show the lost side.
    axis = draw_rotation(rng, tilt_deg=60.0)[0] * rng.choice([-1, 1])
    surface = draw_surface(rng, shape="irregular", lobulated=False, size_mm=1.25 * size_mm)
    veil = Body(
        surface=surface,
        matter=fill_unevenly(
            VEIL_GLANDULARITY, draw_grain(rng, period_mm=2 * size_mm), share=0.5, inside=surface
        ),
        edge_share=1.2,
        roughness=0.3,
        grain=draw_grain(rng, period_mm=1.8 * size_mm),
    )
    body = replace(mass.body, lost_axis=np.asarray(axis, np.float32))
    return replace(
        mass, body=body, veil=veil, veil_at_mm=np.asarray(axis * 0.55 * size_mm, np.float32)
    )


def project_mass(mass: Mass, projection: Projection, *, contrast: float, pixel_mm: float) -> Layer:
    """One view of a mass as a layer; see `Layer`."""
    half = half_size(_reach_mm(mass), pixel_mm)
    path, gland = project_body(mass.body, projection, half_px=half, pixel_mm=pixel_mm)
    path = blur_and_sample(path, pixel_mm=pixel_mm, factor=1)
    gland = blur_and_sample(gland, pixel_mm=pixel_mm, factor=1)
    mask = outline(path)
    if mass.veil is not None and mass.veil_at_mm is not None:
        over, over_gland = _project_veil(mass.veil, mass.veil_at_mm, projection, half, pixel_mm)
        path, gland = path + over, gland + over_gland
    if mass.capsule is not None:
        wall = project_shell(mass.capsule, projection, half_px=half, pixel_mm=pixel_mm)
        gland = gland + wall
    if mass.spicules is not None:
        strands = _project_strands(mass, mass.spicules, projection, half, pixel_mm)
        path, gland = path + strands, gland + _strand_glandularity(mass) * strands
    return make_layer(path, gland, mask=mask, contrast=contrast, pixel_mm=pixel_mm)


def _reach_mm(mass: Mass) -> float:
    reach = mass.body.reach_mm
    if mass.spicules is not None:
        reach = max(reach, float(np.linalg.norm(mass.spicules.end, axis=1).max()))
    if mass.veil is not None and mass.veil_at_mm is not None:
        reach = max(reach, mass.veil.reach_mm + float(np.linalg.norm(mass.veil_at_mm)))
    return reach


def _project_veil(
    veil: Body, at_mm: FloatArray, projection: Projection, half: int, pixel_mm: float
) -> tuple[FloatArray, FloatArray]:
    """Blurred (path, glandularity-weighted path) in cm of the tissue over a mass."""
    right, down = (round(float(v) / pixel_mm) for v in projection.to_image_mm(at_mm[None])[0])
    paths = project_body(veil, projection, half_px=half, pixel_mm=pixel_mm)
    moved = (np.roll(path, (down, right), axis=(0, 1)) for path in paths)
    path, gland = (blur_and_sample(one, pixel_mm=pixel_mm, factor=1) for one in moved)
    return VEIL_SHARE * path, VEIL_SHARE * gland


def _strand_glandularity(mass: Mass) -> float:
    return min(STRAND_OVER_BODY * mass.glandularity, STRAND_GLANDULARITY)


def _project_strands(
    mass: Mass, spicules: Segments, projection: Projection, half: int, pixel_mm: float
) -> FloatArray:
    """(h, w) blurred path in cm of the spiculations."""
    factor = 3 if 2 * mass.body.surface.largest_mm < FINE_UP_TO_MM else 1
    fine = project_spicules(
        spicules,
        mass.body.surface.without_corners(),
        projection,
        half_px=half * factor + factor // 2,
        pixel_mm=pixel_mm / factor,
    )
    # Filaments of a strand share its room: its path ends at its own thickness.
    thickest = STRAND_SHARE_OF_RADIUS * mass.body.surface.largest_mm
    solid = np.asarray(thickest * (1 - np.exp(-fine / thickest)), np.float32)
    return blur_and_sample(solid, pixel_mm=pixel_mm, factor=factor) / np.float32(10.0)
