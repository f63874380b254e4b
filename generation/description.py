"""What a case says about itself: truth of its findings, truth of the case, provenance."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation import seeds
from generation.anatomy.geometry import CANVAS_PX, PIXEL_MM
from generation.code_version import read_code_version
from generation.difficulty import case_tier
from generation.lesions import REGISTRY
from generation.physics.look import GreyTable
from generation.placement import FoundInView, PlacedView
from generation.quality.detectability import measure_dprime
from generation.quality.observer import NoBackgroundError
from generation.spec import CaseSpec, LesionSpec
from generation.teaching import explain_finding
from generation.truth import (
    GROUPS_WITHOUT_DPRIME,
    BoolArray,
    FindingTruth,
    FindingViewTruth,
    LesionLikeness,
    clock_hour,
    nipple_distance_mm,
)
from generation.vocabulary import breast_assessment

TRUTH_VERSION = 2
# Below this a finding counts as not visible in a view.
VISIBLE_DPRIME = 1.0


def describe_findings(spec: CaseSpec, placed: Mapping[str, PlacedView]) -> tuple[FindingTruth, ...]:
    """Truth of every finding of a case, in the views that show it."""
    return tuple(_describe_finding(spec, lesion, placed) for lesion in spec.lesions)


def _describe_finding(
    spec: CaseSpec, lesion: LesionSpec, placed: Mapping[str, PlacedView]
) -> FindingTruth:
    finding = REGISTRY[lesion.kind]
    views = {
        key: _describe_in_view(spec, lesion, view)
        for key, view in placed.items()
        if lesion.id in view.findings
    }
    return FindingTruth(
        id=lesion.id,
        kind=lesion.kind,
        reads_as=finding.reads_as,
        actionable=lesion.actionable,
        side=lesion.side,
        descriptors=dict(lesion.descriptors),
        assessment=lesion.assessment,
        pathology=lesion.pathology,
        malignancy=finding.malignancy(lesion.descriptors),
        centre_mm=lesion.position_mm,
        extent_mm=_measure_extent(views),
        clock=clock_hour(lesion.side, lesion.lateral_mm, lesion.superior_mm),
        distance_from_nipple_mm=nipple_distance_mm(*lesion.position_mm),
        teaching=explain_finding(lesion, spec=spec, views=views),
        views=views,
    )


def _measure_extent(views: Mapping[str, FindingViewTruth]) -> tuple[float, float, float]:
    """Projected extent along depth, lateral and superior in mm, read off the masks.

    Depth runs across both images, lateral down the CC; superior is taken from the oblique's own
    vertical, which mixes it with lateral by the angle of the view. It is what the images show, not
    the finding's own three axes. A view that does not show the finding leaves its axis at 0.
    """
    boxes = {key.split("_")[1]: _box_mm(view.mask) for key, view in views.items()}
    cc, mlo = (boxes.get(view, (0.0, 0.0)) for view in ("cc", "mlo"))
    return (max(cc[1], mlo[1]), cc[0], mlo[0])


def _box_mm(mask: BoolArray) -> tuple[float, float]:
    """Height and width in mm of the box around a mask."""
    height, width = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    return _span_mm(height), _span_mm(width)


def _span_mm(used: NDArray[np.intp]) -> float:
    return float(np.ptp(used) + 1) * PIXEL_MM if used.size else 0.0


def _describe_in_view(spec: CaseSpec, lesion: LesionSpec, view: PlacedView) -> FindingViewTruth:
    found = view.findings[lesion.id]
    dprime = None
    if REGISTRY[lesion.kind].group not in GROUPS_WITHOUT_DPRIME:
        dprime = _measure_dprime(spec, view, found)
    x, y = found.centre_px
    seen = dprime is None or dprime >= VISIBLE_DPRIME
    return FindingViewTruth(
        mask=view.oriented(found.mask),
        support=view.oriented(found.support),
        centre_px=(x if view.scene.side == "left" else CANVAS_PX[1] - 1 - x, y),
        long_axis_mm=found.long_axis_mm,
        visible=bool(found.mask.any()) and seen,
        dprime=dprime,
    )


def _measure_dprime(spec: CaseSpec, view: PlacedView, found: FoundInView) -> float | None:
    """d' of a finding; None where it fills the breast and has nothing to be seen against."""
    scene = view.scene
    try:
        return measure_dprime(
            view.pixels,
            view.take_away(found.lesion.id),
            tissue_pixels=view.exposed_base,
            support=found.support,
            breast=view.breast,
            rng=seeds.generator(spec.seed, "detectability", side=scene.side, view=scene.view),
            particles_px=found.particles_px if len(found.particles_px) else None,
        )
    except NoBackgroundError:
        return None


def describe_case(
    spec: CaseSpec,
    findings: tuple[FindingTruth, ...],
    prior_findings: tuple[FindingTruth, ...] | None,
    *,
    density_fraction: Mapping[str, float],
    likeness: LesionLikeness,
) -> dict[str, Any]:
    """Truth of the case as JSON: density, assessment and recall, tier, findings without arrays.

    `density_fraction` is the volumetric fraction of gland by side; `prior_findings` is None where
    there is no prior exam; `likeness` is that of the tissue without its findings.
    """
    prior = None
    if spec.prior is not None and prior_findings is not None:
        prior = {
            "years_before": spec.prior.years_before,
            "findings": [finding.to_json() for finding in prior_findings],
        }
    return {
        "version": TRUTH_VERSION,
        "density": {"left": spec.density, "right": spec.density},
        "density_fraction": {side: round(f, 4) for side, f in density_fraction.items()},
        "assessment": {side: _assess_breast(findings, side) for side in ("left", "right")},
        "recall": any(finding.actionable for finding in findings),
        "tier": case_tier(spec.density, findings, likeness),
        "lesion_likeness": likeness.to_json(),
        "age_band": spec.age_band,
        "indication": spec.indication,
        "findings": [finding.to_json() for finding in findings],
        "prior": prior,
    }


def _assess_breast(findings: tuple[FindingTruth, ...], side: str) -> str:
    return breast_assessment(tuple(found.assessment for found in findings if found.side == side))


def describe_origin(
    spec: CaseSpec,
    *,
    tier_asked: int | None,
    weights_sha256: str,
    device: str,
    table: GreyTable,
) -> dict[str, Any]:
    """All that is needed to make the same case again, and to say that it is synthetic.

    `spec` is the settled one: it makes the case without being aimed at the tier asked for.
    """
    return {
        "synthetic": True,
        "not_for": "diagnosis",
        "spec": spec.to_json(),
        "tier_asked": tier_asked,
        "seed": spec.seed,
        "code_version": read_code_version(),
        "weights_sha256": weights_sha256,
        "device_kind": device,
        "machine": platform.machine(),
        "numpy": np.__version__,
        "pixel_mm": PIXEL_MM,
        "grey_table": table.to_json(),
    }
