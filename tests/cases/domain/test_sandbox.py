import uuid
from typing import Any

import pytest
from django.utils import timezone

from cases.domain import fail_request, keep_lesion, open_sandbox, request_placed
from cases.domain.leases import claim_request
from cases.domain.sandbox import MADE_PER_DAY
from cases.errors import (
    NoVariantError,
    RequestConflictError,
    StaleSandboxError,
    TooManyVariantsError,
    WithdrawnBaseError,
)
from cases.models import Case, CaseRequest
from cases.queries import ready_cases
from cases.queries.sandbox import list_placed_steps
from generation.spec import LesionSpec, SpecError
from tests.factories.accounts import UserFactory
from tests.factories.sandbox import LESION, make_normal, make_placed, make_sandbox
from tests.generation.specs import make_lesion
from trainer.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return UserFactory.create()


def lesion_of(**changes: Any) -> LesionSpec:
    return LesionSpec(**{**LESION, "id": "f1", "assessment": "2", "pathology": "benign", **changes})


def test_opening_twice_is_opening_once(owner: User) -> None:
    base, name = make_normal(), uuid.uuid4()
    first = open_sandbox(sandbox_id=name, owner=owner, base=base)
    assert open_sandbox(sandbox_id=name, owner=owner, base=base) == first
    with pytest.raises(RequestConflictError):
        open_sandbox(sandbox_id=name, owner=UserFactory.create(), base=base)
    with pytest.raises(RequestConflictError):
        open_sandbox(sandbox_id=name, owner=owner, base=make_normal())


def test_only_a_normal_case_of_the_usual_dose_in_use_is_taken(owner: User) -> None:
    withdrawn = make_normal()
    Case.objects.filter(pk=withdrawn.pk).update(withdrawn_at=timezone.now())
    withdrawn.refresh_from_db()
    with pytest.raises(WithdrawnBaseError):
        make_sandbox(owner, withdrawn)
    with_finding = make_normal()
    with_finding.spec = {**with_finding.spec, "lesions": [make_lesion().to_json()]}
    for base in (with_finding, make_normal(dose=0.5)):
        with pytest.raises(NoVariantError):
            make_sandbox(owner, base)


def test_what_follows_from_the_words_is_kept_with_them(owner: User) -> None:
    sandbox = make_sandbox(owner)
    kept = keep_lesion(sandbox=sandbox, side="left", lesion=lesion_of(), revision=0)
    assert kept.lesion["assessment"] == "5"
    assert kept.lesion["pathology"] == "malignant"
    taken_out = keep_lesion(sandbox=kept, side="left", lesion=None, revision=1)
    assert (taken_out.lesion, taken_out.revision) == (None, 2)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"depth_mm": 89.0}, "depth_mm"),
        ({"lateral_mm": 500.0}, "lateral_mm"),
        ({"size_mm": 49.0}, "size_mm"),
        ({"contrast": 9.0}, "contrast"),
        ({"descriptors": {"shape": "oval"}}, "descriptors.margin"),
        ({"descriptors": {**LESION["descriptors"], "density": "fat_containing"}}, "descriptors"),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_nothing_is_kept(
    owner: User, changes: dict[str, Any], field: str
) -> None:
    sandbox = make_sandbox(owner)
    with pytest.raises(SpecError) as refused:
        keep_lesion(sandbox=sandbox, side="left", lesion=lesion_of(**changes), revision=0)
    assert field in refused.value.errors
    sandbox.refresh_from_db()
    assert (sandbox.lesion, sandbox.revision) == (None, 0)


def test_an_older_window_does_not_overwrite_a_newer(owner: User) -> None:
    sandbox = make_sandbox(owner)
    keep_lesion(sandbox=sandbox, side="left", lesion=lesion_of(), revision=0)
    again = keep_lesion(sandbox=sandbox, side="left", lesion=lesion_of(), revision=0)
    assert again.revision == 1
    with pytest.raises(StaleSandboxError):
        keep_lesion(sandbox=sandbox, side="left", lesion=lesion_of(size_mm=9.0), revision=0)


def test_the_same_finding_is_made_once_and_another_anew(owner: User) -> None:
    sandbox = keep_lesion(sandbox=make_sandbox(owner), side="left", lesion=lesion_of(), revision=0)
    first = request_placed(sandbox=sandbox)
    assert request_placed(sandbox=sandbox) == first
    assert first.spec["lesions"][0]["size_mm"] == 12.0
    denser = request_placed(sandbox=sandbox, density="D")
    assert (denser.spec["density"], denser.spec["seed"]) == ("D", sandbox.base.spec["seed"])
    larger = keep_lesion(sandbox=sandbox, side="left", lesion=lesion_of(size_mm=9.0), revision=1)
    assert request_placed(sandbox=larger).pk not in (first.pk, denser.pk)


def test_its_steps_show_what_was_made_of_the_finding_as_it_stands(owner: User) -> None:
    sandbox = keep_lesion(sandbox=make_sandbox(owner), side="left", lesion=lesion_of(), revision=0)
    case = make_placed(request_placed(sandbox=sandbox, density="C"))
    states = {step.density: step.state for step in list_placed_steps(sandbox)}
    assert states == {"A": "absent", "B": "absent", "C": "done", "D": "absent"}
    assert (case.variant_of_id, case.findings.count()) == (sandbox.base_id, 1)
    other = keep_lesion(sandbox=sandbox, side="left", lesion=lesion_of(size_mm=9.0), revision=1)
    assert {step.state for step in list_placed_steps(other)} == {"absent"}


def test_what_is_placed_is_never_given_to_read(owner: User) -> None:
    sandbox = make_sandbox(owner)
    make_placed(request_placed(sandbox=sandbox))
    assert list(ready_cases()) == [sandbox.base]


def test_what_failed_is_tried_again(owner: User) -> None:
    sandbox = make_sandbox(owner)
    request = request_placed(sandbox=sandbox)
    claim = claim_request(request_id=request.pk, worker="generation@here")
    assert claim is not None
    fail_request(claim=claim, reason="no room on disk")
    assert CaseRequest.objects.get(pk=request.pk).state == "failed"
    assert request_placed(sandbox=sandbox).state == "queued"


def test_a_day_has_a_limit_for_each_person(owner: User) -> None:
    sandbox = make_sandbox(owner)
    for _ in range(MADE_PER_DAY):
        CaseRequest.objects.create(pk=uuid.uuid4(), spec={}, requested_by=owner, variant="placed-x")
    with pytest.raises(TooManyVariantsError):
        request_placed(sandbox=sandbox)
    request_placed(sandbox=make_sandbox(UserFactory.create()))
