"""Cases as rows alone, with the truth that learning and reports read; no images."""

from typing import Any

import numpy as np

from cases.models import Case, Finding, FindingView
from trainer.accounts.models import Institution

DESCRIPTORS = {
    "mass": {"shape": "irregular", "margin": "spiculated", "density": "high"},
    "calcification_group": {"morphology": "amorphous", "distribution": "grouped"},
    "architectural_distortion": {},
    "asymmetry": {"type": "focal"},
    "associated_feature": {"feature": "nipple_retraction"},
}
_SEEDS = iter(range(1_000_000, 10_000_000))


def make_case(
    *,
    kind: str | None,
    actionable: bool = True,
    dprime: float | None = 4.0,
    density: str = "B",
    seed: int | None = None,
    institution: Institution | None = None,
    **fields: Any,
) -> Case:
    """A case with one finding, of a kind that readers have, in both left views, or with none."""
    positive = kind is not None and actionable
    case = Case.objects.create(
        institution=institution,
        spec={"seed": next(_SEEDS) if seed is None else seed},
        truth={
            "density": {"left": density, "right": density},
            "assessment": {"left": "4" if positive else "1", "right": "1"},
            "recall": positive,
        },
        density=density,
        positive=positive,
        age_band="50-59",
        indication="screening",
        **{"tier": 2, **fields},
    )
    if kind is not None:
        _make_finding(case, kind, actionable=actionable, dprime=dprime)
    return case


def _make_finding(case: Case, kind: str, *, actionable: bool, dprime: float | None) -> None:
    finding = Finding.objects.create(
        case=case,
        finding_id="f1",
        kind=kind,
        reads_as=kind,
        actionable=actionable,
        side="left",
        descriptors=DESCRIPTORS[kind],
        assessment="4C" if actionable else "2",
        pathology="malignant" if actionable else "benign",
        clock=2,
        distance_from_nipple_mm=41.5,
        teaching="",
    )
    share = None if dprime is None else dprime / float(np.sqrt(2))
    for view in ("left_cc", "left_mlo"):
        FindingView.objects.create(
            finding=finding,
            key=view,
            outlines=[],
            centre_x=120,
            centre_y=140,
            long_axis_mm=4.0,
            visible=True,
            dprime=share,
        )
