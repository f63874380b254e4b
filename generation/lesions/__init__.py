"""Findings as layers: one module per kind. Numpy and scipy only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import numpy as np

from generation.lesions import calcification_group, mass
from generation.lesions.projection import Projection, build_projection
from generation.physics.layers import Layer
from generation.seeds import generator
from generation.spec import LesionSpec

PIXEL_MM = 0.1


class Renderer(Protocol):
    """Draws a finding in 3D once and projects it per view."""

    def __call__(
        self,
        lesion: LesionSpec,
        *,
        projections: Mapping[str, Projection],
        rng: np.random.Generator,
        pixel_mm: float = PIXEL_MM,
    ) -> dict[str, Layer]: ...


REGISTRY: dict[str, Renderer] = {
    "mass": mass.render,
    "calcification_group": calcification_group.render,
}


def render_finding(
    lesion: LesionSpec,
    *,
    views: Iterable[str],
    seed: int,
    mlo_angle_deg: float,
    pixel_mm: float = PIXEL_MM,
) -> dict[str, Layer]:
    """Layers of one finding, by view key, from one 3D object.

    Args:
        lesion: the finding; its side seeds the draw, and does not turn the image.
        views: keys such as "left_cc"; a "right_" key gives the mirrored patch, a "left_" key the
            patch in the orientation that images are generated in.
        seed: the case's seed; the stream is ("lesion", side, id) and hence the finding's own.
        mlo_angle_deg: tilt of the oblique, see `generation.plausibility.oblique_mm`.
        pixel_mm: pixel spacing.

    Raises:
        KeyError: for an unknown kind or view.
    """
    keys = list(views)
    # Both, whatever is asked for: the arrangement in 3D heeds both views.
    projections = {view: build_projection(view, mlo_angle_deg) for view in ("cc", "mlo")}
    rng = generator(seed, "lesion", side=lesion.side, finding=lesion.id)
    layers = REGISTRY[lesion.kind](lesion, projections=projections, rng=rng, pixel_mm=pixel_mm)
    return {
        key: layers[key.split("_")[1]].mirrored()
        if key.startswith("right_")
        else layers[key.split("_")[1]]
        for key in keys
    }
