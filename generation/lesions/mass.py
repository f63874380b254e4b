"""Masses: one body in 3D, projected per view; shape x margin x density."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.lesions.drawing import choose, draw_log_normal
from generation.lesions.effects import Effect, Scene, by_view
from generation.lesions.finding import Finding, Words
from generation.lesions.projection import Projection, measure_long_axis
from generation.lesions.spicules import Segments, grow_spicules, project_spicules
from generation.lesions.surface import Surface, draw_rotation, draw_surface
from generation.likelihood import assess, estimate_malignancy
from generation.physics.attenuation import MASS_GLANDULARITY, mixture_per_cm
from generation.physics.blur import blur_and_sample
from generation.physics.layers import Layer
from generation.spec import LesionSpec
from generation.vocabulary import ACTIONABLE_ASSESSMENTS, FINDING_KINDS

FloatArray = NDArray[np.float32]

# Width of the zone in which the body thins out, as a share of the local radius.
EDGE_SHARE: dict[str, float] = {
    "circumscribed": 0.03,
    "obscured": 0.05,
    "microlobulated": 0.05,
    "indistinct": 0.75,
    "spiculated": 0.30,
}
# How often each descriptor is drawn, in a teaching set; assumed.
SUSPICIOUS_SHARE: dict[str, dict[str, float]] = {
    "shape": {"irregular": 0.55, "round": 0.20, "oval": 0.25},
    "margin": {
        "spiculated": 0.35,
        "indistinct": 0.25,
        "microlobulated": 0.15,
        "obscured": 0.15,
        "circumscribed": 0.10,
    },
    "density": {"high": 0.60, "equal": 0.35, "low": 0.05},
}
BENIGN_SHARE: dict[str, dict[str, float]] = {
    "shape": {"oval": 0.70, "round": 0.30},
    "margin": {"circumscribed": 1.0},
    "density": {"equal": 0.50, "low": 0.25, "fat_containing": 0.25},
}
CAPSULE_MM = 0.5
# Strands are fibrous tissue and not the mass's own.
STRAND_GLANDULARITY = 1.1
RAY_SAMPLES = 60
BODY_STEPS = 120
SPICULE_FACTOR = 3
# The body reads as far as its path exceeds this share of its thickest path.
MASK_SHARE = 0.15
# Changes below this log exposure move no 12-bit level.
SUPPORT_FLOOR = 1.5e-4


@dataclass(frozen=True)
class Mass:
    """A mass in 3D, ready to be projected in any direction. Lengths in mm."""

    surface: Surface
    edge_share: float
    glandularity: float
    spicules: Segments | None
    waves: FloatArray
    obscured_axis: FloatArray | None
    fatty: bool
    fat_mix: float


def draw_mass(rng: np.random.Generator, lesion: LesionSpec) -> Mass:
    """Draw the body (and spiculations) of one mass; the same for every view."""
    margin, density = lesion.descriptors["margin"], lesion.descriptors["density"]
    streams = rng.spawn(4)
    surface = draw_surface(
        streams[0],
        shape=lesion.descriptors["shape"],
        lobulated=margin == "microlobulated",
        size_mm=lesion.size_mm,
    )
    spicules = None
    if margin == "spiculated":
        spicules = grow_spicules(streams[1], surface, alpha_mm=lesion.size_mm / 2)
    # Internal variation: plane waves of one to six periods across the mass.
    count = 9
    waves = streams[2].normal(0.0, 1.0, (count, 4))
    waves[:, :3] *= streams[2].uniform(1.0, 6.0, (count, 1)) * np.pi / lesion.size_mm
    axis = draw_rotation(streams[3], tilt_deg=60.0)[0]
    return Mass(
        surface=surface,
        edge_share=EDGE_SHARE[margin],
        glandularity=MASS_GLANDULARITY[density],
        spicules=spicules,
        waves=waves.astype(np.float32),
        obscured_axis=axis * streams[3].choice([-1, 1]) if margin == "obscured" else None,
        fatty=density == "fat_containing",
        fat_mix=float(streams[3].choice([0.0, 0.45])),
    )


def _smoothstep(value: FloatArray) -> FloatArray:
    clipped = np.clip(value, 0.0, 1.0)
    return np.asarray(clipped * clipped * (3 - 2 * clipped), np.float32)


def _sample_body(mass: Mass, points: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(occupancy 0-1, glandularity of the matter) at (N, 3) points, mm."""
    distance = np.linalg.norm(points, axis=1)
    radius = mass.surface.radius_along(points)
    edge = np.maximum(mass.edge_share * radius, 0.08)
    occupancy = _smoothstep((radius - distance) / edge + 0.5)
    phase = points @ mass.waves[:, :3].T + mass.waves[:, 3]
    texture = np.sin(phase).sum(axis=1) / np.sqrt(len(mass.waves) / 2)
    if mass.fatty:
        capsule = _smoothstep((distance - radius + CAPSULE_MM) / 0.15 + 0.5)
        inside = mass.fat_mix * _smoothstep(texture * 1.2 + 0.3)
        return occupancy, np.maximum(capsule, inside * (1 - capsule)).astype(np.float32)
    return occupancy, (mass.glandularity * (1 + 0.14 * texture)).astype(np.float32)


