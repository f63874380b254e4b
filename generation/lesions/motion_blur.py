"""Motion blur: the breast moved while the image was taken.

Model: the exposure is the average over a short path along which the tissue moved, at rest for part
of the time and then ever slower, as a breast that sags under the paddle; the path is longest at the
chest wall and, in the oblique, below, where compression holds least. Fine lines and calcifications
smear, large densities hardly change. The detector did not move: its noise stays sharp, so the
noise that the smearing would average away comes back.
Source: readers see simulated movement from 0.4 mm (Ma 2017, British Journal of Radiology
90:20160271); a paddle that still gives, 0.2-0.5 mm in ten seconds (Ma 2016, 89:20150715).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.anatomy.geometry import PIXEL_MM
from generation.lesions.drawing import draw_log_normal
from generation.lesions.effects import Effect, ExposureChange, Scene
from generation.lesions.finding import Finding
from generation.lesions.technique import (
    VIEW_NAMES,
    call_negative,
    draw_view,
    exclude_cancer,
    view_descriptor,
)
from generation.physics.dose import add_quantum_noise
from generation.physics.look import GreyTable
from generation.spec import LesionSpec

FloatArray = NDArray[np.float32]
DoubleArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

KEY = "motion_blur"
VIEWS = ("cc", "mlo")
# Share of the exposure during which the breast moved, at a contrast of 1.
MOVED_SHARE = 0.8
# Lengths of path that are smeared; between them places are mixed.
LEVELS = (0.35, 0.6, 0.8, 1.0)
PATH_STEPS = 200
# Where the path is at least this share of its longest, a reader can tell.
MASK_SHARE = 0.6


@dataclass(frozen=True)
class Motion:
    """One movement: unit direction (x, y), how far the path bows, the share of time it took."""

    direction: tuple[float, float]
    bow: float
    share: float

    def kernel(self, length_mm: float) -> FloatArray:
        """Odd square of shares of the exposure by offset in px; sums to 1, centred on its mean."""
        # The tissue slows down: it spends most of its time near the end of the path.
        along = 1 - np.exp(-2.0 * np.linspace(0, 1, PATH_STEPS))
        along = length_mm / PIXEL_MM * along / along[-1]
        across = self.bow * along * (1 - along / max(along[-1], 1e-6))
        x = along * self.direction[0] - across * self.direction[1]
        y = along * self.direction[1] + across * self.direction[0]
        weight = np.full(PATH_STEPS + 1, self.share / PATH_STEPS)
        weight[-1] = 1 - self.share
        x, y = (np.append(values, values[0]) for values in (x, y))
        x, y = (values - float(values @ weight) for values in (x, y))
        return _splat(x, y, weight)


def _splat(x: DoubleArray, y: DoubleArray, weight: DoubleArray) -> FloatArray:
    """Weights at points on the odd square of pixels that holds them, shared among neighbours."""
    half = math.ceil(max(np.abs(x).max(), np.abs(y).max())) + 1
    kernel = np.zeros((2 * half + 1, 2 * half + 1))
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    for step_y in (0, 1):
        for step_x in (0, 1):
            part = np.abs(1 - step_x - (x - left)) * np.abs(1 - step_y - (y - top))
            np.add.at(kernel, (top + step_y + half, left + step_x + half), part * weight)
    return kernel.astype(np.float32)


@dataclass(frozen=True)
class Smear:
    """A movement on one view: kernels by `LEVELS`, (H, W) share of the longest path."""

    kernels: tuple[FloatArray, ...]
    reach: FloatArray
    table: GreyTable

    def __call__(self, grey: FloatArray, rng: np.random.Generator) -> FloatArray:
        """(H, W) grey 0-1 of the view as the movement leaves it."""
        smeared = grey.copy()
        below = 0.0
        for level, kernel in zip(LEVELS, self.kernels, strict=True):
            weight = np.clip((self.reach - below) / (level - below), 0, 1)
            smeared += weight * (_convolve(grey, kernel) - smeared)
            below = level
        return add_quantum_noise(smeared, table=self.table, dose=self.dose, rng=rng)

    @property
    def dose(self) -> float:
        """The dose whose noise makes up for what the middling kernel averages away."""
        kept = float((self.kernels[len(self.kernels) // 2] ** 2).sum())
        return 1 / (2 - kept)


def _convolve(grey: FloatArray, kernel: FloatArray) -> FloatArray:
    """Exact and local: a transform would carry rounding over the whole image."""
    half = len(kernel) // 2
    padded = np.pad(grey, half, mode="edge")
    result = np.zeros_like(grey)
    for row, column in np.argwhere(kernel > 0):
        part = padded[row : row + grey.shape[0], column : column + grey.shape[1]]
        result += kernel[row, column] * part
    return result


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """The change of one view; see the module."""
    view = lesion.descriptors["view"]
    scene = scenes[view]
    breast = scene.outline.mask(PIXEL_MM)
    # The oblique sags downwards; a breast lying on the bucky slides anywhere.
    angle = rng.normal(math.pi / 2, 0.35) if view == "mlo" else rng.uniform(0, math.pi)
    motion = Motion(
        direction=(math.cos(angle), math.sin(angle)),
        bow=float(rng.uniform(-0.25, 0.25)),
        share=min(1.0, MOVED_SHARE * lesion.contrast),
    )
    kernels = tuple(motion.kernel(level * lesion.size_mm) for level in LEVELS)
    reach = _draw_reach(breast, view, rng)
    mask = breast & (reach >= MASK_SHARE)
    change = ExposureChange(
        expose=Smear(kernels, reach, scene.table),
        reach_px=max(len(kernel) // 2 for kernel in kernels),
        mask=mask,
        support=breast,
        long_axis_mm=_longest_mm(mask),
    )
    return {view: (change,)}


def _draw_reach(breast: BoolArray, view: str, rng: np.random.Generator) -> FloatArray:
    """(H, W) share 0-1 of the longest path: greatest at the chest wall, and below in the MLO."""
    rows, columns = np.nonzero(breast)
    y = np.linspace(0, 1, breast.shape[0], dtype=np.float32)[:, None]
    back = 1 - np.arange(breast.shape[1], dtype=np.float32)[None, :] / max(columns.max(), 1)
    if view == "mlo":
        low = (y - rows.min() / breast.shape[0]) * breast.shape[0] / max(np.ptp(rows), 1)
        share = 0.35 + 0.35 * back + 0.45 * low
    else:
        tilt = rng.uniform(-0.5, 0.5)
        share = 0.45 + 0.5 * back + tilt * (y - 0.5)
    return np.clip(share, 0.25, 1.0).astype(np.float32)


def _longest_mm(mask: BoolArray) -> float:
    rows, columns = np.nonzero(mask)
    return float(max(np.ptp(rows), np.ptp(columns)) + 1) * PIXEL_MM if rows.size else 0.0


def teach(lesion: LesionSpec) -> list[str]:
    name = VIEW_NAMES[lesion.descriptors["view"]]
    return [
        f"The breast moved while the {name} view was taken.",
        (
            "Fine lines double or smear along one direction and calcifications fade, while masses "
            "look much as they did: so it hides just what the view was taken for."
        ),
        "Look at the ligaments near the chest wall before you call a view sharp; repeat this one.",
    ]


FINDING = Finding(
    key=KEY,
    label="Motion blur",
    group="technique",
    reads_as=None,
    descriptors=(view_descriptor(VIEWS),),
    size_mm=(0.3, 1.5),
    size_means="length of the movement where it is longest",
    region="breast",
    render=render,
    teach=teach,
    draw_words=lambda rng, actionable: draw_view(rng, actionable, VIEWS),
    draw_size=lambda rng, words: draw_log_normal(rng, 0.8, 0.25, 0.5, 1.4),
    malignancy=exclude_cancer,
    assess=call_negative,
)
