"""The observer against cases whose answer is known, and against common sense."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from generation.physics import PlacedLayer, build_grey_table, compose
from generation.quality.detectability import measure_dprime
from generation.quality.observer import (
    BACKGROUNDS,
    INTERNAL_NOISE,
    MIN_BACKGROUNDS,
    NoBackgroundError,
    build_channels,
    choose_backgrounds,
    hotelling_dprime,
)
from generation.spec import LesionSpec
from tests.generation.specs import make_group, make_lesion, render_layers

TABLE = build_grey_table("standard", 50.0)
SIZE = 460


def make_tissue(seed: int = 0, clutter: float = 0.04) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    lumps = ndimage.gaussian_filter(rng.normal(size=(SIZE, SIZE)), 12)
    fine = ndimage.gaussian_filter(rng.normal(size=(SIZE, SIZE)), 0.8)
    field = lumps / lumps.std() + 0.3 * fine / fine.std()
    return np.clip(0.3 + clutter * field, 0.02, 0.98).astype(np.float32)


def observe(lesion: LesionSpec, base: NDArray[np.float32], seed: int = 0) -> float:
    layer = render_layers(lesion, views=["left_cc"], seed=1, mlo_angle_deg=45.0)["left_cc"]
    coarse = ndimage.gaussian_filter(base, 20)
    made = compose(
        base, [PlacedLayer(layer, (SIZE // 2, SIZE // 2))], table=TABLE, coarse_grey=coarse
    )
    return measure_dprime(
        made.pixels,
        made.base_pixels,
        support=made.findings[0].support,
        breast=np.ones(base.shape, bool),
        rng=np.random.default_rng(seed),
        particles_px=layer.particles_px + SIZE // 2 if lesion.count else None,
    )


def test_dprime_of_a_known_signal_in_white_noise() -> None:
    rng = np.random.default_rng(0)
    backgrounds = rng.normal(0.0, 2.0, (6000, 5)).astype(np.float32)
    signal = np.array([3.0, 0.0, 4.0, 0.0, 0.0], np.float32)
    assert hotelling_dprime(signal, backgrounds, internal=0) == pytest.approx(2.5, rel=0.05)
    noisy = hotelling_dprime(signal, backgrounds)
    assert noisy == pytest.approx(2.5 / np.sqrt(1 + INTERNAL_NOISE), rel=0.05)
    several = np.stack([signal, signal])
    assert hotelling_dprime(several, backgrounds) == pytest.approx(noisy * np.sqrt(2))


def test_correlated_channels_are_whitened() -> None:
    rng = np.random.default_rng(0)
    common = rng.normal(size=(6000, 1))
    backgrounds = (common + 0.1 * rng.normal(size=(6000, 2))).astype(np.float32)
    same = hotelling_dprime(np.array([1.0, 1.0], np.float32), backgrounds, internal=0)
    differ = hotelling_dprime(np.array([1.0, -1.0], np.float32), backgrounds, internal=0)
    assert same == pytest.approx(1.0, rel=0.06)
    assert differ == pytest.approx(np.sqrt(2) / 0.1, rel=0.06)


def test_too_few_backgrounds_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        hotelling_dprime(np.ones(6, np.float32), np.ones((8, 6), np.float32))


def test_channels_are_round_of_unit_energy_and_nearly_orthogonal() -> None:
    channels = build_channels(half_px=40, width_px=25.0, count=5)
    assert (channels**2).sum(axis=(1, 2)) == pytest.approx(np.ones(5), abs=1e-5)
    assert channels == pytest.approx(channels.transpose(0, 2, 1))
    flat = channels.reshape(5, -1)
    off = flat @ flat.T - np.eye(5)
    assert np.abs(off).max() < 0.05


def test_backgrounds_are_of_the_same_tissue_when_there_are_enough() -> None:
    coarse = np.tile(np.linspace(0.1, 0.9, 200, dtype=np.float32), (50, 1))
    rng = np.random.default_rng(0)
    places = choose_backgrounds(coarse, np.ones(coarse.shape, bool), grey=0.3, rng=rng)
    assert len(places) == BACKGROUNDS >= MIN_BACKGROUNDS
    assert len(np.unique(places, axis=0)) == BACKGROUNDS
    assert np.abs(coarse[places[:, 0], places[:, 1]] - 0.3).max() <= 0.031


@pytest.mark.parametrize("count", [0, 1, MIN_BACKGROUNDS - 1, MIN_BACKGROUNDS, 230, 400])
def test_places_are_distinct_or_there_is_no_index(count: int) -> None:
    coarse = np.full((40, 40), 0.5, np.float32)
    allowed = np.zeros(coarse.shape, bool)
    allowed.ravel()[:count] = True
    rng = np.random.default_rng(0)
    if count < MIN_BACKGROUNDS:
        with pytest.raises(NoBackgroundError, match="no background"):
            choose_backgrounds(coarse, allowed, grey=0.9, rng=rng)
        return
    places = choose_backgrounds(coarse, allowed, grey=0.9, rng=rng)
    assert len(np.unique(places, axis=0)) == len(places) == min(count, BACKGROUNDS)


def test_the_tolerance_widens_no_further_than_it_must() -> None:
    coarse = np.full((40, 40), 0.9, np.float32)
    coarse[:5] = 0.35
    places = choose_backgrounds(
        coarse, np.ones(coarse.shape, bool), grey=0.3, rng=np.random.default_rng(0)
    )
    assert len(places) == MIN_BACKGROUNDS
    assert places[:, 0].max() < 5


def test_nothing_changed_is_not_detectable() -> None:
    pixels = np.full((50, 50), 900, np.uint16)
    everywhere = np.ones(pixels.shape, bool)
    rng = np.random.default_rng(0)
    assert measure_dprime(pixels, pixels, support=everywhere, breast=everywhere, rng=rng) == 0.0


@pytest.mark.parametrize("make", [make_lesion, make_group])
def test_more_contrast_is_easier(make: object) -> None:
    assert callable(make)
    base = make_tissue()
    values = [observe(make(size_mm=7.0, contrast=contrast), base) for contrast in (0.3, 0.7, 1.4)]
    assert values[0] > 0
    assert values == sorted(values)
    assert values[2] > 1.8 * values[0]


def test_clutter_hides() -> None:
    lesion = make_lesion(size_mm=8.0)
    calm, busy = (observe(lesion, make_tissue(clutter=clutter)) for clutter in (0.02, 0.08))
    assert calm > 2 * busy


def test_the_places_drawn_hardly_matter() -> None:
    base = make_tissue()
    values = [observe(make_lesion(size_mm=6.0), base, seed) for seed in range(4)]
    assert np.std(values) < 0.2 * np.mean(values)
    assert values[0] == observe(make_lesion(size_mm=6.0), base, 0)


def test_more_particles_add_squares() -> None:
    base = make_tissue()
    round_ones = {"morphology": "round", "distribution": "grouped"}
    few, many = (
        observe(make_group(count=count, size_mm=14.0, descriptors=round_ones), base)
        for count in (2, 12)
    )
    assert many > 1.5 * few


def test_a_finding_as_large_as_its_breast_has_no_index() -> None:
    base = make_tissue()
    breast = np.zeros(base.shape, bool)
    breast[150:310, :300] = True
    support = np.zeros(base.shape, bool)
    support[160:300, 60:280] = True
    pixels = (base * 4095).astype(np.uint16)
    changed = np.where(support, pixels + 300, pixels).astype(np.uint16)
    rng = np.random.default_rng(0)
    with pytest.raises(NoBackgroundError):
        measure_dprime(changed, pixels, support=support, breast=breast, rng=rng)
