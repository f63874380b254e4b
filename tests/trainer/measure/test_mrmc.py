from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trainer.measure.published import load_van_dyke, pair_van_dyke
from trainer.measure.areas import compare_areas
from trainer.measure.covariance import delong_covariance, jackknife_covariance
from trainer.measure.localised import Ratings, pair_afroc, pair_lroc, pair_wafroc, weigh_equally
from trainer.measure.mrmc import (
    Analysis,
    Generalise,
    compare_modalities,
    estimate_modality,
)
from trainer.measure.readings import CaseSet, Readings
from trainer.measure.roc import compute_delong_variance

WAYS: tuple[Generalise, ...] = ("readers and cases", "cases", "readers")


def read(rng: np.random.Generator, *, better: float = 0.0, readers: int = 4) -> np.ndarray:
    """ROC kernels of two modalities, (2, R, 30, 40): readers and cases are drawn."""
    skill = rng.normal(1.2, 0.2, size=(1, readers, 1)) + np.array([better, 0]).reshape(2, 1, 1)
    skill = skill + rng.normal(0, 0.1, size=(2, readers, 1))
    shared_positive, shared_negative = rng.normal(size=30), rng.normal(size=40)
    positive = skill + 0.7 * shared_positive + 0.7 * rng.normal(size=(2, readers, 30))
    negative = 0.7 * shared_negative + 0.7 * rng.normal(size=(2, readers, 40))
    wins: np.ndarray = (positive[..., :, None] > negative[..., None, :]).astype(float)
    return wins


def test_van_dyke_by_the_jackknife() -> None:
    """OR-DBM MRMC 2.51 (Schartz, Hillis, Pesce and Berbaum, University of Iowa), Van Dyke data.

    Its printed result is kept with the RJafroc package (inst/IowaResults/
    VanDyke_trap_area_jackknife_anova.txt); further digits are those of MRMCaov (Smith and Hillis,
    docs/jss/MRMCaov.tex), which agree.
    """
    readings = Readings.from_kernel(pair_van_dyke())
    both = compare_modalities(readings)
    assert astuple(both.components) == pytest.approx(
        (0.00479617, 0.00055103, 0.00080229, 0.00034661, 0.00034407, 0.00023903), abs=5e-9
    )
    assert (both.statistic, both.freedom_above) == (pytest.approx(4.46, abs=0.005), 1)
    assert (both.freedom_below, both.p) == (
        pytest.approx(15.26, abs=0.005),
        pytest.approx(0.0517, abs=5e-5),
    )
    _check_difference(both, -0.04380, 0.02075, -0.08796, 0.00036)
    _check_modality(both, 0, 0.89703704, 0.03317360, 0.82522360, 0.96885048)
    _check_modality(both, 1, 0.94083736, 0.02156637, 0.89413783, 0.98753689)
    assert [each.freedom for each in both.modalities] == pytest.approx([12.74, 12.71], abs=0.005)

    cases = compare_modalities(readings, generalise="cases")
    # Chi square with one degree of freedom is F with infinitely many below.
    assert (cases.statistic, cases.freedom_below) == (pytest.approx(5.47595, abs=5e-6), np.inf)
    assert cases.p == pytest.approx(0.01927984, abs=5e-9)
    _check_difference(cases, -0.04380, 0.01872, -0.08049, -0.00711)
    _check_modality(cases, 0, 0.89703704, 0.02428971, 0.84943008, 0.94464399)
    _check_modality(cases, 1, 0.94083736, 0.01677632, 0.90795637, 0.97371835)

    readers = compare_modalities(readings, generalise="readers")
    assert (readers.statistic, readers.freedom_below) == (pytest.approx(8.704, abs=5e-4), 4)
    assert readers.p == pytest.approx(0.04195875, abs=5e-9)
    _check_difference(readers, -0.04380, 0.01485, -0.08502, -0.00258)
    _check_modality(readers, 0, 0.89703704, 0.02482994, 0.82809808, 0.96597599)
    _check_modality(readers, 1, 0.94083736, 0.01615303, 0.89598936, 0.98568536)


@pytest.mark.parametrize(
    ("reader", "value", "error", "p"),
    [
        (0, -0.02818, 0.02551, 0.2693),
        (1, -0.04654, 0.02630, 0.0768),
        (2, -0.01787, 0.03121, 0.5668),
        (3, -0.02625, 0.01729, 0.1290),
        (4, -0.10016, 0.04406, 0.0230),
    ],
)
def test_van_dyke_reader_by_reader(reader: int, value: float, error: float, p: float) -> None:
    """The same printed result, analysis 2 (d)."""
    readings = Readings.from_kernel(pair_van_dyke()[:, [reader]])
    (found,) = compare_modalities(readings, generalise="cases").differences
    assert (found.value, found.error) == pytest.approx((value, error), abs=5e-6)
    assert found.p == pytest.approx(p, abs=5e-5)


