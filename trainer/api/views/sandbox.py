"""A person's sandbox: a normal case, a finding placed in it, seen at once."""

import uuid
from dataclasses import replace
from typing import Any

import numpy as np
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from cases.domain import close_sandbox, keep_lesion, open_sandbox, request_placed
from cases.models import SandboxCase
from cases.placed import read_woman
from cases.queries.previews import point_at
from cases.queries.sandbox import list_placed_steps, own_sandboxes
from generation.population.placing import draw_placed
from generation.spec import LesionSpec
from trainer.accounts.models import Institution
from trainer.accounts.queries.people import home_institution
from trainer.api.ladders import describe_step
from trainer.api.sandbox import (
    describe_kinds,
    describe_preview,
    describe_row,
    describe_sandbox,
    describe_woman,
)
from trainer.api.serializers.ladders import LadderSerializer
from trainer.api.serializers.problems import ProblemSerializer
from trainer.api.serializers.sandbox import (
    PlacedStepsRequestSerializer,
    SandboxCaseSerializer,
    SandboxKindSerializer,
    SandboxOpenSerializer,
    SandboxPreviewSerializer,
    SandboxRowSerializer,
    SandboxSaveSerializer,
    WomanSerializer,
)
from trainer.api.views.base import ListingView, SiteView, find_or_404, read_body
from trainer.challenges.domain.women import take_new_woman
from trainer.challenges.queries.women import read_normals

# One finding is placed; its id seeds what it looks like, so that it stays the same when moved.
FINDING_ID = "f1"
CONFLICT = OpenApiResponse(ProblemSerializer, "Not as things stand; `detail` says why.")


class SandboxKindsView(SiteView):
    @extend_schema(
        operation_id="listSandboxKinds", responses=SandboxKindSerializer(many=True), filters=False
    )
    def get(self, request: Request) -> Response:
        """The kinds of finding that can be placed, and what may be chosen of each."""
        return Response(SandboxKindSerializer(describe_kinds(), many=True).data)


class SandboxWomenView(ListingView):
    @extend_schema(operation_id="listSandboxWomen", responses=WomanSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Normal cases that the caller has read, the latest first."""
        paginator = self.pagination_class()
        page = paginator.paginate_queryset(read_normals(self.person), request, view=self) or []
        rows = [describe_woman(case) for case in page]
        return paginator.get_paginated_response(WomanSerializer(rows, many=True).data)


class SandboxesView(ListingView):
    @extend_schema(operation_id="listSandboxCases", responses=SandboxRowSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The caller's sandbox cases, the latest change first."""
        paginator = self.pagination_class()
        page = paginator.paginate_queryset(own_sandboxes(self.person), request, view=self) or []
        rows = [describe_row(sandbox) for sandbox in page]
        return paginator.get_paginated_response(SandboxRowSerializer(rows, many=True).data)

    @extend_schema(
        operation_id="openSandboxCase",
        request=SandboxOpenSerializer,
        responses={201: SandboxRowSerializer, 409: CONFLICT},
    )
    def post(self, request: Request) -> Response:
        """Take a case that was read, or a new woman; the same id again gives the same."""
        body = read_body(SandboxOpenSerializer, request)
        if body["case"] is None:
            sandbox = take_new_woman(
                sandbox_id=body["id"],
                owner=self.person,
                institution=self._institution(body["institution"]),
            )
        else:
            base = find_or_404(read_normals(self.person), pk=body["case"])
            sandbox = open_sandbox(sandbox_id=body["id"], owner=self.person, base=base)
        row = SandboxRowSerializer(describe_row(sandbox)).data
        return Response(row, status=status.HTTP_201_CREATED)

    def _institution(self, wanted: int | None) -> Institution:
        found = (
            home_institution(self.person)
            if wanted is None
            else Institution.objects.filter(pk=wanted).first()
        )
        if found is None or not self.person.has_perm("reading.practise", found):
            raise PermissionDenied()
        return found


class OwnSandboxView(SiteView):
    """For one sandbox case of the caller's own."""

    def sandbox(self, sandbox: uuid.UUID) -> SandboxCase:
        return find_or_404(own_sandboxes(self.person), pk=sandbox)


class SandboxView(OwnSandboxView):
    @extend_schema(operation_id="getSandboxCase", responses=SandboxCaseSerializer)
    def get(self, request: Request, sandbox: uuid.UUID) -> Response:
        """The case with its images and what is placed in it."""
        return Response(SandboxCaseSerializer(describe_sandbox(self.sandbox(sandbox))).data)

    @extend_schema(
        operation_id="saveSandboxCase",
        request=SandboxSaveSerializer,
        responses={200: SandboxPreviewSerializer, 409: CONFLICT},
    )
    def put(self, request: Request, sandbox: uuid.UUID) -> Response:
        """Place, move or change the finding, keep it, and see at once what it does."""
        found = self.sandbox(sandbox)
        body = read_body(SandboxSaveSerializer, request)
        kept = keep_lesion(
            sandbox=found,
            side=body["side"],
            lesion=_read_lesion(found, body),
            revision=body["revision"],
        )
        kept.base = found.base
        return Response(SandboxPreviewSerializer(describe_preview(kept)).data)

    @extend_schema(operation_id="closeSandboxCase", responses={200: SandboxRowSerializer})
    def delete(self, request: Request, sandbox: uuid.UUID) -> Response:
        """Put the case away; challenges made of it stay."""
        found = self.sandbox(sandbox)
        close_sandbox(sandbox=found)
        return Response(SandboxRowSerializer(describe_row(found)).data)


class SandboxStepsView(OwnSandboxView):
    @extend_schema(operation_id="getSandboxSteps", responses=LadderSerializer)
    def get(self, request: Request, sandbox: uuid.UUID) -> Response:
        """The case as it stands now in each density: what was made of it."""
        return Response(_steps_json(self.sandbox(sandbox)))

    @extend_schema(
        operation_id="requestSandboxStep",
        request=PlacedStepsRequestSerializer,
        responses={200: LadderSerializer, 409: CONFLICT},
    )
    def post(self, request: Request, sandbox: uuid.UUID) -> Response:
        """Have the case made as it stands now, in a density; what failed is tried again."""
        found = self.sandbox(sandbox)
        body = read_body(PlacedStepsRequestSerializer, request)
        request_placed(sandbox=found, density=body["density"])
        return Response(_steps_json(found))


def _steps_json(sandbox: SandboxCase) -> object:
    steps = [describe_step(step) for step in list_placed_steps(sandbox)]
    return LadderSerializer({"steps": steps}).data


def _read_lesion(sandbox: SandboxCase, body: dict[str, Any]) -> LesionSpec | None:
    """The finding of a request: as given or drawn, and where it points."""
    if body["draw"] is not None:
        rng = np.random.default_rng([sandbox.pk.int % 2**63, body["revision"]])
        lesion = draw_placed(rng, read_woman(sandbox.base), body["draw"], body["side"])
    elif body["lesion"] is not None:
        lesion = LesionSpec(id=FINDING_ID, assessment="2", pathology="benign", **body["lesion"])
    else:
        return None
    at = body["at"]
    if at is None:
        return lesion
    side = at["view"].split("_")[0]
    return point_at(sandbox.base, replace(lesion, side=side), at["view"], (at["x"], at["y"]))
