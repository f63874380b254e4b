"""Masses: exact size, one body in two views, and margins that differ in what they measure."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import ConvexHull

from generation.lesions.mass import FINDING
from generation.lesions.matter.projection import build_projection
from generation.lesions.matter.spicules import grow_spicules, project_spicules
from generation.lesions.matter.surface import Surface, draw_surface, grid_directions
from generation.physics import Layer
from generation.spec import LesionSpec
from generation.vocabulary import MASS_DENSITIES, MASS_MARGINS, MASS_SHAPES, term_keys
from tests.generation.specs import make_lesion, render_layers

VIEWS = ("left_cc", "left_mlo")


def make_mass(
    margin: str = "circumscribed",
    shape: str = "oval",
    density: str = "equal",
    size_mm: float = 10.0,
    contrast: float = 1.0,
) -> LesionSpec:
    return make_lesion(
        size_mm=size_mm,
        contrast=contrast,
        descriptors={"shape": shape, "margin": margin, "density": density},
        assessment="4B",
    )


@cache
def render_margin(margin: str, seed: int = 0) -> dict[str, Layer]:
    shape = "irregular" if margin == "spiculated" else "round"
    mass = make_mass(margin, shape=shape, density="high", size_mm=8.0)
    return render_layers(mass, views=VIEWS, seed=seed, mlo_angle_deg=45.0)


def edge_sharpness(layer: Layer) -> float:
    """Steepest relative fall of the change from the centre outwards, averaged all round, 1/mm."""
    change = layer.delta_log_exposure(0.0)
    middle = change.shape[0] // 2
    radii = np.arange(0, middle)
    falls = []
    for angle in np.linspace(0, 2 * np.pi, 48, endpoint=False):
        rows, columns = middle + radii * np.sin(angle), middle + radii * np.cos(angle)
        line = ndimage.map_coordinates(change, np.stack([rows, columns]), order=1)
        falls.append(-np.diff(line).min() / change.max() * 10)
    return float(np.mean(falls))


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 2**31),
    size=st.floats(5, 25),
    shape=st.sampled_from(term_keys(MASS_SHAPES)),
    lobulated=st.booleans(),
)
def test_the_largest_diameter_is_the_size(
    seed: int, size: float, shape: str, lobulated: bool
) -> None:
    surface = draw_surface(
        np.random.default_rng(seed), shape=shape, lobulated=lobulated, size_mm=size
    )
    points = (grid_directions() * surface.radius_mm[..., None]).reshape(-1, 3)
    assert surface.radius_mm.min() > 0.1 * size / 2
    # From the farthest point of any, again and again: each step only lengthens.
    longest, one = 0.0, points[int(np.argmax(np.linalg.norm(points, axis=1)))]
    for _ in range(4):
        away = np.linalg.norm(points - one, axis=1)
        longest, one = max(longest, float(away.max())), points[int(np.argmax(away))]
    assert longest <= 1.01 * size
    along = np.random.default_rng(0).normal(size=(3000, 3))
    spread = points @ (along / np.linalg.norm(along, axis=1, keepdims=True)).T
    widest = float((spread.max(axis=0) - spread.min(axis=0)).max())
    assert widest == pytest.approx(size, rel=0.01)


@pytest.mark.parametrize("margin", term_keys(MASS_MARGINS))
@pytest.mark.parametrize("density", term_keys(MASS_DENSITIES))
def test_every_margin_and_density_renders(margin: str, density: str) -> None:
    mass = make_mass(margin, density=density, size_mm=6.0)
    layers = render_layers(mass, views=VIEWS, seed=2, mlo_angle_deg=45.0)
    for layer in layers.values():
        height, width = layer.added.shape
        assert height % 2 == width % 2 == 1
        assert layer.mask.any()
        assert not (layer.mask & ~layer.support).any()
        assert not (layer.support[0].any() or layer.support[:, -1].any())
        assert np.isfinite(layer.added).all()
        assert np.isfinite(layer.displaced_cm).all()


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.floats(5, 16))
def test_mask_is_the_body_in_both_views(seed: int, size: float) -> None:
    layers = render_layers(make_mass(size_mm=size), views=VIEWS, seed=seed, mlo_angle_deg=45.0)
    extents = []
    for layer in layers.values():
        assert layer.long_axis_mm <= size + 0.3
        columns = np.nonzero(layer.mask.any(axis=0))[0]
        extents.append((columns[0], columns[-1]))
    # Both views show depth across: one body has one extent there. Long axis within 45 degrees.
    halves = [layer.mask.shape[1] // 2 for layer in layers.values()]
    assert extents[0][0] - halves[0] == pytest.approx(extents[1][0] - halves[1], abs=2)
    assert extents[0][1] - halves[0] == pytest.approx(extents[1][1] - halves[1], abs=2)
    assert max(layer.long_axis_mm for layer in layers.values()) > 0.65 * size


def test_round_is_round_and_oval_is_not() -> None:
    ratios = {}
    for shape in ("round", "oval"):
        mask = render_layers(
            make_mass(shape=shape, size_mm=9.0), views=VIEWS, seed=9, mlo_angle_deg=45.0
        )["left_cc"].mask
        spread = np.linalg.eigvalsh(np.cov(np.argwhere(mask).T))
        ratios[shape] = float(np.sqrt(spread[0] / spread[1]))
    assert ratios["round"] > 0.88
    assert ratios["oval"] < 0.82


def test_margins_differ_in_sharpness() -> None:
    sharp = edge_sharpness(render_margin("circumscribed")["left_cc"])
    blurred = edge_sharpness(render_margin("indistinct")["left_cc"])
    assert sharp > 1.3 * blurred


def test_spiculations_reach_beyond_the_body_and_only_theirs_do() -> None:
    def reach(layer: Layer) -> float:
        change = layer.delta_log_exposure(0.0)
        away = ndimage.distance_transform_edt(~layer.mask) / 10
        return float(away[change > 0.02].max())

    assert reach(render_margin("spiculated")["left_cc"]) > 2.0
    assert reach(render_margin("circumscribed")["left_cc"]) < 1.0


def test_microlobulation_makes_the_outline_longer_than_its_hull() -> None:
    def solidity(layer: Layer) -> float:
        points = np.argwhere(layer.mask)
        return float(layer.mask.sum() / ConvexHull(points).volume)

    smooth = [solidity(render_margin("circumscribed", seed)["left_cc"]) for seed in range(3)]
    scalloped = [solidity(render_margin("microlobulated", seed)["left_cc"]) for seed in range(3)]
    assert np.mean(scalloped) < np.mean(smooth) - 0.01


def test_an_obscured_mass_fades_on_one_side_only() -> None:
    layer = render_margin("obscured")["left_cc"]
    even = render_margin("circumscribed")["left_cc"]

    def lopsided(one: Layer) -> float:
        change = one.delta_log_exposure(0.0)
        rows, columns = np.nonzero(change > 0.02)
        weight = change[rows, columns]
        centre = np.array([rows.mean(), columns.mean()])
        heavy = np.array([np.average(rows, weights=weight), np.average(columns, weights=weight)])
        return float(np.linalg.norm(heavy - centre))

    assert lopsided(layer) > 3 * lopsided(even)


def test_density_orders_the_change_and_fat_is_darker_than_gland() -> None:
    peaks = {}
    for density in term_keys(MASS_DENSITIES):
        layer = render_layers(
            make_mass(density=density, size_mm=8.0), views=VIEWS, seed=5, mlo_angle_deg=45.0
        )["left_cc"]
        middle = layer.added.shape[0] // 2
        core = np.s_[middle - 10 : middle + 11, middle - 10 : middle + 11]
        peaks[density] = float(layer.delta_log_exposure(0.3)[core].mean())
    assert peaks["high"] > peaks["equal"] > peaks["low"] > peaks["fat_containing"]
    fatty = render_layers(
        make_mass(density="fat_containing"), views=VIEWS, seed=5, mlo_angle_deg=45.0
    )
    assert fatty["left_cc"].delta_log_exposure(1.0)[fatty["left_cc"].mask].mean() < 0


def test_contrast_scales_the_change() -> None:
    one = render_layers(make_mass(), views=VIEWS, seed=1, mlo_angle_deg=45.0)["left_cc"]
    half = render_layers(make_mass(contrast=0.5), views=VIEWS, seed=1, mlo_angle_deg=45.0)[
        "left_cc"
    ]
    assert half.delta_log_exposure(0.1) == pytest.approx(
        0.5 * one.delta_log_exposure(0.1), abs=1e-6
    )


def test_the_path_through_a_round_mass_is_its_diameter() -> None:
    layer = render_layers(
        make_mass(shape="round", size_mm=10.0), views=VIEWS, seed=3, mlo_angle_deg=45.0
    )["left_cc"]
    assert layer.displaced_cm.max() == pytest.approx(1.0, rel=0.12)


def test_a_seed_gives_the_same_mass_and_views_do_not_disturb_each_other() -> None:
    both = render_layers(
        make_mass("spiculated", size_mm=5.0), views=VIEWS, seed=8, mlo_angle_deg=45.0
    )
    alone = render_layers(
        make_mass("spiculated", size_mm=5.0), views=["left_mlo"], seed=8, mlo_angle_deg=45.0
    )
    other = render_layers(
        make_mass("spiculated", size_mm=5.0), views=VIEWS, seed=9, mlo_angle_deg=45.0
    )
    assert np.array_equal(both["left_mlo"].added, alone["left_mlo"].added)
    assert both["left_cc"].added.shape != other["left_cc"].added.shape or not np.array_equal(
        both["left_cc"].added, other["left_cc"].added
    )


def test_a_right_view_is_the_mirror_image() -> None:
    layers = render_layers(
        make_mass("spiculated", size_mm=5.0),
        views=["left_cc", "right_cc"],
        seed=8,
        mlo_angle_deg=45.0,
    )
    assert np.array_equal(layers["right_cc"].added, layers["left_cc"].added[:, ::-1])
    assert np.array_equal(layers["right_cc"].mask, layers["left_cc"].mask[:, ::-1])


def make_ball(radius_mm: float) -> Surface:
    shape: NDArray[np.float32] = draw_surface(
        np.random.default_rng(0), shape="round", lobulated=False, size_mm=2.0
    ).radius_mm
    return Surface(np.full_like(shape, radius_mm))


@settings(max_examples=10, deadline=None)
@given(
    seed=st.integers(0, 2**20),
    size=st.floats(5, 30),
    shape=st.sampled_from(term_keys(MASS_SHAPES)),
    margin=st.sampled_from(term_keys(MASS_MARGINS)),
)
def test_a_reader_measures_the_size(seed: int, size: float, shape: str, margin: str) -> None:
    layers = render_layers(make_mass(margin, shape=shape, size_mm=size), views=VIEWS, seed=seed)
    seen = max(layer.long_axis_mm for layer in layers.values())
    assert 0.7 * size - 0.3 < seen < 1.3 * size + 0.3
    for layer in layers.values():
        assert np.isfinite(layer.added).all()
        assert not (layer.mask & ~layer.support).any()


@settings(max_examples=5, deadline=None)
@given(
    margin=st.sampled_from(term_keys(MASS_MARGINS)),
    low=st.floats(0.2, 1.5),
    step=st.floats(0.1, 1.5),
)
def test_more_contrast_is_more_change_everywhere(margin: str, low: float, step: float) -> None:
    faint, strong = (
        render_layers(make_mass(margin, size_mm=6.0, contrast=contrast), views=VIEWS, seed=3)
        for contrast in (low, low + step)
    )
    before, after = (np.abs(part["left_cc"].delta_log_exposure(0.3)) for part in (faint, strong))
    assert (after >= before - 1e-6).all()
    assert np.array_equal(faint["left_cc"].mask, strong["left_cc"].mask)


def test_what_hides_a_mass_is_not_marked_as_mass() -> None:
    layer = render_margin("obscured")["left_cc"]
    change = layer.delta_log_exposure(0.0)
    assert change[layer.support & ~layer.mask].max() > 0.02
    assert layer.long_axis_mm < 1.25 * 8.0


def test_strands_taper_and_reach_unequally_far() -> None:
    alpha = 6.0
    segments = grow_spicules(np.random.default_rng(2), make_ball(alpha), alpha_mm=alpha)
    beyond = np.linalg.norm(segments.end, axis=1) / alpha - 1
    assert 0.9 < np.percentile(beyond, 99) < 2.2
    outward = segments.end / np.linalg.norm(segments.end, axis=1, keepdims=True)
    octant = (outward > 0) @ np.array([1, 2, 4])
    farthest = [beyond[octant == index].max() for index in range(8)]
    assert max(farthest) > 1.5 * min(farthest)
    far, near = beyond > 0.8, beyond < 0.1
    assert segments.radius_mm[far].mean() < 0.75 * segments.radius_mm[near].mean()


def test_corners_make_an_irregular_outline() -> None:
    def solidity(shape: str, seed: int) -> float:
        layers = render_layers(make_mass(shape=shape, size_mm=9.0), views=VIEWS, seed=seed)
        mask = layers["left_cc"].mask
        return float(mask.sum() / ConvexHull(np.argwhere(mask)).volume)

    irregular, round_ones = (
        np.mean([solidity(shape, seed) for seed in range(4)]) for shape in ("irregular", "round")
    )
    assert irregular < round_ones - 0.02


def test_small_masses_keep_the_calibre_of_their_strands() -> None:
    small, large = (
        grow_spicules(np.random.default_rng(0), make_ball(alpha), alpha_mm=alpha).radius_mm.max()
        for alpha in (3.0, 6.0)
    )
    assert 0.6 < small / large < 0.8


def test_spicules_have_the_published_number_and_calibre() -> None:
    alpha = 6.0
    segments = grow_spicules(np.random.default_rng(0), make_ball(alpha), alpha_mm=alpha)
    length = np.linalg.norm(segments.end - segments.start, axis=1)
    on_surface = np.abs(np.linalg.norm(segments.start, axis=1) / alpha - 0.85) < 1e-3
    assert 1358 - 4 * 365 < on_surface.sum() < 1358 + 4 * 365
    assert segments.radius_mm[on_surface].mean() / alpha == pytest.approx(0.024, rel=0.1)
    assert segments.radius_mm.max() <= alpha * (0.024 + 2 * 0.0053) + 1e-6
    assert (length[on_surface] / alpha).min() > 0.05


def test_spicules_project_to_their_volume_outside_the_body() -> None:
    ball = make_ball(0.01)
    segments = grow_spicules(np.random.default_rng(1), ball, alpha_mm=4.0)
    volume = np.pi * segments.radius_mm**2 * np.linalg.norm(segments.end - segments.start, axis=1)
    for view in ("cc", "mlo"):
        path = project_spicules(
            segments, ball, build_projection(view, 45.0), half_px=600, pixel_mm=0.04
        )
        assert path.sum() * 0.04**2 == pytest.approx(volume.sum(), rel=0.03)


def test_masses_are_drawn_as_often_as_they_were_seen() -> None:
    rng = np.random.default_rng(0)
    drawn = [words for _ in range(600) if (words := FINDING.draw_words(rng, True))]
    spiculated = np.mean([words["margin"] == "spiculated" for words in drawn])
    # 136 of 388 masses of category 4 and 5 in CBIS-DDSM; draws that agree with it weigh more.
    assert 0.30 < spiculated < 0.50
    assert all(FINDING.contradiction(words) is None for words in drawn)
    sizes = [FINDING.draw_size(rng, drawn[0]) for _ in range(300)]
    assert 12 < np.median(sizes) < 16
    assert all(FINDING.size_mm[0] <= size <= FINDING.size_mm[1] for size in sizes)
    benign = [words for _ in range(200) if (words := FINDING.draw_words(rng, False))]
    assert {words["margin"] for words in benign} == {"circumscribed"}