def test_van_dyke_by_delong() -> None:
    """MRMCaov (Smith and Hillis), docs/jss/MRMCaov.tex, "DeLong method"."""
    found = compare_modalities(Readings.from_kernel(pair_van_dyke(), by="delong"))
    assert found.statistic == pytest.approx(4.484854, abs=5e-7)
    assert found.freedom_below == pytest.approx(15.06611, abs=5e-6)
    assert found.p == pytest.approx(0.05123303, abs=5e-9)
    _check_difference(found, -0.04380032, 0.0206825, -0.0878671960, 0.0002665519)
    _check_modality(found, 0, 0.8970370, 0.03307642, 0.8253461, 0.9687280)


def test_van_dyke_with_cases_nested_in_modalities() -> None:
    """MRMCaov, docs/jss/MRMCaov.tex, "Cases nested within tests" (identifiers `case3`)."""
    kernel = pair_van_dyke()
    sets = [CaseSet(kernel[m], tuple((m, r) for r in range(5))) for m in range(2)]
    found = compare_modalities(Readings.from_sets(sets))
    parts = found.components
    assert (parts.cov1, parts.cov3) == (0, 0)
    assert parts.cov2 == pytest.approx(3.455973e-04, abs=5e-11)
    assert found.statistic == pytest.approx(2.104491, abs=5e-7)
    assert found.freedom_below == pytest.approx(68.42325, abs=5e-6)
    assert found.p == pytest.approx(0.1514363, abs=5e-8)
    _check_difference(found, -0.04380032, 0.03019283, -0.10404242, 0.01644178)
    _check_modality(found, 0, 0.8970370, 0.03320586, 0.8251827, 0.9688914)


def test_van_dyke_by_sensitivity() -> None:
    """MRMCaov, docs/jss/MRMCaov.tex, `binary_sens` of ratings of 3 and more."""
    positive, _ = load_van_dyke()
    found = compare_modalities(Readings.from_kernel((positive >= 3).astype(float)[..., None]))
    assert (found.statistic, found.p) == (
        pytest.approx(6.689493, abs=5e-7),
        pytest.approx(0.02008822, abs=5e-9),
    )
    assert found.freedom_below == pytest.approx(15.71732, abs=5e-6)
    _check_difference(found, -0.09777778, 0.03780451, -0.1780371, -0.0175185)
    _check_modality(found, 0, 0.8222222, 0.05893747, 0.6961876, 0.9482568)
    _check_modality(found, 1, 0.92, 0.03741657, 0.8328691, 1.0)


def _check_difference(found: Analysis, *expected: float) -> None:
    (difference,) = found.differences
    shown = difference.value, difference.error, difference.low, difference.high
    assert shown == pytest.approx(expected, abs=6e-6)


def _check_modality(found: Analysis, index: int, *expected: float) -> None:
    modality = found.modalities[index]
    shown = modality.value, modality.error, modality.low, modality.high
    assert shown == pytest.approx(expected, abs=6e-8)


def draw_ratings(rng: np.random.Generator) -> Ratings:
    lead, present = (2, 3), rng.random((12, 2)) < 0.5
    present[:, 0] = True
    marked = rng.random((*lead, 12, 2)) < 0.8
    lesions = np.where(marked, rng.integers(1, 6, (*lead, 12, 2)), -np.inf)
    negative = np.where(rng.random((*lead, 15)) < 0.6, rng.integers(0, 5, (*lead, 15)), -np.inf)
    return Ratings(lesions, weigh_equally(present), np.full((*lead, 12), -np.inf), negative)


