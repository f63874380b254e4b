"""One case, start to end: spec + weights -> four views, truth, provenance. Read this file first."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from generation import seeds
from generation.anatomy.geometry import VIEW_KEYS
from generation.anatomy.views import make_breast
from generation.description import describe_case, describe_findings, describe_origin
from generation.lesions import render_finding
from generation.networks.drawing import draw_background
from generation.networks.weights import DEFAULT_WEIGHTS, WeightsError, load_generator
from generation.physics.layers import Layer
from generation.physics.look import build_grey_table
from generation.placement import PlacedView, RenderedView, place_findings
from generation.spec import CaseSpec, LesionSpec
from generation.truth import FindingTruth

__all__ = ["DEFAULT_WEIGHTS", "RenderedView", "SynthesisedCase", "WeightsError", "synthesise"]

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class SynthesisedCase:
    """Four views by key ("left_cc", ...), the truth, where it all came from, seconds by stage."""

    views: dict[str, RenderedView]
    findings: tuple[FindingTruth, ...]
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
    table = build_grey_table(spec.look, spec.thickness_mm)
    placed: dict[str, PlacedView] = {}
    density_fraction: dict[str, float] = {}
    for side in ("left", "right"):
        lesions = tuple(lesion for lesion in spec.lesions if lesion.side == side)
        with clock.stage("anatomy"):
            anatomy = make_breast(spec, side)
        density_fraction[side] = anatomy.tissue.volumetric_fraction
        with clock.stage("lesions"):
            layers = {lesion.id: _render(lesion, spec) for lesion in lesions}
        for view, shown in anatomy.views.items():
            with clock.stage("network"):
                grey = draw_background(
                    trained.network,
                    shown.condition,
                    seed=_noise_seed(spec, side, view),
                    device=device,
                )
            with clock.stage("composition"):
                placed[f"{side}_{view}"] = place_findings(
                    spec,
                    side,
                    view,
                    background=grey,
                    anatomy=shown,
                    table=table,
                    layers=[(lesion, layers[lesion.id][f"left_{view}"]) for lesion in lesions],
                )
            clock.advance(0.9 * len(placed) / len(VIEW_KEYS))
    with clock.stage("truth"):
        findings = describe_findings(spec, placed)
    return SynthesisedCase(
        views={key: view.render() for key, view in placed.items()},
        findings=findings,
        truth=describe_case(spec, findings, density_fraction=density_fraction),
        provenance=describe_origin(spec, weights_sha256=trained.sha256, device=device, table=table),
        seconds=clock.seconds,
    )


def _render(lesion: LesionSpec, spec: CaseSpec) -> dict[str, Layer]:
    """A finding's layers in left orientation; right breasts are mirrored when they are whole."""
    return render_finding(
        lesion,
        views=("left_cc", "left_mlo"),
        seed=spec.seed,
        mlo_angle_deg=spec.mlo_angle_deg,
    )


def _noise_seed(spec: CaseSpec, side: str, view: str) -> int:
    return int(seeds.seed_sequence(spec.seed, "noise", side=side, view=view).generate_state(1)[0])


@dataclass
class StageClock:
    """Adds up seconds by stage and reports progress."""

    report: Progress
    seconds: dict[str, float] = field(default_factory=dict)
    share: float = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self.report(name, self.share)
        started = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started

    def advance(self, share: float) -> None:
        self.share = share
