"""From the claim to the case: real rows, real files, a small case in place of the network's."""

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.utils import timezone

from cases.dicom.reader import read_pixels
from cases.domain import cancel_request, generate_case, storing, sweep_requests
from cases.domain.generating import LeaseKeeper, Progress, explain
from cases.domain.leases import LEASE_S
from cases.errors import GeneratorError, StaleAttemptError
from cases.frames import decode_frame
from cases.models import Case, CaseRequest
from cases.models.files import ROOT
from cases.models.request import MAX_ATTEMPTS
from cases.queries import case_with_truth, load_masks, ready_cases
from generation.aiming import TierOutOfReachError
from generation.packages.registry import InstalledGenerator
from generation.spec import CaseSpec, PriorSpec
from tests.cases.domain.test_leases import expire
from tests.factories.cases import (
    HEIGHT,
    TIER,
    WIDTH,
    draw_spec,
    make_case,
    make_claim,
    make_mask,
    make_request,
)
from trainer.accounts.models import Institution

pytestmark = pytest.mark.django_db


def make(spec: CaseSpec, generator: InstalledGenerator, progress: Progress) -> Any:
    progress("network", 0.3)
    return make_case(spec)


def generate(request: CaseRequest, synthesise: Any = make, **options: Any) -> Case | None:
    case = generate_case(
        request_id=request.pk, worker="generation@here", synthesise=synthesise, **options
    )
    request.refresh_from_db()
    return case


def list_files() -> list[str]:
    try:
        folders, _ = default_storage.listdir(ROOT)
    except FileNotFoundError:
        return []
    return [
        f"{folder}/{name}"
        for folder in folders
        for name in default_storage.listdir(f"{ROOT}/{folder}")[1]
    ]


def test_a_request_becomes_a_case(institution: Institution) -> None:
    spec = draw_spec(4)
    request = make_request(spec, institution=institution)
    case = generate(request)
    assert case is not None
    assert (request.state, request.case, request.progress) == ("done", case, 1.0)
    assert (request.lease_until, request.reason) == (None, "")
    assert list(ready_cases()) == [case]
    assert (case.density, case.tier, case.positive) == (spec.density, TIER, True)
    assert CaseSpec.from_json(case.spec) == spec
    assert (case.weights_hash, case.generator_name) == ("ab" * 32, "parenchyma")
    assert request.generator == {"name": "parenchyma", "sha256": "ab" * 32}
    assert case.competency_difficulty["findings"]["f1"]["dprime"] == pytest.approx(18**0.5)


def test_every_image_holds_what_was_made() -> None:
    spec = draw_spec(4)
    case = generate(make_request(spec))
    assert case is not None
    made = make_case(spec)
    views = list(case_with_truth(case.pk).views.all())
    assert len(views) == 4
    for view in views:
        rendered = made.views[view.key]
        frame = view.frame.read()
        assert (len(frame), view.width, view.height) == (view.frame_bytes, WIDTH, HEIGHT)
        shown = decode_frame(frame, width=WIDTH, height=HEIGHT)
        assert np.array_equal(shown, rendered.pixels)
        assert np.array_equal(read_pixels(view.master.read()), rendered.pixels)
        assert view.preview.read().startswith(b"\x89PNG")
        assert bool(view.base_frame) == (rendered.base_pixels is not None)
        if rendered.base_pixels is not None:
            base = decode_frame(view.base_frame.read(), width=WIDTH, height=HEIGHT)
            assert np.array_equal(base, rendered.base_pixels)
            assert view.base_frame_sha256 != view.frame_sha256


def test_the_truth_comes_back_as_it_was_made() -> None:
    case = generate(make_request(draw_spec(4)))
    assert case is not None
    (finding,) = case_with_truth(case.pk).findings.all()
    assert (finding.finding_id, finding.kind, finding.side) == ("f1", "mass", "left")
    assert finding.centre_mm == list(draw_spec(4).lesions[0].position_mm)
    assert finding.reads_as == "mass"
    assert finding.malignancy == pytest.approx(make_case(draw_spec(4)).findings[0].malignancy)
    masks = load_masks(finding)
    assert set(masks) == {"left_cc", "left_mlo"}
    assert all(np.array_equal(mask, make_mask()) for mask in masks.values())
    (outline,) = finding.views.get(key="left_cc").outlines
    assert np.mean(outline, axis=0) == pytest.approx([30, 40], abs=1)


