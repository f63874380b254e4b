"""Noise of a lower dose: how much, where, and what it does to a finding's detectability."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from generation.physics.blur import detector_mtf
from generation.physics.dose import add_quantum_noise, draw_noise, noise_at_fat
from generation.physics.look import build_grey_table
from generation.quality.detectability import measure_dprime

TABLE = build_grey_table("standard", 50.0)
SHAPE = (400, 400)


def noise_in_exposure(grey: float, dose: float, seed: int = 1) -> float:
    """Standard deviation of log exposure that the dose adds to an even grey."""
    flat = np.full(SHAPE, grey, np.float32)
    noisy = add_quantum_noise(flat, table=TABLE, dose=dose, rng=np.random.default_rng(seed))
    return float(TABLE.to_log_exposure(noisy).std())


def test_usual_dose_adds_nothing_and_others_are_reproducible() -> None:
    grey = np.random.default_rng(0).random((60, 50), np.float32)
    rng = np.random.default_rng(3)
    assert add_quantum_noise(grey, table=TABLE, dose=1.0, rng=rng) is grey
    first, second = (
        add_quantum_noise(grey, table=TABLE, dose=0.5, rng=np.random.default_rng(3))
        for _ in range(2)
    )
    assert np.array_equal(first, second)
    assert not np.array_equal(first, grey)


@pytest.mark.parametrize("dose", [0.0, -1.0, 1.2, float("nan")])
def test_impossible_doses_are_refused(dose: float) -> None:
    with pytest.raises(ValueError, match="dose"):
        add_quantum_noise(
            np.zeros((4, 4), np.float32), table=TABLE, dose=dose, rng=np.random.default_rng(0)
        )


def test_noise_behind_fat_is_about_a_hundredth() -> None:
    assert noise_at_fat() == pytest.approx(0.0105, abs=0.0003)
    assert noise_in_exposure(0.20, 0.5) == pytest.approx(noise_at_fat(), rel=0.03)


@pytest.mark.parametrize("dose", [0.8, 0.5, 0.25, 0.1])
def test_variance_goes_with_one_over_dose_less_one(dose: float) -> None:
    ratio = noise_in_exposure(0.3, dose) ** 2 / noise_in_exposure(0.3, 0.5) ** 2
    assert ratio == pytest.approx(1 / dose - 1, rel=0.02)


def test_dense_tissue_is_noisier_by_the_photons_it_takes_away() -> None:
    fat, dense = noise_in_exposure(0.2, 0.4), noise_in_exposure(0.62, 0.4)
    taken = np.diff(TABLE.to_log_exposure(np.array([0.2, 0.62], np.float32)))[0]
    assert (dense / fat) ** 2 == pytest.approx(np.exp(taken), rel=0.03)
    assert dense > fat


def test_air_stays_black() -> None:
    grey = np.zeros((64, 64), np.float32)
    grey[20:40, 20:40] = 0.3
    noisy = add_quantum_noise(grey, table=TABLE, dose=0.1, rng=np.random.default_rng(0))
    assert not noisy[grey == 0].any()


def test_noise_has_the_detectors_correlation() -> None:
    field = draw_noise((512, 512), np.random.default_rng(5))
    assert field.shape == (512, 512)
    assert abs(field.mean()) < 0.02
    assert field.std() == pytest.approx(1.0, abs=0.02)
    power = (np.abs(np.fft.fft2(field)) ** 2)[:, :60].mean(axis=1)
    frequency = np.fft.fftfreq(512, 0.1)
    low, middle = (
        power[(np.abs(frequency) > f - 0.3) & (np.abs(frequency) < f + 0.3)].mean()
        for f in (0.6, 2.0)
    )
    wanted = detector_mtf(np.array([2.0])) ** 2 / detector_mtf(np.array([0.6])) ** 2
    assert middle / low == pytest.approx(float(wanted[0]), rel=0.15)


@settings(max_examples=20)
@given(st.integers(0, 2**32), st.integers(2, 60), st.integers(2, 60))
def test_the_field_does_not_depend_on_the_grey(seed: int, rows: int, columns: int) -> None:
    flat = np.full((64, 64), 0.3, np.float32)
    changed = flat.copy()
    changed[rows, columns] = 0.7
    noisy = [
        add_quantum_noise(grey, table=TABLE, dose=0.3, rng=np.random.default_rng(seed))
        for grey in (flat, changed)
    ]
    differs = noisy[0] != noisy[1]
    assert differs[rows, columns] and differs.sum() == 1


def test_detectability_falls_with_dose() -> None:
    rng = np.random.default_rng(8)
    base = ndimage.gaussian_filter(rng.standard_normal((500, 500)), 6.0)
    base = (0.35 + 0.03 * base / base.std()).astype(np.float32)
    y, x = np.mgrid[:500, :500] - 250
    spots = [(-6, -4), (5, 3), (0, 8)]
    change = sum(np.exp(-((x - u) ** 2 + (y - v) ** 2) / 2 / 1.3**2) for u, v in spots)
    support = np.asarray(change > 1e-3)
    found = []
    for dose in (1.0, 0.5, 0.25, 0.1):
        with_it, without = (
            np.rint(
                4095
                * add_quantum_noise(
                    grey.astype(np.float32),
                    table=TABLE,
                    dose=dose,
                    rng=np.random.default_rng(2),
                )
            ).astype(np.uint16)
            for grey in (base + 0.05 * change * support, base)
        )
        found.append(
            measure_dprime(
                with_it,
                without,
                support=support,
                breast=np.ones_like(support),
                rng=np.random.default_rng(4),
                particles_px=np.array([(250 + u, 250 + v) for u, v in spots], np.float32),
            )
        )
    assert found == sorted(found, reverse=True)
    assert found[-1] < 0.8 * found[0]
