"""Offsets, parts of sets, ranks, and how often density came back."""

from dataclasses import replace

import numpy as np
import pytest

from generation.commands import evaluate
from generation.evaluation.collection import SETS
from generation.evaluation.conditions import summarise_bindings, summarise_densities
from generation.evaluation.described import Described
from generation.evaluation.measures import FLOORS, MEASURES, offset
from generation.evaluation.redrawing import DensityRead
from generation.evaluation.subgroups import compare_subgroups, rank
from generation.quality.two_sample import _deal_pairs
from tests.generation.evaluation.conftest import stand_in
from tests.generation.evaluation.pictures import BOUND, make_set


def test_offsets_are_in_deviations_between_real_images() -> None:
    found = offset(np.array([1.0, 2.0, 3.0]), np.array([4.0, 4.0, 2.0]))
    assert found["off_sd"] == pytest.approx(4 / 3)
    assert found["outside"] == pytest.approx(2 / 3)
    assert np.isnan(offset(np.ones(3), np.ones(2))["off_sd"])


def test_a_part_keeps_what_is_known_of_it() -> None:
    whole = Described(make_set("real", 0, 4))
    bands, greys = whole.bands, whole.greys
    part = whole.take([True, False, False, True])
    assert np.array_equal(vars(part)["bands"], bands[[0, 3]])
    assert np.array_equal(vars(part)["greys"], greys[[0, 1, 6, 7]])
    assert part.patches.shape[0] == 4
    assert np.array_equal(part.groups, [0, 0, 3, 3])


def test_every_floor_has_its_measure() -> None:
    assert set(FLOORS) <= set(MEASURES)


def test_measures_are_the_commands() -> None:
    assert set(evaluate.MEASURES) == set(MEASURES)
    assert evaluate.SETS == SETS


@pytest.mark.parametrize(
    ("real", "other", "auc"), [([1, 2], [3, 4], 1.0), ([1, 2], [1, 2], 0.5), ([5], [1, 9], 0.5)]
)
def test_rank(real: list[float], other: list[float], auc: float) -> None:
    assert rank((np.float32(real), np.float32(other))) == auc


def test_a_subgroup_with_enough_images_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch)
    real, other = Described(make_set("real", 0, 30)), Described(make_set("network", 100, 12))
    scores = (np.zeros(60, np.float32), np.ones(24, np.float32))
    names = [name for name in MEASURES if name != "radiomics"]
    entries = compare_subgroups(real, other, scores, measured=names, seed=0)
    found = {(each["by"], each["value"], bool(each["marked"])): each for each in entries}
    entry = found["density", "B", True]
    assert (entry["enough"], entry["real_images"], entry["images"]) == (True, 15, 6)
    assert entry["measures"]["c2st_auc"] == 1.0
    assert entry["measures"]["histogram_ratio"] > 0
    assert entry["measures"]["frd_ratio"] is None
    assert "radiomics" not in vars(real)
    assert found["lesions", "with", False]["real_images"] == 10
    assert not found["density", "D", False]["enough"]


def test_bindings_without_lines_are_left_out_of_the_mean() -> None:
    summary = summarise_bindings([BOUND, replace(BOUND, lines=float("nan"), coarse=0.95)])
    assert summary["images"] == 2
    assert summary["coarse"]["lowest"] == 0.95
    assert summary["lines"]["mean"] == BOUND.lines
    with pytest.raises(ValueError, match="no image"):
        summarise_bindings([])


def test_densities_are_counted() -> None:
    read = [DensityRead("A", "A", "B"), DensityRead("A", "B", "A"), DensityRead("D", "D", "D")]
    found = summarise_densities(read)
    assert found["recovered"] == pytest.approx(2 / 3)
    assert found["blind"] == pytest.approx(2 / 3)
    assert found["classes"]["A"]["recovered"] == {"A": 1, "B": 1}
    with pytest.raises(ValueError, match="no view"):
        summarise_densities([])


def test_a_real_image_and_its_redrawing_share_a_fold() -> None:
    real, drawn = np.repeat(np.arange(9), 2), np.repeat(np.arange(1, 9), 3)
    folds = _deal_pairs((real, drawn), 3, np.random.default_rng(0))
    of_real = dict(zip(real.tolist(), folds[0].tolist(), strict=True))
    assert [of_real[group] for group in drawn.tolist()] == folds[1].tolist()
    assert set(folds[0].tolist()) == {0, 1, 2}
