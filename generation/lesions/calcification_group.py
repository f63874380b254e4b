"""Calcifications: single particles in one 3D arrangement, projected per view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.lesions.drawing import choose, draw_log_normal
from generation.lesions.effects import Effect, Scene, by_view
from generation.lesions.finding import Finding, Words
from generation.lesions.particles import Particle, draw_particle
from generation.lesions.projection import Projection, deposit, measure_long_axis
from generation.lesions.surface import draw_rotation
from generation.likelihood import assess, estimate_malignancy
from generation.physics.attenuation import attenuation_per_cm
from generation.physics.blur import blur_and_sample
from generation.physics.layers import Layer
from generation.spec import LesionSpec
from generation.vocabulary import ACTIONABLE_ASSESSMENTS, FINDING_KINDS

FloatArray = NDArray[np.float32]

SUPERSAMPLING = 5
MARGIN_MM = 1.6
SUPPORT_FLOOR = 1.5e-4
# A reader sees the group, not the grains: what lies within these distances belongs to it.
HALO_MM = 0.6
CLOSING_MM = 2.5
CLEARANCE_MM = 0.12
TRIES = 60

# How often each descriptor is drawn, in a teaching set, and how many particles; assumed.
SUSPICIOUS_SHARE: dict[str, dict[str, float]] = {
    "morphology": {
        "fine_pleomorphic": 0.35,
        "amorphous": 0.25,
        "coarse_heterogeneous": 0.20,
        "fine_linear_branching": 0.20,
    },
    "distribution": {"grouped": 0.70, "linear": 0.13, "segmental": 0.14, "regional": 0.03},
}
BENIGN_SHARE: dict[str, dict[str, float]] = {
    "morphology": {
        "round": 0.40,
        "rim": 0.10,
        "coarse": 0.15,
        "large_rod_like": 0.15,
        "dystrophic": 0.10,
        "milk_of_calcium": 0.10,
    },
    "distribution": {"grouped": 0.75, "regional": 0.25},
}
COUNT_BY_MORPHOLOGY: dict[str, tuple[int, int]] = {
    "round": (5, 20),
    "rim": (2, 5),
    "coarse": (1, 4),
    "large_rod_like": (4, 10),
    "dystrophic": (2, 6),
    "milk_of_calcium": (6, 18),
    "amorphous": (18, 50),
    "coarse_heterogeneous": (6, 20),
    "fine_pleomorphic": (12, 36),
    "fine_linear_branching": (10, 28),
}

# Semi-axes of the volume that holds the group, relative to its long one.
ENVELOPES: dict[str, tuple[float, float, float]] = {
    "grouped": (1.0, 0.75, 0.75),
    "linear": (1.0, 0.09, 0.09),
    "segmental": (1.0, 0.45, 0.45),
    "regional": (1.0, 0.8, 0.8),
    "diffuse": (1.0, 0.9, 0.9),
}


@dataclass(frozen=True)
class Group:
    """Particles and the (N, 3) positions of their centres, mm from the group's centre."""

    particles: tuple[Particle, ...]
    positions_mm: FloatArray


def draw_offset(rng: np.random.Generator, distribution: str, axes: FloatArray) -> FloatArray:
    """(3,) one place in a group of unit semi-axis, in its own frame turned by `axes`."""
    envelope = ENVELOPES[distribution]
    while True:
        point = rng.uniform(-1.0, 1.0, 3)
        if distribution == "grouped":
            point = np.clip(rng.normal(0.0, 0.5, 3), -1, 1)
        if np.linalg.norm(point) >= 0.97:
            continue
        if distribution == "segmental":
            # A wedge with its tip towards the nipple, where the first axis points.
            point[1:] *= np.clip((1.0 - point[0]) / 1.4, 0.1, 1.0)
        return np.asarray((point * envelope) @ axes, np.float32)


def _free(
    place: FloatArray,
    reach: float,
    seen: list[FloatArray],
    reaches: list[float],
    basis: tuple[Projection, ...],
) -> bool:
    """True when a particle there touches no other one in any view, so that each can be counted."""
    if not seen:
        return True
    gap = np.stack(seen) - place
    need = np.array(reaches) + reach + CLEARANCE_MM
    return all(bool(np.all(np.linalg.norm(view.to_image_mm(gap), axis=1) > need)) for view in basis)


