"""The network alone: drawn on the condition maps of real images, and on those of the anatomy.

On real maps its image can be held against the very image that the map came from, which tells the
network from the anatomy. On both, the map recomputed from the image says whether it obeyed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation import seeds
from generation.anatomy.condition import MAP_PIXEL_MM, ConditionMap
from generation.anatomy.style import measure_style
from generation.anatomy.views import ViewAnatomy, make_breast
from generation.evaluation.real import RealView
from generation.evaluation.storage import store_grey
from generation.evaluation.tissue import TissueImage, read_view_fraction, sample_tissue
from generation.networks.drawing import draw_background
from generation.networks.weights import TrainedGenerator
from generation.quality.binding import Binding, compare_conditions, find_deep
from generation.quality.density import name_class, read_fraction
from generation.spec import CaseSpec
from generation.training.images import find_breast
from generation.training.pairs import find_interior, halve, make_condition

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Redrawn:
    """One real image drawn anew on its own map: what is kept of it, and whether it obeyed."""

    tissue: TissueImage
    asked: ConditionMap
    binding: Binding


@dataclass(frozen=True)
class DensityRead:
    """Density of one view of a spec, read back from what the network drew.

    Attributes:
        asked: class of the spec.
        recovered: class of the anatomy's own fraction times what the image shows over what the
            map shows, both read alike: what the woman has of her own drops out.
        blind: class read from the image alone.
    """

    asked: str
    recovered: str
    blind: str


@dataclass(frozen=True)
class DrawnAnatomy:
    """One view of a spec, drawn by the network before muscle and findings."""

    view: str
    asked: ConditionMap
    binding: Binding
    density: DensityRead


def read_condition(grey: FloatArray, blocked: BoolArray | None = None) -> ConditionMap:
    """The map of a picture, as training computes it.

    Args:
        grey: (2h, 2w) grey 0-1 at 0.1 mm, left orientation.
        blocked: (2h, 2w) lesions, whose texture says nothing of the woman's style.
    """
    mask = find_breast(grey)
    shown = np.where(ndimage.binary_dilation(mask, iterations=3), grey, 0).astype(np.float32)
    inside = find_interior(mask) if blocked is None else find_interior(mask) & ~blocked
    return make_condition(halve(shown), mask[::2, ::2], measure_style(shown, inside))


def redraw(real: RealView, trained: TrainedGenerator, *, seed: int, device: str) -> Redrawn | None:
    """Draw a real image's map and take patches where the real image has them.

    Args:
        real: the image; without tissue nothing is drawn.
        trained: the generator.
        seed: of the evaluation.
        device: "cpu" or "cuda".
    """
    if real.tissue is None:
        return None
    asked = read_condition(real.grey, real.blocked)
    noise = noise_seed(seed, real.tissue.group)
    drawn = store_grey(
        draw_background(trained.network, asked, seed=noise, device=device), real.table
    )
    tissue = sample_tissue(
        drawn,
        real.blocked,
        name=real.tissue.name,
        view=real.tissue.view,
        group=real.tissue.group,
        density=real.tissue.density,
        with_lesions=real.tissue.with_lesions,
        count=len(real.tissue.corners),
        rng=np.random.default_rng(noise),
        corners=real.tissue.corners,
    )
    if tissue is None:
        return None
    return Redrawn(tissue, asked, compare_conditions(asked, read_condition(drawn, real.blocked)))


def draw_anatomy(
    spec: CaseSpec, side: str, view: str, trained: TrainedGenerator, *, seed: int, device: str
) -> DrawnAnatomy:
    """Draw one view of a spec's anatomy and see whether its map, and its density, were obeyed."""
    breast = make_breast(spec, side)
    anatomy = breast.views[view]
    asked = anatomy.condition
    drawn = store_grey(
        draw_background(trained.network, asked, seed=noise_seed(seed, 0), device=device), None
    )
    found = read_condition(drawn)
    density = _read_density(spec.density, breast.tissue.volumetric_fraction, anatomy, drawn)
    return DrawnAnatomy(view, asked, compare_conditions(asked, found), density)


def noise_seed(seed: int, number: int) -> int:
    """Seed of the network's noise for the picture of this number."""
    sequence = seeds.seed_sequence(seed, "noise", index=number)
    return int(sequence.generate_state(1)[0])


def _read_density(
    asked: str, fraction: float, anatomy: ViewAnatomy, drawn: FloatArray
) -> DensityRead:
    condition = anatomy.condition
    free = anatomy.outline.pectoral(MAP_PIXEL_MM) < 0.01
    small = halve(drawn)
    shown = read_view_fraction(small, find_breast(drawn)[::2, ::2], free)
    wanted = read_fraction(condition.coarse, find_deep(condition.mask) & free)
    return DensityRead(
        asked=asked,
        recovered=name_class(fraction * shown / wanted),
        blind=name_class(shown),
    )
