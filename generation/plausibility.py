"""What a spec may say: ranges, contradictions, and whether a finding lies inside the breast."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generation.frame import breast_fraction, oblique_mm
from generation.lesions import REGISTRY
from generation.population.sites import room_above_mm
from generation.spec import SCHEMA_VERSION, CaseSpec, LesionSpec, SpecError
from generation.vocabulary import (
    DENSITIES,
    FINDING_ASSESSMENTS,
    INDICATIONS,
    LOOKS,
    PATHOLOGIES,
    SIDES,
    term_keys,
)

Errors = dict[str, list[str]]

# Seeds are exact in JSON readers that hold numbers as doubles.
MAX_SEED = 2**53 - 1
MAX_LESIONS = 4
SKIN_MARGIN_MM = 3.0

# The canvas is 179.2 x 230.4 mm; nipple, its profile and the longer MLO line must fit as well.
RANGES: dict[str, tuple[float, float]] = {
    "age_years": (30, 89),
    "thickness_mm": (20.0, 100.0),
    "width_mm": (120.0, 215.0),
    "depth_mm": (50.0, 140.0),
    "mlo_angle_deg": (30.0, 60.0),
    "dose": (0.1, 1.0),
}
# What is thicker than this share of the compressed breast would not fit under the paddle.
THICKNESS_SHARE = 0.8
EXAMS = ("current", "prior")
TIER_RANGE = (1, 5)
YEARS_BEFORE_RANGE = (0.5, 10.0)
CONTRAST_RANGE = (0.2, 3.0)
COUNT_RANGE = (1, 200)
INNER_REGIONS = ("gland", "retroareolar")
# How far from the middle of the breast a finding's place may be, beyond half its width: tissue that
# one view shows at its edge may be further up or out than the breast is wide there.
BEYOND_MM = 30.0


def lies_inside(lesion: LesionSpec, spec: CaseSpec) -> bool:
    """True when the whole finding lies under the skin and before the chest wall in both views."""
    reach = lesion.size_mm / 2.0 + SKIN_MARGIN_MM
    if not reach <= lesion.depth_mm <= spec.depth_mm - lesion.size_mm / 2.0:
        return False
    oblique = oblique_mm(lesion.lateral_mm, lesion.superior_mm, spec.mlo_angle_deg)
    limit = 1.0 - reach / min(spec.depth_mm, spec.width_mm / 2.0)
    return all(
        breast_fraction(lesion.depth_mm, across, spec) <= limit
        for across in (lesion.lateral_mm, oblique)
    )


def _check_range(errors: Errors, name: str, value: float, low: float, high: float) -> None:
    # NaN and infinities compare false; no float is made of a whole number that is too long for it.
    if not low <= value <= high:
        errors.setdefault(name, []).append(f"Must be between {low} and {high}.")


def _check_term(errors: Errors, name: str, value: Any, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        errors.setdefault(name, []).append(f"Must be one of {', '.join(allowed)}.")


def _check_descriptors(errors: Errors, prefix: str, lesion: LesionSpec) -> None:
    finding = REGISTRY[lesion.kind]
    wanted = {part.key for part in finding.descriptors}
    for name in sorted(set(lesion.descriptors) - wanted):
        errors.setdefault(f"{prefix}descriptors.{name}", []).append("Unknown descriptor.")
    for name in sorted(wanted):
        field = f"{prefix}descriptors.{name}"
        if name not in lesion.descriptors:
            errors.setdefault(field, []).append("This field is missing.")
        else:
            _check_term(errors, field, lesion.descriptors[name], finding.values_of(name))


def needs_prior(words: Mapping[str, str]) -> bool:
    """True for what is only called so because it was smaller or absent before."""
    return words.get("type") == "developing"


def _check_assessment(errors: Errors, prefix: str, lesion: LesionSpec) -> None:
    field = f"{prefix}assessment"
    if not lesion.actionable and lesion.pathology == "malignant":
        errors.setdefault(field, []).append("A malignant finding needs 4A to 5.")
    if (lesion.assessment == "1") != (lesion.pathology == "none"):
        errors.setdefault(field, []).append("Category 1 is what is no lesion, and nothing else.")
    if lesion.assessment == "1" and REGISTRY[lesion.kind].assess(lesion.descriptors) != "1":
        errors.setdefault(field, []).append("This finding is not negative.")
    if not lesion.actionable and REGISTRY[lesion.kind].is_suspicious(lesion.descriptors):
        errors.setdefault(field, []).append("These descriptors are suspicious: 4A to 5.")
    fat = lesion.descriptors.get("density") == "fat_containing"
    if fat and lesion.assessment == "5":
        errors.setdefault(field, []).append("A fat-containing mass cannot be category 5.")


def _check_count(errors: Errors, prefix: str, lesion: LesionSpec) -> None:
    field = f"{prefix}count"
    if REGISTRY[lesion.kind].count(lesion.descriptors) is None:
        if lesion.count is not None:
            errors.setdefault(field, []).append("This kind has no count.")
    elif lesion.count is None:
        errors.setdefault(field, []).append("This field is missing.")
    else:
        _check_range(errors, field, lesion.count, *COUNT_RANGE)


def _check_place(errors: Errors, prefix: str, lesion: LesionSpec, spec: CaseSpec) -> None:
    """On or near the breast in any region, in the breast where the finding lies in tissue."""
    region = REGISTRY[lesion.kind].region_of(lesion.descriptors)
    half = spec.width_mm / 2.0
    inner = region in INNER_REGIONS
    across = room_above_mm(spec) if region == "axilla" else half + (BEYOND_MM if inner else 0.0)
    before = len(errors)
    _check_range(errors, f"{prefix}depth_mm", lesion.depth_mm, 0.0, spec.depth_mm)
    for name in ("lateral_mm", "superior_mm"):
        _check_range(errors, f"{prefix}{name}", getattr(lesion, name), -across, across)
    if len(errors) > before:
        return
    oblique = oblique_mm(lesion.lateral_mm, lesion.superior_mm, spec.mlo_angle_deg)
    if inner and not lies_inside(lesion, spec):
        errors[f"{prefix}depth_mm"] = ["The finding does not lie inside the breast."]
    elif not inner and not -half <= oblique <= across:
        errors[f"{prefix}superior_mm"] = ["The oblique view does not reach there."]


def _check_lesion(errors: Errors, index: int, lesion: LesionSpec, spec: CaseSpec) -> None:
    prefix = f"lesions.{index}."
    before = len(errors)
    _check_term(errors, f"{prefix}side", lesion.side, SIDES)
    _check_term(errors, f"{prefix}assessment", lesion.assessment, term_keys(FINDING_ASSESSMENTS))
    _check_term(errors, f"{prefix}pathology", lesion.pathology, term_keys(PATHOLOGIES))
    _check_range(errors, f"{prefix}contrast", lesion.contrast, *CONTRAST_RANGE)
    if not lesion.id.isalnum() or len(lesion.id) > 16:
        errors[f"{prefix}id"] = ["Must be 1 to 16 letters and digits."]
    if lesion.kind not in REGISTRY:
        _check_term(errors, f"{prefix}kind", lesion.kind, tuple(REGISTRY))
        return
    finding = REGISTRY[lesion.kind]
    _check_range(errors, f"{prefix}size_mm", lesion.size_mm, *finding.size_mm)
    if finding.thick and lesion.size_mm > THICKNESS_SHARE * spec.thickness_mm:
        errors.setdefault(f"{prefix}size_mm", []).append("Too large for the breast's thickness.")
    _check_descriptors(errors, prefix, lesion)
    if len(errors) == before:
        if said := finding.contradiction(lesion.descriptors):
            errors[f"{prefix}descriptors"] = [said]
            return
        _check_count(errors, prefix, lesion)
        _check_assessment(errors, prefix, lesion)
        _check_place(errors, prefix, lesion, spec)
        if len(errors) > before:
            return
        for name, messages in finding.check(lesion, spec).items():
            errors.setdefault(f"{prefix}{name}", []).extend(messages)


def _check_prior(errors: Errors, spec: CaseSpec) -> None:
    if spec.exam == "current":
        _check_developing(errors, spec)
    if spec.prior is None:
        return
    if spec.exam == "prior":
        errors["prior"] = ["A prior exam has no prior of its own."]
        return
    _check_range(errors, "prior.years_before", spec.prior.years_before, *YEARS_BEFORE_RANGE)
    known = {lesion.id for lesion in spec.lesions}
    for name, share in spec.prior.shares.items():
        if name not in known:
            errors[f"prior.shares.{name}"] = ["The case has no such finding."]
        else:
            _check_range(errors, f"prior.shares.{name}", share, 0.0, 1.0)


def _check_developing(errors: Errors, spec: CaseSpec) -> None:
    shares = {} if spec.prior is None else spec.prior.shares
    for lesion in spec.lesions:
        known = lesion.kind in REGISTRY
        if known and needs_prior(lesion.descriptors) and shares.get(lesion.id, 1) >= 1:
            said = f"{lesion.id} is developing: it needs a prior exam that shows less of it."
            errors.setdefault("prior", []).append(said)


def find_errors(spec: CaseSpec) -> Errors:
    """Messages by dotted field ("lesions.0.size_mm"); empty when the case can be made."""
    errors: Errors = {}
    if spec.schema_version != SCHEMA_VERSION:
        errors["schema_version"] = [f"This version reads {SCHEMA_VERSION} only."]
    _check_range(errors, "seed", spec.seed, 0, MAX_SEED)
    _check_term(errors, "density", spec.density, term_keys(DENSITIES))
    _check_term(errors, "indication", spec.indication, term_keys(INDICATIONS))
    _check_term(errors, "look", spec.look, term_keys(LOOKS))
    _check_term(errors, "exam", spec.exam, EXAMS)
    for name, (low, high) in RANGES.items():
        _check_range(errors, name, getattr(spec, name), low, high)
    if spec.tier is not None:
        _check_range(errors, "tier", spec.tier, *TIER_RANGE)
    if len(spec.lesions) > MAX_LESIONS:
        errors["lesions"] = [f"At most {MAX_LESIONS} findings."]
    if errors:
        return errors
    _check_prior(errors, spec)
    seen: set[str] = set()
    for index, lesion in enumerate(spec.lesions):
        _check_lesion(errors, index, lesion, spec)
        if lesion.id in seen:
            errors.setdefault(f"lesions.{index}.id", []).append("Used twice.")
        seen.add(lesion.id)
    if spec.prior is not None and not errors:
        _check_exam_before(errors, spec)
    return errors


def _check_exam_before(errors: Errors, spec: CaseSpec) -> None:
    # A case is made together with its prior: one that cannot have been so before is none.
    from generation.transformations import take_prior

    try:
        take_prior(spec)
    except SpecError as error:
        errors["prior"] = [f"It cannot have been so before: {error}"]
