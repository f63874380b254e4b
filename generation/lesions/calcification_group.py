"""Calcifications: single particles in one 3D arrangement, projected per view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.lesions.particles import Particle, draw_particle
from generation.lesions.projection import Projection, deposit, measure_long_axis
from generation.lesions.surface import draw_rotation
from generation.physics.attenuation import attenuation_per_cm
from generation.physics.blur import blur_and_sample
from generation.physics.layers import Layer
from generation.spec import LesionSpec

FloatArray = NDArray[np.float32]

SUPERSAMPLING = 5
MARGIN_MM = 1.6
SUPPORT_FLOOR = 1.5e-4
# A reader sees the group, not the grains: what lies within these distances belongs to it.
HALO_MM = 0.6
CLOSING_MM = 2.5
CLEARANCE_MM = 0.12
TRIES = 60

# Semi-axes of the volume that holds the group, relative to its long one.
ENVELOPES: dict[str, tuple[float, float, float]] = {
    "grouped": (1.0, 0.75, 0.75),
    "linear": (1.0, 0.09, 0.09),
    "segmental": (1.0, 0.45, 0.45),
    "regional": (1.0, 0.8, 0.8),
    "diffuse": (1.0, 0.9, 0.9),
}


@dataclass(frozen=True)
class Group:
    """Particles and the (N, 3) positions of their centres, mm from the group's centre."""

    particles: tuple[Particle, ...]
    positions_mm: FloatArray


def draw_offset(rng: np.random.Generator, distribution: str, axes: FloatArray) -> FloatArray:
    """(3,) one place in a group of unit semi-axis, in its own frame turned by `axes`."""
    envelope = ENVELOPES[distribution]
    while True:
        point = rng.uniform(-1.0, 1.0, 3)
        if distribution == "grouped":
            point = np.clip(rng.normal(0.0, 0.5, 3), -1, 1)
        if np.linalg.norm(point) >= 0.97:
            continue
        if distribution == "segmental":
            # A wedge with its tip towards the nipple, where the first axis points.
            point[1:] *= np.clip((1.0 - point[0]) / 1.4, 0.1, 1.0)
        return np.asarray((point * envelope) @ axes, np.float32)


def _free(
    place: FloatArray,
    reach: float,
    seen: list[FloatArray],
    reaches: list[float],
    basis: tuple[Projection, ...],
) -> bool:
    """True when a particle there touches no other one in any view, so that each can be counted."""
    if not seen:
        return True
    gap = np.stack(seen) - place
    need = np.array(reaches) + reach + CLEARANCE_MM
    return all(bool(np.all(np.linalg.norm(view.to_image_mm(gap), axis=1) > need)) for view in basis)


def draw_group(
    rng: np.random.Generator, lesion: LesionSpec, projections: Mapping[str, Projection]
) -> Group:
    """Draw `lesion.count` particles, the two outermost exactly `lesion.size_mm` apart.

    Places in which particles would overlap in a view are avoided as long as there is room.
    """
    morphology = lesion.descriptors["morphology"]
    distribution = lesion.descriptors["distribution"]
    count = lesion.count or 1
    layout, shapes = rng.spawn(2)
    # Ducts run towards the nipple: -depth, which both views show in full.
    axes = draw_rotation(layout, tilt_deg=30.0) * np.array([[-1.0], [1.0], [-1.0]], np.float32)
    radius = lesion.size_mm / 2.0
    largest = max(0.15, 0.6 * lesion.size_mm)
    particles = [
        draw_particle(stream, morphology, largest_mm=largest, axis=axes[0])
        for stream in shapes.spawn(count)
    ]
    reaches = [particle.size_mm / 2.0 for particle in particles]
    # Two at random mark the ends; then the largest first, while there is room.
    shuffled = [int(index) for index in layout.permutation(count)]
    order = shuffled[:2] + sorted(shuffled[2:], key=lambda index: -reaches[index])
    basis = tuple(projections.values())
    places: list[FloatArray] = []
    for rank in range(count):
        if rank < 2 and count > 1:
            places.append(np.asarray(axes[0] * radius * (1 - 2 * rank), np.float32))
            continue
        if count == 1:
            places.append(np.zeros(3, np.float32))
            continue
        for _ in range(TRIES):
            place = draw_offset(layout, distribution, axes) * np.float32(radius)
            held = [reaches[order[index]] for index in range(len(places))]
            if _free(place, reaches[order[rank]], places, held, basis):
                break
        places.append(place)
    return Group(tuple(particles[index] for index in order), np.stack(places))


def project_group(
    group: Group, projection: Projection, *, contrast: float, pixel_mm: float
) -> Layer:
    """One view of a group as a layer; see `Layer`."""
    reach = max(
        float(np.linalg.norm(place)) + particle.size_mm
        for place, particle in zip(group.positions_mm, group.particles, strict=True)
    )
    half = int(np.ceil((reach + MARGIN_MM) / pixel_mm))
    fine_half = half * SUPERSAMPLING + SUPERSAMPLING // 2
    points = np.concatenate(
        [
            particle.elements_mm + place
            for particle, place in zip(group.particles, group.positions_mm, strict=True)
        ]
    )
    sizes = [len(particle.elements_mm) for particle in group.particles]
    volume = np.repeat([particle.element_mm3 for particle in group.particles], sizes)
    calcium = np.repeat([particle.calcium for particle in group.particles], sizes)
    image = projection.to_image_mm(points)
    step = pixel_mm / SUPERSAMPLING
    # The elements' own width, so that no grid shows in the larger particles.
    sigma = 0.5 * max(particle.element_mm3 for particle in group.particles) ** (1 / 3) / step
    paths = [
        blur_and_sample(
            ndimage.gaussian_filter(
                deposit(image, weight, half_px=fine_half, pixel_mm=step), sigma
            ),
            pixel_mm=pixel_mm,
            factor=SUPERSAMPLING,
        )
        / 10.0
        for weight in (volume, volume * calcium)
    ]
    oxalate = attenuation_per_cm("calcium_oxalate")
    added = np.clip(contrast * oxalate * paths[1], 0.0, None)
    centres = projection.to_image_mm(group.positions_mm) / pixel_mm
    mask = outline_group(paths[0], pixel_mm=pixel_mm)
    return Layer(
        added=added.astype(np.float32),
        displaced_cm=np.clip(contrast * paths[0], 0.0, None).astype(np.float32),
        mask=mask,
        support=added > SUPPORT_FLOOR,
        long_axis_mm=measure_long_axis(mask, pixel_mm),
        particles_px=centres.astype(np.float32),
    )


def outline_group(path_cm: FloatArray, *, pixel_mm: float) -> NDArray[np.bool_]:
    """(h, w) area of a group: its particles, what lies between them, and a narrow halo."""
    grains = path_cm > 0.05 * float(path_cm.max())
    away = ndimage.distance_transform_edt(~grains) * pixel_mm
    joined = away <= CLOSING_MM
    inner = ndimage.distance_transform_edt(joined) * pixel_mm
    closed = inner > CLOSING_MM - HALO_MM
    return np.asarray(ndimage.binary_fill_holes(closed | (away <= HALO_MM)), bool)


def render(
    lesion: LesionSpec,
    *,
    projections: Mapping[str, Projection],
    rng: np.random.Generator,
    pixel_mm: float = 0.1,
) -> dict[str, Layer]:
    """Layers of one group by view: one arrangement, projected once per view."""
    group = draw_group(rng, lesion, projections)
    return {
        view: project_group(group, projection, contrast=lesion.contrast, pixel_mm=pixel_mm)
        for view, projection in projections.items()
    }
