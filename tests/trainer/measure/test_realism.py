import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from trainer.measure.mrmc import estimate_modality
from trainer.measure.readings import Readings
from trainer.measure.realism import (
    assess_equivalence,
    estimate_reader,
    estimate_readers,
)
from trainer.measure.roc import estimate_area

STEPS = [0, 20, 40, 60, 80, 100]
ratings = st.lists(st.sampled_from(STEPS), min_size=10, max_size=30)


def rate(
    rng: np.random.Generator, readers: int, images: int, *, shift: float
) -> tuple[np.ndarray, np.ndarray]:
    """Six-step ratings of readers who share what an image looks like to all of them."""

    def steps(mean: float) -> np.ndarray:
        seen = rng.standard_normal((1, images)) + rng.standard_normal((readers, images))
        return np.array(STEPS)[np.digitize(mean + seen, [-2, -1, 0, 1, 2])]

    return steps(shift), steps(-shift)


def test_two_one_sided_tests_as_published() -> None:
    # Lakens, Improving Your Statistical Inferences, chapter on equivalence testing: means 4.55 and
    # 4.87 (deviations 1.05 and 1.11, 15 each), bounds -5 and 0.5 standard deviations. TOSTER
    # prints estimate, error, freedom, both tests and the interval of 90 %.
    spread = np.sqrt((1.05**2 + 1.11**2) / 2)
    low, high = -5 * spread, 0.5 * spread
    assert (low, high) == (pytest.approx(-5.402, abs=5e-4), pytest.approx(0.540, abs=5e-4))
    found = assess_equivalence(-0.32, 0.3945124, freedom=27.91398, low=low, high=high)
    assert found.p == pytest.approx(1.890746e-02, abs=5e-7)
    assert found.low == pytest.approx(-0.9911879, abs=1e-6)
    assert found.high == pytest.approx(0.3511879, abs=1e-6)


def test_the_other_side_as_published() -> None:
    # TOSTER's example of Moery and Calin-Jageman (2016), study 2, equal variances: t(182) = -2.69,
    # p = .004 against 0.43 deviations.
    pooled = np.sqrt((94 * 0.95**2 + 88 * 0.83**2) / 182)
    error = pooled * np.sqrt(1 / 95 + 1 / 89)
    bound = 0.43 * pooled
    found = assess_equivalence(5.25 - 5.22, error, freedom=182, low=-bound, high=bound)
    assert (0.03 - bound) / error == pytest.approx(-2.69, abs=5e-3)
    assert found.p == pytest.approx(0.004, abs=5e-4)
    mirrored = assess_equivalence(5.22 - 5.25, error, freedom=182, low=-bound, high=bound)
    assert mirrored.p == pytest.approx(found.p)


def test_one_reader_has_delongs_area_and_the_share_of_both_kinds() -> None:
    # Hanley and McNeil, Radiology 143:29 (1982), table I, steps 1-5 put on the scale: area .8932;
    # 11 + 33 of the 51 and 33 + 6 of the 58 lie on the right side where step 3 is "real".
    scale = np.array([0, 20, 60, 80, 100])
    real = np.repeat(scale, [3, 2, 2, 11, 33])
    synthetic = np.repeat(scale, [33, 6, 6, 11, 2])
    found = estimate_reader(real, synthetic)
    known = estimate_area(real, synthetic)
    assert found.area == pytest.approx(0.8932, abs=5e-5)
    assert (found.area_low, found.area_high) == (
        pytest.approx(known.low),
        pytest.approx(known.high),
    )
    assert found.correct == pytest.approx((46 / 51 + 39 / 58) / 2)
    # Wilson gives .7902 to .9574 and .5442 to .7792; their distances, squared, added and halved.
    assert found.correct_low == pytest.approx(0.7022, abs=1e-4)
    assert found.correct_high == pytest.approx(0.8473, abs=1e-4)
    assert found.verdict == "told_apart"


