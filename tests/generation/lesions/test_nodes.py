"""Lymph nodes: a bean with fat in its hilum, a vessel that is not marked, an axilla in one view."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import ConvexHull

from generation.lesions import REGISTRY
from generation.lesions.matter.node import NodeForm, draw_node
from generation.lesions.matter.surface import grid_directions
from generation.physics.layers import Layer
from generation.population.cases import draw_case
from generation.population.wishes import complete_words
from generation.vocabulary import ACTIONABLE_ASSESSMENTS
from tests.generation.lesions.rendering import check_layer, render_kind
from tests.generation.specs import make_lesion, make_spec

NODE = {"shape": "oval", "margin": "circumscribed", "density": "equal", "hilum": "seen"}
KINDS = ("intramammary_node", "axillary_node")


@settings(max_examples=8, deadline=None)
@given(data=st.data(), kind=st.sampled_from(KINDS), seed=st.integers(0, 2**20))
def test_every_word_and_size_renders(data: st.DataObject, kind: str, seed: int) -> None:
    finding = REGISTRY[kind]
    words = data.draw(st.sampled_from(list(complete_words(finding, {}))))
    size = data.draw(st.floats(finding.size_mm[0], min(finding.size_mm[1], 25.0)))
    layers = render_kind(kind, words, size_mm=size, seed=seed)
    for layer in layers.values():
        check_layer(layer)
        assert 0.6 * size - 0.3 <= layer.long_axis_mm <= 1.02 * size + 0.3


def test_the_oblique_alone_shows_the_axilla() -> None:
    assert set(render_kind("axillary_node", {"feature": "none"}, size_mm=12.0)) == {"mlo"}
    assert set(render_kind("intramammary_node", NODE, size_mm=7.0)) == {"cc", "mlo"}


def test_the_hilum_is_fat_that_reaches_the_surface() -> None:
    form = NodeForm(axes=(1.0, 0.6, 0.55), glandularity=1.2, hilum=0.6, notch=0.3)
    node = draw_node(np.random.default_rng(2), form, size_mm=10.0, vessel_mm=0.0)
    points = (grid_directions() * node.body.surface.radius_mm[..., None] * 0.97).reshape(-1, 3)
    _, at_surface = node.body.sample(points)
    _, at_middle = node.body.sample(np.zeros((1, 3), np.float32) + np.float32(0.01))
    assert at_surface.min() < 0.1
    assert np.mean(at_surface > 1.1) > 0.6
    assert at_middle[0] < 0.1


def test_a_lost_hilum_leaves_the_node_dense_throughout() -> None:
    normal, abnormal = (
        render_kind("axillary_node", {"feature": feature}, size_mm=18.0)["mlo"]
        for feature in ("none", "axillary_adenopathy")
    )

    def mean_change(layer: Layer) -> float:
        return float(layer.delta_log_exposure(0.0)[layer.mask].mean())

    assert mean_change(abnormal) > 1.6 * mean_change(normal)
    spread = np.linalg.eigvalsh(np.cov(np.argwhere(abnormal.mask).T))
    assert np.sqrt(spread[0] / spread[1]) > 0.75


def test_the_vessel_changes_the_image_but_is_not_the_finding() -> None:
    layers = [
        render_kind("intramammary_node", NODE, size_mm=7.0, seed=seed)["cc"] for seed in range(4)
    ]
    beyond = [int((layer.support & ~layer.mask).sum()) / layer.mask.sum() for layer in layers]
    solid = [layer.mask.sum() / ConvexHull(np.argwhere(layer.mask)).volume for layer in layers]
    assert max(beyond) > 0.5
    assert min(solid) > 0.85


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_gives_the_same_node_and_contrast_scales_it(kind: str) -> None:
    words = next(complete_words(REGISTRY[kind], {}))
    one, same, strong = (
        render_kind(kind, words, size_mm=9.0, contrast=contrast)["mlo"]
        for contrast in (1.0, 1.0, 1.7)
    )
    assert np.array_equal(one.added, same.added)
    before, after = (np.abs(layer.delta_log_exposure(0.2)) for layer in (one, strong))
    assert (after >= before - 1e-6).all()


def test_normal_nodes_are_left_alone_and_adenopathy_is_not() -> None:
    finding = REGISTRY["axillary_node"]
    rng = np.random.default_rng(0)
    for actionable in (True, False):
        words = finding.draw_words(rng, actionable)
        assert words is not None
        assert (finding.assess(words) in ACTIONABLE_ASSESSMENTS) == actionable
        assert finding.size_mm[0] <= finding.draw_size(rng, words) <= finding.size_mm[1]
        said = finding.teach(make_lesion(kind="axillary_node", descriptors=words))
        assert all(sentence.endswith(".") for sentence in said)
    node = REGISTRY["intramammary_node"]
    assert node.draw_words(rng, True) is None
    drawn = [node.draw_words(rng, False) or {} for _ in range(200)]
    assert 0.65 < np.mean([words["hilum"] == "seen" for words in drawn]) < 0.9
    assert {node.assess(words) for words in drawn} == {"2", "3"}


def test_a_node_of_the_axilla_lies_in_the_axilla() -> None:
    finding = REGISTRY["axillary_node"]
    spec = make_spec()
    words = {"feature": "none"}
    low = make_lesion(kind="axillary_node", descriptors=words, superior_mm=0.0, lateral_mm=0.0)
    front = make_lesion(
        kind="axillary_node", descriptors=words, superior_mm=70.0, lateral_mm=70.0, depth_mm=10.0
    )
    assert "superior_mm" in finding.check(low, spec)
    assert "depth_mm" in finding.check(front, spec)
    for seed in range(3):
        drawn = draw_case(np.random.default_rng(seed), {"findings": "axillary_node"})
        assert finding.check(drawn.lesions[0], drawn) == {}
