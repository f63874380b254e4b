"""Classifier two-sample test: can a small network, trained for it, tell the two sets of patches?

Source: Lopez-Paz & Oquab, "Revisiting classifier two-sample tests", ICLR 2017 (arXiv 1610.06545).
Theirs reports accuracy; the area under the ROC curve needs no threshold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from generation.quality.texture_network import TextureNetwork, cut_crops

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]

CROP_PX = 128
BATCH = 32
STEPS = 320
LEARNING_RATE = 3e-3
WEIGHT_DECAY = 1e-2
RESAMPLES = 1000


@dataclass(frozen=True)
class TwoSample:
    """AUC of telling the other set from the real one on images not trained on; .5 is perfect.

    Attributes:
        auc: area under the ROC curve, mean over the folds; every patch is scored by a network
            that saw no patch of its image.
        low, high: 95 % interval, images of both sets drawn with replacement.
        real_scores: (N,) log odds of being of the other set.
        other_scores: (M,) the same.
    """

    auc: float
    low: float
    high: float
    real_scores: FloatArray
    other_scores: FloatArray


def measure_two_sample(
    real: FloatArray,
    real_groups: IntArray,
    other: FloatArray,
    other_groups: IntArray,
    *,
    seed: int = 0,
    folds: int = 3,
    steps: int = STEPS,
    paired: bool = False,
) -> TwoSample:
    """Train and test the classifier across folds of images; deterministic by seed on one machine.

    Args:
        real: (N, 256, 256) grey 0-1.
        real_groups: (N,) image of each patch; one number for all images of one woman.
        other: (M, 256, 256).
        other_groups: (M,); numbers may repeat those of `real_groups`, they name other images.
        seed: of folds, weights, crops and intervals.
        folds: an image is in one fold only.
        steps: of training, a fold.
        paired: equal numbers in both groups name one layout, such as a real image and what was
            drawn on its map. They share a fold: a classifier that had learnt the one as real would
            take the other for it too.

    Raises:
        ValueError: if a set has fewer images than folds, or fewer than two folds are asked for.
    """
    fewest = min(len(np.unique(real_groups)), len(np.unique(other_groups)))
    if folds < 2 or fewest < folds:
        raise ValueError(f"{fewest} images do not make {folds} folds")
    rng = np.random.default_rng(seed)
    patches = (real, other)
    groups = (real_groups, other_groups)
    fold_of = (
        _deal_pairs(groups, folds, rng)
        if paired
        else tuple(_deal(part, folds, rng) for part in groups)
    )
    scores = tuple(np.zeros(len(part), np.float32) for part in patches)
    for fold in range(folds):
        rows = [np.flatnonzero(part != fold) for part in fold_of]
        network = _train(patches, groups, rows, steps=steps, seed=seed * folds + fold)
        for part, put in enumerate(scores):
            held = fold_of[part] == fold
            put[held] = _score(network, patches[part][held])
    tables = [_compare(scores, groups, fold_of, fold) for fold in range(folds)]
    drawn = [_mean_auc(tables, rng) for _ in range(RESAMPLES)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return TwoSample(_mean_auc(tables, None), float(low), float(high), *scores)


def _deal(groups: IntArray, folds: int, rng: np.random.Generator) -> IntArray:
    """(N,) fold of each row; images are dealt in random order."""
    names = np.unique(groups)
    fold_of_name = np.empty(len(names), np.int64)
    fold_of_name[rng.permutation(len(names))] = np.arange(len(names)) % folds
    return fold_of_name[np.searchsorted(names, groups)]


def _deal_pairs(
    groups: tuple[IntArray, ...], folds: int, rng: np.random.Generator
) -> tuple[IntArray, ...]:
    """The same with equal numbers of both sets in one fold."""
    dealt = _deal(np.concatenate(groups), folds, rng)
    return dealt[: len(groups[0])], dealt[len(groups[0]) :]


def _train(
    patches: tuple[FloatArray, ...],
    groups: tuple[IntArray, ...],
    rows: list[IntArray],
    *,
    steps: int,
    seed: int,
) -> TextureNetwork:
    rng = np.random.default_rng([seed, 1])
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = TextureNetwork(1)
    draws = [_draw_rows(part[held], held, rng) for part, held in zip(groups, rows, strict=True)]
    optimiser = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, LEARNING_RATE, total_steps=steps, pct_start=0.2
    )
    half = BATCH // 2
    truth = torch.arange(BATCH).ge(half).float()
    for _ in range(steps):
        crops = [
            cut_crops(part, np.array([next(draw) for _ in range(half)]), CROP_PX, rng)
            for part, draw in zip(patches, draws, strict=True)
        ]
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(torch.from_numpy(np.concatenate(crops))).float()[:, 0]
        loss = functional.binary_cross_entropy_with_logits(logits, truth)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return network.eval()


def _draw_rows(groups: IntArray, rows: IntArray, rng: np.random.Generator) -> Iterator[np.int64]:
    """Rows without end, every image as often as any other."""
    members = [rows[groups == name] for name in np.unique(groups)]
    while True:
        for image in rng.permutation(len(members)):
            yield rng.choice(members[image])


def _score(network: TextureNetwork, patches: FloatArray) -> FloatArray:
    """(N,) log odds, the mean over the four quarters of each patch."""
    starts = [(y, x) for y in (0, CROP_PX) for x in (0, CROP_PX)]
    total = np.zeros(len(patches), np.float32)
    with torch.inference_mode():
        for y, x in starts:
            quarter = patches[:, y : y + CROP_PX, x : x + CROP_PX]
            for at in range(0, len(patches), BATCH):
                part = torch.from_numpy(np.ascontiguousarray(quarter[at : at + BATCH]))
                total[at : at + BATCH] += network(part)[:, 0].numpy()
    return total / np.float32(len(starts))


def _compare(
    scores: tuple[FloatArray, ...],
    groups: tuple[IntArray, ...],
    fold_of: tuple[IntArray, ...],
    fold: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Of one fold, by image: how often other ranks above real, and patches of each image."""
    held = [part == fold for part in fold_of]
    (real, real_of), (other, other_of) = (
        (scores[part][held[part]], np.unique(groups[part][held[part]], return_inverse=True)[1])
        for part in (0, 1)
    )
    above = (other[None] > real[:, None]) + 0.5 * (other[None] == real[:, None])
    wins = np.zeros((real_of.max() + 1, other_of.max() + 1))
    np.add.at(wins, (real_of[:, None], other_of[None, :]), above)
    return wins, np.bincount(real_of).astype(float), np.bincount(other_of).astype(float)


def _mean_auc(
    tables: list[tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]],
    rng: np.random.Generator | None,
) -> float:
    """Mean AUC of the folds; with a stream, of images drawn with replacement."""
    values = []
    for wins, real, other in tables:
        a, b = (
            np.ones(len(part))
            if rng is None
            else rng.multinomial(len(part), np.full(len(part), 1 / len(part))).astype(float)
            for part in (real, other)
        )
        values.append((a @ wins @ b) / ((a @ real) * (b @ other)))
    return float(np.mean(values))
