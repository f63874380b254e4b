"""A tissue marker left by a needle biopsy: one small piece of bent titanium wire.

Forms as the makers of markers name them (ribbon, coil, wing, barbell), 2 to 4 mm, of wire about
0.2 mm thick; the exact proportions are assumed. Each is drawn in 3D and projected, so the two
views show it from two sides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.lesions.drawing import choose
from generation.lesions.effects import Effect, Scene, by_view
from generation.lesions.finding import Finding
from generation.lesions.matter.metal import bend_wire, make_of_titanium
from generation.lesions.matter.particle_layer import Group, project_group
from generation.lesions.matter.particles import Particle
from generation.lesions.matter.solids import Cloud, fill_tube
from generation.spec import LesionSpec
from generation.vocabulary import Descriptor, Term

FloatArray = NDArray[np.floating[Any]]

KEY = "biopsy_marker"
WIRE_MM = 0.11


def _fill_wire(path: FloatArray, rng: np.random.Generator, radius: float = WIRE_MM) -> Cloud:
    return fill_tube(np.asarray(path, np.float32), np.full(len(path), radius, np.float32), rng=rng)


def build_ribbon(rng: np.random.Generator, size_mm: float) -> Cloud:
    """A loop whose tails cross."""
    angle = np.linspace(-0.32 * np.pi, 1.32 * np.pi, 30)
    loop = np.stack([0.27 * np.cos(angle), 0.30 * np.sin(angle) + 0.2, 0.03 * angle], axis=1)
    tails = [[0.33, -0.5, 0.1], *loop[::-1], [-0.33, -0.5, -0.1]]
    return _fill_wire(bend_wire(tails, steps=70) * size_mm, rng)


def build_coil(rng: np.random.Generator, size_mm: float) -> Cloud:
    """Three or four turns of a helix."""
    turns, across = rng.uniform(3.0, 4.2), rng.uniform(0.16, 0.22)
    angle = np.linspace(0, 2 * np.pi * turns, 110)
    along = np.linspace(-0.45, 0.45, 110)
    path = np.stack([along, across * np.cos(angle), across * np.sin(angle)], axis=1)
    return _fill_wire(path * size_mm, rng, 0.75 * WIRE_MM)


def build_wing(rng: np.random.Generator, size_mm: float) -> Cloud:
    """Two bows that meet in the middle, as a gull is drawn."""
    along = np.linspace(-0.5, 0.5, 60)
    lift = 0.34 * np.abs(np.sin(2 * np.pi * along)) * rng.uniform(0.8, 1.2)
    return _fill_wire(np.stack([along, lift, 0 * along], axis=1) * size_mm, rng)


def build_barbell(rng: np.random.Generator, size_mm: float) -> Cloud:
    """A bar with a thicker bead at either end."""
    along = np.linspace(-0.5, 0.5, 60)
    bead = np.exp(-(((np.abs(along) - 0.4) / 0.075) ** 2))
    radii = WIRE_MM * (0.8 + 2.2 * bead)
    path = (np.stack([along, 0 * along, 0 * along], axis=1) * size_mm).astype(np.float32)
    return fill_tube(path, radii.astype(np.float32), rng=rng)


FORMS: dict[str, Callable[[np.random.Generator, float], Cloud]] = {
    "ribbon": build_ribbon,
    "coil": build_coil,
    "wing": build_wing,
    "barbell": build_barbell,
}
FORM_SHARE = {"ribbon": 0.3, "coil": 0.3, "wing": 0.25, "barbell": 0.15}


def draw_marker(rng: np.random.Generator, form: str, size_mm: float) -> Particle:
    """One marker of a form; KeyError for an unknown one."""
    return make_of_titanium(FORMS[form](rng, size_mm), size_mm=size_mm, rng=rng)


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    marker = draw_marker(rng, lesion.descriptors["form"], lesion.size_mm)
    group = Group([marker], np.zeros((1, 3), np.float32))
    return by_view(
        {
            view: project_group(group, scene.projection, contrast=lesion.contrast)
            for view, scene in scenes.items()
        }
    )


def teach(lesion: LesionSpec) -> list[str]:
    form = lesion.descriptors["form"]
    return [
        f"A biopsy marker, {form} form, {lesion.size_mm:.0f} mm.",
        "It is metal: white throughout, with sharp edges and a maker's shape.",
        (
            "It says that this place was sampled. Read that biopsy's report before judging what "
            "lies beside it."
        ),
    ]


FINDING = Finding(
    key=KEY,
    label="Biopsy marker",
    group="post_surgical",
    reads_as=None,
    descriptors=(
        Descriptor("form", "Form", tuple(Term(form, form.capitalize()) for form in FORMS)),
    ),
    size_mm=(2.0, 4.0),
    size_means="longest dimension",
    region="gland",
    render=render,
    teach=teach,
    draw_words=lambda rng, actionable: None if actionable else {"form": choose(rng, FORM_SHARE)},
    draw_size=lambda rng, words: round(float(rng.uniform(2.2, 4.0)), 1),
    malignancy=lambda words: 0.0,
    assess=lambda words: "2",
)
