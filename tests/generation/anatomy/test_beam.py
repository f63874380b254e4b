"""Projection of voxels and enlarging of maps, on values that are known."""

import dataclasses

import numpy as np
import pytest

from generation.anatomy.beam import project_tissue
from generation.anatomy.resampling import enlarge, shrink
from generation.anatomy.tissue import Tissue
from generation.spec import CaseSpec

SPEC = CaseSpec(
    seed=1,
    density="B",
    age_years=55,
    thickness_mm=50,
    width_mm=170,
    depth_mm=80,
    mlo_angle_deg=45,
)


def make_ball(gland: np.ndarray | float) -> Tissue:
    """A ball of voxels with the given gland in it."""
    across = np.arange(31) - 15
    depth, lateral, superior = np.meshgrid(np.arange(31) - 15, across, across, indexing="ij")
    inside = depth**2 + lateral**2 + superior**2 < 14**2
    filled = np.where(inside, gland, 0).astype(np.float32)
    return Tissue(filled, np.zeros_like(filled), inside)


@pytest.mark.parametrize("view", ["cc", "mlo"])
def test_even_gland_projects_to_its_fraction(view: str) -> None:
    gland, walls = project_tissue(make_ball(0.3), SPEC, view)
    assert gland[8:23, 8:23] == pytest.approx(0.3, abs=0.01)
    assert not walls.any()


def test_gland_in_the_upper_outer_part_lies_high_in_both_views() -> None:
    upper_outer = np.zeros((31, 31, 31))
    upper_outer[:, 18:22, 18:22] = 1
    tissue = make_ball(upper_outer)
    rows = []
    for view in ("cc", "mlo"):
        gland, _ = project_tissue(tissue, SPEC, view)
        rows.append(float((gland.sum(axis=0) * np.arange(31)).sum() / gland.sum()))
    assert rows[0] == pytest.approx(19.5, abs=0.4)
    # At 45 degrees both 4.5 voxels add up: 6.4 from the middle.
    assert rows[1] == pytest.approx(15 + 4.5 * np.sqrt(2), abs=0.6)


def test_the_angle_of_the_oblique_turns_the_beam() -> None:
    outer = np.zeros((31, 31, 31))
    outer[:, 20:24, 14:17] = 1
    heights = []
    for angle in (30.0, 60.0):
        spec = dataclasses.replace(SPEC, mlo_angle_deg=angle)
        gland, _ = project_tissue(make_ball(outer), spec, "mlo")
        heights.append(float((gland.sum(axis=0) * np.arange(31)).sum() / gland.sum()) - 15)
    assert heights[1] / heights[0] == pytest.approx(np.sqrt(3), abs=0.15)


def test_enlarging_keeps_places_and_shrinking_undoes_it() -> None:
    ramp = np.add.outer(2.0 * np.arange(8), np.arange(6)).astype(np.float32)
    large = enlarge(ramp, 4)
    assert large.shape == (32, 24)
    assert np.allclose(shrink(large, 4)[1:-1, 1:-1], ramp[1:-1, 1:-1], atol=1e-5)
    # The middle of pixel (3, 2) lies between the enlarged pixels 13 and 14, 9 and 10.
    assert large[13:15, 9:11].mean() == pytest.approx(ramp[3, 2], abs=1e-5)