def test_whoever_is_always_right_is_not_claimed_to_be_perfect() -> None:
    found = estimate_reader([100] * 12, [0] * 12)
    assert (found.area, found.correct) == (1, 1)
    assert found.area_low is not None and 0.7 < found.area_low < 0.75
    assert found.verdict == "told_apart"
    assert found.equivalence is not None and found.equivalence.p is None


def test_too_few_images_or_readers_give_no_figure() -> None:
    assert not estimate_reader([100] * 9, [0] * 20).enough
    rng = np.random.default_rng(1)
    assert not estimate_readers(*rate(rng, 2, 20, shift=0)).enough
    found = estimate_readers(*rate(rng, 3, 20, shift=0))
    assert found.enough and (found.readers, found.real, found.synthetic) == (3, 20, 20)


@pytest.mark.parametrize("wrong", [[50] * 12, [101] * 12, [-1] * 12, [float("nan")] * 12])
def test_a_rating_takes_a_side_on_the_scale(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="rating"):
        estimate_reader(wrong, [0] * 12)


def test_readers_and_images_count_as_drawn() -> None:
    """The interval is that of the analysis of a single modality, wider than of these readers."""
    real, synthetic = rate(np.random.default_rng(4), 5, 30, shift=0.3)
    found = estimate_readers(real, synthetic)
    kernel = (np.sign(real[:, :, None] - synthetic[:, None, :]) + 1.0) / 2
    readings = Readings.from_kernel(kernel[None], by="delong")
    random, fixed = estimate_modality(readings), estimate_modality(readings, generalise="cases")
    assert found.area == pytest.approx(random.value)
    assert (found.area_low, found.area_high) == (
        pytest.approx(random.low),
        pytest.approx(random.high),
    )
    assert random.high - random.low > fixed.high - fixed.low
    own = [estimate_reader(r, s).area for r, s in zip(real, synthetic, strict=True)]
    assert found.area == pytest.approx(np.mean(own))


@given(real=ratings, synthetic=ratings)
def test_swapping_real_and_synthetic_mirrors_the_area(
    real: list[int], synthetic: list[int]
) -> None:
    found = estimate_reader(real, synthetic)
    swapped = estimate_reader(synthetic, real)
    assert found.area is not None and swapped.area == pytest.approx(1 - found.area)
    assert swapped.verdict == found.verdict
    assert swapped.correct == pytest.approx(1 - (found.correct or 0))


@given(real=ratings, synthetic=ratings, margin=st.floats(0.01, 0.48))
def test_a_wider_margin_takes_no_equivalence_away(
    real: list[int], synthetic: list[int], margin: float
) -> None:
    near = estimate_reader(real, synthetic, margin=margin)
    assume(near.verdict == "equivalent")
    assert estimate_reader(real, synthetic, margin=margin + 0.01).verdict == "equivalent"


@given(
    value=st.floats(0.3, 0.7),
    error=st.floats(0.005, 0.2),
    freedom=st.floats(2, 200),
    margin=st.floats(0.02, 0.3),
)
def test_the_tests_agree_with_the_interval(
    value: float, error: float, freedom: float, margin: float
) -> None:
    low, high = 0.5 - margin, 0.5 + margin
    found = assess_equivalence(value, error, freedom=freedom, low=low, high=high)
    assume(found.p is not None and abs(found.p - 0.05) > 1e-9)
    assert (found.p < 0.05) == (found.low > low and found.high < high)


def test_images_that_differ_by_the_margin_are_seldom_called_equivalent() -> None:
    """At an area of .6, the bound, "equivalent" is an error of at most 5 %, and chance passes."""
    rng = np.random.default_rng(8)
    # Ratings of normal spread have the area Phi(d / sqrt 2): d = .3583 gives .6.
    called = {"bound": 0, "chance": 0}
    for name, shift in (("bound", 0.3583), ("chance", 0.0)):
        for _ in range(300):
            apart = np.array([[shift], [0]])
            seen = np.clip(50 + 12 * (rng.standard_normal((2, 150)) + apart), 0, 100)
            called[name] += estimate_reader(seen[0], seen[1]).verdict == "equivalent"
    assert called["bound"] <= 0.08 * 300
    assert called["chance"] >= 0.8 * 300
