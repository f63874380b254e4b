"""What a person has placed in a normal case, as a spec; the rows are read here, never written."""

import json
from dataclasses import replace
from uuid import UUID, uuid5

from cases.errors import NoVariantError
from cases.models import Case, SandboxCase
from generation.population.placing import place_lesion
from generation.spec import CaseSpec, LesionSpec, SpecError
from generation.spec_json import parse_lesion


def placed_request_id(sandbox: SandboxCase, spec: CaseSpec) -> UUID:
    """The same for ever of the same finding: whoever asks again finds what was made."""
    return uuid5(sandbox.pk, json.dumps(spec.to_json(), sort_keys=True))


def read_placed(sandbox: SandboxCase, density: str | None = None) -> CaseSpec:
    """The case as it stands now, or in another density.

    Raises:
        SpecError: if it cannot be made.
        NoVariantError: if the case is not understood.
    """
    woman = read_woman(sandbox.base)
    if density is not None:
        woman = replace(woman, density=density)
    lesion = read_lesion(sandbox)
    if lesion is not None:
        return place_lesion(woman, lesion)
    woman.validate()
    return woman


def read_lesion(sandbox: SandboxCase) -> LesionSpec | None:
    """What is placed now."""
    return None if sandbox.lesion is None else parse_lesion(sandbox.lesion)


def read_woman(base: Case) -> CaseSpec:
    """The spec of a normal case, without its exam before.

    Raises:
        NoVariantError: if it holds findings, was taken with less than the usual dose, or its
            description is not understood.
    """
    try:
        spec = CaseSpec.from_json(base.spec)
    except SpecError as error:
        raise NoVariantError(f"This case cannot be used: {error}") from error
    if spec.lesions or spec.dose != 1.0 or base.variant_of_id is not None:
        raise NoVariantError("Only a normal case without findings can be used.")
    return replace(spec, prior=None, tier=None)
