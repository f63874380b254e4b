"""What a finding meets in a view, and the three ways in which it can change the view's image.

All arrays are (H, W) on the 0.1 mm canvas unless said otherwise, in the left breast's
orientation; right breasts are mirrored when they are whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.anatomy.geometry import Outline, project
from generation.anatomy.views import BreastAnatomy, ViewAnatomy
from generation.lesions.matter.projection import Projection, build_projection
from generation.physics.layers import Layer
from generation.physics.look import GreyTable, build_grey_table
from generation.spec import CaseSpec, LesionSpec

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Scene:
    """One view of one breast as a finding meets it.

    Attributes:
        spec: the case.
        side: "left" or "right".
        view: "cc" or "mlo".
        anatomy: outline, condition map and gland of the view.
        projection: how the finding's own 3D frame falls on the image.
        table: grey <-> log exposure.
    """

    spec: CaseSpec
    side: str
    view: str
    anatomy: ViewAnatomy
    projection: Projection
    table: GreyTable

    @property
    def outline(self) -> Outline:
        return self.anatomy.outline

    def place(self, lesion: LesionSpec) -> tuple[float, float]:
        """(x, y) px at which the finding's centre falls."""
        return project(lesion.position_mm, self.outline, self.spec)


@dataclass(frozen=True)
class AnatomyChange:
    """Another anatomy, drawn by the network with the same noise and blended in.

    Attributes:
        anatomy: the changed view; where its `condition` is the very object of the scene's, the
            background is not drawn again (a muscle or an outline may still differ).
        mask: what a reader can see of it.
        support: where the image may change; the blend reaches the new anatomy a few pixels
            inside its edge.
        long_axis_mm: extent of the mask.
    """

    anatomy: ViewAnatomy
    mask: BoolArray
    support: BoolArray
    long_axis_mm: float


@dataclass(frozen=True)
class ExposureChange:
    """Another way of taking the image: applied to the view with everything that is in it.

    Attributes:
        expose: (H, W) grey 0-1 and a random generator -> (H, W) grey 0-1. Each output pixel may
            depend on input pixels at most `reach_px` away, and noise must not depend on the grey
            of other pixels: so what changes around another finding stays near it.
        reach_px: see `expose`.
        mask: what a reader can see of it.
        support: where the image may change.
        long_axis_mm: extent of the mask.
    """

    expose: Callable[[FloatArray, np.random.Generator], FloatArray]
    reach_px: int
    mask: BoolArray
    support: BoolArray
    long_axis_mm: float


Effect = Layer | AnatomyChange | ExposureChange


def build_scenes(spec: CaseSpec, side: str, breast: BreastAnatomy) -> dict[str, Scene]:
    """Scenes of one breast by view ("cc", "mlo")."""
    table = build_grey_table(spec.look, spec.thickness_mm)
    return {
        view: Scene(spec, side, view, anatomy, build_projection(view, spec.mlo_angle_deg), table)
        for view, anatomy in breast.views.items()
    }


def by_view(effects: Mapping[str, Effect]) -> dict[str, tuple[Effect, ...]]:
    """The usual case: one effect in each view."""
    return {view: (effect,) for view, effect in effects.items()}
