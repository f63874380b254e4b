"""Implants: a large smooth body of silicone before the chest wall, in both views.

Model: half an ellipsoid that rests on the chest wall, with a sharp rim and a thin capsule. Before
the muscle ("subglandular") it stands out round; behind it ("subpectoral") the oblique shows it
flattened and leaning with the muscle. A layer alone: the gland before it is not pushed forward, and
saline, through which tissue would be seen, is not made.
Source: places after Steinbach 1993 (AJR 160:1219). The grey table holds for breast tissue; what is
denser is presented compressed, so the added log exposure is chosen by eye: nearly white.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.geometry import PIXEL_MM
from generation.lesions.drawing import choose, draw_log_normal
from generation.lesions.effects import Effect, Scene, by_view
from generation.lesions.finding import Finding
from generation.lesions.matter.projection import measure_long_axis
from generation.physics.layers import Layer
from generation.spec import CaseSpec, LesionSpec
from generation.vocabulary import Descriptor, Term

FloatArray = NDArray[np.float32]

# Added log exposure where it is thickest, and of its capsule seen edge on.
ADDED = 0.85
CAPSULE = 0.05
CAPSULE_MM = 1.0
# How far it reaches forward, as a share of its height.
PROJECTION_SHARE = 0.42
WIDEST_SHARE = 0.8
SUPPORT_FLOOR = 1.5e-4
DESCRIPTORS = (
    Descriptor(
        "place", "Place", (Term("subglandular", "Subglandular"), Term("subpectoral", "Subpectoral"))
    ),
)
PLACE_SHARE = {"subglandular": 0.4, "subpectoral": 0.6}


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    bumps = rng.normal(0, 0.012, (3, 2))
    return by_view({view: lay_implant(lesion, scene, bumps) for view, scene in scenes.items()})


def lay_implant(lesion: LesionSpec, scene: Scene, bumps: NDArray[np.float64]) -> Layer:
    """The implant of one view, as a layer centred on the finding; `bumps` (3, 2) fold its rim."""
    words, outline = lesion.descriptors, scene.outline
    across = lesion.size_mm / 2
    forward = min(PROJECTION_SHARE * lesion.size_mm, 0.62 * outline.apex_x_mm)
    level = outline.apex_y_mm - (0.12 * lesion.size_mm if scene.view == "mlo" else 0.0)
    lean = 0.30 if scene.view == "mlo" and words["place"] == "subpectoral" else 0.12
    half_y, half_x = round(1.1 * lesion.size_mm / PIXEL_MM), round(outline.apex_x_mm / PIXEL_MM)
    x_px, y_px = (round(value) for value in scene.place(lesion))
    x = (np.arange(-half_x, half_x + 1, dtype=np.float32) + x_px + 0.5) * np.float32(PIXEL_MM)
    y = (np.arange(-half_y, half_y + 1, dtype=np.float32) + y_px + 0.5) * np.float32(PIXEL_MM)
    y = y - np.float32(level)
    tilted = x[None, :] - (lean * y[:, None] if scene.view == "mlo" else 0.0)
    bearing = np.arctan2(y[:, None] / across, np.maximum(tilted, 0) / forward)
    rim = 1 + sum(
        a * np.cos(k * bearing) + b * np.sin(k * bearing) for k, (a, b) in enumerate(bumps, 2)
    )
    share = np.hypot(y[:, None] / across, tilted / forward) / rim
    body = np.sqrt(np.clip(1 - share**6, 0, 1)).astype(np.float32)
    edge = (np.abs(share - 1) * forward < CAPSULE_MM / 2).astype(np.float32)
    added = lesion.contrast * (
        ADDED * ndimage.gaussian_filter(body, 1.2) + CAPSULE * ndimage.gaussian_filter(edge, 2.0)
    )
    mask = (share < 1) & (x[None, :] > 0)
    return Layer(
        added=added.astype(np.float32),
        displaced_cm=np.zeros_like(added, np.float32),
        mask=mask,
        support=added > SUPPORT_FLOOR,
        long_axis_mm=measure_long_axis(mask, PIXEL_MM),
    )


def check(lesion: LesionSpec, spec: CaseSpec) -> dict[str, list[str]]:
    """An implant must fit the breast; see `Finding.check`."""
    if lesion.size_mm > WIDEST_SHARE * spec.width_mm:
        return {"size_mm": ["Too large for the breast."]}
    return {}


def teach(lesion: LesionSpec) -> list[str]:
    """What it is, in sentences."""
    words = lesion.descriptors
    said = {
        "subglandular": "It lies before the muscle and hides most of the gland.",
        "subpectoral": "It lies behind the muscle, which runs over its upper part.",
    }
    return [
        "An implant of silicone, smooth and whole.",
        said[words["place"]],
        "What it covers is not seen: implant-displaced views belong to such an exam.",
    ]


def draw_words(rng: np.random.Generator, actionable: bool) -> dict[str, str] | None:
    """Its place; never actionable."""
    return None if actionable else {"place": choose(rng, PLACE_SHARE)}


FINDING = Finding(
    key="implant",
    label="Implant",
    group="post_surgical",
    reads_as=None,
    descriptors=DESCRIPTORS,
    size_mm=(70.0, 140.0),
    size_means="height along the chest wall",
    region="breast",
    render=render,
    teach=teach,
    draw_words=draw_words,
    draw_size=lambda rng, words: draw_log_normal(rng, 105.0, 0.1, 85.0, 130.0),
    malignancy=lambda words: 0.0,
    assess=lambda words: "2",
    check=check,
)
