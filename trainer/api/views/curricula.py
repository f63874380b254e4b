"""Curricula of an institution: made, changed, copied, put away, shared, followed."""

from typing import Any

from django.db.models import BooleanField, Case, F, Prefetch, QuerySet, Value, When
from django.http import JsonResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from trainer.accounts.models import Institution
from trainer.api.serializers.curricula import (
    CurriculumChangeSerializer,
    CurriculumCreateSerializer,
    CurriculumDefaultsSerializer,
    CurriculumFileSerializer,
    CurriculumFollowSerializer,
    CurriculumSerializer,
    ReachSerializer,
)
from trainer.api.serializers.problems import ProblemSerializer
from trainer.api.views.base import ListingView, SiteView, find_or_404, read_body
from trainer.learning.domain.curricula import (
    archive_curriculum,
    change_curriculum,
    copy_curriculum,
    create_curriculum,
    export_curriculum,
    follow_curriculum,
    import_curriculum,
)
from trainer.learning.models import CohortCurriculum, Curriculum
from trainer.learning.queries.reach import list_reach
from trainer.learning.rules import edited_curricula_q, seen_curricula_q, writing_institutions_q
from trainer.learning.syllabus import COMPETENCY_LIMITS, RULE_LIMITS
from trainer.measure.competencies import COMPETENCIES, LABELS
from trainer.measure.proportions import MINIMUM_N
from trainer.measure.targets import TARGETS
from trainer.measure.tiers import find_tier_ability

STALE = OpenApiResponse(ProblemSerializer, "stale_curriculum: changed by somebody else meanwhile.")