def draw_group(
    rng: np.random.Generator, lesion: LesionSpec, projections: Mapping[str, Projection]
) -> Group:
    """Draw `lesion.count` particles, the two outermost exactly `lesion.size_mm` apart.

    Places in which particles would overlap in a view are avoided as long as there is room.
    """
    morphology = lesion.descriptors["morphology"]
    distribution = lesion.descriptors["distribution"]
    count = lesion.count or 1
    layout, shapes = rng.spawn(2)
    # Ducts run towards the nipple: -depth, which both views show in full.
    axes = draw_rotation(layout, tilt_deg=30.0) * np.array([[-1.0], [1.0], [-1.0]], np.float32)
    radius = lesion.size_mm / 2.0
    largest = max(0.15, 0.6 * lesion.size_mm)
    particles = [
        draw_particle(stream, morphology, largest_mm=largest, axis=axes[0])
        for stream in shapes.spawn(count)
    ]
    reaches = [particle.size_mm / 2.0 for particle in particles]
    # Two at random mark the ends; then the largest first, while there is room.
    shuffled = [int(index) for index in layout.permutation(count)]
    order = shuffled[:2] + sorted(shuffled[2:], key=lambda index: -reaches[index])
    basis = tuple(projections.values())
    places: list[FloatArray] = []
    for rank in range(count):
        if rank < 2 and count > 1:
            places.append(np.asarray(axes[0] * radius * (1 - 2 * rank), np.float32))
            continue
        if count == 1:
            places.append(np.zeros(3, np.float32))
            continue
        for _ in range(TRIES):
            place = draw_offset(layout, distribution, axes) * np.float32(radius)
            held = [reaches[order[index]] for index in range(len(places))]
            if _free(place, reaches[order[rank]], places, held, basis):
                break
        places.append(place)
    return Group(tuple(particles[index] for index in order), np.stack(places))


def project_group(
    group: Group, projection: Projection, *, contrast: float, pixel_mm: float
) -> Layer:
    """One view of a group as a layer; see `Layer`."""
    reach = max(
        float(np.linalg.norm(place)) + particle.size_mm
        for place, particle in zip(group.positions_mm, group.particles, strict=True)
    )
    half = int(np.ceil((reach + MARGIN_MM) / pixel_mm))
    fine_half = half * SUPERSAMPLING + SUPERSAMPLING // 2
    points = np.concatenate(
        [
            particle.elements_mm + place
            for particle, place in zip(group.particles, group.positions_mm, strict=True)
        ]
    )
    sizes = [len(particle.elements_mm) for particle in group.particles]
    volume = np.repeat([particle.element_mm3 for particle in group.particles], sizes)
    calcium = np.repeat([particle.calcium for particle in group.particles], sizes)
    image = projection.to_image_mm(points)
    step = pixel_mm / SUPERSAMPLING
    # The elements' own width, so that no grid shows in the larger particles.
    sigma = 0.5 * max(particle.element_mm3 for particle in group.particles) ** (1 / 3) / step
    paths = [
        blur_and_sample(
            ndimage.gaussian_filter(
                deposit(image, weight, half_px=fine_half, pixel_mm=step), sigma
            ),
            pixel_mm=pixel_mm,
            factor=SUPERSAMPLING,
        )
        / 10.0
        for weight in (volume, volume * calcium)
    ]
    oxalate = attenuation_per_cm("calcium_oxalate")
    added = np.clip(contrast * oxalate * paths[1], 0.0, None)
    centres = projection.to_image_mm(group.positions_mm) / pixel_mm
    mask = outline_group(paths[0], pixel_mm=pixel_mm)
    return Layer(
        added=added.astype(np.float32),
        displaced_cm=np.clip(contrast * paths[0], 0.0, None).astype(np.float32),
        mask=mask,
        support=added > SUPPORT_FLOOR,
        long_axis_mm=measure_long_axis(mask, pixel_mm),
        particles_px=centres.astype(np.float32),
    )


def outline_group(path_cm: FloatArray, *, pixel_mm: float) -> NDArray[np.bool_]:
    """(h, w) area of a group: its particles, what lies between them, and a narrow halo."""
    grains = path_cm > 0.05 * float(path_cm.max())
    away = ndimage.distance_transform_edt(~grains) * pixel_mm
    joined = away <= CLOSING_MM
    inner = ndimage.distance_transform_edt(joined) * pixel_mm
    closed = inner > CLOSING_MM - HALO_MM
    return np.asarray(ndimage.binary_fill_holes(closed | (away <= HALO_MM)), bool)


