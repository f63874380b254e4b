"""Calcifications in words: which pairs of descriptors occur, how often, how many, how large.

Pairs follow the descriptors' definitions (BI-RADS 5th edition, as tabulated in the literature):
vascular ones follow a vessel, suture ones a line of stitches, rods run with ducts over much of the
breast, and casts of ducts lie where ducts lie. Shares, counts and sizes are assumed for a teaching
set, and kept to the definitions: more than 20 mm makes a region, at least 5 to the square
centimetre a group; diffuse ones span most of a breast of 180 mm.
"""

from __future__ import annotations

import numpy as np

from generation.lesions.drawing import choose, draw_log_normal
from generation.lesions.finding import Words
from generation.likelihood import assess
from generation.vocabulary import ACTIONABLE_ASSESSMENTS

KIND = "calcification_group"

# Share of each distribution by morphology; a pair that is missing does not occur.
PAIRS: dict[str, dict[str, float]] = {
    "skin": {"grouped": 0.8, "regional": 0.2},
    "vascular": {"linear": 1.0},
    "coarse": {"grouped": 0.85, "regional": 0.15},
    "large_rod_like": {"segmental": 0.35, "regional": 0.3, "diffuse": 0.25, "linear": 0.1},
    "round": {"grouped": 0.45, "regional": 0.3, "diffuse": 0.25},
    "rim": {"grouped": 0.8, "regional": 0.2},
    "dystrophic": {"grouped": 0.85, "regional": 0.15},
    "milk_of_calcium": {"grouped": 0.5, "regional": 0.3, "diffuse": 0.2},
    "suture": {"linear": 0.6, "grouped": 0.4},
    "amorphous": {
        "grouped": 0.62,
        "segmental": 0.12,
        "linear": 0.1,
        "regional": 0.12,
        "diffuse": 0.04,
    },
    "coarse_heterogeneous": {"grouped": 0.74, "segmental": 0.1, "linear": 0.08, "regional": 0.08},
    "fine_pleomorphic": {"grouped": 0.7, "segmental": 0.15, "linear": 0.1, "regional": 0.05},
    "fine_linear_branching": {"grouped": 0.4, "segmental": 0.3, "linear": 0.28, "regional": 0.02},
}
SUSPICIOUS_SHARE = {
    "fine_pleomorphic": 0.35,
    "amorphous": 0.25,
    "coarse_heterogeneous": 0.20,
    "fine_linear_branching": 0.20,
}
BENIGN_SHARE = {
    "vascular": 0.18,
    "round": 0.18,
    "coarse": 0.12,
    "rim": 0.10,
    "skin": 0.12,
    "large_rod_like": 0.10,
    "milk_of_calcium": 0.08,
    "dystrophic": 0.08,
    "suture": 0.04,
}
WHY_NOT = {
    "vascular": "Vascular calcifications follow a vessel: their distribution is linear.",
    "suture": "Suture calcifications lie along a line of stitches or in one group.",
    "skin": "Skin calcifications lie in a group or a region of the skin.",
    "large_rod_like": "Large rod-like calcifications run along the ducts of a wider area.",
    "fine_linear_branching": "Casts of ducts do not lie diffusely all over a breast.",
}
COUNTS: dict[str, tuple[int, int]] = {
    "skin": (4, 12),
    "vascular": (8, 22),
    "coarse": (1, 3),
    "large_rod_like": (6, 14),
    "round": (5, 18),
    "rim": (1, 4),
    "dystrophic": (2, 6),
    "milk_of_calcium": (6, 18),
    "suture": (2, 5),
    "amorphous": (22, 65),
    "coarse_heterogeneous": (6, 20),
    "fine_pleomorphic": (12, 36),
    "fine_linear_branching": (10, 26),
}
WIDER = {"regional": 1.6, "diffuse": 2.6, "segmental": 1.3}
# Smallest and largest drawn size in mm: for a morphology where it has its own, by distribution
# otherwise.
SIZES_BY_DISTRIBUTION = {
    "regional": (22.0, 42.0),
    "diffuse": (100.0, 150.0),
    "segmental": (18.0, 42.0),
    "linear": (10.0, 26.0),
}
SIZES_BY_MORPHOLOGY = {"vascular": (20.0, 55.0), "suture": (6.0, 20.0)}


def find_contradiction(words: Words) -> str | None:
    """Why a morphology does not occur in a distribution; None where it does."""
    morphology, distribution = words["morphology"], words["distribution"]
    if distribution in PAIRS[morphology]:
        return None
    known = ", ".join(PAIRS[morphology])
    why = WHY_NOT.get(morphology, "These two do not occur together.")
    return f"{why} Must be one of {known} with {morphology}."


def draw_words(rng: np.random.Generator, actionable: bool) -> dict[str, str] | None:
    """Descriptors whose category agrees with `actionable`; None when the draw does not."""
    morphology = choose(rng, SUSPICIOUS_SHARE if actionable else BENIGN_SHARE)
    words = {"morphology": morphology, "distribution": choose(rng, PAIRS[morphology])}
    agrees = (assess(KIND, words) in ACTIONABLE_ASSESSMENTS) == actionable
    return words if agrees else None


def draw_size(rng: np.random.Generator, words: Words) -> float:
    """More than 20 mm of scattered calcifications is what makes a distribution regional."""
    span = SIZES_BY_MORPHOLOGY.get(words["morphology"])
    span = span or SIZES_BY_DISTRIBUTION.get(words["distribution"])
    if span is not None:
        return round(float(rng.uniform(*span)), 1)
    return draw_log_normal(rng, 10.0, 0.4, 5.0, 20.0)


def count_range(words: Words) -> tuple[int, int]:
    """Smallest and largest drawn number of particles."""
    low, high = COUNTS[words["morphology"]]
    factor = WIDER.get(words["distribution"], 1.0)
    return max(low, round(low * factor)), round(high * factor)


MORPHOLOGIES = {
    "skin": (
        "Small rings with lucent centres in the pores of the skin: one view meets them edge on, "
        "in the skin line. A tangential view settles it."
    ),
    "vascular": (
        "Two parallel, broken tracks along a winding vessel: calcium in the wall of an artery."
    ),
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
    "suture": (
        "Short curved strands, some with a knot or a loop: calcium on suture material, where "
        "there was an operation."
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
# Where the shape is benign at sight, the line or the wedge says where they lie, and no more.
BENIGN_DISTRIBUTIONS = {
    "linear": "They follow one line.",
    "segmental": "They fill a wedge towards the nipple, as the ducts do.",
}


def describe(words: Words, count: int, size_mm: float) -> list[str]:
    """What the descriptors say, in sentences."""
    amount = "One calcification" if count == 1 else f"{count} calcifications"
    over = "." if count == 1 else f" over {size_mm:.0f} mm."
    said = [f"{amount}{over}", MORPHOLOGIES[words["morphology"]]]
    if count == 1 or words["morphology"] == "vascular":
        return said
    benign = words["morphology"] in BENIGN_SHARE
    where = DISTRIBUTIONS | (BENIGN_DISTRIBUTIONS if benign else {})
    return [*said, where[words["distribution"]]]
