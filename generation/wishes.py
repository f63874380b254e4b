"""What may be wished of a drawn case, and which wishes contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from generation.lesions import REGISTRY
from generation.plausibility import CONTRAST_RANGE, MAX_SEED, RANGES
from generation.spec import SpecError
from generation.vocabulary import DENSITIES, SIDES, term_keys

WISHES = frozenset(
    {
        "density",
        "findings",
        "seed",
        "side",
        "size_mm",
        "contrast",
        "descriptors",
        "actionable",
        "age_years",
        "tier",
    }
)
FINDING_WISHES = ("side", "size_mm", "contrast", "descriptors", "actionable")


def _check_descriptor_wishes(kind: str, wished: Any) -> dict[str, list[str]]:
    if not isinstance(wished, Mapping):
        return {"descriptors": ["Must be an object of descriptor names and values."]}
    finding = REGISTRY[kind]
    known = {part.key for part in finding.descriptors}
    errors: dict[str, list[str]] = {}
    for name, value in wished.items():
        if name not in known:
            errors[f"descriptors.{name}"] = ["Unknown descriptor."]
        elif value not in finding.values_of(name):
            allowed = ", ".join(finding.values_of(name))
            errors[f"descriptors.{name}"] = [f"Must be one of {allowed}."]
    return errors


def _number_error(value: Any, low: float, high: float, whole: bool = False) -> list[str]:
    kinds = (int, np.integer) if whole else (int, float, np.number)
    if isinstance(value, bool) or not isinstance(value, kinds):
        return ["Must be a whole number." if whole else "Must be a number."]
    if not low <= value <= high:
        return [f"Must be between {low} and {high}."]
    return []


def check_wishes(wishes: Mapping[str, Any]) -> None:
    """SpecError naming every unknown, mistyped, impossible or contradictory wish."""
    errors: dict[str, list[str]] = {name: ["Unknown wish."] for name in set(wishes) - WISHES}
    findings = wishes.get("findings")
    terms: dict[str, Sequence[Any]] = {
        "density": term_keys(DENSITIES),
        "findings": ("none", *REGISTRY),
        "side": SIDES,
        "actionable": (True, False),
    }
    for name, allowed in terms.items():
        if name in wishes and not any(wishes[name] is v or wishes[name] == v for v in allowed):
            errors[name] = [f"Must be one of {', '.join(map(str, allowed))}."]
    sizes = REGISTRY[findings].size_mm if findings in REGISTRY else (3.0, 50.0)
    numbers: dict[str, tuple[float, float, bool]] = {
        "seed": (0, MAX_SEED, True),
        "age_years": (*RANGES["age_years"], True),
        "tier": (1, 5, True),
        "size_mm": (*sizes, False),
        "contrast": (*CONTRAST_RANGE, False),
    }
    for name, (low, high, whole) in numbers.items():
        if name in wishes and (said := _number_error(wishes[name], low, high, whole)):
            errors[name] = said
    if findings == "none":
        for name in FINDING_WISHES:
            if name in wishes:
                errors.setdefault(name, []).append("Contradicts a case without findings.")
    elif "descriptors" in wishes:
        if findings not in REGISTRY:
            errors["descriptors"] = ["Needs the finding kind in findings."]
        else:
            errors.update(_check_descriptor_wishes(str(findings), wishes["descriptors"]))
    if errors:
        raise SpecError(dict(sorted(errors.items())))
