"""The report on made-up breasts: honest images pass, copies do not, and it knows when it fails."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from generation.auditing import comparison, leak_comparison
from generation.auditing.audit import Findings
from generation.auditing.control import KINDS, plant
from generation.auditing.leak import Agreement
from generation.auditing.neighbours import Neighbours, TrainingSet
from generation.auditing.page import build_page
from generation.auditing.page.pairs import PicturedPair
from generation.auditing.plan import Plan
from generation.auditing.report import build_report
from generation.auditing.specimens import Specimen
from generation.commands.audit import _name_failure
from generation.networks.generator import Generator, GeneratorConfig
from generation.networks.weights import TrainedGenerator, save_weights
from tests.generation.auditing.tissue import make_breast

TRAINING, UNSEEN, DRAWN = range(5), range(100, 105), range(200, 204)


def extract(patches: np.ndarray) -> np.ndarray:
    """Features that see a copy and little else: the patch itself, coarsely."""
    small = patches.reshape(len(patches), 16, 16, 16, 16).mean(axis=(2, 4))
    return np.asarray(
        (small - small.mean(axis=(1, 2), keepdims=True)).reshape(len(patches), -1), np.float64
    )


@pytest.fixture(scope="module")
def known() -> TrainingSet:
    known = TrainingSet(extract)
    for seed in TRAINING:
        known.add(make_breast(seed))
    return known


def look(known: TrainingSet, specimens: Iterable[Specimen]) -> Neighbours:
    found = Neighbours()
    for specimen in specimens:
        known.look(specimen, found, patches=3, rng=np.random.default_rng(0))
    return found


def agreements(count: int, level: float, seed: int) -> list[Agreement]:
    rng = np.random.default_rng(seed)
    return [
        Agreement(
            f"{seed}/{n}",
            level + rng.normal(0, 0.02),
            (level,) * 4,
            level + rng.normal(0, 0.05, 9),
            1.0,
        )
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def honest(known: TrainingSet, tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Findings]:
    weights = tmp_path_factory.mktemp("weights") / "tiny.safetensors"
    torch.manual_seed(0)
    network = Generator(GeneratorConfig(widths=(8, 8), hidden=4, tail=4))
    save_weights(network, weights, record={"step": 7})
    drawn = [make_breast(seed, view="mlo" if seed % 2 else "cc") for seed in DRAWN]
    planted = [
        (copy, look(known, [copy.specimen]))
        for copy in plant(make_breast(2), drawn[0], rng=np.random.default_rng(1))
    ]
    findings = Findings(
        trained=TrainedGenerator(network, "a" * 64),
        features_sha256="f" * 64,
        unseen=look(known, map(make_breast, UNSEEN)),
        drawn=look(known, drawn),
        planted=planted,
        training_maps=agreements(12, 0.3, 1),
        held_out_maps=agreements(12, 0.3, 2),
        training_images=len(TRAINING),
        cases=1,
        seconds={"search": 1.0, "total": 1.0, "processor": 1.0},
    )
    return Plan(real=Path("real"), weights=weights, seed=1), findings


@pytest.fixture(autouse=True)
def few_resamplings(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (comparison, leak_comparison):
        monkeypatch.setattr(module, "RESAMPLINGS", 200)


def bars_of(report: dict[str, Any]) -> dict[tuple[str, str], bool | None]:
    return {(bar["id"], bar["set"]): bar["met"] for bar in report["bars"]}


def test_every_planted_copy_is_found_and_an_honest_generator_passes(
    honest: tuple[Plan, Findings],
) -> None:
    report = build_report(*honest)
    assert [each["kind"] for each in report["control"]] == list(KINDS)
    assert all(each["found"] for each in report["control"])
    summary = report["summary"]
    assert summary["control_found"] == summary["control_planted"] == 3
    assert summary["passed"], [bar for bar in report["bars"] if not bar["met"]]
    assert _name_failure(report) is None
    assert summary["weights_sha256"] == "a" * 64
    assert report["weights"]["steps"] == 7
    assert set(report["measures"]["patches"]["views"]) == {"cc", "mlo"}
    assert not any(isinstance(value, dict | list) for value in summary.values())


def test_a_generator_that_draws_a_training_image_fails(
    known: TrainingSet, honest: tuple[Plan, Findings]
) -> None:
    plan, findings = honest
    repeated = look(known, [make_breast(3), *map(make_breast, list(DRAWN)[1:])])
    report = build_report(plan, replace(findings, drawn=repeated))
    assert report["summary"]["copies"] >= 1
    assert not report["summary"]["passed"]
    failed = {key for key, met in bars_of(report).items() if met is False}
    assert {("nearest_lowest", "images"), ("nearest_lowest", "patches")} <= failed
    assert ("copied_patches", "patches") in failed
    nearest = report["measures"]["images"]["nearest"][0]
    assert nearest["training_image"] == "breast 3"
    assert "may be repeated" in str(_name_failure(report))


def test_a_network_that_gives_back_training_texture_on_training_maps_fails(
    honest: tuple[Plan, Findings],
) -> None:
    plan, findings = honest
    report = build_report(plan, replace(findings, training_maps=agreements(12, 0.45, 3)))
    assert bars_of(report)["own_texture", "maps"] is False
    assert not report["summary"]["passed"]


def test_an_audit_too_small_to_find_a_planted_leak_says_so(
    honest: tuple[Plan, Findings],
) -> None:
    plan, findings = honest
    few = replace(
        findings, training_maps=agreements(1, 0.3, 1), held_out_maps=agreements(1, 0.9, 2)
    )
    report = build_report(plan, few)
    assert bars_of(report)["smallest_leak", "maps"] is False
    assert "planted leak" in str(_name_failure(report))


def test_an_audit_that_misses_its_own_copy_says_that_it_proves_nothing(
    honest: tuple[Plan, Findings],
) -> None:
    plan, findings = honest
    blind = [(replace(copy, source="another"), found) for copy, found in findings.planted]
    report = build_report(plan, replace(findings, planted=blind))
    assert report["summary"]["control_found"] == 0
    assert bars_of(report)["planted_copies", "control"] is False
    assert "proves nothing" in str(_name_failure(report))
    assert "proves nothing" in build_page(report, [])
    unplanted = build_report(plan, replace(findings, planted=[]))
    assert not unplanted["summary"]["passed"]


def test_an_audit_without_features_is_not_passed(honest: tuple[Plan, Findings]) -> None:
    plan, findings = honest
    without = replace(
        findings,
        drawn=replace(findings.drawn, features=[]),
        unseen=replace(findings.unseen, features=[]),
        failures={"features": "features.json is missing"},
    )
    report = build_report(plan, without)
    assert report["measures"]["features"] is None
    assert report["failures"]["features"] == "features.json is missing"
    assert not report["summary"]["passed"]
    assert report["summary"]["bars_missed"] == 0
    assert "not everything could be measured" in str(_name_failure(report))
    assert "features.json is missing" in build_page(report, [])


def test_the_page_stands_alone_and_shows_no_real_picture_unasked(
    honest: tuple[Plan, Findings],
) -> None:
    report = build_report(*honest)
    page = build_page(report, [])
    assert (
        "<img" not in page
        and "<script" not in page
        and "http" not in page.replace("http-equiv", "")
    )
    for said in ("Passed.", "Planted copies", "Whole images", "a second look", "tiles of 25.6 mm"):
        assert said.lower() in page.lower()
    assert page.count("<svg role") == 6


def test_nearest_pairs_are_shown_where_asked_for_and_marked_private(
    honest: tuple[Plan, Findings],
) -> None:
    patch = np.zeros((256, 256), np.uint8)
    pair = PicturedPair(patch, patch, "case-0001/left_cc", "IM0001.jpg", 0.91, -0.02)
    page = build_page(build_report(*honest), [pair])
    assert page.count("<img") == 2
    assert "Holds real images: not to be passed on." in page
    assert "IM0001.jpg" in page and "ratio 0.91" in page