def test_any_figure_of_merit_gives_what_pseudovalues_give() -> None:
    """Dorfman, Berbaum and Metz's analysis of variance of pseudovalues is the same test.

    Hillis, Obuchowski, Schartz and Berbaum, Statistics in Medicine 24:1579 (2005), show that with
    the jackknife both have one F and one denominator. Here it is computed case by case, mean
    square by mean square, from the area under the wAFROC curve.
    """
    ratings = draw_ratings(np.random.default_rng(11))
    kernel = pair_wafroc(ratings)
    cases = 27
    whole = kernel.mean(axis=(2, 3))
    left = [np.delete(kernel, n, axis=2).mean(axis=(2, 3)) for n in range(12)]
    left += [np.delete(kernel, n, axis=3).mean(axis=(2, 3)) for n in range(15)]
    pseudo = cases * whole[..., None] - (cases - 1) * np.stack(left, axis=-1)  # (2, 3, 27)
    ms_t = 3 * cases * np.square(pseudo.mean(axis=(1, 2)) - pseudo.mean()).sum()
    ms_tr = cases * np.square(_interact(pseudo.mean(axis=2))).sum() / 2
    ms_tc = 3 * np.square(_interact(pseudo.mean(axis=1))).sum() / (cases - 1)
    apart = pseudo - pseudo.mean(axis=0)
    apart = apart - apart.mean(axis=1, keepdims=True)
    apart = apart - apart.mean(axis=2, keepdims=True)
    ms_trc = np.square(apart).sum() / (2 * (cases - 1))
    below = ms_tr + max(ms_tc - ms_trc, 0)
    found = compare_modalities(Readings.from_kernel(kernel))
    assert found.statistic == pytest.approx(ms_t / below)
    assert found.freedom_below == pytest.approx(2 * (below / ms_tr) ** 2)


def _interact(table: np.ndarray) -> np.ndarray:
    apart = table - table.mean(axis=0)
    return np.asarray(apart - apart.mean(axis=1, keepdims=True))


def draw_kernels(seed: int) -> dict[str, np.ndarray]:
    """The same readings by several figures of merit."""
    rng = np.random.default_rng(seed)
    ratings = draw_ratings(rng)
    one = np.zeros((12, 2))
    one[:, 0] = 1
    single = Ratings(ratings.lesions, one, ratings.false_positive, ratings.false_negative)
    return {
        "wAFROC": pair_wafroc(ratings),
        "AFROC": pair_afroc(ratings),
        "LROC": pair_lroc(single),
        "sensitivity": np.isfinite(ratings.lesions[..., 0]).astype(float)[..., :, None],
        "specificity": np.isinf(ratings.false_negative).astype(float)[..., None, :],
    }


@settings(max_examples=12)
@given(seed=st.integers(0, 10_000), generalise=st.sampled_from(WAYS))
def test_the_order_of_readers_and_cases_changes_nothing(seed: int, generalise: Generalise) -> None:
    rng = np.random.default_rng(seed)
    for kernel in draw_kernels(seed).values():
        found = compare_modalities(Readings.from_kernel(kernel), generalise=generalise)
        mixed = kernel[:, rng.permutation(3)]
        mixed = mixed[..., rng.permutation(mixed.shape[2]), :]
        mixed = mixed[..., rng.permutation(mixed.shape[3])]
        other = compare_modalities(Readings.from_kernel(mixed), generalise=generalise)
        assert astuple(other)[:4] == pytest.approx(astuple(found)[:4], rel=1e-6, abs=1e-9)
        # The other way round the difference changes its sign, and nothing else.
        turned = compare_modalities(Readings.from_kernel(kernel[::-1]), generalise=generalise)
        assert turned.statistic == pytest.approx(found.statistic, rel=1e-6, abs=1e-9)
        (one,), (two,) = found.differences, turned.differences
        assert (two.value, two.low, two.high) == pytest.approx((-one.value, -one.high, -one.low))
        assert two.p == pytest.approx(one.p, rel=1e-6)


@pytest.mark.parametrize("generalise", WAYS)
def test_equal_modalities_differ_by_nothing(generalise: Generalise) -> None:
    for kernel in draw_kernels(5).values():
        same = np.stack([kernel[0], kernel[0]])
        found = compare_modalities(Readings.from_kernel(same), generalise=generalise)
        (difference,) = found.differences
        assert (found.statistic, difference.value) == (0, 0)
        assert (found.p, difference.p) == (pytest.approx(1), pytest.approx(1))


@pytest.mark.parametrize("generalise", WAYS)
def test_a_constant_more_in_one_modality_moves_the_difference_alone(
    generalise: Generalise,
) -> None:
    kernel = pair_van_dyke()
    moved = kernel + np.array([0.05, 0.0]).reshape(2, 1, 1, 1)
    (was,) = compare_modalities(Readings.from_kernel(kernel), generalise=generalise).differences
    (now,) = compare_modalities(Readings.from_kernel(moved), generalise=generalise).differences
    assert now.value - was.value == pytest.approx(0.05)
    assert (now.error, now.freedom) == pytest.approx((was.error, was.freedom))


