"""Calcifications: counts and sizes are exact, views agree, and shapes are what they are called."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage
from scipy.spatial.distance import pdist

from generation.lesions.calcification_group import draw_group
from generation.lesions.particle_layer import Group
from generation.lesions.particles import PARTICLE_FORMS, draw_particle
from generation.lesions.projection import build_projection, deposit, measure_long_axis
from generation.physics.attenuation import attenuation_per_cm
from generation.spec import LesionSpec
from generation.vocabulary import (
    BENIGN_MORPHOLOGIES,
    DISTRIBUTIONS,
    SUSPICIOUS_MORPHOLOGIES,
    term_keys,
)
from tests.generation.specs import make_group, render_layers

PROJECTIONS = {view: build_projection(view, 45.0) for view in ("cc", "mlo")}
MORPHOLOGIES = term_keys(BENIGN_MORPHOLOGIES + SUSPICIOUS_MORPHOLOGIES)
SHAPED = tuple(PARTICLE_FORMS)
AXIS = np.array([-1.0, 0.0, 0.0], np.float32)


def make_calcifications(
    morphology: str = "fine_pleomorphic",
    distribution: str = "grouped",
    size_mm: float = 10.0,
    count: int = 12,
) -> LesionSpec:
    return make_group(
        size_mm=size_mm,
        count=count,
        descriptors={"morphology": morphology, "distribution": distribution},
    )


def draw(lesion: LesionSpec, seed: int = 0) -> Group:
    return draw_group(np.random.default_rng(seed), lesion, PROJECTIONS)


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 2**31),
    size=st.floats(5, 30),
    count=st.integers(1, 24),
    distribution=st.sampled_from(term_keys(DISTRIBUTIONS)),
)
def test_count_and_extent_are_exact(seed: int, size: float, count: int, distribution: str) -> None:
    group = draw(make_calcifications("round", distribution, size, count), seed)
    assert len(group.particles) == len(group.positions_mm) == count
    if count > 1:
        assert pdist(group.positions_mm).max() == pytest.approx(size, rel=1e-4)


@pytest.mark.parametrize("morphology", SHAPED)
def test_particles_have_the_size_drawn_within_the_forms_range(morphology: str) -> None:
    low, high = PARTICLE_FORMS[morphology].size_mm
    for seed in range(4):
        particle = draw_particle(
            np.random.default_rng(seed), morphology, largest_mm=50.0, axis=AXIS
        )
        assert low <= particle.size_mm <= high
        middle = np.average(particle.elements_mm, axis=0, weights=particle.volumes_mm3)
        assert np.abs(middle).max() < 1e-3
        hull = particle.elements_mm[:: max(1, len(particle.elements_mm) // 3000)]
        across = pdist(hull).max() + min(particle.width_mm, 0.1)
        assert across == pytest.approx(particle.size_mm, rel=0.12)


@pytest.mark.parametrize("morphology", MORPHOLOGIES)
def test_every_morphology_renders_in_both_views(morphology: str) -> None:
    layers = render_layers(
        make_calcifications(morphology, count=4),
        views=("left_cc", "left_mlo"),
        seed=1,
        mlo_angle_deg=45.0,
    )
    for layer in layers.values():
        assert layer.particles_px.shape == (4, 2)
        assert layer.support.any()
        at = np.rint(layer.particles_px).astype(int) + layer.mask.shape[0] // 2
        assert layer.mask[at[:, 1], at[:, 0]].all()
        assert not (layer.mask[0].any() or layer.mask[:, -1].any())
        assert layer.added.min() >= 0
        assert layer.delta_log_exposure(0.2).max() > 0.05


def test_particles_can_be_counted_in_each_view() -> None:
    lesion = make_calcifications("round", size_mm=16.0, count=9)
    layers = render_layers(lesion, views=("left_cc", "left_mlo"), seed=5, mlo_angle_deg=45.0)
    for layer in layers.values():
        change = layer.delta_log_exposure(0.0)
        middle = layer.added.shape[0] // 2
        labels, count = ndimage.label(change > 0.06)
        assert count == 9
        at = np.rint(layer.particles_px).astype(int) + middle
        assert len(set(labels[at[:, 1], at[:, 0]]) - {0}) == 9


def test_both_views_show_each_particle_at_the_same_depth() -> None:
    layers = render_layers(
        make_calcifications(), views=("left_cc", "left_mlo"), seed=2, mlo_angle_deg=50.0
    )
    cc, mlo = (layers[key].particles_px for key in ("left_cc", "left_mlo"))
    assert cc[:, 0] == pytest.approx(mlo[:, 0], abs=1e-3)
    assert not np.allclose(cc[:, 1], mlo[:, 1], atol=2)


def test_calcium_is_conserved_by_projection_and_blur() -> None:
    lesion = make_calcifications("coarse_heterogeneous", count=6)
    group = draw(lesion)
    rng_free = render_layers(lesion, views=["left_cc"], seed=3, mlo_angle_deg=45.0)["left_cc"]
    assert rng_free.added.sum() > 0
    total = sum(float(p.volumes_mm3.sum()) for p in group.particles)
    points = np.concatenate(
        [p.elements_mm + at for p, at in zip(group.particles, group.positions_mm, strict=True)]
    )
    volume = np.concatenate([p.volumes_mm3 for p in group.particles])
    path = deposit(PROJECTIONS["mlo"].to_image_mm(points), volume, half_px=500, pixel_mm=0.02)
    assert path.sum() * 0.02**2 == pytest.approx(total, rel=1e-4)


def test_a_grain_of_known_size_has_the_attenuation_of_its_path() -> None:
    lesion = make_calcifications("round", count=1)
    layer = render_layers(lesion, views=["left_cc"], seed=6, mlo_angle_deg=45.0)["left_cc"]
    from generation.seeds import generator

    (particle,) = draw_group(
        generator(6, "lesion", side="left", finding="f1"), lesion, PROJECTIONS
    ).particles
    mm3 = float(particle.volumes_mm3.sum())
    expected = attenuation_per_cm("calcium_oxalate") * particle.calcium * mm3 / 10 / 0.1**2
    assert layer.added.sum() == pytest.approx(expected, rel=0.03)


def test_edges_are_crisp_and_have_no_dark_rim() -> None:
    layer = render_layers(
        make_calcifications("round", count=1), views=["left_cc"], seed=6, mlo_angle_deg=45.0
    )["left_cc"]
    change = layer.delta_log_exposure(0.0)
    middle = change.shape[0] // 2
    line = change[middle, middle:]
    edge = int(np.argmax(line < 0.5 * line[0]))
    assert line[edge + 2] < 0.2 * line[0]
    assert change.min() > -1e-3


def test_linear_is_thin_and_segmental_points_to_the_nipple() -> None:
    linear = draw(make_calcifications(distribution="linear", size_mm=20.0, count=24))
    grouped = draw(make_calcifications(distribution="grouped", size_mm=20.0, count=24))

    def thinness(group: Group) -> float:
        spread = np.linalg.eigvalsh(np.cov(group.positions_mm.T))
        return float(np.sqrt(spread[1] / spread[2]))

    assert thinness(linear) < 0.25 < thinness(grouped)
    widths: dict[bool, list[float]] = {True: [], False: []}
    for seed in range(6):
        wedge = draw(make_calcifications(distribution="segmental", size_mm=20.0, count=30), seed)
        towards = wedge.positions_mm[:, 0] < 0  # the nipple lies at lower depth
        for near in (True, False):
            widths[near].append(float(np.std(wedge.positions_mm[towards == near][:, 1:])))
    assert np.mean(widths[True]) < 0.8 * np.mean(widths[False])


def test_milk_of_calcium_is_flatter_from_the_side() -> None:
    flat = []
    for seed in range(6):
        particle = draw_particle(
            np.random.default_rng(seed), "milk_of_calcium", largest_mm=9.0, axis=AXIS
        )
        extent = np.ptp(particle.elements_mm, axis=0)
        flat.append(extent[2] / extent[:2].min())
    assert max(flat) < 0.6


def test_rims_are_lucent_inside() -> None:
    particle = draw_particle(np.random.default_rng(1), "rim", largest_mm=9.0, axis=AXIS)
    radius = np.linalg.norm(particle.elements_mm, axis=1)
    assert radius.min() > 0.5 * radius.max()


def test_casts_are_thin_and_run_along_the_duct() -> None:
    along = []
    for seed in range(8):
        particle = draw_particle(
            np.random.default_rng(seed), "fine_linear_branching", largest_mm=9.0, axis=AXIS
        )
        values, vectors = np.linalg.eigh(np.cov(particle.elements_mm.T))
        assert values[2] > 4 * values[0]
        along.append(abs(float(vectors[0, 2])))
    assert np.mean(along) > 0.75


@given(
    points=st.lists(st.tuples(st.floats(-1.5, 1.5), st.floats(-1.5, 1.5)), min_size=1, max_size=20)
)
def test_deposit_keeps_total_and_centre(points: list[tuple[float, float]]) -> None:
    places = np.array(points, np.float32)
    volume = np.full(len(points), 0.001)
    path = deposit(places, volume, half_px=40, pixel_mm=0.05)
    rows, columns = np.mgrid[-40:41, -40:41] * 0.05
    assert path.sum() * 0.05**2 == pytest.approx(volume.sum(), rel=1e-4)
    centre = [(path * axis).sum() / path.sum() for axis in (columns, rows)]
    assert centre == pytest.approx(places.mean(axis=0).tolist(), abs=1e-3)


def test_long_axis_of_a_mask() -> None:
    mask = np.zeros((60, 60), bool)
    assert measure_long_axis(mask, 0.1) == 0.0
    mask[10, 5:45] = True
    assert measure_long_axis(mask, 0.1) == pytest.approx(4.0)


def test_a_group_is_the_same_whichever_view_is_asked_for() -> None:
    both = render_layers(
        make_calcifications(), views=("left_cc", "left_mlo"), seed=2, mlo_angle_deg=45.0
    )
    alone = render_layers(make_calcifications(), views=["left_cc"], seed=2, mlo_angle_deg=45.0)
    assert np.array_equal(both["left_cc"].added, alone["left_cc"].added)


def test_another_findings_id_changes_no_draw_of_this_one() -> None:
    one, other = (
        render_layers(make_group(id=name, count=5), views=["left_cc"], seed=2, mlo_angle_deg=45.0)[
            "left_cc"
        ]
        for name in ("f1", "f2")
    )
    assert not np.array_equal(one.particles_px, other.particles_px)
