"""Fat necrosis as an oil cyst: liquid fat in a thin wall, which calcifies with time.

Inside is fat, so that it is darker than the gland around it; the wall is a few tenths of a
millimetre of fibrous tissue, later of calcium in plates (eggshell). "Mixed" is the stage before:
fat with uneven fibrous density in it and a thicker wall. Typically benign at every stage
(Hogge 1995, RadioGraphics 15:1347; Taboada 2009, AJR 192:815). Sizes 5-30 mm, shares and wall
thickness assumed. Never malignant.
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
    Matter,
    fill,
    half_size,
    make_layer,
    outline,
    project_body,
    smoothstep,
)
from generation.lesions.matter.grain import Grain, draw_grain
from generation.lesions.matter.lucency import push_gland_aside
from generation.lesions.matter.projection import Projection
from generation.lesions.matter.shell import Shell, draw_shell, project_shell
from generation.lesions.matter.surface import draw_surface
from generation.physics.attenuation import attenuation_per_cm
from generation.physics.blur import blur_and_sample
from generation.physics.layers import Layer
from generation.spec import LesionSpec
from generation.vocabulary import Descriptor, Term

FloatArray = NDArray[np.float32]

PIXEL_MM = 0.1
EDGE_SHARE = 0.04
# Mean thickness of the wall in mm, by stage, and how unevenly it is laid down (rms of its log).
WALL_MM = {"oil_cyst": 0.30, "calcified": 0.35, "mixed": 0.75}
PATCHY = {"oil_cyst": 0.35, "calcified": 0.35, "mixed": 0.7}
WALL_GLANDULARITY = 1.25
# The calcified part of the wall: thickness in mm and unevenness; above 1 it lies in plates.
CALCIUM_MM = 0.022
CALCIUM_PATCHY = 0.85
FIBROUS_SHARE = 0.75
# Assumed.
SHARES = {
    "shape": {"oval": 0.5, "round": 0.5},
    "margin": {"circumscribed": 1.0},
    "density": {"fat_containing": 1.0},
    "stage": {"oil_cyst": 0.45, "calcified": 0.35, "mixed": 0.20},
}


@dataclass(frozen=True)
class OilCyst:
    """Fat, its wall, and calcium in the wall."""

    body: Body
    wall: Shell
    calcium: Shell | None


def draw_oil_cyst(rng: np.random.Generator, lesion: LesionSpec) -> OilCyst:
    """The whole thing in 3D, the same for every view."""
    streams = rng.spawn(4)
    words, size = lesion.descriptors, lesion.size_mm
    stage = words["stage"]
    surface = draw_surface(streams[0], shape=words["shape"], lobulated=False, size_mm=size)
    matter: Matter = fill(0.0)
    if stage == "mixed":
        matter = _mix_fibres(draw_grain(streams[1], period_mm=1.5 * size, exponent=2.4))
    calcium = None
    if stage == "calcified":
        calcium = draw_shell(streams[3], surface, wall_mm=CALCIUM_MM, patchy=CALCIUM_PATCHY)
    return OilCyst(
        Body(surface, matter, edge_share=EDGE_SHARE),
        draw_shell(streams[2], surface, wall_mm=WALL_MM[stage], patchy=PATCHY[stage]),
        calcium,
    )


def _mix_fibres(grain: Grain) -> Matter:
    """Fibrous tissue in patches, more of it towards the wall."""

    def mix(points: FloatArray, relative: FloatArray) -> FloatArray:
        patches = smoothstep(np.asarray(grain.at(points) * 1.3 + relative - 0.5, np.float32))
        return np.asarray(FIBROUS_SHARE * patches, np.float32)

    return mix


def project_oil_cyst(cyst: OilCyst, projection: Projection, *, contrast: float) -> Layer:
    """One view as a layer."""
    half = half_size(cyst.body.reach_mm, PIXEL_MM)
    paths = project_body(cyst.body, projection, half_px=half, pixel_mm=PIXEL_MM)
    path, gland = (blur_and_sample(part, pixel_mm=PIXEL_MM, factor=1) for part in paths)
    wall = project_shell(cyst.wall, projection, half_px=half, pixel_mm=PIXEL_MM)
    calcium = None
    if cyst.calcium is not None:
        plates = project_shell(cyst.calcium, projection, half_px=half, pixel_mm=PIXEL_MM)
        calcium = plates * attenuation_per_cm("calcium_oxalate")
    return make_layer(
        path,
        gland + WALL_GLANDULARITY * wall,
        mask=outline(path),
        contrast=contrast,
        pixel_mm=PIXEL_MM,
        calcium_cm=calcium,
    )


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    cyst = draw_oil_cyst(rng, lesion)
    layers = {
        view: project_oil_cyst(cyst, scene.projection, contrast=lesion.contrast)
        for view, scene in scenes.items()
    }
    return by_view(
        {view: push_gland_aside(layer, lesion, scenes[view]) for view, layer in layers.items()}
    )


def draw_words(rng: np.random.Generator, actionable: bool) -> dict[str, str] | None:
    """Descriptors of fat necrosis; None when it is to be actionable."""
    if actionable:
        return None
    return {name: choose(rng, shares) for name, shares in SHARES.items()}


STAGES = {
    "oil_cyst": "Liquid fat in a thin, even wall: an oil cyst, and nothing else looks so.",
    "calcified": (
        "Its wall has calcified in thin plates. Seen side-on they make a bright ring around a "
        "dark middle, seen face-on a faint sheet."
    ),
    "mixed": (
        "Fat and fibrous tissue lie side by side in a thick wall, a younger stage; what settles "
        "it is the fat inside."
    ),
}


def teach(lesion: LesionSpec) -> list[str]:
    """What it is, in sentences."""
    return [
        f"{name_mass(lesion.descriptors, lesion.size_mm)}: fat necrosis, as after a blow.",
        STAGES[lesion.descriptors["stage"]],
        "A mass that holds fat is benign and needs no work-up.",
    ]


FINDING = Finding(
    key="fat_necrosis",
    label="Fat necrosis or oil cyst",
    group="look_alike",
    reads_as="mass",
    descriptors=(
        *describe_mass(
            shapes=("oval", "round"), margins=("circumscribed",), densities=("fat_containing",)
        ),
        Descriptor(
            "stage",
            "Stage",
            (
                Term("oil_cyst", "Oil cyst"),
                Term("calcified", "Oil cyst with calcified wall"),
                Term("mixed", "Fat and fibrous tissue"),
            ),
        ),
    ),
    size_mm=(4.0, 40.0),
    size_means="long axis",
    thick=True,
    region="gland",
    render=render,
    teach=teach,
    draw_words=draw_words,
    draw_size=lambda rng, words: draw_log_normal(rng, 11.0, 0.4, 5.0, 28.0),
    malignancy=lambda words: 0.0,
    assess=lambda words: "2",
)
