"""Ridges as a network can learn them: the condition map's own measure."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from scipy import ndimage

from generation.training.pairs import RIDGE_FULL_PERCENTILE, RIDGE_PERCENTILE, find_ridges
from generation.training.ridges import line_error, measure_ridges


@pytest.fixture(scope="module")
def grey() -> NDArray[np.float32]:
    """(400, 360) at 0.1 mm: clouds, and some long bright lines."""
    rng = np.random.default_rng(0)
    clouds = ndimage.gaussian_filter(rng.standard_normal((400, 360)), 6)
    y, x = np.mgrid[:400, :360]
    lines = sum(np.exp(-(((y - 0.4 * x - at) / 3) ** 2)) for at in (60, 140, 220))
    return np.asarray(0.4 + 0.3 * clouds + 0.1 * lines, np.float32)


def as_batch(grey: NDArray[np.float32]) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(grey))[None, None]


def test_strength_is_that_of_the_condition_map(grey: NDArray[np.float32]) -> None:
    half = grey.reshape(200, 2, 180, 2).mean(axis=(1, 3))
    mask = np.ones(half.shape, bool)
    found = find_ridges(half, mask)
    strength = measure_ridges(as_batch(grey))[0, 0].numpy()
    inside = ndimage.binary_erosion(mask, iterations=8)
    low, high = np.percentile(strength[inside], (RIDGE_PERCENTILE, RIDGE_FULL_PERCENTILE))
    expected = np.clip((strength - low) / (high - low), 0, 1)
    # Away from the border, where the two mirror the image a little differently.
    far = np.zeros_like(mask)
    far[24:-24, 24:-24] = True
    kept = (found > 0) & far
    assert kept.sum() > 500
    assert np.abs(found - expected)[kept].max() < 0.01
    assert (found[(expected == 0) & far] == 0).all()


def test_an_image_misses_no_line_of_its_own(grey: NDArray[np.float32]) -> None:
    real = as_batch(grey)
    lines = (measure_ridges(real) > 0.01).float()
    assert line_error(real, real, lines) == 0


def test_error_is_the_share_of_the_lines_that_was_not_drawn(grey: NDArray[np.float32]) -> None:
    real = as_batch(grey)
    lines = (measure_ridges(real) > 0.02).float()
    assert lines.mean() > 0.02
    empty = torch.full_like(real, 0.4)
    assert line_error(empty, real, lines) == pytest.approx(1, abs=0.01)
    # The measure is linear: half the contrast is half the strength.
    assert line_error((real + empty) / 2, real, lines) == pytest.approx(0.5, abs=0.01)
    assert line_error(2 * real, real, lines) == pytest.approx(1, abs=0.01)


def test_nothing_is_asked_where_no_line_is(grey: NDArray[np.float32]) -> None:
    real = as_batch(grey)
    assert line_error(torch.rand_like(real), real, torch.zeros(1, 1, 200, 180)) == 0


def test_dark_lines_and_flat_images_have_no_strength() -> None:
    flat = torch.full((1, 1, 128, 128), 0.5)
    assert measure_ridges(flat).max() < 1e-3
    dark = flat.clone()
    dark[:, :, 60:66] -= 0.3
    assert measure_ridges(dark)[0, 0, 30:33].max() < 0.01
    assert measure_ridges(1 - dark)[0, 0, 30:33].min() > 0.05


def test_the_network_can_follow_it(grey: NDArray[np.float32]) -> None:
    """A gradient of finite size, also where an image is flat."""
    real = as_batch(grey)
    lines = (measure_ridges(real) > 0.02).float()
    shown = torch.full_like(real, 0.4).requires_grad_(True)
    line_error(shown, real, lines).backward()
    assert shown.grad is not None and torch.isfinite(shown.grad).all()
    drawn = real.clone().mul_(0.9).requires_grad_(True)
    error = line_error(drawn, real, lines)
    error.backward()
    assert drawn.grad is not None
    with torch.no_grad():
        step = 1e-3 * drawn.grad / drawn.grad.abs().max()
        assert line_error(drawn - step, real, lines) < error