def test_truth_that_was_not_measured_is_kept_as_unknown() -> None:
    """One view shows it, nothing to see it against, nothing to call it."""

    def make_fault(spec: CaseSpec, generator: InstalledGenerator, progress: Progress) -> Any:
        made = make_case(spec)
        (found,) = made.findings
        seen = replace(found.views["left_mlo"], dprime=None)
        fault = replace(found, reads_as=None, malignancy=0.0, views={"left_mlo": seen})
        return replace(made, findings=(fault,))

    case = generate(make_request(draw_spec(4)), make_fault)
    assert case is not None
    (finding,) = case_with_truth(case.pk).findings.all()
    assert (finding.reads_as, finding.malignancy) == ("", 0.0)
    assert [(view.key, view.dprime) for view in finding.views.all()] == [("left_mlo", None)]
    told = case.competency_difficulty["findings"]["f1"]
    assert told["dprime"] == 0
    assert told["views"] == {"left_mlo": None}


def test_the_spec_that_was_made_is_kept_not_the_one_that_was_asked_for() -> None:
    """To meet a tier, synthesis may settle on another contrast or another woman."""
    settled = draw_spec(6)

    def settle(spec: CaseSpec, generator: InstalledGenerator, progress: Progress) -> Any:
        return make_case(settled)

    case = generate(make_request(draw_spec(4)), settle)
    assert case is not None
    assert CaseSpec.from_json(case.spec) == settled


def test_a_finding_that_no_view_shows_is_kept() -> None:
    def make_hidden(spec: CaseSpec, generator: InstalledGenerator, progress: Progress) -> Any:
        made = make_case(spec)
        return replace(made, findings=(replace(made.findings[0], views={}),))

    case = generate(make_request(draw_spec(4)), make_hidden)
    assert case is not None
    assert load_masks(case.findings.get()) == {}


def test_the_exam_before_is_kept_beside_the_current_one() -> None:
    lesion = draw_spec(4)
    prior = PriorSpec(years_before=2.5, shares={"f1": 0.9})
    spec = replace(lesion, prior=prior)
    case = generate(make_request(spec))
    assert case is not None
    assert case.prior_years == 2.5
    stored = case_with_truth(case.pk)
    made = make_case(spec)
    assert made.prior is not None
    assert [view.key for view in stored.current_views] == [v.key for v in stored.prior_views]
    for view in stored.prior_views:
        shown = decode_frame(view.frame.read(), width=WIDTH, height=HEIGHT)
        assert np.array_equal(shown, made.prior[view.key].pixels)
        # What it looks like without its findings would give the current ones away.
        assert not view.base_frame
    # Four images more, each as master, frame and preview.
    assert len(list_files()) == 16 + 12


def test_a_case_without_findings_is_a_case() -> None:
    case = generate(make_request(draw_spec(5, findings="none")))
    assert case is not None
    assert not case.positive
    assert not case.findings.exists()
    assert not case.views.exclude(base_frame="").exists()


def test_files_have_names_that_nobody_can_guess() -> None:
    request = make_request()
    case = generate(request)
    assert case is not None
    assert str(case.pk) not in case.folder
    assert str(request.pk) not in case.folder
    assert all(name.startswith(case.folder.removeprefix(f"{ROOT}/")) for name in list_files())
    # Four masters, frames and previews; two frames without the finding; two masks.
    assert len(list_files()) == 16


def test_a_second_message_for_the_same_request_does_nothing() -> None:
    request = make_request()
    case = generate(request)
    assert generate(request) is None
    assert Case.objects.get() == case
    assert request.attempt == 1


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (GeneratorError("The weights x are damaged."), "The weights x are damaged."),
        (MemoryError(), "out of memory"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (RuntimeError("shapes differ"), "RuntimeError): shapes differ"),
    ],
)
def test_a_failure_is_kept_with_its_reason(error: Exception, words: str) -> None:
    def break_down(spec: CaseSpec, generator: InstalledGenerator, progress: Progress) -> Any:
        raise error

    request = make_request()
    assert generate(request, break_down) is None
    assert request.state == "failed"
    assert words in request.reason
    assert request.finished_at is not None
    assert not Case.objects.exists()


def test_a_stored_spec_that_is_no_longer_valid_fails_by_name() -> None:
    request = make_request()
    CaseRequest.objects.update(spec={**request.spec, "density": "E"})
    assert generate(request) is None
    assert request.state == "failed"
    assert "density" in request.reason


