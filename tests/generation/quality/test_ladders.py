"""d' on ladders in a drawn breast: more contrast or size is easier, a denser breast is harder.

The backgrounds are the condition maps with even grain, so that no network is needed: a change of
anatomy changes them as it would change what the network draws.
"""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.geometry import CANVAS_PX
from generation.anatomy.views import ViewAnatomy, make_breast
from generation.lesions import render_finding
from generation.lesions.effects import Scene, build_scenes
from generation.placement import place_findings
from generation.quality.detectability import measure_dprime
from generation.spec import LesionSpec
from tests.generation.specs import make_group, make_lesion, make_spec

INDISTINCT = {"shape": "irregular", "margin": "indistinct", "density": "high"}
MASS = make_lesion(size_mm=10.0, descriptors=INDISTINCT, assessment="4B")
GROUP = make_group()
DISTORTION = make_lesion(
    kind="architectural_distortion", size_mm=26.0, descriptors={}, assessment="4C"
)
FOCAL = make_lesion(kind="asymmetry", size_mm=22.0, descriptors={"type": "focal"})


@cache
def make_grain() -> NDArray[np.float32]:
    grain = np.random.default_rng(0).standard_normal(CANVAS_PX, np.float32)
    return np.asarray(0.1 * ndimage.gaussian_filter(grain, 0.8), np.float32)


def draw(anatomy: ViewAnatomy, area: Any) -> NDArray[np.float32]:
    condition = anatomy.condition
    tissue = ndimage.zoom(condition.coarse + 0.15 * condition.lines, 2, order=1)
    return np.clip(tissue + make_grain(), 0, 1).astype(np.float32)


@cache
def make_scenes(density: str) -> dict[str, Scene]:
    spec = make_spec(density=density)
    return build_scenes(spec, "left", make_breast(spec, "left"))


def see(lesion: LesionSpec, density: str = "B") -> float:
    scenes = make_scenes(density)
    effects = render_finding(lesion, scenes=scenes, seed=11)
    view = place_findings(scenes["cc"], [(lesion, effects["cc"])], draw_background=draw)
    found = view.findings[lesion.id]
    return measure_dprime(
        view.pixels,
        view.exposed_base,
        support=found.support,
        breast=view.breast,
        rng=np.random.default_rng(1),
        particles_px=found.particles_px if len(found.particles_px) else None,
    )


@pytest.mark.parametrize("lesion", [MASS, GROUP, DISTORTION, FOCAL], ids=lambda each: each.kind)
def test_more_contrast_is_easier(lesion: LesionSpec) -> None:
    faint, strong = (see(replace(lesion, contrast=contrast)) for contrast in (0.5, 1.5))
    assert strong > 1.3 * faint > 0


@pytest.mark.parametrize("lesion", [MASS, DISTORTION], ids=lambda each: each.kind)
def test_a_larger_one_is_easier(lesion: LesionSpec) -> None:
    small, large = (see(replace(lesion, size_mm=lesion.size_mm * by)) for by in (0.6, 1.5))
    assert large > small > 0


def test_more_of_a_group_is_easier() -> None:
    assert see(replace(GROUP, count=30)) > see(replace(GROUP, count=8))


@pytest.mark.parametrize("lesion", [MASS, GROUP], ids=lambda each: each.kind)
def test_a_denser_breast_hides_more(lesion: LesionSpec) -> None:
    fatty, dense, densest = (see(lesion, density) for density in "BCD")
    assert fatty > dense > densest
