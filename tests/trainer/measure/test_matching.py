import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.measure.matching import find_centre, match_marks, measure_distance_mm

PIXEL_MM = 0.1


def draw_square(*, top: int = 100, left: int = 120, size: int = 21) -> np.ndarray:
    mask = np.zeros((300, 320), dtype=bool)
    mask[top : top + size, left : left + size] = True
    return mask


@pytest.mark.parametrize(
    ("x", "y", "expected_mm"),
    [
        (130, 110, 0.0),
        (120, 100, 0.0),
        (140.4, 120.4, 0.0),  # rounds to the last pixel inside
        (110, 110, 1.0),
        (70, 110, 5.0),  # exactly at the tolerance
        (69, 110, np.inf),
        (90, 60, 5.0),  # 3-4-5: 30 pixels left of the corner, 40 above
        (90, 59, np.inf),
        (500, 110, np.inf),  # outside the image
        (-45, -40, np.inf),
    ],
)
def test_distance_from_a_square(x: float, y: float, expected_mm: float) -> None:
    assert measure_distance_mm(draw_square(), x, y, pixel_mm=PIXEL_MM) == pytest.approx(expected_mm)


@given(
    x=st.floats(-60, 380, allow_nan=False),
    y=st.floats(-60, 360, allow_nan=False),
    seed=st.integers(0, 50),
)
def test_distance_equals_the_search_of_the_whole_mask(x: float, y: float, seed: int) -> None:
    mask = np.random.default_rng(seed).random((300, 320)) < 0.0004
    rows, columns = np.nonzero(mask)
    whole = float(np.hypot(rows - y, columns - x).min()) * PIXEL_MM
    measured = measure_distance_mm(mask, x, y, pixel_mm=PIXEL_MM)
    if whole > 5.0 + 1e-9:
        assert measured == np.inf
    else:
        # On a mask pixel the distance is 0 rather than that to the pixel's centre.
        assert measured == pytest.approx(whole) or (measured == 0 and whole <= 0.0708)


def test_centre_of_a_square() -> None:
    assert find_centre(draw_square()) == (130.0, 110.0)
    with pytest.raises(ValueError, match="empty"):
        find_centre(np.zeros((4, 4), dtype=bool))


def test_nearest_mark_takes_the_finding() -> None:
    distances = np.array([[2.0, np.inf], [0.0, 4.0], [0.0, np.inf]])
    centres = np.array([[9.0, 30.0], [3.0, 20.0], [1.0, 30.0]])
    # Marks 1 and 2 lie inside finding 0; mark 2 is nearer its centre, mark 1 goes to finding 1.
    assert match_marks(distances, centres, tolerance_mm=5).tolist() == [-1, 1, 0]


def test_no_marks_or_no_findings() -> None:
    assert match_marks(np.empty((0, 2)), np.empty((0, 2)), tolerance_mm=5).tolist() == []
    assert match_marks(np.empty((2, 0)), np.empty((2, 0)), tolerance_mm=5).tolist() == [-1, -1]


def test_bad_arguments() -> None:
    table = np.zeros((1, 1))
    with pytest.raises(ValueError, match="tolerance"):
        match_marks(table, table, tolerance_mm=0)
    with pytest.raises(ValueError, match="shape"):
        match_marks(table, np.zeros((2, 1)), tolerance_mm=5)
    with pytest.raises(ValueError, match="positive"):
        measure_distance_mm(draw_square(), 1, 1, pixel_mm=0)


distance_tables = st.integers(0, 6).flatmap(
    lambda marks: st.integers(0, 4).flatmap(
        lambda findings: st.lists(
            st.lists(st.floats(0, 9), min_size=findings, max_size=findings),
            min_size=marks,
            max_size=marks,
        ).map(lambda rows: np.array(rows, dtype=float).reshape(marks, findings))
    )
)


@given(distances=distance_tables)
def test_every_match_is_within_reach_and_single(distances: np.ndarray) -> None:
    matched = match_marks(distances, distances, tolerance_mm=5)
    taken = [finding for finding in matched if finding >= 0]
    assert len(taken) == len(set(taken))
    for mark, finding in enumerate(matched):
        within = {f for f in range(distances.shape[1]) if distances[mark, f] <= 5}
        if finding >= 0:
            assert finding in within
        else:
            # A mark is left over only when every finding within its reach is taken.
            assert within <= set(taken)
