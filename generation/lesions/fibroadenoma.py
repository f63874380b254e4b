"""Fibroadenomas: oval, gently lobulated, sharp, as dense as gland; some calcify coarsely inside.

Shape: an oval body with two to four wide, shallow lobules (macrolobulation, at most a few to a
mass; Stavros 1995, Radiology 196:123). Involuting ones calcify from the rim inwards into coarse
lumps that grow together; the lumps here lie within the body and are calcium oxalate in part.

Malignancy: circumscribed solid masses called probably benign, 1.4 % (Sickles 1994, Radiology
192:439); 0 where the typical calcification settles it. Sizes: mostly 10-20 mm, rarely above 30;
median and share of calcified ones are assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.lesions.drawing import choose, draw_log_normal
from generation.lesions.effects import Effect, Scene, by_view
from generation.lesions.finding import Finding
from generation.lesions.mass_words import describe_mass, name_mass
from generation.lesions.matter.body import (
    Body,
    fill,
    fill_unevenly,
    half_size,
    make_layer,
    outline,
    project_body,
)
from generation.lesions.matter.grain import draw_grain
from generation.lesions.matter.projection import Projection
from generation.lesions.matter.surface import (
    Surface,
    draw_form,
    draw_surface,
    grid_directions,
    lobulate,
    scale_surface,
)
from generation.physics.attenuation import attenuation_per_cm
from generation.physics.blur import blur_and_sample
from generation.physics.layers import Layer
from generation.spec import LesionSpec
from generation.vocabulary import Descriptor, Term

FloatArray = NDArray[np.float32]

PIXEL_MM = 0.1
GLANDULARITY = {"equal": 1.02, "low": 0.55}
EDGE_SHARE = 0.03
UNEVENNESS = 0.08
LOBULES = (3, 7)
LOBULE_DEPTH = (0.06, 0.16)
# Lumps: how many, size in mm and relative to the mass, calcium relative to oxalate.
LUMPS = (4, 12)
LUMP_SHARE = (0.08, 0.26)
LUMP_MM = (0.8, 5.0)
CALCIUM = (0.15, 0.40)
CALCIFIED_SHARE = 0.30
SHARES = {
    "shape": {"oval": 0.90, "round": 0.10},
    "margin": {"circumscribed": 1.0},
    "density": {"equal": 0.80, "low": 0.20},
}


@dataclass(frozen=True)
class Lump:
    """A coarse calcification at (3,) mm from the mass's centre."""

    body: Body
    at_mm: FloatArray
    calcium: float


@dataclass(frozen=True)
class Fibroadenoma:
    """The mass and its calcifications in 3D."""

    body: Body
    lumps: tuple[Lump, ...]


def draw_fibroadenoma(rng: np.random.Generator, lesion: LesionSpec) -> Fibroadenoma:
    """The whole thing in 3D, the same for every view."""
    streams = rng.spawn(3)
    words = lesion.descriptors
    directions = grid_directions()
    radius = draw_form(streams[0], directions, shape=words["shape"])
    radius = radius * lobulate(
        streams[0],
        directions,
        count=int(streams[0].integers(*LOBULES)),
        depth=float(streams[0].uniform(*LOBULE_DEPTH)),
    )
    surface = scale_surface(radius, size_mm=lesion.size_mm)
    grain = draw_grain(streams[1], period_mm=1.5 * lesion.size_mm)
    matter = fill_unevenly(GLANDULARITY[words["density"]], grain, share=UNEVENNESS, inside=surface)
    lumps: tuple[Lump, ...] = ()
    if words["calcification"] == "coarse":
        lumps = tuple(
            _draw_lump(stream, surface, lesion.size_mm)
            for stream in streams[2].spawn(int(streams[2].integers(*LUMPS)))
        )
    return Fibroadenoma(Body(surface, matter, edge_share=EDGE_SHARE), lumps)


