"""Kernel distance: nothing between equal distributions, and what it says it computes."""

import numpy as np
import pytest

from generation.quality.kernel_distance import measure_kernel_distance


def draw(rows: int, *, shift: float = 0.0, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((rows, 12)) + shift


def test_equal_distributions_are_not_apart() -> None:
    values = [
        measure_kernel_distance(draw(150, seed=n), draw(150, seed=99 + n)).value for n in range(12)
    ]
    assert abs(np.mean(values)) < 4 * np.std(values) / np.sqrt(len(values))
    # Unbiased: some of them fall below zero.
    assert min(values) < 0 < max(values)


def test_a_shift_is_seen_and_a_larger_one_more() -> None:
    near, far = (
        measure_kernel_distance(draw(200), draw(200, shift=shift, seed=1)) for shift in (0.3, 0.6)
    )
    assert near.value > 5 * near.standard_error
    assert far.value > 2 * near.value


def test_it_is_the_unbiased_estimate() -> None:
    a, b = draw(5), draw(5, shift=1, seed=1)

    def kernel(x: np.ndarray, y: np.ndarray) -> float:
        return float((x @ y / 12 + 1) ** 3)

    within = sum(
        kernel(part[i], part[j]) for part in (a, b) for i in range(5) for j in range(5) if i != j
    )
    between = sum(kernel(x, y) for x in a for y in b)
    assert measure_kernel_distance(a, b, subsets=1).value == pytest.approx(
        within / 20 - 2 * between / 25
    )


def test_the_same_seed_gives_the_same_value() -> None:
    a, b = draw(300), draw(250, seed=1)
    assert measure_kernel_distance(a, b, seed=3) == measure_kernel_distance(a, b, seed=3)
    assert measure_kernel_distance(a, b, seed=3) != measure_kernel_distance(a, b, seed=4)


@pytest.mark.parametrize("other", [draw(1), draw(9)[:, :4]])
def test_what_cannot_be_compared_is_refused(other: np.ndarray) -> None:
    with pytest.raises(ValueError, match="no kernel distance"):
        measure_kernel_distance(draw(9), other)