def test_rows_that_cannot_be_stored_leave_no_files() -> None:
    made_twice = make_case(draw_spec())
    doubled = {**made_twice.views, "again": made_twice.views["left_cc"]}

    def make_double(spec: CaseSpec, generator: InstalledGenerator, progress: Progress) -> Any:
        return replace(made_twice, views=doubled)

    request = make_request()
    assert generate(request, make_double) is None
    assert request.state == "failed"
    assert IntegrityError.__name__ in request.reason
    assert list_files() == []
    assert not Case.objects.exists()


def test_the_result_of_an_attempt_that_was_given_up_is_dropped() -> None:
    """The worker slept through its lease; another one made the case meanwhile."""
    request = make_request()

    def oversleep(spec: CaseSpec, generator: InstalledGenerator, progress: Progress) -> Any:
        CaseRequest.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        sweep_requests()
        generate_case(request_id=request.pk, worker="generation@there", synthesise=make)
        return make_case(spec)

    assert generate(request, oversleep) is None
    assert (request.state, request.attempt, request.worker) == ("done", 2, "generation@there")
    case = Case.objects.get()
    assert request.case == case
    assert len(list_files()) == 16


def test_an_attempt_taken_over_while_it_stores_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    request = make_request()
    claim = make_claim(request)
    write = storing._make_view

    def take_over(*args: Any) -> Any:
        CaseRequest.objects.update(attempt=2)
        return write(*args)

    monkeypatch.setattr(storing, "_make_view", take_over)
    with pytest.raises(StaleAttemptError):
        storing.store_case(claim=claim, made=make_case(draw_spec()), generator_name="parenchyma")
    assert not Case.objects.exists()
    assert list_files() == []


def test_a_cancelled_request_stops_its_worker_at_the_next_stage() -> None:
    request = make_request()

    def be_cancelled(spec: CaseSpec, generator: InstalledGenerator, progress: Progress) -> Any:
        progress("anatomy", 0.1)
        cancel_request(request=request)
        progress("network", 0.2)
        raise AssertionError("the attempt went on")

    assert generate(request, be_cancelled) is None
    assert request.state == "cancelled"


def test_a_worker_told_to_end_gives_the_request_back() -> None:
    def be_ended(spec: CaseSpec, generator: InstalledGenerator, progress: Progress) -> Any:
        raise SystemExit(0)

    request = make_request()
    with pytest.raises(SystemExit):
        generate(request, be_ended)
    request.refresh_from_db()
    assert (request.state, request.case) == ("queued", None)


def test_a_worker_about_to_end_gives_the_request_back_at_the_next_stage() -> None:
    told: list[str] = []

    def be_told(spec: CaseSpec, generator: InstalledGenerator, progress: Progress) -> Any:
        progress("anatomy", 0.1)
        told.append("end")
        progress("network", 0.2)
        raise AssertionError("the attempt went on")

    request = make_request()
    for _ in range(MAX_ATTEMPTS + 1):
        told.clear()
        assert generate(request, be_told, is_ending=lambda: bool(told)) is None
        assert (request.state, request.lease_until, request.reason) == ("queued", None, "")
    # However often its workers were ended in order, it has not used up its attempts.
    assert generate(request) is not None


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_while_a_long_stage_says_nothing() -> None:
    request = make_request()
    claim = make_claim(request)
    expire(claim)
    with LeaseKeeper(claim, beat_s=0.02):
        deadline = time.monotonic() + 60
        while lease_left_s(request) < LEASE_S / 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert lease_left_s(request) > LEASE_S / 2
        assert sweep_requests().requeued == 0
    ended = lease_left_s(request)
    time.sleep(0.1)
    assert lease_left_s(request) < ended  # nobody renews it any more


def lease_left_s(request: CaseRequest) -> float:
    request.refresh_from_db()
    assert request.lease_until is not None
    return (request.lease_until - timezone.now()).total_seconds()


@pytest.mark.django_db(transaction=True)
def test_a_keeper_learns_that_its_attempt_was_taken_over() -> None:
    request = make_request()
    claim = make_claim(request)
    with LeaseKeeper(claim, beat_s=0.02) as keeper:
        CaseRequest.objects.update(attempt=2)
        with pytest.raises(StaleAttemptError):
            keeper.report("network", 0.5)


def test_a_wished_difficulty_out_of_reach_is_no_invalid_description() -> None:
    said = explain(TierOutOfReachError("No contrast makes this case one of tier 1."))
    assert said.startswith("The wished difficulty is out of reach. No contrast")
