"""Masses: which there are, how often, and what they mean; `mass_model` makes them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from generation.lesions.drawing import choose, draw_log_normal
from generation.lesions.effects import Effect, Scene, by_view
from generation.lesions.finding import Finding, Words
from generation.lesions.matter.lucency import push_gland_aside
from generation.lesions.matter.mass_model import draw_mass, project_mass
from generation.lesions.matter.projection import Projection
from generation.likelihood import assess, estimate_malignancy
from generation.physics.layers import Layer
from generation.spec import LesionSpec
from generation.vocabulary import ACTIONABLE_ASSESSMENTS, FINDING_KINDS

# How often shape and margin come together: masses of CBIS-DDSM alone in their breast, one view of
# each, in category 4 or 5 (388) and circumscribed in 2 or 3 (70); lobulated counted as oval,
# ill-defined as indistinct, distortions and asymmetries left out.
ACTIONABLE_COUNT = {
    ("irregular", "spiculated"): 111,
    ("irregular", "indistinct"): 64,
    ("irregular", "microlobulated"): 4,
    ("irregular", "obscured"): 2,
    ("oval", "circumscribed"): 52,
    ("oval", "indistinct"): 44,
    ("oval", "microlobulated"): 32,
    ("oval", "obscured"): 24,
    ("oval", "spiculated"): 19,
    ("round", "indistinct"): 11,
    ("round", "circumscribed"): 8,
    ("round", "obscured"): 7,
    ("round", "spiculated"): 6,
    ("round", "microlobulated"): 4,
}
BENIGN_COUNT = {("oval", "circumscribed"): 53, ("round", "circumscribed"): 17}
# Assumed.
ACTIONABLE_DENSITY = {"high": 0.60, "equal": 0.35, "low": 0.05}
BENIGN_DENSITY = {"equal": 0.50, "low": 0.25, "fat_containing": 0.25}
# Screen-detected cancers: median 12-15 mm by density (2,430 in Victoria, Breast Cancer Res 6
# Suppl 1:P14), mean 17 mm on the films of 844 (doi 10.1186/bcr2378).
SIZE_MM = (14.0, 0.42, 4.0, 45.0)
SUSPICIOUS_MARGINS = ("microlobulated", "indistinct", "spiculated")


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
    layers = draw_layers(lesion, projections=projections, rng=rng)
    if lesion.descriptors["density"] == "fat_containing":
        layers = {
            view: push_gland_aside(layer, lesion, scenes[view]) for view, layer in layers.items()
        }
    return by_view(layers)


def teach(lesion: LesionSpec) -> list[str]:
    """What the descriptors say, in sentences."""
    words = lesion.descriptors
    article = "An" if words["shape"][0] in "aeiou" else "A"
    first = f"{article} {words['shape']} mass of {lesion.size_mm:.0f} mm."
    return [first, MARGINS[words["margin"]], MASS_DENSITIES[words["density"]]]


def draw_words(rng: np.random.Generator, actionable: bool) -> dict[str, str] | None:
    """Descriptors whose category agrees with `actionable`; None when the draw does not."""
    counts = ACTIONABLE_COUNT if actionable else BENIGN_COUNT
    weights = np.array(list(counts.values()), float)
    shape, margin = list(counts)[int(rng.choice(len(counts), p=weights / weights.sum()))]
    density = choose(rng, ACTIONABLE_DENSITY if actionable else BENIGN_DENSITY)
    words = {"shape": shape, "margin": margin, "density": density}
    agrees = (assess("mass", words) in ACTIONABLE_ASSESSMENTS) == actionable
    return words if agrees else None


def contradict(words: Words) -> str | None:
    """Why these words cannot stand together; None when they can."""
    if words["density"] == "fat_containing" and words["margin"] in SUSPICIOUS_MARGINS:
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
    draw_size=lambda rng, words: draw_log_normal(rng, *SIZE_MM),
    malignancy=lambda words: estimate_malignancy("mass", words),
    assess=lambda words: assess("mass", words),
    suspicious=lambda words: words["margin"] in SUSPICIOUS_MARGINS,
    thick=True,
    contradiction=contradict,
)
