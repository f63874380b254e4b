"""From a made case to files and rows: all of them, or none."""

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from cases.dicom.image import MasterImage
from cases.dicom.writer import write_master
from cases.domain.files import files_kept_on_success, write_file
from cases.domain.findings import describe_difficulty, make_finding, make_finding_views
from cases.domain.leases import Claim
from cases.errors import StaleAttemptError
from cases.frames import encode_frame
from cases.models import Case, CaseRequest, CaseView, Exam, FindingView
from cases.models.request import RequestState
from cases.previews import encode_preview
from generation.anatomy.geometry import PIXEL_MM
from generation.placement import RenderedView
from generation.spec import CaseSpec
from generation.transformations import take_prior
from generation.truth import FindingTruth


class MadeCase(Protocol):
    """A `generation.synthesis.SynthesisedCase`, said without importing it: it loads torch."""

    @property
    def views(self) -> Mapping[str, RenderedView]: ...
    @property
    def prior(self) -> Mapping[str, RenderedView] | None: ...
    @property
    def findings(self) -> tuple[FindingTruth, ...]: ...
    @property
    def truth(self) -> dict[str, Any]: ...
    @property
    def provenance(self) -> dict[str, Any]: ...


def store_case(*, claim: Claim, made: MadeCase, generator_name: str) -> Case:
    """Keep a made case and end its request.

    The case's spec is the one that was made, which meets a tier that the request only asked for.
    Files are written first, into the attempt's own folder; then all rows in one transaction.

    Raises:
        StaleAttemptError: if the attempt no longer counts; nothing of it is left.
    """
    spec = CaseSpec.from_json(made.provenance["spec"])
    with files_kept_on_success(claim.folder):
        request = claim.rows().first()
        if request is None:
            raise StaleAttemptError("the request was taken over or called off")
        case = _make_case(request, spec, made, generator_name, folder=claim.folder)
        views = [_make_view(case, spec, view) for view in made.views.values()]
        if made.prior is not None:
            before = take_prior(spec)
            views += [_make_view(case, before, view) for view in made.prior.values()]
        findings = {found.id: make_finding(case, found) for found in made.findings}
        shown = [
            view
            for found in made.findings
            for view in make_finding_views(
                findings[found.id], found.views.items(), folder=claim.folder
            )
        ]
        with transaction.atomic():
            case.save(force_insert=True)
            CaseView.objects.bulk_create(views)
            for finding in findings.values():
                finding.save(force_insert=True)
            FindingView.objects.bulk_create(shown)
            _end_request(claim, case)
    return case


def _end_request(claim: Claim, case: Case) -> None:
    ended = claim.rows().update(
        state=RequestState.DONE,
        case=case,
        progress=1.0,
        stage="",
        reason="",
        lease_until=None,
        finished_at=timezone.now(),
    )
    if not ended:
        raise StaleAttemptError("the request was taken over or called off")


def _make_case(
    request: CaseRequest, spec: CaseSpec, made: MadeCase, generator_name: str, *, folder: str
) -> Case:
    return Case(
        id=uuid4(),
        institution_id=request.institution_id,
        variant_of_id=request.variant_of_id,
        variant=request.variant,
        spec=spec.to_json(),
        truth=made.truth,
        provenance=made.provenance,
        # The denser breast decides.
        density=max(made.truth["density"].values()),
        tier=made.truth["tier"],
        positive=any(found.actionable for found in made.findings),
        age_band=made.truth["age_band"],
        indication=made.truth["indication"],
        prior_years=None if made.prior is None or spec.prior is None else spec.prior.years_before,
        competency_difficulty={"findings": describe_difficulty(made.findings)},
        weights_hash=made.provenance["weights_sha256"],
        generator_name=generator_name,
        folder=folder,
    )


def _make_view(case: Case, spec: CaseSpec, view: RenderedView) -> CaseView:
    """Write the files of one view of the spec's exam; a row not yet saved.

    Of a prior exam nobody asks what it looks like without its findings.
    """
    exam = Exam(spec.exam)
    name = f"{view.side}_{view.view}" if exam == Exam.CURRENT else f"prior_{view.side}_{view.view}"
    window = {"center": view.window_center, "width": view.window_width}
    master = write_master(
        MasterImage(
            case_id=case.pk,
            exam=exam.value,
            side=view.side,
            view=view.view,
            pixels=view.pixels,
            pixel_mm=PIXEL_MM,
            window_center=view.window_center,
            window_width=view.window_width,
            age_years=spec.age_years,
            thickness_mm=spec.thickness_mm,
        )
    )
    frame = encode_frame(view.pixels)
    height, width = view.pixels.shape
    row = CaseView(
        case=case,
        exam=exam,
        side=view.side,
        view=view.view,
        width=width,
        height=height,
        pixel_mm=PIXEL_MM,
        window_center=view.window_center,
        window_width=view.window_width,
        master=write_file(case.folder, f"{name}.dcm", master),
        frame=write_file(case.folder, f"{name}.frame", frame.data),
        frame_bytes=frame.size,
        frame_sha256=frame.sha256,
        preview=write_file(
            case.folder, f"{name}.preview.png", encode_preview(view.pixels, **window)
        ),
    )
    if view.base_pixels is not None and exam == Exam.CURRENT:
        base = encode_frame(view.base_pixels)
        row.base_frame = write_file(case.folder, f"{name}.base.frame", base.data)
        row.base_frame_bytes, row.base_frame_sha256 = base.size, base.sha256
    return row
