"""Losses: which way they push, and what the coarse error sees."""

from __future__ import annotations

import pytest
import torch

from generation.training.losses import call_false, call_true, coarse_error, please


def scores(value: float) -> list[torch.Tensor]:
    """Score maps of two heads of unlike sizes."""
    return [torch.full((2, 1, 8, 8), value), torch.full((2, 1, 2, 2), value)]


def test_calling_stops_at_a_score_of_one() -> None:
    assert call_true(scores(-1.0)) == 2 and call_true(scores(0.0)) == 1
    assert call_true(scores(1.0)) == call_true(scores(7.0)) == 0
    assert (
        call_false(scores(1.0)) == 2 and call_false(scores(-1.0)) == call_false(scores(-7.0)) == 0
    )


def test_pleasing_never_stops_and_every_head_counts_alike() -> None:
    assert please(scores(7.0)) == -7
    large, small = scores(0.0)
    assert please([large, small + 1]) == please([large + 1, small]) == -0.5
    assert call_true([large - 1, small + 1]) == call_true([large + 1, small - 1]) == 1


def test_scores_are_summed_in_full_precision() -> None:
    reduced = [torch.full((1, 1, 300, 300), 0.1, dtype=torch.bfloat16)]
    assert please(reduced).dtype == torch.float32
    assert please(reduced) == pytest.approx(
        -float(torch.tensor(0.1, dtype=torch.bfloat16)), abs=1e-5
    )


def test_coarse_error_sees_moved_tissue_but_not_fine_texture() -> None:
    flat = torch.full((1, 1, 256, 256), 0.4)
    texture = flat + 0.05 * torch.randn(flat.shape, generator=torch.Generator().manual_seed(0))
    assert coarse_error(texture, flat) < 0.002
    assert coarse_error(flat + 0.1, flat) == pytest.approx(0.1, abs=1e-4)
    assert coarse_error(texture, texture) == 0


def test_the_smallest_crop_holds_the_blur() -> None:
    assert coarse_error(torch.ones(1, 1, 128, 128), torch.zeros(1, 1, 128, 128)) == pytest.approx(1)
