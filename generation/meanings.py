"""What each descriptor's value means on a picture, in a short sentence of our own.

They stand beside a reader's answer that differs from the truth. Standard words, never the
sentences of an atlas.
"""

from collections.abc import Mapping
from typing import Final

MEANINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "shape": {
        "oval": "longer than wide, with at most a few gentle waves",
        "round": "as wide as long",
        "irregular": "neither round nor oval, whichever way it is turned",
    },
    "margin": {
        "circumscribed": "a sharp edge, traced nearly all the way round",
        "obscured": "an edge that tissue in front or behind hides in part",
        "microlobulated": "short, regular waves along the edge",
        "indistinct": "an edge that fades into the tissue and that nothing else hides",
        "spiculated": "lines that run out from the edge into the tissue",
    },
    "density": {
        "high": "whiter than the same amount of gland would be",
        "equal": "as white as the same amount of gland",
        "low": "darker than the same amount of gland, without being fat",
        "fat_containing": "dark as fat inside",
    },
    "morphology": {
        "skin": "lucent centres, at the skin when it is cut at a tangent",
        "vascular": "two parallel tracks along a vessel",
        "round": "smooth dots, all alike",
        "rim": "a thin shell around something dark",
        "coarse": "large lumps such as an old fibroadenoma leaves",
        "large_rod_like": "smooth rods along the ducts, towards the nipple",
        "dystrophic": "large, rough plates where tissue was hurt",
        "milk_of_calcium": "smudges in the CC view, level lines in the oblique",
        "suture": "lines or loops, with knots, where a thread was left",
        "amorphous": "too small or hazy to tell a shape",
        "coarse_heterogeneous": "rough, unequal grains larger than half a millimetre",
        "fine_pleomorphic": "small grains, each of another shape",
        "fine_linear_branching": "thin, broken lines that branch as ducts do",
    },
    "distribution": {
        "diffuse": "all over the breast",
        "regional": "over a large part that no duct system explains",
        "grouped": "a few grains close together",
        "linear": "in a line, as in a duct",
        "segmental": "a wedge that points at the nipple, as one duct system does",
    },
    "type": {
        "asymmetry": "more tissue than on the other side, in one view only",
        "focal": "more tissue in one place, in both views, without a mass's edge",
        "global": "more tissue over at least a quarter of the breast",
        "developing": "new or larger than in the exam before",
    },
    "feature": {
        "skin_thickening": "skin thicker than elsewhere",
        "skin_retraction": "skin drawn inwards",
        "nipple_retraction": "a nipple drawn inwards",
        "axillary_adenopathy": "axillary nodes that are large, round or without fat inside",
    },
}


def explain_word(descriptor: str, value: str) -> str:
    """What a value means, for after its name; empty for a word that is no longer used."""
    return MEANINGS.get(descriptor, {}).get(value, "")
