"""Specs that tests start from."""

from collections.abc import Iterable
from typing import Any

from generation.lesions import calcification_group, mass
from generation.lesions.matter.projection import build_projection
from generation.physics.layers import Layer
from generation.seeds import generator
from generation.spec import CaseSpec, LesionSpec


def make_lesion(**changes: Any) -> LesionSpec:
    fields: dict[str, Any] = {
        "id": "f1",
        "kind": "mass",
        "side": "left",
        "depth_mm": 45.0,
        "lateral_mm": 12.0,
        "superior_mm": 5.0,
        "size_mm": 12.0,
        "descriptors": {"shape": "oval", "margin": "circumscribed", "density": "equal"},
        "assessment": "3",
        "pathology": "benign",
    }
    return LesionSpec(**{**fields, **changes})


def make_group(**changes: Any) -> LesionSpec:
    fields: dict[str, Any] = {
        "kind": "calcification_group",
        "size_mm": 10.0,
        "count": 14,
        "descriptors": {"morphology": "fine_pleomorphic", "distribution": "grouped"},
        "assessment": "4B",
        "pathology": "malignant",
    }
    return make_lesion(**{**fields, **changes})


def make_spec(*lesions: LesionSpec, **changes: Any) -> CaseSpec:
    fields: dict[str, Any] = {
        "seed": 11,
        "density": "B",
        "age_years": 57,
        "thickness_mm": 55.0,
        "width_mm": 180.0,
        "depth_mm": 90.0,
        "mlo_angle_deg": 45.0,
    }
    return CaseSpec(**{**fields, **changes}, lesions=lesions)


def render_layers(
    lesion: LesionSpec, *, views: Iterable[str], seed: int, mlo_angle_deg: float = 45.0
) -> dict[str, Layer]:
    """The layers of a mass or a group by view key, without the breast around them.

    A "right_" key gives the mirrored patch.
    """
    modules = {"mass": mass, "calcification_group": calcification_group}
    projections = {view: build_projection(view, mlo_angle_deg) for view in ("cc", "mlo")}
    rng = generator(seed, "lesion", side=lesion.side, finding=lesion.id)
    layers = modules[lesion.kind].draw_layers(lesion, projections=projections, rng=rng)
    return {
        key: layers[key.split("_")[1]].mirrored()
        if key.startswith("right_")
        else layers[key.split("_")[1]]
        for key in views
    }
