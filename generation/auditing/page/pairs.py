"""Pictures of the nearest pairs: a drawn patch beside the training patch it is most like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.evaluation.page.markup import write_picture

PixelArray = NDArray[np.uint8]


@dataclass(frozen=True)
class PicturedPair:
    """A drawn patch, laid as its match lies, and the training patch.

    Attributes:
        drawn, training: (256, 256) at 0.1 mm.
        image, source: their names.
        ratio: distance over the unseen median.
        surroundings: correlation around them; None where too little is shared.
    """

    drawn: PixelArray
    training: PixelArray
    image: str
    source: str
    ratio: float
    surroundings: float | None


def show_pairs(pairs: Sequence[PicturedPair]) -> str:
    """The pairs, nearest first."""
    return "".join(
        '<div class="pair">'
        + write_picture(pair.drawn, f"Drawn: {pair.image}", f"Drawn: {pair.image}")
        + write_picture(pair.training, f"Real: {pair.source}", f"Real: {pair.source}")
        + f"<p>ratio {pair.ratio:.2f}{_say_around(pair)}</p></div>"
        for pair in pairs
    )


def _say_around(pair: PicturedPair) -> str:
    if pair.surroundings is None:
        return ""
    return f", surroundings {pair.surroundings:.2f}".replace("-", "−")
