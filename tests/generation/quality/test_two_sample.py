"""The classifier two-sample test: it sees a fault, not chance, and never an image it learnt."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from generation.quality.two_sample import _compare, _deal, _mean_auc, measure_two_sample
from tests.generation.quality.fields import draw_tissue

GROUPS = np.repeat(np.arange(4), 3)


def draw_grained(seed: int, grain: float) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(0, grain, (12, 256, 256))
    return (draw_tissue(seed, count=12) + noise).astype(np.float32)


def test_a_little_grain_is_seen() -> None:
    real, other = draw_grained(0, 0.005), draw_grained(1, 0.015)
    found = measure_two_sample(real, GROUPS, other, GROUPS, folds=2, steps=10)
    assert found.auc > 0.95
    assert found.low <= found.auc <= found.high
    assert found.other_scores.mean() > found.real_scores.mean()


def test_the_same_seed_gives_the_same_scores() -> None:
    patches = draw_grained(0, 0.01)
    first, again, elsewhere = (
        measure_two_sample(patches, GROUPS, patches, GROUPS, folds=2, steps=2, seed=seed)
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first.real_scores, again.real_scores)
    assert (first.auc, first.low, first.high) == (again.auc, again.low, again.high)
    assert (first.real_scores != elsewhere.real_scores).any()


def test_an_image_is_in_one_fold_and_folds_are_of_one_size() -> None:
    groups = np.repeat([7, 3, 11, 5, 40, 2], [1, 9, 4, 4, 2, 6])
    fold_of = _deal(groups, 3, np.random.default_rng(0))
    pairs = set(zip(groups.tolist(), fold_of.tolist(), strict=True))
    assert len(pairs) == 6
    assert np.bincount([fold for _, fold in pairs]).tolist() == [2, 2, 2]


def test_the_area_is_the_folds_mean_area_and_ties_count_half() -> None:
    rng = np.random.default_rng(0)
    groups = (np.repeat(np.arange(6), 5), np.repeat(np.arange(4), 6))
    scores = tuple(
        rng.integers(0, 9, len(part)).astype(np.float32) + shift
        for part, shift in zip(groups, (0, 2), strict=True)
    )
    folds = tuple(part % 2 for part in groups)
    tables = [_compare(scores, groups, folds, fold) for fold in (0, 1)]
    expected = [
        roc_auc_score(
            np.repeat([0, 1], [(part == fold).sum() for part in folds]),
            np.concatenate([s[f == fold] for s, f in zip(scores, folds, strict=True)]),
        )
        for fold in (0, 1)
    ]
    assert _mean_auc(tables, None) == pytest.approx(np.mean(expected))


def test_the_interval_is_over_images_not_patches() -> None:
    # One image a side and fold gives one value, however many patches it has.
    groups = (np.repeat([0, 1], 50), np.repeat([0, 1], 50))
    scores = (np.arange(100, dtype=np.float32), np.arange(100, dtype=np.float32) + 3)
    tables = [_compare(scores, groups, groups, fold) for fold in (0, 1)]
    drawn = {_mean_auc(tables, np.random.default_rng(seed)) for seed in range(9)}
    assert drawn == {_mean_auc(tables, None)}


@pytest.mark.parametrize("folds", [1, 5])
def test_folds_that_images_cannot_fill_are_refused(folds: int) -> None:
    patches = np.zeros((12, 256, 256), np.float32)
    with pytest.raises(ValueError, match="4 images do not make"):
        measure_two_sample(patches, GROUPS, patches, GROUPS, folds=folds)
