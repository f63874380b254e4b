import json

import numpy as np
import pytest

from generation.truth import FindingTruth, FindingViewTruth, clock_hour, nipple_distance_mm


@pytest.mark.parametrize(
    ("side", "lateral", "superior", "hour"),
    [
        ("left", 10, 0, 3),
        ("right", 10, 0, 9),
        ("left", -10, 0, 9),
        ("left", 0, 10, 12),
        ("right", 0, -10, 6),
        ("left", 10, 10, 2),
        ("right", 10, 10.1, 11),
        ("left", 0, 0, 12),
    ],
)
def test_clock_face_is_seen_facing_the_woman(
    side: str, lateral: float, superior: float, hour: int
) -> None:
    assert clock_hour(side, lateral, superior) == hour


def test_distance_from_the_nipple() -> None:
    assert nipple_distance_mm(3.0, 4.0, 12.0) == pytest.approx(13.0)


def test_json_holds_everything_but_arrays() -> None:
    mask = np.ones((4, 4), bool)
    view = FindingViewTruth(
        mask=mask,
        support=mask,
        centre_px=(1.5, 2.0),
        long_axis_mm=np.float32(7.0),
        visible=np.bool_(True),
        dprime=np.float64(3.25),
    )
    truth = FindingTruth(
        id="f1",
        kind="mass",
        reads_as="mass",
        actionable=True,
        side="left",
        descriptors={"shape": "oval"},
        assessment="4A",
        pathology="benign",
        malignancy=0.02,
        centre_mm=(1.0, 2.0, 3.0),
        extent_mm=(7.0, 6.0, 5.0),
        clock=3,
        distance_from_nipple_mm=3.7,
        teaching="Text.",
        views={"left_cc": view},
    )
    data = json.loads(json.dumps(truth.to_json()))
    assert data["views"]["left_cc"] == {
        "centre_px": [1.5, 2.0],
        "long_axis_mm": 7.0,
        "visible": True,
        "dprime": 3.25,
    }
    assert data["centre_mm"] == [1.0, 2.0, 3.0]


def test_what_was_not_measured_is_null_in_json() -> None:
    mask = np.ones((4, 4), bool)
    view = FindingViewTruth(
        mask=mask, support=mask, centre_px=(1.5, 2.0), long_axis_mm=7.0, visible=True, dprime=None
    )
    assert view.to_json()["dprime"] is None
