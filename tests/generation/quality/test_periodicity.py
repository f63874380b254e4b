"""A lattice too faint to be seen is found at its period; texture without one raises no alarm."""

import numpy as np
import pytest

from generation.quality.periodicity import (
    PERIODS_MM,
    Suspicion,
    find_lattices,
    measure_lattices,
)
from tests.generation.quality.fields import draw_tissue


@pytest.fixture(scope="module")
def real() -> list:
    return [measure_lattices(draw_tissue(seed, count=4)) for seed in range(12)]


def find(images: list[np.ndarray], real: list) -> tuple[Suspicion, ...]:
    rng = np.random.default_rng(0)
    return find_lattices([measure_lattices(image) for image in images], real, rng=rng)


def test_clean_texture_is_clean(real: list) -> None:
    found = find([draw_tissue(100 + seed, count=4) for seed in range(12)], real)
    assert [each.period_mm for each in found] == list(PERIODS_MM)
    assert not any(each.stands_out for each in found)


@pytest.mark.parametrize(("period_px", "amplitude"), [(2, 2e-4), (4, 2e-4), (8, 5e-4), (16, 2e-3)])
def test_a_faint_lattice_stands_out_at_its_period(
    real: list, period_px: int, amplitude: float
) -> None:
    rng = np.random.default_rng(7)
    images = []
    for seed in range(12):
        image = draw_tissue(100 + seed, count=4)
        phases = 2 * np.pi * (np.arange(256) + rng.integers(period_px)) / period_px
        image += (amplitude * np.cos(phases)[None, :] * np.cos(phases)[:, None]).astype(np.float32)
        images.append(image)
    out = [each.period_mm for each in find(images, real) if each.stands_out]
    assert out == [pytest.approx(period_px / 10)]


def test_noise_that_repeats_by_columns_draws_lines(real: list) -> None:
    rng = np.random.default_rng(8)
    stripes = np.where(np.arange(256) % 4 == 0, 0.004, 0.0)
    images = [
        draw_tissue(100 + seed, count=4)
        + (stripes[None, None, :] * rng.standard_normal((4, 256, 1))).astype(np.float32)
        for seed in range(12)
    ]
    found = {each.period_mm: each for each in find(images, real)}
    assert found[0.4].line > found[0.4].line_limit + 3


def test_no_region_is_an_error() -> None:
    with pytest.raises(ValueError, match="no region"):
        measure_lattices(np.zeros((0, 256, 256), np.float32))
