"""How likely a finding with given descriptors is malignant, and the category that follows.

Single-descriptor probabilities (published where a source stands beside them, assumed between the
published ones otherwise) are combined as independent odds against a common base rate.

Sources: Liberman 1998 (AJR 171:35, 492 biopsied lesions: spiculated .81, irregular .73, linear
morphology .81, segmental .74 and linear .68 distribution); BI-RADS 5th edition as tabulated in the
literature (amorphous .21, coarse heterogeneous .13, fine pleomorphic .29, grouped .31, regional
.26); Woods 2011 (Radiology 258:417: high density .70, others .22). Category cut-points: .02, .10,
.50, .95.
"""

from __future__ import annotations

from collections.abc import Mapping

from generation.vocabulary import BENIGN_MORPHOLOGIES, term_keys

MASS_BASE = 0.40
MASS_PROBABILITY: dict[str, dict[str, float]] = {
    # Assumed: microlobulated, indistinct, obscured, circumscribed, oval, round.
    "margin": {
        "spiculated": 0.81,
        "indistinct": 0.45,
        "microlobulated": 0.40,
        "obscured": 0.20,
        "circumscribed": 0.05,
    },
    "shape": {"irregular": 0.73, "round": 0.30, "oval": 0.15},
    "density": {"high": 0.70, "equal": 0.25, "low": 0.15},
}
GROUP_BASE = 0.31
GROUP_PROBABILITY: dict[str, dict[str, float]] = {
    "morphology": {
        "fine_linear_branching": 0.81,
        "fine_pleomorphic": 0.29,
        "amorphous": 0.21,
        "coarse_heterogeneous": 0.13,
    },
    # Assumed: diffuse.
    "distribution": {
        "segmental": 0.74,
        "linear": 0.68,
        "grouped": 0.31,
        "regional": 0.26,
        "diffuse": 0.05,
    },
}
CATEGORY_LIMITS = ((0.02, "3"), (0.10, "4A"), (0.50, "4B"), (0.95, "4C"))


def _odds(probability: float) -> float:
    return probability / (1.0 - probability)


def is_typically_benign(kind: str, descriptors: Mapping[str, str]) -> bool:
    """True for what is called benign at sight: fat in a mass, a typically benign morphology."""
    if kind == "mass":
        return descriptors["density"] == "fat_containing"
    return descriptors["morphology"] in term_keys(BENIGN_MORPHOLOGIES)


def estimate_malignancy(kind: str, descriptors: Mapping[str, str]) -> float:
    """Probability (0-1) that a biopsy of such a finding shows cancer; 0 for typically benign."""
    if is_typically_benign(kind, descriptors):
        return 0.0
    mass = kind == "mass"
    base = _odds(MASS_BASE if mass else GROUP_BASE)
    odds = base
    for name, table in (MASS_PROBABILITY if mass else GROUP_PROBABILITY).items():
        odds *= _odds(table[descriptors[name]]) / base
    return odds / (1.0 + odds)


def assess(kind: str, descriptors: Mapping[str, str]) -> str:
    """Assessment category ("2", "3", "4A".."5") that the descriptors call for.

    Round calcifications in one group are probably benign; scattered ones are benign.
    """
    if is_typically_benign(kind, descriptors):
        grouped_round = (
            descriptors.get("morphology") == "round"
            and descriptors.get("distribution") == "grouped"
        )
        return "3" if grouped_round else "2"
    probability = estimate_malignancy(kind, descriptors)
    for limit, category in CATEGORY_LIMITS:
        if probability <= limit:
            return category
    return "5"
