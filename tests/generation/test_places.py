"""Wherever a valid spec puts a finding outside the tissue, its effects can be built and laid."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.anatomy.geometry import CANVAS_PX
from generation.anatomy.views import make_breast
from generation.lesions import REGISTRY
from generation.lesions.effects import Layer, Scene, build_scenes
from generation.plausibility import find_errors
from generation.spec import CaseSpec, LesionSpec
from tests.generation.specs import make_spec

WOMEN = (
    make_spec(seed=3, width_mm=120.0, depth_mm=50.0, thickness_mm=30.0, mlo_angle_deg=60.0),
    make_spec(seed=4, width_mm=215.0, depth_mm=140.0, thickness_mm=90.0, mlo_angle_deg=30.0),
)
# One of each region whose places are not checked against the outline; quick to draw.
KINDS = ("skin_retraction", "deodorant", "short_pectoral", "under_exposure")


@cache
def scenes_of(number: int) -> dict[str, Scene]:
    return build_scenes(WOMEN[number], "left", make_breast(WOMEN[number], "left"))


@cache
def example_of(kind: str) -> LesionSpec:
    (lesion,) = CaseSpec.draw(np.random.default_rng(1), findings=kind, prior=False).lesions
    return replace(lesion, side="left")


def place_at(number: int, kind: str, shares: tuple[float, float, float]) -> CaseSpec:
    """The kind somewhere about the breast: shares of its depth, and of three half widths across."""
    woman = WOMEN[number]
    across = 1.5 * woman.width_mm
    lesion = replace(
        example_of(kind),
        depth_mm=shares[0] * woman.depth_mm,
        lateral_mm=shares[1] * across,
        superior_mm=shares[2] * across,
    )
    return replace(woman, lesions=(lesion,))


def check_effects(number: int, spec: CaseSpec) -> None:
    (lesion,) = spec.lesions
    scenes = {view: replace(scene, spec=spec) for view, scene in scenes_of(number).items()}
    rng = np.random.default_rng(0)
    for view, effects in REGISTRY[lesion.kind].render(lesion, scenes=scenes, rng=rng).items():
        away = np.abs(np.subtract(scenes[view].place(lesion)[::-1], np.divide(CANVAS_PX, 2)))
        for effect in effects:
            if isinstance(effect, Layer):
                assert (away < np.add(CANVAS_PX, effect.added.shape) / 2).all()


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=8, deadline=None)
@given(
    number=st.integers(0, len(WOMEN) - 1),
    depth=st.floats(0, 1),
    across=st.tuples(st.floats(-0.4, 0.4), st.floats(-0.4, 0.9)),
)
def test_whatever_validates_can_be_built(
    kind: str, number: int, depth: float, across: tuple[float, float]
) -> None:
    spec = place_at(number, kind, (depth, *across))
    if not find_errors(spec):
        check_effects(number, spec)


@pytest.mark.parametrize("kind", KINDS)
def test_the_middle_of_its_region_is_allowed(kind: str) -> None:
    up = 0.6 if kind == "deodorant" else 0.0
    assert not find_errors(place_at(0, kind, (0.5, 0.0, up)))
