"""Strict reading of spec JSON: every field named, typed and known, or a SpecError saying which."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from generation.spec import SCHEMA_VERSION, CaseSpec, LesionSpec, PriorSpec, SpecError
from generation.spec_versions import upgrade

Errors = dict[str, list[str]]
Check = Callable[[Any], str | None]


def _check_text(value: Any) -> str | None:
    return None if isinstance(value, str) else "Must be text."


def _check_integer(value: Any) -> str | None:
    ok = isinstance(value, int) and not isinstance(value, bool)
    return None if ok else "Must be a whole number."


def _check_number(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "Must be a number."
    try:
        finite = math.isfinite(value)
    except OverflowError:  # JSON's whole numbers have no end, floats have
        finite = False
    return None if finite else "Must be a finite number."


def _check_count(value: Any) -> str | None:
    return None if value is None else _check_integer(value)


def _check_descriptors(value: Any) -> str | None:
    if not isinstance(value, Mapping):
        return "Must be an object of descriptor names and values."
    texts = all(isinstance(part, str) for pair in value.items() for part in pair)
    return None if texts else "Names and values must be text."


def _check_prior(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, Mapping) or set(value) != {"years_before", "shares"}:
        return "Must be null or an object of years_before and shares."
    shares = value["shares"]
    if _check_number(value["years_before"]) or not isinstance(shares, Mapping):
        return "years_before must be a number and shares an object of numbers by finding id."
    named = all(isinstance(name, str) for name in shares)
    if not named or any(_check_number(share) for share in shares.values()):
        return "shares must hold numbers by finding id."
    return None


def _check_list(value: Any) -> str | None:
    return None if isinstance(value, list | tuple) else "Must be a list."


CASE_FIELDS: dict[str, Check] = {
    "schema_version": _check_integer,
    "seed": _check_integer,
    "density": _check_text,
    "age_years": _check_integer,
    "indication": _check_text,
    "thickness_mm": _check_number,
    "width_mm": _check_number,
    "depth_mm": _check_number,
    "mlo_angle_deg": _check_number,
    "look": _check_text,
    "dose": _check_number,
    "exam": _check_text,
    "tier": _check_count,
    "prior": _check_prior,
    "lesions": _check_list,
}
LESION_FIELDS: dict[str, Check] = {
    "id": _check_text,
    "kind": _check_text,
    "side": _check_text,
    "depth_mm": _check_number,
    "lateral_mm": _check_number,
    "superior_mm": _check_number,
    "size_mm": _check_number,
    "contrast": _check_number,
    "descriptors": _check_descriptors,
    "count": _check_count,
    "assessment": _check_text,
    "pathology": _check_text,
}


def _check_object(data: Any, fields: Mapping[str, Check], prefix: str) -> Errors:
    if not isinstance(data, Mapping):
        return {prefix.rstrip(".") or "spec": ["Must be an object."]}
    errors: Errors = {}
    for name in data:
        if name not in fields:
            errors[f"{prefix}{name}"] = ["Unknown field."]
    for name, check in fields.items():
        said = check(data[name]) if name in data else "This field is missing."
        if said:
            errors[f"{prefix}{name}"] = [said]
    return errors


def _build_lesion(data: Mapping[str, Any]) -> LesionSpec:
    numbers = ("depth_mm", "lateral_mm", "superior_mm", "size_mm", "contrast")
    values = {name: float(data[name]) for name in numbers}
    return LesionSpec(**{**data, **values, "descriptors": dict(data["descriptors"])})


def parse_lesion(data: Any) -> LesionSpec:
    """LesionSpec from decoded JSON, types checked and values not; SpecError by field."""
    errors = _check_object(data, LESION_FIELDS, "")
    if errors:
        raise SpecError(errors)
    return _build_lesion(data)


def _build_prior(data: Mapping[str, Any] | None) -> PriorSpec | None:
    if data is None:
        return None
    shares = {name: float(share) for name, share in data["shares"].items()}
    return PriorSpec(years_before=float(data["years_before"]), shares=shares)


def parse_case(data: Any) -> CaseSpec:
    """CaseSpec from decoded JSON, types checked and values not yet; SpecError by dotted field."""
    data = upgrade(data)
    errors = _check_object(data, CASE_FIELDS, "")
    known = "spec" not in errors and "schema_version" not in errors
    if known and data["schema_version"] != SCHEMA_VERSION:
        raise SpecError({"schema_version": [f"This version reads 1 and {SCHEMA_VERSION}."]})
    if "spec" not in errors and "lesions" not in errors:
        for index, lesion in enumerate(data["lesions"]):
            errors.update(_check_object(lesion, LESION_FIELDS, f"lesions.{index}."))
    if errors:
        raise SpecError(errors)
    numbers = ("thickness_mm", "width_mm", "depth_mm", "mlo_angle_deg", "dose")
    values = {name: float(data[name]) for name in numbers}
    lesions = tuple(_build_lesion(lesion) for lesion in data["lesions"])
    prior = _build_prior(data["prior"])
    return CaseSpec(**{**data, **values, "lesions": lesions, "prior": prior})
