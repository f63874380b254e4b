"""Architectural distortion: tissue drawn towards a point, strands that radiate from it, no mass.

Model: one point in 3D with strands around it (`strands.draw_strands`). In each view the condition
map is pulled towards the point, the strands become lines of the map and the tissue that follows
them gland; the network draws the result. Its cause may be a cancer or a radial scar.

Sources: the appearance after Gaur 2013 (AJR 201:W662). Positive predictive value of distortion
seen on 2D digital mammography: 74.5 % of 369, 67.0 % of those found at screening, which is taken
here; the commonest benign cause is a radial scar (Bahl 2015, AJR 205:1339). How strong pull,
lines and strands are is ours, set by eye beside real distortions of CDD-CESM and CBIS-DDSM.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from generation.anatomy.condition import MAP_PIXEL_MM, ConditionMap
from generation.lesions.drawing import draw_log_normal
from generation.lesions.effects import Effect, Scene
from generation.lesions.finding import Finding
from generation.lesions.tissue.strands import Strands, draw_strands, lay_threads, splat
from generation.lesions.tissue.warping import add_gland, add_lines, change_view, place_on_map, pull
from generation.spec import LesionSpec
from generation.vocabulary import FINDING_KINDS

BoolArray = NDArray[np.bool_]

MALIGNANT_SHARE = 0.67
# A distortion of this size has the strengths below. Larger ones hold more tissue in every ray, as
# larger masses do; without that the lines of a large one would be lost among those of the breast.
USUAL_MM = 26.0
GROWTH = 1.3
STRANDS = (30, 48)
STRAND_REACH = 0.6
PULL = 0.5
PULL_REACH = 0.68
LINE_STRENGTH = 0.55
TISSUE_MM = 1.8
THREAD_PATH_MM = 1.9


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    count = int(rng.integers(*STRANDS))
    strands = draw_strands(rng, count=count, reach_mm=STRAND_REACH * lesion.size_mm)
    thread = THREAD_PATH_MM * lesion.contrast * np.sqrt(lesion.size_mm / USUAL_MM)
    return {
        view: (
            change_view(scene, distort(scene, lesion, strands), within=within_reach(scene, lesion)),
            lay_threads(strands, scene.projection, path_mm=thread),
        )
        for view, scene in scenes.items()
    }


def within_reach(scene: Scene, lesion: LesionSpec) -> BoolArray:
    """(h, w) of the map: the disc in which the strands lie."""
    x, y = place_on_map(scene, lesion)
    rows, columns = np.indices(scene.anatomy.condition.mask.shape)
    reach = (STRAND_REACH * lesion.size_mm) / MAP_PIXEL_MM
    return np.asarray(np.hypot(rows - y, columns - x) <= reach)


def distort(scene: Scene, lesion: LesionSpec, strands: Strands) -> ConditionMap:
    """The view's condition map, drawn towards the finding's centre along its strands."""
    condition = scene.anatomy.condition
    centre = place_on_map(scene, lesion)
    # Strength saturates: no pull may fold the map, no line be stronger than full.
    pulled = pull(
        condition,
        centre,
        reach_mm=PULL_REACH * lesion.size_mm,
        strength=1.1 * (1 - np.exp(-PULL / 1.1 * lesion.contrast)),
    )
    points, course = strands.project(scene.projection)
    shape = condition.mask.shape
    strength = 1 - np.exp(-LINE_STRENGTH * lesion.contrast * course)
    lines = splat(points, strength, centre_xy=centre, shape=shape, peak=True)
    length = np.linalg.norm(points[:, -1] - points[:, 0], axis=1)
    step = (length / points.shape[1])[:, None]
    # Along a strand: a thread as thick as it is wide, spread over the pixels that it crosses.
    volume = np.pi / 4 * strands.width_mm[:, None] ** 2 * step * course / MAP_PIXEL_MM**2
    path = splat(points, volume, centre_xy=centre, shape=shape, peak=False)
    lined = add_lines(pulled, lines)
    tissue = TISSUE_MM * lesion.contrast * (lesion.size_mm / USUAL_MM) ** GROWTH
    return add_gland(lined, tissue * path, table=scene.table)


def teach(lesion: LesionSpec) -> list[str]:
    """What the reader should look for."""
    said = [
        f"Tissue is drawn towards one point over about {lesion.size_mm:.0f} mm.",
        (
            "Straight lines radiate from that point and cross the normal course of the tissue, "
            "which runs towards the nipple; no mass lies in the middle."
        ),
    ]
    if lesion.pathology == "benign":
        said.append("A radial scar looks the same, so only tissue can tell.")
    return said


FINDING = Finding(
    key="architectural_distortion",
    label="Architectural distortion",
    group="distortion",
    reads_as="architectural_distortion",
    descriptors=FINDING_KINDS["architectural_distortion"].descriptors,
    size_mm=(10.0, 60.0),
    size_means="diameter within which tissue is drawn together",
    region="gland",
    render=render,
    draws_anew=True,
    teach=teach,
    draw_words=lambda rng, actionable: {} if actionable else None,
    draw_size=lambda rng, words: draw_log_normal(rng, 26.0, 0.3, 14.0, 45.0),
    malignancy=lambda words: MALIGNANT_SHARE,
    assess=lambda words: "4C",
)
