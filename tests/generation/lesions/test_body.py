"""The 3D body: exact size and contrast, edges that wander or are lost, and matter of exact mean."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.lesions.matter.body import (
    Body,
    fill,
    fill_unevenly,
    half_size,
    project_body,
    show_body,
    spread_share,
)
from generation.lesions.matter.grain import draw_grain
from generation.lesions.matter.projection import build_projection
from generation.lesions.matter.shell import draw_shell, project_shell
from generation.lesions.matter.surface import Surface, draw_surface
from generation.physics.attenuation import MASS_GLANDULARITY, mixture_per_cm

CC = build_projection("cc", 45.0)
MLO = build_projection("mlo", 45.0)


def make_ball(size_mm: float) -> Surface:
    surface = draw_surface(np.random.default_rng(0), shape="round", lobulated=False, size_mm=2.0)
    return Surface(np.full_like(surface.radius_mm, size_mm / 2))


def make_body(size_mm: float = 10.0, glandularity: float = 1.0, edge_share: float = 0.03) -> Body:
    return Body(make_ball(size_mm), fill(glandularity), edge_share=edge_share)


def project(body: Body) -> tuple[np.ndarray, np.ndarray]:
    half = half_size(body.reach_mm, 0.1)
    return project_body(body, CC, half_px=half, pixel_mm=0.1)


def test_a_ten_millimetre_mass_has_the_tabled_primary_contrast() -> None:
    """1.8 % against gland and 24 % against fat at 20 keV, before blur (generation design)."""
    path, gland = project(make_body(glandularity=MASS_GLANDULARITY["equal"]))
    middle = path.shape[0] // 2
    thick, dense = path[middle, middle], gland[middle, middle]
    fat, pure = (float(mixture_per_cm(share)) for share in (0.0, 1.0))
    own = fat * thick + (pure - fat) * dense
    assert 1 - np.exp(-(own - pure * thick)) == pytest.approx(0.018, rel=0.1)
    assert 1 - np.exp(-(own - fat * thick)) == pytest.approx(0.24, rel=0.1)


def test_a_ball_projects_to_its_chord_and_its_volume() -> None:
    path, _ = project(make_body(8.0))
    middle = path.shape[0] // 2
    assert path[middle, middle] == pytest.approx(0.8, rel=0.03)
    assert path[middle, middle + 24] == pytest.approx(2 * np.sqrt(0.4**2 - 0.24**2), rel=0.04)
    assert path.sum() * 0.01**2 == pytest.approx(4 / 3 * np.pi * 0.4**3, rel=0.03)


@settings(max_examples=10, deadline=None)
@given(size=st.floats(3.0, 50.0))
def test_the_mask_of_a_ball_has_its_diameter(size: float) -> None:
    layer = show_body(make_body(size), CC, contrast=1.0)
    assert layer.long_axis_mm == pytest.approx(size, rel=0.02, abs=0.25)


def test_large_bodies_spread_and_small_ones_do_not() -> None:
    assert spread_share(10.0) == 1.0
    assert 0.3 < spread_share(50.0) < spread_share(20.0) < 1.0
    thick = [project(make_body(size))[0].max() for size in (10.0, 20.0, 40.0)]
    assert thick[0] < thick[1] < thick[2]


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**20), glandularity=st.floats(0.3, 1.7), share=st.floats(0.0, 0.4))
def test_uneven_matter_keeps_its_mean(seed: int, glandularity: float, share: float) -> None:
    surface = make_ball(9.0)
    grain = draw_grain(np.random.default_rng(seed), period_mm=13.0)
    matter = fill_unevenly(glandularity, grain, share=share, inside=surface)
    path, gland = project(Body(surface, matter, edge_share=0.03))
    assert gland.sum() / path.sum() == pytest.approx(glandularity, rel=0.03 + 0.05 * share)


def test_grain_has_unit_variance_and_repeats() -> None:
    grain = draw_grain(np.random.default_rng(3), period_mm=10.0)
    points = np.random.default_rng(4).uniform(0, 10, (4000, 3)).astype(np.float32)
    assert grain.at(points).std() == pytest.approx(1.0, abs=0.25)
    assert grain.at(points + np.float32(10.0)) == pytest.approx(grain.at(points), abs=1e-3)


def test_a_lost_edge_is_wide_on_its_side_alone() -> None:
    axis = np.array([0.0, -1.0, 0.0], np.float32)
    body = Body(make_ball(10.0), fill(1.0), edge_share=0.04, lost_axis=axis)
    away = np.array([[0.0, 5.6, 0.0], [0.0, -5.6, 0.0]], np.float32)
    occupancy, _ = body.sample(away)
    assert occupancy[0] == 0.0
    assert occupancy[1] > 0.2


def test_a_rough_edge_wanders_within_its_reach() -> None:
    grain = draw_grain(np.random.default_rng(1), period_mm=14.0)
    body = Body(make_ball(10.0), fill(1.0), edge_share=0.1, roughness=0.2, grain=grain)
    rng = np.random.default_rng(2)
    points = rng.normal(size=(5000, 3)).astype(np.float32)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    at_radius, _ = body.sample(points * np.float32(5.0))
    assert 0.1 < np.mean(at_radius > 0.5) < 0.9
    assert not body.sample(points * np.float32(body.reach_mm))[0].any()


def test_a_shell_holds_the_volume_of_its_wall_and_is_brightest_side_on() -> None:
    shell = draw_shell(np.random.default_rng(0), make_ball(12.0), wall_mm=0.3, patchy=0.0)
    assert shell.volume.sum() == pytest.approx(4 * np.pi * 6.0**2 * 0.3, rel=0.02)
    path = project_shell(shell, MLO, half_px=85, pixel_mm=0.1)
    assert path.sum() * 0.1**2 * 10 == pytest.approx(shell.volume.sum(), rel=0.03)
    assert path[85, 85] == pytest.approx(0.06, rel=0.15)
    assert path[85].max() > 3 * path[85, 85]
