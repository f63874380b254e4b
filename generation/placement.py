"""From a drawn background to a finished view: muscle, skin edge, findings, mirror."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation import seeds
from generation.anatomy.condition import MAP_PIXEL_MM
from generation.anatomy.geometry import PIXEL_MM, project
from generation.anatomy.muscle import lay_muscle
from generation.anatomy.views import ViewAnatomy
from generation.physics.composition import Composition, PlacedFinding, PlacedLayer, compose
from generation.physics.layers import Layer
from generation.physics.look import GreyTable
from generation.spec import CaseSpec, LesionSpec

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]
PixelArray = NDArray[np.uint16]
Pixel = TypeVar("Pixel", bound=np.generic)

WINDOW_CENTER = 2048.0
WINDOW_WIDTH = 4096.0
SKIN_SIGMA_PX = 0.8


@dataclass(frozen=True)
class RenderedView:
    """One finished view.

    Attributes:
        side: "left" or "right".
        view: "cc" or "mlo".
        pixels: (2304, 1792) uint16, 12 bits used, 0.1 mm.
        base_pixels: the same without the findings; None when this view holds none.
        window_center: in stored values.
        window_width: in stored values.
    """

    side: str
    view: str
    pixels: PixelArray
    base_pixels: PixelArray | None
    window_center: float = WINDOW_CENTER
    window_width: float = WINDOW_WIDTH


@dataclass(frozen=True)
class PlacedView:
    """One view with its findings in place, still in left orientation.

    Attributes:
        breast: (H, W) True inside the skin.
        lesions: one for each of `composition.findings`, with the layer that was laid.
    """

    side: str
    view: str
    breast: BoolArray
    composition: Composition
    lesions: tuple[tuple[LesionSpec, Layer], ...]

    def render(self) -> RenderedView:
        """The view as it is stored: right breasts mirrored."""
        base = self.composition.base_pixels if self.lesions else None
        return RenderedView(
            self.side,
            self.view,
            self.oriented(self.composition.pixels),
            None if base is None else self.oriented(base),
        )

    def oriented(self, image: NDArray[Pixel]) -> NDArray[Pixel]:
        """An (H, W) array in the orientation of the stored image."""
        return image if self.side == "left" else np.ascontiguousarray(image[:, ::-1])

    def found(self, lesion_id: str) -> tuple[PlacedFinding, Layer] | None:
        """Where a finding lies in this view."""
        for (lesion, layer), placed in zip(self.lesions, self.composition.findings, strict=True):
            if lesion.id == lesion_id:
                return placed, layer
        return None


def place_findings(
    spec: CaseSpec,
    side: str,
    view: str,
    *,
    background: FloatArray,
    anatomy: ViewAnatomy,
    table: GreyTable,
    layers: Sequence[tuple[LesionSpec, Layer]],
) -> PlacedView:
    """Finish one view.

    Args:
        spec: the case.
        side: "left" or "right".
        view: "cc" or "mlo".
        background: (H, W) grey 0-1 as the network drew it, left orientation.
        anatomy: the view's anatomy.
        table: grey <-> log exposure.
        layers: the findings of this breast with their layers for this view, left orientation.
    """
    outline = anatomy.outline
    breast = outline.mask(PIXEL_MM)
    coarse = _enlarge(anatomy.condition.coarse, breast.shape)
    rng = seeds.generator(spec.seed, "texture", side=side, view=view, index=1)
    grey = lay_muscle(background, coarse, outline, table=table, rng=rng)
    base = grey * _soften_edge(breast)
    placed = [
        PlacedLayer(layer, project(lesion.position_mm, outline, spec)) for lesion, layer in layers
    ]
    composition = compose(base, placed, table=table, coarse_grey=coarse, breast=breast)
    return PlacedView(side, view, breast, composition, tuple(layers))


def _enlarge(values: FloatArray, shape: tuple[int, ...]) -> FloatArray:
    """A 0.2 mm map on the 0.1 mm canvas."""
    factor = round(MAP_PIXEL_MM / PIXEL_MM)
    enlarged = ndimage.zoom(values, factor, order=1, grid_mode=True, mode="nearest")
    return np.asarray(enlarged[: shape[0], : shape[1]], np.float32)


def _soften_edge(breast: BoolArray) -> FloatArray:
    """Weight 0-1 that ends the breast at its skin over about a detector pixel; air stays black."""
    eroded = ndimage.binary_erosion(breast, border_value=True)
    return np.asarray(ndimage.gaussian_filter(eroded.astype(np.float32), SKIN_SIGMA_PX) * breast)
