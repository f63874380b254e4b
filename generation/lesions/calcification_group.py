"""Calcifications: single particles in one 3D arrangement, projected per view.

Shapes: `calcification_shapes`, `particles` and `vessel`. Places: `arrangement` and
`skin_surface`. Words, shares, counts and sizes: `calcification_words`. How they meet the detector:
`particle_layer`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from generation.lesions.calcification_words import (
    KIND,
    count_range,
    describe,
    draw_size,
    draw_words,
    find_contradiction,
)
from generation.lesions.effects import Effect, Scene, by_view
from generation.lesions.finding import Finding, Region, Words
from generation.lesions.matter.arrangement import (
    Layout,
    draw_layout,
    find_room,
    settle_places,
    spread_out,
)
from generation.lesions.matter.particle_layer import CLOSING_MM, Group, project_group
from generation.lesions.matter.particles import (
    PARTICLE_FORMS,
    Particle,
    draw_aligned_turn,
    draw_particle,
)
from generation.lesions.matter.projection import Projection
from generation.lesions.matter.skin_surface import lay_on_skin
from generation.lesions.matter.surface import draw_rotation
from generation.lesions.matter.vessel import draw_vessel
from generation.likelihood import assess, estimate_malignancy, is_typically_benign
from generation.physics.layers import Layer
from generation.spec import LesionSpec
from generation.vocabulary import FINDING_KINDS

FloatArray = NDArray[np.float32]

ALONG = np.array([-1.0, 0.0, 0.0], np.float32)
DUCT_SPREAD = 0.12
# Wider distributions are outlined as one area over wider gaps.
CLOSING_BY_DISTRIBUTION = {"regional": 6.0, "segmental": 5.0, "linear": 4.0, "diffuse": 22.0}
SINGLE_SHARE = 0.6
# Room that a hazy flake claims, as a share of its size: their rims run together.
HAZE_ROOM = 0.3


def draw_group(
    rng: np.random.Generator,
    lesion: LesionSpec,
    projections: Mapping[str, Projection],
    scenes: Mapping[str, Scene] | None = None,
) -> Group:
    """Draw `lesion.count` particles, the two outermost exactly `lesion.size_mm` apart.

    Places in which particles would overlap in a view are avoided as long as there is room. The
    scenes say where the breast ends: diffuse ones keep inside it, those of the skin lie on it (to
    within 2 % of the size). Without scenes both lie in a ball.
    """
    morphology = lesion.descriptors["morphology"]
    layout_rng, shapes = rng.spawn(2)
    axes = _draw_axes(layout_rng, lesion)
    count = lesion.count or 1
    if morphology == "vascular":
        plaques, places, body, middles = draw_vessel(
            shapes, size_mm=lesion.size_mm, count=count, axes=axes
        )
        return Group(plaques, places, body, middles)
    largest = max(0.15, SINGLE_SHARE * lesion.size_mm)
    up = _settling_up(projections)
    particles = [
        draw_particle(stream, morphology, largest_mm=largest, axis=ALONG, up=up)
        for stream in shapes.spawn(count)
    ]
    # Two at random mark the ends; then the largest first, while there is room.
    shuffled = [int(index) for index in layout_rng.permutation(count)]
    order = shuffled[:2] + sorted(shuffled[2:], key=lambda index: -particles[index].size_mm)
    particles = [particles[index] for index in order]
    layout = _lay_out(layout_rng, lesion, axes, scenes)
    room = HAZE_ROOM if morphology == "amorphous" else 0.5
    reaches = [room * particle.size_mm for particle in particles]
    places = settle_places(layout_rng, layout, reaches, projections)
    if PARTICLE_FORMS[morphology].spread is not None:
        along = axes[0] if lesion.descriptors["distribution"] == "linear" else None
        particles = [
            _turn_to_duct(particle, place, lesion, along)
            for particle, place in zip(particles, places, strict=True)
        ]
    return Group(particles, places)


def _draw_axes(rng: np.random.Generator, lesion: LesionSpec) -> FloatArray:
    """(3, 3) axes of the group as rows, the first along the duct, to the nipple."""
    if lesion.descriptors["distribution"] in ("linear", "segmental"):
        return draw_aligned_turn(rng, _to_nipple(np.zeros(3, np.float32), lesion), DUCT_SPREAD)
    turned = draw_rotation(rng, tilt_deg=40.0)
    return np.asarray(turned * np.array([[-1.0], [1.0], [-1.0]]), np.float32)


def _to_nipple(place_mm: FloatArray, lesion: LesionSpec) -> FloatArray:
    """(3,) unit vector from a place of the group to the nipple."""
    way = -(np.asarray(lesion.position_mm) + place_mm)
    return np.asarray(way / max(float(np.linalg.norm(way)), 1e-6), np.float32)


def _settling_up(projections: Mapping[str, Projection]) -> FloatArray:
    """(3,) unit vector in which sediment is level: between straight up and the oblique's own up.

    The oblique then shows the level from the side, as a true lateral would, and the CC from above.
    """
    ups = [np.array([0.0, 0.0, 2.0])] + [
        -view.down.astype(float) for view in projections.values() if abs(view.down[2]) > 1e-6
    ]
    middle = np.sum(ups, axis=0)
    return np.asarray(middle / np.linalg.norm(middle), np.float32)


def _lay_out(
    rng: np.random.Generator,
    lesion: LesionSpec,
    axes: FloatArray,
    scenes: Mapping[str, Scene] | None,
) -> Layout:
    if scenes and lesion.descriptors["morphology"] == "skin":
        return lay_on_skin(rng, lesion, scenes)
    distribution = lesion.descriptors["distribution"]
    if scenes and distribution == "diffuse":
        return spread_out(rng, lesion, find_room(lesion, scenes))
    return draw_layout(rng, distribution, size_mm=lesion.size_mm, axes=axes)


def _turn_to_duct(
    particle: Particle, place: FloatArray, lesion: LesionSpec, along: FloatArray | None
) -> Particle:
    """Turn a form that was drawn along `ALONG` into the duct at its place."""
    target = along if along is not None else _to_nipple(place, lesion)
    return replace(particle, elements_mm=particle.elements_mm @ _rotate(ALONG, target).T)


def _rotate(start: FloatArray, end: FloatArray) -> FloatArray:
    """(3, 3) matrix that turns one unit vector into another the short way."""
    cosine = float(start @ end)
    if cosine < -0.9999:
        return np.diag([-1.0, -1.0, 1.0]).astype(np.float32)
    x, y, z = np.cross(start, end)
    skew = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.asarray(np.eye(3) + skew + skew @ skew / (1 + cosine), np.float32)


def draw_layers(
    lesion: LesionSpec,
    *,
    projections: Mapping[str, Projection],
    rng: np.random.Generator,
    scenes: Mapping[str, Scene] | None = None,
    pixel_mm: float = 0.1,
) -> dict[str, Layer]:
    """Layers of one group by view: one arrangement, projected once per view.

    The arrangement heeds all the projections given: particles overlap in none of them.
    """
    group = draw_group(rng, lesion, projections, scenes)
    closing = CLOSING_BY_DISTRIBUTION.get(lesion.descriptors["distribution"], CLOSING_MM)
    return {
        view: project_group(
            group, projection, contrast=lesion.contrast, pixel_mm=pixel_mm, closing_mm=closing
        )
        for view, projection in projections.items()
    }


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    projections = {view: scene.projection for view, scene in scenes.items()}
    return by_view(draw_layers(lesion, projections=projections, rng=rng, scenes=scenes))


def choose_region(words: Words) -> Region:
    """Skin ones are carried to the skin, diffuse ones fill the breast wherever their place is."""
    if words.get("morphology") == "skin":
        return "skin"
    return "breast" if words.get("distribution") == "diffuse" else "gland"


FINDING = Finding(
    key=KIND,
    label="Calcifications",
    group="calcification",
    reads_as=KIND,
    descriptors=FINDING_KINDS[KIND].descriptors,
    size_mm=(3.0, 160.0),
    size_means="distance of the two outermost particles; no more than the breast holds",
    region="gland",
    region_by_words=choose_region,
    render=render,
    teach=lambda lesion: describe(lesion.descriptors, lesion.count or 0, lesion.size_mm),
    draw_words=draw_words,
    draw_size=draw_size,
    count=count_range,
    malignancy=lambda words: estimate_malignancy(KIND, words),
    assess=lambda words: assess(KIND, words),
    suspicious=lambda words: not is_typically_benign(KIND, words),
    contradiction=find_contradiction,
)
