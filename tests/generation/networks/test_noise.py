"""Noise by place: a window of one endless field of normal deviates, without a pattern."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from generation.networks import noise
from generation.networks.noise import AnchoredNoise, draw_normal

CPU = torch.device("cpu")
PLACES = st.integers(-3000, 3000)
SIZES = st.integers(1, 60)


def draw(key: int, top: int, left: int, shape: tuple[int, int]) -> NDArray[np.float32]:
    return np.asarray(draw_normal(key=key, top=top, left=left, shape=shape, device=CPU).numpy())


@pytest.fixture(scope="module")
def field() -> NDArray[np.float32]:
    return draw(77, -512, -512, (1024, 1024))


@settings(max_examples=40, deadline=None)
@given(key=st.integers(-(2**63), 2**63 - 1), top=PLACES, left=PLACES, rows=SIZES, columns=SIZES)
def test_a_window_is_the_fields_part_wherever_it_is_cut(
    key: int, top: int, left: int, rows: int, columns: int
) -> None:
    whole = draw(key, top - 3, left - 5, (rows + 7, columns + 11))
    part = draw(key, top, left, (rows, columns))
    assert part.shape == (rows, columns) and part.dtype == np.float32
    assert np.array_equal(part, whole[3 : 3 + rows, 5 : 5 + columns])


def test_how_many_rows_are_drawn_at_once_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = draw(5, 0, 0, (300, 301))
    monkeypatch.setattr(noise, "CACHED_VALUES", 1000)
    assert np.array_equal(draw(5, 0, 0, (300, 301)), at_once)


def test_values_are_normal_deviates(field: NDArray[np.float32]) -> None:
    values = field.ravel().astype(np.float64)
    bound = 4 / np.sqrt(len(values))
    assert abs(values.mean()) < bound
    assert abs(values.var() - 1) < bound * np.sqrt(2)
    assert abs(stats.skew(values)) < bound * np.sqrt(6)
    assert abs(stats.kurtosis(values)) < bound * np.sqrt(24)
    assert stats.kstest(values, "norm").pvalue > 1e-3
    assert np.isfinite(values).all() and 4.5 < np.abs(values).max() < 6.5


@pytest.mark.parametrize(
    ("down", "across"), [(0, 1), (1, 0), (1, 1), (0, 2), (2, 1), (0, 256), (256, 0), (512, 512)]
)
def test_neighbours_know_nothing_of_each_other(
    field: NDArray[np.float32], down: int, across: int
) -> None:
    one = field[: 1024 - down, : 1024 - across].ravel().astype(np.float64)
    other = field[down:, across:].ravel().astype(np.float64)
    # A pair of deviates shares a radius: their sizes must not tell of each other either.
    for here, there in ((one, other), (one**2, other**2)):
        assert abs(np.corrcoef(here, there)[0, 1]) < 4.5 / np.sqrt(len(one))


def test_spectrum_is_flat_and_has_no_line(field: NDArray[np.float32]) -> None:
    power = np.abs(np.fft.fft2(field.astype(np.float64))) ** 2 / field.size
    # The power of white noise is exponential with mean 1: of a million, the largest is about 14.
    assert power.max() < 22
    for axis in (0, 1):
        assert np.abs(power.mean(axis=axis) - 1).max() < 6 / np.sqrt(1024)
    down, across = np.meshgrid(np.fft.fftfreq(1024), np.fft.fftfreq(1024), indexing="ij")
    rings = (np.hypot(down, across) * 20).astype(int).clip(0, 9)
    for ring in range(10):
        chosen = power[rings == ring]
        assert abs(chosen.mean() - 1) < 5 / np.sqrt(len(chosen))


def test_no_value_comes_again(field: NDArray[np.float32]) -> None:
    """A lattice of hashes that met itself would repeat whole pairs."""
    pairs = np.ascontiguousarray(field).view(np.uint64).ravel()
    assert len(np.unique(pairs)) > 0.99999 * len(pairs)


@pytest.mark.parametrize("other", [78, -77, 77 + 2**32, 77 - 2**63])
def test_keys_give_fields_that_know_nothing_of_each_other(
    field: NDArray[np.float32], other: int
) -> None:
    second = draw(other, -512, -512, (1024, 1024))
    assert abs(np.corrcoef(field.ravel(), second.ravel())[0, 1]) < 4.5 / 1024
    # Nor is one the other moved: its spectrum of products would hold a peak.
    product = np.fft.fft2(field) * np.conj(np.fft.fft2(second))
    assert np.abs(np.fft.ifft2(product)).max() / 1024 < 7


def test_windows_of_a_batch_are_tied_to_their_own_place_and_seed() -> None:
    def take(seeds: list[int], tops: list[int], lefts: list[int]) -> list[torch.Tensor]:
        drawn = AnchoredNoise(seeds, tops=tops, lefts=lefts, height=64)
        # As the generator asks: map pixels, a sixteenth of them, twice as many.
        return [
            drawn.like(torch.zeros(len(seeds), 3, *shape))
            for shape in ((64, 96), (4, 6), (128, 192))
        ]

    both = take([3, 9], [-32, 16], [0, -160])
    for alone, at in ((take([3], [-32], [0]), 0), (take([9], [16], [-160]), 1)):
        for batch, single in zip(both, alone, strict=True):
            assert batch.shape == (2, 1, *single.shape[2:])
            assert torch.equal(batch[at], single[0])
    moved = take([3], [-16], [32])
    for scale, before, after in zip((1, 1 / 16, 2), take([3], [-32], [0]), moved, strict=True):
        rows, columns = int(16 * scale), int(32 * scale)
        height, width = after.shape[2:]
        assert torch.equal(
            before[..., rows:, columns:], after[..., : height - rows, : width - columns]
        )


def test_every_call_draws_another_field() -> None:
    drawn = AnchoredNoise([1], tops=[0], lefts=[0], height=32)
    first, second = (drawn.like(torch.zeros(1, 1, 32, 32)) for _ in range(2))
    assert abs(np.corrcoef(first.ravel(), second.ravel())[0, 1]) < 0.15


def test_noise_takes_the_type_of_the_features() -> None:
    drawn = AnchoredNoise([1], tops=[0], lefts=[0], height=16)
    assert drawn.like(torch.zeros(1, 4, 16, 16, dtype=torch.bfloat16)).dtype == torch.bfloat16
