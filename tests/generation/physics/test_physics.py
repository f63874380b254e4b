"""Attenuation, blur and look-up against published numbers and their own inverses."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.physics.attenuation import (
    ENERGIES_KEV,
    LINEAR_ATTENUATION,
    attenuation_per_cm,
    mixture_per_cm,
)
from generation.physics.blur import blur_and_sample, detector_mtf
from generation.physics.look import GREY_FLOOR, build_grey_table


def test_attenuation_is_tabled_and_falls_with_energy() -> None:
    for tissue, values in LINEAR_ATTENUATION.items():
        assert [attenuation_per_cm(tissue, kev) for kev in ENERGIES_KEV] == pytest.approx(values)
        between = [attenuation_per_cm(tissue, kev) for kev in np.linspace(16, 25, 30)]
        assert np.all(np.diff(between) < 0)
    with pytest.raises(ValueError, match="16-25"):
        attenuation_per_cm("adipose", 30.0)
    with pytest.raises(KeyError):
        attenuation_per_cm("bone")


def test_primary_contrast_of_a_mass_and_of_a_calcification() -> None:
    mass = attenuation_per_cm("glandular") * 1.06 / 1.035
    to_gland = 1 - np.exp(-(mass - attenuation_per_cm("glandular")) * 1.0)
    to_fat = 1 - np.exp(-(mass - attenuation_per_cm("adipose")) * 1.0)
    grain = 1 - np.exp(
        -(attenuation_per_cm("calcium_oxalate") - attenuation_per_cm("adipose")) * 0.03
    )
    assert to_gland == pytest.approx(0.018, abs=0.002)
    assert to_fat == pytest.approx(0.24, abs=0.01)
    assert grain == pytest.approx(0.21, abs=0.01)


def test_mixtures_run_from_fat_to_gland() -> None:
    ends = mixture_per_cm(np.array([0.0, 1.0], np.float32))
    assert ends == pytest.approx([0.513, 0.767])


def test_mtf_is_the_published_one_and_falls() -> None:
    assert detector_mtf(np.array([0.0, 2.0, 4.0, 5.0])) == pytest.approx(
        [1, 0.73, 0.42, 0.28], abs=0.03
    )
    assert np.all(np.diff(detector_mtf(np.linspace(0, 9, 200))) < 0)


def test_blur_keeps_the_total_and_leaves_no_dark_ring() -> None:
    fine = np.zeros((205, 205), np.float32)
    fine[102, 102] = 25.0
    spot = blur_and_sample(fine, pixel_mm=0.1, factor=5)
    assert spot.shape == (41, 41)
    assert spot.sum() == pytest.approx(1.0, abs=0.03)
    assert spot.argmax() == 20 * 41 + 20
    assert spot.min() > -0.01 * spot.max()
    # It falls away monotonically: no halo.
    assert np.all(np.diff(spot[20, 20:30]) <= 1e-4)


def test_blur_refuses_a_factor_without_a_middle() -> None:
    with pytest.raises(ValueError, match="odd"):
        blur_and_sample(np.zeros((8, 8), np.float32), pixel_mm=0.1, factor=2)
    with pytest.raises(ValueError, match="divide"):
        blur_and_sample(np.zeros((8, 8), np.float32), pixel_mm=0.1, factor=3)


@given(
    thickness=st.floats(20, 100),
    grey=st.floats(GREY_FLOOR, 1 - GREY_FLOOR),
)
def test_grey_and_log_exposure_are_each_others_inverse(thickness: float, grey: float) -> None:
    table = build_grey_table("standard", thickness)
    values = np.array([grey], np.float32)
    assert table.to_grey(table.to_log_exposure(values)) == pytest.approx(values, abs=1e-5)


@given(thickness=st.floats(20, 100), level=st.integers(0, 4095))
def test_every_stored_level_survives_the_table(thickness: float, level: int) -> None:
    table = build_grey_table("standard", thickness)
    back = table.to_grey(table.to_log_exposure(np.array([level / 4095])))
    assert round(float(back[0]) * 4095) == level


def test_more_attenuation_is_always_brighter() -> None:
    table = build_grey_table("standard", 50.0)
    log = np.linspace(
        table.to_log_exposure(np.array([0.05]))[0], table.to_log_exposure(np.array([0.95]))[0], 500
    )
    assert np.all(np.diff(table.to_grey(log)) > 0)


def test_fat_and_dense_tissue_sit_at_the_looks_anchors() -> None:
    for thickness in (35.0, 60.0):
        table = build_grey_table("standard", thickness)
        fraction = table.glandular_fraction(np.array([0.05, 0.20, 0.62, 0.999]))
        assert fraction == pytest.approx([0.0, 0.0, 0.20, fraction[3]], abs=1e-3)
        assert 0.2 < fraction[3] <= 1.0


def test_table_is_kept_as_json() -> None:
    data = json.loads(json.dumps(build_grey_table("standard", 50.0).to_json()))
    grey = 1 / (1 + np.exp(-(data["slope"] * np.array(data["log_exposure"]) + data["offset"])))
    assert grey == pytest.approx(data["grey"], abs=1e-3)


def test_a_look_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        build_grey_table("sepia", 50.0)
    with pytest.raises(ValueError, match="positive"):
        build_grey_table("standard", 0.0)
