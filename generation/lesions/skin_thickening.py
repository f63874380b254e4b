"""Skin thickening: the skin line is a band of several millimetres, in one place or all round.

Model: skin of 1.44 mm becomes 3-9 mm thick along the outline; what the ray meets there more of is
the shell of a rounded edge, in the place of subcutaneous fat. Seen in profile only.
Sources: normal skin 1.44 +- .25 mm, .87-2.34 (OSTI 22130565). Assumed: rounding of the compressed
edge, unevenness, and the share of cancers: diffuse .25 (inflammatory cancer against mastitis,
oedema and radiation), local thickening alone is taken for benign.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.condition import MAP_PIXEL_MM
from generation.anatomy.geometry import PIXEL_MM
from generation.lesions.drawing import draw_log_normal
from generation.lesions.effects import Effect, Scene
from generation.lesions.finding import Finding, Words
from generation.lesions.matter.projection import measure_long_axis
from generation.lesions.tissue.skin_line import meet_in_profile, meet_skin
from generation.physics.attenuation import attenuation_per_cm
from generation.physics.layers import Layer
from generation.spec import LesionSpec
from generation.vocabulary import ASSOCIATED_FEATURES, Descriptor, Term

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

SKIN_MM = 1.44
ADDED_MM = 3.2
THICKEST_MM = 8.0
# Radius of the compressed breast's edge, and how soon the shell is met square on behind it.
EDGE_RADIUS_MM = 12.0
BEHIND_MM = 5.0
PATH_SHARE = 0.30
ENDS_MM = 9.0
UNEVEN, UNEVEN_MM = 0.2, 5.0
COARSER = 8
SOFT_MM = 0.3
SUPPORT_FLOOR = 1.5e-4
MASK_SHARE = 0.35
MALIGNANT_SHARE = {"local": 0.0, "diffuse": 0.25}
ASSESSMENT = {"local": "2", "diffuse": "4B"}
DESCRIPTORS = (
    Descriptor(
        "feature",
        "Feature",
        tuple(term for term in ASSOCIATED_FEATURES if term.key == "skin_thickening"),
    ),
    Descriptor("extent", "Extent", (Term("local", "Local"), Term("diffuse", "Diffuse"))),
)


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    diffuse = lesion.descriptors["extent"] == "diffuse"
    places = meet_in_profile(scenes, lesion)
    shown = sorted(scenes) if diffuse else sorted(places)
    streams = dict(zip(sorted(scenes), rng.spawn(len(scenes)), strict=True))
    return {view: (thicken_skin(lesion, scenes[view], streams[view]),) for view in shown}


def thicken_skin(lesion: LesionSpec, scene: Scene, rng: np.random.Generator) -> Layer:
    """What a view's rays meet more of in thick skin, as a layer centred on the finding."""
    mask = scene.anatomy.condition.mask
    inset = _measure_depth(scene)
    rows, columns = np.indices(mask.shape, np.float32)
    more = min(ADDED_MM * lesion.contrast, THICKEST_MM) * (1 + UNEVEN * _draw_uneven(mask, rng))
    if lesion.descriptors["extent"] == "local":
        place = meet_skin(scene, lesion)
        away = np.hypot(columns - place.x, rows - place.y) * MAP_PIXEL_MM
        ends = min(ENDS_MM, lesion.size_mm / 2)
        more = more * _smoothstep((lesion.size_mm / 2 + ends / 2 - away) / ends)
    path_mm = PATH_SHARE * _cross_shell(inset, np.clip(more, 0, THICKEST_MM))
    soft = ndimage.gaussian_filter(path_mm, SOFT_MM / MAP_PIXEL_MM)
    return _centre(scene, lesion, soft * mask)


