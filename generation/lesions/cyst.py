"""Cysts: fluid under tension, round or oval, with a wall too thin to see.

The fluid attenuates as water (.81 per cm at 20 keV, NIST), a little more than gland (.77), and is
even throughout: nothing inside but the tissue over and under it. No halo is drawn: the bright and
dark band beside a smooth edge is made by the eye.

Sizes: simple cysts seen at mammography measure 5 to 30 mm and more; the median is assumed. A
simple cyst is never malignant. It cannot be told from a solid mass by mammography alone, hence
the category: ultrasound settles it (assumed: 3, not 2).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from generation.lesions.drawing import choose, draw_log_normal
from generation.lesions.effects import Effect, Scene, by_view
from generation.lesions.finding import Finding
from generation.lesions.mass_words import describe_mass, name_mass
from generation.lesions.matter.body import Body, fill, show_body
from generation.lesions.matter.surface import draw_surface
from generation.spec import LesionSpec

# Of water, (.81 - .513) / (.767 - .513); and of a cyst so slack that the paddle flattens it, which
# is assumed.
GLANDULARITY = {"equal": 1.17, "low": 0.65}
EDGE_SHARE = 0.03
# Assumed.
SHARES = {
    "shape": {"oval": 0.55, "round": 0.45},
    "margin": {"circumscribed": 1.0},
    "density": {"equal": 0.65, "low": 0.35},
}


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    body = draw_body(rng, lesion)
    return by_view(
        {
            view: show_body(body, scene.projection, contrast=lesion.contrast)
            for view, scene in scenes.items()
        }
    )


def draw_body(rng: np.random.Generator, lesion: LesionSpec) -> Body:
    """The cyst in 3D, the same for every view."""
    words = lesion.descriptors
    surface = draw_surface(rng, shape=words["shape"], lobulated=False, size_mm=lesion.size_mm)
    return Body(surface, fill(GLANDULARITY[words["density"]]), edge_share=EDGE_SHARE)


def draw_words(rng: np.random.Generator, actionable: bool) -> dict[str, str] | None:
    """Descriptors of a cyst; None when it is to be actionable."""
    if actionable:
        return None
    return {name: choose(rng, shares) for name, shares in SHARES.items()}


def teach(lesion: LesionSpec) -> list[str]:
    """What it is, in sentences."""
    return [
        f"{name_mass(lesion.descriptors, lesion.size_mm)} with a sharp edge: a cyst.",
        (
            "Fluid is about as dense as gland, so the film cannot tell it from a solid mass; its "
            "even inside and smooth, tense outline suggest it, and ultrasound proves it."
        ),
        "Several of them, in both breasts, coming and going over the years, are the rule.",
    ]


FINDING = Finding(
    key="cyst",
    label="Cyst",
    group="look_alike",
    reads_as="mass",
    descriptors=describe_mass(
        shapes=("oval", "round"), margins=("circumscribed",), densities=("equal", "low")
    ),
    size_mm=(4.0, 50.0),
    size_means="long axis",
    thick=True,
    region="gland",
    render=render,
    teach=teach,
    draw_words=draw_words,
    draw_size=lambda rng, words: draw_log_normal(rng, 13.0, 0.45, 5.0, 40.0),
    malignancy=lambda words: 0.0,
    assess=lambda words: "3",
)
