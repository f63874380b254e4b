"""Which women and which findings are drawn: an enriched teaching population, stated here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from generation.frame import breast_fraction, oblique_mm
from generation.lesions import REGISTRY
from generation.lesions.drawing import choose
from generation.plausibility import MAX_SEED, find_errors
from generation.spec import CaseSpec, LesionSpec, SpecError
from generation.vocabulary import (
    ACTIONABLE_ASSESSMENTS,
    SIDES,
)
from generation.wishes import FINDING_WISHES, check_wishes

# Prevalence of the drawn set; enriched, never to be compared with screening.
PREVALENCE = {"actionable": 0.40, "look_alike": 0.15, "none": 0.45}
KIND_SHARE = {"mass": 0.55, "calcification_group": 0.45}
DENSITY_SHARE = {"A": 0.10, "B": 0.40, "C": 0.40, "D": 0.10}
AGE_BY_DENSITY = {"A": (64.0, 8.0), "B": (59.0, 9.0), "C": (53.0, 8.0), "D": (48.0, 6.0)}
THICKNESS_MM = {"A": 60.0, "B": 55.0, "C": 45.0, "D": 35.0}  # VICTRE
INDICATION_SHARE = {"screening": 0.86, "family_history": 0.08, "symptomatic": 0.06}

ATTEMPTS = 4000


def _clipped_normal(
    rng: np.random.Generator, mean: float, sd: float, low: float, high: float
) -> float:
    return round(float(np.clip(rng.normal(mean, sd), low, high)), 1)


def _draw_position(
    rng: np.random.Generator, case: Mapping[str, Any]
) -> tuple[float, float, float] | None:
    """A point of the glandular cone behind the nipple, more often upper and outer; mm.

    None when the point drawn leaves the cone in one of the two views or lies so far back and up
    that the pectoral muscle would cover it in the MLO.
    """
    frame = CaseSpec(**case)
    depth = frame.depth_mm * rng.uniform(0.18, 0.74)
    half = frame.width_mm / 2.0
    lateral = half * abs(rng.normal(0.0, 0.26)) * (1 if rng.random() < 0.68 else -1)
    superior = half * abs(rng.normal(0.0, 0.26)) * (1 if rng.random() < 0.68 else -1)
    oblique = oblique_mm(lateral, superior, frame.mlo_angle_deg)
    across = (lateral, oblique)
    if any(breast_fraction(depth, value, frame) > 0.82 for value in across):
        return None
    if any(abs(value) > 0.5 * half for value in across):
        return None
    if oblique > 0 and depth / frame.depth_mm + 0.6 * oblique / half > 0.80:
        return None
    return round(depth, 1), round(float(lateral), 1), round(float(superior), 1)


def _draw_lesion(
    rng: np.random.Generator,
    case: Mapping[str, Any],
    kind: str,
    actionable: bool,
    wishes: Mapping[str, Any],
) -> LesionSpec | None:
    finding = REGISTRY[kind]
    drawn = finding.draw_words(rng, actionable)
    position = _draw_position(rng, case)
    contrast = _clipped_normal(rng, 1.0, 0.18, 0.6, 1.5)
    side = str(rng.choice(SIDES))
    uniform = float(rng.random())
    if drawn is None or position is None:
        return None
    words = {**drawn, **wishes.get("descriptors", {})}
    category = finding.assess(words)
    if (category in ACTIONABLE_ASSESSMENTS) != actionable:
        return None
    size = float(wishes.get("size_mm", finding.draw_size(rng, words)))
    counts = finding.count(words)
    return LesionSpec(
        id="f1",
        kind=kind,
        side=str(wishes.get("side", side)),
        depth_mm=position[0],
        lateral_mm=position[1],
        superior_mm=position[2],
        size_mm=size,
        contrast=float(wishes.get("contrast", contrast)),
        descriptors=words,
        count=None if counts is None else int(rng.integers(counts[0], counts[1] + 1)),
        assessment=category,
        pathology=_draw_pathology(category, finding.malignancy(words), uniform),
    )


def _draw_pathology(category: str, malignancy: float, uniform: float) -> str:
    if category == "1":
        return "none"
    actionable = category in ACTIONABLE_ASSESSMENTS
    return "malignant" if actionable and uniform < malignancy else "benign"


def _draw_woman(rng: np.random.Generator, wishes: Mapping[str, Any]) -> dict[str, Any]:
    density = str(wishes.get("density", choose(rng, DENSITY_SHARE)))
    age = round(float(np.clip(rng.normal(*AGE_BY_DENSITY[density]), 40, 79)))
    # Larger breasts are longer in both directions and compress to more thickness.
    size = rng.normal(0.0, 1.0)
    width = float(np.clip(176.0 + 14.0 * size + rng.normal(0.0, 8.0), 140.0, 210.0))
    depth = float(np.clip(88.0 + 12.0 * size + rng.normal(0.0, 7.0), 60.0, 120.0))
    thickness = THICKNESS_MM[density] + 4.0 * size + rng.normal(0.0, 4.0)
    seed = int(rng.integers(0, MAX_SEED, endpoint=True))
    return {
        "seed": int(wishes.get("seed", seed)),
        "density": density,
        "age_years": int(wishes.get("age_years", age)),
        "indication": choose(rng, INDICATION_SHARE),
        "thickness_mm": round(float(np.clip(thickness, 24.0, 85.0)), 1),
        "width_mm": round(width, 1),
        "depth_mm": round(depth, 1),
        "mlo_angle_deg": _clipped_normal(rng, 45.0, 3.0, 38.0, 52.0),
    }


def _draw_plan(rng: np.random.Generator, wishes: Mapping[str, Any]) -> tuple[str | None, bool]:
    """(finding kind or None, actionable) as wished or by prevalence."""
    group = choose(rng, PREVALENCE)
    kind = choose(rng, KIND_SHARE)
    wants_finding = any(name in wishes for name in FINDING_WISHES)
    if wishes.get("findings") == "none":
        return None, False
    if "findings" in wishes:
        kind = str(wishes["findings"])
    elif group == "none" and not wants_finding:
        return None, False
    share = PREVALENCE["actionable"] / (1.0 - PREVALENCE["none"])
    actionable = group == "actionable" if group != "none" else bool(rng.random() < share)
    return kind, bool(wishes.get("actionable", actionable))


def _attempt(
    rng: np.random.Generator,
    wishes: Mapping[str, Any],
    plan: tuple[str | None, bool],
    woman: dict[str, Any],
) -> CaseSpec | None:
    kind, actionable = plan
    if kind is None:
        return CaseSpec(**woman)
    lesion = _draw_lesion(rng, woman, kind, actionable, wishes)
    spec = CaseSpec(**woman, lesions=(lesion,)) if lesion else None
    return spec if spec and not find_errors(spec) else None


def draw_case(rng: np.random.Generator, wishes: Mapping[str, Any]) -> CaseSpec:
    """Draw a valid case meeting the wishes.

    Raises:
        SpecError: for an unknown or contradictory wish, naming it.
    """
    check_wishes(wishes)
    plan = _draw_plan(rng, wishes)
    woman = _draw_woman(rng, wishes)
    for _ in range(ATTEMPTS):
        spec = _attempt(rng, wishes, plan, woman)
        if spec is not None:
            spec.validate()
            return spec
        # A wish such as a tier or a large size may ask for another plan or another woman.
        if "actionable" not in wishes:
            plan = _draw_plan(rng, wishes) if "tier" in wishes or "descriptors" in wishes else plan
        woman = _draw_woman(rng, wishes) if "tier" in wishes or "size_mm" in wishes else woman
    blamed = [name for name in ("tier", "size_mm", "descriptors", "actionable") if name in wishes]
    blamed = blamed or ["findings"]
    raise SpecError({name: ["No case meets these wishes together."] for name in blamed})
