"""Deodorant on the skin: white flecks in the folds of the axilla, in the oblique view.

Model: flecks of metal salts lie in crowds along a few folds that run with the skin's edge, faint
and bright ones mixed, most of them too small to have a shape. They lie on the skin and not in the
breast, so only the view that shows the axilla shows them. They are no finding: a reader who marks
them as calcifications makes a false mark, hence they read as nothing.
Source: the picture described in teaching texts on artefacts (Geiselhardt-Menezes, RadioGraphics
2008, 28:1839); numbers are assumed.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from generation.anatomy.geometry import PIXEL_MM
from generation.lesions.effects import Effect, Scene
from generation.lesions.finding import Finding
from generation.lesions.matter.calcification_shapes import build_haze
from generation.lesions.matter.particle_layer import Group, project_group
from generation.lesions.matter.particles import Particle, draw_turn, settle
from generation.lesions.technique import call_negative, exclude_cancer
from generation.spec import LesionSpec

FloatArray = NDArray[np.float32]

KEY = "deodorant"
VIEW = "mlo"
# The upper part of an oblique view, as a share of the height above the nipple.
UPPER_SHARE = (0.25, 0.75)
FOLDS = (2, 4)
FOLD_GAP_MM = (1.5, 5.0)
FLECKS_PER_MM = (2.5, 4.5)
FLECK_MM = (0.12, 0.8)
AMOUNT = (0.4, 2.2)
CLOSING_MM = 4.0


def _draw_fold(
    rng: np.random.Generator, scene: Scene, middle_mm: float, length_mm: float, inset_mm: float
) -> FloatArray:
    """(N, 2) image places in mm of the flecks of one fold, crowded here and there."""
    count = max(int(length_mm * rng.uniform(*FLECKS_PER_MM)), 3)
    crowd = rng.uniform(-0.5, 0.5, 5)[rng.integers(0, 5, count)] + rng.normal(0, 0.06, count)
    share = np.where(rng.random(count) < 0.7, crowd, rng.uniform(-0.5, 0.5, count))
    y = middle_mm + length_mm * share.clip(-0.5, 0.5)
    wave = 0.8 * np.sin(2 * np.pi * (share * rng.uniform(0.6, 1.6) + rng.random()))
    x = scene.outline.skin_depth_mm(y.astype(np.float32)) - inset_mm + wave
    return np.asarray(np.stack([x + rng.normal(0, 0.25, count), y], axis=1), np.float32)


def _draw_fleck(rng: np.random.Generator) -> Particle:
    low, high = FLECK_MM
    size = low * (high / low) ** (rng.random() ** 1.6)
    cloud = build_haze(rng, size)
    return settle(cloud, size_mm=size, calcium=rng.uniform(*AMOUNT), turn=draw_turn(rng))


def draw_flecks(rng: np.random.Generator, lesion: LesionSpec, scene: Scene) -> Group:
    """Flecks within `lesion.size_mm` along the skin of the axilla, on the image's plane."""
    layout, shapes = rng.spawn(2)
    origin = (np.array(scene.place(lesion)) + 0.5) * PIXEL_MM
    low, high = (share * scene.outline.apex_y_mm for share in UPPER_SHARE)
    reach = min(lesion.size_mm / 2, (high - low) / 2)
    middle = float(np.clip(origin[1], low + reach, high - reach))
    inset, folds = layout.uniform(1.5, 5.0), []
    for _ in range(int(layout.integers(FOLDS[0], FOLDS[1] + 1))):
        length = 2 * reach * layout.uniform(0.45, 0.8)
        shift = layout.uniform(-1, 1) * (reach - length / 2)
        folds.append(_draw_fold(layout, scene, middle + shift, length, inset))
        inset += layout.uniform(*FOLD_GAP_MM)
    offsets = np.concatenate(folds) - origin
    basis = np.stack([scene.projection.right, scene.projection.down])
    flecks = [_draw_fleck(stream) for stream in shapes.spawn(len(offsets))]
    return Group(flecks, np.asarray(offsets @ basis, np.float32))


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    if VIEW not in scenes:
        return {}
    scene = scenes[VIEW]
    group = draw_flecks(rng, lesion, scene)
    layer = project_group(group, scene.projection, contrast=lesion.contrast, closing_mm=CLOSING_MM)
    return {VIEW: (layer,)}


def teach(lesion: LesionSpec) -> list[str]:
    return [
        "Deodorant on the skin of the axilla.",
        (
            "The flecks follow folds of the skin, show in the oblique view alone and change from "
            "one exposure to the next."
        ),
        "Have the skin wiped and the view repeated before anything is called calcification.",
    ]


FINDING = Finding(
    key=KEY,
    label="Deodorant",
    group="artefact",
    reads_as=None,
    descriptors=(),
    size_mm=(10.0, 45.0),
    size_means="length of skin on which it lies",
    region="axilla",
    render=render,
    teach=teach,
    draw_words=lambda rng, actionable: None if actionable else {},
    draw_size=lambda rng, words: round(float(rng.uniform(15.0, 40.0)), 1),
    malignancy=exclude_cancer,
    assess=call_negative,
)
