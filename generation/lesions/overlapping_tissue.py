"""Overlapping tissue: a shadow of summation, in one view only, that is nothing.

Model: two flat bands of ordinary gland that lie one behind the other and cross in this view; where
they cross, their paths add up (`glandular_patch`, drawn by the network). In the other view they lie
apart and show as no more than the tissue there. More than three quarters of one-view asymmetries
are such summation (Sickles, in "Diseases of the Heart, Chest and Breast", Springer 2011).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from generation.lesions.asymmetry import draw_course, thicken
from generation.lesions.drawing import draw_log_normal
from generation.lesions.effects import Effect, Scene
from generation.lesions.finding import Finding
from generation.lesions.tissue.glandular_patch import GlandularPatch, draw_patch
from generation.lesions.tissue.warping import change_view
from generation.spec import LesionSpec
from generation.vocabulary import ASYMMETRY_TYPES, Descriptor

FLATNESS = 0.32
DEPTH_MM = 6.0
USUAL_MM = 22.0
TYPE = Descriptor(
    "type", "Type", tuple(term for term in ASYMMETRY_TYPES if term.key == "asymmetry")
)


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    choice, course, *bands = rng.spawn(4)
    view = str(choice.choice(sorted(scenes)))
    crossed = _join([draw_patch(band, size_mm=lesion.size_mm, flatness=FLATNESS) for band in bands])
    scene = scenes[view]
    depth_mm = DEPTH_MM * lesion.contrast * lesion.size_mm / USUAL_MM
    strands = draw_course(course, crossed, lesion)
    return {
        view: (change_view(scene, thicken(scene, lesion, crossed, strands, depth_mm=depth_mm)),)
    }


def _join(patches: list[GlandularPatch]) -> GlandularPatch:
    return GlandularPatch(
        np.concatenate([patch.points_mm for patch in patches]),
        np.concatenate([patch.volume_mm3 for patch in patches]),
    )


def teach(lesion: LesionSpec) -> list[str]:
    """Why it is nothing."""
    return [
        "Ordinary strands of gland that cross in this view and add up to a shadow.",
        "It has no borders of its own and nothing lies at that depth in the other view.",
    ]


FINDING = Finding(
    key="overlapping_tissue",
    label="Overlapping tissue",
    group="look_alike",
    reads_as="asymmetry",
    descriptors=(TYPE,),
    size_mm=(8.0, 40.0),
    size_means="long axis of the shadow",
    region="gland",
    render=render,
    draws_anew=True,
    teach=teach,
    draw_words=lambda rng, actionable: None if actionable else {"type": "asymmetry"},
    draw_size=lambda rng, words: draw_log_normal(rng, 18.0, 0.3, 10.0, 32.0),
    malignancy=lambda words: 0.0,
    assess=lambda words: "1",
)
