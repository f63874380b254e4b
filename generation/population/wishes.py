"""What may be wished of a drawn case, and which wishes contradict each other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from generation.lesions import REGISTRY
from generation.lesions.finding import Finding, Words
from generation.plausibility import CONTRAST_RANGE, MAX_SEED, RANGES, TIER_RANGE, needs_prior
from generation.population.rates import PREVALENCE
from generation.spec import SpecError
from generation.vocabulary import ACTIONABLE_ASSESSMENTS, DENSITIES, LOOKS, SIDES, term_keys

# findings: a kind, which is then the case's only finding, or "none". prior: whether there is an
# exam before. prevalence: "teaching" (enriched) or "screening". tier: how demanding the case is to
# be once it is made; contrasts, or the woman of a case to be left alone, are settled then.
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
        "dose",
        "look",
        "prior",
        "prevalence",
        "tier",
    }
)
TIER_SETTLES_WOMAN = "Where nothing calls for action a tier settles the woman."
FINDING_WISHES = ("side", "size_mm", "contrast", "descriptors", "actionable")

Errors = dict[str, list[str]]


def check_wishes(wishes: Mapping[str, Any]) -> None:
    """SpecError naming every unknown, mistyped, impossible or contradictory wish."""
    errors: Errors = {name: ["Unknown wish."] for name in set(wishes) - WISHES}
    _check_terms(errors, wishes)
    _check_numbers(errors, wishes)
    findings = _named_kind(wishes)
    if findings == "none":
        for name in FINDING_WISHES:
            if name in wishes:
                errors.setdefault(name, []).append("Contradicts a case without findings.")
    elif "descriptors" in wishes and findings is not None:
        errors.update(_check_descriptors(findings, wishes["descriptors"]))
    elif "descriptors" in wishes:
        errors["descriptors"] = ["Needs the finding kind in findings."]
    if "tier" in wishes:
        errors.update(_check_tier(wishes))
    if not errors and findings in REGISTRY:
        errors.update(_find_contradictions(REGISTRY[findings], wishes))
    if errors:
        raise SpecError(dict(sorted(errors.items())))


def _named_kind(wishes: Mapping[str, Any]) -> str | None:
    """The kind wished for or "none"; None for whatever is neither."""
    findings = wishes.get("findings")
    known = isinstance(findings, str) and (findings == "none" or findings in REGISTRY)
    return str(findings) if known else None


def complete_words(finding: Finding, wished: Words) -> Iterator[dict[str, str]]:
    """Every set of words of a kind that holds the wished ones and does not contradict itself."""
    names = [part.key for part in finding.descriptors]
    choices = [[wished[name]] if name in wished else finding.values_of(name) for name in names]
    for values in itertools.product(*choices):
        words = dict(zip(names, values, strict=True))
        if finding.contradiction(words) is None:
            yield words


def _check_terms(errors: Errors, wishes: Mapping[str, Any]) -> None:
    terms: dict[str, Sequence[Any]] = {
        "density": term_keys(DENSITIES),
        "findings": ("none", *REGISTRY),
        "side": SIDES,
        "look": term_keys(LOOKS),
        "actionable": (True, False),
        "prior": (True, False),
        "prevalence": tuple(PREVALENCE),
    }
    for name, allowed in terms.items():
        if name in wishes and not any(
            isinstance(wishes[name], type(value)) and wishes[name] == value for value in allowed
        ):
            errors[name] = [f"Must be one of {', '.join(map(str, allowed))}."]


def _check_numbers(errors: Errors, wishes: Mapping[str, Any]) -> None:
    findings = _named_kind(wishes)
    sizes = REGISTRY[findings].size_mm if findings in REGISTRY else (3.0, 50.0)
    numbers: dict[str, tuple[float, float, bool]] = {
        "seed": (0, MAX_SEED, True),
        "age_years": (*RANGES["age_years"], True),
        "dose": (*RANGES["dose"], False),
        "tier": (*TIER_RANGE, True),
        "size_mm": (*sizes, False),
        "contrast": (*CONTRAST_RANGE, False),
    }
    for name, (low, high, whole) in numbers.items():
        if name in wishes and (said := _number_error(wishes[name], low, high, whole)):
            errors[name] = said


def _number_error(value: Any, low: float, high: float, whole: bool = False) -> list[str]:
    kinds = (int, np.integer) if whole else (int, float, np.number)
    if isinstance(value, bool) or not isinstance(value, kinds):
        return ["Must be a whole number." if whole else "Must be a number."]
    if not low <= value <= high:
        return [f"Must be between {low} and {high}."]
    return []


def _check_tier(wishes: Mapping[str, Any]) -> Errors:
    errors: Errors = {}
    if "contrast" in wishes:
        errors["contrast"] = ["A tier settles the contrast."]
    alone = wishes.get("findings") == "none" or wishes.get("actionable") is False
    if "seed" in wishes and alone:
        errors["seed"] = [TIER_SETTLES_WOMAN]
    return errors


def _check_descriptors(kind: str, wished: Any) -> Errors:
    if not isinstance(wished, Mapping):
        return {"descriptors": ["Must be an object of descriptor names and values."]}
    finding = REGISTRY[kind]
    known = {part.key for part in finding.descriptors}
    errors: Errors = {}
    for name, value in wished.items():
        if name not in known:
            errors[f"descriptors.{name}"] = ["Unknown descriptor."]
        elif value not in finding.values_of(name):
            allowed = ", ".join(finding.values_of(name))
            errors[f"descriptors.{name}"] = [f"Must be one of {allowed}."]
    return errors


def _find_contradictions(finding: Finding, wishes: Mapping[str, Any]) -> Errors:
    """What no words of this kind can meet, by wish."""
    wished = wishes.get("descriptors", {})
    possible = list(complete_words(finding, wished))
    if not possible:
        words = {part.key: wished.get(part.key, "") for part in finding.descriptors}
        said = finding.contradiction(words) or "These descriptors do not occur together."
        return {"descriptors": [said]}
    errors: Errors = {}
    calls = [finding.assess(words) in ACTIONABLE_ASSESSMENTS for words in possible]
    if "tier" in wishes and "seed" in wishes and not any(calls):
        errors["seed"] = [TIER_SETTLES_WOMAN]
    wanted = {wishes["actionable"]} if "actionable" in wishes else {True, False}
    meeting = [words for words, call in zip(possible, calls, strict=True) if call in wanted]
    if not meeting:
        often = "never calls" if wishes["actionable"] else "always calls"
        said = f"{finding.label} {'so described ' if wished else ''}{often} for a biopsy."
        errors["actionable"] = [said]
        if wished:
            errors["descriptors"] = [said]
    elif wishes.get("prior") is False and all(needs_prior(words) for words in meeting):
        said = "What is developing needs a prior exam."
        errors["prior"] = [said]
        errors["descriptors" if wished else "findings"] = [said]
    return errors
