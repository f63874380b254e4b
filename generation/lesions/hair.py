"""Hair between the tube and the breast: thin curved lines across one view, light and unsharp.

Model: a lock of a few strands, each an arc of slowly changing curvature; strands run together for
a while and part. Hair is nearly as dense as soft tissue and thin, so a strand adds little; it lies
well above the detector, so the focal spot's penumbra makes it unsharp. It was there in one exposure
only. Source: the picture described in teaching texts on artefacts (Geiselhardt-Menezes,
RadioGraphics 2008, 28:1839); numbers are assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from generation.anatomy.geometry import PIXEL_MM
from generation.lesions.effects import Effect, Scene
from generation.lesions.finding import Finding
from generation.lesions.matter.particle_layer import Group, project_group
from generation.lesions.matter.particles import Particle
from generation.lesions.matter.solids import fill_tube
from generation.lesions.technique import (
    VIEW_NAMES,
    call_negative,
    draw_view,
    exclude_cancer,
    view_descriptor,
)
from generation.physics.attenuation import attenuation_per_cm
from generation.spec import LesionSpec

FloatArray = NDArray[np.float32]

KEY = "hair"
VIEWS = ("cc", "mlo")
STRANDS = (2, 6)
# Half the width of a strand; what is seen as one line is mostly several hairs together.
RADIUS_MM = (0.09, 0.20)
PENUMBRA_MM = 0.4
# Hairs on top of each other along the beam.
STACKED = (2.0, 6.0)
# 1/cm at 20 keV: keratin of 1.3 g/cm3, taken to attenuate by mass as muscle does.
HAIR_PER_CM = attenuation_per_cm("muscle") / 1.05 * 1.3
PIECE_MM = 5.0
MAP_MM = 1.0


def draw_strand(rng: np.random.Generator, length_mm: float, heading: float) -> FloatArray:
    """(N, 2) mm path of one strand, its middle at the origin."""
    steps = max(int(length_mm / 0.5), 8)
    along = np.linspace(-0.5, 0.5, steps)
    bend = rng.normal(0.0, 0.9)
    turn = heading + bend * along + 0.35 * np.sin(2 * np.pi * (along * 1.3 + rng.random()))
    path = np.cumsum(np.stack([np.cos(turn), np.sin(turn)], axis=1), axis=0) * length_mm / steps
    return np.asarray(path - path[steps // 2], np.float32)


def _cut_pieces(
    path_mm: FloatArray, rng: np.random.Generator, scene: Scene
) -> tuple[list[Particle], list[FloatArray]]:
    """Particles along one strand, and their places in the breast frame."""
    basis = np.stack([scene.projection.right, scene.projection.down])
    spatial = np.asarray(path_mm @ basis, np.float32)
    taper = np.clip(np.minimum(np.arange(len(path_mm)), np.arange(len(path_mm))[::-1]) / 12, 0, 1)
    radii = (rng.uniform(*RADIUS_MM) * (0.3 + 0.7 * taper)).astype(np.float32)
    tube = fill_tube(spatial, radii, rng=rng)
    length = float(np.linalg.norm(np.diff(path_mm, axis=0), axis=1).sum())
    count = max(int(length / PIECE_MM), 1)
    owner = np.minimum(np.arange(len(tube.points)) * count // len(tube.points), count - 1)
    amount = rng.uniform(*STACKED) * HAIR_PER_CM / attenuation_per_cm("calcium_oxalate")
    pieces, places = [], []
    for index in range(count):
        held = owner == index
        at = tube.points[held].mean(axis=0)
        size = 2 * float(np.linalg.norm(tube.points[held] - at, axis=1).max())
        pieces.append(
            Particle(tube.points[held] - at, tube.volumes[held], PENUMBRA_MM, amount, size)
        )
        places.append(at)
    return pieces, places


def draw_hair(rng: np.random.Generator, lesion: LesionSpec, scene: Scene) -> Group:
    """A lock whose strands are up to `lesion.size_mm` long, across some place of the breast."""
    inside = scene.outline.mask(MAP_MM)
    rows, columns = np.nonzero(inside)
    chosen = int(rng.integers(0, len(rows)))
    through = (np.array([columns[chosen], rows[chosen]]) + 0.5) * MAP_MM
    middle = through - (np.array(scene.place(lesion)) + 0.5) * PIXEL_MM
    heading = rng.uniform(0, np.pi)
    pieces: list[Particle] = []
    places: list[FloatArray] = []
    for index, strand in enumerate(rng.spawn(int(rng.integers(STRANDS[0], STRANDS[1] + 1)))):
        length = lesion.size_mm * (1.0 if index == 0 else strand.uniform(0.4, 0.95))
        path = draw_strand(strand, length, heading + strand.normal(0, 0.12))
        aside = np.zeros(2) if index == 0 else strand.normal(0, 3.0, 2)
        cut, at = _cut_pieces((path + middle + aside).astype(np.float32), strand, scene)
        pieces, places = pieces + cut, places + at
    return Group((), np.zeros((0, 3), np.float32), pieces, np.stack(places))


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    view = lesion.descriptors["view"]
    if view not in scenes:
        return {}
    layer = project_group(
        draw_hair(rng, lesion, scenes[view]),
        scenes[view].projection,
        contrast=lesion.contrast,
        closing_mm=0.7,
    )
    # Hair replaces air above the breast, not tissue.
    return {view: (replace(layer, displaced_cm=np.zeros_like(layer.displaced_cm)),)}


def teach(lesion: LesionSpec) -> list[str]:
    name = VIEW_NAMES[lesion.descriptors["view"]]
    return [
        f"Hair lay over the breast in the {name} view.",
        (
            "Its lines are thin, even and unsharp, and run across the breast's own structure; the "
            "other view has nothing of the kind."
        ),
    ]


FINDING = Finding(
    key=KEY,
    label="Hair",
    group="artefact",
    reads_as=None,
    descriptors=(view_descriptor(VIEWS),),
    size_mm=(20.0, 150.0),
    size_means="length of the longest strand",
    region="breast",
    render=render,
    teach=teach,
    draw_words=lambda rng, actionable: draw_view(rng, actionable, VIEWS),
    draw_size=lambda rng, words: round(float(rng.uniform(40.0, 120.0)), 1),
    malignancy=exclude_cancer,
    assess=call_negative,
)
