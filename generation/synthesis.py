"""One case, start to end: spec + weights -> four views, truth, provenance. Read this file first."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from generation import seeds
from generation.anatomy.geometry import VIEW_KEYS
from generation.anatomy.views import ViewAnatomy, make_breast
from generation.description import describe_case, describe_findings, describe_origin
from generation.lesions import render_finding
from generation.lesions.effects import build_scenes
from generation.networks.drawing import draw_background
from generation.networks.generator import Generator
from generation.networks.weights import DEFAULT_WEIGHTS, WeightsError, load_generator
from generation.physics.look import build_grey_table
from generation.placement import PlacedView, RenderedView, place_findings
from generation.quality.lesion_likeness import find_lesion_likeness
from generation.spec import CaseSpec
from generation.transformations import take_prior
from generation.truth import FindingTruth

__all__ = ["DEFAULT_WEIGHTS", "RenderedView", "SynthesisedCase", "WeightsError", "synthesise"]

Progress = Callable[[str, float], None]


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
    placed, density_fraction = _place_exam(spec, trained.network, device, clock)
    with clock.stage("truth"):
        findings = describe_findings(spec, placed)
        likeness = find_lesion_likeness(placed)
    prior, prior_findings = None, None
    if spec.prior is not None:
        before = take_prior(spec)
        shown, _ = _place_exam(before, trained.network, device, clock)
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
            density_fraction=density_fraction,
            likeness=likeness,
        ),
        provenance=describe_origin(
            spec,
            weights_sha256=trained.sha256,
            device=device,
            table=build_grey_table(spec.look, spec.thickness_mm),
        ),
        seconds=clock.seconds,
    )


def _place_exam(
    spec: CaseSpec, network: Generator, device: str, clock: StageClock
) -> tuple[dict[str, PlacedView], dict[str, float]]:
    """The four views of one exam with their findings, and each side's fraction of gland."""
    placed: dict[str, PlacedView] = {}
    fraction: dict[str, float] = {}
    exams = 1 if spec.prior is None else 2
    for side in ("left", "right"):
        views, fraction[side] = place_breast(spec, side, network, device=device, clock=clock)
        placed |= views
        clock.advance(0.9 * len(placed) / len(VIEW_KEYS) / exams)
    return placed, fraction


def place_breast(
    spec: CaseSpec, side: str, network: Generator, *, device: str, clock: StageClock
) -> tuple[dict[str, PlacedView], float]:
    """Both views of one breast by key, with its findings, and its volumetric fraction of gland."""
    with clock.stage("anatomy"):
        breast = make_breast(spec, side)
        scenes = build_scenes(spec, side, breast)
    with clock.stage("lesions"):
        effects = [
            (lesion, render_finding(lesion, scenes=scenes, seed=spec.seed))
            for lesion in spec.lesions
            if lesion.side == side
        ]
    placed: dict[str, PlacedView] = {}
    for view, scene in scenes.items():
        shown = [(lesion, own[view]) for lesion, own in effects if view in own]
        draw = _BackgroundDrawing(network, device, _noise_seed(spec, side, view), clock)
        with clock.stage("composition"):
            placed[f"{side}_{view}"] = place_findings(scene, shown, draw_background=draw)
    return placed, breast.tissue.volumetric_fraction


@dataclass(frozen=True)
class _BackgroundDrawing:
    """The network as `place_findings` asks for it; its time is booked as the network's."""

    network: Generator
    device: str
    seed: int
    clock: StageClock

    def __call__(self, anatomy: ViewAnatomy, area: NDArray[np.bool_] | None) -> NDArray[np.float32]:
        with self.clock.stage("network"):
            return draw_background(
                self.network, anatomy.condition, seed=self.seed, device=self.device, area=area
            )


def _noise_seed(spec: CaseSpec, side: str, view: str) -> int:
    return int(seeds.seed_sequence(spec.seed, "noise", side=side, view=view).generate_state(1)[0])


@dataclass
class StageClock:
    """Adds up seconds by stage and reports progress."""

    report: Progress
    seconds: dict[str, float] = field(default_factory=dict)
    share: float = 0.0

    running: list[str] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Book the time inside to `name`; what a stage within takes is booked to that alone."""
        self.report(name, self.share)
        started = time.perf_counter()
        self.running.append(name)
        yield
        self.running.pop()
        spent = time.perf_counter() - started
        self.seconds[name] = self.seconds.get(name, 0.0) + spent
        if self.running:
            outer = self.running[-1]
            self.seconds[outer] = self.seconds.get(outer, 0.0) - spent

    def advance(self, share: float) -> None:
        self.share = share
