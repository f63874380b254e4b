"""The report keeps its schema, finds fields that are too smooth, survives a broken measure."""

import json
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import generation.evaluation as package
from generation.evaluation import described, report
from generation.evaluation.measures import MEASURES
from tests.generation.evaluation.conftest import Made, stand_in

SETS = ("network", "cases_cc", "cases_mlo")


@pytest.fixture
def body(made: Made) -> dict[str, Any]:
    return made.done.report


def documented_fields() -> set[str]:
    """Names of the schema's upper level, from the docstring."""
    described_part = str(package.__doc__).split("Sets:")[0]
    return set(re.findall(r"^    (\w+)  ", described_part, re.MULTILINE))


def documented_summary() -> set[str]:
    """Keys of the flat block, from the docstring."""
    by_set, once = str(package.__doc__).split("`summary` holds")[1].split("and, once:")
    suffixes = set(re.findall(r"\bS_(\w+)", by_set))
    names = set(re.findall(r"\b[a-z]\w+\b", once.replace("(median)", "")))
    return {f"{name}_{key}" for name in SETS for key in suffixes} | names


def test_schema_is_as_documented(body: dict[str, Any]) -> None:
    assert set(body) == documented_fields()
    assert set(body["summary"]) == documented_summary()
    assert body["failures"] == {}
    assert json.loads(json.dumps(body, allow_nan=False)) == body


def test_fields_that_are_too_smooth_are_found_out(body: dict[str, Any]) -> None:
    summary = body["summary"]
    assert summary["network_exponent"] > summary["real_exponent"] + 0.2
    assert summary["network_bands_off_sd"] > 2
    assert summary["network_c2st_auc"] > 0.9
    assert summary["network_frd_ratio"] > 3
    assert summary["floor_precision"] > summary["network_precision"]
    bars = {(bar["id"], bar["set"]): bar for bar in body["bars"]}
    assert bars["c2st_auc", "network"]["met"] is False
    assert bars["bands_off_sd", "cases_cc"]["met"] is False
    assert bars["coarse_correlation", "conditions"]["met"] is True
    assert bars["density_recovered", "conditions"]["measured"] == 0.5
    assert summary["bars_missed"] == sum(bar["met"] is False for bar in body["bars"])


def test_oblique_views_have_no_bar(body: dict[str, Any]) -> None:
    assert {bar["set"] for bar in body["bars"]} == {"network", "cases_cc", "conditions"}


def test_seeds_are_compared(body: dict[str, Any]) -> None:
    seeds = body["conditions"]["seeds"]
    assert seeds["same_bytes"] is True
    assert seeds["difference"] == pytest.approx(1, abs=0.1)


def test_subgroups_need_ten_real_images(body: dict[str, Any]) -> None:
    groups = {(each["by"], each["value"], each["set"]): each for each in body["subgroups"]}
    lesions = groups["lesions", "without", "network"]
    assert (lesions["real_images"], lesions["enough"], lesions["measures"]) == (8, False, {})
    assert groups["density", "A", "network"]["real_images"] == 0


def test_origin_is_told(made: Made) -> None:
    body = made.done.report
    assert body["weights"] == {"name": "generator", "sha256": "ab" * 32, "steps": 7}
    assert len(body["split"]["sha256"]) == 64
    assert (body["split"]["held_out"], body["split"]["train"]) == (30, 91)
    assert body["images"]["real"] == {"images": 12, "patches": 24, "left_out": {}}
    stages = [took for stage, took in body["seconds"].items() if stage != "total"]
    assert body["seconds"]["total"] >= sum(stages) - 0.01 > 0


def test_a_broken_measure_leaves_the_others(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch)

    def break_down(patches: object) -> None:
        raise MemoryError("not enough")

    monkeypatch.setattr(described, "extract_radiomics", break_down)
    few = tuple(set(MEASURES) - {"radiomics", "moments"})
    body = report.evaluate(replace(made.plan, skip=few), lambda doing: None).report
    assert body["failures"]["network/radiomics"] == "MemoryError: not enough"
    assert body["failures"]["real/radiomics"] == "MemoryError: not enough"
    assert body["summary"]["network_frd_ratio"] is None
    kept = made.done.report["summary"]["network_moments_off_sd"]
    assert body["summary"]["network_moments_off_sd"] == kept
    frd = next(bar for bar in body["bars"] if bar["id"] == "frd_ratio")
    assert (frd["measured"], frd["met"]) == (None, None)


def test_numbers_are_plain_json() -> None:
    cleaned = report.clean(
        {"a": np.float32(1 / 3), "b": [float("nan"), np.int64(4)], "c": (True, None, "x")}
    )
    assert cleaned == {"a": 0.333333, "b": [None, 4], "c": [True, None, "x"]}