def _draw_uneven(mask: BoolArray, rng: np.random.Generator) -> FloatArray:
    """(h, w) of unit variance, drawn on a grid `COARSER` times coarser."""
    small = tuple(-(-size // COARSER) for size in mask.shape)
    sigma = UNEVEN_MM / MAP_PIXEL_MM / COARSER
    drawn = ndimage.gaussian_filter(rng.standard_normal(small), sigma)
    whole = ndimage.zoom(drawn / drawn.std(), COARSER, order=1)
    return np.asarray(whole[: mask.shape[0], : mask.shape[1]], np.float32)


def _measure_depth(scene: Scene) -> FloatArray:
    """(h, w) of the map: mm under the skin of the breast's body, the nipple left out."""
    mask = scene.anatomy.condition.mask
    height, width = mask.shape
    y = (np.arange(height, dtype=np.float32) + 0.5) * MAP_PIXEL_MM
    x = (np.arange(width, dtype=np.float32) + 0.5) * MAP_PIXEL_MM
    skin = scene.outline.skin_depth_mm(y)
    body = mask & (x[None, :] < skin[:, None])
    within = ndimage.distance_transform_edt(np.pad(body, 1, mode="edge"))[1:-1, 1:-1]
    smooth = ndimage.gaussian_filter(within, 0.5 / MAP_PIXEL_MM)
    return np.where(body, smooth * MAP_PIXEL_MM, np.inf).astype(np.float32)


def _cross_shell(inset: FloatArray, more: FloatArray) -> FloatArray:
    """Path in mm through skin that is `more` mm thicker, met `inset` mm under a rounded edge."""
    radius = EDGE_RADIUS_MM
    depth = np.minimum(inset, radius)
    outer = np.maximum((radius - SKIN_MM) ** 2 - (radius - depth) ** 2, 0)
    inner = np.maximum((radius - SKIN_MM - more) ** 2 - (radius - depth) ** 2, 0)
    path = 2 * (np.sqrt(outer) - np.sqrt(inner))
    behind = np.maximum(inset - SKIN_MM - more, 0)
    return np.asarray(path * np.exp(-behind / BEHIND_MM * 2), np.float32)


def _centre(scene: Scene, lesion: LesionSpec, path_mm: FloatArray) -> Layer:
    """A map of path through skin as a layer around the finding's centre."""
    used = path_mm > SUPPORT_FLOOR * 10
    rows, columns = (np.flatnonzero(used.any(axis=axis)) for axis in (1, 0))
    box = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    factor = round(MAP_PIXEL_MM / PIXEL_MM)
    fine = ndimage.zoom(path_mm[box], factor, order=1, grid_mode=True, mode="nearest") / 10.0
    x, y = (round(value) for value in scene.place(lesion))
    top, left = rows[0] * factor - y, columns[0] * factor - x
    half_y = max(abs(top), abs(top + fine.shape[0]))
    half_x = max(abs(left), abs(left + fine.shape[1]))
    path = np.zeros((2 * half_y + 1, 2 * half_x + 1), np.float32)
    path[top + half_y :, left + half_x :][: fine.shape[0], : fine.shape[1]] = fine
    mask = path > MASK_SHARE * path.max()
    return Layer(
        added=np.float32(attenuation_per_cm("skin")) * path,
        displaced_cm=path,
        mask=mask,
        support=path > SUPPORT_FLOOR,
        long_axis_mm=measure_long_axis(mask, PIXEL_MM),
    )


def _smoothstep(value: FloatArray) -> FloatArray:
    clipped = np.clip(value, 0.0, 1.0)
    return np.asarray(clipped * clipped * (3 - 2 * clipped), np.float32)


def draw_words(rng: np.random.Generator, actionable: bool) -> dict[str, str] | None:
    """Diffuse where it is to be actionable."""
    return {"feature": "skin_thickening", "extent": "diffuse" if actionable else "local"}


def teach(lesion: LesionSpec) -> list[str]:
    """What it is, in sentences."""
    first = "The skin line, a millimetre and a half elsewhere, is a band of several millimetres."
    if lesion.descriptors["extent"] == "diffuse":
        return [
            first,
            (
                "It runs all round the breast: inflammatory cancer, mastitis, oedema and radiation "
                "look alike, so the history and the skin itself decide."
            ),
        ]
    return [first, "It is local: look at the skin for a scar or an inflammation, and beneath it."]


def draw_size(rng: np.random.Generator, words: Words) -> float:
    """Extent along the skin in mm."""
    if words["extent"] == "diffuse":
        return draw_log_normal(rng, 110.0, 0.15, 80.0, 150.0)
    return draw_log_normal(rng, 28.0, 0.35, 12.0, 60.0)


FINDING = Finding(
    key="skin_thickening",
    label="Skin thickening",
    group="associated",
    reads_as="associated_feature",
    descriptors=DESCRIPTORS,
    size_mm=(8.0, 150.0),
    size_means="extent along the skin; a diffuse one runs all round whatever it is",
    region="skin",
    render=render,
    teach=teach,
    draw_words=draw_words,
    draw_size=draw_size,
    malignancy=lambda words: MALIGNANT_SHARE[words["extent"]],
    assess=lambda words: ASSESSMENT[words["extent"]],
)
