import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.measure.ability import Difficulty, predict_correct, start_ability
from trainer.measure.competencies import COMPETENCIES
from trainer.measure.difficulty import (
    NORMAL_GAMMA,
    combine_dprimes,
    find_wanted_difficulty,
    find_wanted_dprime,
    load_cold_start,
    start_density_difficulty,
    start_lesion_difficulty,
    start_normal_difficulty,
)
from trainer.measure.targets import TARGETS, find_target, fit_targets, load_reference

KINDS = sorted(load_cold_start()["ln_dprime"])


def test_looks_add_in_squares() -> None:
    assert combine_dprimes([3, 4]) == 5
    for bad in ([], [-1.0], [float("nan")]):
        with pytest.raises(ValueError):
            combine_dprimes(bad)


@pytest.mark.parametrize("kind", KINDS)
def test_the_typical_lesion_has_difficulty_zero(kind: str) -> None:
    scale = load_cold_start()["ln_dprime"][kind]
    start = start_lesion_difficulty([float(np.exp(scale["mean"]))], kind)
    assert start.mean == pytest.approx(0)
    assert start.variance == pytest.approx(0.49)
    one_more = float(np.exp(scale["mean"] + scale["sd"]))
    assert start_lesion_difficulty([one_more], kind).mean == pytest.approx(-1.2)


@given(kind=st.sampled_from(KINDS), dprimes=st.tuples(st.floats(0, 200), st.floats(0, 200)))
def test_more_visible_is_never_harder(kind: str, dprimes: tuple[float, float]) -> None:
    fainter, clearer = sorted(dprimes)
    faint = start_lesion_difficulty([fainter], kind)
    assert faint.mean >= start_lesion_difficulty([clearer], kind).mean
    # A second view never makes a lesion harder, and no lesion is beyond all measure.
    assert faint.mean >= start_lesion_difficulty([fainter, clearer], kind).mean
    assert abs(faint.mean) <= 3.0


def test_an_unmeasured_lesion_is_as_uncertain_as_any() -> None:
    assert start_lesion_difficulty([None, None], "mass") == Difficulty(0.0, 1.2**2 + 0.7**2)
    assert start_lesion_difficulty([None, 4.0], "mass") == start_lesion_difficulty([4.0], "mass")


@given(kind=st.sampled_from(KINDS), difficulty=st.floats(-2.9, 2.9))
def test_wanted_dprime_starts_at_the_wanted_difficulty(kind: str, difficulty: float) -> None:
    dprime = find_wanted_dprime(difficulty, kind)
    assert start_lesion_difficulty([dprime], kind).mean == pytest.approx(difficulty, abs=1e-6)


def test_normals_are_harder_where_they_offer_more() -> None:
    means = [start_normal_difficulty(density).mean for density in "ABCD"]
    assert means == sorted(means)
    assert start_normal_difficulty("B", look_alikes=2).mean > start_normal_difficulty("B").mean


@given(likeness=st.tuples(st.floats(0, 5), st.floats(0, 5)), density=st.sampled_from("ABCD"))
def test_more_lesion_like_tissue_is_never_easier_to_leave_alone(
    likeness: tuple[float, float], density: str
) -> None:
    calm, tempting = (
        start_normal_difficulty(density, likeness=value).mean for value in sorted(likeness)
    )
    assert calm <= tempting
    assert abs(tempting) <= NORMAL_GAMMA * 2.5 + 1e-9


def test_typical_tissue_has_difficulty_zero() -> None:
    typical = float(np.exp(load_cold_start()["ln_likeness"]["mean"]))
    assert start_normal_difficulty("D", likeness=typical).mean == pytest.approx(0)
    assert start_normal_difficulty("A", likeness=2 * typical).mean > 0.5


def test_density_is_harder_near_a_boundary() -> None:
    on_the_cut = start_density_difficulty(0.075).mean
    middle_of_b = start_density_difficulty(float(np.sqrt(0.035 * 0.075))).mean
    assert on_the_cut == pytest.approx(1.0)
    assert middle_of_b < 0 < on_the_cut
    assert start_density_difficulty(None) == Difficulty(0.0, 0.7**2)


@given(
    competency=st.sampled_from(COMPETENCIES),
    sign=st.sampled_from([-1, 0, 1]),
    p=st.floats(0.05, 0.95),
    variance=st.floats(0, 2),
)
def test_wanted_difficulty_gives_the_wanted_chance(
    competency: str, sign: int, p: float, variance: float
) -> None:
    start = start_ability()
    wanted = find_wanted_difficulty(start, competency=competency, sign=sign, p=p, variance=variance)
    item = Difficulty(wanted, variance)
    predicted = predict_correct(start, item, competency=competency, sign=sign)
    assert predicted == pytest.approx(p)


def test_targets_are_those_that_answer_the_reference_form() -> None:
    reference = load_reference()
    items = [
        (competency, Difficulty(mean, variance))
        for form in reference["difficulties"].values()
        for case in form
        for competency, mean, variance in case
    ]
    assert set(TARGETS) == set(COMPETENCIES) == {competency for competency, _ in items}
    fitted = fit_targets(items)
    assert TARGETS == {name: pytest.approx(tau, abs=6e-4) for name, tau in fitted.items()}
    rng = np.random.default_rng(5)
    for name, share in (("mass", 0.80), ("normal_rejection", 0.85), ("density", 0.80)):
        of = [item for competency, item in items if competency == name]
        b = rng.normal([d.mean for d in of], [d.variance**0.5 for d in of], (40_000, len(of)))
        assert (rng.normal(size=b.shape) < TARGETS[name] - b).mean() == pytest.approx(
            share, abs=0.01
        )


def test_both_forms_ask_for_the_same_and_are_about_as_hard() -> None:
    of = {
        form: [item for case in cases for item in case]
        for form, cases in load_reference()["difficulties"].items()
    }
    assert [name for name, *_ in of["A"]] == [name for name, *_ in of["B"]]
    lesions = {"mass", "calcification", "distortion", "asymmetry"}
    for names in (lesions, {"normal_rejection"}):
        means = [np.mean([m for name, m, _ in items if name in names]) for items in of.values()]
        assert abs(means[0] - means[1]) < 0.1


def test_bad_arguments() -> None:
    with pytest.raises(ValueError):
        start_lesion_difficulty([-1], "mass")
    with pytest.raises(ValueError):
        start_lesion_difficulty([], "mass")
    with pytest.raises(ValueError):
        start_lesion_difficulty([1], "density")
    with pytest.raises(ValueError):
        start_normal_difficulty("E")
    with pytest.raises(ValueError):
        start_normal_difficulty("A", look_alikes=-1)
    for likeness in (-0.1, float("nan"), float("inf")):
        with pytest.raises(ValueError):
            start_normal_difficulty("A", likeness=likeness)
    with pytest.raises(ValueError):
        start_density_difficulty(1.5)
    with pytest.raises(ValueError):
        find_wanted_difficulty(start_ability(), competency="mass", sign=1, p=1)
    with pytest.raises(ValueError):
        find_target(1.0, [Difficulty(0, 1)])