def _draw_lump(rng: np.random.Generator, inside: Surface, size_mm: float) -> Lump:
    low, high = np.log(LUMP_SHARE)
    size = float(np.clip(size_mm * np.exp(rng.uniform(low, high)), *LUMP_MM))
    surface = draw_surface(rng, shape="irregular", lobulated=size > 1.5, size_mm=size)
    toward = rng.normal(size=(1, 3)).astype(np.float32)
    toward /= np.linalg.norm(toward)
    room = max(float(inside.radius_along(toward)[0]) - size / 2, 0.0)
    body = Body(surface, fill(1.0), edge_share=0.15)
    at = toward[0] * np.float32(room * rng.uniform(0.0, 0.75))
    return Lump(body, at, float(rng.uniform(*CALCIUM)))


def project_fibroadenoma(mass: Fibroadenoma, projection: Projection, *, contrast: float) -> Layer:
    """One view as a layer: the body, and in it the calcium."""
    half = half_size(mass.body.reach_mm, PIXEL_MM)
    path, gland = project_body(mass.body, projection, half_px=half, pixel_mm=PIXEL_MM)
    calcium = np.zeros_like(path)
    for lump in mass.lumps:
        calcium += _project_lump(lump, projection, half)
    path, gland, calcium = (
        blur_and_sample(part, pixel_mm=PIXEL_MM, factor=1) for part in (path, gland, calcium)
    )
    return make_layer(
        path,
        gland,
        mask=outline(path),
        contrast=contrast,
        pixel_mm=PIXEL_MM,
        calcium_cm=np.clip(calcium, 0.0, None) if mass.lumps else None,
    )


def _project_lump(lump: Lump, projection: Projection, half: int) -> FloatArray:
    """(2 * half + 1) square of log exposure that one lump adds, before the blur."""
    path, _ = project_body(lump.body, projection, half_px=half, pixel_mm=PIXEL_MM)
    right, down = (round(float(v) / PIXEL_MM) for v in projection.to_image_mm(lump.at_mm[None])[0])
    excess = attenuation_per_cm("calcium_oxalate") - attenuation_per_cm("glandular")
    return np.asarray(np.roll(path, (down, right), axis=(0, 1)) * (lump.calcium * excess))


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    mass = draw_fibroadenoma(rng, lesion)
    return by_view(
        {
            view: project_fibroadenoma(mass, scene.projection, contrast=lesion.contrast)
            for view, scene in scenes.items()
        }
    )


def draw_words(rng: np.random.Generator, actionable: bool) -> dict[str, str] | None:
    """Descriptors of a fibroadenoma; None when it is to be actionable."""
    if actionable:
        return None
    words = {name: choose(rng, shares) for name, shares in SHARES.items()}
    calcified = rng.random() < CALCIFIED_SHARE
    return {**words, "calcification": "coarse" if calcified else "none"}


def teach(lesion: LesionSpec) -> list[str]:
    """What it is, in sentences."""
    said = [
        (
            f"{name_mass(lesion.descriptors, lesion.size_mm)}, sharp all round, with at most a few "
            "wide, shallow lobules: a fibroadenoma."
        )
    ]
    if lesion.descriptors["calcification"] == "coarse":
        return [
            *said,
            (
                "The coarse lumps of calcium inside come as it dies back after the menopause. They "
                "settle the matter: no further view is needed."
            ),
        ]
    return [
        *said,
        (
            "Small scallops, a blurred stretch of edge or growth would take it out of the benign "
            "group; a first one is followed or seen by ultrasound."
        ),
    ]


FINDING = Finding(
    key="fibroadenoma",
    label="Fibroadenoma",
    group="look_alike",
    reads_as="mass",
    descriptors=(
        *describe_mass(
            shapes=("oval", "round"), margins=("circumscribed",), densities=("equal", "low")
        ),
        Descriptor(
            "calcification",
            "Calcification inside",
            (Term("none", "None"), Term("coarse", "Coarse or popcorn-like")),
        ),
    ),
    size_mm=(5.0, 45.0),
    size_means="long axis",
    thick=True,
    region="gland",
    render=render,
    teach=teach,
    draw_words=draw_words,
    draw_size=lambda rng, words: draw_log_normal(rng, 14.0, 0.4, 6.0, 35.0),
    malignancy=lambda words: 0.0 if words["calcification"] == "coarse" else 0.014,
    assess=lambda words: "2" if words["calcification"] == "coarse" else "3",
)