def test_three_modalities_give_three_differences_and_one_test() -> None:
    kernel = np.concatenate([pair_van_dyke(), pair_van_dyke()[:1]])
    found = compare_modalities(Readings.from_kernel(kernel))
    assert found.freedom_above == 2
    pairs = [(each.first, each.second) for each in found.differences]
    assert pairs == [(0, 1), (0, 2), (1, 2)]
    assert found.differences[1].value == 0
    assert found.differences[0].value == pytest.approx(-found.differences[2].value)


def test_forms_read_the_other_way_round_share_cases_across_time() -> None:
    """Half of the readers read form A first, half form B: pairs that share a form covary."""
    first, second = read(np.random.default_rng(7))
    early = CaseSet(np.concatenate([first[:2], first[2:]]), ((0, 0), (0, 1), (1, 2), (1, 3)))
    late = CaseSet(np.concatenate([second[:2], second[2:]]), ((1, 0), (1, 1), (0, 2), (0, 3)))
    readings = Readings.from_sets([early, late])
    parts = compare_modalities(readings).components
    shared = jackknife_covariance(first, cases=140), jackknife_covariance(second, cases=140)
    # Of six pairs within a time two share a form, of twelve across time eight do.
    within = sum(each[0, 1] + each[2, 3] for each in shared) / 12
    across = sum(each[:2, 2:].sum() for each in shared) / 12
    assert parts.cov1 == 0
    assert (parts.cov2, parts.cov3) == (pytest.approx(within), pytest.approx(across))
    with pytest.raises(ValueError, match="once in every modality"):
        Readings.from_sets([early])


def test_covariances_are_those_of_the_definitions() -> None:
    kernel = read(np.random.default_rng(1))[0]
    left = [np.delete(kernel, n, axis=1).mean(axis=(1, 2)) for n in range(30)]
    left += [np.delete(kernel, n, axis=2).mean(axis=(1, 2)) for n in range(40)]
    expected = np.cov(np.array(left).T) * 69 * 69 / 70
    assert jackknife_covariance(kernel) == pytest.approx(expected)
    # Both estimate the same.
    assert np.diag(delong_covariance(kernel)) == pytest.approx(np.diag(expected), rel=0.1)


def test_delong_of_one_reader_is_that_of_the_area() -> None:
    rng = np.random.default_rng(2)
    positive, negative = rng.integers(0, 6, 30) + 1, rng.integers(0, 6, 25)
    kernel = (positive[:, None] > negative) + 0.5 * (positive[:, None] == negative)
    area, variance = compute_delong_variance(positive, negative)
    readings = Readings.from_kernel(kernel[None, None], by="delong")
    one = estimate_modality(readings, generalise="cases")
    assert (one.value, one.error) == (pytest.approx(area), pytest.approx(np.sqrt(variance)))


def test_no_difference_is_called_one_about_as_often_as_it_should() -> None:
    rng = np.random.default_rng(5)
    called = [compare_modalities(Readings.from_kernel(read(rng))).p < 0.05 for _ in range(200)]
    # Five in a hundred, with a standard error of 1.5.
    assert 0.005 < np.mean(called) < 0.1


def test_no_change_is_called_one_about_as_often_where_cases_are_nested() -> None:
    rng = np.random.default_rng(6)
    called = []
    for _ in range(200):
        kernel = np.stack([read(rng)[0], read(rng)[0]])
        sets = [CaseSet(kernel[m], tuple((m, r) for r in range(4))) for m in range(2)]
        called.append(compare_modalities(Readings.from_sets(sets)).p < 0.05)
    assert 0.005 < np.mean(called) < 0.1


def test_nobody_missing_anything_is_no_certainty() -> None:
    found = compare_modalities(Readings.from_kernel(np.ones((2, 3, 20, 1))))
    # Exact for 20 right answers of 20: 1 - .025^(1/20).
    assert found.modalities[0].value == 1
    assert found.modalities[0].low == pytest.approx(0.8316, abs=5e-5)
    (difference,) = found.differences
    assert difference.low < 0 < difference.high


def test_bad_arguments() -> None:
    kernel = read(np.random.default_rng(6))
    with pytest.raises(ValueError, match="two modalities"):
        compare_modalities(Readings.from_kernel(kernel[:1]))
    with pytest.raises(ValueError, match="one modality"):
        estimate_modality(Readings.from_kernel(kernel))
    with pytest.raises(ValueError, match="two readers"):
        compare_modalities(Readings.from_kernel(kernel[:, :1]))
    with pytest.raises(ValueError, match="two cases"):
        Readings.from_kernel(kernel[..., :1, :1])
    with pytest.raises(ValueError, match="modality and reader"):
        CaseSet(kernel[0], ((0, 0),))
    same = compare_areas(kernel[0, 0], kernel[0, 0])
    assert (same.value, same.p) == (0, 1)
