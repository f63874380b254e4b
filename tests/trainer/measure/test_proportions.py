import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.measure.proportions import compute_wilson_interval, estimate_proportion


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    # Newcombe, Statistics in Medicine 17:857 (1998), table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_intervals(successes: int, n: int, low: float, high: float) -> None:
    assert compute_wilson_interval(successes, n) == pytest.approx((low, high), abs=5e-5)


@given(data=st.data(), n=st.integers(1, 400))
def test_interval_holds_the_share_and_mirrors(data: st.DataObject, n: int) -> None:
    successes = data.draw(st.integers(0, n))
    low, high = compute_wilson_interval(successes, n)
    assert 0 <= low <= successes / n <= high <= 1
    assert low < high
    mirrored = compute_wilson_interval(n - successes, n)
    assert mirrored == pytest.approx((1 - high, 1 - low))


@given(share=st.integers(1, 9), n=st.integers(1, 40))
def test_more_answers_narrow_the_interval(share: int, n: int) -> None:
    low, high = compute_wilson_interval(share * n, 10 * n)
    wider_low, wider_high = compute_wilson_interval(share, 10)
    assert high - low <= wider_high - wider_low + 1e-12


def test_too_few_answers_give_no_figure() -> None:
    few = estimate_proportion(9, 9, minimum_n=10)
    assert (few.value, few.low, few.high, few.n, few.enough) == (None, None, None, 9, False)
    assert estimate_proportion(0, 0).enough is False
    assert estimate_proportion(0, 0, minimum_n=0).enough is False
    enough = estimate_proportion(8, 10, minimum_n=10)
    assert enough.value == 0.8
    assert enough.enough is True


@pytest.mark.parametrize(("successes", "n"), [(-1, 5), (6, 5), (1, 0)])
def test_impossible_counts(successes: int, n: int) -> None:
    with pytest.raises(ValueError):
        estimate_proportion(successes, n)
    with pytest.raises(ValueError):
        compute_wilson_interval(successes, n)


def test_impossible_confidence() -> None:
    with pytest.raises(ValueError, match="confidence"):
        compute_wilson_interval(1, 2, confidence=1)