class CurriculaView(SiteView):
    """For those who teach somewhere; what is taught elsewhere is not there for them."""

    def curricula(self) -> QuerySet[Curriculum]:
        self.require("learning.see_curricula")
        followed = CohortCurriculum.objects.select_related("cohort").order_by("cohort__name")
        may_edit = Case(
            When(edited_curricula_q(self.person), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
        return (
            Curriculum.objects.filter(seen_curricula_q(self.person))
            .annotate(may_edit=may_edit)
            .select_related("institution", "updated_by")
            .prefetch_related(Prefetch("followed_by", queryset=followed))
        )

    def find(self, pk: int) -> Curriculum:
        return find_or_404(self.curricula(), pk=pk)

    def find_own(self, pk: int) -> Curriculum:
        """One that the person may change; 403 where they may only see it."""
        found = self.find(pk)
        self.require("learning.edit_curriculum", found)
        return found

    def institution(self, wanted: int | None) -> Institution:
        """The wanted institution, or the first to write for; 403 for those who write for none."""
        found = Institution.objects.filter(writing_institutions_q(self.person)).order_by("pk")
        institution = (found if wanted is None else found.filter(pk=wanted)).first()
        if institution is None:
            raise PermissionDenied()
        return institution

    def answer(self, curriculum: Curriculum, code: int = status.HTTP_200_OK) -> Response:
        return Response(CurriculumSerializer(self.find(curriculum.pk)).data, status=code)


class CurriculumListView(CurriculaView, ListingView):
    @extend_schema(operation_id="listCurricula", responses=CurriculumSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Curricula of the institutions where the caller teaches; archived ones last."""
        rows = self.curricula().order_by(F("archived_at").asc(nulls_first=True), "name", "pk")
        return self.list_pages(rows, CurriculumSerializer)

    @extend_schema(
        operation_id="createCurriculum",
        request=CurriculumCreateSerializer,
        responses={201: CurriculumSerializer},
    )
    def post(self, request: Request) -> Response:
        """A new curriculum, which nobody follows yet."""
        body = read_body(CurriculumCreateSerializer, request)
        curriculum = create_curriculum(
            institution=self.institution(body["institution"]),
            name=body["name"],
            content=body,
            by=self.person,
        )
        return self.answer(curriculum, status.HTTP_201_CREATED)


class CurriculumDefaultsView(CurriculaView):
    @extend_schema(operation_id="getCurriculumDefaults", responses=CurriculumDefaultsSerializer)
    def get(self, request: Request) -> Response:
        """What a new curriculum starts from, and how far each number may go."""
        self.require("learning.see_curricula")
        fields: dict[str, Any] = {
            "competencies": [
                {
                    "competency": name,
                    "label": _(LABELS[name]),
                    "target": TARGETS[name],
                    "tiers": [find_tier_ability(name, tier) for tier in range(1, 6)],
                    "required": name == "normal_rejection",
                }
                for name in COMPETENCIES
            ],
            "training": COMPETENCY_LIMITS,
            "rule": RULE_LIMITS,
            "minimum_n": MINIMUM_N,
        }
        return Response(CurriculumDefaultsSerializer(fields).data)


class CurriculumView(CurriculaView):
    @extend_schema(operation_id="getCurriculum", responses=CurriculumSerializer)
    def get(self, request: Request, curriculum: int) -> Response:
        """One curriculum."""
        return Response(CurriculumSerializer(self.find(curriculum)).data)

    @extend_schema(
        operation_id="changeCurriculum",
        request=CurriculumChangeSerializer,
        responses={200: CurriculumSerializer, 409: STALE},
    )
    def put(self, request: Request, curriculum: int) -> Response:
        """Change what a curriculum says; its cohorts follow the change at once."""
        found = self.find_own(curriculum)
        body = read_body(CurriculumChangeSerializer, request)
        change_curriculum(
            curriculum=found,
            version=body["version"],
            name=body["name"],
            content=body,
            by=self.person,
        )
        return self.answer(found)


class CurriculumCopyView(CurriculaView):
    @extend_schema(
        operation_id="copyCurriculum", request=None, responses={201: CurriculumSerializer}
    )
    def post(self, request: Request, curriculum: int) -> Response:
        """The same under another name."""
        copied = copy_curriculum(curriculum=self.find_own(curriculum), by=self.person)
        return self.answer(copied, status.HTTP_201_CREATED)


class CurriculumArchiveView(CurriculaView):
    @extend_schema(operation_id="archiveCurriculum", request=None, responses=CurriculumSerializer)
    def post(self, request: Request, curriculum: int) -> Response:
        """Put a curriculum away: its cohorts follow none. It can still be copied."""
        return self.answer(archive_curriculum(curriculum=self.find_own(curriculum), by=self.person))


class CurriculumFollowView(CurriculaView):
    @extend_schema(
        operation_id="followCurriculum",
        request=CurriculumFollowSerializer,
        responses=CurriculumSerializer,
    )
    def put(self, request: Request, curriculum: int) -> Response:
        """Have these cohorts, and no others, follow a curriculum."""
        found = self.find_own(curriculum)
        body = read_body(CurriculumFollowSerializer, request)
        return self.answer(follow_curriculum(curriculum=found, cohorts=body["cohorts"]))


class CurriculumStockView(CurriculaView):
    @extend_schema(operation_id="getCurriculumStock", responses=ReachSerializer(many=True))
    def get(self, request: Request, curriculum: int) -> Response:
        """How many cases are ready, and ordered, for each tier of each competency."""
        found = self.find(curriculum)
        rows = list_reach(found.syllabus, institution=found.institution)
        return Response(ReachSerializer(rows, many=True).data)


class CurriculumFileView(CurriculaView):
    @extend_schema(
        operation_id="exportCurriculum", responses={(200, "application/json"): OpenApiTypes.OBJECT}
    )
    def get(self, request: Request, curriculum: int) -> JsonResponse:
        """A curriculum as a file for another site: no people, no cohorts."""
        found = self.find(curriculum)
        response = JsonResponse(export_curriculum(found), json_dumps_params={"indent": 2})
        name = slugify(found.name) or "curriculum"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return response


class CurriculumImportView(CurriculaView):
    @extend_schema(
        operation_id="importCurriculum",
        request=CurriculumFileSerializer,
        responses={201: CurriculumSerializer},
    )
    def post(self, request: Request) -> Response:
        """Take in a file that was exported here or elsewhere."""
        body = read_body(CurriculumFileSerializer, request)
        curriculum = import_curriculum(
            institution=self.institution(body["institution"]),
            data=body["content"],
            by=self.person,
        )
        return self.answer(curriculum, status.HTTP_201_CREATED)
