"""Intramammary lymph nodes: small beans with a fatty hilum, beside a vessel.

Seen in about 5 % of mammograms, nearly always below 10 mm, in the upper outer quadrant in 72 %,
with a darker middle in 78 % (Svane & Franzen 1993, Acta Radiol 34:577, 64 nodes proven by
needle); circumscribed, at the edge of the gland, next to a vein (Bitencourt 2019, Br J Radiol
92:20190517). Typically benign where the hilum shows; without it, probably benign (assumed).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from generation.lesions.drawing import choose, draw_log_normal
from generation.lesions.effects import Effect, Scene, by_view
from generation.lesions.finding import Finding
from generation.lesions.mass_words import describe_mass, name_mass
from generation.lesions.matter.node import NodeForm, draw_node, project_node
from generation.spec import LesionSpec
from generation.vocabulary import Descriptor, Term

# As muscle, which is soft tissue without fat: (.865 - .513) / (.767 - .513) at 20 keV.
GLANDULARITY = {"equal": 1.38, "low": 1.2}
# Small nodes are as thick as wide; a hilum that does not show is small.
HILUM = {"seen": (0.36, 0.52), "hidden": (0.0, 0.0)}
NOTCH = {"seen": (0.18, 0.38), "hidden": (0.05, 0.15)}
VESSEL_MM = (10.0, 22.0)
VESSEL_SHARE = 0.8
SHARES = {
    "shape": {"oval": 1.0},
    "margin": {"circumscribed": 1.0},
    "density": {"low": 0.6, "equal": 0.4},
    "hilum": {"seen": 0.78, "hidden": 0.22},
}


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    shape, body = rng.spawn(2)
    words = lesion.descriptors
    form = NodeForm(
        axes=(1.0, float(shape.uniform(0.62, 0.78)), float(shape.uniform(0.55, 0.72))),
        glandularity=GLANDULARITY[words["density"]],
        hilum=float(shape.uniform(*HILUM[words["hilum"]])),
        notch=float(shape.uniform(*NOTCH[words["hilum"]])),
    )
    vessel = float(shape.uniform(*VESSEL_MM)) if shape.random() < VESSEL_SHARE else 0.0
    node = draw_node(body, form, size_mm=lesion.size_mm, vessel_mm=vessel)
    return by_view(
        {
            view: project_node(node, scene.projection, contrast=lesion.contrast)
            for view, scene in scenes.items()
        }
    )


def draw_words(rng: np.random.Generator, actionable: bool) -> dict[str, str] | None:
    """Descriptors of a node; None when it is to be actionable."""
    if actionable:
        return None
    return {name: choose(rng, shares) for name, shares in SHARES.items()}


HILA = {
    "seen": (
        "Fat in its hilum makes a notch on one side or a dark middle. With that it is a lymph "
        "node and needs nothing."
    ),
    "hidden": (
        "Its hilum does not show, so the fat that would prove it is missing; small size, sharp "
        "edge, place and a vessel beside it speak for a node all the same."
    ),
}


def teach(lesion: LesionSpec) -> list[str]:
    """What it is, in sentences."""
    first = f"{name_mass(lesion.descriptors, lesion.size_mm)}: a lymph node in the breast."
    return [first, HILA[lesion.descriptors["hilum"]], "Most lie in the upper outer quadrant."]


FINDING = Finding(
    key="intramammary_node",
    label="Intramammary lymph node",
    group="look_alike",
    reads_as="mass",
    descriptors=(
        *describe_mass(shapes=("oval",), margins=("circumscribed",), densities=("low", "equal")),
        Descriptor(
            "hilum", "Fatty hilum", (Term("seen", "Shows"), Term("hidden", "Does not show"))
        ),
    ),
    size_mm=(4.0, 15.0),
    size_means="long axis",
    thick=True,
    region="gland",
    render=render,
    teach=teach,
    draw_words=draw_words,
    draw_size=lambda rng, words: draw_log_normal(rng, 7.0, 0.25, 5.0, 12.0),
    malignancy=lambda words: 0.0,
    assess=lambda words: "2" if words["hilum"] == "seen" else "3",
)
