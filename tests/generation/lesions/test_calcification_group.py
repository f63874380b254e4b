"""Calcifications: counts and sizes are exact, views agree, and shapes are what they are called."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import ndimage

from generation.anatomy.views import make_breast
from generation.lesions.calcification_group import FINDING, draw_group, render
from generation.lesions.calcification_words import (
    BENIGN_SHARE,
    PAIRS,
    SUSPICIOUS_SHARE,
    count_range,
    draw_size,
    draw_words,
    find_contradiction,
)
from generation.lesions.effects import Scene, build_scenes
from generation.lesions.matter.particle_layer import Group
from generation.lesions.matter.projection import build_projection, deposit
from generation.lesions.matter.vessel import draw_vessel
from generation.physics.attenuation import attenuation_per_cm
from generation.physics.layers import Layer
from generation.placement import place_findings
from generation.plausibility import find_errors
from generation.seeds import generator
from generation.spec import LesionSpec
from generation.vocabulary import (
    BENIGN_MORPHOLOGIES,
    DISTRIBUTIONS,
    SUSPICIOUS_MORPHOLOGIES,
    term_keys,
)
from tests.generation.specs import make_group, make_spec, render_layers

PROJECTIONS = {view: build_projection(view, 45.0) for view in ("cc", "mlo")}
MORPHOLOGIES = term_keys(BENIGN_MORPHOLOGIES + SUSPICIOUS_MORPHOLOGIES)


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


def test_unblurred_spots_are_as_many_as_the_count() -> None:
    for morphology, count in (("round", 12), ("coarse_heterogeneous", 9)):
        group = draw(make_calcifications(morphology, size_mm=20.0, count=count), 2)
        for projection in PROJECTIONS.values():
            points = np.concatenate(
                [
                    particle.elements_mm + at
                    for particle, at in zip(group.particles, group.positions_mm, strict=True)
                ]
            )
            volume = np.concatenate([particle.volumes_mm3 for particle in group.particles])
            path = deposit(projection.to_image_mm(points), volume, half_px=240, pixel_mm=0.05)
            assert ndimage.label(path > 0.02, np.ones((3, 3)))[1] == count


def test_tram_tracks_are_brighter_than_the_middle_of_the_vessel() -> None:
    """Calcium in the wall: seen edge on at both sides, thin in between."""
    tracks = []
    for seed in range(12):
        rng = np.random.default_rng(seed)
        axes = np.eye(3, dtype=np.float32)
        plaques, _, _, _ = draw_vessel(rng, size_mm=3.0, count=1, axes=axes)
        middle = (plaques[0].elements_mm[:, 1].max() + plaques[0].elements_mm[:, 1].min()) / 2
        away = np.abs(plaques[0].elements_mm[:, 1] - middle)
        volumes = plaques[0].volumes_mm3
        share = away / away.max()
        tracks.append(volumes[share > 0.75].sum() / volumes[share < 0.25].sum())
    assert np.mean(tracks) > 1.3


@pytest.fixture(scope="module")
def scenes() -> dict[str, dict[str, Scene]]:
    spec = make_spec()
    return {side: build_scenes(spec, side, make_breast(spec, side)) for side in ("left", "right")}


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    seed=st.integers(0, 2**31),
    size=st.sampled_from([3.0, 9.0, 25.0, 60.0, 160.0]),
    count=st.sampled_from([1, 2, 30, 200]),
    words=st.sampled_from([(shape, at) for shape, places in PAIRS.items() for at in places]),
)
def test_every_pair_renders_at_any_size_and_count(
    scenes: dict[str, dict[str, Scene]], seed: int, size: float, count: int, words: tuple[str, str]
) -> None:
    lesion = make_calcifications(*words, size, count)
    effects = render(lesion, scenes=scenes["left"], rng=np.random.default_rng(seed))
    assert set(effects) == {"cc", "mlo"}
    for (layer,) in effects.values():
        assert isinstance(layer, Layer)
        assert layer.mask.any() and (layer.support | ~layer.mask).all()
        assert layer.particles_px.shape == (count, 2)
        at = np.rint(layer.particles_px).astype(int) + layer.mask.shape[0] // 2
        assert layer.mask[at[:, 1], at[:, 0]].all()
        assert np.isfinite(layer.added).all() and layer.added.min() >= 0


def test_rendering_is_deterministic(scenes: dict[str, dict[str, Scene]]) -> None:
    for morphology in ("vascular", "skin", "fine_pleomorphic"):
        lesion = make_calcifications(morphology, next(iter(PAIRS[morphology])), 20.0, 6)
        one, two = (
            render(lesion, scenes=scenes["left"], rng=np.random.default_rng(4)) for _ in range(2)
        )
        for view in one:
            first, second = one[view][0], two[view][0]
            assert isinstance(first, Layer) and isinstance(second, Layer)
            assert np.array_equal(first.added, second.added)


def test_a_right_breast_shows_the_mirror_image(scenes: dict[str, dict[str, Scene]]) -> None:
    lesion = make_calcifications("suture", "linear", 14.0, 4)
    scene = scenes["right"]["cc"]
    effects = render(lesion, scenes=scenes["right"], rng=np.random.default_rng(4))
    grey = 0.3 * scene.outline.mask(0.1).astype(np.float32)
    placed = place_findings(
        scene, [(lesion, effects["cc"])], draw_background=lambda anatomy, area: grey
    )
    rendered = placed.render()
    assert np.array_equal(rendered.pixels, placed.pixels[:, ::-1])
    changed = rendered.pixels != np.asarray(rendered.base_pixels)
    assert changed.any()
    assert not (changed & ~placed.oriented(placed.findings["f1"].support)).any()


def test_what_is_carried_to_the_skin_has_its_centre_there(
    scenes: dict[str, dict[str, Scene]],
) -> None:
    lesion = make_calcifications("skin", "grouped", 8.0, 8)
    effects = render(lesion, scenes=scenes["left"], rng=np.random.default_rng(4))
    depths = []
    for view, scene in scenes["left"].items():
        grey = 0.3 * scene.outline.mask(0.1).astype(np.float32)
        placed = place_findings(
            scene, [(lesion, effects[view])], draw_background=lambda anatomy, area, grey=grey: grey
        )
        x, y = placed.findings["f1"].centre_px
        rows, columns = np.nonzero(placed.findings["f1"].mask)
        assert np.hypot(columns - x, rows - y).min() < 60
        depths.append(scene.outline.apex_x_mm - x / 10)
    assert abs(depths[0] - depths[1]) < 10.0


def test_pairs_that_do_not_occur_are_refused_with_the_reason() -> None:
    assert find_contradiction({"morphology": "round", "distribution": "diffuse"}) is None
    for morphology in MORPHOLOGIES:
        for distribution in term_keys(DISTRIBUTIONS):
            words = {"morphology": morphology, "distribution": distribution}
            said = find_contradiction(words)
            assert (said is None) == (distribution in PAIRS[morphology])
    lesion = make_group(descriptors={"morphology": "vascular", "distribution": "grouped"})
    errors = find_errors(make_spec(lesion))
    assert any("follow a vessel" in text for said in errors.values() for text in said)


@pytest.mark.parametrize("actionable", [True, False])
def test_drawn_words_occur_together_and_are_all_drawn(actionable: bool) -> None:
    rng = np.random.default_rng(0)
    seen = set()
    for _ in range(600):
        words = draw_words(rng, actionable)
        if words is not None:
            assert find_contradiction(words) is None
            low, high = count_range(words)
            assert 1 <= low <= high <= 200
            smallest, largest = FINDING.size_mm
            assert smallest <= draw_size(rng, words) <= largest
            seen.add(words["morphology"])
    shares = SUSPICIOUS_SHARE if actionable else BENIGN_SHARE
    assert seen == set(shares)


@pytest.mark.parametrize("morphology", MORPHOLOGIES)
def test_teaching_names_what_is_seen(morphology: str) -> None:
    for distribution in PAIRS[morphology]:
        lesion = make_calcifications(morphology, distribution, 20.0, 8)
        said = FINDING.teach(lesion)
        assert all(text.endswith(".") for text in said) and "8 calcifications" in said[0]
        if morphology in BENIGN_SHARE:
            assert "suspicion" not in " ".join(said)
