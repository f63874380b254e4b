"""The bytes of images, for those who may see them and nobody else."""

import uuid
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from cases.models import Case, CaseView, Exam
from trainer.api.views.base import SiteView, find_or_404
from trainer.reading.rules import seen_cases_q, uncovered_cases_q

# An image never changes under its address: a browser may keep it, a shared cache may not.
CACHE_CONTROL: Final = "private, max-age=31536000, immutable"


class FrameView(SiteView):
    @extend_schema(
        operation_id="getFrame",
        parameters=[OpenApiParameter("case", OpenApiTypes.UUID, required=True)],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, sha256: str) -> FileResponse:
        """A browser frame; one without the findings only after the case was read."""
        views = CaseView.objects.filter(case=_case_id(request))
        shown = Q(frame_sha256=sha256, case__in=self._cases(seen_cases_q(self.person)))
        uncovered = Q(
            base_frame_sha256=sha256, case__in=self._cases(uncovered_cases_q(self.person))
        )
        view = views.filter(shown | uncovered).first()
        if view is None:
            raise Http404
        file = view.frame if view.frame_sha256 == sha256 else view.base_frame
        return send_image(file, "application/octet-stream")

    def _cases(self, condition: Q) -> QuerySet[Case]:
        return Case.objects.filter(condition)


class PreviewView(SiteView):
    @extend_schema(
        operation_id="getPreview",
        parameters=[
            OpenApiParameter("exam", OpenApiTypes.STR, enum=Exam.values, default="current")
        ],
        responses={(200, "image/png"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, case: uuid.UUID, key: str) -> FileResponse:
        """A small image of a view, shown until its frame is there."""
        exam = request.query_params.get("exam", Exam.CURRENT)
        side, _sep, view = key.partition("_")
        found = find_or_404(
            CaseView.objects.filter(case__in=Case.objects.filter(seen_cases_q(self.person))),
            case=case,
            exam=exam,
            side=side,
            view=view,
        )
        return send_image(found.preview, "image/png")


def send_image(file: FieldFile, content_type: str) -> FileResponse:
    try:
        stored = file.open("rb")
    except (FileNotFoundError, ValueError) as error:
        raise Http404("This image is not in the storage.") from error
    response = FileResponse(stored, content_type=content_type)
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def _case_id(request: Request) -> uuid.UUID:
    try:
        return uuid.UUID(request.query_params.get("case", ""))
    except ValueError as error:
        raise ValidationError({"case": [_("The id of the case is required.")]}) from error
