"""Geometry, tissue and condition maps of the anatomical model."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generation.anatomy.character import STYLE_LIMIT, draw_character
from generation.anatomy.condition import COARSE_SIGMA_MM, MAP_PIXEL_MM, blur_inside
from generation.anatomy.geometry import CANVAS_MM, PIXEL_MM, Outline, make_outline, project
from generation.anatomy.shapes import HEIGHTS, NIPPLE, skin_modes
from generation.anatomy.structure import draw_structure
from generation.anatomy.tissue import Tissue, draw_field, make_tissue
from generation.anatomy.views import BreastAnatomy, make_breast
from generation.frame import breast_fraction, oblique_mm
from generation.physics.look import LOOKS
from generation.plausibility import RANGES
from generation.quality.variety import compare_pattern, frame_map
from generation.seeds import generator
from generation.spec import CaseSpec

# Volpara's cut-points, as fractions.
CUT_POINTS = {"A": (0, 0.035), "B": (0.035, 0.075), "C": (0.075, 0.155), "D": (0.155, 1)}


def any_size(name: str) -> st.SearchStrategy[float]:
    return st.floats(*RANGES[name])


ANY_SPEC = st.builds(
    CaseSpec,
    seed=st.integers(0, 2**53 - 1),
    density=st.sampled_from("ABCD"),
    age_years=st.just(55),
    thickness_mm=any_size("thickness_mm"),
    width_mm=any_size("width_mm"),
    depth_mm=any_size("depth_mm"),
    mlo_angle_deg=any_size("mlo_angle_deg"),
    exam=st.sampled_from(["current", "prior"]),
)
# Its muscle would end below the breast.
SMALL_BREAST = CaseSpec(
    seed=162918,
    density="A",
    age_years=55,
    thickness_mm=20.0,
    width_mm=120.0,
    depth_mm=50.0,
    mlo_angle_deg=30.0,
)
VIEWS = st.sampled_from(["cc", "mlo"])
SIDES = st.sampled_from(["left", "right"])


def draw_spec(seed: int, density: str = "C") -> CaseSpec:
    return CaseSpec.draw(np.random.default_rng(seed), density=density, findings="none")


def draw_tissue(spec: CaseSpec, side: str) -> Tissue:
    return make_tissue(
        spec,
        draw_character(spec),
        shared_rng=generator(spec.seed, "anatomy"),
        side_rng=generator(spec.seed, "anatomy", side=side),
    )


@pytest.fixture(scope="module")
def breast() -> BreastAnatomy:
    return make_breast(draw_spec(3), "left")


@settings(max_examples=40, deadline=None)
@given(spec=ANY_SPEC, view=VIEWS, side=SIDES)
def test_nipple_and_breast_lie_inside_the_image_for_every_spec(
    spec: CaseSpec, view: str, side: str
) -> None:
    outline = make_outline(spec, view, side)
    mask = outline.mask(0.4)
    x, y = outline.nipple_xy_mm
    assert spec.depth_mm < x < CANVAS_MM[1] - 2
    assert 20 < y < CANVAS_MM[0] - 20
    assert not mask[:, -3:].any()
    assert not mask[-3:].any()
    assert mask[int(y / 0.4), int((x - 0.8) / 0.4)]
    if view == "cc":
        assert not mask[:3].any()


@settings(max_examples=40, deadline=None)
@given(spec=ANY_SPEC, view=VIEWS, side=SIDES)
def test_each_row_of_the_mask_is_one_run_from_the_chest_wall(
    spec: CaseSpec, view: str, side: str
) -> None:
    outline = make_outline(spec, view, side)
    mask = outline.mask(0.8)
    assert (np.diff(mask.astype(int), axis=1) <= 0).all()
    rows = np.flatnonzero(mask[:, 0])
    assert (np.diff(rows) == 1).all()
    assert len(rows) * 0.8 >= spec.width_mm - 2


@settings(max_examples=30, deadline=None)
@given(spec=ANY_SPEC, view=VIEWS, side=SIDES, places=st.integers(0, 2**32 - 1))
def test_outline_is_never_narrower_than_where_findings_may_lie(
    spec: CaseSpec, view: str, side: str, places: int
) -> None:
    outline = make_outline(spec, view, side)
    mask = outline.mask(PIXEL_MM)
    rng = np.random.default_rng(places)
    for _ in range(60):
        depth = rng.uniform(5, spec.depth_mm)
        lateral, superior = rng.uniform(-0.5, 0.5, 2) * spec.width_mm
        across = lateral if view == "cc" else oblique_mm(lateral, superior, spec.mlo_angle_deg)
        if breast_fraction(depth, across, spec) > 0.97:
            continue
        x, y = project((depth, lateral, superior), outline, spec)
        assert mask[round(y), max(round(x), 0)]


@settings(max_examples=40, deadline=None)
@given(spec=ANY_SPEC, side=SIDES)
@example(spec=SMALL_BREAST, side="left")
def test_muscle_lies_behind_the_skin_and_the_nipple_line_agrees_with_the_cc(
    spec: CaseSpec, side: str
) -> None:
    cc, mlo = (make_outline(spec, view, side) for view in ("cc", "mlo"))
    assert abs(mlo.apex_x_mm - cc.apex_x_mm) <= 10  # IARC: at most 1 cm
    y = np.arange(1.0, CANVAS_MM[0])
    edge = mlo.pectoral_edge_mm(y)
    assert (edge[edge > 0] < mlo.skin_depth_mm(y)[edge > 0]).all()
    assert not cc.pectoral(0.8).any()
    share = mlo.pectoral(0.8)
    assert 0 < share.mean() < 0.25


@settings(max_examples=12, deadline=None)
@given(spec=ANY_SPEC, side=SIDES)
def test_volumetric_fraction_lies_in_the_density_class(spec: CaseSpec, side: str) -> None:
    low, high = CUT_POINTS[spec.density]
    tissue = draw_tissue(spec, side)
    assert low < tissue.volumetric_fraction <= high
    assert tissue.gland.min() >= 0
    assert tissue.gland.max() <= 1
    assert not tissue.gland[~tissue.inside].any()


def test_density_ladder_keeps_the_woman_and_adds_gland_where_it_was_likely() -> None:
    specs = [dataclasses.replace(draw_spec(5), density=density) for density in "ABCD"]
    assert len({draw_character(spec) for spec in specs}) == 1
    assert len({make_outline(spec, "mlo", "left") for spec in specs}) == 1
    glands = [draw_tissue(spec, "left").gland for spec in specs]
    for less, more in itertools.pairwise(glands):
        assert (more >= less - 1e-5).all()
        assert more.sum() > 1.3 * less.sum()


def test_field_has_the_asked_spectrum() -> None:
    field = draw_field((64, 64, 64), np.random.default_rng(0), exponent=3.1, longest=64)
    power = np.abs(np.fft.fftn(field)) ** 2
    f = np.sqrt(sum(g**2 for g in np.meshgrid(*(np.fft.fftfreq(64),) * 3, indexing="ij")))
    rings = [(f > low) & (f < 1.3 * low) for low in (0.05, 0.1, 0.2)]
    levels = [np.log(power[ring].mean()) for ring in rings]
    slope = (levels[2] - levels[0]) / np.log(4)
    assert slope == pytest.approx(-3.1, abs=0.3)
    assert field.std() == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("view", ["cc", "mlo"])
def test_drawn_skin_only_falls_away_from_the_nipple(view: str) -> None:
    modes = skin_modes(view)
    rng = np.random.default_rng(1)
    for _ in range(50):
        scores = rng.standard_normal(len(modes.modes)) * 2
        profile = modes.profile(scores, axilla=view == "mlo")
        assert profile[NIPPLE] == pytest.approx(1)
        assert (np.diff(profile[NIPPLE:]) <= 1e-9).all()
        near = HEIGHTS[: NIPPLE + 1] >= -0.7
        assert (np.diff(profile[: NIPPLE + 1][near]) >= -1e-9).all()


def test_both_views_show_a_point_at_the_same_distance_behind_the_nipple(
    breast: BreastAnatomy,
) -> None:
    spec = draw_spec(3)
    point = (30.0, 12.0, -8.0)
    for view in ("cc", "mlo"):
        outline = breast.views[view].outline
        apex = outline.apex_x_mm / PIXEL_MM - 0.5
        assert apex - project(point, outline, spec)[0] == pytest.approx(300, abs=1)


def correlate(one: BreastAnatomy, other: BreastAnatomy, view: str = "cc") -> float:
    """Likeness of two coarse maps, the nipples laid over each other."""
    maps = [breast.views[view].condition for breast in (one, other)]
    columns, rows = ([round(c.nipple_xy[axis]) for c in maps] for axis in (0, 1))
    shift = (rows[0] - rows[1], columns[0] - columns[1])
    mask = np.roll(maps[1].mask, shift, (0, 1)) & maps[0].mask
    coarse = np.roll(maps[1].coarse, shift, (0, 1))
    return float(np.corrcoef(maps[0].coarse[mask], coarse[mask])[0, 1])


def test_same_spec_same_bytes(breast: BreastAnatomy) -> None:
    again = make_breast(draw_spec(3), "left")
    for view, shown in breast.views.items():
        assert np.array_equal(shown.condition.stack(), again.views[view].condition.stack())


def frame(shown: BreastAnatomy) -> tuple[np.ndarray, np.ndarray]:
    condition = shown.views["cc"].condition
    nipple_x, nipple_y = (value / 4 for value in condition.nipple_xy)
    return frame_map(condition.coarse[::4, ::4], condition.mask[::4, ::4], (nipple_x, nipple_y))


def test_sides_are_alike_but_not_copies_and_women_differ() -> None:
    women = [
        draw_spec(seed, density) for seed, density in zip(range(21, 27), "BBCCBC", strict=True)
    ]
    framed = [frame(make_breast(spec, side)) for spec in women for side in ("left", "right")]
    maps, inside = (np.stack(part) for part in zip(*framed, strict=True))
    likeness = 1 - compare_pattern(maps, inside)
    sides = np.diag(likeness, 1)[::2]
    strangers = likeness[::2, ::2][np.triu_indices(len(women), 1)]
    assert 0.4 < np.median(sides) < 0.93
    assert sides.max() < 0.99
    assert np.median(strangers) < np.median(sides) - 0.1


@pytest.mark.parametrize("view", ["cc", "mlo"])
def test_prior_exam_is_the_same_woman_compressed_anew(breast: BreastAnatomy, view: str) -> None:
    prior = make_breast(dataclasses.replace(draw_spec(3), exam="prior"), "left")
    assert np.array_equal(prior.tissue.gland, breast.tissue.gland)
    now, then = breast.views[view].outline, prior.views[view].outline
    assert now.profile_mm != then.profile_mm
    assert np.abs(np.array(now.nipple_xy_mm) - then.nipple_xy_mm).max() < 15
    assert correlate(breast, prior, view) > 0.9


def test_lesions_do_not_change_the_anatomy() -> None:
    with_lesion = CaseSpec.draw(np.random.default_rng(8), findings="mass")
    without = dataclasses.replace(with_lesion, lesions=())
    pair = [make_breast(spec, "left").views["mlo"].condition for spec in (with_lesion, without)]
    assert np.array_equal(pair[0].stack(), pair[1].stack())


def test_gland_stays_before_the_muscle() -> None:
    shown = make_breast(draw_spec(12, "D"), "left").views["mlo"]
    behind = shown.outline.pectoral(MAP_PIXEL_MM) > 0.99
    assert shown.gland[behind].mean() < 0.3 * shown.gland[shown.condition.mask].mean()


def test_coarse_map_is_smooth_and_lines_are_sparse(breast: BreastAnatomy) -> None:
    condition = breast.views["cc"].condition
    inside = condition.mask
    again = blur_inside(condition.coarse, inside, sigma_px=COARSE_SIGMA_MM / MAP_PIXEL_MM)
    assert np.abs(again - condition.coarse)[inside].mean() < 0.03
    assert 0.02 < (condition.lines[inside] > 0.02).mean() < 0.16
    assert 0.05 < np.median(condition.coarse[inside]) < 0.6
    assert condition.lines.max() <= 1


def test_ducts_start_at_the_nipple_and_curves_follow_the_woman() -> None:
    spec = draw_spec(4)
    character = draw_character(spec)
    curves = draw_structure(spec, character, np.random.default_rng(0))
    assert sum(np.linalg.norm(curve.points_mm[0]) < 7 for curve in curves) >= 4
    richer = dataclasses.replace(character, lines=2 * character.lines)
    assert len(draw_structure(spec, richer, np.random.default_rng(0))) > 1.3 * len(curves)


def test_maps_carry_the_womans_style_as_their_look_shows_it(breast: BreastAnatomy) -> None:
    spec = draw_spec(3)
    own = draw_character(spec).style
    crisp = make_breast(dataclasses.replace(spec, look="crisp"), "right")
    for each, look in ((breast, spec.look), (crisp, "crisp")):
        for shown in each.views.values():
            style, change = shown.condition.style, LOOKS[look]
            assert style.fine == np.clip(own.fine + change.fine, -STYLE_LIMIT, STYLE_LIMIT)
            assert style.middle == np.clip(own.middle + change.middle, -STYLE_LIMIT, STYLE_LIMIT)
    assert crisp.views["cc"].condition.style != breast.views["cc"].condition.style


def test_outline_without_a_muscle_shows_none() -> None:
    outline = Outline("cc", 80, 115, (0.0, *[60.0] * 229, 0.0), 4, 5, 0, 1, 0)
    assert not outline.pectoral(0.8).any()
    assert outline.apex_x_mm == pytest.approx(60)
