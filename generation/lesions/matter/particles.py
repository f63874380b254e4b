"""Single calcifications by morphology: exact size, known attenuation.

Sizes follow the descriptors' own definitions (BI-RADS 5th edition, as tabulated in the
literature): coarse heterogeneous mostly above .5 mm, fine pleomorphic below it, skin and round
mostly below 1 mm. The lower ends of the fine ones follow VICTRE's clusters (.171-.195 mm).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.lesions.matter.calcification_shapes import (
    build_cast,
    build_chip,
    build_dystrophic,
    build_haze,
    build_popcorn,
    build_pore,
    build_rod,
    build_shell,
    build_sphere,
    build_teacup,
    build_thread,
)
from generation.lesions.matter.solids import Cloud, measure_longest

FloatArray = NDArray[np.float32]


@dataclass(frozen=True)
class Particle:
    """One particle: small volumes around its centre of mass.

    Attributes:
        elements_mm: (N, 3) places from the centre.
        volumes_mm3: (N,) volume of each.
        width_mm: about the width of one.
        calcium: attenuation relative to calcium oxalate.
        size_mm: longest dimension.
    """

    elements_mm: FloatArray
    volumes_mm3: FloatArray
    width_mm: float
    calcium: float
    size_mm: float


@dataclass(frozen=True)
class ParticleForm:
    """Size range in mm (longest dimension), calcium relative to oxalate, and the shape's maker.

    `spread`: how far an aligned form leaves the duct's direction (normal deviation of a
    component); None: turned at random. `small_share` favours the small end of the sizes.
    """

    size_mm: tuple[float, float]
    calcium: tuple[float, float]
    build: Callable[[np.random.Generator, float], Cloud]
    spread: float | None = None
    small_share: float = 1.0


# Malignant calcifications are mostly hydroxyapatite, which attenuates about 2.5 times as much as
# calcium oxalate; the fine ones carry the upper end, as presentation processing lifts fine detail.
PARTICLE_FORMS: dict[str, ParticleForm] = {
    "skin": ParticleForm((0.4, 1.1), (0.5, 1.2), build_pore, small_share=1.3),
    "coarse": ParticleForm((1.8, 6.0), (0.30, 0.65), build_popcorn),
    "large_rod_like": ParticleForm((2.5, 9.0), (0.7, 1.4), build_rod, spread=0.22),
    "round": ParticleForm((0.25, 0.9), (1.0, 1.6), build_sphere),
    "rim": ParticleForm((1.5, 5.0), (0.30, 0.65), build_shell, small_share=1.3),
    "dystrophic": ParticleForm((0.8, 3.0), (0.4, 0.9), build_dystrophic),
    "milk_of_calcium": ParticleForm((0.4, 1.4), (0.4, 1.0), build_teacup, small_share=1.2),
    "suture": ParticleForm((2.0, 6.0), (0.8, 1.3), build_thread, spread=0.6),
    "amorphous": ParticleForm((0.25, 0.75), (0.35, 1.1), build_haze, small_share=1.2),
    "coarse_heterogeneous": ParticleForm((0.4, 1.1), (0.6, 1.6), build_chip),
    "fine_pleomorphic": ParticleForm((0.18, 0.6), (1.0, 3.0), build_chip, small_share=1.3),
    "fine_linear_branching": ParticleForm((0.4, 2.4), (1.0, 2.6), build_cast, spread=0.35),
}


def draw_turn(rng: np.random.Generator) -> FloatArray:
    """(3, 3) rotation, uniform over all."""
    matrix, upper = np.linalg.qr(rng.normal(size=(3, 3)))
    matrix = matrix * np.sign(np.diag(upper))
    matrix[:, 0] *= np.linalg.det(matrix)
    return np.asarray(matrix, np.float32)


def draw_aligned_turn(rng: np.random.Generator, axis: FloatArray, spread: float) -> FloatArray:
    """(3, 3) rotation whose first axis lies near `axis`, normal deviation `spread` a component."""
    first = axis + rng.normal(0.0, spread, 3)
    first = first / np.linalg.norm(first)
    aside = np.cross(first, rng.normal(size=3))
    aside /= np.linalg.norm(aside)
    return np.stack([first, aside, np.cross(first, aside)]).astype(np.float32)


def settle(cloud: Cloud, *, size_mm: float, calcium: float, turn: FloatArray) -> Particle:
    """Scale a cloud to a longest dimension of `size_mm` and turn it about its centre of mass.

    `turn` holds the particle's axes as rows.
    """
    # Elements are jittered to the very surface: half of one more lies beyond the outermost.
    scale = size_mm / (measure_longest(cloud.points) + 0.5 * min(cloud.width, 0.1))
    middle = np.average(cloud.points, axis=0, weights=cloud.volumes)
    return Particle(
        elements_mm=np.asarray((cloud.points - middle) * scale @ turn, np.float32),
        volumes_mm3=np.asarray(cloud.volumes * scale**3, np.float32),
        width_mm=cloud.width * scale,
        calcium=calcium,
        size_mm=size_mm,
    )


def draw_particle(
    rng: np.random.Generator,
    morphology: str,
    *,
    largest_mm: float,
    axis: FloatArray,
    up: FloatArray | None = None,
) -> Particle:
    """One calcification of a morphology; KeyError for an unknown one.

    Args:
        rng: the particle's own stream.
        morphology: a key of `PARTICLE_FORMS`.
        largest_mm: upper limit of its size.
        axis: (3,) direction of the duct that aligned forms follow.
        up: (3,) direction in which a level faces; +superior by default.
    """
    form = PARTICLE_FORMS[morphology]
    low, high = form.size_mm
    high = min(high, largest_mm)
    share = float(rng.random()) ** form.small_share
    size = float(np.exp(np.log(min(low, high)) + share * np.log(high / min(low, high))))
    if form.build is build_teacup:
        turn = _stand(np.array([0.0, 0.0, 1.0], np.float32) if up is None else up, rng)
    elif form.spread is not None:
        turn = draw_aligned_turn(rng, axis, form.spread)
    else:
        turn = draw_turn(rng)
    calcium = float(rng.uniform(*form.calcium))
    return settle(form.build(rng, size), size_mm=size, calcium=calcium, turn=turn)


def _stand(up: FloatArray, rng: np.random.Generator) -> FloatArray:
    """(3, 3) rotation whose third axis is `up`."""
    first, second, third = draw_aligned_turn(rng, up, 0.0)
    return np.stack([second, third, first])
