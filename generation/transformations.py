"""One case into another, everything else fixed: each a function of spec -> spec.

Nothing here draws from outside the spec: what a transformation draws, it draws from the spec's own
seed, so that any variant is made again from its JSON. Every result is a valid spec; one that could
not be made is refused with SpecError, by the fields of the spec that would have come out. A tier
that the spec asks for is dropped: settling it anew would undo what was changed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from generation import seeds
from generation.lesions import REGISTRY
from generation.plausibility import COUNT_RANGE, RANGES, find_errors
from generation.spec import CaseSpec, LesionSpec, PriorSpec, SpecError
from generation.vocabulary import DENSITIES, term_keys

# Faults and foreign matter belong to one exam; what is not named was there as it is now.
EXAM_GROUPS = ("artefact", "technique")
# How compression differs between two exams of one woman; assumed.
ANGLE_SD_DEG = 1.5
THICKNESS_SD = 0.03
COMPRESSIONS = 8


def insert_lesion(
    spec: CaseSpec,
    lesion: LesionSpec,
    *,
    place: int | None = None,
    prior_share: float | None = None,
) -> CaseSpec:
    """The case with one more finding.

    Args:
        spec: the case.
        lesion: the finding; its id must be new to the case.
        place: where in the list it stands; last by default.
        prior_share: its size in the exam before as a share of its size now; by default it is not
            named there.

    Raises:
        SpecError: if the finding does not fit the case, or a share is given without a prior.
    """
    lesions = list(spec.lesions)
    lesions.insert(len(lesions) if place is None else place, lesion)
    prior = spec.prior
    if prior_share is not None:
        if prior is None:
            raise SpecError({"prior": ["The case has no prior exam."]})
        prior = replace(prior, shares={**prior.shares, lesion.id: prior_share})
    return _checked(replace(spec, lesions=tuple(lesions), prior=prior))


def remove_lesion(spec: CaseSpec, finding: str) -> CaseSpec:
    """The case without one finding, in the exam before as well; SpecError for an unknown id."""
    _index_of(spec, finding)
    prior = spec.prior
    if prior is not None:
        shares = {name: share for name, share in prior.shares.items() if name != finding}
        prior = replace(prior, shares=shares)
    kept = tuple(lesion for lesion in spec.lesions if lesion.id != finding)
    return _checked(replace(spec, lesions=kept, prior=prior))


def move_lesion(
    spec: CaseSpec,
    finding: str,
    *,
    depth_mm: float | None = None,
    lateral_mm: float | None = None,
    superior_mm: float | None = None,
) -> CaseSpec:
    """The finding elsewhere in the breast; what is not given stays.

    Raises:
        SpecError: for an unknown id, or a place outside the breast.
    """
    asked = {"depth_mm": depth_mm, "lateral_mm": lateral_mm, "superior_mm": superior_mm}
    given = {name: float(value) for name, value in asked.items() if value is not None}
    return _change_lesion(spec, finding, **given)


def resize_lesion(spec: CaseSpec, finding: str, size_mm: float) -> CaseSpec:
    """The finding at another size; SpecError for an unknown id or a size its kind cannot have."""
    return _change_lesion(spec, finding, size_mm=float(size_mm))


def scale_contrast(spec: CaseSpec, finding: str, factor: float) -> CaseSpec:
    """The finding with its contrast times `factor`; SpecError for an unknown id or out of range."""
    contrast = spec.lesions[_index_of(spec, finding)].contrast
    return _change_lesion(spec, finding, contrast=contrast * float(factor))


def change_density(spec: CaseSpec, density: str) -> CaseSpec:
    """The same woman with another density "A".."D": shape, thickness and findings stay."""
    return _checked(replace(spec, density=density))


def density_ladder(spec: CaseSpec) -> tuple[CaseSpec, ...]:
    """The case in each density, A to D: the same findings ever harder to see."""
    return tuple(change_density(spec, density) for density in term_keys(DENSITIES))


def change_dose(spec: CaseSpec, dose: float) -> CaseSpec:
    """The case taken with this share of the usual dose; SpecError outside the range of doses."""
    return _checked(replace(spec, dose=float(dose)))


def take_prior(spec: CaseSpec) -> CaseSpec:
    """Spec of the exam before: the same woman compressed anew, younger, findings smaller or absent.

    A finding that would be smaller than its kind can be is absent; so are, unless they are named,
    faults of technique and artefacts. The compression differs as far as everything that was there
    still lies inside the breast.

    Raises:
        SpecError: if the case has no prior.
    """
    if spec.prior is None:
        raise SpecError({"prior": ["The case has no prior exam."]})
    age = max(round(spec.age_years - spec.prior.years_before), int(RANGES["age_years"][0]))
    lesions = tuple(
        before for lesion in spec.lesions if (before := _shrink(lesion, spec.prior)) is not None
    )
    same = replace(spec, exam="prior", tier=None, prior=None, age_years=age, lesions=lesions)
    rng = seeds.generator(spec.seed, "prior")
    for _ in range(COMPRESSIONS):
        anew = _compress_anew(same, rng)
        if not find_errors(anew):
            return anew
    return _checked(same)


def _shrink(lesion: LesionSpec, prior: PriorSpec) -> LesionSpec | None:
    """The finding as it was in the exam before; None where it was not there."""
    finding = REGISTRY[lesion.kind]
    share = prior.shares.get(lesion.id, 0.0 if finding.group in EXAM_GROUPS else 1.0)
    size = lesion.size_mm * share
    if share == 0 or (share < 1 and size < finding.size_mm[0]):
        return None
    count = lesion.count
    if count is not None and (drawn := finding.count(lesion.descriptors)) is not None:
        fewest = min(count, max(COUNT_RANGE[0], drawn[0]))
        count = max(fewest, round(count * share))
    return replace(lesion, size_mm=size, count=count)


def _compress_anew(spec: CaseSpec, rng: np.random.Generator) -> CaseSpec:
    angle = spec.mlo_angle_deg + rng.normal(0.0, ANGLE_SD_DEG)
    thickness = spec.thickness_mm * (1.0 + rng.normal(0.0, THICKNESS_SD))
    return replace(spec, mlo_angle_deg=round(float(angle), 1), thickness_mm=round(thickness, 1))


def _change_lesion(spec: CaseSpec, finding: str, **changes: Any) -> CaseSpec:
    index = _index_of(spec, finding)
    lesions = list(spec.lesions)
    lesions[index] = replace(lesions[index], **changes)
    return _checked(replace(spec, lesions=tuple(lesions)))


def _index_of(spec: CaseSpec, finding: str) -> int:
    for index, lesion in enumerate(spec.lesions):
        if lesion.id == finding:
            return index
    raise SpecError({"lesions": [f"The case has no finding {finding!r}."]})


def _checked(spec: CaseSpec) -> CaseSpec:
    spec = replace(spec, tier=None)
    spec.validate()
    return spec
