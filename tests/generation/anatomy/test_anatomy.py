"""Geometry, tissue and condition maps of the anatomical model."""

from __future__ import annotations

import numpy as np
import pytest

from generation.anatomy.condition import CHANNELS, ConditionMap, blur_inside
from generation.anatomy.geometry import CANVAS_PX, PIXEL_MM, make_outline, project
from generation.anatomy.tissue import FRACTION_RANGES, draw_field, make_tissue
from generation.anatomy.views import BreastAnatomy, make_breast
from generation.frame import breast_fraction, oblique_mm
from generation.spec import CaseSpec

# Volpara's cut-points, as fractions.
CUT_POINTS = {"A": (0, 0.035), "B": (0.035, 0.075), "C": (0.075, 0.155), "D": (0.155, 1)}


def draw_spec(seed: int, density: str = "C") -> CaseSpec:
    return CaseSpec.draw(np.random.default_rng(seed), density=density)


@pytest.fixture(scope="module")
def breast() -> BreastAnatomy:
    return make_breast(draw_spec(3), "left")


@pytest.mark.parametrize("density", "ABCD")
@pytest.mark.parametrize("side", ["left", "right"])
def test_volumetric_fraction_lies_in_the_density_class(density: str, side: str) -> None:
    spec = draw_spec(11, density)
    tissue = make_tissue(
        spec,
        shared_rng=np.random.default_rng(1),
        side_rng=np.random.default_rng(2 if side == "left" else 3),
    )
    low, high = CUT_POINTS[density]
    assert low < tissue.volumetric_fraction <= high
    assert tissue.volumetric_fraction == pytest.approx(
        np.clip(tissue.volumetric_fraction, *FRACTION_RANGES[density]), abs=1e-3
    )


def test_field_has_the_asked_spectrum() -> None:
    shape = (64, 64, 64)
    field = draw_field(shape, np.random.default_rng(0))
    power = np.abs(np.fft.fftn(field)) ** 2
    f = np.sqrt(sum(g**2 for g in np.meshgrid(*(np.fft.fftfreq(64),) * 3, indexing="ij")))
    rings = [(f > low) & (f < 1.3 * low) for low in (0.05, 0.1, 0.2)]
    levels = [np.log(power[ring].mean()) for ring in rings]
    slope = (levels[2] - levels[0]) / np.log(4)
    assert slope == pytest.approx(-3.1, abs=0.3)
    assert field.std() == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("seed", range(6))
def test_nipple_and_breast_lie_inside_the_image(seed: int) -> None:
    spec = draw_spec(seed)
    for view in ("cc", "mlo"):
        outline = make_outline(
            spec,
            view,
            shared_rng=np.random.default_rng(seed),
            side_rng=np.random.default_rng(seed + 1),
        )
        mask = outline.mask(0.4)
        x, y = outline.nipple_xy_mm
        assert 0 < x < CANVAS_PX[1] * PIXEL_MM - 2
        assert 0 < y < CANVAS_PX[0] * PIXEL_MM - 2
        assert not mask[:, -3:].any()
        assert not mask[-3:].any()
        assert mask[int(y / 0.4), int((x - 0.8) / 0.4)]


@pytest.mark.parametrize("seed", range(4))
def test_outline_is_never_narrower_than_where_findings_may_lie(seed: int) -> None:
    spec = draw_spec(seed)
    rng = np.random.default_rng(seed)
    for view in ("cc", "mlo"):
        outline = make_outline(
            spec, view, shared_rng=np.random.default_rng(5), side_rng=np.random.default_rng(seed)
        )
        mask = outline.mask(PIXEL_MM)
        for _ in range(200):
            depth = rng.uniform(5, spec.depth_mm)
            lateral, superior = rng.uniform(-0.5, 0.5, 2) * spec.width_mm
            across = lateral
            if view == "mlo":
                across = oblique_mm(lateral, superior, spec.mlo_angle_deg)
            if breast_fraction(depth, across, spec) > 0.93:
                continue
            x, y = project((depth, lateral, superior), outline, spec)
            assert mask[round(y), max(round(x), 0)]


def test_both_views_show_a_point_at_the_same_distance_behind_the_nipple(
    breast: BreastAnatomy,
) -> None:
    spec = draw_spec(3)
    point = (30.0, 12.0, -8.0)
    xs = []
    for view in ("cc", "mlo"):
        outline = breast.views[view].outline
        apex = outline.apex_x_mm / PIXEL_MM - 0.5
        xs.append(apex - project(point, outline, spec)[0])
    assert xs[0] == pytest.approx(300, abs=1)
    assert xs[1] == pytest.approx(xs[0], abs=1)


def test_same_seed_same_anatomy_and_sides_are_alike_but_not_copies(breast: BreastAnatomy) -> None:
    spec = draw_spec(3)
    again, other = make_breast(spec, "left"), make_breast(spec, "right")
    mine = breast.views["cc"].condition
    assert np.array_equal(mine.coarse, again.views["cc"].condition.coarse)
    assert np.array_equal(mine.lines, again.views["cc"].condition.lines)
    theirs = other.views["cc"].condition
    both = mine.mask & theirs.mask
    likeness = np.corrcoef(mine.coarse[both], theirs.coarse[both])[0, 1]
    assert 0.3 < likeness < 0.995


def test_lesions_do_not_change_the_anatomy() -> None:
    with_lesion = CaseSpec.draw(np.random.default_rng(8), findings="mass")
    fields = {**with_lesion.to_json(), "lesions": []}
    without = CaseSpec.from_json(fields)
    pair = [make_breast(spec, "left").views["mlo"].condition for spec in (with_lesion, without)]
    assert np.array_equal(pair[0].stack(), pair[1].stack())


def test_stack_is_zero_outside_the_breast(breast: BreastAnatomy) -> None:
    condition = breast.views["mlo"].condition
    stack = condition.stack()
    assert stack.shape == (len(CHANNELS), *condition.mask.shape)
    assert stack.dtype == np.float32
    assert not stack[:, ~condition.mask].any()
    assert np.isfinite(stack).all()


def test_blur_inside_keeps_a_flat_breast_flat_up_to_the_skin() -> None:
    mask = np.zeros((60, 60), bool)
    mask[10:50, :40] = True
    blurred = blur_inside(np.full(mask.shape, 0.4, np.float32), mask, sigma_px=6)
    assert np.allclose(blurred[mask], 0.4, atol=1e-5)
    assert not blurred[~mask].any()


def test_condition_of_an_empty_line_channel_is_valid() -> None:
    mask = np.ones((32, 32), bool)
    flat = np.full(mask.shape, 0.3, np.float32)
    stack = ConditionMap(mask, flat, np.zeros_like(flat), (31.0, 16.0)).stack()
    assert stack[CHANNELS.index("lines")].max() == 0
    assert stack[CHANNELS.index("nipple_depth")].max() <= 1
