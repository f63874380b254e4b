"""One case into another, everything else fixed: each a function of spec -> spec."""

from __future__ import annotations

from dataclasses import replace

from generation.spec import CaseSpec


def take_prior(spec: CaseSpec) -> CaseSpec:
    """Spec of the exam before: the same woman compressed anew, younger, findings smaller or absent.

    Raises:
        ValueError: if the case has no prior.
    """
    if spec.prior is None:
        raise ValueError("this case has no prior exam")
    shares = spec.prior.shares
    lesions = tuple(
        replace(lesion, size_mm=lesion.size_mm * shares.get(lesion.id, 1.0))
        for lesion in spec.lesions
        if shares.get(lesion.id, 1.0) > 0
    )
    age = round(spec.age_years - spec.prior.years_before)
    return replace(spec, exam="prior", prior=None, age_years=age, lesions=lesions)
