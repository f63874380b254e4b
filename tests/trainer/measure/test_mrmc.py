import numpy as np
import pytest

from trainer.measure.mrmc import (
    compare_areas,
    compare_modalities,
    delong_covariance,
    estimate_modality,
    jackknife_covariance,
)
from trainer.measure.roc import compute_delong_variance


def read(rng: np.random.Generator, *, better: float = 0.0, readers: int = 4) -> np.ndarray:
    """ROC kernels of two modalities, (2, R, 30, 40): readers and cases are drawn."""
    skill = rng.normal(1.2, 0.2, size=(1, readers, 1)) + np.array([better, 0]).reshape(2, 1, 1)
    skill = skill + rng.normal(0, 0.1, size=(2, readers, 1))
    shared_positive, shared_negative = rng.normal(size=30), rng.normal(size=40)
    positive = skill + 0.7 * shared_positive + 0.7 * rng.normal(size=(2, readers, 30))
    negative = 0.7 * shared_negative + 0.7 * rng.normal(size=(2, readers, 40))
    wins: np.ndarray = (positive[..., :, None] > negative[..., None, :]).astype(float)
    return wins


def test_covariances_are_those_of_the_definitions() -> None:
    kernel = read(np.random.default_rng(1))[0]
    figures = kernel.mean(axis=(1, 2))
    left = [np.delete(kernel, n, axis=1).mean(axis=(1, 2)) for n in range(30)]
    left += [np.delete(kernel, n, axis=2).mean(axis=(1, 2)) for n in range(40)]
    expected = np.cov(np.array(left).T) * 69 * 69 / 70
    assert jackknife_covariance(kernel) == pytest.approx(expected)
    # Both estimate the same.
    assert np.diag(delong_covariance(kernel)) == pytest.approx(np.diag(expected), rel=0.1)
    assert figures.shape == (4,)


def test_delong_of_one_reader_is_that_of_the_area() -> None:
    rng = np.random.default_rng(2)
    positive, negative = rng.integers(0, 6, 30) + 1, rng.integers(0, 6, 25)
    kernel = (positive[:, None] > negative) + 0.5 * (positive[:, None] == negative)
    area, variance = compute_delong_variance(positive, negative)
    assert kernel.mean() == pytest.approx(area)
    assert delong_covariance(kernel[None])[0, 0] == pytest.approx(variance)
    one = estimate_modality(kernel[None, None], covariance="delong", generalise="cases")
    assert (one.value, one.error) == (pytest.approx(area), pytest.approx(np.sqrt(variance)))


def test_paired_areas_use_what_they_share() -> None:
    kernel = read(np.random.default_rng(3))
    first, second = kernel[0, 0], kernel[1, 0]
    found = compare_areas(first, second)
    both = delong_covariance(np.stack([first, second]))
    assert found.value == pytest.approx(first.mean() - second.mean())
    assert found.error**2 == pytest.approx(both[0, 0] + both[1, 1] - 2 * both[0, 1])
    assert found.freedom == np.inf
    same = compare_areas(first, first)
    assert (same.value, same.error, same.p) == (0, pytest.approx(0, abs=1e-8), 1)


def test_random_readers_worked_from_the_formula() -> None:
    kernel = read(np.random.default_rng(4), better=0.4)
    figures = kernel.mean(axis=(2, 3))
    found = compare_modalities(kernel)
    # For two modalities MS(TR) is half the variance of the readers' differences.
    ms_tr = np.var(figures[0] - figures[1], ddof=1) / 2
    flat = jackknife_covariance(kernel.reshape(8, 30, 40))
    other = ~np.eye(4, dtype=bool)
    cov2 = (flat[:4, :4][other].mean() + flat[4:, 4:][other].mean()) / 2
    cov3 = flat[:4, 4:][other].mean()
    extra = 4 * max(cov2 - cov3, 0)
    assert found.error**2 == pytest.approx(2 * (ms_tr + extra) / 4)
    assert found.freedom == pytest.approx(3 * (1 + extra / ms_tr) ** 2)
    fixed = compare_modalities(kernel, generalise="readers")
    assert fixed.freedom == pytest.approx(3)
    assert fixed.error <= found.error
    assert found.low < found.value < found.high


def test_no_difference_is_called_one_about_as_often_as_it_should() -> None:
    rng = np.random.default_rng(5)
    called = [(compare_modalities(read(rng)).p or 0) < 0.05 for _ in range(300)]
    # Five in a hundred, with a standard error of 1.3.
    assert 0.01 < np.mean(called) < 0.09


def test_bad_arguments() -> None:
    kernel = read(np.random.default_rng(6))
    with pytest.raises(ValueError, match="two modalities"):
        compare_modalities(kernel[:1])
    with pytest.raises(ValueError, match="one modality"):
        estimate_modality(kernel)
    with pytest.raises(ValueError, match="two readers"):
        compare_modalities(kernel[:, :1])
