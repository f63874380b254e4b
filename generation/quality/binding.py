"""Whether a drawn image obeys its condition map: the map is recomputed from the image and compared.

What is compared has the same definition on both sides, that of the maps of real images.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.condition import MAP_PIXEL_MM, ConditionMap

BoolArray = NDArray[np.bool_]
AnyFloatArray = NDArray[np.floating[Any]]

# Lines are a pixel or two wide: a line drawn this much beside its place is still that line.
LINE_REACH_MM = 0.6
LINE_ASKED = 0.3
SKIN_MARGIN_MM = 8.0


@dataclass(frozen=True)
class Binding:
    """How far one image is what was asked for.

    Attributes:
        coarse: correlation of the coarse maps over the breast.
        interior: the same at least 8 mm from the skin, where the skin's fall of grey is no help.
        coarse_rms: root mean square difference of the coarse maps, grey 0-1.
        lines: correlation of the lines maps, each blurred by `LINE_REACH_MM`; nan without lines.
        lines_found: share of the asked-for lines with a drawn line within `LINE_REACH_MM`.
        mask: Dice overlap of the breast masks.
        nipple_mm: distance of the nipples.
        skin_mm: mean distance of the drawn skin line from the asked-for one.
        style_fine, style_middle: drawn less asked-for strength of texture, in standard deviations
            of the training images.
    """

    coarse: float
    interior: float
    coarse_rms: float
    lines: float
    lines_found: float
    mask: float
    nipple_mm: float
    skin_mm: float
    style_fine: float
    style_middle: float


def compare_conditions(asked: ConditionMap, drawn: ConditionMap) -> Binding:
    """Compare the map asked for with the one recomputed from the image, both (h, w) at 0.2 mm.

    Raises:
        ValueError: if the maps differ in size or share no breast.
    """
    if asked.mask.shape != drawn.mask.shape:
        raise ValueError(f"maps of {asked.mask.shape} and {drawn.mask.shape} cannot be compared")
    both = asked.mask & drawn.mask
    if not both.any():
        raise ValueError("no breast is where it was asked for")
    deep = both & find_deep(asked.mask)
    difference = (asked.coarse - drawn.coarse)[both]
    lines, found = _compare_lines(asked.lines, drawn.lines, deep)
    return Binding(
        coarse=correlate(asked.coarse[both], drawn.coarse[both]),
        interior=correlate(asked.coarse[deep], drawn.coarse[deep]),
        coarse_rms=float(np.sqrt((difference**2).mean())),
        lines=lines,
        lines_found=found,
        mask=float(2 * both.sum() / (asked.mask.sum() + drawn.mask.sum())),
        nipple_mm=float(np.hypot(*np.subtract(asked.nipple_xy, drawn.nipple_xy)) * MAP_PIXEL_MM),
        skin_mm=_measure_skin(asked.mask, drawn.mask),
        style_fine=drawn.style.fine - asked.style.fine,
        style_middle=drawn.style.middle - asked.style.middle,
    )


def find_deep(mask: BoolArray) -> BoolArray:
    """(h, w) breast at least 8 mm from the skin on the 0.2 mm grid; the chest wall is no skin."""
    reach = round(SKIN_MARGIN_MM / MAP_PIXEL_MM)
    padded = np.pad(mask, ((0, 0), (reach + 1, 0)), mode="edge")
    padded = np.pad(padded, ((1, 1), (0, 1)))
    near = ndimage.distance_transform_edt(padded)[1:-1, reach + 1 : -1]
    return np.asarray(near > reach)


def correlate(one: AnyFloatArray, other: AnyFloatArray) -> float:
    """Pearson correlation; nan where one of them is constant or empty."""
    if one.size < 2 or not (one.std() > 0 and other.std() > 0):
        return float("nan")
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def _compare_lines(
    asked: AnyFloatArray, drawn: AnyFloatArray, inside: BoolArray
) -> tuple[float, float]:
    """(correlation of the blurred maps, share of asked-for lines found), nan without lines."""
    sigma = LINE_REACH_MM / MAP_PIXEL_MM
    wanted = (asked > LINE_ASKED) & inside
    if not wanted.any():
        return float("nan"), float("nan")
    smooth = [ndimage.gaussian_filter(lines.astype(np.float32), sigma) for lines in (asked, drawn)]
    away = ndimage.distance_transform_edt(drawn <= 0) * MAP_PIXEL_MM
    found = float((away[wanted] <= LINE_REACH_MM).mean())
    return correlate(smooth[0][inside], smooth[1][inside]), found


def _measure_skin(asked: BoolArray, drawn: BoolArray) -> float:
    """Mean distance in mm of the drawn skin line from the asked-for one."""
    there = ndimage.distance_transform_edt(~_skin(asked)) * MAP_PIXEL_MM
    drawn_skin = _skin(drawn)
    return float(there[drawn_skin].mean()) if drawn_skin.any() else float("nan")


def _skin(mask: BoolArray) -> BoolArray:
    """Last breast pixels before air; where the picture ends there is no skin.

    Tissue so dark that the mask has a hole there is none either, also at the chest wall.
    """
    walled = np.pad(mask, ((0, 0), (1, 0)), constant_values=True)
    whole = ndimage.binary_fill_holes(walled)[:, 1:]
    return np.asarray(whole & ~ndimage.binary_erosion(whole, border_value=1))