def _obscure(mass: Mass, points: FloatArray) -> FloatArray:
    """(N,) share of the mass that stays visible: it fades out towards one side."""
    if mass.obscured_axis is None:
        return np.ones(len(points), np.float32)
    along = points @ mass.obscured_axis / mass.surface.largest_mm
    return np.asarray(1.0 - 0.9 * _smoothstep((along + 0.15) / 0.9), np.float32)


def _project_body(
    mass: Mass, projection: Projection, half_px: int, pixel_mm: float
) -> tuple[FloatArray, FloatArray]:
    """(path, glandularity-weighted path) in cm on a (2 * half_px + 1) square."""
    reach = mass.surface.largest_mm * (1 + mass.edge_share) + 0.3
    step = max(pixel_mm, 2 * reach / BODY_STEPS)
    count = int(np.ceil(reach / step))
    axis = (np.arange(-count, count + 1) * step).astype(np.float32)
    depth = ((np.arange(RAY_SAMPLES) + 0.5) / RAY_SAMPLES * 2 - 1).astype(np.float32) * reach
    x, y = np.meshgrid(axis, axis)
    plane = x.ravel()[:, None] * projection.right + y.ravel()[:, None] * projection.down
    points = plane[:, None, :] + depth[None, :, None] * projection.ray
    shape = points.shape[:2]
    flat = points.reshape(-1, 3)
    occupancy, gland = _sample_body(mass, flat)
    occupancy = occupancy * _obscure(mass, flat)
    scale = 2 * reach / RAY_SAMPLES / 10.0
    paths = []
    for values in (occupancy, occupancy * gland):
        path = values.reshape(shape).sum(axis=1).reshape(x.shape) * scale
        paths.append(_resample(path, step, half_px, pixel_mm))
    return paths[0], paths[1]


def _resample(path: FloatArray, step: float, half_px: int, pixel_mm: float) -> FloatArray:
    place = np.arange(-half_px, half_px + 1) * (pixel_mm / step) + path.shape[0] // 2
    rows, columns = np.meshgrid(place, place, indexing="ij")
    order: Literal[1, 3] = 1 if step == pixel_mm else 3
    found = ndimage.map_coordinates(path, np.stack([rows, columns]), order=order, mode="constant")
    return np.clip(found, 0.0, None).astype(np.float32)


def _half_size(mass: Mass, pixel_mm: float) -> int:
    reach = mass.surface.largest_mm * (1 + mass.edge_share)
    if mass.spicules is not None:
        reach = max(reach, float(np.linalg.norm(mass.spicules.end, axis=1).max()))
    return int(np.ceil((reach + 1.5) / pixel_mm))


def project_mass(mass: Mass, projection: Projection, *, contrast: float, pixel_mm: float) -> Layer:
    """One view of a mass as a layer; see `Layer`."""
    half = _half_size(mass, pixel_mm)
    path, gland_path = _project_body(mass, projection, half, pixel_mm)
    body = blur_and_sample(path, pixel_mm=pixel_mm, factor=1)
    gland = blur_and_sample(gland_path, pixel_mm=pixel_mm, factor=1)
    mask = body > MASK_SHARE * body.max()
    if mass.spicules is not None:
        factor = SPICULE_FACTOR
        fine = project_spicules(
            mass.spicules,
            mass.surface,
            projection,
            half_px=half * factor + factor // 2,
            pixel_mm=pixel_mm / factor,
        )
        strands = blur_and_sample(fine, pixel_mm=pixel_mm, factor=factor) / 10.0
        body, gland = body + strands, gland + min(mass.glandularity, STRAND_GLANDULARITY) * strands
    fat = mixture_per_cm(0.0)
    added = contrast * (fat * body + (mixture_per_cm(1.0) - fat) * gland)
    displaced = contrast * body
    support = ndimage.binary_fill_holes(displaced > SUPPORT_FLOOR * 2)
    return Layer(
        added=added.astype(np.float32),
        displaced_cm=displaced.astype(np.float32),
        mask=mask,
        support=np.asarray(support, bool),
        long_axis_mm=measure_long_axis(mask, pixel_mm),
    )


