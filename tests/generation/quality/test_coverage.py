"""Precision, recall, density, coverage: each falls for its own fault."""

import numpy as np
import pytest

from generation.quality.coverage import measure_coverage


def draw(rows: int, *, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((rows, 4))


def test_equal_distributions() -> None:
    found = measure_coverage(draw(600), draw(600, seed=1))
    assert found.precision > 0.85
    assert found.recall > 0.85
    assert found.density == pytest.approx(1, abs=0.15)
    # Expected of equal sizes: 1 - 2^-k (Naeem et al. 2020).
    assert found.coverage == pytest.approx(1 - 2**-5, abs=0.03)


def test_few_kinds_drawn_again_and_again_cost_recall_and_coverage_not_precision() -> None:
    few = np.repeat(draw(600)[:6], 100, axis=0) + 0.01 * draw(600, seed=1)
    found = measure_coverage(draw(600, seed=2), few)
    assert found.precision > 0.9
    assert found.recall < 0.1
    assert found.coverage < 0.1


def test_what_real_images_never_show_costs_precision_and_density() -> None:
    mixed = draw(600, seed=1)
    mixed[:300] += 20
    found = measure_coverage(draw(600), mixed)
    assert found.precision < 0.55
    assert found.density < 0.6
    assert found.coverage > 0.8


def test_one_stray_real_point_widens_precision_but_hardly_density() -> None:
    # Why density is there: one outlier's huge ball swallows whatever lies near.
    real = draw(400)
    real[0] += 30
    strays = draw(400, seed=1) + 15
    found = measure_coverage(real, strays)
    assert found.precision > 0.9
    assert found.density < 0.25


def test_patches_of_one_image_are_no_neighbours_of_each_other() -> None:
    # Twenty patches a woman, much alike: balls within a woman reach no other, balls between do.
    groups = np.repeat(np.arange(30), 20)
    real, other = (
        np.repeat(draw(30, seed=seed), 20, axis=0) + 0.02 * draw(600, seed=seed + 10)
        for seed in (0, 1)
    )
    blind = measure_coverage(real, other)
    aware = measure_coverage(real, other, real_groups=groups, other_groups=groups)
    assert blind.coverage < 0.1
    assert min(aware.precision, aware.recall, aware.coverage) > 0.5


def test_each_row_an_image_is_the_published_measure() -> None:
    rows = np.arange(200)
    real, other = draw(200), draw(200, seed=1)
    assert measure_coverage(real, other) == measure_coverage(
        real, other, real_groups=rows, other_groups=rows
    )


def test_too_few_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="5 rows"):
        measure_coverage(draw(5), draw(50))
    with pytest.raises(ValueError, match="50 rows"):
        measure_coverage(draw(50), draw(50), other_groups=np.zeros(50, np.int64))
