"""One case, start to end: spec + weights -> four views, truth, provenance. Read this file first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from generation.aiming import aim
from generation.clock import Progress, StageClock
from generation.description import describe_case, describe_findings, describe_origin
from generation.difficulty import Hardness, case_hardness
from generation.exams import Exam
from generation.networks.generator import Generator
from generation.networks.weights import DEFAULT_WEIGHTS, WeightsError, load_generator
from generation.physics.look import build_grey_table
from generation.placement import PlacedView, RenderedView
from generation.quality.lesion_likeness import find_lesion_likeness
from generation.spec import CaseSpec
from generation.transformations import take_prior
from generation.truth import FindingTruth
from generation.vocabulary import SIDES

__all__ = ["DEFAULT_WEIGHTS", "RenderedView", "SynthesisedCase", "WeightsError", "synthesise"]


@dataclass(frozen=True)
class SynthesisedCase:
    """Four views by key ("left_cc", ...), the truth, where it all came from, seconds by stage.

    `prior` holds the four views of the exam before and `prior_findings` what they show; None and
    empty where the case has no prior.
    """

    views: dict[str, RenderedView]
    findings: tuple[FindingTruth, ...]
    prior: dict[str, RenderedView] | None
    prior_findings: tuple[FindingTruth, ...]
    truth: dict[str, Any]
    provenance: dict[str, Any]
    seconds: dict[str, float]


def synthesise(
    spec: CaseSpec,
    *,
    weights: Path | None = None,
    device: str = "cpu",
    progress: Progress | None = None,
) -> SynthesisedCase:
    """Make one case.

    Args:
        spec: what to make.
        weights: safetensors file with its JSON beside it; the shipped weights by default.
        device: "cpu" or "cuda".
        progress: called with a stage's name and the share of the case done, 0-1.

    Raises:
        SpecError: if the spec is not valid.
        WeightsError: if the weights cannot be used.
        ValueError: if the device is not there.
    """
    spec.validate()
    if device not in ("cpu", "cuda") or (device == "cuda" and not torch.cuda.is_available()):
        raise ValueError(f"device {device!r} is not available; use cpu, or cuda where a GPU is")
    clock = StageClock(progress or (lambda stage, share: None))
    with clock.stage("load"):
        trained = load_generator(weights or DEFAULT_WEIGHTS, device)
    asked = spec
    spec, exam = _settle(asked, trained.network, device, clock)
    placed = exam.place(spec, share=0.9 if spec.prior is None else 0.45)
    with clock.stage("truth"):
        findings = describe_findings(spec, placed)
        likeness = find_lesion_likeness(placed)
    prior, prior_findings = None, None
    if spec.prior is not None:
        before = take_prior(spec)
        shown = Exam(before, trained.network, device=device, clock=clock).place(before, share=0.45)
        with clock.stage("truth"):
            prior_findings = describe_findings(before, shown)
        prior = {key: view.render() for key, view in shown.items()}
    return SynthesisedCase(
        views={key: view.render() for key, view in placed.items()},
        findings=findings,
        prior=prior,
        prior_findings=prior_findings or (),
        truth=describe_case(
            spec,
            findings,
            prior_findings,
            density_fraction={side: exam.measure_fraction(side) for side in SIDES},
            likeness=likeness,
        ),
        provenance=describe_origin(
            spec,
            tier_asked=asked.tier,
            weights_sha256=trained.sha256,
            device=device,
            table=build_grey_table(spec.look, spec.thickness_mm),
        ),
        seconds=clock.seconds,
    )


def place_breast(
    spec: CaseSpec, side: str, network: Generator, *, device: str, clock: StageClock
) -> tuple[dict[str, PlacedView], float]:
    """Both views of one breast by key, with its findings, and its volumetric fraction of gland."""
    exam = Exam(spec, network, device=device, clock=clock)
    return exam.place_breast(spec, side), exam.measure_fraction(side)


def _settle(
    spec: CaseSpec, network: Generator, device: str, clock: StageClock
) -> tuple[CaseSpec, Exam]:
    """The spec that is made, which meets the tier asked for, and its exam as far as it is drawn."""
    exams: dict[int, Exam] = {}

    def open_exam(candidate: CaseSpec) -> Exam:
        if candidate.seed not in exams:
            exams.clear()
            exams[candidate.seed] = Exam(candidate, network, device=device, clock=clock)
        return exams[candidate.seed]

    if spec.tier is not None:
        spec = aim(spec, lambda each: _measure_hardness(each, open_exam(each), clock))
    return spec, open_exam(spec)


def _measure_hardness(spec: CaseSpec, exam: Exam, clock: StageClock) -> Hardness:
    """Hardness of a case from no more of its breasts than decide it."""
    sides = sorted({lesion.side for lesion in spec.lesions if lesion.actionable})
    placed = {
        key: view for side in sides or SIDES for key, view in exam.place_breast(spec, side).items()
    }
    with clock.stage("truth"):
        findings = describe_findings(spec, placed)
        likeness = None if sides else find_lesion_likeness(placed)
    return case_hardness(spec.density, findings, likeness)
