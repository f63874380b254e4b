"""Surgical clips: two to six closed titanium clips around the bed of a tumour that was taken out.

Each is a V of wire whose limbs nearly meet, 3 to 8 mm long, in any direction: seen from the side
as a V, from above as a line, from its end as a dot. Metal stops nearly all of the beam, so it is
white whatever lies before it. Number, length and shape: what is usual for marking a lumpectomy
bed for radiotherapy (4 to 6 clips of 3 to 8 mm); their exact proportions are assumed.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from generation.lesions.drawing import draw_log_normal
from generation.lesions.effects import Effect, Scene, by_view
from generation.lesions.finding import Finding
from generation.lesions.matter.arrangement import draw_layout, settle_places
from generation.lesions.matter.metal import bend_wire, make_of_titanium
from generation.lesions.matter.particle_layer import Group, project_group
from generation.lesions.matter.particles import Particle, draw_turn
from generation.lesions.matter.solids import fill_tube
from generation.spec import LesionSpec

KEY = "clips"
LENGTH_MM = (3.0, 8.0)
WIRE_MM = (0.14, 0.22)
COUNT = (2, 6)
CLOSING_MM = 6.0


def draw_clip(rng: np.random.Generator, *, length_mm: float, wire_mm: float) -> Particle:
    """One clip of a make: `wire_mm` is the wire's radius; how far it closed is its own."""
    length = length_mm
    opening = length * rng.uniform(0.05, 0.28)
    bow = opening * rng.uniform(0.1, 0.7)
    path = bend_wire(
        [
            (length, opening / 2),
            (0.45 * length, opening / 2 + bow / 2),
            (0.0, 0.0),
            (0.45 * length, -opening / 2 - bow / 2),
            (length * rng.uniform(0.9, 1.0), -opening / 2),
        ]
    )
    radii = np.full(len(path), wire_mm, np.float32)
    return make_of_titanium(fill_tube(path, radii, rng=rng), size_mm=length, rng=rng)


def draw_clips(rng: np.random.Generator, lesion: LesionSpec, scenes: Mapping[str, Scene]) -> Group:
    """`lesion.count` clips, the two outermost centres `lesion.size_mm` apart."""
    layout, shapes = rng.spawn(2)
    low, high = LENGTH_MM
    length, wire = shapes.uniform(low, min(high, 0.6 * lesion.size_mm)), shapes.uniform(*WIRE_MM)
    particles = [
        draw_clip(stream, length_mm=length, wire_mm=wire)
        for stream in shapes.spawn(lesion.count or 2)
    ]
    bed = draw_layout(layout, "regional", size_mm=lesion.size_mm, axes=draw_turn(layout))
    reaches = [particle.size_mm / 2 for particle in particles]
    projections = {view: scene.projection for view, scene in scenes.items()}
    return Group(particles, settle_places(layout, bed, reaches, projections))


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    group = draw_clips(rng, lesion, scenes)
    return by_view(
        {
            view: project_group(
                group, scene.projection, contrast=lesion.contrast, closing_mm=CLOSING_MM
            )
            for view, scene in scenes.items()
        }
    )


def teach(lesion: LesionSpec) -> list[str]:
    return [
        f"{lesion.count} surgical clips around the bed of an operation.",
        (
            "Metal is white throughout with sharp edges, and each clip has the same make: calcium "
            "is never so uniform."
        ),
        "Clips say where to look for a recurrence; they are no finding themselves.",
    ]


FINDING = Finding(
    key=KEY,
    label="Surgical clips",
    group="post_surgical",
    reads_as=None,
    descriptors=(),
    size_mm=(8.0, 50.0),
    size_means="distance of the two outermost clips' centres",
    region="gland",
    render=render,
    teach=teach,
    draw_words=lambda rng, actionable: None if actionable else {},
    draw_size=lambda rng, words: draw_log_normal(rng, 22.0, 0.3, 10.0, 40.0),
    count=lambda words: COUNT,
    malignancy=lambda words: 0.0,
    assess=lambda words: "2",
)
