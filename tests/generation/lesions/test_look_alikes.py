"""Cysts, fibroadenomas and fat necrosis: exact sizes, sharp edges, what is dark and what bright."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.lesions import REGISTRY, mass
from generation.lesions.mass_words import describe_mass
from generation.lesions.matter.lucency import measure_gland
from generation.physics.layers import Layer
from generation.population.wishes import complete_words
from generation.seeds import generator
from generation.vocabulary import ACTIONABLE_ASSESSMENTS
from tests.generation.lesions.rendering import (
    check_layer,
    make_scenes,
    render_kind,
    render_lesion,
)
from tests.generation.specs import make_lesion

CYST = {"shape": "round", "margin": "circumscribed", "density": "equal"}
FIBROADENOMA = {**CYST, "shape": "oval", "calcification": "none"}
OIL_CYST = {**CYST, "density": "fat_containing", "stage": "oil_cyst"}
KINDS = ("cyst", "fibroadenoma", "fat_necrosis")


def ring_and_middle(layer: Layer, gland: float) -> tuple[float, float]:
    """Mean change of log exposure near the mask's edge and in its middle."""
    change = layer.delta_log_exposure(gland)
    middle = change.shape[0] // 2
    y, x = np.indices(change.shape) - middle
    radius = np.hypot(x, y) / np.sqrt(layer.mask.sum() / np.pi)
    ring = change[(radius > 0.93) & (radius < 1.0)]
    return float(ring.mean()), float(change[radius < 0.5].mean())


@settings(max_examples=12, deadline=None)
@given(data=st.data(), kind=st.sampled_from(KINDS), seed=st.integers(0, 2**20))
def test_every_word_and_size_renders(data: st.DataObject, kind: str, seed: int) -> None:
    finding = REGISTRY[kind]
    words = data.draw(st.sampled_from(list(complete_words(finding, {}))))
    size = data.draw(st.floats(finding.size_mm[0], 30.0))
    for layer in render_kind(kind, words, size_mm=size, seed=seed).values():
        check_layer(layer)
        # Turned from the image by at most 45 degrees; half a pixel of blur on either side.
        assert 0.65 * size - 0.3 <= layer.long_axis_mm <= 1.02 * size + 0.3


@settings(max_examples=6, deadline=None)
@given(kind=st.sampled_from(KINDS), low=st.floats(0.2, 1.4), step=st.floats(0.1, 1.5))
def test_more_contrast_is_more_change_everywhere(kind: str, low: float, step: float) -> None:
    words = {"cyst": CYST, "fibroadenoma": FIBROADENOMA, "fat_necrosis": OIL_CYST}[kind]
    faint = render_kind(kind, words, size_mm=8.0, contrast=low)["cc"]
    strong = render_kind(kind, words, size_mm=8.0, contrast=low + step)["cc"]
    before, after = (np.abs(layer.delta_log_exposure(0.3)) for layer in (faint, strong))
    assert (after >= before - 1e-6).all()
    assert np.array_equal(faint.mask, strong.mask)


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_gives_the_same_finding(kind: str) -> None:
    words = next(complete_words(REGISTRY[kind], {}))
    one, same, other = (
        render_kind(kind, words, size_mm=9.0, seed=seed)["mlo"] for seed in (4, 4, 5)
    )
    assert np.array_equal(one.added, same.added)
    assert one.added.shape != other.added.shape or not np.array_equal(one.added, other.added)


def test_a_ten_millimetre_cyst_is_a_centimetre_of_fluid() -> None:
    layer = render_kind("cyst", CYST, size_mm=10.0)["cc"]
    middle = layer.added.shape[0] // 2
    assert layer.displaced_cm[middle, middle] == pytest.approx(0.97, rel=0.06)
    # Water: .81 per cm at 20 keV, against .513 of fat and .767 of gland.
    assert layer.delta_log_exposure(1.0)[middle, middle] == pytest.approx(0.042, rel=0.12)
    assert layer.delta_log_exposure(0.0)[middle, middle] == pytest.approx(0.288, rel=0.08)


def test_a_cyst_has_no_halo() -> None:
    change = render_kind("cyst", CYST, size_mm=12.0)["cc"].delta_log_exposure(0.0)
    assert change.min() > -1e-4


def test_an_oil_cyst_is_a_bright_rim_around_a_dark_middle() -> None:
    layer = render_kind("fat_necrosis", OIL_CYST, size_mm=12.0)["cc"]
    ring, middle = ring_and_middle(layer, 0.3)
    assert middle < -0.03
    assert ring > middle + 0.02


def test_a_calcified_wall_is_brighter_than_a_soft_one() -> None:
    soft, calcified = (
        ring_and_middle(
            render_kind("fat_necrosis", {**OIL_CYST, "stage": stage}, size_mm=12.0)["cc"], 0.3
        )
        for stage in ("oil_cyst", "calcified")
    )
    assert calcified[0] > soft[0] + 0.05
    assert calcified[0] > calcified[1] + 0.05


def test_calcium_lies_inside_a_fibroadenoma_and_makes_it_benign() -> None:
    calcified = {**FIBROADENOMA, "calcification": "coarse"}
    plain, lumpy = (
        render_kind("fibroadenoma", words, size_mm=16.0)["cc"]
        for words in (FIBROADENOMA, calcified)
    )
    gain = lumpy.added - plain.added
    assert gain.max() > 0.3
    assert gain[plain.mask].sum() > 0.97 * gain.sum()
    finding = REGISTRY["fibroadenoma"]
    assert finding.assess(calcified) == "2"
    assert finding.malignancy(calcified) == 0.0
    assert 0 < finding.malignancy(FIBROADENOMA) < 0.02


@pytest.mark.parametrize("kind", KINDS)
def test_look_alikes_are_drawn_and_taught(kind: str) -> None:
    finding = REGISTRY[kind]
    rng = np.random.default_rng(0)
    assert finding.draw_words(rng, True) is None
    for _ in range(20):
        words = finding.draw_words(rng, False)
        assert words is not None
        assert all(words[part.key] in finding.values_of(part.key) for part in finding.descriptors)
        assert finding.assess(words) not in ACTIONABLE_ASSESSMENTS
        assert finding.size_mm[0] <= finding.draw_size(rng, words) <= finding.size_mm[1]
        said = finding.teach(make_lesion(kind=kind, descriptors=words))
        assert all(sentence.endswith(".") for sentence in said)


def test_fat_among_gland_is_darker_than_what_it_displaces_along_the_beam() -> None:
    words = {"shape": "round", "margin": "circumscribed", "density": "fat_containing"}
    lesion = make_lesion(kind="mass", size_mm=12.0, descriptors=words)
    scenes = make_scenes()
    gland = {view: measure_gland(lesion, scene) for view, scene in scenes.items()}
    assert all(0.0 <= share <= 1.0 for share in gland.values())
    assert max(gland.values()) > 0.01
    shown = render_lesion(lesion, seed=3)
    rng = generator(3, "lesion", side="left", finding="f1")
    projections = {view: scene.projection for view, scene in scenes.items()}
    bare = mass.draw_layers(lesion, projections=projections, rng=rng)
    for view, layer in shown.items():
        middle = layer.added.shape[0] // 2
        darker = bare[view].added[middle, middle] - layer.added[middle, middle]
        assert darker == pytest.approx(2 * gland[view] * 0.254 * 1.08, rel=0.15, abs=1e-3)


def test_only_words_of_a_mass_describe_one() -> None:
    with pytest.raises(ValueError, match="fluffy"):
        describe_mass(shapes=("fluffy",), margins=("circumscribed",), densities=("low",))
