"""Asymmetries: more of the breast's own tissue here than on the other side.

Four types. An asymmetry shows in one view alone; a focal one in both, in less than a quadrant; a
global one takes a quadrant or more; a developing one is a focal one that was absent or smaller in
the exam before. Model: a 3D patch of gland (`glandular_patch`) that adds to the coarse tissue of
the condition map, with a few strands through it towards the nipple; the network draws its texture.

Sources: the types and their look after Sickles 2007 (Radiol Clin North Am 45:765) and its chapter
in "Diseases of the Heart, Chest and Breast" (Springer 2011; more than three quarters of one-view
asymmetries are summation, global ones almost always variants of the normal). Developing ones:
12.8 % of those found at screening were cancer, 42.9 % of those biopsied, which is taken here
(Leung and Sickles 2007, AJR 188:667). Assumed: one-view .02, focal .01, global .005.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from generation.anatomy.condition import MAP_PIXEL_MM, ConditionMap
from generation.lesions.drawing import choose, draw_log_normal
from generation.lesions.effects import Effect, Scene, by_view
from generation.lesions.finding import Finding, Words
from generation.lesions.tissue.glandular_patch import GlandularPatch, draw_patch
from generation.lesions.tissue.strands import Strands, splat
from generation.lesions.tissue.warping import add_gland, add_lines, change_view, place_on_map
from generation.spec import CaseSpec, LesionSpec
from generation.vocabulary import FINDING_KINDS

FloatArray = NDArray[np.float32]

# Millimetres of gland in the place of fat in the thick parts of a patch of the usual size; a
# larger one is thicker as well.
USUAL_MM = {"asymmetry": 22.0, "focal": 22.0, "global": 55.0, "developing": 22.0}
GROWTH = 0.9
DEPTH_MM = {"asymmetry": 4.5, "focal": 5.2, "global": 4.5, "developing": 5.2}
FLATNESS = {"asymmetry": 0.5, "focal": 0.6, "global": 0.5, "developing": 0.65}
QUADRANT_MM = 45.0
LINE_STRENGTH = 0.45
MALIGNANT_SHARE = {"asymmetry": 0.02, "focal": 0.01, "global": 0.005, "developing": 0.429}
ASSESSMENT = {"asymmetry": "3", "focal": "3", "global": "2", "developing": "4B"}
# How often each is met, in a teaching set; assumed.
BENIGN_SHARE = {"asymmetry": 0.45, "focal": 0.35, "global": 0.20}


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    kind = lesion.descriptors["type"]
    streams = rng.spawn(3)
    patch = draw_patch(streams[0], size_mm=lesion.size_mm, flatness=FLATNESS[kind])
    strands = draw_course(streams[1], patch, lesion)
    shown = list(scenes)
    if kind == "asymmetry":
        shown = [str(streams[2].choice(sorted(scenes)))]
    depth_mm = DEPTH_MM[kind] * lesion.contrast * (lesion.size_mm / USUAL_MM[kind]) ** GROWTH
    return by_view(
        {
            view: change_view(
                scenes[view], thicken(scenes[view], lesion, patch, strands, depth_mm=depth_mm)
            )
            for view in shown
        }
    )


def draw_course(rng: np.random.Generator, patch: GlandularPatch, lesion: LesionSpec) -> Strands:
    """Strands through a patch, most of them towards the nipple."""
    count = int(np.clip(4 + lesion.size_mm / 3, 6, 30))
    share = patch.volume_mm3 / patch.volume_mm3.sum()
    start = patch.points_mm[rng.choice(len(share), count, p=share / share.sum())]
    nipple = -np.array(lesion.position_mm)
    heading = nipple / (np.linalg.norm(nipple) + 1e-9) + 0.45 * rng.normal(0, 1, (count, 3))
    heading /= np.linalg.norm(heading, axis=1, keepdims=True)
    length = rng.uniform(0.15, 0.5, (count, 1)) * min(lesion.size_mm, QUADRANT_MM)
    return Strands(
        start_mm=np.asarray(start - heading * length / 2, np.float32),
        end_mm=np.asarray(start + heading * length / 2, np.float32),
        strength=rng.uniform(0.2, 1.0, count).astype(np.float32),
        width_mm=np.full(count, 0.5, np.float32),
    )


def thicken(
    scene: Scene, lesion: LesionSpec, patch: GlandularPatch, strands: Strands, *, depth_mm: float
) -> ConditionMap:
    """The view's condition map with the patch's gland added.

    Args:
        scene: the view.
        lesion: where the patch lies.
        patch: its gland.
        strands: lines through it.
        depth_mm: gland in the place of fat in its thick parts.
    """
    condition = scene.anatomy.condition
    centre = place_on_map(scene, lesion)
    shape = condition.mask.shape
    path = patch.project(scene.projection, centre_xy=centre, shape=shape, pixel_mm=MAP_PIXEL_MM)
    thick = np.quantile(path[path > 0], 0.9)
    thicker = add_gland(condition, path * (depth_mm / thick), table=scene.table)
    points, course = strands.project(scene.projection)
    strength = 1 - np.exp(-LINE_STRENGTH * lesion.contrast * course)
    lines = splat(points, strength, centre_xy=centre, shape=shape, peak=True)
    return add_lines(thicker, lines)


def check(lesion: LesionSpec, spec: CaseSpec) -> dict[str, list[str]]:
    """A global asymmetry takes a quadrant or more, any other less; see `Finding.check`.

    In the exam before it may have been smaller than what it is now called for.
    """
    if spec.exam == "prior":
        return {}
    large = lesion.descriptors["type"] == "global"
    if large and lesion.size_mm < QUADRANT_MM:
        return {"size_mm": [f"A global asymmetry is at least {QUADRANT_MM:.0f} mm."]}
    if not large and lesion.size_mm > QUADRANT_MM:
        return {"size_mm": [f"More than {QUADRANT_MM:.0f} mm is a global asymmetry."]}
    return {}


def draw_words(rng: np.random.Generator, actionable: bool) -> dict[str, str] | None:
    """Only what is developing needs action."""
    return {"type": "developing" if actionable else choose(rng, BENIGN_SHARE)}


def draw_size(rng: np.random.Generator, words: Words) -> float:
    """Long axis in mm."""
    if words["type"] == "global":
        return draw_log_normal(rng, 55.0, 0.12, QUADRANT_MM, 80.0)
    return draw_log_normal(rng, 22.0, 0.3, 12.0, 40.0)


SAID = {
    "asymmetry": (
        "Tissue that stands out in one view alone. Most such asymmetries are normal tissue that "
        "happens to overlap."
    ),
    "focal": (
        "Tissue that shows in both views without the shape of a mass: its edges are concave and "
        "fat runs through it."
    ),
    "global": (
        "A quadrant or more holds more tissue than on the other side, without a mass, distortion "
        "or calcifications: almost always a variant of the normal."
    ),
    "developing": (
        "A focal asymmetry that is new or larger than in the exam before. Tissue does not grow by "
        "itself at this age, so it needs work-up."
    ),
}


FINDING = Finding(
    key="asymmetry",
    label="Asymmetry",
    group="asymmetry",
    reads_as="asymmetry",
    descriptors=FINDING_KINDS["asymmetry"].descriptors,
    size_mm=(8.0, 80.0),
    size_means="long axis of the added tissue",
    region="gland",
    render=render,
    draws_anew=True,
    teach=lambda lesion: [SAID[lesion.descriptors["type"]]],
    draw_words=draw_words,
    draw_size=draw_size,
    malignancy=lambda words: MALIGNANT_SHARE[words["type"]],
    assess=lambda words: ASSESSMENT[words["type"]],
    check=check,
)
