"""Pixels of the nearest pairs, for a page that is not passed on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generation.auditing.audit import Findings, find_training
from generation.auditing.feature_search import EDGE_PX
from generation.auditing.measured import NEAREST
from generation.auditing.neighbours import Neighbour
from generation.auditing.page.pairs import PicturedPair
from generation.auditing.places import cut
from generation.auditing.plan import Plan
from generation.auditing.poses import pose
from generation.auditing.texture import PIXEL_MM
from generation.training.images import load_grey

PixelArray = NDArray[np.uint8]


def cut_pairs(plan: Plan, findings: Findings) -> list[PicturedPair]:
    """The drawn patches nearest to training patches in pixels, nearest first, with those."""
    median = float(np.median([each.match.distance for each in findings.unseen.patches]))
    images = {image.path.name: image for image in find_training(plan.real)}
    ordered = sorted(findings.drawn.patches, key=lambda each: each.match.distance)
    return [
        PicturedPair(
            drawn=pose(each.pixels, each.match.pose),
            training=_cut_training(load_grey(images[each.match.name]), each),
            image=each.image,
            source=each.match.name,
            ratio=each.match.distance / median,
            surroundings=each.surroundings,
        )
        for each in ordered[:NEAREST]
        if each.pixels is not None
    ]


def _cut_training(grey: NDArray[np.float32], neighbour: Neighbour) -> PixelArray:
    row, column = (round(at / PIXEL_MM) for at in neighbour.match.at_mm)
    return np.round(cut(grey, (row, column), EDGE_PX) * 255).astype(np.uint8)
