"""What is kept of one picture for the measures: patches of plain tissue, the same way for all.

Drawn and real pictures pass through the same steps, so that none of them is a difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.condition import COARSE_SIGMA_MM, MAP_PIXEL_MM, blur_inside
from generation.quality.binding import find_deep
from generation.quality.density import name_class, read_fraction
from generation.quality.texture import find_interior
from generation.training.images import find_breast
from generation.training.pairs import halve

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]
Corner = tuple[int, int]

PATCH_PX = 256
# Places are tried on a grid of this step from a random start.
GRID_PX = 8
CANDIDATES = 24
CROP_PX = 512
SKIN_STEP_MM = 0.2
SKIN_REACH_MM = 8.0
SKIN_STEPS = round(SKIN_REACH_MM / SKIN_STEP_MM)


@dataclass(frozen=True)
class TissueImage:
    """One picture as the measures see it.

    Attributes:
        name: of the file or of the case's view.
        view: "cc" or "mlo".
        group: number of the woman, as far as she is known; an image drawn on a real one's map has
            the real one's.
        corners: (row, column) of each patch in the picture.
        patches: (k, 256, 256) uint8 at 0.1 mm, interior of the breast.
        crop: (512, 512) uint8 around the first patch, at 0.1 mm; smaller where the picture is.
        overview: uint8, the whole picture at 0.4 mm.
        skin: (40,) mean grey at 0.1, 0.3 ... 7.9 mm under the skin; nan where nothing is.
        density: class known of it (a label of people, or the spec's), or None.
        density_read: class that `generation.quality.density` reads.
        with_lesions: whether it holds a lesion; the lesion itself is in no patch.
    """

    name: str
    view: str
    group: int
    corners: tuple[Corner, ...]
    patches: NDArray[np.uint8]
    crop: NDArray[np.uint8]
    overview: NDArray[np.uint8]
    skin: NDArray[np.float64]
    density: str | None
    density_read: str
    with_lesions: bool


@dataclass(frozen=True)
class TissueSet:
    """Pictures that are measured together, and why others were left out."""

    name: str
    images: tuple[TissueImage, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def patches(self) -> FloatArray:
        """(N, 256, 256) grey 0-1, image after image."""
        stacks = [image.patches for image in self.images]
        if not stacks:
            return np.zeros((0, PATCH_PX, PATCH_PX), np.float32)
        return np.concatenate(stacks).astype(np.float32) / np.float32(255)

    @property
    def groups(self) -> NDArray[np.int64]:
        """(N,) group of each patch's image."""
        return np.repeat(
            np.array([image.group for image in self.images], np.int64),
            [len(image.patches) for image in self.images],
        )


def sample_tissue(
    grey: FloatArray,
    blocked: BoolArray,
    *,
    name: str,
    view: str,
    group: int,
    density: str | None,
    with_lesions: bool,
    count: int,
    rng: np.random.Generator,
    corners: tuple[Corner, ...] | None = None,
) -> TissueImage | None:
    """Take patches of one stored picture; None where no patch fits.

    Args:
        grey: (H, W) grey 0-1 at 0.1 mm, left orientation, as `store_grey` gives it.
        blocked: (H, W) what is no plain tissue: lesions with their margin, the pectoral muscle.
        name, view, group, density, with_lesions: as `TissueImage` has them.
        count: patches.
        rng: picks their places.
        corners: places instead of random ones.
    """
    mask = find_breast(grey)
    places = corners or choose_corners(find_interior(mask) & ~blocked, count=count, rng=rng)
    if not places:
        return None
    size = (grey.shape[0] // 2 * 2, grey.shape[1] // 2 * 2)
    small_mask = mask[: size[0] : 2, : size[1] : 2]
    free = ~blocked[: size[0] : 2, : size[1] : 2]
    small = halve(grey)
    picture = np.round(grey * 255).astype(np.uint8)
    return TissueImage(
        name=name,
        view=view,
        group=group,
        corners=places,
        patches=np.stack([picture[y : y + PATCH_PX, x : x + PATCH_PX] for y, x in places]),
        crop=cut_crop(picture, places[0]),
        overview=np.round(halve(small) * 255).astype(np.uint8),
        skin=measure_skin(small, small_mask, free),
        density=density,
        density_read=name_class(read_view_fraction(small, small_mask, free)),
        with_lesions=with_lesions,
    )


def cut_crop(picture: NDArray[np.uint8], corner: Corner) -> NDArray[np.uint8]:
    """(512, 512) around the patch at a corner, moved into the picture."""
    beside = (CROP_PX - PATCH_PX) // 2
    top, left = (
        max(min(at - beside, size - CROP_PX), 0)
        for at, size in zip(corner, picture.shape, strict=True)
    )
    return picture[top : top + CROP_PX, left : left + CROP_PX].copy()


def choose_corners(
    usable: BoolArray, *, count: int, rng: np.random.Generator
) -> tuple[Corner, ...]:
    """Places of patches that lie wholly in `usable`, spread out: each the farthest of a few.

    Args:
        usable: (H, W).
        count: places; fewer where there are not so many on the grid.
        rng: picks.
    """
    height, width = usable.shape
    if min(height, width) < PATCH_PX:
        return ()
    total = np.zeros((height + 1, width + 1), np.int64)
    total[1:, 1:] = usable.cumsum(axis=0).cumsum(axis=1)
    p = PATCH_PX
    held = total[p:, p:] - total[:-p, p:] - total[p:, :-p] + total[:-p, :-p]
    start = rng.integers(GRID_PX, size=2)
    places = np.argwhere(held[start[0] :: GRID_PX, start[1] :: GRID_PX] == p * p)
    places = places * GRID_PX + start
    chosen: list[NDArray[np.int64]] = []
    free = np.ones(len(places), bool)
    for _ in range(min(count, len(places))):
        candidates = rng.permutation(np.flatnonzero(free))[:CANDIDATES]
        away = [
            min((np.abs(places[each] - other).max() for other in chosen), default=0)
            for each in candidates
        ]
        best = candidates[int(np.argmax(away))]
        chosen.append(places[best])
        free[best] = False
    return tuple((int(y), int(x)) for y, x in chosen)


def read_view_fraction(small: FloatArray, mask: BoolArray, free: BoolArray) -> float:
    """Fraction of gland read from a picture at 0.2 mm, (h, w) each; nan without interior."""
    inside = find_deep(mask) & free
    if not inside.any():
        return float("nan")
    coarse = blur_inside(small, mask, sigma_px=COARSE_SIGMA_MM / MAP_PIXEL_MM)
    return read_fraction(coarse, inside)


def measure_skin(small: FloatArray, mask: BoolArray, free: BoolArray) -> NDArray[np.float64]:
    """(40,) mean grey by depth under the skin, of a picture at 0.2 mm; nan where nothing is.

    The picture's upper and lower ends cut through the breast: near them there is no skin to tell.
    """
    reach = round(SKIN_REACH_MM / MAP_PIXEL_MM)
    padded = np.pad(mask, ((0, 0), (2 * reach, 0)), mode="edge")
    depth = ndimage.distance_transform_edt(padded)[:, 2 * reach :] * MAP_PIXEL_MM
    seen = mask & free & (depth <= SKIN_REACH_MM)
    seen[:reach] = seen[-reach:] = False
    steps = np.minimum(((depth[seen] - 1e-6) / SKIN_STEP_MM).astype(int), SKIN_STEPS - 1)
    count = np.bincount(steps, minlength=SKIN_STEPS)
    total = np.bincount(steps, small[seen], minlength=SKIN_STEPS)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
