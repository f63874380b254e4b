"""Findings that change the architecture, placed with a small untrained network."""

from __future__ import annotations

from functools import cache

import torch
from numpy.typing import NDArray

from generation.anatomy.views import ViewAnatomy, make_breast
from generation.lesions import REGISTRY, render_finding
from generation.lesions.effects import Effect, Scene, build_scenes
from generation.networks.drawing import draw_background
from generation.networks.generator import Generator, GeneratorConfig
from generation.placement import PlacedView, place_findings
from generation.spec import CaseSpec, LesionSpec
from tests.generation.specs import make_lesion, make_spec

SPEC = make_spec(seed=11, density="B")

# A kind, its size and its words: everything that changes the breast's own architecture.
ARCHITECTURE: dict[str, tuple[float, dict[str, str]]] = {
    "architectural_distortion": (24.0, {}),
    "asymmetry": (20.0, {"type": "focal"}),
    "overlapping_tissue": (18.0, {"type": "asymmetry"}),
    "skin_thickening": (30.0, {"feature": "skin_thickening", "extent": "local"}),
    "skin_retraction": (18.0, {"feature": "skin_retraction"}),
    "nipple_retraction": (16.0, {"feature": "nipple_retraction"}),
    "scar": (26.0, {}),
    "reduction": (60.0, {}),
    "implant": (90.0, {"place": "subglandular"}),
}


@cache
def scenes() -> dict[str, Scene]:
    """Both views of the left breast of `SPEC`."""
    return build_scenes(SPEC, "left", make_breast(SPEC, "left"))


def make_finding(kind: str, **changes: object) -> LesionSpec:
    size, words = ARCHITECTURE[kind]
    fields: dict[str, object] = {
        "kind": kind,
        "size_mm": size,
        "descriptors": words,
        "assessment": REGISTRY[kind].assess(words),
        "pathology": "none" if REGISTRY[kind].assess(words) == "1" else "benign",
        "depth_mm": 45.0,
        "lateral_mm": -12.0,
        "superior_mm": 8.0,
    }
    return make_lesion(**{**fields, **changes})


def render(lesion: LesionSpec, spec: CaseSpec = SPEC) -> dict[str, tuple[Effect, ...]]:
    return render_finding(lesion, scenes=scenes(), seed=spec.seed)


@cache
def _network() -> Generator:
    torch.manual_seed(0)
    return Generator(GeneratorConfig(widths=(4,) * 5, hidden=4, tail=4)).eval()


@cache
def _drawn(view: str) -> NDArray:
    return draw_background(_network(), scenes()[view].anatomy.condition, seed=1, device="cpu")


def place(view: str, *lesions: LesionSpec) -> PlacedView:
    """One view with findings, the whole background drawn once for all tests."""

    def draw(anatomy: ViewAnatomy, area: NDArray | None) -> NDArray:
        if area is None:
            return _drawn(view)
        return draw_background(_network(), anatomy.condition, seed=1, device="cpu", area=area)

    effects = [(lesion, render(lesion)) for lesion in lesions]
    shown = [(lesion, own[view]) for lesion, own in effects if view in own]
    return place_findings(scenes()[view], shown, draw_background=draw)
