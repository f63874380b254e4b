"""A second look at a match: do the surroundings of both places agree too?

The best of a hundred million places is always somewhat alike. What lies around the patch took no
part in the search: around a chance likeness its correlation is about 0, around a copy it is that
of the copy. So it tells one from the other where the distance alone cannot.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generation.auditing.matches import Match
from generation.auditing.places import Place
from generation.auditing.poses import pose
from generation.auditing.texture import Texture

FloatArray = NDArray[np.float32]

# Of the ring, which must lie in both breasts.
LEAST_SHARED = 0.25


def correlate_surroundings(
    query: Texture, place: Place, training: Texture, match: Match, *, edge_px: int, pixel_mm: float
) -> float | None:
    """Correlation of the ring of half an edge around a patch and around its match.

    Args:
        query: texture that the patch was cut from.
        place: of the patch in it.
        training: texture of the image that the match lies in.
        match: of the patch.
        edge_px: edge of the patch.
        pixel_mm: of both textures.

    Returns:
        Pearson's correlation; None where both breasts share too little of the ring.
    """
    found = (round(match.at_mm[0] / pixel_mm), round(match.at_mm[1] / pixel_mm))
    here, here_inside = _cut_wide(query, place, edge_px)
    there, there_inside = _cut_wide(training, found, edge_px)
    here, here_inside = pose(here, match.pose), pose(here_inside, match.pose)
    ring = np.ones(here.shape, bool)
    margin = edge_px // 2
    ring[margin : margin + edge_px, margin : margin + edge_px] = False
    shared = ring & (here_inside > 0) & (there_inside > 0)
    if shared.sum() < LEAST_SHARED * ring.sum():
        return None
    ours, theirs = here[shared], there[shared]
    spread = float(ours.std() * theirs.std())
    return float(((ours - ours.mean()) * (theirs - theirs.mean())).mean()) / max(spread, 1e-12)


def _cut_wide(texture: Texture, place: Place, edge_px: int) -> tuple[FloatArray, FloatArray]:
    """(2 edge, 2 edge) around a patch, and 1 where that lies in the breast."""
    margin = edge_px // 2
    row, column = place
    side = 2 * margin + edge_px
    parts = (
        np.pad(part, margin)[row : row + side, column : column + side]
        for part in (texture.values, texture.inside.astype(np.float32))
    )
    values, inside = parts
    return values, inside
