"""Pectoral muscle too short: an oblique view that shows too little of the tissue at the back.

Model: the same view with the lower part of the muscle missing and the rest narrower, as when the
breast was not pulled forward or the shoulder was tense. The tissue drawn stays where it
was: what was missed lies outside the image anyway.
Source: the muscle should reach the nipple line, or end within 10 mm of it, and be wide at the top
(IARC, Atlas of breast cancer early detection).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from scipy import ndimage

from generation.anatomy.geometry import PIXEL_MM, Outline
from generation.lesions.drawing import draw_log_normal
from generation.lesions.effects import AnatomyChange, Effect, Scene
from generation.lesions.finding import Finding
from generation.lesions.technique import (
    call_negative,
    draw_view,
    exclude_cancer,
    view_descriptor,
)
from generation.spec import LesionSpec

KEY = "short_pectoral"
VIEWS = ("mlo",)
# A muscle shorter than this would be no muscle any more.
SHORTEST_MM = 25.0
# By how much a contrast of 1 narrows the top, and the least that is left of it.
NARROWING = 0.25
NARROWEST = 0.3
# The blend runs over the first pixels inside the support: it starts outside the muscle's edge.
MARGIN_PX = 30


def shorten(outline: Outline, *, missing_mm: float, contrast: float) -> Outline:
    """The outline with a muscle that lacks this much of its length, and some of its width."""
    foot = max(SHORTEST_MM, outline.pectoral_foot_mm - missing_mm)
    top = outline.pectoral_top_mm * max(NARROWEST, 1 - NARROWING * contrast)
    return replace(
        outline, pectoral_foot_mm=min(outline.pectoral_foot_mm, foot), pectoral_top_mm=top
    )


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """The change of the oblique view; see the module."""
    scene = scenes["mlo"]
    outline = shorten(scene.outline, missing_mm=lesion.size_mm, contrast=lesion.contrast)
    breast = scene.outline.mask(PIXEL_MM)
    before, after = (each.pectoral(PIXEL_MM) for each in (scene.outline, outline))
    mask = breast & (before > 0.5) & (after <= 0.5)
    held = ndimage.distance_transform_edt((before <= 1e-3) & (after <= 1e-3)) <= MARGIN_PX
    change = AnatomyChange(
        anatomy=replace(scene.anatomy, outline=outline),
        mask=mask,
        support=held & breast,
        long_axis_mm=_height_mm(mask),
    )
    return {"mlo": (change,)}


def _height_mm(mask: np.ndarray) -> float:
    rows = np.flatnonzero(mask.any(axis=1))
    return float(np.ptp(rows) + 1) * PIXEL_MM if rows.size else 0.0


def teach(lesion: LesionSpec) -> list[str]:
    return [
        "The pectoral muscle of the oblique view is too short: it ends well above the nipple line.",
        (
            f"About {lesion.size_mm:.0f} mm of it are missing, and with them tissue at the chest "
            "wall: cancers at the back are missed just there."
        ),
        "Compare with the other side, then repeat the view.",
    ]


FINDING = Finding(
    key=KEY,
    label="Pectoral muscle too short",
    group="technique",
    reads_as=None,
    descriptors=(view_descriptor(VIEWS),),
    size_mm=(20.0, 80.0),
    size_means="length of the muscle that is missing",
    region="breast",
    render=render,
    draws_anew=True,
    teach=teach,
    draw_words=lambda rng, actionable: draw_view(rng, actionable, VIEWS),
    draw_size=lambda rng, words: draw_log_normal(rng, 42.0, 0.25, 26.0, 70.0),
    malignancy=exclude_cancer,
    assess=call_negative,
)
