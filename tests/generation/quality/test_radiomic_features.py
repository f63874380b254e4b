"""Radiomic features against values that pyradiomics 3.0.1 gave for the same small image."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from generation.quality.radiomic_features.cooccurrence import measure_cooccurrence
from generation.quality.radiomic_features.first_order import measure_first_order
from generation.quality.radiomic_features.sizes import measure_runs, measure_zones
from generation.quality.radiomic_features.tone_difference import measure_tone_difference
from generation.quality.radiomic_features.wavelet import HIGH, LOW, split_bands

Y, X = np.indices((24, 20))
LEVELS = ((7 * X * X + 5 * X * Y + 3 * Y * Y + X) % 11 // 2 + 1).astype(np.int64)

PYRADIOMICS: dict[Any, dict[str, float]] = {
    measure_cooccurrence: {
        "Autocorrelation": 11.816814454614798,
        "ClusterProminence": 67.10307868379233,
        "ClusterShade": -0.6469383340606354,
        "ClusterTendency": 5.360436958918143,
        "Contrast": 5.373155034324943,
        "Correlation": -0.0013898123036201887,
        "DifferenceAverage": 1.8745757055682686,
        "DifferenceEntropy": 2.3602011531474725,
        "DifferenceVariance": 1.8342087752862448,
        "Id": 0.45416213768115943,
        "Idm": 0.3771324500139785,
        "Idmn": 0.8877969345293594,
        "Idn": 0.7842213075508269,
        "Imc1": -0.07306996001484341,
        "Imc2": 0.5552882974972685,
        "InverseVariance": 0.3765518740994999,
        "JointAverage": 3.437969584286804,
        "JointEnergy": 0.036639664074695655,
        "JointEntropy": 4.890665708935822,
        "MaximumProbability": 0.06299580472921434,
        "SumEntropy": 3.128875190739971,
        "SumSquares": 2.683397998310771,
    },
    measure_runs: {
        "GrayLevelNonUniformity": 71.69301202736025,
        "GrayLevelNonUniformityNormalized": 0.17539512159838627,
        "GrayLevelVariance": 2.7226114427303614,
        "HighGrayLevelRunEmphasis": 14.58868841924443,
        "LongRunEmphasis": 1.573219552038232,
        "LongRunHighGrayLevelEmphasis": 22.12617049769347,
        "LongRunLowGrayLevelEmphasis": 0.41298070570659384,
        "LowGrayLevelRunEmphasis": 0.26113706057758274,
        "RunEntropy": 3.089773703324751,
        "RunLengthNonUniformity": 301.3165096935967,
        "RunLengthNonUniformityNormalized": 0.7363613839791523,
        "RunPercentage": 0.8515625,
        "RunVariance": 0.19229136299470645,
        "ShortRunEmphasis": 0.8799277424311016,
        "ShortRunHighGrayLevelEmphasis": 13.16195847816691,
        "ShortRunLowGrayLevelEmphasis": 0.22441339246916073,
    },
    measure_zones: {
        "GrayLevelNonUniformity": 41.83064516129032,
        "GrayLevelNonUniformityNormalized": 0.1686719562955255,
        "GrayLevelVariance": 2.998683012486993,
        "HighGrayLevelZoneEmphasis": 15.504032258064516,
        "LargeAreaEmphasis": 6.362903225806452,
        "LargeAreaHighGrayLevelEmphasis": 84.18951612903226,
        "LargeAreaLowGrayLevelEmphasis": 1.9495374103942653,
        "LowGrayLevelZoneEmphasis": 0.24877352150537635,
        "SizeZoneNonUniformity": 105.5725806451613,
        "SizeZoneNonUniformityNormalized": 0.425695889698231,
        "SmallAreaEmphasis": 0.6766015653573259,
        "SmallAreaHighGrayLevelEmphasis": 11.124156517445687,
        "SmallAreaLowGrayLevelEmphasis": 0.17132875110991228,
        "ZoneEntropy": 3.939327882187989,
        "ZonePercentage": 0.5166666666666667,
        "ZoneVariance": 2.616805411030177,
    },
    measure_tone_difference: {
        "Busyness": 10.494019349164468,
        "Coarseness": 0.008620493547201393,
        "Complexity": 18.55238693230292,
        "Contrast": 0.25372355215567133,
        "Strength": 0.09728276663760536,
    },
}
FIRST_ORDER = {
    "10Percentile": 0.0,
    "90Percentile": 5.0,
    "Energy": 43898263.0,
    "Entropy": 2.535488132159994,
    "InterquartileRange": 3.0,
    "Kurtosis": 1.8537724342053679,
    "Maximum": 5.0,
    "MeanAbsoluteDeviation": 1.4040104166666665,
    "Median": 2.0,
    "Minimum": 0.0,
    "Range": 5.0,
    "RobustMeanAbsoluteDeviation": 1.4040104166666665,
    "RootMeanSquared": 302.4148054962477,
    "Skewness": -0.0669477300835319,
    "Uniformity": 0.1773871527777778,
    "Variance": 2.6544748263888893,
}


@pytest.mark.parametrize("family", PYRADIOMICS, ids=lambda family: family.__name__)
def test_a_family_is_pyradiomics_own(family: Any) -> None:
    assert family(LEVELS) == pytest.approx(PYRADIOMICS[family], rel=1e-9)


def test_first_order_is_pyradiomics_own() -> None:
    found = measure_first_order((LEVELS - 1).astype(float), LEVELS)
    assert found == pytest.approx(FIRST_ORDER, rel=1e-9)


def test_stripes_are_long_runs_along_and_single_pixels_across() -> None:
    stripes = np.tile(np.array([[1], [2]]), (8, 16))
    # Along: 16 runs of 16. Across and both diagonals: 256 of one pixel.
    assert measure_runs(stripes)["LongRunEmphasis"] == pytest.approx((256 + 3) / 4)
    assert measure_zones(stripes)["LargeAreaEmphasis"] == 256


def test_a_zone_reaches_round_corners() -> None:
    # The diagonal is one zone, and the two triangles beside it meet across it.
    assert measure_zones(np.eye(6, dtype=np.int64) + 1)["ZonePercentage"] == pytest.approx(2 / 36)


@given(arrays(np.int64, (9, 7), elements=st.integers(1, 9)))
def test_every_feature_of_any_levels_is_a_number(levels: np.ndarray) -> None:
    for family in PYRADIOMICS:
        assert np.isfinite(list(family(levels).values())).all()


def test_a_flat_image_has_features_too() -> None:
    flat = np.ones((12, 12), np.int64)
    for family in PYRADIOMICS:
        assert np.isfinite(list(family(flat).values())).all()
    assert np.isfinite(list(measure_first_order(flat * 0.0, flat).values())).all()


def test_bands_hold_all_energy_and_only_their_own_direction() -> None:
    assert LOW @ LOW == pytest.approx(1)
    assert HIGH @ LOW == pytest.approx(0, abs=1e-12)
    image = np.random.default_rng(0).standard_normal((32, 32))
    bands = split_bands(image, edge_px=0)
    assert sum((band**2).sum() for band in bands.values()) == pytest.approx(4 * (image**2).sum())
    columns = split_bands(np.tile(np.array([1.0, -1.0]), (32, 16)))
    assert np.abs(columns["HL"]).max() > 1
    assert max(np.abs(columns[name]).max() for name in ("LL", "LH", "HH")) < 1e-9


def test_what_the_wrapped_edge_reaches_is_cut_off() -> None:
    ramp = np.tile(np.arange(64.0), (64, 1))
    assert np.abs(split_bands(ramp)["HL"]).max() < 1e-9
    assert np.abs(split_bands(ramp, edge_px=0)["HL"]).max() > 10
