"""Made cases as synthesis hands them over, of real types and exact content, but small and quick."""

import uuid
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cases.domain import claim_request, request_case
from cases.domain.leases import Claim
from cases.models import CaseRequest
from generation.lesions import REGISTRY
from generation.placement import RenderedView
from generation.spec import CaseSpec
from generation.truth import FindingTruth, FindingViewTruth
from generation.vocabulary import VIEW_KEYS

HEIGHT, WIDTH = 96, 80
CENTRE, RADIUS = (30.0, 40.0), 9.0
TIER = 2


@dataclass(frozen=True)
class MadeCase:
    views: dict[str, RenderedView]
    prior: dict[str, RenderedView] | None
    findings: tuple[FindingTruth, ...]
    truth: dict[str, Any]
    provenance: dict[str, Any]


def draw_spec(seed: int = 1, *, findings: str = "mass", **wishes: Any) -> CaseSpec:
    # An exam before doubles the work of a case: a test that needs one asks for it.
    wishes = {"prior": False, **wishes}
    if findings != "none":
        wishes = {"actionable": True, "side": "left", **wishes}
    return CaseSpec.draw(np.random.default_rng(seed), findings=findings, **wishes)


def make_mask() -> NDArray[np.bool_]:
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    return np.asarray(np.hypot(x - CENTRE[0], y - CENTRE[1]) <= RADIUS)


def make_case(spec: CaseSpec) -> MadeCase:
    """Four small views; the first lesion of the spec is a bright disc in its side's views."""
    shown = {f"{lesion.side}_{view}" for lesion in spec.lesions[:1] for view in ("cc", "mlo")}
    findings = tuple(_make_finding(spec) for _ in spec.lesions[:1])
    return MadeCase(
        views={key: _make_view(key, spec.seed, lesion=key in shown) for key in VIEW_KEYS},
        # The exam before shows the lesion already, and is of other texture.
        prior={key: _make_view(key, spec.seed + 1, lesion=key in shown) for key in VIEW_KEYS}
        if spec.prior
        else None,
        findings=findings,
        truth={
            "density": {"left": spec.density, "right": spec.density},
            "assessment": {"left": "1", "right": "1"},
            "recall": any(found.actionable for found in findings),
            "tier": TIER,
            "age_band": spec.age_band,
            "indication": spec.indication,
            "findings": [found.to_json() for found in findings],
        },
        provenance={
            "synthetic": True,
            "spec": spec.to_json(),
            "seed": spec.seed,
            "weights_sha256": "ab" * 32,
        },
    )


def _make_view(key: str, seed: int, *, lesion: bool) -> RenderedView:
    side, _, view = key.partition("_")
    rng = np.random.default_rng([seed % 2**32, VIEW_KEYS.index(key)])
    base = rng.integers(0, 4000, (HEIGHT, WIDTH), dtype=np.uint16)
    pixels = np.where(make_mask() & lesion, 4095, base).astype(np.uint16)
    return RenderedView(side, view, pixels, base if lesion else None)


def _make_finding(spec: CaseSpec) -> FindingTruth:
    lesion = spec.lesions[0]
    seen = FindingViewTruth(
        mask=make_mask(),
        support=make_mask(),
        centre_px=CENTRE,
        long_axis_mm=2 * RADIUS / 10,
        visible=True,
        dprime=3.0,
    )
    return FindingTruth(
        id=lesion.id,
        kind=lesion.kind,
        reads_as=REGISTRY[lesion.kind].reads_as,
        actionable=lesion.actionable,
        side=lesion.side,
        descriptors=lesion.descriptors,
        assessment=lesion.assessment,
        pathology=lesion.pathology,
        malignancy=REGISTRY[lesion.kind].malignancy(lesion.descriptors),
        centre_mm=lesion.position_mm,
        extent_mm=(lesion.size_mm,) * 3,
        clock=2,
        distance_from_nipple_mm=40.0,
        teaching="A bright disc, because it was drawn as one.",
        views={f"{lesion.side}_cc": seen, f"{lesion.side}_mlo": seen},
    )


def make_request(spec: CaseSpec | None = None, **fields: Any) -> CaseRequest:
    return request_case(request_id=uuid.uuid4(), spec=spec or draw_spec(), **fields)


def make_claim(request: CaseRequest, *, worker: str = "generation@here") -> Claim:
    claim = claim_request(request_id=request.pk, worker=worker)
    assert claim is not None
    return claim
