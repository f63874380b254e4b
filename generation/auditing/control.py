"""Copies planted on purpose: an audit that does not find them proves nothing.

Three copies of training images are made: one as it is; one shifted, flipped, a little noisy and
stored as a coarser JPEG; one blended half and half with a drawn image. They go through the audit
like any drawn image, and must be found by the very rule by which a drawn image fails.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from generation.auditing.specimens import Specimen

FloatArray = NDArray[np.float32]

SHIFT_PX = (37, 53)
NOISE_GREY = 0.02
JPEG_QUALITY = 75
BLEND_SHARE = 0.5
KINDS = {
    "copy": "a training image as it is",
    "altered": "a training image shifted by 3.7 and 5.3 mm, flipped, noisy (2 % of full grey), "
    "JPEG of quality 75",
    "blend": "a training image and a drawn one, half of each",
}


@dataclass(frozen=True)
class Planted:
    """A copy, and what it is a copy of.

    Attributes:
        kind: of `KINDS`.
        source: training image.
        specimen: the copy, to be audited as if drawn.
    """

    kind: str
    source: str
    specimen: Specimen


def plant(training: Specimen, drawn: Specimen, *, rng: np.random.Generator) -> list[Planted]:
    """One copy of each kind.

    Args:
        training: image to copy.
        drawn: image to blend it with.
        rng: stream of the noise.
    """
    copies = {
        "copy": (training.grey, training.inside),
        "altered": alter(training, rng),
        "blend": blend(training, drawn),
    }
    return [
        Planted(kind, training.name, Specimen(f"planted {kind}", training.view, grey, inside))
        for kind, (grey, inside) in copies.items()
    ]


def alter(training: Specimen, rng: np.random.Generator) -> tuple[FloatArray, NDArray[np.bool_]]:
    """(H, W) grey and inside: flipped top to bottom, moved, noisy, stored as JPEG."""
    grey = ndimage.shift(training.grey[::-1], SHIFT_PX, order=0)
    inside = ndimage.shift(training.inside[::-1].astype(np.uint8), SHIFT_PX, order=0) > 0
    noisy = np.clip(grey + rng.normal(0, NOISE_GREY, grey.shape) * inside, 0, 1)
    buffer = io.BytesIO()
    Image.fromarray(np.round(noisy * 255).astype(np.uint8)).save(
        buffer, "JPEG", quality=JPEG_QUALITY
    )
    with Image.open(buffer) as opened:
        return (np.asarray(opened) / 255).astype(np.float32), inside


def blend(training: Specimen, drawn: Specimen) -> tuple[FloatArray, NDArray[np.bool_]]:
    """(H, W) grey and inside: both at the chest wall, their middles at one height."""
    rows = min(training.grey.shape[0], drawn.grey.shape[0])
    columns = min(training.grey.shape[1], drawn.grey.shape[1])
    cuts = [
        np.s_[start : start + rows, :columns] for start in (_top(training, rows), _top(drawn, rows))
    ]
    grey = BLEND_SHARE * training.grey[cuts[0]] + (1 - BLEND_SHARE) * drawn.grey[cuts[1]]
    return grey.astype(np.float32), training.inside[cuts[0]] & drawn.inside[cuts[1]]


def _top(specimen: Specimen, rows: int) -> int:
    """First row of a cut of `rows` with the breast's middle in its middle, as far as it can be."""
    middle = round(float(np.flatnonzero(specimen.inside.any(axis=1)).mean()))
    return int(np.clip(middle - rows // 2, 0, specimen.grey.shape[0] - rows))
