"""A case in every density: asked for once, made once, and never given to read."""

from dataclasses import replace

import pytest

from cases.domain import (
    claim_request,
    delete_case,
    fail_request,
    request_density_ladder,
    store_case,
)
from cases.errors import NoVariantError
from cases.generators import default_generator
from cases.models import Case, CaseRequest
from cases.queries import list_density_ladder, ready_cases
from generation.spec import CaseSpec, PriorSpec
from tests.factories.cases import draw_spec, make_case, make_claim, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    spec = replace(draw_spec(density="B"), prior=PriorSpec(years_before=2.0, shares={}), tier=2)
    claim = make_claim(make_request(spec))
    made = store_case(claim=claim, made=make_case(spec), generator_name="shipped")
    Case.objects.filter(pk=made.pk).update(weights_hash=default_generator().sha256)
    made.refresh_from_db()
    return made


def make(request: CaseRequest) -> Case:
    claim = claim_request(request_id=request.pk, worker="generation@here")
    assert claim is not None
    return store_case(
        claim=claim, made=make_case(CaseSpec.from_json(claim.spec)), generator_name="shipped"
    )


def test_the_other_densities_are_asked_for_and_nothing_else_changes(case: Case) -> None:
    own = CaseSpec.from_json(case.spec)
    requests = request_density_ladder(case=case)
    specs = [CaseSpec.from_json(request.spec) for request in requests]
    assert [spec.density for spec in specs] == ["A", "C", "D"]
    for spec in specs:
        assert replace(spec, density="B", tier=own.tier, prior=own.prior) == own
        assert spec.prior is None
    assert {request.generator_sha256 for request in requests} == {case.weights_hash}


def test_whoever_asks_next_finds_what_is_there(case: Case) -> None:
    first = request_density_ladder(case=case)
    make(first[0])
    again = request_density_ladder(case=case)
    assert [request.pk for request in again] == [request.pk for request in first]
    assert CaseRequest.objects.filter(variant_of=case).count() == 3
    assert [request.state for request in again] == ["done", "queued", "queued"]


def test_a_made_step_belongs_to_its_case_and_is_given_to_nobody(case: Case) -> None:
    step = make(request_density_ladder(case=case)[2])
    assert (step.variant_of, step.variant, step.density) == (case, "density-D", "D")
    assert list(ready_cases()) == [case]
    assert [found.finding_id for found in step.findings.all()] == [
        found.finding_id for found in case.findings.all()
    ]


def test_steps_tell_how_they_stand_and_failed_ones_are_tried_again(case: Case) -> None:
    assert [step.state for step in list_density_ladder(case)] == [
        "absent", "own", "absent", "absent",
    ]  # fmt: skip
    requests = request_density_ladder(case=case)
    make(requests[0])
    claim = claim_request(request_id=requests[1].pk, worker="generation@here")
    assert claim is not None
    fail_request(claim=claim, reason="Out of memory.")
    a, b, c, d = list_density_ladder(case)
    assert (a.state, b.state, c.state, d.state) == ("done", "own", "failed", "queued")
    assert c.reason == "Out of memory."
    assert a.case is not None
    assert a.case.density == "A"
    request_density_ladder(case=case)
    assert list_density_ladder(case)[2].state == "queued"


def test_a_step_has_no_ladder_of_its_own(case: Case) -> None:
    step = make(request_density_ladder(case=case)[0])
    with pytest.raises(NoVariantError):
        request_density_ladder(case=step)


def test_a_case_that_cannot_be_described_anew_says_so(case: Case) -> None:
    case.spec = {"seed": 1}
    with pytest.raises(NoVariantError, match="other densities"):
        request_density_ladder(case=case)


def test_a_deleted_case_takes_its_steps_along(case: Case) -> None:
    make(request_density_ladder(case=case)[0])
    delete_case(case=case)
    assert not Case.objects.exists()
    assert not CaseRequest.objects.filter(variant_of__isnull=False).exists()