def draw_layers(
    lesion: LesionSpec,
    *,
    projections: Mapping[str, Projection],
    rng: np.random.Generator,
    pixel_mm: float = 0.1,
) -> dict[str, Layer]:
    """Layers of one mass by view: one body, projected once per view."""
    mass = draw_mass(rng, lesion)
    return {
        view: project_mass(mass, projection, contrast=lesion.contrast, pixel_mm=pixel_mm)
        for view, projection in projections.items()
    }


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    projections = {view: scene.projection for view, scene in scenes.items()}
    return by_view(draw_layers(lesion, projections=projections, rng=rng))


def teach(lesion: LesionSpec) -> list[str]:
    """What the descriptors say, in sentences."""
    words = lesion.descriptors
    article = "An" if words["shape"][0] in "aeiou" else "A"
    first = f"{article} {words['shape']} mass of {lesion.size_mm:.0f} mm."
    return [first, MARGINS[words["margin"]], MASS_DENSITIES[words["density"]]]


def draw_words(rng: np.random.Generator, actionable: bool) -> dict[str, str] | None:
    """Descriptors whose category agrees with `actionable`; None when the draw does not."""
    shares = SUSPICIOUS_SHARE if actionable else BENIGN_SHARE
    words = {name: choose(rng, table) for name, table in shares.items()}
    # A spiculated mass with a smooth outline is rare: most are irregular.
    if words["margin"] == "spiculated" and rng.random() < 0.8:
        words["shape"] = "irregular"
    # An irregular mass with a sharp edge all round is hardly ever seen.
    if words["margin"] == "circumscribed":
        words["shape"] = choose(rng, BENIGN_SHARE["shape"])
    agrees = (assess("mass", words) in ACTIONABLE_ASSESSMENTS) == actionable
    return words if agrees else None


def contradict(words: Words) -> str | None:
    """Why these words cannot stand together; None when they can."""
    margins = ("microlobulated", "indistinct", "spiculated")
    if words["density"] == "fat_containing" and words["margin"] in margins:
        return f"A mass that holds fat has a sharp edge and is not {words['margin']}."
    return None


MARGINS = {
    "circumscribed": (
        "Its edge is sharp and can be followed all the way round: the mass pushes tissue aside "
        "and does not grow into it."
    ),
    "obscured": (
        "Part of its edge is hidden by the tissue over it. What cannot be seen cannot be called "
        "circumscribed, so it needs further views before it is let go."
    ),
    "microlobulated": (
        "Its edge is broken into small scallops. That is more than the gentle lobulation of a "
        "fibroadenoma and raises suspicion."
    ),
    "indistinct": (
        "Its edge fades into the tissue with no line to follow although nothing lies over it: "
        "read it as possible infiltration."
    ),
    "spiculated": (
        "Fine straight lines radiate from it. They taper away from the mass and run across the "
        "normal course of the tissue, the most telling single sign of an invasive cancer."
    ),
}
MASS_DENSITIES = {
    "high": "It is denser than as much glandular tissue would be, which adds weight.",
    "equal": "It is as dense as the glandular tissue, so density does not help either way.",
    "low": "It is less dense than glandular tissue, which leans towards benign.",
    "fat_containing": (
        "There is fat inside it, with a thin capsule around: such a mass is benign whatever its "
        "size, and needs no work-up."
    ),
}


FINDING = Finding(
    key="mass",
    label="Mass",
    group="mass",
    reads_as="mass",
    descriptors=FINDING_KINDS["mass"].descriptors,
    size_mm=(3.0, 50.0),
    size_means="long axis of the body, without spiculations",
    region="gland",
    render=render,
    teach=teach,
    draw_words=draw_words,
    draw_size=lambda rng, words: draw_log_normal(rng, 11.0, 0.4, 5.0, 25.0),
    malignancy=lambda words: estimate_malignancy("mass", words),
    assess=lambda words: assess("mass", words),
    contradiction=contradict,
)