def draw_layers(
    lesion: LesionSpec,
    *,
    projections: Mapping[str, Projection],
    rng: np.random.Generator,
    pixel_mm: float = 0.1,
) -> dict[str, Layer]:
    """Layers of one group by view: one arrangement, projected once per view.

    The arrangement heeds all the projections given: particles overlap in none of them.
    """
    group = draw_group(rng, lesion, projections)
    return {
        view: project_group(group, projection, contrast=lesion.contrast, pixel_mm=pixel_mm)
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
    count = lesion.count or 0
    amount = "One calcification" if count == 1 else f"{count} calcifications"
    over = "." if count == 1 else f" over {lesion.size_mm:.0f} mm."
    said = [f"{amount}{over}", MORPHOLOGIES[words["morphology"]]]
    return said if count == 1 else [*said, DISTRIBUTIONS[words["distribution"]]]


def draw_words(rng: np.random.Generator, actionable: bool) -> dict[str, str] | None:
    """Descriptors whose category agrees with `actionable`; None when the draw does not."""
    shares = SUSPICIOUS_SHARE if actionable else BENIGN_SHARE
    words = {name: choose(rng, table) for name, table in shares.items()}
    agrees = (assess("calcification_group", words) in ACTIONABLE_ASSESSMENTS) == actionable
    return words if agrees else None


def draw_size(rng: np.random.Generator, words: Words) -> float:
    """More than 20 mm of scattered calcifications is what makes a distribution regional."""
    if words["distribution"] in ("regional", "diffuse"):
        return round(float(rng.uniform(21.0, 34.0)), 1)
    return draw_log_normal(rng, 10.0, 0.4, 5.0, 20.0)


MORPHOLOGIES = {
    "round": "The particles are smooth and round, of one kind: they form in acini.",
    "rim": "Thin shells around lucent centres: the wall of a fat necrosis or an oil cyst.",
    "coarse": "Large, lumpy and very dense: a fibroadenoma that has involuted.",
    "large_rod_like": (
        "Smooth thick rods along the ducts, pointing to the nipple: secretory disease. Compare "
        "their calibre with the thin broken lines of a cast in cancer."
    ),
    "dystrophic": "Coarse lumps, some with a lucent centre, as after injury or surgery.",
    "milk_of_calcium": (
        "Smudges in the CC view that turn into level crescents in the oblique: sediment in tiny "
        "cysts. Only the change between the views proves it."
    ),
    "amorphous": (
        "Particles too small and hazy to be given a shape. About one biopsy in five shows cancer."
    ),
    "coarse_heterogeneous": (
        "Irregular, conspicuous particles, larger than half a millimetre and unlike each other, "
        "yet too small for dystrophic ones."
    ),
    "fine_pleomorphic": (
        "Small sharp particles below half a millimetre, no two alike in shape or density: think "
        "of crushed stone. Nearly a third of biopsies show cancer."
    ),
    "fine_linear_branching": (
        "Thin, broken, sometimes forking lines: casts of ducts filled by tumour. This is the "
        "morphology with the highest yield of cancer, mostly high-grade DCIS."
    ),
}
DISTRIBUTIONS = {
    "diffuse": "They lie all over the breast, which speaks for a benign process.",
    "regional": "They take up a large area that follows no duct, which weighs little.",
    "grouped": "They keep to one small cluster.",
    "linear": "They line up as in a duct, which raises suspicion whatever their shape.",
    "segmental": (
        "They fill a wedge with its tip to the nipple, the course of one duct and its branches, "
        "which raises suspicion whatever their shape."
    ),
}


FINDING = Finding(
    key="calcification_group",
    label="Calcifications",
    group="calcification",
    reads_as="calcification_group",
    descriptors=FINDING_KINDS["calcification_group"].descriptors,
    size_mm=(3.0, 60.0),
    size_means="distance of the two outermost particles",
    region="gland",
    render=render,
    teach=teach,
    draw_words=draw_words,
    draw_size=draw_size,
    count=lambda words: COUNT_BY_MORPHOLOGY[words["morphology"]],
    malignancy=lambda words: estimate_malignancy("calcification_group", words),
    assess=lambda words: assess("calcification_group", words),
)
